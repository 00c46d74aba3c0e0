//! How fast a bot may speak: 30 messages a second in all, one a second into one chat, 20 a minute into one group.
//!
//! <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>. Telegram says that short bursts
//! into one chat pass; how short it does not say, so three messages are let through here.

use std::collections::{HashMap, VecDeque};

const BURST: usize = 3;

/// Who was sent something lately, in milliseconds.
#[derive(Debug, Default)]
pub struct Flood {
    all: VecDeque<i64>,
    chats: HashMap<i64, Lately>,
}

#[derive(Debug, Default)]
struct Lately {
    sent: VecDeque<i64>,
    /// When the chat may be written to again, after a refusal.
    barred: i64,
}

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// What `parameters.retry_after` says, in seconds.
    pub retry_after: i64,
    /// Whether the bot had been told to wait and did not.
    pub impatient: bool,
}

impl Flood {
    /// Counts one message into `chat` at `now`.
    ///
    /// # Errors
    ///
    /// When it is one too many: it is not counted then.
    pub fn send(&mut self, chat: i64, now: i64) -> Result<(), TooMany> {
        while self.all.front().is_some_and(|at| now - at >= 1000) {
            self.all.pop_front();
        }
        let lately = self.chats.entry(chat).or_default();
        while lately.sent.front().is_some_and(|at| now - at >= 60_000) {
            lately.sent.pop_front();
        }
        let impatient = now < lately.barred;
        let mut until = lately.barred;
        if self.all.len() >= 30 {
            until = until.max(self.all[0] + 1000);
        }
        if chat < 0 && lately.sent.len() >= 20 {
            until = until.max(lately.sent[lately.sent.len() - 20] + 60_000);
        }
        if lately.sent.len() >= BURST {
            until = until.max(lately.sent[lately.sent.len() - BURST] + 1000 * BURST as i64);
        }
        if until <= now {
            self.all.push_back(now);
            lately.sent.push_back(now);
            return Ok(());
        }
        let retry_after = (until - now + 999) / 1000;
        if !impatient {
            lately.barred = now + retry_after * 1000;
        }
        Err(TooMany { retry_after, impatient })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_takes_one_a_second_after_a_short_burst() {
        let mut flood = Flood::default();
        assert!((0..3).all(|_| flood.send(1, 0).is_ok()));
        assert_eq!(flood.send(1, 100), Err(TooMany { retry_after: 3, impatient: false }));
        assert!(flood.send(1, 2000).unwrap_err().impatient);
        assert!(flood.send(1, 3100).is_ok());
    }

    #[test]
    fn a_group_takes_20_a_minute_and_all_chats_30_a_second() {
        let mut flood = Flood::default();
        assert!((0..20).all(|n| flood.send(-1, n * 1000).is_ok()));
        assert_eq!(flood.send(-1, 20_000).unwrap_err().retry_after, 40);
        assert!(flood.send(-1, 60_000).is_ok());
        let mut flood = Flood::default();
        assert!((1..=30).all(|chat| flood.send(chat, 0).is_ok()));
        assert_eq!(flood.send(31, 400).unwrap_err().retry_after, 1);
        assert!(flood.send(32, 1000).is_ok());
    }
}
