//! Messages that wait for pictures, and which of the things that they showed is the latest.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Knows, for messages that show one thing after the other, whether what was drawn for one still belongs there.
#[derive(Debug)]
pub struct Latest<K>(Arc<Mutex<Turns<K>>>);

#[derive(Debug)]
struct Turns<K> {
    /// The latest turn of each message, until that turn ends.
    of: HashMap<K, u64>,
    /// How many turns there were in all.
    count: u64,
}

/// Something that a message shows, until it is dropped.
#[derive(Debug)]
pub struct Turn<K: Eq + Hash> {
    turns: Arc<Mutex<Turns<K>>>,
    message: K,
    number: u64,
}

impl<K> Default for Latest<K> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Turns { of: HashMap::new(), count: 0 })))
    }
}

impl<K: Eq + Hash + Copy> Latest<K> {
    /// A message shows something else from now on.
    #[must_use = "a turn ends when it is dropped"]
    pub fn turn(&self, message: K) -> Turn<K> {
        let mut turns = locked(&self.0);
        turns.count += 1;
        let number = turns.count;
        turns.of.insert(message, number);
        Turn { turns: Arc::clone(&self.0), message, number }
    }
}

impl<K: Eq + Hash> Turn<K> {
    /// Whether the message has not been turned since.
    #[must_use]
    pub fn is_latest(&self) -> bool {
        locked(&self.turns).of.get(&self.message) == Some(&self.number)
    }
}

impl<K: Eq + Hash> Drop for Turn<K> {
    fn drop(&mut self) {
        let mut turns = locked(&self.turns);
        if turns.of.get(&self.message) == Some(&self.number) {
            turns.of.remove(&self.message);
        }
    }
}

fn locked<K>(turns: &Mutex<Turns<K>>) -> MutexGuard<'_, Turns<K>> {
    turns.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_latest_turn_counts_and_none_is_kept() {
        let latest = Latest::default();
        let (first, second) = (latest.turn('a'), latest.turn('a'));
        assert!(!first.is_latest() && second.is_latest());
        drop(second);
        assert!(!first.is_latest(), "what came after it has ended, but it came");
        assert!(latest.turn('b').is_latest());
        drop(first);
        assert!(locked(&latest.0).of.is_empty());
    }
}
