//! Daily questions: which venue wants one, and when the next is due.

use jiff::Timestamp;

use super::places::{Community, read_community};
use super::sql::{Statement, sql};
use super::{Place, Store, StoreError, time};
use crate::ids::VenueId;
use crate::schedule::{Daily, TimeOfDay, Weekdays};

/// The daily question of a venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When and what.
    pub daily: Daily,
    /// When it is due next; `None` while it is off.
    pub due_at: Option<Timestamp>,
    /// Why it is off, if Viva and not a person turned it off.
    pub stopped: Option<String>,
}

/// A daily question whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueSchedule {
    /// Where.
    pub venue: VenueId,
    /// Where, as the platform names it.
    pub place: String,
    /// Whose leaderboard counts there.
    pub community: Community,
    /// What was agreed.
    pub daily: Daily,
    /// When it was due.
    pub due_at: Timestamp,
}

type ScheduleRow = (i64, String, i64, String);

impl Store {
    /// Sets the daily question of a venue, in place of the one before.
    ///
    /// # Errors
    ///
    /// If there is no such venue, or the database fails.
    pub async fn set_schedule(
        &self,
        venue: VenueId,
        daily: &Daily,
        due_at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = "INSERT INTO schedules (venue, minute, time_zone, weekdays, topic, due_at) \
            SELECT id, $2, $3, $4, $5, $6 FROM venues WHERE id = $1 \
            ON CONFLICT (venue) DO UPDATE SET minute = excluded.minute, time_zone = excluded.time_zone, \
            weekdays = excluded.weekdays, topic = excluded.topic, due_at = excluded.due_at, stopped = NULL \
            RETURNING venue";
        let insert = sql(insert)
            .bind(venue)
            .bind(daily.time.minutes())
            .bind(daily.zone.name())
            .bind(daily.weekdays.bits())
            .bind(daily.topic.as_deref().unwrap_or_default())
            .bind(due_at);
        self.change(insert).await?.ok_or(StoreError::UnknownVenue(venue))
    }

    /// The daily question of a venue, on or off, if one was ever set.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn schedule(&self, venue: VenueId) -> Result<Option<Schedule>, StoreError> {
        let find =
            sql("SELECT minute, time_zone, weekdays, topic, due_at, stopped FROM schedules WHERE venue = $1");
        type Found = (i64, String, i64, String, Option<i64>, Option<String>);
        let found: Option<Found> = self.shared.pools.maybe(find.bind(venue)).await?;
        found
            .map(|(minute, zone, weekdays, topic, due_at, stopped)| {
                Ok(Schedule {
                    daily: read_daily((minute, zone, weekdays, topic))?,
                    due_at: due_at.map(time),
                    stopped,
                })
            })
            .transpose()
    }

    /// Turns the daily question of a venue off; `reason` is kept if Viva does so by itself. Whether it
    /// was on.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn stop_schedule(&self, venue: VenueId, reason: Option<&str>) -> Result<bool, StoreError> {
        Ok(self.change(stop(venue, reason)).await?.is_some())
    }

    /// Turns off every daily question of a community, for a reason that is kept.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn stop_schedules(&self, community: Place<'_>, reason: &str) -> Result<(), StoreError> {
        let update = "UPDATE schedules SET due_at = NULL, stopped = $3 WHERE due_at IS NOT NULL AND venue IN \
            (SELECT v.id FROM venues v JOIN communities c ON c.id = v.community WHERE c.platform = $1 AND c.external = $2) \
            RETURNING venue";
        self.change(sql(update).bind(community.platform).bind(community.id).bind(reason)).await.map(drop)
    }

    /// The daily questions of a platform that are due at `now`, the longest overdue first, at most `limit`.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn due_schedules(
        &self,
        platform: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueSchedule>, StoreError> {
        let find = sql("SELECT s.venue, v.external, s.due_at, s.minute, s.time_zone, s.weekdays, s.topic, \
            c.id, c.time_zone, c.language, c.mode, c.revealers, c.rich \
            FROM schedules s JOIN venues v ON v.id = s.venue JOIN communities c ON c.id = v.community \
            WHERE s.due_at <= $1 AND v.platform = $2 ORDER BY s.due_at, s.venue LIMIT $3");
        type Found = (
            i64,
            String,
            i64,
            i64,
            String,
            i64,
            String,
            i64,
            String,
            Option<String>,
            Option<String>,
            String,
            i64,
        );
        let rows: Vec<Found> = self.shared.pools.all(find.bind(now).bind(platform).bind(limit)).await?;
        let read = |(
            venue,
            place,
            due_at,
            minute,
            zone,
            weekdays,
            topic,
            id,
            c_zone,
            language,
            mode,
            revealers,
            rich,
        ): Found| {
            Ok(DueSchedule {
                venue: VenueId(venue),
                place,
                community: read_community((id, c_zone, language, mode, revealers, rich))?,
                daily: read_daily((minute, zone, weekdays, topic))?,
                due_at: time(due_at),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Leaves out what was due at `due_at`; whether it still was.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn skip_schedule(
        &self,
        venue: VenueId,
        due_at: Timestamp,
        next: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.change(advance(venue, due_at, next)).await?.is_some())
    }
}

/// Moves a schedule on from `due_at` to `next`, unless somebody else has.
pub(super) fn advance(venue: VenueId, due_at: Timestamp, next: Timestamp) -> Statement {
    sql("UPDATE schedules SET due_at = $3 WHERE venue = $1 AND due_at = $2 RETURNING venue")
        .bind(venue)
        .bind(due_at)
        .bind(next)
}

pub(super) fn stop(venue: VenueId, reason: Option<&str>) -> Statement {
    sql("UPDATE schedules SET due_at = NULL, stopped = $2 WHERE venue = $1 AND due_at IS NOT NULL RETURNING venue")
        .bind(venue)
        .bind(reason)
}

fn read_daily((minute, zone, weekdays, topic): ScheduleRow) -> Result<Daily, StoreError> {
    Ok(Daily {
        time: TimeOfDay::from_minutes(minute).unwrap_or_default(),
        zone: zone.parse().map_err(StoreError::corrupt("time zone"))?,
        weekdays: Weekdays::from_bits(weekdays).unwrap_or(Weekdays::ALL),
        topic: (!topic.is_empty()).then_some(topic),
    })
}
