//! Loading what a batch of answers is about, with one statement a table.

use rustc_hash::FxHashSet;

use super::super::people::{read_streak, read_zone};
use super::super::rounds::read_topics;
use super::super::sql::{Value, Writing};
use super::super::standings::read_memory;
use super::super::{StoreError, time};
use crate::bank::QuestionId;
use crate::ids::{CommunityId, LearnerId, RoundId};
use crate::score::{Answer, CommunityFacts, Facts, LearnerFacts, Race, RoundFacts};

/// All that entering `answers` needs to know.
pub(super) async fn facts(writing: &mut Writing, answers: &[Answer]) -> Result<Facts, StoreError> {
    let mut facts = Facts::default();
    rounds(writing, answers, &mut facts).await?;
    seasons(writing, &mut facts).await?;
    learners(writing, answers, &mut facts).await?;
    attempted(writing, answers, &mut facts).await?;
    let asked: FxHashSet<(LearnerId, CommunityId, QuestionId)> = answers
        .iter()
        .filter(|answer| !facts.attempted.contains(&(answer.round, answer.learner)))
        .filter_map(|answer| {
            facts
                .rounds
                .get(&answer.round)
                .map(|round| (answer.learner, round.community, round.question.clone()))
        })
        .collect();
    mastered(writing, &asked, &mut facts).await?;
    memories(writing, &asked, &mut facts).await?;
    Ok(facts)
}

async fn rounds(writing: &mut Writing, answers: &[Answer], facts: &mut Facts) -> Result<(), StoreError> {
    let ids: FxHashSet<RoundId> = answers.iter().map(|answer| answer.round).collect();
    type Found =
        (i64, i64, String, String, String, Option<i64>, Option<i64>, i64, Option<i64>, Option<i64>, i64);
    let rows: Vec<Found> = writing
        .many(
            "SELECT r.id, r.community, c.time_zone, r.question, r.topics, r.closes_at, r.closed_at, \
             r.answers, r.first_right, r.first_right_at, r.bonus_paid FROM (",
            ids.into_iter().map(|id| [id.into()]),
            ") AS wanted JOIN rounds r ON r.id = wanted.column1 JOIN communities c ON c.id = r.community",
        )
        .await?;
    for (id, community, zone, question, topics, closes_at, closed_at, answers, first, first_at, paid) in rows
    {
        let race = Race {
            answers: answers.unsigned_abs(),
            first: first.zip(first_at).map(|(learner, at)| (LearnerId(learner), time(at))),
            paid: paid != 0,
        };
        let round = RoundFacts {
            community: CommunityId(community),
            question: QuestionId(question),
            topics: read_topics(&topics)?,
            closes_at: closes_at.map(time),
            closed: closed_at.is_some(),
            race,
        };
        facts.communities.entry(round.community).or_insert(CommunityFacts {
            zone: zone.parse().map_err(StoreError::corrupt("time zone"))?,
            seasons: Vec::new(),
        });
        facts.rounds.insert(RoundId(id), round);
    }
    Ok(())
}

async fn seasons(writing: &mut Writing, facts: &mut Facts) -> Result<(), StoreError> {
    let rows: Vec<(i64, i64, i64)> = writing
        .many(
            "SELECT s.community, s.number, s.started_at FROM (",
            facts.communities.keys().map(|id| [(*id).into()]),
            ") AS wanted JOIN seasons s ON s.community = wanted.column1 ORDER BY s.number",
        )
        .await?;
    for (community, number, started_at) in rows {
        if let (Some(community), Ok(number)) =
            (facts.communities.get_mut(&CommunityId(community)), u32::try_from(number))
        {
            community.seasons.push((number, time(started_at)));
        }
    }
    Ok(())
}

async fn learners(writing: &mut Writing, answers: &[Answer], facts: &mut Facts) -> Result<(), StoreError> {
    let ids: FxHashSet<LearnerId> = answers.iter().map(|answer| answer.learner).collect();
    type Found = (i64, Option<String>, i64, i64, Option<i64>);
    let rows: Vec<Found> = writing
        .many(
            "SELECT l.id, l.time_zone, l.streak, l.best_streak, l.last_day FROM (",
            ids.into_iter().map(|id| [id.into()]),
            ") AS wanted JOIN learners l ON l.id = wanted.column1",
        )
        .await?;
    for (id, zone, streak, best, last_day) in rows {
        let learner = LearnerFacts { zone: read_zone(zone)?, streak: read_streak(streak, best, last_day) };
        facts.learners.insert(LearnerId(id), learner);
    }
    Ok(())
}

async fn attempted(writing: &mut Writing, answers: &[Answer], facts: &mut Facts) -> Result<(), StoreError> {
    let pairs: FxHashSet<_> = answers.iter().map(|answer| (answer.round, answer.learner)).collect();
    let rows: Vec<(i64, i64)> = writing
        .many(
            "SELECT a.round, a.learner FROM (",
            pairs.into_iter().map(|(round, learner)| [round.into(), learner.into()]),
            ") AS wanted JOIN attempts a ON a.round = wanted.column1 AND a.learner = wanted.column2",
        )
        .await?;
    facts.attempted.extend(rows.into_iter().map(|(round, learner)| (RoundId(round), LearnerId(learner))));
    Ok(())
}

async fn mastered(
    writing: &mut Writing,
    asked: &FxHashSet<(LearnerId, CommunityId, QuestionId)>,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let rows: Vec<(i64, i64, String, i64)> = writing
        .many(
            "SELECT m.learner, m.community, m.question, m.at FROM (",
            asked.iter().map(|(learner, community, question)| {
                [Value::from(*learner), (*community).into(), question.into()]
            }),
            ") AS wanted JOIN mastered m ON m.learner = wanted.column1 AND m.community = wanted.column2 \
             AND m.question = wanted.column3",
        )
        .await?;
    facts.mastered.extend(rows.into_iter().map(|(learner, community, question, at)| {
        ((LearnerId(learner), CommunityId(community), QuestionId(question)), time(at))
    }));
    Ok(())
}

async fn memories(
    writing: &mut Writing,
    asked: &FxHashSet<(LearnerId, CommunityId, QuestionId)>,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let keys: FxHashSet<_> = asked.iter().map(|(learner, _, question)| (*learner, question)).collect();
    type Found = (i64, String, f64, f64, i64, i64, i64, i64);
    let rows: Vec<Found> = writing
        .many(
            "SELECT m.learner, m.question, m.stability, m.difficulty, m.due_at, m.reviewed_at, m.reps, m.lapses FROM (",
            keys.into_iter().map(|(learner, question)| [learner.into(), question.into()]),
            ") AS wanted JOIN memories m ON m.learner = wanted.column1 AND m.question = wanted.column2",
        )
        .await?;
    for (learner, question, stability, difficulty, due_at, reviewed_at, reps, lapses) in rows {
        let memory = read_memory((stability, difficulty, due_at, reviewed_at, reps, lapses));
        facts.memories.insert((LearnerId(learner), QuestionId(question)), memory);
    }
    Ok(())
}
