//! What people can ask of Viva: one method a request, each loading what it needs, deciding, saving
//! and returning a [`Reply`] for an adapter to render.
//!
//! It refuses to read a clock or a generator, and knows no chat platform.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::seq::{IndexedRandom, SliceRandom};

use crate::bank::{Bank, Question, QuestionId, Text};
use crate::choice;
use crate::document::plain;
use crate::glossary::Glossary;
use crate::grade;
use crate::ids::{LearnerId, RoundId, VenueId};
use crate::language::Language;
use crate::pick::pick;
use crate::reply::{Asked, Graded, Hint, Mode, Notice, Record, Reply, Revealed, Suggested, Task};
use crate::score::{self, Answer, Mark, Recall, Window};
use crate::search::Kind;
use crate::store::{Account, Community, Exercise, NewRound, Page, Place, Round, Store, StoreError};

/// How many questions are offered when several match.
const SUGGESTIONS: usize = 5;
/// How many questions are offered when none matches.
const NEAREST: usize = 3;

/// A bank, a store, and all that can be asked of them.
pub struct Viva {
    bank: RwLock<Arc<Bank>>,
    store: Store,
    glossary: &'static Glossary,
}

/// Who speaks, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// Where messages go.
    pub venue: VenueId,
    /// Whose leaderboard counts.
    pub community: Community,
    /// The person.
    pub learner: LearnerId,
    /// The language Viva answers in.
    pub language: Language,
}

/// What a learner wants to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Words that name a question or a topic; any question if there are none.
    pub query: Option<String>,
    /// A way of asking.
    pub mode: Option<Mode>,
    /// How long others may answer once the question is posted; without end if there is none.
    pub lasts: Option<SignedDuration>,
}

impl Viva {
    /// Puts a bank and a store to work.
    #[must_use]
    pub fn new(bank: Bank, store: Store, glossary: &'static Glossary) -> Self {
        Self { bank: RwLock::new(Arc::new(bank)), store, glossary }
    }

    /// The bank as it is now.
    #[must_use]
    pub fn bank(&self) -> Arc<Bank> {
        Arc::clone(&self.bank.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the bank whole; open rounds keep the text they were asked with.
    pub fn replace_bank(&self, bank: Bank) {
        *self.bank.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(bank);
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Learns who speaks and where, for all that follows. Names follow their owners' changes. The
    /// language is the learner's own, else the community's, else `fallback`.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn meet(
        &self,
        account: Account<'_>,
        venue: Place<'_>,
        community: Place<'_>,
        fallback: Language,
    ) -> Result<Here, StoreError> {
        let learner = self.store.learner(account).await?;
        let venue = self.store.venue(venue, community).await?;
        let language = learner.language.or(venue.community.language).unwrap_or(fallback);
        Ok(Here { venue: venue.id, community: venue.community, learner: learner.id, language })
    }

    /// Asks a question: the one that is wished for, or the one that this venue has not seen for longest.
    ///
    /// # Errors
    ///
    /// If the store fails; nothing was asked then.
    pub async fn quiz(
        &self,
        here: &Here,
        wish: &Wish,
        now: Timestamp,
        rng: &mut (impl Rng + Send),
    ) -> Result<Reply, StoreError> {
        let bank = self.bank();
        if bank.questions().is_empty() {
            return Ok(Reply::Notice(Notice::EmptyBank));
        }
        let found = match wish.query.as_deref().map(str::trim).filter(|query| !query.is_empty()) {
            None => None,
            Some(query) => match choose(&bank, query, here.language) {
                Ok(candidates) => Some(candidates),
                Err(reply) => return Ok(*reply),
            },
        };
        let all = || bank.questions().iter().map(|question| &question.id).collect();
        let candidates: Vec<&QuestionId> = found.unwrap_or_else(all);
        let asked = if candidates.len() > 1 { self.store.asked(here.venue).await? } else { Vec::new() };
        let Some(question) = pick(candidates, &asked, rng).and_then(|id| bank.question(id)) else {
            return Ok(Reply::Notice(Notice::EmptyBank));
        };
        self.ask(here, &bank, question, wish, now, rng).await
    }

    async fn ask(
        &self,
        here: &Here,
        bank: &Bank,
        question: &Question,
        wish: &Wish,
        now: Timestamp,
        rng: &mut (impl Rng + Send),
    ) -> Result<Reply, StoreError> {
        let text = question.text(here.language);
        let mode = mode(text, wish.mode);
        let exercise = match mode {
            Mode::Reveal => Exercise::Reveal,
            Mode::Typed => Exercise::Typed,
            Mode::Choice => {
                let index = (0..text.choices.len()).collect::<Vec<_>>().choose(rng).copied().unwrap_or(0);
                let mut order: Vec<usize> = (0..text.choices[index].options.len()).collect();
                order.shuffle(rng);
                Exercise::Choice { index, order }
            }
        };
        let task = match &exercise {
            Exercise::Reveal => Task::Reveal,
            Exercise::Typed => Task::Typed { needed: grade::needed(text.key_points.len()) },
            Exercise::Choice { index, order } => {
                let choice = &text.choices[*index];
                Task::Choice {
                    prompt: choice.prompt.clone(),
                    options: order.iter().map(|&option| choice.options[option].text.clone()).collect(),
                    several: choice::several(choice),
                }
            }
        };
        let topics: Vec<String> = bank.topics_of(&question.id).map(|topic| topic.slug.clone()).collect();
        let round = NewRound {
            venue: here.venue,
            asker: Some(here.learner),
            question: &question.id,
            text,
            exercise: &exercise,
            topics: &topics,
            at: now,
            lasts: wish.lasts,
        };
        let round = self.store.open_round(round).await?.id;
        Ok(Reply::Asked(Asked {
            round,
            question: question.id.clone(),
            title: text.title.clone(),
            body: text.body.clone(),
            difficulty: text.difficulty,
            task,
            lacks: wish.mode.filter(|wished| *wished != mode),
        }))
    }

    /// Grades an answer to `round`, which must be one of this venue's, and saves it.
    ///
    /// # Errors
    ///
    /// If the store fails; the answer does not count then.
    pub async fn answer(
        &self,
        here: &Here,
        round: RoundId,
        answer: &str,
        now: Timestamp,
    ) -> Result<Reply, StoreError> {
        let answer = answer.trim();
        if answer.is_empty() {
            return Ok(Reply::Notice(Notice::EmptyAnswer));
        }
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let mut reply = Graded {
            verdict: score::Verdict::Closed,
            answer: answer.to_owned(),
            points: 0,
            bonus: 0,
            rested: false,
            options: Vec::new(),
            explanation: Default::default(),
            hit: Vec::new(),
            missed: Vec::new(),
        };
        let graded = match &round.exercise {
            Exercise::Reveal => match recall(answer) {
                Some(recall) => score::Graded::Reveal(recall),
                None => return Ok(Reply::Notice(Notice::NotAGrade { given: answer.to_owned() })),
            },
            Exercise::Choice { index, order } => {
                let Some(choice) = text.choices.get(*index) else {
                    return Ok(Reply::Notice(Notice::NothingOpen));
                };
                let chosen = match choice::read(answer, choice, order) {
                    Ok(chosen) => chosen,
                    Err(notice) => return Ok(Reply::Notice(notice)),
                };
                reply.answer = choice::letters(&chosen);
                reply.options = choice::shown(choice, order, &chosen);
                reply.explanation = choice.explanation.clone();
                score::Graded::Choice(choice::mark(choice, order, &chosen))
            }
            Exercise::Typed => {
                let coverage = grade::grade(answer, &text, self.glossary);
                let phrase = |&at: &usize| text.key_points[at].phrase.clone();
                reply.hit = coverage.hit.iter().map(phrase).collect();
                reply.missed = coverage.missed.iter().map(phrase).collect();
                let mark = match (coverage.is_right(), coverage.hit.is_empty()) {
                    (true, _) => Mark::Right,
                    (false, true) => Mark::Wrong,
                    (false, false) => Mark::Partial,
                };
                score::Graded::Typed { mark, coverage: (coverage.share * 1000.0).round() as u16 }
            }
        };
        let saved =
            Answer { round: round.id, learner: here.learner, text: reply.answer.clone(), graded, at: now };
        let recorded = self.store.record(saved).await?;
        reply.verdict = recorded.verdict;
        reply.points = recorded.points;
        reply.bonus = if recorded.bonus == Some(here.learner) { score::FIRST_BONUS } else { 0 };
        reply.rested = recorded.rests_until.is_some();
        if let (score::Graded::Reveal(_), Some(due)) = (graded, recorded.due_at) {
            return Ok(Reply::SelfGraded { days: (due.duration_since(now).as_secs() + 43_200) / 86_400 });
        }
        Ok(Reply::Graded(reply))
    }

    /// Shows the full answer of `round`. A round that has only been looked at can't be answered
    /// any more, except by grading oneself where that is the exercise.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn reveal(&self, here: &Here, round: RoundId, now: Timestamp) -> Result<Reply, StoreError> {
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let grade_yourself = round.exercise == Exercise::Reveal && round.closed_at.is_none();
        if !grade_yourself {
            self.store.close_round(round.id, now).await?;
        }
        Ok(Reply::Revealed(Revealed {
            title: text.title.clone(),
            answer: text.answer.clone(),
            grade_yourself,
        }))
    }

    /// Gives a nudge towards the answer of `round`; asking twice gives the same one.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn hint(&self, here: &Here, round: RoundId) -> Result<Reply, StoreError> {
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let hint = match &round.exercise {
            Exercise::Choice { index, order } => {
                text.choices.get(*index).and_then(|choice| choice::not_this(choice, order))
            }
            Exercise::Typed => text.key_points.first().map(|point| Hint::Begins(beginning(&point.phrase))),
            Exercise::Reveal if text.topics.is_empty() => None,
            Exercise::Reveal => Some(Hint::Topics(text.topics.clone())),
        };
        Ok(Reply::Hint(hint.unwrap_or(Hint::None)))
    }

    /// Leaves `round` without an answer.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn skip(&self, here: &Here, round: RoundId, now: Timestamp) -> Result<Reply, StoreError> {
        if self.round(here, round).await?.is_none() {
            return Ok(Reply::Notice(Notice::NothingOpen));
        }
        self.store.close_round(round, now).await?;
        Ok(Reply::Skipped)
    }

    /// Ranks the community: the first ten and the learner's own place.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn leaderboard(
        &self,
        here: &Here,
        window: Window,
        topic: Option<&str>,
        now: Timestamp,
    ) -> Result<Reply, StoreError> {
        let bank = self.bank();
        let topic = match topic.map(str::trim).filter(|topic| !topic.is_empty()) {
            None => None,
            Some(given) => match bank.topic(given) {
                Some(topic) => Some(topic),
                None => return Ok(Reply::Notice(Notice::UnknownTopic { given: given.to_owned() })),
            },
        };
        let slug = topic.map(|topic| topic.slug.as_str());
        let standings =
            self.store.standings(&here.community, window, slug, here.learner, Page::FIRST, now).await?;
        let topic = topic.map(|topic| topic.name(here.language).to_owned());
        Ok(Reply::Standings { window, topic, standings })
    }

    /// The learner's record.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn record(&self, here: &Here, now: Timestamp) -> Result<Reply, StoreError> {
        let stats = self.store.stats(here.learner, &here.community, now).await?;
        let tally = |wanted| {
            stats
                .windows
                .iter()
                .find(|(window, _)| *window == wanted)
                .map_or_else(Default::default, |(_, tally)| *tally)
        };
        let (all, week) = (tally(Window::All), tally(Window::Week));
        Ok(Reply::Record(Record {
            answered: all.answered,
            right: all.right,
            points: all.points,
            week: week.points,
            streak: stats.streak.current,
            best_streak: stats.streak.best,
            due: stats.due,
        }))
    }

    /// What there is to learn, the topics with most questions first.
    #[must_use]
    pub fn topics(&self, language: Language) -> Reply {
        let bank = self.bank();
        Reply::Topics(
            bank.topics()
                .iter()
                .map(|topic| (topic.name(language).to_owned(), topic.questions.len()))
                .collect(),
        )
    }

    /// The number of the community's running season; 0 before its first.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn season(&self, here: &Here) -> Result<u32, StoreError> {
        let seasons = self.store.seasons(here.community.id).await?;
        Ok(seasons.iter().map(|season| season.number).max().unwrap_or(0))
    }

    /// The round that waits for an answer in a venue, if any.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn open_round(&self, venue: VenueId) -> Result<Option<RoundId>, StoreError> {
        Ok(self.store.open_round_of(venue).await?.map(|round| round.id))
    }

    /// Notes that the platform confirmed the post of a round: the time to answer starts.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn posted(&self, round: RoundId, now: Timestamp) -> Result<(), StoreError> {
        self.store.posted(round, now).await
    }

    /// Ends a round; whether this call did.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn close(&self, round: RoundId, now: Timestamp) -> Result<bool, StoreError> {
        self.store.close_round(round, now).await
    }

    /// Speaks `language` to a learner from now on.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn speak(&self, learner: LearnerId, language: Language) -> Result<(), StoreError> {
        self.store.set_learner_language(learner, Some(language)).await
    }

    /// A round of this venue with the text it was asked with.
    async fn round(&self, here: &Here, round: RoundId) -> Result<Option<(Round, Text)>, StoreError> {
        let Some(round) = self.store.round(round).await?.filter(|round| round.venue == here.venue) else {
            return Ok(None);
        };
        let text = self.store.edition(&round.edition).await?;
        Ok(text.map(|text| (round, text)))
    }
}

/// The questions that `query` may ask for, or the reply that offers others.
fn choose<'b>(bank: &'b Bank, query: &str, language: Language) -> Result<Vec<&'b QuestionId>, Box<Reply>> {
    let found = bank.search(query, SUGGESTIONS);
    let questions = bank.questions();
    if found.kind == Kind::Exact
        && let Some(best) = found.hits.first()
    {
        return Ok(vec![&questions[best.question].id]);
    }
    if let Some(topic) = bank.topic(query) {
        return Ok(topic.questions.iter().map(|&at| &questions[at].id).collect());
    }
    let nearest = found.kind == Kind::Nearest;
    let limit = if nearest { NEAREST } else { SUGGESTIONS };
    let offered: Vec<_> = found
        .hits
        .iter()
        .take(limit)
        .map(|hit| {
            let question = &questions[hit.question];
            (question.id.clone(), plain(&question.text(language).title))
        })
        .collect();
    let query = query.to_owned();
    Err(Box::new(if offered.is_empty() {
        Reply::Notice(Notice::NothingFound { query })
    } else {
        Reply::Suggested(Suggested { query, nearest, questions: offered })
    }))
}

/// The mode a question is asked in: the one that is wished for if it has it, else a choice, else
/// own words, else a reveal.
fn mode(text: &Text, wished: Option<Mode>) -> Mode {
    let has = |mode: &Mode| match mode {
        Mode::Choice => !text.choices.is_empty(),
        Mode::Typed => text.can_be_typed(),
        Mode::Reveal => true,
    };
    let order = [wished, Some(Mode::Choice), Some(Mode::Typed)];
    order.into_iter().flatten().find(has).unwrap_or(Mode::Reveal)
}

/// Reads the number by which a learner grades an answer that was revealed.
fn recall(answer: &str) -> Option<Recall> {
    match answer {
        "1" => Some(Recall::Again),
        "2" => Some(Recall::Hard),
        "3" => Some(Recall::Good),
        "4" => Some(Recall::Easy),
        _ => None,
    }
}

/// How a phrase begins: its first letters, about a third of it.
fn beginning(phrase: &str) -> String {
    let letters = phrase.chars().count().div_ceil(3);
    format!("{}…", phrase.chars().take(letters).collect::<String>().trim_end())
}
