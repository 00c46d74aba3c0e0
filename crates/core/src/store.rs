//! What learners did, kept in SQLite or PostgreSQL. Every statement of Viva is in this module.
//!
//! It loads facts, asks [`crate::score`] what to make of them and saves the outcome; it decides
//! nothing itself, and never reads a clock or a generator. What it has returned from is on the disk.
//!
//! Answers share transactions: those that arrive while one commits wait together for the next, so
//! that a thousand people who press a button at once cost a few writes to the disk, not a thousand.
//!
//! | table | one row is |
//! | --- | --- |
//! | communities, venues, seasons | whose leaderboard counts; where messages go; a season of a community |
//! | learners, accounts | a person with language, zone and streak; that person on one platform |
//! | rounds, editions, asked | an exercise asked; the text it was asked with; what a venue has seen when |
//! | attempts, memories | a learner's first answer in a round; what FSRS knows of a learner and a question |
//! | schedules, pushes | the daily question of a venue; how one post of it went |
//! | boards, standings, tallies | a leaderboard; a learner on it; how many learners have so many points |

use std::sync::Arc;

use jiff::Timestamp;
use quick_cache::sync::Cache;
use tokio::sync::mpsc;

use crate::bank::Text;
use crate::score::Board;

mod error;
mod people;
mod places;
mod pushes;
mod record;
mod rounds;
mod schedules;
mod sql;
mod standings;
mod uploads;
mod writers;

pub use error::StoreError;
pub use people::{Account, Learner};
pub use places::{Community, Place, Revealers, Season, Venue};
pub use pushes::{Push, PushState};
pub use rounds::{Exercise, NewRound, Round, RoundAnswer};
pub use schedules::{DueSchedule, Schedule};
pub use standings::{Page, Standing, Standings, Stats, Tally};

/// How many editions are kept in memory.
const EDITIONS: usize = 256;
/// How many leaderboards the numbers are remembered of; a number never changes.
const BOARDS: usize = 16_384;

/// The store. Clones share it.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
    answers: mpsc::Sender<record::Waiting>,
}

struct Shared {
    pools: sql::Pools,
    boards: Cache<Board, i64>,
    /// Texts that rounds were asked with, by the hash of what they say: they never change.
    editions: Cache<String, Arc<Text>>,
}

impl Store {
    /// Opens the database at `url` (`sqlite:path` or `postgres://…`), creates an SQLite file that is
    /// not there yet, brings the tables up to date and starts the task that writes answers.
    ///
    /// # Errors
    ///
    /// If it can't be reached or written to, or was made by a newer version.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared {
            pools: sql::Pools::open(url).await?,
            boards: Cache::new(BOARDS),
            editions: Cache::new(EDITIONS),
        });
        Ok(Self { answers: record::start(shared.clone()), shared })
    }

    /// Waits for what is running and closes all connections; whatever is asked later fails.
    ///
    /// Nothing is lost without it.
    pub async fn close(&self) {
        self.shared.pools.close().await;
    }

    /// Runs one statement that returns the row it changed; `None` if it changed none.
    async fn change(&self, statement: sql::Statement) -> Result<Option<()>, StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let changed = writing.maybe::<(i64,)>(statement).await?;
        writing.commit().await?;
        Ok(changed.map(drop))
    }
}

/// A time as it was stored. What the store wrote is always within range.
fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}
