//! Asking: finding what is wished for, choosing among it, and opening a round.

use jiff::{SignedDuration, Timestamp};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};

use super::{Here, Viva};
use crate::bank::{Bank, Question, QuestionId, Text};
use crate::choice;
use crate::document::plain;
use crate::grade;
use crate::ids::RoundId;
use crate::language::Language;
use crate::pick::pick;
use crate::reply::{Asked, Mode, Notice, Reply, Suggested, Task};
use crate::search::Kind;
use crate::store::{Exercise, NewRound, StoreError};

/// How many questions are offered when several match.
const SUGGESTIONS: usize = 5;
/// How many questions are offered when none matches.
const NEAREST: usize = 3;
/// How many rounds one learner may have open in a venue.
const OPEN_OF_ONE: u64 = 3;
/// How many rounds may be open in a venue.
const OPEN_OF_ALL: u64 = 10;
/// How many due questions are looked through for one that is still in the bank.
const DUE: u32 = 1000;

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

    /// Asks the question that this learner should review first: the one that has been due for longest.
    ///
    /// # Errors
    ///
    /// If the store fails; nothing was asked then.
    pub async fn review(
        &self,
        here: &Here,
        wish: &Wish,
        now: Timestamp,
        rng: &mut (impl Rng + Send),
    ) -> Result<Reply, StoreError> {
        let bank = self.bank();
        let due = self.store.due_questions(here.learner, now, DUE).await?;
        // Notes change: what is gone can't be asked.
        match due.iter().find_map(|id| bank.question(id)) {
            Some(question) => self.ask(here, &bank, question, wish, now, rng).await,
            None => Ok(Reply::Notice(Notice::NothingDue)),
        }
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
        let (open, own) = self.store.open_rounds(here.venue, here.learner, now).await?;
        if own >= OPEN_OF_ONE || open >= OPEN_OF_ALL {
            return Ok(Reply::Notice(Notice::TooManyOpen { own: own >= OPEN_OF_ONE }));
        }
        let mode = mode(text, wish.mode.or(here.community.mode));
        let exercise = exercise(text, mode, rng);
        let topics: Vec<String> = bank.topics_of(&question.id).map(|topic| topic.slug.clone()).collect();
        let round = NewRound {
            venue: here.venue,
            asker: Some(here.learner),
            question: &question.id,
            text,
            exercise: &exercise,
            language: here.language,
            topics: &topics,
            at: now,
            lasts: wish.lasts,
        };
        let round = self.store.open_round(round).await?.id;
        let lacks = wish.mode.filter(|wished| *wished != mode);
        Ok(Reply::Asked(Asked { lacks, ..asked(round, &question.id, text, &exercise) }))
    }
}

/// A round as it was asked.
pub(super) fn asked(round: RoundId, question: &QuestionId, text: &Text, exercise: &Exercise) -> Asked {
    let task = match exercise {
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
    Asked {
        round,
        question: question.clone(),
        title: text.title.clone(),
        body: text.body.clone(),
        difficulty: text.difficulty,
        task,
        lacks: None,
    }
}

/// How a question is asked: in the mode that is wished for if it has it, with what chance decides.
pub(super) fn exercise(text: &Text, mode: Mode, rng: &mut impl Rng) -> Exercise {
    match mode {
        Mode::Reveal => Exercise::Reveal,
        Mode::Typed => Exercise::Typed,
        Mode::Choice => {
            let index = rng.random_range(0..text.choices.len().max(1));
            let mut order: Vec<usize> = (0..text.choices[index].options.len()).collect();
            // Their letters stand in the notes: an explanation may name them.
            if !text.choices[index].lettered {
                order.shuffle(rng);
            }
            Exercise::Choice { index, order }
        }
    }
}

/// The questions that `query` may ask for, or the reply that offers others.
fn choose<'b>(bank: &'b Bank, query: &str, language: Language) -> Result<Vec<&'b QuestionId>, Box<Reply>> {
    if let Some(question) = bank.question(&QuestionId(query.to_owned())) {
        return Ok(vec![&question.id]);
    }
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
pub(super) fn mode(text: &Text, wished: Option<Mode>) -> Mode {
    let has = |mode: &Mode| match mode {
        Mode::Choice => !text.choices.is_empty(),
        Mode::Typed => text.can_be_typed(),
        Mode::Reveal => true,
    };
    let order = [wished, Some(Mode::Choice), Some(Mode::Typed)];
    order.into_iter().flatten().find(has).unwrap_or(Mode::Reveal)
}
