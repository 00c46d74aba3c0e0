//! Learners and their accounts.

use super::places::{Place, read_language};
use super::sql::sql;
use super::{Store, StoreError};
use crate::ids::LearnerId;
use crate::language::Language;
use crate::score::{Day, Streak, Zone};

mod privacy;

/// A person as a platform names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Account<'a> {
    /// The platform and the id there.
    pub at: Place<'a>,
    /// The name shown there.
    pub name: &'a str,
}

/// A person who learns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learner {
    /// Their number.
    pub id: LearnerId,
    /// The name last seen on any of their accounts.
    pub name: String,
    /// The language they chose.
    pub language: Option<Language>,
    /// The time zone they chose, by which their days begin.
    pub zone: Option<Zone>,
    /// Their streak as it was after the last answer; see [`Streak::shown`].
    pub streak: Streak,
}

type LearnerRow = (i64, String, Option<String>, Option<String>, i64, i64, Option<i64>);

impl Store {
    /// The learner whose account it is, made if the account is new; the name follows the account's.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn learner(&self, account: Account<'_>) -> Result<Learner, StoreError> {
        let find = || {
            sql("SELECT l.id, l.name, l.language, l.time_zone, l.streak, l.best_streak, l.last_day, a.name \
                FROM accounts a JOIN learners l ON l.id = a.learner WHERE a.platform = $1 AND a.external = $2")
            .bind(account.at.platform)
            .bind(account.at.id)
        };
        type Found = (i64, String, Option<String>, Option<String>, i64, i64, Option<i64>, String);
        let read = |(id, name, language, zone, streak, best, day, _): Found| {
            read_learner((id, name, language, zone, streak, best, day))
        };
        if let Some(row) = self.shared.pools.maybe::<Found>(find()).await?
            && row.7 == account.name
        {
            return read(row);
        }
        let mut writing = self.shared.pools.write().await?;
        let row = match writing.maybe::<Found>(find()).await? {
            Some(mut row) => {
                let rename = "UPDATE accounts SET name = $3 WHERE platform = $1 AND external = $2";
                writing
                    .run(sql(rename).bind(account.at.platform).bind(account.at.id).bind(account.name))
                    .await?;
                writing
                    .run(sql("UPDATE learners SET name = $2 WHERE id = $1").bind(row.0).bind(account.name))
                    .await?;
                row.1 = account.name.to_owned();
                row
            }
            None => {
                let insert = "INSERT INTO learners (name) VALUES ($1) RETURNING id";
                let (id,): (i64,) = writing.one(sql(insert).bind(account.name)).await?;
                let insert =
                    "INSERT INTO accounts (platform, external, learner, name) VALUES ($1, $2, $3, $4)";
                let insert = sql(insert).bind(account.at.platform).bind(account.at.id);
                writing.run(insert.bind(id).bind(account.name)).await?;
                (id, account.name.to_owned(), None, None, 0, 0, None, String::new())
            }
        };
        writing.commit().await?;
        read(row)
    }

    /// The learner of an account, if it is known.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn find_learner(&self, at: Place<'_>) -> Result<Option<LearnerId>, StoreError> {
        let find = sql("SELECT learner FROM accounts WHERE platform = $1 AND external = $2");
        let found: Option<(i64,)> = self.shared.pools.maybe(find.bind(at.platform).bind(at.id)).await?;
        Ok(found.map(|(learner,)| LearnerId(learner)))
    }

    /// The learner, if there is one of that number.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn learner_by_id(&self, id: LearnerId) -> Result<Option<Learner>, StoreError> {
        let find =
            "SELECT id, name, language, time_zone, streak, best_streak, last_day FROM learners WHERE id = $1";
        self.shared.pools.maybe(sql(find).bind(id)).await?.map(read_learner).transpose()
    }

    /// Sets the language of a learner; `None` goes by the venue.
    ///
    /// # Errors
    ///
    /// If there is no such learner, or the database fails.
    pub async fn set_learner_language(
        &self,
        id: LearnerId,
        language: Option<Language>,
    ) -> Result<(), StoreError> {
        let update = sql("UPDATE learners SET language = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(language.map(Language::code)))
            .await?
            .ok_or(StoreError::UnknownLearner(id))
    }

    /// Sets the time zone by which a learner's days begin from now on; `None` goes by the community.
    ///
    /// # Errors
    ///
    /// If there is no such learner, or the database fails.
    pub async fn set_learner_zone(&self, id: LearnerId, zone: Option<&Zone>) -> Result<(), StoreError> {
        let update = sql("UPDATE learners SET time_zone = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(zone.map(Zone::name))).await?.ok_or(StoreError::UnknownLearner(id))
    }
}

fn read_learner(
    (id, name, language, zone, streak, best, last_day): LearnerRow,
) -> Result<Learner, StoreError> {
    Ok(Learner {
        id: LearnerId(id),
        name,
        language: read_language(language)?,
        zone: read_zone(zone)?,
        streak: read_streak(streak, best, last_day),
    })
}

pub(super) fn read_zone(zone: Option<String>) -> Result<Option<Zone>, StoreError> {
    zone.map(|name| name.parse()).transpose().map_err(StoreError::corrupt("time zone"))
}

pub(super) fn read_streak(current: i64, best: i64, last_day: Option<i64>) -> Streak {
    let days = |days| u32::try_from(days).unwrap_or(0);
    Streak { current: days(current), best: days(best), last_day: last_day.map(Day) }
}
