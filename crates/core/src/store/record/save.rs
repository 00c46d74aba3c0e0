//! Saving what follows from a batch of answers, with one statement a table.

use quick_cache::sync::Cache;
use rustc_hash::FxHashMap;

use super::super::StoreError;
use super::super::sql::{Value, Writing};
use super::super::standings::Tallies;
use crate::ids::LearnerId;
use crate::score::{Board, Changes, FIRST_BONUS, Gain};

/// Saves `changes`; returns the numbers of boards that were not known yet.
pub(super) async fn changes(
    writing: &mut Writing,
    known: &Cache<Board, i64>,
    changes: Changes,
) -> Result<Vec<(Board, i64)>, StoreError> {
    attempts(writing, &changes).await?;
    mastered(writing, &changes).await?;
    races(writing, &changes).await?;
    streaks(writing, &changes).await?;
    memories(writing, &changes).await?;
    let (ids, found) = board_ids(writing, known, &changes.boards).await?;
    gains(writing, &changes, &ids).await?;
    Ok(found)
}

async fn attempts(writing: &mut Writing, changes: &Changes) -> Result<(), StoreError> {
    let mut rows: Vec<[Value; 6]> = Vec::with_capacity(changes.attempts.len());
    for attempt in &changes.attempts {
        let answer = &attempt.answer;
        let graded = serde_json::to_string(&answer.graded).map_err(StoreError::corrupt("grade"))?;
        rows.push([
            answer.round.into(),
            answer.learner.into(),
            answer.at.into(),
            (&answer.text).into(),
            (&graded).into(),
            attempt.points.into(),
        ]);
    }
    let insert = "INSERT INTO attempts (round, learner, at, answer, graded, points)";
    writing.many::<(), 6>(insert, rows, "").await?;
    let paid = changes
        .bonuses
        .iter()
        .map(|(round, learner)| [Value::from(*round), (*learner).into(), FIRST_BONUS.into()]);
    let update = "UPDATE attempts SET bonus = paid.column3 FROM (";
    let only = ") AS paid WHERE attempts.round = paid.column1 AND attempts.learner = paid.column2";
    writing.many::<(), 3>(update, paid, only).await?;
    Ok(())
}

async fn mastered(writing: &mut Writing, changes: &Changes) -> Result<(), StoreError> {
    let rows = changes.mastered.iter().map(|((learner, community, question), at)| {
        [Value::from(*community), question.into(), (*learner).into(), (*at).into()]
    });
    let insert = "INSERT INTO mastered (community, question, learner, at)";
    let or_update = "ON CONFLICT (community, question, learner) DO UPDATE SET at = excluded.at";
    writing.many::<(), 4>(insert, rows, or_update).await?;
    Ok(())
}

async fn races(writing: &mut Writing, changes: &Changes) -> Result<(), StoreError> {
    let rows = changes.races.iter().map(|(id, race)| {
        let (learner, at) = race.first.unzip();
        [Value::from(*id), race.answers.into(), learner.into(), at.into(), race.paid.into()]
    });
    let update = "UPDATE rounds SET answers = race.column2, first_right = race.column3, \
        first_right_at = race.column4, bonus_paid = race.column5 FROM (";
    writing.many::<(), 5>(update, rows, ") AS race WHERE rounds.id = race.column1").await?;
    Ok(())
}

async fn streaks(writing: &mut Writing, changes: &Changes) -> Result<(), StoreError> {
    let rows = changes.streaks.iter().map(|(id, streak)| {
        [Value::from(*id), streak.current.into(), streak.best.into(), streak.last_day.into()]
    });
    let update =
        "UPDATE learners SET streak = run.column2, best_streak = run.column3, last_day = run.column4 FROM (";
    writing.many::<(), 4>(update, rows, ") AS run WHERE learners.id = run.column1").await?;
    Ok(())
}

async fn memories(writing: &mut Writing, changes: &Changes) -> Result<(), StoreError> {
    let rows = changes.memories.iter().map(|((learner, question), memory)| {
        [
            Value::from(question),
            (*learner).into(),
            memory.stability.into(),
            memory.difficulty.into(),
            memory.due_at.into(),
            memory.reviewed_at.into(),
            memory.reps.into(),
            memory.lapses.into(),
        ]
    });
    let insert = "INSERT INTO memories \
        (question, learner, stability, difficulty, due_at, reviewed_at, reps, lapses)";
    let or_update = "ON CONFLICT (question, learner) DO UPDATE SET stability = excluded.stability, \
        difficulty = excluded.difficulty, due_at = excluded.due_at, reviewed_at = excluded.reviewed_at, \
        reps = excluded.reps, lapses = excluded.lapses";
    writing.many::<(), 8>(insert, rows, or_update).await?;
    Ok(())
}

/// The numbers of `boards` in their order, and apart those that `known` lacks.
async fn board_ids(
    writing: &mut Writing,
    known: &Cache<Board, i64>,
    boards: &[Board],
) -> Result<(Vec<i64>, Vec<(Board, i64)>), StoreError> {
    let mut ids: Vec<Option<i64>> = boards.iter().map(|board| known.get(board)).collect();
    let unknown: Vec<usize> = (0..boards.len()).filter(|index| ids[*index].is_none()).collect();
    let key = |index: usize| {
        let board = &boards[index];
        [Value::from(board.community), board.span.into(), board.starts.into(), (&board.topic).into()]
    };
    let insert = "INSERT INTO boards (community, span, starts, topic)";
    let unless = "ON CONFLICT (community, span, starts, topic) DO NOTHING";
    writing.many::<(), 4>(insert, unknown.iter().map(|index| key(*index)), unless).await?;
    let wanted = unknown.iter().map(|index| {
        let [community, span, starts, topic] = key(*index);
        [community, span, starts, topic, (*index as u64).into()]
    });
    let rows: Vec<(i64, i64)> = writing
        .many(
            "SELECT wanted.column5, b.id FROM (",
            wanted,
            ") AS wanted JOIN boards b ON b.community = wanted.column1 AND b.span = wanted.column2 \
             AND b.starts = wanted.column3 AND b.topic = wanted.column4",
        )
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for (index, id) in rows {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        if let (Some(slot), Some(board)) = (ids.get_mut(index), boards.get(index)) {
            *slot = Some(id);
            found.push((board.clone(), id));
        }
    }
    let ids: Option<Vec<i64>> = ids.into_iter().collect();
    Ok((ids.ok_or(sqlx::Error::RowNotFound)?, found))
}

const ADD: &str = "INSERT INTO standings (learner, board, points, right_answers, answers, revision)";
const ADD_ALL: &str = "ON CONFLICT (learner, board) DO UPDATE SET points = standings.points + excluded.points, \
    right_answers = standings.right_answers + excluded.right_answers, \
    answers = standings.answers + excluded.answers, revision = standings.revision + 1 \
    RETURNING learner, board, points, revision";
/// Leaves the points alone, and with them the order of the board.
const ADD_ANSWERS: &str = "ON CONFLICT (learner, board) DO UPDATE SET \
    right_answers = standings.right_answers + excluded.right_answers, \
    answers = standings.answers + excluded.answers, revision = standings.revision + 1 \
    RETURNING learner, board, points, revision";

async fn gains(writing: &mut Writing, changes: &Changes, ids: &[i64]) -> Result<(), StoreError> {
    // In the order of the key, so that a learner's rows are found side by side.
    let mut gains: Vec<_> =
        changes.gains.iter().map(|((board, learner), gain)| ((*learner, ids[*board]), *gain)).collect();
    gains.sort_unstable_by_key(|(key, _)| *key);
    let (paid, unpaid): (Vec<_>, Vec<_>) = gains.iter().partition(|(_, gain)| gain.points > 0);
    let row = |((learner, board), gain): &((LearnerId, i64), Gain)| {
        [
            Value::from(*learner),
            (*board).into(),
            gain.points.into(),
            gain.right.into(),
            gain.answers.into(),
            1_i64.into(),
        ]
    };
    let mut after: Vec<(i64, i64, i64, i64)> = writing.many(ADD, paid.into_iter().map(row), ADD_ALL).await?;
    after.append(&mut writing.many(ADD, unpaid.into_iter().map(row), ADD_ANSWERS).await?);

    let gained: FxHashMap<_, _> =
        gains.iter().map(|((learner, board), gain)| ((learner.0, *board), gain.points)).collect();
    let mut tallies = Tallies::default();
    for (learner, board, points, revision) in after {
        let gained = gained.get(&(learner, board)).copied().unwrap_or(0);
        if revision > 1 {
            tallies.add(board, points - i64::try_from(gained).unwrap_or(0), -1);
        }
        tallies.add(board, points, 1);
    }
    tallies.save(writing).await
}
