//! A learner's right to see what is stored about them, and to have it removed.

use serde_json::{Value as Json, json};

use super::super::sql::sql;
use super::super::standings::Tallies;
use super::super::{Store, StoreError, time};
use crate::ids::LearnerId;

/// Attempts have no index by learner, because writing it would cost every answer; the rounds of the
/// questions that a learner remembers lead to them.
macro_rules! rounds_of {
    () => {
        "SELECT r.id FROM memories m JOIN rounds r ON r.question = m.question WHERE m.learner = $1"
    };
}

const FORGET: [&str; 7] = [
    concat!(
        "UPDATE rounds SET first_right = NULL, first_right_at = NULL WHERE first_right = $1 AND id IN (",
        rounds_of!(),
        ")"
    ),
    concat!("DELETE FROM attempts WHERE learner = $1 AND round IN (", rounds_of!(), ")"),
    "DELETE FROM mastered WHERE learner = $1 AND (community, question) IN (SELECT r.community, r.question \
     FROM memories m JOIN rounds r ON r.question = m.question WHERE m.learner = $1)",
    "DELETE FROM memories WHERE learner = $1",
    "DELETE FROM standings WHERE learner = $1",
    "DELETE FROM accounts WHERE learner = $1",
    "UPDATE rounds SET asker = NULL WHERE asker = $1",
];

impl Store {
    /// Removes a learner with their accounts, answers, memories and places on leaderboards. The
    /// ranks of others close up; rounds that they asked stay, without saying who asked.
    ///
    /// # Errors
    ///
    /// If there is no such learner, or the database fails; then nothing was removed.
    pub async fn forget(&self, learner: LearnerId) -> Result<(), StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let find = sql("SELECT board, points FROM standings WHERE learner = $1").bind(learner);
        let mut tallies = Tallies::default();
        for (board, points) in writing.all::<(i64, i64)>(find).await? {
            tallies.add(board, points, -1);
        }
        tallies.save(&mut writing).await?;
        for statement in FORGET {
            writing.run(sql(statement).bind(learner)).await?;
        }
        let removed =
            writing.maybe(sql("DELETE FROM learners WHERE id = $1 RETURNING id").bind(learner)).await?;
        let (_id,): (i64,) = removed.ok_or(StoreError::UnknownLearner(learner))?;
        writing.commit().await?;
        Ok(())
    }

    /// All that is stored about a learner, as JSON for them to keep.
    ///
    /// # Errors
    ///
    /// If there is no such learner, or the database fails.
    pub async fn export(&self, learner: LearnerId) -> Result<Json, StoreError> {
        let who = self.learner_by_id(learner).await?.ok_or(StoreError::UnknownLearner(learner))?;
        let pools = &self.shared.pools;
        let find =
            "SELECT platform, external, name FROM accounts WHERE learner = $1 ORDER BY platform, external";
        let accounts: Vec<(String, String, String)> = pools.all(sql(find).bind(learner)).await?;
        let find = concat!(
            "SELECT r.question, a.at, a.answer, a.graded, a.points, a.bonus FROM attempts a \
             JOIN rounds r ON r.id = a.round WHERE a.learner = $1 AND a.round IN (",
            rounds_of!(),
            ") ORDER BY a.at, a.round"
        );
        type Attempt = (String, i64, String, String, i64, i64);
        let attempts: Vec<Attempt> = pools.all(sql(find).bind(learner)).await?;
        let find = "SELECT question, due_at, reviewed_at, reps, lapses, stability, difficulty FROM memories \
            WHERE learner = $1 ORDER BY question";
        type Memory = (String, i64, i64, i64, i64, f64, f64);
        let memories: Vec<Memory> = pools.all(sql(find).bind(learner)).await?;
        let accounts = accounts
            .into_iter()
            .map(|(platform, id, name)| json!({"platform": platform, "id": id, "name": name}));
        let attempts = attempts.into_iter().map(|(question, at, answer, graded, points, bonus)| {
            let graded: Json = serde_json::from_str(&graded).unwrap_or(Json::String(graded));
            let at = time(at).to_string();
            json!({"question": question, "at": at, "answer": answer, "graded": graded, "points": points, "bonus": bonus})
        });
        let memories =
            memories.into_iter().map(|(question, due, reviewed, reps, lapses, stability, difficulty)| {
                json!({
                    "question": question,
                    "due_at": time(due).to_string(),
                    "reviewed_at": time(reviewed).to_string(),
                    "reps": reps,
                    "lapses": lapses,
                    "stability": stability,
                    "difficulty": difficulty,
                })
            });
        Ok(json!({
            "name": who.name,
            "language": who.language,
            "time_zone": who.zone.as_ref().map(crate::score::Zone::name),
            "streak": {"current": who.streak.current, "best": who.streak.best},
            "accounts": accounts.collect::<Vec<_>>(),
            "attempts": attempts.collect::<Vec<_>>(),
            "memories": memories.collect::<Vec<_>>(),
        }))
    }
}
