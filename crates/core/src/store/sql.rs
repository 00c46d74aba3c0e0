//! The one place that knows there are two databases: pools, write transactions and statements.
//!
//! A [`Statement`] is one text with `$1` placeholders that both understand. Everything that must
//! differ is here: how to connect, and how many rows are written at once; and in [`super::writers`]:
//! how a transaction begins.

use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Connection, FromRow, PgConnection, SqlSafeStr, SqlStr};

use super::StoreError;
use super::writers::Writers;
pub(super) use super::writers::Writing;

/// How long a writer waits for another process to finish writing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many prepared statements a connection keeps: each multi-row one comes in nine lengths.
const STATEMENTS: usize = 512;
/// The most rows a statement has; lengths are powers of two up to it, so that few are prepared.
const LONGEST: usize = 256;
/// The databases that there are, as what can run a statement on either.
pub(super) enum On<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// Where reads go, from as many tasks as like.
pub(super) struct Pools {
    readers: On<SqlitePool, PgPool>,
    /// SQLite writes through a connection of its own, so that readers never wait for it.
    writers: Arc<Writers>,
}

/// Runs a statement by the method of sqlx that is named, on either database.
macro_rules! run {
    ($on:expr, $statement:expr, $method:ident, $executor:ident => $as_executor:expr) => {{
        let Statement { text, values } = $statement;
        match $on {
            On::Sqlite($executor) => bound!(text, values).$method($as_executor).await,
            On::Postgres($executor) => bound!(text, values).$method($as_executor).await,
        }
    }};
}

macro_rules! bound {
    ($text:expr, $values:expr) => {
        $values.into_iter().fold(sqlx::query_as($text), |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
        })
    };
}

/// A row of either database, read as a tuple.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{}

impl Pools {
    /// Connects, creating an SQLite file that is not there, and brings the tables up to date.
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let address =
            |_| StoreError::Address { url: url.split('@').next_back().unwrap_or_default().to_owned() };
        let (pools, place) = if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).map_err(address)?;
            let place = options.get_filename().display().to_string();
            (open_sqlite(options).await, place)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url).map_err(address)?;
            let place = format!("{}:{}", options.get_host(), options.get_port());
            (open_postgres(options).await, place)
        } else {
            return Err(address(sqlx::Error::WorkerCrashed));
        };
        let pools = pools.map_err(|source| StoreError::Open { place, source })?;
        let migrated = match &pools.writers.pool {
            On::Sqlite(pool) => sqlx::migrate!("../../migrations/sqlite").run(pool).await,
            On::Postgres(pool) => sqlx::migrate!("../../migrations/postgres").run(pool).await,
        };
        migrated?;
        Ok(pools)
    }

    /// Begins to write; nobody else writes until it commits.
    pub(super) async fn write(&self) -> sqlx::Result<Writing> {
        Writers::turn(&self.writers).await
    }

    /// All rows.
    pub(super) async fn all<T: Row>(&self, statement: Statement) -> sqlx::Result<Vec<T>> {
        run!(&self.readers, statement, fetch_all, pool => pool)
    }

    /// The row, if there is one.
    pub(super) async fn maybe<T: Row>(&self, statement: Statement) -> sqlx::Result<Option<T>> {
        run!(&self.readers, statement, fetch_optional, pool => pool)
    }

    /// Waits for what is running and closes all connections.
    pub(super) async fn close(&self) {
        for pool in [&self.writers.pool, &self.readers] {
            match pool {
                On::Sqlite(pool) => pool.close().await,
                On::Postgres(pool) => pool.close().await,
            }
        }
    }
}

async fn open_sqlite(options: SqliteConnectOptions) -> sqlx::Result<Pools> {
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(STATEMENTS)
        .row_buffer_size(LONGEST)
        .pragma("cache_size", "-65536")
        // In pages: 32 MB. The busiest pages change with every batch; copying them back to the main
        // file less often costs less.
        .pragma("wal_autocheckpoint", "8192")
        .pragma("temp_store", "memory");
    let pool = || SqlitePoolOptions::new().test_before_acquire(false).idle_timeout(None).max_lifetime(None);
    // The writer first: it creates the file.
    let writer = pool().max_connections(1).connect_with(options.clone()).await?;
    let readers = pool().max_connections(4).connect_with(options.read_only(true)).await?;
    Ok(Pools { readers: On::Sqlite(readers), writers: Writers::new(On::Sqlite(writer)) })
}

async fn open_postgres(options: PgConnectOptions) -> sqlx::Result<Pools> {
    let options = options.statement_cache_capacity(STATEMENTS).application_name("viva");
    // The pool would try again until its patience ends, and then say nothing of why it failed.
    PgConnection::connect_with(&options).await?.close().await?;
    let pool =
        PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect_with(options).await?;
    Ok(Pools { readers: On::Postgres(pool.clone()), writers: Writers::new(On::Postgres(pool)) })
}

impl Writing {
    /// All rows.
    pub(super) async fn all<T: Row>(&mut self, statement: Statement) -> sqlx::Result<Vec<T>> {
        run!(self.transaction()?, statement, fetch_all, transaction => &mut **transaction)
    }

    /// The row, if there is one.
    pub(super) async fn maybe<T: Row>(&mut self, statement: Statement) -> sqlx::Result<Option<T>> {
        run!(self.transaction()?, statement, fetch_optional, transaction => &mut **transaction)
    }

    /// The one row that there must be.
    pub(super) async fn one<T: Row>(&mut self, statement: Statement) -> sqlx::Result<T> {
        run!(self.transaction()?, statement, fetch_one, transaction => &mut **transaction)
    }

    /// Runs it for its effect.
    pub(super) async fn run(&mut self, statement: Statement) -> sqlx::Result<()> {
        self.all::<()>(statement).await.map(drop)
    }

    /// Runs `before` `VALUES (..), (..)` `after` as often as so many rows need. In `FROM` the
    /// columns of the values are called `column1`, `column2` and so on, on both databases.
    pub(super) async fn many<T: Row, const N: usize>(
        &mut self,
        before: &'static str,
        rows: impl IntoIterator<Item = [Value; N]>,
        after: &'static str,
    ) -> sqlx::Result<Vec<T>> {
        let rows: Vec<_> = rows.into_iter().collect();
        let (mut rest, mut out) = (rows.as_slice(), Vec::with_capacity(rows.len()));
        while !rest.is_empty() {
            let length = LONGEST.min(1 << rest.len().ilog2());
            let (chunk, others) = rest.split_at(length);
            let text = AssertSqlSafe(self.with_values(before, length, N, after)).into_sql_str();
            out.extend(
                self.all(Statement { text, values: chunk.iter().flatten().cloned().collect() }).await?,
            );
            rest = others;
        }
        Ok(out)
    }

    /// The only text that differs: SQLite looks up a numbered placeholder by walking a list of all,
    /// which takes most of the time when there are a thousand, and takes plain ones as they come.
    fn with_values(&self, before: &str, rows: usize, columns: usize, after: &str) -> String {
        let mut text = String::with_capacity(before.len() + after.len() + rows * columns * 6 + 16);
        text.push_str(before);
        text.push_str(" VALUES ");
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..columns {
                text.push_str(if column == 0 { "" } else { ", " });
                let _infallible = match self.on_sqlite() {
                    true => text.write_char('?'),
                    false => write!(text, "${}", row * columns + column + 1),
                };
            }
            text.push(')');
        }
        text.push(' ');
        text.push_str(after);
        text
    }
}

/// A text with placeholders, and what they stand for.
pub(super) struct Statement {
    text: SqlStr,
    values: Vec<Value>,
}

/// A statement of which no value is bound yet.
pub(super) fn sql(text: &'static str) -> Statement {
    Statement { text: text.into_sql_str(), values: Vec::new() }
}

impl Statement {
    /// Binds the next placeholder.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }
}

/// What a placeholder can stand for.
#[derive(Clone)]
pub(super) enum Value {
    Int(Option<i64>),
    Real(f64),
    Text(Option<Arc<str>>),
}

macro_rules! values {
    ($($from:ty, $value:ident => $to:expr;)+) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $to
            }
        }
    )+};
}

values! {
    i64, value => Self::Int(Some(value));
    Option<i64>, value => Self::Int(value);
    f64, value => Self::Real(value);
    // PostgreSQL has no NUL in a text; what people type must not be able to fail a statement.
    &str, value => Self::Text(Some(if value.contains('\0') { value.replace('\0', "\u{fffd}").into() } else { value.into() }));
    &String, value => value.as_str().into();
    Option<&str>, value => value.map_or(Self::Text(None), Into::into);
    jiff::Timestamp, value => value.as_millisecond().into();
    Option<jiff::Timestamp>, value => value.map(jiff::Timestamp::as_millisecond).into();
    u64, value => i64::try_from(value).unwrap_or(i64::MAX).into();
    u32, value => i64::from(value).into();
    bool, value => i64::from(value).into();
    &crate::bank::QuestionId, value => value.0.as_str().into();
    crate::ids::LearnerId, value => value.0.into();
    crate::ids::CommunityId, value => value.0.into();
    crate::ids::VenueId, value => value.0.into();
    crate::ids::RoundId, value => value.0.into();
    crate::ids::PushId, value => value.0.into();
    Option<crate::ids::LearnerId>, value => value.map(|id| id.0).into();
    Option<crate::score::Day>, value => value.map(|day| day.0).into();
}
