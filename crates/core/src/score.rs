//! What an answer earns: points, the bonus for being first, streaks and memories.
//!
//! Everything here is a pure decision: facts and an answer go in, an outcome and changes come out.
//! It refuses to read a clock, a generator or a database; [`crate::store`] loads and saves.
//!
//! The rules:
//!
//! - A `Choice` that is right earns [`CHOICE_POINTS`], a `Typed` answer ten times its coverage,
//!   rounded; a `Reveal` earns nothing, because nobody can check it, but counts for streak and memory.
//! - The first right answer of a round earns [`FIRST_BONUS`] more, once at least two have answered.
//! - A question answered right earns its learner nothing more in that community for [`REST`]. Who
//!   earns nothing can't be first either, so the bonus goes to the first who does.
//! - Only the first answer of a learner in a round counts.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

mod calendar;
mod ledger;
mod memory;
mod streak;

pub use calendar::{Day, UnknownZone, Window, Zone};
pub use ledger::{
    Answer, Attempt, Board, Changes, CommunityFacts, Facts, Gain, LearnerFacts, Ledger, Race, Recorded,
    RoundFacts, Unknown,
};
pub use memory::Memory;
pub use streak::Streak;

/// What a right `Choice` earns, and a `Typed` answer that names every key point.
pub const CHOICE_POINTS: u64 = 10;
/// What the first right answer of a round earns on top.
pub const FIRST_BONUS: u64 = 5;
/// How long a question earns nothing after it was answered right: seven days.
pub const REST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An answer with its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Graded {
    /// Options were chosen.
    Choice(Mark),
    /// Own words were compared with the key points.
    Typed {
        /// How good they were on the whole.
        mark: Mark,
        /// How much of the key points they named, in thousandths.
        coverage: u16,
    },
    /// The answer was looked at, and the learner said how well it was known.
    Reveal(Recall),
}

/// How good a checked answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// All of it is right.
    Right,
    /// Some of it is right.
    Partial,
    /// None of it is right.
    Wrong,
}

/// How well a learner says to have known an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recall {
    /// Not at all.
    Again,
    /// With trouble.
    Hard,
    /// Well.
    Good,
    /// Without thinking.
    Easy,
}

/// What is said to an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It counts, and is right.
    Right,
    /// It counts, and is wrong.
    #[default]
    Wrong,
    /// It counts, and some of it is right.
    Partial,
    /// It does not count: this learner has answered this round before.
    Already,
    /// It does not count: the round is over.
    Closed,
}

impl Graded {
    /// What it says to an answer that counts.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Choice(Mark::Right) | Self::Typed { mark: Mark::Right, .. } => Verdict::Right,
            Self::Choice(Mark::Partial) | Self::Typed { mark: Mark::Partial, .. } => Verdict::Partial,
            Self::Choice(Mark::Wrong) | Self::Typed { mark: Mark::Wrong, .. } => Verdict::Wrong,
            Self::Reveal(Recall::Good | Recall::Easy) => Verdict::Right,
            Self::Reveal(Recall::Hard) => Verdict::Partial,
            Self::Reveal(Recall::Again) => Verdict::Wrong,
        }
    }

    /// What the scheduler takes it for.
    #[must_use]
    pub fn recall(self) -> Recall {
        match (self, self.verdict()) {
            (Self::Reveal(recall), _) => recall,
            (_, Verdict::Right) => Recall::Good,
            (_, Verdict::Partial) => Recall::Hard,
            _ => Recall::Again,
        }
    }

    /// Whether Viva could check it, so that it may appear on a leaderboard.
    #[must_use]
    pub fn is_checked(self) -> bool {
        !matches!(self, Self::Reveal(_))
    }

    /// What it earns by itself.
    #[must_use]
    pub fn points(self) -> u64 {
        match self {
            Self::Choice(Mark::Right) => CHOICE_POINTS,
            Self::Choice(_) | Self::Reveal(_) => 0,
            Self::Typed { coverage, .. } => (u64::from(coverage.min(1000)) * CHOICE_POINTS + 500) / 1000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_earn_what_the_rules_say() {
        let typed = |mark, coverage| Graded::Typed { mark, coverage };
        for (graded, verdict, recall, points) in [
            (Graded::Choice(Mark::Right), Verdict::Right, Recall::Good, 10),
            (Graded::Choice(Mark::Partial), Verdict::Partial, Recall::Hard, 0),
            (Graded::Choice(Mark::Wrong), Verdict::Wrong, Recall::Again, 0),
            (typed(Mark::Right, 1000), Verdict::Right, Recall::Good, 10),
            (typed(Mark::Right, 850), Verdict::Right, Recall::Good, 9),
            (typed(Mark::Partial, 449), Verdict::Partial, Recall::Hard, 4),
            (typed(Mark::Wrong, 49), Verdict::Wrong, Recall::Again, 0),
            (typed(Mark::Right, u16::MAX), Verdict::Right, Recall::Good, 10),
            (Graded::Reveal(Recall::Easy), Verdict::Right, Recall::Easy, 0),
            (Graded::Reveal(Recall::Hard), Verdict::Partial, Recall::Hard, 0),
            (Graded::Reveal(Recall::Again), Verdict::Wrong, Recall::Again, 0),
        ] {
            assert_eq!((graded.verdict(), graded.recall(), graded.points()), (verdict, recall, points));
        }
    }
}
