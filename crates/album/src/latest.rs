//! Messages that wait for pictures, and which of the answers that they showed is the latest.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Knows for messages that are changed again and again whether what was drawn for one still belongs there.
#[derive(Debug)]
pub struct Latest<K> {
    /// The turn of each message that waits for pictures, and how many turns there were in all.
    turns: Mutex<(HashMap<K, u64>, u64)>,
}

impl<K> Default for Latest<K> {
    fn default() -> Self {
        Self { turns: Mutex::new((HashMap::new(), 0)) }
    }
}

impl<K: Eq + Hash> Latest<K> {
    /// A message shows something else now; gives the turn by which it is known.
    pub fn turn(&self, message: K) -> u64 {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.1 += 1;
        let turn = turns.1;
        turns.0.insert(message, turn);
        turn
    }

    /// Whether a message still shows what it did at that turn. It is asked once: then nothing more is to come.
    pub fn is_still(&self, message: &K, turn: u64) -> bool {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let still = turns.0.get(message) == Some(&turn);
        if still {
            turns.0.remove(message);
        }
        still
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_latest_turn_counts_and_only_once() {
        let latest = Latest::default();
        let (first, second) = (latest.turn("a"), latest.turn("a"));
        assert!(!latest.is_still(&"a", first), "it was turned again");
        assert!(latest.is_still(&"a", second));
        assert!(!latest.is_still(&"a", second));
        let third = latest.turn("b");
        assert!(latest.is_still(&"b", third));
    }
}
