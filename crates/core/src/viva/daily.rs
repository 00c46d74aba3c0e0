//! The daily question: setting it, and sending what is due.

use jiff::{SignedDuration, Timestamp};
use rand::Rng;

use super::ask::{asked, exercise, mode};
use super::{Here, Viva};
use crate::bank::{Bank, QuestionId};
use crate::ids::VenueId;
use crate::language::Language;
use crate::pick::pick;
use crate::reply::{Asked, Card, Notice};
use crate::schedule::{Daily, GRACE, Weekdays};
use crate::score::Window;
use crate::store::{DueSchedule, NewRound, Page, Push, PushState, Schedule, Standing, StoreError};

/// How many are named as yesterday's best.
const WINNERS: usize = 3;
/// How many unanswered pushes are counted.
const LONELY: u32 = 8;
/// How long a push may stand still before another process takes it over.
const PATIENCE: SignedDuration = SignedDuration::from_secs(30);

/// What somebody wishes for as a daily question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyWish<'a> {
    /// The time of day, as in `08:30`.
    pub time: &'a str,
    /// The time zone, as in `Asia/Shanghai`; the community's if there is none.
    pub zone: Option<&'a str>,
    /// The days of the week, as in `mon-fri`; every day if there are none.
    pub weekdays: Option<&'a str>,
    /// The topic to pick from; any if there is none.
    pub topic: Option<&'a str>,
}

/// A daily question on its way to a venue.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// The post.
    pub push: Push,
    /// The language of the words around the question.
    pub language: Language,
    /// What is asked.
    pub asked: Asked,
    /// How the one before went, if it was answered in this venue.
    pub yesterday: Option<Yesterday>,
    /// How many before it nobody answered, up to a week of them and one more.
    pub unanswered: usize,
}

/// How the daily question before went.
#[derive(Clone, Debug, PartialEq)]
pub struct Yesterday {
    /// The round, ended.
    pub card: Card,
    /// The best of that day in the community, at most three.
    pub winners: Vec<Standing>,
}

impl Viva {
    /// Sets the daily question of a venue, in place of the one before, and says when it comes first, or
    /// why it can't be set. Whether the learner may do so is for the adapter to know.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn set_daily(
        &self,
        here: &Here,
        wish: DailyWish<'_>,
        now: Timestamp,
    ) -> Result<Result<(Daily, Timestamp), Notice>, StoreError> {
        let daily = match self.read_daily(here, wish) {
            Ok(daily) => daily,
            Err(notice) => return Ok(Err(notice)),
        };
        let due_at = daily.next(now);
        self.store.set_schedule(here.venue, &daily, due_at).await?;
        Ok(Ok((daily, due_at)))
    }

    fn read_daily(&self, here: &Here, wish: DailyWish<'_>) -> Result<Daily, Notice> {
        let time = wish.time.parse().map_err(|_| Notice::NotATime { given: wish.time.to_owned() })?;
        let zone = match wish.zone {
            None => here.community.zone.clone(),
            Some(name) => name.parse().map_err(|_| Notice::NotAZone { given: name.to_owned() })?,
        };
        let weekdays = match wish.weekdays {
            None => Weekdays::ALL,
            Some(days) => days.parse().map_err(|_| Notice::NotDays { given: days.to_owned() })?,
        };
        let topic = match wish.topic {
            None => None,
            Some(given) => {
                let bank = self.bank();
                let topic = bank.topic(given).ok_or(Notice::UnknownTopic { given: given.to_owned() })?;
                Some(topic.slug.clone())
            }
        };
        Ok(Daily { time, zone, weekdays, topic })
    }

    /// The daily question of a venue, if there ever was one, and its latest post.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn daily(&self, here: &Here) -> Result<(Option<Schedule>, Option<Push>), StoreError> {
        let schedule = self.store.schedule(here.venue).await?;
        Ok((schedule, self.store.last_push(here.venue, Timestamp::MAX).await?))
    }

    /// Turns the daily question of a venue off; whether it was on.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn stop_daily(&self, here: &Here) -> Result<bool, StoreError> {
        self.store.stop_schedule(here.venue, None).await
    }

    /// The daily questions of a platform that must be sent now, at most `limit`: those that have come
    /// due, unless more than [`GRACE`] ago, and those that a process left behind. No other process gets
    /// the same ones.
    ///
    /// One whose request had left is sent again only within `remembers`, in which the platform knows
    /// it again and posts it no second time; after that it counts as posted.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn due_pushes(
        &self,
        platform: &str,
        remembers: SignedDuration,
        now: Timestamp,
        limit: u32,
        rng: &mut (impl Rng + Send),
    ) -> Result<Vec<Outgoing>, StoreError> {
        let mut outgoing = Vec::new();
        for push in self.store.take_over_pushes(platform, now, PATIENCE, limit).await? {
            if push.state == PushState::Leaving && now.duration_since(push.at) > remembers {
                self.store.push_arrived(&push, None, now).await?;
            } else if now.duration_since(push.due_at) > GRACE {
                self.store.push_failed(&push, "more than six hours late", false, now).await?;
            } else {
                outgoing.extend(self.outgoing(push).await?);
            }
        }
        let bank = self.bank();
        for due in self.store.due_schedules(platform, now, limit).await? {
            let next = due.daily.next(now);
            if now.duration_since(due.due_at) > GRACE {
                tracing::warn!(venue = %due.venue, due_at = %due.due_at, "a daily question is too late and left out");
                self.store.skip_schedule(due.venue, due.due_at, next).await?;
            } else if let Some(push) = self.begin_push(&bank, &due, next, now, rng).await? {
                outgoing.extend(self.outgoing(push).await?);
            }
        }
        Ok(outgoing)
    }

    async fn begin_push(
        &self,
        bank: &Bank,
        due: &DueSchedule,
        next: Timestamp,
        now: Timestamp,
        rng: &mut (impl Rng + Send),
    ) -> Result<Option<Push>, StoreError> {
        let questions = bank.questions();
        let topic = due.daily.topic.as_deref().and_then(|topic| bank.topic(topic));
        let candidates: Vec<&QuestionId> = match topic {
            Some(topic) => topic.questions.iter().map(|&at| &questions[at].id).collect(),
            // A topic that the notes have lost must not silence the venue.
            None => questions.iter().map(|question| &question.id).collect(),
        };
        let asked = self.store.asked(due.venue).await?;
        let Some(question) = pick(candidates, &asked, rng).and_then(|id| bank.question(id)) else {
            self.store.skip_schedule(due.venue, due.due_at, next).await?;
            return Ok(None);
        };
        let language = due.community.language.unwrap_or_default();
        let text = question.text(language);
        let exercise = exercise(text, mode(text, due.community.mode), rng);
        let topics: Vec<String> = bank.topics_of(&question.id).map(|topic| topic.slug.clone()).collect();
        let round = NewRound {
            venue: due.venue,
            asker: None,
            question: &question.id,
            text,
            exercise: &exercise,
            language,
            topics: &topics,
            at: now,
            lasts: Some(next.duration_since(now)),
        };
        self.store.begin_push(due.due_at, next, &round).await
    }

    /// All that a push says; `None` if its round is gone.
    async fn outgoing(&self, push: Push) -> Result<Option<Outgoing>, StoreError> {
        let Some(round) = self.store.round(push.round).await? else { return Ok(None) };
        let Some(text) = self.store.edition(&round.edition).await? else { return Ok(None) };
        let yesterday = self.yesterday(&push).await?;
        let asked = asked(round.id, &round.question, &text, &round.exercise);
        let unanswered = self.store.unanswered_pushes(push.venue, push.due_at, LONELY).await?;
        Ok(Some(Outgoing { push, language: round.language, asked, yesterday, unanswered }))
    }

    /// Ends the daily question before this one, and says how it went.
    async fn yesterday(&self, push: &Push) -> Result<Option<Yesterday>, StoreError> {
        let Some(before) = self.store.last_push(push.venue, push.due_at).await? else { return Ok(None) };
        if before.state != PushState::Posted {
            return Ok(None);
        }
        self.store.close_round(before.round, push.due_at).await?;
        let Some(round) = self.store.round(before.round).await? else { return Ok(None) };
        let Some(community) = self.store.community(round.community).await? else { return Ok(None) };
        let Some(card) = self.card(before.round).await? else { return Ok(None) };
        let page = Page { number: 0, rows: WINNERS as u32 };
        let nobody = crate::ids::LearnerId(0);
        let standings =
            self.store.standings(&community, Window::Today, None, nobody, page, before.due_at).await?;
        let winners = standings.rows.into_iter().filter(|row| row.tally.points > 0).collect();
        Ok(Some(Yesterday { card, winners }))
    }

    /// Notes that the request of a push leaves now; it must not leave if this fails.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn push_leaves(&self, push: &Push, now: Timestamp) -> Result<(), StoreError> {
        self.store.push_leaves(push.id, now).await
    }

    /// Notes that a push arrived as `message`.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn push_arrived(&self, push: &Push, message: &str, now: Timestamp) -> Result<(), StoreError> {
        self.store.push_arrived(push, Some(message), now).await
    }

    /// Notes why a push failed for good; if `forever`, the venue's daily question is turned off.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn push_failed(
        &self,
        push: &Push,
        reason: &str,
        forever: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.store.push_failed(push, reason, forever, now).await
    }

    /// Turns the daily question of a venue off because it is gone or closed to Viva.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn lost(&self, venue: VenueId, reason: &str) -> Result<(), StoreError> {
        self.store.stop_schedule(venue, Some(reason)).await.map(drop)
    }
}
