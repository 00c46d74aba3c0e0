//! Taking answers: one task writes them, all that arrived together in one transaction.
//!
//! An answer is acknowledged once its transaction is on the disk. While one is being written, others
//! gather; so the more there are, the less each costs.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::{Shared, Store, StoreError};
use crate::score::{Answer, Ledger, Recorded, Unknown};

mod load;
mod save;

/// How many answers share a transaction at the most.
const BATCH: usize = 512;
/// How many may wait; whoever comes later waits to wait.
const QUEUE: usize = 4 * BATCH;

/// An answer, and who waits to hear what became of it.
pub(super) struct Waiting {
    answer: Answer,
    reply: oneshot::Sender<Result<Recorded, StoreError>>,
}

impl Store {
    /// Grades nothing and decides nothing about the text: stores the answer if it is the learner's
    /// first in an open round, with all that it earns, and returns once that is on the disk.
    ///
    /// Whoever stops waiting does not take the answer back.
    ///
    /// # Errors
    ///
    /// If there is no such round or learner, or the database fails; then nothing was stored.
    pub async fn record(&self, answer: Answer) -> Result<Recorded, StoreError> {
        let (reply, outcome) = oneshot::channel();
        self.answers.send(Waiting { answer, reply }).await.map_err(|_| StoreError::Closed)?;
        outcome.await.map_err(|_| StoreError::Closed)?
    }
}

/// Starts the task that writes answers; it ends when the last sender is gone and all are written.
pub(super) fn start(shared: Arc<Shared>) -> mpsc::Sender<Waiting> {
    let (sender, mut receiver) = mpsc::channel::<Waiting>(QUEUE);
    tokio::spawn(async move {
        let mut waiting = Vec::with_capacity(BATCH);
        while receiver.recv_many(&mut waiting, BATCH).await > 0 {
            gather(&mut receiver, &mut waiting).await;
            let (answers, replies): (Vec<_>, Vec<_>) =
                waiting.drain(..).map(|waiting| (waiting.answer, waiting.reply)).unzip();
            let outcomes = match shared.write_answers(&answers).await {
                Ok(outcomes) => outcomes,
                Err(error) => {
                    let error = Arc::new(error);
                    tracing::error!(%error, answers = answers.len(), "answers could not be stored");
                    answers.iter().map(|_| Err(StoreError::NotRecorded(error.clone()))).collect()
                }
            };
            for (reply, outcome) in replies.into_iter().zip(outcomes) {
                // Nobody waits any more, but the answer is stored all the same.
                let _gone = reply.send(outcome);
            }
        }
    });
    sender
}

/// Adds what those send who were acknowledged a moment ago: they run as soon as this task yields.
async fn gather(receiver: &mut mpsc::Receiver<Waiting>, waiting: &mut Vec<Waiting>) {
    let mut before = 0;
    while waiting.len() > before && waiting.len() < BATCH {
        before = waiting.len();
        tokio::task::yield_now().await;
        while waiting.len() < BATCH
            && let Ok(another) = receiver.try_recv()
        {
            waiting.push(another);
        }
    }
}

impl Shared {
    /// Loads what the answers are about, enters them in the order they came, saves what follows.
    async fn write_answers(
        &self,
        answers: &[Answer],
    ) -> Result<Vec<Result<Recorded, StoreError>>, StoreError> {
        let mut writing = self.pools.write().await?;
        let mut ledger = Ledger::new(load::facts(&mut writing, answers).await?);
        let outcomes = answers.iter().map(|answer| ledger.enter(answer).map_err(StoreError::from)).collect();
        let boards = save::changes(&mut writing, &self.boards, ledger.into_changes()).await?;
        writing.commit().await?;
        // Only what has been committed is a fact.
        for (board, id) in boards {
            self.boards.insert(board, id);
        }
        Ok(outcomes)
    }
}

impl From<Unknown> for StoreError {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Round(id) => Self::UnknownRound(id),
            Unknown::Learner(id) => Self::UnknownLearner(id),
        }
    }
}
