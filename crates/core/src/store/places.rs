//! Venues, communities and their seasons.

use jiff::Timestamp;

use super::sql::{Writing, sql};
use super::{Store, StoreError};
use crate::ids::{CommunityId, VenueId};
use crate::language::Language;
use crate::reply::Mode;
use crate::score::Zone;

/// A venue or a community as its platform names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place<'a> {
    /// The platform, such as `telegram`.
    pub platform: &'a str,
    /// Its id there.
    pub id: &'a str,
}

/// Where messages go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Venue {
    /// Its number.
    pub id: VenueId,
    /// Whose leaderboard counts there.
    pub community: Community,
}

/// Those who share a leaderboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community {
    /// Its number.
    pub id: CommunityId,
    /// By which its days and weeks begin.
    pub zone: Zone,
    /// The language it chose.
    pub language: Option<Language>,
    /// How questions are asked here when nobody says how.
    pub mode: Option<Mode>,
    /// Who may show an answer to all.
    pub revealers: Revealers,
    /// Whether answers come as rich messages, where the platform has such.
    pub rich: bool,
}

/// Who may show the full answer of an open round to all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revealers {
    /// Whoever asked; anyone once a minute has passed.
    #[default]
    Asker,
    /// Anyone at any time.
    Everyone,
}

impl Revealers {
    /// Its name in the store and in commands.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Asker => "asker",
            Self::Everyone => "everyone",
        }
    }

    /// What is called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Asker, Self::Everyone].into_iter().find(|revealers| revealers.name() == name)
    }
}

/// A span of a community's leaderboard that an administrator began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// Its number; the first is 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// When it began; it ends when the next one begins.
    pub started_at: Timestamp,
}

type CommunityRow = (i64, String, Option<String>, Option<String>, String, i64);

type VenueRow = (i64, i64, String, Option<String>, Option<String>, String, i64);

const FIND_VENUE: &str = "SELECT v.id, c.id, c.time_zone, c.language, c.mode, c.revealers, c.rich \
    FROM venues v JOIN communities c ON c.id = v.community WHERE v.platform = $1 AND v.external = $2";

impl Store {
    /// The venue, made if it is new. A new one belongs to `community`, which is made as well; one
    /// that is known stays where it is.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn venue(&self, place: Place<'_>, community: Place<'_>) -> Result<Venue, StoreError> {
        let find = || sql(FIND_VENUE).bind(place.platform).bind(place.id);
        if let Some(row) = self.shared.pools.maybe(find()).await? {
            return read_venue(row);
        }
        let mut writing = self.shared.pools.write().await?;
        if let Some(row) = writing.maybe(find()).await? {
            return read_venue(row);
        }
        let community = find_or_make(&mut writing, community).await?;
        let (id,) = writing
            .one(
                sql("INSERT INTO venues (community, platform, external) VALUES ($1, $2, $3) RETURNING id")
                    .bind(community.id)
                    .bind(place.platform)
                    .bind(place.id),
            )
            .await?;
        writing.commit().await?;
        Ok(Venue { id: VenueId(id), community })
    }

    /// The venue of a place, if it is known.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn find_venue(&self, place: Place<'_>) -> Result<Option<VenueId>, StoreError> {
        let find = sql("SELECT id FROM venues WHERE platform = $1 AND external = $2");
        let found: Option<(i64,)> = self.shared.pools.maybe(find.bind(place.platform).bind(place.id)).await?;
        Ok(found.map(|(id,)| VenueId(id)))
    }

    /// What a platform calls a venue.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn place(&self, venue: VenueId) -> Result<Option<String>, StoreError> {
        let find = sql("SELECT external FROM venues WHERE id = $1").bind(venue);
        let found: Option<(String,)> = self.shared.pools.maybe(find).await?;
        Ok(found.map(|(external,)| external))
    }

    /// The community, if there is one of that number.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn community(&self, id: CommunityId) -> Result<Option<Community>, StoreError> {
        let find =
            sql("SELECT id, time_zone, language, mode, revealers, rich FROM communities WHERE id = $1")
                .bind(id);
        self.shared.pools.maybe(find).await?.map(read_community).transpose()
    }

    /// Sets the time zone by which a community's days begin from now on.
    ///
    /// # Errors
    ///
    /// If there is no such community, or the database fails.
    pub async fn set_community_zone(&self, id: CommunityId, zone: &Zone) -> Result<(), StoreError> {
        let update = sql("UPDATE communities SET time_zone = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(zone.name())).await?.ok_or(StoreError::UnknownCommunity(id))
    }

    /// Sets the language of a community; `None` leaves it to each learner.
    ///
    /// # Errors
    ///
    /// If there is no such community, or the database fails.
    pub async fn set_community_language(
        &self,
        id: CommunityId,
        language: Option<Language>,
    ) -> Result<(), StoreError> {
        let update = sql("UPDATE communities SET language = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(language.map(Language::code)))
            .await?
            .ok_or(StoreError::UnknownCommunity(id))
    }

    /// Sets how questions are asked in a community when nobody says how; `None` leaves it to the question.
    ///
    /// # Errors
    ///
    /// If there is no such community, or the database fails.
    pub async fn set_community_mode(&self, id: CommunityId, mode: Option<Mode>) -> Result<(), StoreError> {
        let update = sql("UPDATE communities SET mode = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(mode.map(Mode::name))).await?.ok_or(StoreError::UnknownCommunity(id))
    }

    /// Sets who may show an answer to all in a community.
    ///
    /// # Errors
    ///
    /// If there is no such community, or the database fails.
    pub async fn set_revealers(&self, id: CommunityId, revealers: Revealers) -> Result<(), StoreError> {
        let update = sql("UPDATE communities SET revealers = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(revealers.name())).await?.ok_or(StoreError::UnknownCommunity(id))
    }

    /// Sets whether a community's answers come as rich messages.
    ///
    /// # Errors
    ///
    /// If there is no such community, or the database fails.
    pub async fn set_rich(&self, id: CommunityId, rich: bool) -> Result<(), StoreError> {
        let update = sql("UPDATE communities SET rich = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(i64::from(rich))).await?.ok_or(StoreError::UnknownCommunity(id))
    }

    /// Calls a community and its venue by another name of the platform's, because it moved there with all
    /// its members: scores, schedules and open rounds come along. Whether it was known by the old one.
    ///
    /// If the new name is in use already, because something was said there before the move was told, what
    /// that is called gives way: the older community keeps its members' history.
    ///
    /// # Errors
    ///
    /// If the database fails; then nothing has moved.
    pub async fn rename_community(&self, from: Place<'_>, to: &str) -> Result<bool, StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let known = sql("SELECT id FROM communities WHERE platform = $1 AND external = $2");
        let known: Option<(i64,)> = writing.maybe(known.bind(from.platform).bind(from.id)).await?;
        if known.is_none() {
            return Ok(false);
        }
        for statement in [
            "UPDATE communities SET external = external || ' gave way' WHERE platform = $1 AND external = $3 AND $2 <> $3",
            "UPDATE venues SET external = external || ' gave way' WHERE platform = $1 AND external = $3 AND $2 <> $3",
            "UPDATE communities SET external = $3 WHERE platform = $1 AND external = $2",
            "UPDATE venues SET external = $3 WHERE platform = $1 AND external = $2",
        ] {
            writing.run(sql(statement).bind(from.platform).bind(from.id).bind(to)).await?;
        }
        writing.commit().await?;
        Ok(true)
    }

    /// Notes that Viva introduces itself to a community; whether this is the first time.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn greet(&self, community: Place<'_>, at: Timestamp) -> Result<bool, StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let community = find_or_make(&mut writing, community).await?;
        let update =
            "UPDATE communities SET greeted_at = $2 WHERE id = $1 AND greeted_at IS NULL RETURNING id";
        let first: Option<(i64,)> = writing.maybe(sql(update).bind(community.id).bind(at)).await?;
        writing.commit().await?;
        Ok(first.is_some())
    }

    /// Begins a season, which ends the one before.
    ///
    /// # Errors
    ///
    /// If there is no such community, or the database fails.
    pub async fn start_season(
        &self,
        id: CommunityId,
        name: &str,
        at: Timestamp,
    ) -> Result<Season, StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let known: Option<(i64,)> =
            writing.maybe(sql("SELECT id FROM communities WHERE id = $1").bind(id)).await?;
        known.ok_or(StoreError::UnknownCommunity(id))?;
        let insert = "INSERT INTO seasons (community, number, name, started_at) \
            SELECT $1, coalesce(max(number), 0) + 1, $2, $3 FROM seasons WHERE community = $1 \
            RETURNING number, name, started_at";
        let row = writing.one(sql(insert).bind(id).bind(name).bind(at)).await?;
        writing.commit().await?;
        Ok(read_season(row))
    }

    /// A community's seasons, the first one first; the last one is the present one.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn seasons(&self, id: CommunityId) -> Result<Vec<Season>, StoreError> {
        let find = sql("SELECT number, name, started_at FROM seasons WHERE community = $1 ORDER BY number");
        Ok(self.shared.pools.all(find.bind(id)).await?.into_iter().map(read_season).collect())
    }
}

async fn find_or_make(writing: &mut Writing, place: Place<'_>) -> Result<Community, StoreError> {
    let find = "SELECT id, time_zone, language, mode, revealers, rich FROM communities WHERE platform = $1 AND external = $2";
    if let Some(row) = writing.maybe(sql(find).bind(place.platform).bind(place.id)).await? {
        return read_community(row);
    }
    let insert = "INSERT INTO communities (platform, external) VALUES ($1, $2) RETURNING id, time_zone, language, mode, revealers, rich";
    read_community(writing.one(sql(insert).bind(place.platform).bind(place.id)).await?)
}

fn read_venue((id, community, zone, language, mode, revealers, rich): VenueRow) -> Result<Venue, StoreError> {
    let community = read_community((community, zone, language, mode, revealers, rich))?;
    Ok(Venue { id: VenueId(id), community })
}

pub(super) fn read_community(
    (id, zone, language, mode, revealers, rich): CommunityRow,
) -> Result<Community, StoreError> {
    Ok(Community {
        id: CommunityId(id),
        zone: zone.parse().map_err(StoreError::corrupt("time zone"))?,
        language: read_language(language)?,
        mode: mode.as_deref().and_then(Mode::named),
        revealers: Revealers::named(&revealers).unwrap_or_default(),
        rich: rich != 0,
    })
}

pub(super) fn read_language(language: Option<String>) -> Result<Option<Language>, StoreError> {
    language.map(|code| code.parse()).transpose().map_err(StoreError::corrupt("language"))
}

fn read_season((number, name, started_at): (i64, String, i64)) -> Season {
    Season { number: u32::try_from(number).unwrap_or(u32::MAX), name, started_at: super::time(started_at) }
}
