//! Posts of daily questions, from the decision to send one to what the platform said.
//!
//! A push is a row before its request leaves, so a killed process loses none; it is marked again
//! when the request leaves, so that nobody sends twice what may have arrived.

use jiff::{SignedDuration, Timestamp};

use super::rounds::open_round;
use super::schedules::{advance, stop};
use super::sql::sql;
use super::{NewRound, Store, StoreError, time};
use crate::ids::{PushId, RoundId, VenueId};

/// One post of a daily question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// Its number.
    pub id: PushId,
    /// Where.
    pub venue: VenueId,
    /// Where, as the platform names it.
    pub place: String,
    /// When it was due.
    pub due_at: Timestamp,
    /// The round that it opens.
    pub round: RoundId,
    /// How far it got.
    pub state: PushState,
    /// What the platform said, if it failed.
    pub detail: Option<String>,
    /// When it last got further.
    pub at: Timestamp,
}

/// How far a push got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushState {
    /// Decided; its request has not left.
    Ready,
    /// Its request has left and may have arrived.
    Leaving,
    /// The platform confirmed it.
    Posted,
    /// The platform refused it.
    Failed,
}

impl PushState {
    const ALL: [Self; 4] = [Self::Ready, Self::Leaving, Self::Posted, Self::Failed];

    fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Leaving => "leaving",
            Self::Posted => "posted",
            Self::Failed => "failed",
        }
    }
}

type PushRow = (i64, i64, String, i64, i64, String, Option<String>, i64);

/// Builds a statement that selects whole pushes.
macro_rules! select_pushes {
    ($rest:literal) => {
        sql(concat!(
            "SELECT p.id, p.venue, v.external, p.due_at, p.round, p.state, p.detail, p.at \
             FROM pushes p JOIN venues v ON v.id = p.venue ",
            $rest
        ))
    };
}

impl Store {
    /// Decides to post what was due at `due_at`: opens its round and moves the schedule on to `next`,
    /// all or nothing. `None` if another process has done so.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn begin_push(
        &self,
        due_at: Timestamp,
        next: Timestamp,
        round: &NewRound<'_>,
    ) -> Result<Option<Push>, StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let ours: Option<(i64,)> = writing.maybe(advance(round.venue, due_at, next)).await?;
        if ours.is_none() {
            return Ok(None);
        }
        let opened = open_round(&mut writing, round).await?;
        let insert =
            "INSERT INTO pushes (venue, due_at, round, state, at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
        let insert = sql(insert).bind(round.venue).bind(due_at).bind(opened.id);
        let (id,): (i64,) = writing.one(insert.bind(PushState::Ready.name()).bind(round.at)).await?;
        let row = writing.one(select_pushes!("WHERE p.id = $1").bind(id)).await?;
        writing.commit().await?;
        read_push(row).map(Some)
    }

    /// Takes over the unfinished pushes of a platform that nobody has moved on for `patience`, at most
    /// `limit`; no other process gets the same ones.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn take_over_pushes(
        &self,
        platform: &str,
        now: Timestamp,
        patience: SignedDuration,
        limit: u32,
    ) -> Result<Vec<Push>, StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let find = select_pushes!(
            "WHERE p.state IN ('ready', 'leaving') AND p.at <= $1 AND v.platform = $2 ORDER BY p.at, p.id LIMIT $3"
        );
        let found: Vec<PushRow> = writing.all(find.bind(now - patience).bind(platform).bind(limit)).await?;
        for row in &found {
            writing.run(sql("UPDATE pushes SET at = $2 WHERE id = $1").bind(row.0).bind(now)).await?;
        }
        writing.commit().await?;
        found.into_iter().map(read_push).collect()
    }

    /// Notes that the request of a push leaves now.
    ///
    /// # Errors
    ///
    /// If the database fails; then it must not leave.
    pub async fn push_leaves(&self, id: PushId, at: Timestamp) -> Result<(), StoreError> {
        self.change(update(id, PushState::Leaving, None, at)).await.map(drop)
    }

    /// Notes that a push arrived, as `message` if that is known.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn push_arrived(
        &self,
        push: &Push,
        message: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.posted(push.round, message, at).await?;
        self.change(update(push.id, PushState::Posted, None, at)).await.map(drop)
    }

    /// Notes why a push failed for good, and closes its round. If `forever`, later ones would fail as
    /// well, and the venue's daily question is turned off.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn push_failed(
        &self,
        push: &Push,
        reason: &str,
        forever: bool,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let _changed: Option<(i64,)> =
            writing.maybe(update(push.id, PushState::Failed, Some(reason), at)).await?;
        writing
            .run(
                sql("UPDATE rounds SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
                    .bind(push.round)
                    .bind(at),
            )
            .await?;
        if forever {
            let _stopped: Option<(i64,)> = writing.maybe(stop(push.venue, Some(reason))).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    /// How many of a venue's latest pushes, at most `limit`, arrived and were answered by nobody, one after
    /// the other.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn unanswered_pushes(
        &self,
        venue: VenueId,
        before: Timestamp,
        limit: u32,
    ) -> Result<usize, StoreError> {
        let find = sql("SELECT r.answers FROM pushes p JOIN rounds r ON r.id = p.round \
            WHERE p.venue = $1 AND p.due_at < $2 AND p.state = 'posted' ORDER BY p.due_at DESC LIMIT $3");
        let answers: Vec<(i64,)> = self.shared.pools.all(find.bind(venue).bind(before).bind(limit)).await?;
        Ok(answers.iter().take_while(|(answers,)| *answers == 0).count())
    }

    /// The latest push of a venue before `before`.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn last_push(&self, venue: VenueId, before: Timestamp) -> Result<Option<Push>, StoreError> {
        let find = select_pushes!("WHERE p.venue = $1 AND p.due_at < $2 ORDER BY p.due_at DESC LIMIT 1");
        self.shared.pools.maybe(find.bind(venue).bind(before)).await?.map(read_push).transpose()
    }
}

fn update(id: PushId, state: PushState, detail: Option<&str>, at: Timestamp) -> super::sql::Statement {
    sql("UPDATE pushes SET state = $2, detail = $3, at = $4 WHERE id = $1 RETURNING id")
        .bind(id)
        .bind(state.name())
        .bind(detail)
        .bind(at)
}

fn read_push((id, venue, place, due_at, round, state, detail, at): PushRow) -> Result<Push, StoreError> {
    Ok(Push {
        id: PushId(id),
        venue: VenueId(venue),
        place,
        due_at: time(due_at),
        round: RoundId(round),
        // Only this module writes states.
        state: PushState::ALL.into_iter().find(|known| known.name() == state).unwrap_or(PushState::Failed),
        detail,
        at: time(at),
    })
}
