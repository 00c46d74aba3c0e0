//! When a question should come back to a learner, by FSRS version 5 with its published default
//! weights (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>).
//!
//! The formulas come from `rs-fsrs`; its own card is not used, because it brings a calendar of its
//! own and steps of minutes, which nobody follows in a chat.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use rs_fsrs::{Parameters, Rating, Seed};

use super::Recall;

/// Fuzz stays off, so nothing here is random and the seed is never used.
static FSRS: LazyLock<Parameters> =
    LazyLock::new(|| Parameters { enable_fuzz: false, seed: Seed::Empty, ..Parameters::default() });

/// What the scheduler knows about a learner and a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// In how many days the chance to recall falls to nine in ten.
    pub stability: f64,
    /// From 1 (easy) to 10.
    pub difficulty: f64,
    /// When the question should come back.
    pub due_at: Timestamp,
    /// When it was last answered.
    pub reviewed_at: Timestamp,
    /// How often it was answered.
    pub reps: u32,
    /// How often it was forgotten after it had been known.
    pub lapses: u32,
}

impl Memory {
    /// The memory after a question was recalled so well at `at`; `before` is `None` the first time.
    #[must_use]
    pub fn after(before: Option<Self>, recall: Recall, at: Timestamp) -> Self {
        let rating = rating(recall);
        let mut memory = before.unwrap_or(Self {
            stability: FSRS.init_stability(rating),
            difficulty: FSRS.init_difficulty(rating),
            due_at: at,
            reviewed_at: at,
            reps: 0,
            lapses: 0,
        });
        if let Some(before) = before {
            let days = at.duration_since(before.reviewed_at).as_hours().div_euclid(24).max(0);
            memory.stability = stability_after(&before, rating, days);
            memory.difficulty = FSRS.next_difficulty(before.difficulty, rating);
            memory.lapses += u32::from(recall == Recall::Again);
        }
        let days = FSRS.next_interval(memory.stability, 0);
        memory.due_at =
            at.saturating_add(SignedDuration::from_secs_f64(days * 86_400.0)).unwrap_or(Timestamp::MAX);
        memory.reviewed_at = at;
        memory.reps += 1;
        memory
    }
}

impl Memory {
    /// The chance that the question is recalled at `at`, if it is not repeated before.
    #[must_use]
    pub fn recall_at(&self, at: Timestamp) -> f64 {
        let days = at.duration_since(self.reviewed_at).as_secs_f64() / 86_400.0;
        Parameters::forgetting_curve(days.max(0.0), self.stability)
    }
}

fn stability_after(before: &Memory, rating: Rating, days: i64) -> f64 {
    if days == 0 {
        return FSRS.short_term_stability(before.stability, rating);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of days is far below 2^52")]
    let recall = Parameters::forgetting_curve(days as f64, before.stability);
    match rating {
        // To forget never makes a memory more stable.
        Rating::Again => {
            FSRS.next_forget_stability(before.difficulty, before.stability, recall).min(before.stability)
        }
        _ => FSRS.next_recall_stability(before.difficulty, before.stability, recall, rating),
    }
}

fn rating(recall: Recall) -> Rating {
    match recall {
        Recall::Again => Rating::Again,
        Recall::Hard => Rating::Hard,
        Recall::Good => Rating::Good,
        Recall::Easy => Rating::Easy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Timestamp {
        Timestamp::from_second(n * 86_400).expect("a small number")
    }

    fn days_until_due(memory: &Memory) -> i64 {
        memory.due_at.duration_since(memory.reviewed_at).as_hours() / 24
    }

    #[test]
    fn the_better_known_the_later_due() {
        let due = [Recall::Again, Recall::Hard, Recall::Good, Recall::Easy]
            .map(|recall| days_until_due(&Memory::after(None, recall, day(0))));
        assert_eq!(due, [1, 1, 3, 15]);
    }

    #[test]
    fn intervals_grow_while_known_and_fall_when_forgotten() {
        let mut memory = Memory::after(None, Recall::Good, day(0));
        let mut intervals = vec![days_until_due(&memory)];
        for _ in 0..4 {
            memory = Memory::after(Some(memory), Recall::Good, memory.due_at);
            intervals.push(days_until_due(&memory));
        }
        assert!(intervals.is_sorted_by(|a, b| a < b), "{intervals:?}");
        let forgotten = Memory::after(Some(memory), Recall::Again, memory.due_at);
        assert!(days_until_due(&forgotten) < intervals[4] / 4, "{forgotten:?}");
        assert_eq!((forgotten.lapses, forgotten.reps), (1, 6));
        assert!(forgotten.difficulty > memory.difficulty);
    }

    #[test]
    fn when_it_is_due_nine_in_ten_are_recalled() {
        let memory = Memory::after(None, Recall::Good, day(0));
        assert!((memory.recall_at(day(0)) - 1.0).abs() < 1e-9);
        // Intervals are whole days.
        assert!((memory.recall_at(memory.due_at) - 0.9).abs() < 0.02, "{}", memory.recall_at(memory.due_at));
        assert!(memory.recall_at(day(300)) < memory.recall_at(day(30)));
    }

    #[test]
    fn answering_twice_a_day_moves_little() {
        let first = Memory::after(None, Recall::Good, day(0));
        let second = Memory::after(Some(first), Recall::Good, day(0));
        assert!(second.stability < first.stability * 1.5 && second.stability >= first.stability);
        let back_in_time = Memory::after(Some(first), Recall::Good, day(-3));
        assert!(back_in_time.stability.is_finite());
    }
}
