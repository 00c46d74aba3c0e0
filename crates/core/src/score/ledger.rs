//! The ledger: answers are entered one after another against known facts, and out come what to say
//! to each and what to save for all.
//!
//! Entering changes the facts, so later answers of the same batch see what earlier ones did; the
//! result is the same as if every answer had a batch of its own. It holds that
//!
//! - a learner has at most one attempt in a round,
//! - the points and bonuses of all attempts are the points that boards gain,
//! - a round pays at most one bonus, and only when two have answered it.

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{FIRST_BONUS, Graded, Memory, REST, Streak, Verdict, Window, Zone};
use crate::bank::QuestionId;
use crate::ids::{CommunityId, LearnerId, RoundId};

/// A graded answer on its way into the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The round that it answers.
    pub round: RoundId,
    /// Who answers.
    pub learner: LearnerId,
    /// What was said: the text, or the chosen options.
    pub text: String,
    /// Its grade.
    pub graded: Graded,
    /// When it arrived.
    pub at: Timestamp,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded {
    /// What to say to it; for `Already` and `Closed` nothing else changed.
    pub verdict: Verdict,
    /// What it earned, without a bonus.
    pub points: u64,
    /// Whom this answer brought the bonus of the round: the learner, or somebody who was first and
    /// had to wait for a second one to answer.
    pub bonus: Option<LearnerId>,
    /// Until when the question earns this learner nothing here, if that is why this answer did not.
    pub rests_until: Option<Timestamp>,
    /// The learner's streak.
    pub streak: Streak,
    /// When the question should come back to the learner; `None` if the answer did not count.
    pub due_at: Option<Timestamp>,
}

/// Why an answer cannot even be refused politely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// There is no such round.
    Round(RoundId),
    /// There is no such learner, or no longer.
    Learner(LearnerId),
}

/// What must be known about a batch of answers before it is entered.
#[derive(Debug, Default)]
pub struct Facts {
    /// The rounds answered.
    pub rounds: FxHashMap<RoundId, RoundFacts>,
    /// Their communities.
    pub communities: FxHashMap<CommunityId, CommunityFacts>,
    /// Those who answer.
    pub learners: FxHashMap<LearnerId, LearnerFacts>,
    /// Who has attempted which of the rounds.
    pub attempted: FxHashSet<(RoundId, LearnerId)>,
    /// When a question was last answered right, with points, by whom and where.
    pub mastered: FxHashMap<(LearnerId, CommunityId, QuestionId), Timestamp>,
    /// The memories of these learners for these questions.
    pub memories: FxHashMap<(LearnerId, QuestionId), Memory>,
}

/// What must be known about a round.
#[derive(Clone, Debug)]
pub struct RoundFacts {
    /// Whose leaderboard counts.
    pub community: CommunityId,
    /// What was asked.
    pub question: QuestionId,
    /// The topics whose boards count, each once.
    pub topics: Vec<String>,
    /// From when answers come too late.
    pub closes_at: Option<Timestamp>,
    /// Whether it is over already.
    pub closed: bool,
    /// How the race for the bonus stands.
    pub race: Race,
}

/// How the race for a round's bonus stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Race {
    /// How many checked answers there are.
    pub answers: u64,
    /// Who was the first to be right and earn points, and when.
    pub first: Option<(LearnerId, Timestamp)>,
    /// Whether the bonus was paid.
    pub paid: bool,
}

/// What must be known about a community.
#[derive(Clone, Debug, Default)]
pub struct CommunityFacts {
    /// By which its days begin.
    pub zone: Zone,
    /// Its seasons with the time they began, in order.
    pub seasons: Vec<(u32, Timestamp)>,
}

/// What must be known about a learner.
#[derive(Clone, Debug, Default)]
pub struct LearnerFacts {
    /// By which the learner's days begin; `None` for the community's.
    pub zone: Option<Zone>,
    /// The streak so far.
    pub streak: Streak,
}

/// One leaderboard.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Board {
    /// Whose it is.
    pub community: CommunityId,
    /// The window's name in the store.
    pub span: &'static str,
    /// What sets it apart from others of that name: its first day or its number.
    pub starts: i64,
    /// The topic; empty for all of them together.
    pub topic: String,
}

/// What a learner gains on a board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gain {
    /// Points.
    pub points: u64,
    /// Right answers.
    pub right: u64,
    /// Answers.
    pub answers: u64,
}

/// An answer that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The answer as it came.
    pub answer: Answer,
    /// What it earned, without a bonus.
    pub points: u64,
}

/// What must be saved after a batch.
#[derive(Debug, Default)]
pub struct Changes {
    /// The new attempts, in the order they were entered.
    pub attempts: Vec<Attempt>,
    /// Whose attempts, old or new, were paid the bonus of their round.
    pub bonuses: Vec<(RoundId, LearnerId)>,
    /// How the races now stand.
    pub races: FxHashMap<RoundId, Race>,
    /// The streaks that changed.
    pub streaks: FxHashMap<LearnerId, Streak>,
    /// The memories that changed.
    pub memories: FxHashMap<(LearnerId, QuestionId), Memory>,
    /// What was answered right, with points, by whom and where, and when it last was.
    pub mastered: FxHashMap<(LearnerId, CommunityId, QuestionId), Timestamp>,
    /// The boards that `gains` speaks of by their index.
    pub boards: Vec<Board>,
    /// What learners gain on which board.
    pub gains: FxHashMap<(usize, LearnerId), Gain>,
}

/// A batch of answers being entered.
#[derive(Debug)]
pub struct Ledger {
    facts: Facts,
    changes: Changes,
    /// The boards that an answer to a round counts on, by what decides them.
    boards_of: FxHashMap<(RoundId, i64, Option<u32>), Vec<usize>>,
    board_index: FxHashMap<Board, usize>,
}

impl Ledger {
    /// An empty batch.
    #[must_use]
    pub fn new(facts: Facts) -> Self {
        let (changes, boards_of, board_index) = Default::default();
        Self { facts, changes, boards_of, board_index }
    }

    /// What must be saved.
    #[must_use]
    pub fn into_changes(self) -> Changes {
        self.changes
    }

    /// Enters one answer.
    ///
    /// # Errors
    ///
    /// If the facts have no such round or learner; then nothing changes.
    pub fn enter(&mut self, answer: &Answer) -> Result<Recorded, Unknown> {
        let &Answer { round: id, learner, graded, at, .. } = answer;
        let facts = &mut self.facts;
        let round = facts.rounds.get_mut(&id).ok_or(Unknown::Round(id))?;
        let who = facts.learners.get_mut(&learner).ok_or(Unknown::Learner(learner))?;
        let unchanged = |verdict, streak| Recorded {
            verdict,
            points: 0,
            bonus: None,
            rests_until: None,
            streak,
            due_at: None,
        };
        if facts.attempted.contains(&(id, learner)) {
            return Ok(unchanged(Verdict::Already, who.streak));
        }
        if round.closed || round.closes_at.is_some_and(|end| at >= end) {
            return Ok(unchanged(Verdict::Closed, who.streak));
        }
        facts.attempted.insert((id, learner));

        let community = facts.communities.entry(round.community).or_default();
        let streak = who.streak.after(who.zone.as_ref().unwrap_or(&community.zone).day(at));
        if streak != who.streak {
            who.streak = streak;
            self.changes.streaks.insert(learner, streak);
        }

        let key = (learner, round.question.clone());
        let memory = Memory::after(facts.memories.get(&key).copied(), graded.recall(), at);
        facts.memories.insert(key.clone(), memory);
        self.changes.memories.insert(key, memory);

        let mastery = (learner, round.community, round.question.clone());
        let rests_until = facts.mastered.get(&mastery).map(|since| *since + REST).filter(|end| at < *end);
        let points = if rests_until.is_some() { 0 } else { graded.points() };
        let mastered = graded.verdict() == Verdict::Right && points > 0;
        if mastered {
            facts.mastered.insert(mastery.clone(), at);
            self.changes.mastered.insert(mastery, at);
        }
        self.changes.attempts.push(Attempt { answer: answer.clone(), points });

        let mut bonus = None;
        if graded.is_checked() {
            let race = &mut round.race;
            race.answers += 1;
            if mastered {
                race.first.get_or_insert((learner, at));
            }
            bonus = race.first.filter(|_| race.answers >= 2 && !race.paid);
            race.paid |= bonus.is_some();
            self.changes.races.insert(id, *race);
            let right = u64::from(graded.verdict() == Verdict::Right);
            self.gain(id, learner, at, Gain { points, right, answers: 1 });
        }
        if let Some((first, since)) = bonus {
            self.changes.bonuses.push((id, first));
            self.gain(id, first, since, Gain { points: FIRST_BONUS, ..Gain::default() });
        }
        // Something that rests earns nothing; only what would have earned has to be told so.
        let rests_until = rests_until.filter(|_| graded.points() > 0);
        let bonus = bonus.map(|(first, _)| first);
        Ok(Recorded {
            verdict: graded.verdict(),
            points,
            bonus,
            rests_until,
            streak,
            due_at: Some(memory.due_at),
        })
    }

    /// Adds a gain, made at `at`, to every board that the round counts on.
    fn gain(&mut self, id: RoundId, learner: LearnerId, at: Timestamp, gain: Gain) {
        let (Some(round), changes) = (self.facts.rounds.get(&id), &mut self.changes) else { return };
        let Some(community) = self.facts.communities.get(&round.community) else { return };
        let season = community.seasons.iter().rfind(|(_, since)| *since <= at).map(|(number, _)| *number);
        let boards = self.boards_of.entry((id, community.zone.day(at).0, season)).or_insert_with(|| {
            let windows = [Window::Today, Window::Week, Window::Month, Window::All];
            let windows = windows.into_iter().chain(season.map(Window::Season));
            let topics = std::iter::once("").chain(round.topics.iter().map(String::as_str));
            let keys = windows.flat_map(|window| {
                let (span, starts) = window.key(&community.zone, at);
                topics.clone().map(move |topic| (span, starts, topic))
            });
            keys.map(|(span, starts, topic)| {
                let board = Board { community: round.community, span, starts, topic: topic.to_owned() };
                *self.board_index.entry(board).or_insert_with_key(|board| {
                    changes.boards.push(board.clone());
                    changes.boards.len() - 1
                })
            })
            .collect()
        });
        for board in boards {
            let total = changes.gains.entry((*board, learner)).or_default();
            total.points += gain.points;
            total.right += gain.right;
            total.answers += gain.answers;
        }
    }
}

#[cfg(test)]
mod tests;
