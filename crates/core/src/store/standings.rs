//! Leaderboards, ranks and what a learner has done.
//!
//! Every answer updates its boards as it is stored, so reading them never looks at attempts. A rank
//! is one more than the learners who have more points; they are counted in two levels of tallies,
//! so that a million learners are a few hundred rows.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::places::Community;
use super::sql::{Value, Writing, sql};
use super::{Store, StoreError, time};
use crate::bank::QuestionId;
use crate::ids::{CommunityId, LearnerId};
use crate::score::{Board, Day, Memory, Streak, Window};

/// How many points share a bucket on each level of tallies.
const BUCKETS: [i64; 2] = [1, 256];

/// Which rows of a leaderboard to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// From 0.
    pub number: u32,
    /// How many rows a page has.
    pub rows: u32,
}

impl Page {
    /// The top ten.
    pub const FIRST: Self = Self { number: 0, rows: 10 };
}

/// A page of a leaderboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standings {
    /// The page's rows, the best first; who has equal points shares a rank.
    pub rows: Vec<Standing>,
    /// The learner who asks, wherever they stand; `None` if they are not on the board.
    pub me: Option<Standing>,
    /// How many are on the board.
    pub learners: u64,
}

/// One learner on a leaderboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// One more than those who have more points.
    pub rank: u64,
    /// Who.
    pub learner: LearnerId,
    /// By which name.
    pub name: String,
    /// What they did in that window.
    pub tally: Tally,
}

/// What a learner did, in checked exercises, in some window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Points with bonuses.
    pub points: u64,
    /// Right answers.
    pub right: u64,
    /// Answers.
    pub answered: u64,
}

/// What a learner has done in a community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Today, this week, this month and ever.
    pub windows: [(Window, Tally); 4],
    /// Ever, by topic, the one with most answers first.
    pub topics: Vec<(String, Tally)>,
    /// The streak as it stands now.
    pub streak: Streak,
    /// How many questions were answered, in all communities, and are remembered.
    pub memories: u64,
    /// How many of them are due now.
    pub due: u64,
}

/// One statement: the page, then the learner who asks, then how many there are. `$2` is the learner,
/// `$3` and `$4` are the page.
const PAGE: &str = "SELECT * FROM (SELECT CAST(0 AS BIGINT) AS part, s.learner, l.name, s.points, s.right_answers, s.answers, \
        CAST(0 AS BIGINT) AS above \
        FROM standings s JOIN learners l ON l.id = s.learner WHERE s.board = $1 \
        ORDER BY s.points DESC, s.learner LIMIT $3 OFFSET $4) AS page \
    UNION ALL SELECT 1, s.learner, l.name, s.points, s.right_answers, s.answers, \
        CAST((SELECT coalesce(sum(t.learners), 0) FROM tallies t \
            WHERE t.board = $1 AND t.level = 1 AND t.bucket > s.points / 256) \
        + (SELECT coalesce(sum(t.learners), 0) FROM tallies t \
            WHERE t.board = $1 AND t.level = 0 AND t.bucket > s.points \
            AND t.bucket < (s.points / 256 + 1) * 256) AS BIGINT) \
        FROM standings s JOIN learners l ON l.id = s.learner WHERE s.board = $1 AND s.learner = $2 \
    UNION ALL SELECT 2, 0, '', CAST(coalesce(sum(t.learners), 0) AS BIGINT), 0, 0, 0 \
        FROM tallies t WHERE t.board = $1 AND t.level = 1 \
    ORDER BY 1, 4 DESC, 2";

/// How many have more points than `$2`.
const ABOVE: &str = "SELECT CAST((SELECT coalesce(sum(learners), 0) FROM tallies \
        WHERE board = $1 AND level = 1 AND bucket > $2 / 256) \
    + (SELECT coalesce(sum(learners), 0) FROM tallies \
        WHERE board = $1 AND level = 0 AND bucket > $2 AND bucket < ($2 / 256 + 1) * 256) AS BIGINT)";

impl Store {
    /// A page of a community's leaderboard for a window that is open at `now`, of one topic or of
    /// all, and where `me` stands.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn standings(
        &self,
        community: &Community,
        window: Window,
        topic: Option<&str>,
        me: LearnerId,
        page: Page,
        now: Timestamp,
    ) -> Result<Standings, StoreError> {
        let (span, starts) = window.key(&community.zone, now);
        let topic = topic.unwrap_or_default().to_owned();
        let Some(board) = self.board(Board { community: community.id, span, starts, topic }).await? else {
            return Ok(Standings::default());
        };
        let skip = u64::from(page.number) * u64::from(page.rows);
        let find = sql(PAGE).bind(board).bind(me).bind(page.rows).bind(skip);
        type Found = (i64, i64, String, i64, i64, i64, i64);
        let found: Vec<Found> = self.shared.pools.all(find).await?;

        let mut standings = Standings::default();
        for (part, learner, name, points, right, answered, above) in found {
            let tally = read_tally(points, right, answered);
            let mut standing =
                Standing { rank: above.unsigned_abs() + 1, learner: LearnerId(learner), name, tally };
            match part {
                0 => {
                    standing.rank = match standings.rows.last() {
                        Some(last) if last.tally.points == tally.points => last.rank,
                        None if skip > 0 => self.above(board, points).await? + 1,
                        _ => skip + standings.rows.len() as u64 + 1,
                    };
                    standings.rows.push(standing);
                }
                1 => standings.me = Some(standing),
                _ => standings.learners = tally.points,
            }
        }
        Ok(standings)
    }

    /// What a learner has done in a community.
    ///
    /// # Errors
    ///
    /// If there is no such learner, or the database fails.
    pub async fn stats(
        &self,
        learner: LearnerId,
        community: &Community,
        now: Timestamp,
    ) -> Result<Stats, StoreError> {
        let who = self.learner_by_id(learner).await?.ok_or(StoreError::UnknownLearner(learner))?;
        let windows = [Window::Today, Window::Week, Window::Month, Window::All];
        let [today, week, month, _] = windows.map(|window| window.key(&community.zone, now).1);
        let find = sql("SELECT b.span, b.topic, s.points, s.right_answers, s.answers \
            FROM standings s JOIN boards b ON b.id = s.board WHERE s.learner = $1 AND b.community = $2 \
            AND (b.span = 'all' OR (b.topic = '' AND ((b.span = 'day' AND b.starts = $3) \
            OR (b.span = 'week' AND b.starts = $4) OR (b.span = 'month' AND b.starts = $5)))) \
            ORDER BY s.answers DESC, b.topic");
        let find = find.bind(learner).bind(community.id).bind(today).bind(week).bind(month);
        let found: Vec<(String, String, i64, i64, i64)> = self.shared.pools.all(find).await?;
        let mut windows = windows.map(|window| (window, Tally::default()));
        let mut topics = Vec::new();
        for (span, topic, points, right, answered) in found {
            let tally = read_tally(points, right, answered);
            if !topic.is_empty() {
                topics.push((topic, tally));
            } else if let Some(slot) =
                windows.iter_mut().find(|(window, _)| window.key(&community.zone, now).0 == span)
            {
                slot.1 = tally;
            }
        }
        let find =
            sql("SELECT count(*), count(CASE WHEN due_at <= $2 THEN 1 END) FROM memories WHERE learner = $1");
        let counted: Option<(i64, i64)> = self.shared.pools.maybe(find.bind(learner).bind(now)).await?;
        let (memories, due) = counted.unwrap_or_default();
        let zone = who.zone.as_ref().unwrap_or(&community.zone);
        Ok(Stats {
            windows,
            topics,
            streak: who.streak.shown(zone.day(now)),
            memories: memories.unsigned_abs(),
            due: due.unsigned_abs(),
        })
    }

    /// How many answers a learner gave in a community on each day since `since` that had any, the first day first.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn days(
        &self,
        learner: LearnerId,
        community: CommunityId,
        since: Day,
    ) -> Result<Vec<(Day, u64)>, StoreError> {
        let find = sql("SELECT b.starts, s.answers FROM standings s JOIN boards b ON b.id = s.board \
            WHERE s.learner = $1 AND b.community = $2 AND b.span = 'day' AND b.topic = '' AND b.starts >= $3 \
            ORDER BY b.starts");
        let find = find.bind(learner).bind(community).bind(since.0);
        let found: Vec<(i64, i64)> = self.shared.pools.all(find).await?;
        Ok(found.into_iter().map(|(day, answers)| (Day(day), answers.unsigned_abs())).collect())
    }

    /// What is known about a learner's memories, in no order.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn memories(&self, learner: LearnerId) -> Result<Vec<Memory>, StoreError> {
        let find = sql("SELECT stability, difficulty, due_at, reviewed_at, reps, lapses FROM memories \
            WHERE learner = $1");
        let found: Vec<MemoryRow> = self.shared.pools.all(find.bind(learner)).await?;
        Ok(found.into_iter().map(read_memory).collect())
    }

    /// The questions that are due for a learner, the longest overdue first, at most `limit`.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn due_questions(
        &self,
        learner: LearnerId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<QuestionId>, StoreError> {
        let find = sql("SELECT question FROM memories WHERE learner = $1 AND due_at <= $2 \
            ORDER BY due_at, question LIMIT $3");
        let found: Vec<(String,)> = self.shared.pools.all(find.bind(learner).bind(now).bind(limit)).await?;
        Ok(found.into_iter().map(|(question,)| QuestionId(question)).collect())
    }

    /// The number of a board, if anybody is on it.
    async fn board(&self, board: Board) -> Result<Option<i64>, StoreError> {
        if let Some(id) = self.shared.boards.get(&board) {
            return Ok(Some(id));
        }
        let find =
            sql("SELECT id FROM boards WHERE community = $1 AND span = $2 AND starts = $3 AND topic = $4");
        let find = find.bind(board.community).bind(board.span).bind(board.starts).bind(&board.topic);
        let found: Option<(i64,)> = self.shared.pools.maybe(find).await?;
        Ok(found.map(|(id,)| {
            self.shared.boards.insert(board, id);
            id
        }))
    }

    async fn above(&self, board: i64, points: i64) -> Result<u64, StoreError> {
        let found: Option<(i64,)> = self.shared.pools.maybe(sql(ABOVE).bind(board).bind(points)).await?;
        Ok(found.map_or(0, |(above,)| above.unsigned_abs()))
    }
}

/// Stability, difficulty, due and reviewed, repetitions and lapses.
pub(super) type MemoryRow = (f64, f64, i64, i64, i64, i64);

pub(super) fn read_memory((stability, difficulty, due_at, reviewed_at, reps, lapses): MemoryRow) -> Memory {
    let count = |number| u32::try_from(number).unwrap_or(0);
    Memory {
        stability,
        difficulty,
        due_at: time(due_at),
        reviewed_at: time(reviewed_at),
        reps: count(reps),
        lapses: count(lapses),
    }
}

fn read_tally(points: i64, right: i64, answered: i64) -> Tally {
    Tally { points: points.unsigned_abs(), right: right.unsigned_abs(), answered: answered.unsigned_abs() }
}

/// Changes to how many learners have so many points, gathered before they are written.
#[derive(Default)]
pub(super) struct Tallies(FxHashMap<(i64, i64, i64), i64>);

impl Tallies {
    /// `learners` more have so many points on the board.
    pub(super) fn add(&mut self, board: i64, points: i64, learners: i64) {
        for (level, size) in (0..).zip(BUCKETS) {
            *self.0.entry((board, level, points / size)).or_default() += learners;
        }
    }

    /// Writes what changed on the whole.
    pub(super) async fn save(self, writing: &mut Writing) -> Result<(), StoreError> {
        let mut changed: Vec<_> = self.0.into_iter().filter(|(_, learners)| *learners != 0).collect();
        changed.sort_unstable();
        let rows = changed.into_iter().map(|((board, level, bucket), learners)| {
            [Value::from(board), level.into(), bucket.into(), learners.into()]
        });
        let insert = "INSERT INTO tallies (board, level, bucket, learners)";
        let or_add = "ON CONFLICT (board, level, bucket) DO UPDATE SET learners = tallies.learners + excluded.learners";
        writing.many::<(), 4>(insert, rows, or_add).await?;
        Ok(())
    }
}
