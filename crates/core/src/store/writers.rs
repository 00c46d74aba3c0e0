//! Writing in turns, and committing together.
//!
//! On both databases one writer works at a time: SQLite says so itself (`BEGIN IMMEDIATE`), PostgreSQL is
//! told so with an advisory lock. So what a writer has read stays true until it commits, and no two
//! processes can deadlock.
//!
//! What costs time is not the writing but the commit, which waits for the disk. So writers that stand in line
//! take their turns in one transaction, each behind a savepoint, and the last of them commits for all. A writer
//! that fails undoes what it did and nothing else; nobody is told that something is stored before it is on
//! the disk. Whoever is alone commits at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{Postgres, Sqlite, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::sql::On;

/// How many turns share a transaction at the most.
const TURNS: usize = 256;
/// Any number, as long as all processes lock the same one.
const LOCK_WRITERS: &str = "SELECT pg_advisory_xact_lock(8623190742501)";

type Open = On<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>;

/// Where writes go.
pub(super) struct Writers {
    pub(super) pool: On<SqlitePool, PgPool>,
    shared: Arc<Mutex<Shared>>,
    /// How many stand in line.
    line: AtomicUsize,
}

/// The transaction that writers share.
#[derive(Default)]
struct Shared {
    open: Option<Open>,
    /// Those who had their turn and wait for the commit.
    waiting: Vec<oneshot::Sender<Result<(), String>>>,
    /// Whether the last turn ended without a word, so that what it did has to be undone.
    stained: bool,
}

/// A turn to write; dropping it undoes what it did.
pub(super) struct Writing {
    writers: Arc<Writers>,
    /// Taken when the turn is over.
    shared: Option<OwnedMutexGuard<Shared>>,
}

/// A place in the line; leaving it is told.
struct Place<'w>(&'w Arc<Writers>);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.line.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Writers {
    pub(super) fn new(pool: On<SqlitePool, PgPool>) -> Arc<Self> {
        Arc::new(Self { pool, shared: Arc::default(), line: AtomicUsize::new(0) })
    }

    /// Waits for a turn.
    pub(super) async fn turn(this: &Arc<Self>) -> sqlx::Result<Writing> {
        this.line.fetch_add(1, Ordering::SeqCst);
        let place = Place(this);
        // Whoever leaves the line may be the one that others rely on.
        let mut alarm = Alarm(Some(Arc::clone(this)));
        let shared = Arc::clone(&this.shared).lock_owned().await;
        drop(place);
        alarm.0 = None;
        let mut writing = Writing { writers: Arc::clone(this), shared: Some(shared) };
        writing.begin().await?;
        Ok(writing)
    }

    /// Commits or undoes what nobody else will.
    async fn settle(self: Arc<Self>) {
        let mut shared = Arc::clone(&self.shared).lock_owned().await;
        if self.line.load(Ordering::SeqCst) == 0 {
            shared.finish().await;
        }
    }
}

/// Sees to those who wait, if whoever holds it is gone before its time.
struct Alarm(Option<Arc<Writers>>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if let (Some(writers), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(writers.settle());
        }
    }
}

impl Shared {
    async fn run(&mut self, text: &'static str) -> sqlx::Result<()> {
        match self.open.as_mut() {
            Some(On::Sqlite(transaction)) => sqlx::query(text).execute(&mut **transaction).await.map(drop),
            Some(On::Postgres(transaction)) => sqlx::query(text).execute(&mut **transaction).await.map(drop),
            None => Err(sqlx::Error::BeginFailed),
        }
    }

    /// Undoes the last turn if it has to be.
    async fn clean(&mut self) -> sqlx::Result<()> {
        if std::mem::take(&mut self.stained) && self.open.is_some() {
            self.run("ROLLBACK TO SAVEPOINT turn").await?;
        }
        Ok(())
    }

    /// Commits for all who wait, and tells them.
    async fn finish(&mut self) -> Option<sqlx::Result<()>> {
        let cleaned = self.clean().await;
        let open = self.open.take()?;
        let waiting = std::mem::take(&mut self.waiting);
        let committed = match (cleaned, open) {
            (Err(error), _) => Err(error),
            // Nobody has anything to keep.
            (Ok(()), On::Sqlite(transaction)) => transaction.commit().await,
            (Ok(()), On::Postgres(transaction)) => transaction.commit().await,
        };
        for waits in waiting {
            // Nobody waits any more, but it is stored all the same.
            let _gone = waits.send(committed.as_ref().copied().map_err(ToString::to_string));
        }
        Some(committed)
    }
}

impl Writing {
    pub(super) fn transaction(&mut self) -> sqlx::Result<&mut Open> {
        self.shared.as_mut().and_then(|shared| shared.open.as_mut()).ok_or(sqlx::Error::BeginFailed)
    }

    pub(super) fn on_sqlite(&self) -> bool {
        matches!(self.writers.pool, On::Sqlite(_))
    }

    async fn begin(&mut self) -> sqlx::Result<()> {
        let Some(shared) = self.shared.as_mut() else { return Err(sqlx::Error::BeginFailed) };
        if let Err(error) = shared.clean().await {
            // Whoever shared it must not believe that it is stored.
            shared.open = None;
            for waits in std::mem::take(&mut shared.waiting) {
                let _gone = waits.send(Err(error.to_string()));
            }
            return Err(error);
        }
        if shared.open.is_none() {
            shared.open = Some(match &self.writers.pool {
                On::Sqlite(pool) => On::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
                On::Postgres(pool) => {
                    let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
                    sqlx::query(LOCK_WRITERS).execute(&mut *transaction).await?;
                    On::Postgres(transaction)
                }
            });
        }
        shared.run("SAVEPOINT turn").await
    }

    /// Makes it last; after this returns, a crash or power cut does not undo it.
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        let Some(shared) = self.shared.as_mut() else { return Err(sqlx::Error::BeginFailed) };
        shared.run("RELEASE SAVEPOINT turn").await?;
        let in_line = self.writers.line.load(Ordering::SeqCst);
        if in_line == 0 || shared.waiting.len() >= TURNS {
            let committed = shared.finish().await.unwrap_or(Err(sqlx::Error::BeginFailed));
            self.shared = None;
            return committed;
        }
        let (done, committed) = oneshot::channel();
        shared.waiting.push(done);
        // The next one in the line goes on.
        self.shared = None;
        match committed.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(reason)) => Err(sqlx::Error::Protocol(reason)),
            Err(_) => Err(sqlx::Error::PoolClosed),
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let Some(mut shared) = self.shared.take() else { return };
        shared.stained = shared.open.is_some();
        drop(shared);
        drop(Alarm(Some(Arc::clone(&self.writers))));
    }
}
