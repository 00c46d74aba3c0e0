//! Updates that wait for the bot, given out as `getUpdates` gives them.
//!
//! <https://core.telegram.org/bots/api#getupdates>: an update is confirmed by asking for a later one; the kinds asked
//! for last stay asked for, and hold for updates that arrive from then on.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// Kinds that a bot gets only when it names them.
const UNASKED: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

#[derive(Debug, Clone)]
struct Waiting {
    id: i64,
    body: Value,
    twice: bool,
}

/// The queue.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: VecDeque<Waiting>,
    again: Vec<Value>,
    last: i64,
    allowed: Option<Vec<String>>,
    /// Where updates are posted to instead, if anywhere.
    pub webhook: Option<Value>,
    /// How many long polls are under way or were begun: a newer one ends an older one.
    pub polls: u64,
    delivered: usize,
}

impl Queue {
    /// Adds an update, unless its kind was not asked for.
    pub fn push(&mut self, kind: &str, body: Value, twice: bool) {
        let wanted = match &self.allowed {
            None => !UNASKED.contains(&kind),
            // Kinds that nobody can name are what a newer server sends.
            Some(kinds) => kinds.iter().any(|allowed| allowed == kind) || kind.starts_with("unknown"),
        };
        if !wanted {
            return;
        }
        let id = self.fresh();
        self.waiting.push_back(Waiting { id, body: json!({"update_id": id, kind: body}), twice });
    }

    fn fresh(&mut self) -> i64 {
        self.last = if self.last == 0 { 100_001 } else { self.last + 1 };
        self.last
    }

    /// Delivers an earlier update once more.
    pub fn repeat(&mut self, update: Value) {
        self.again.push(update);
    }

    /// The newest update that still waits or was just given out.
    #[must_use]
    pub fn newest(&self) -> Option<Value> {
        self.waiting.back().map(|update| update.body.clone())
    }

    /// How many updates were confirmed.
    #[must_use]
    pub fn delivered(&self) -> usize {
        self.delivered
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len() + self.again.len()
    }

    /// Remembers which kinds the bot asked for.
    pub fn allow(&mut self, kinds: Option<&Value>) {
        if let Some(kinds) = kinds.and_then(Value::as_array) {
            let kinds: Vec<String> = kinds.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
            // An empty list asks for the usual kinds again.
            self.allowed = (!kinds.is_empty()).then_some(kinds);
        }
    }

    /// The update that is to be posted next, with the webhook that it goes to.
    #[must_use]
    pub fn to_post(&self) -> Option<(Value, Value)> {
        let hook = self.webhook.clone()?;
        let next = self.again.first().or_else(|| self.waiting.front().map(|update| &update.body))?;
        Some((hook, next.clone()))
    }

    /// Strikes out an update that was taken at the webhook.
    pub fn posted(&mut self) {
        if !self.again.is_empty() {
            self.again.remove(0);
        } else if let Some(update) = self.waiting.front() {
            let next = update.id + 1;
            self.again = self.confirm(next);
        }
    }

    /// Forgets what waits.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Confirms what lies before `offset` and gives back what is to be delivered again.
    fn confirm(&mut self, offset: i64) -> Vec<Value> {
        let mut again = Vec::new();
        while let Some(update) = self.waiting.pop_front_if(|update| update.id < offset) {
            self.delivered += 1;
            again.extend(update.twice.then_some(update.body));
        }
        again
    }

    /// Confirms what lies before `offset` and gives out what follows.
    pub fn take(&mut self, offset: i64, limit: usize) -> Vec<Value> {
        let offset = if offset < 0 {
            let skip = self.waiting.len().saturating_sub(usize::try_from(-offset).unwrap_or_default());
            self.waiting.get(skip).map_or(self.last + 1, |update| update.id)
        } else {
            offset
        };
        let again = self.confirm(offset);
        let mut updates = std::mem::take(&mut self.again);
        updates.extend(again);
        updates.extend(self.waiting.iter().take(limit).map(|update| update.body.clone()));
        updates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(updates: &[Value]) -> Vec<i64> {
        updates.iter().filter_map(|update| update["update_id"].as_i64()).collect()
    }

    #[test]
    fn an_update_waits_until_a_later_one_is_asked_for() {
        let mut queue = Queue::default();
        for n in 0..3 {
            queue.push("message", json!(n), false);
        }
        assert_eq!(ids(&queue.take(0, 2)), [100_001, 100_002]);
        assert_eq!(ids(&queue.take(0, 100)), [100_001, 100_002, 100_003]);
        assert_eq!(ids(&queue.take(100_003, 100)), [100_003]);
        assert_eq!(queue.delivered(), 2);
        assert_eq!(ids(&queue.take(-1, 100)), [100_003]);
        assert!(queue.take(100_004, 100).is_empty());
    }

    #[test]
    fn a_repeated_update_comes_again_after_it_was_confirmed() {
        let mut queue = Queue::default();
        queue.push("message", json!(1), true);
        assert_eq!(ids(&queue.take(0, 100)), [100_001]);
        assert_eq!(ids(&queue.take(100_002, 100)), [100_001]);
        assert!(queue.take(100_002, 100).is_empty());
    }

    #[test]
    fn kinds_that_were_not_asked_for_never_wait() {
        let mut queue = Queue::default();
        queue.push("message_reaction", json!(1), false);
        queue.allow(Some(&json!(["message_reaction"])));
        queue.push("message", json!(2), false);
        queue.push("message_reaction", json!(3), false);
        assert_eq!(queue.take(0, 100)[0]["message_reaction"], 3);
        queue.allow(Some(&json!([])));
        queue.push("message", json!(4), false);
        assert_eq!(queue.waiting(), 2);
    }
}
