//! Discord, as the environment sets it up.

use anyhow::Context;
use viva_discord::Settings;

/// How to reach Discord; `None` if no token says that Viva should.
pub(crate) fn settings() -> anyhow::Result<Option<Settings>> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let Some(token) = set("DISCORD_TOKEN") else { return Ok(None) };
    let shards =
        set("VIVA_SHARDS").map(|range| range.parse()).transpose().context("VIVA_SHARDS can't be used")?;
    Ok(Some(Settings { token: token.trim().to_owned(), api_url: set("DISCORD_API_URL"), shards }))
}
