//! What people decide about Viva and about themselves.

use serde_json::Value as Json;

use super::{Here, Viva};
use crate::language::Language;
use crate::reply::{Mode, Settings};
use crate::score::Zone;
use crate::store::{Revealers, StoreError};

/// A change to how a community is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its language; `None` for everybody's own.
    Language(Option<Language>),
    /// How questions are asked when nobody says how; `None` for as each allows.
    Mode(Option<Mode>),
    /// Who may show an answer to all.
    Revealers(Revealers),
    /// Whether answers come as rich messages, where the platform has such.
    Rich(bool),
    /// The time zone by which its days begin.
    Zone(Zone),
}

impl Viva {
    /// Makes changes to a community, and tells how it is set up then. Whether the learner may do so
    /// is for the adapter to know.
    ///
    /// # Errors
    ///
    /// If the store fails; the changes before the one that failed were made.
    pub async fn settings(&self, here: &Here, changes: &[Change]) -> Result<Settings, StoreError> {
        let community = &here.community;
        let mut settings = Settings {
            language: community.language,
            mode: community.mode,
            revealers: community.revealers,
            rich: community.rich,
        };
        for change in changes {
            match change.clone() {
                Change::Language(language) => {
                    self.store.set_community_language(community.id, language).await?;
                    settings.language = language;
                }
                Change::Mode(mode) => {
                    self.store.set_community_mode(community.id, mode).await?;
                    settings.mode = mode;
                }
                Change::Rich(rich) => {
                    self.store.set_rich(community.id, rich).await?;
                    settings.rich = rich;
                }
                Change::Zone(zone) => self.store.set_community_zone(community.id, &zone).await?,
                Change::Revealers(revealers) => {
                    self.store.set_revealers(community.id, revealers).await?;
                    settings.revealers = revealers;
                }
            }
        }
        Ok(settings)
    }

    /// All that is stored about a learner.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn export(&self, here: &Here) -> Result<Json, StoreError> {
        self.store.export(here.learner).await
    }

    /// Removes a learner and all that is stored about them.
    ///
    /// # Errors
    ///
    /// If the store fails; then nothing was removed.
    pub async fn forget(&self, here: &Here) -> Result<(), StoreError> {
        self.store.forget(here.learner).await
    }
}
