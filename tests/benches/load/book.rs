//! What is under way, and how long it took.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// An event that was answered.
pub(crate) struct Done {
    /// From the event to its answer.
    pub(crate) after: Duration,
    /// What was answered, and where, if that matters.
    pub(crate) answer: Option<(u64, Vec<u8>)>,
}

/// The events that wait for their answers.
pub(crate) struct Book {
    waiting: Mutex<HashMap<u64, (Instant, Option<u64>)>>,
    done: UnboundedSender<Done>,
}

impl Book {
    pub(crate) fn new() -> (Self, UnboundedReceiver<Done>) {
        let (done, answered) = unbounded_channel();
        (Self { waiting: Mutex::default(), done }, answered)
    }

    /// An event leaves now; its answer matters if it names a place.
    pub(crate) fn leaves(&self, id: u64, place: Option<u64>) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (Instant::now(), place));
    }

    /// An event is answered.
    pub(crate) fn answered(&self, id: u64, answer: &[u8]) {
        let left = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        let Some((left, place)) = left else { panic!("{id} was answered twice, or never asked") };
        let answer = place.map(|place| (place, answer.to_vec()));
        // Who has stopped counting hears nothing.
        let _ = self.done.send(Done { after: left.elapsed(), answer });
    }
}

/// The share `part` of `sorted` lies below this.
pub(crate) fn percentile(sorted: &[Duration], part: f64) -> Duration {
    let at = ((sorted.len() as f64 * part) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}
