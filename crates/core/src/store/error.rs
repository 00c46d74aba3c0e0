//! What can go wrong with the store, and what to do about it.

use std::sync::Arc;

use sqlx::migrate::MigrateError;

use crate::ids::{CommunityId, LearnerId, RoundId, VenueId};

/// A failure of the store. What a person caused is never one of these.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database that Viva knows.
    #[error("{url:?} is no database address; write sqlite:viva.db or postgres://user:password@host/name")]
    Address {
        /// The address, without user and password.
        url: String,
    },
    /// There was no connecting.
    #[error("cannot open the database at {place}: {}", advice(source))]
    Open {
        /// The file, or the host and port.
        place: String,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// The tables were made by a version that came later.
    #[error(
        "the database was last used by a newer Viva (its schema is number {schema}); run that version or a later one, or name another database"
    )]
    Newer {
        /// The number of the first migration that this version does not have.
        schema: i64,
    },
    /// The tables could not be brought up to date.
    #[error(
        "cannot bring the database's tables up to date; it was left as it was, so a backup is not needed to try again"
    )]
    Migrate(#[source] MigrateError),
    /// There is no such round.
    #[error("there is no round {0}; what named it is out of date")]
    UnknownRound(RoundId),
    /// There is no such learner.
    #[error("there is no learner {0}, or no longer; look the account up again")]
    UnknownLearner(LearnerId),
    /// There is no such venue.
    #[error("there is no venue {0}; look it up again")]
    UnknownVenue(VenueId),
    /// There is no such community.
    #[error("there is no community {0}; look it up again")]
    UnknownCommunity(CommunityId),
    /// An answer was not stored, nor anything that it earned.
    #[error("the answer was not stored; it can be given again")]
    NotRecorded(#[source] Arc<StoreError>),
    /// The task that writes answers has ended.
    #[error("the store has been closed; the answer was not stored")]
    Closed,
    /// What is stored can't be read.
    #[error("the stored {what} cannot be read; the database was changed by something else")]
    Corrupt {
        /// What it should be.
        what: &'static str,
        /// Why it can't be read.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database failed at a statement.
    #[error("the database failed: {}", advice(.0))]
    Database(#[from] sqlx::Error),
}

impl StoreError {
    pub(super) fn corrupt<E: std::error::Error + Send + Sync + 'static>(
        what: &'static str,
    ) -> impl FnOnce(E) -> Self {
        move |source| Self::Corrupt { what, source: Box::new(source) }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(schema) => Self::Newer { schema },
            other => Self::Migrate(other),
        }
    }
}

/// What to do about an error of the driver.
fn advice(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::Io(_) => "it cannot be reached; see that the server runs and that the address is right",
        sqlx::Error::Tls(_) => {
            "no secure connection; see to its certificate, or add ?sslmode=disable on a trusted network"
        }
        sqlx::Error::PoolTimedOut => "it took no more connections in time; see what else uses it",
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // https://www.sqlite.org/rescode.html; extended codes keep the primary one in the low byte.
            Some("5" | "6" | "261" | "517") => {
                "another program is writing to it; end that program or try again"
            }
            Some("8" | "264" | "520" | "776" | "1032" | "1288" | "1544") => {
                "it cannot be written to; see to the permissions of the file and its folder"
            }
            Some("10" | "266" | "522" | "778" | "1034") => {
                "reading or writing the disk failed; see to the disk"
            }
            Some("11" | "26") => {
                "the file is damaged or no SQLite database; restore a backup or name another file"
            }
            Some("13") => "the disk is full; make room",
            Some("14" | "270" | "526" | "782" | "1038") => {
                "the file cannot be opened; see that its folder exists and may be written to"
            }
            // https://www.postgresql.org/docs/current/errcodes-appendix.html
            Some("28000" | "28P01") => "it refused the user or password; see to the address",
            Some("3D000") => "there is no database of that name; create it",
            Some("42501") => "the user may not do that; grant it the rights to the schema",
            Some("53100") => "the server's disk is full; make room",
            Some("53300") => "the server takes no more connections; raise max_connections or end others",
            Some("57P01" | "57P02" | "57P03") => "the server is starting or shutting down; try again",
            _ => "see the cause below",
        },
        _ => "see the cause below",
    }
}
