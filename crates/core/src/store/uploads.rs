//! What platforms call the files that were sent to them, so that each need be sent only once. It is a cache: bounded,
//! and nothing is lost with it.

use jiff::Timestamp;

use super::places::Place;
use super::sql::sql;
use super::{Store, StoreError};

/// How many files are remembered; the oldest are forgotten first.
const REMEMBERED: i64 = 10_000;

impl Store {
    /// By what a platform knows the file of a content.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn upload(&self, content: Place<'_>) -> Result<Option<String>, StoreError> {
        let find = sql("SELECT handle FROM uploads WHERE platform = $1 AND content = $2");
        let found: Option<(String,)> =
            self.shared.pools.maybe(find.bind(content.platform).bind(content.id)).await?;
        Ok(found.map(|(handle,)| handle))
    }

    /// Remembers by what a platform knows the file of a content.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn uploaded(&self, content: Place<'_>, handle: &str, at: Timestamp) -> Result<(), StoreError> {
        let insert = sql("INSERT INTO uploads (platform, content, handle, sent_at) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (platform, content) DO UPDATE SET handle = excluded.handle, sent_at = excluded.sent_at");
        let insert = insert.bind(content.platform).bind(content.id).bind(handle).bind(at);
        let trim = sql("DELETE FROM uploads WHERE sent_at < \
            (SELECT sent_at FROM uploads ORDER BY sent_at DESC LIMIT 1 OFFSET $1)");
        let mut writing = self.shared.pools.write().await?;
        writing.maybe::<(i64,)>(insert).await?;
        writing.maybe::<(i64,)>(trim.bind(REMEMBERED)).await?;
        writing.commit().await?;
        Ok(())
    }

    /// Forgets by what a platform knew the file of a content: it knows it no longer.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn forget_upload(&self, content: Place<'_>) -> Result<(), StoreError> {
        let delete = sql("DELETE FROM uploads WHERE platform = $1 AND content = $2");
        self.change(delete.bind(content.platform).bind(content.id)).await.map(drop)
    }
}
