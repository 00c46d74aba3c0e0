//! What people can ask of Viva: one method a request, each loading what it needs, deciding, saving
//! and returning a [`Reply`] for an adapter to render.
//!
//! It refuses to read a clock or a generator, and knows no chat platform.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};

use crate::bank::Bank;
use crate::glossary::Glossary;
use crate::ids::{LearnerId, RoundId, VenueId};
use crate::language::Language;
use crate::reply::{Forecast, Notice, Record, Reply};
use crate::score::{Day, Window};
use crate::store::{Account, Community, Page, Place, Store, StoreError};

mod answer;
mod ask;
mod daily;
mod find;
mod rounds;
mod settings;

pub use ask::Wish;
pub use daily::{DailyWish, Outgoing, Yesterday};
pub use find::Match;
pub use settings::Change;

/// How many days a record shows: half a year of whole weeks.
const HALF_YEAR: i64 = 26 * 7;
/// How many days ahead a forecast looks.
const FORTNIGHT: i64 = 14;

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

    /// Learns who answers a round of any place, for those who can answer it from elsewhere; `None` if there
    /// is no such round.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn meet_in(
        &self,
        round: RoundId,
        account: Account<'_>,
        fallback: Language,
    ) -> Result<Option<Here>, StoreError> {
        let Some(round) = self.store.round(round).await? else { return Ok(None) };
        let Some(external) = self.store.place(round.venue).await? else { return Ok(None) };
        let place = Place { platform: account.at.platform, id: &external };
        let here = self.meet(account, place, place, fallback).await?;
        // A round of another platform is not to be answered from here.
        Ok((here.venue == round.venue).then_some(here))
    }

    /// Ranks the community: ten of them on each page, and the learner's own place.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn leaderboard(
        &self,
        here: &Here,
        window: Window,
        topic: Option<&str>,
        page: u32,
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
        let standings = self
            .store
            .standings(&here.community, window, slug, here.learner, Page { number: page, ..Page::FIRST }, now)
            .await?;
        let topic = topic.map(|topic| topic.name(here.language).to_owned());
        Ok(Reply::Standings { window, topic, page, standings })
    }

    /// The learner's record, or that of somebody else.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn record(
        &self,
        here: &Here,
        of: Option<Account<'_>>,
        now: Timestamp,
    ) -> Result<Reply, StoreError> {
        let learner = match of {
            None => here.learner,
            Some(account) => match self.store.find_learner(account.at).await? {
                Some(learner) => learner,
                None => return Ok(Reply::Notice(Notice::NoRecord { name: account.name.to_owned() })),
            },
        };
        let stats = self.store.stats(learner, &here.community, now).await?;
        let tally = |wanted| {
            stats
                .windows
                .iter()
                .find(|(window, _)| *window == wanted)
                .map_or_else(Default::default, |(_, tally)| *tally)
        };
        let (all, week) = (tally(Window::All), tally(Window::Week));
        let today = here.community.zone.day(now);
        let days = self.store.days(learner, here.community.id, Day(today.0 - HALF_YEAR + 1)).await?;
        let answers = |day: Day| days.iter().find(|(of, _)| *of == day).map_or(0, |(_, answers)| *answers);
        let bank = self.bank();
        let called = |slug: String| {
            let topic = bank.topic(&slug).map(|topic| topic.name(here.language).to_owned());
            topic.unwrap_or(slug)
        };
        Ok(Reply::Record(Record {
            of: of.map(|account| account.name.to_owned()),
            answered: all.answered,
            right: all.right,
            points: all.points,
            week: week.points,
            streak: stats.streak.current,
            best_streak: stats.streak.best,
            due: stats.due,
            days: (today.0 - HALF_YEAR + 1..=today.0)
                .map(|day| (Day(day).date(), answers(Day(day))))
                .collect(),
            topics: stats.topics.into_iter().map(|(slug, tally)| (called(slug), tally)).collect(),
            // What somebody is about to forget is nobody else's business.
            forecast: if of.is_none() { self.forecast(here, now).await? } else { Vec::new() },
        }))
    }

    async fn forecast(&self, here: &Here, now: Timestamp) -> Result<Vec<Forecast>, StoreError> {
        let memories = self.store.memories(here.learner).await?;
        if memories.is_empty() {
            return Ok(Vec::new());
        }
        let (zone, today) = (&here.community.zone, here.community.zone.day(now));
        let day = |ahead: i64| {
            let at = now.saturating_add(SignedDuration::from_hours(24 * ahead)).unwrap_or(now);
            let recall: f64 = memories.iter().map(|memory| memory.recall_at(at)).sum();
            let due = memories.iter().map(|memory| zone.day(memory.due_at).0 - today.0);
            #[expect(clippy::cast_precision_loss, reason = "nobody answers 2^52 questions")]
            let recall = recall / memories.len() as f64;
            let due = due.filter(|due| if ahead == 0 { *due <= 0 } else { *due == ahead }).count() as u64;
            Forecast { day: Day(today.0 + ahead).date(), recall, due }
        };
        Ok((0..FORTNIGHT).map(day).collect())
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

    /// Begins a season, which ends the one before; its leaderboard stays readable. Whether the learner
    /// may do so is for the adapter to know.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn begin_season(&self, here: &Here, name: &str, now: Timestamp) -> Result<Reply, StoreError> {
        let name = name.trim();
        if name.is_empty() {
            return Ok(Reply::Notice(Notice::NamelessSeason));
        }
        Ok(Reply::Season(self.store.start_season(here.community.id, name, now).await?))
    }

    /// The round that waits for an answer in a venue, if any.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn open_round(&self, venue: VenueId) -> Result<Option<RoundId>, StoreError> {
        Ok(self.store.open_round_of(venue).await?.map(|round| round.id))
    }

    /// Notes that the platform confirmed the post of a round as `message`, if messages have names there:
    /// the time to answer starts.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn posted(
        &self,
        round: RoundId,
        message: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.store.posted(round, message, now).await
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
}
