//! Votes in polls: each voter's first one answers the round that the poll shows.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use viva_core::reply::Response;
use viva_core::store::{Round, StoreError};

use crate::bot::{Bot, Speaker, Spot, now};
use crate::commands::counted;
use crate::updates::{Vote, Voter};

/// How long to wait before a poll is looked for again that nobody knows yet: its first votes may overtake Telegram's
/// word that it was posted. Each further time is twice as long.
const PAUSE: Duration = Duration::from_millis(25);
/// How often it is looked for: for three seconds in all.
const LOOKS: u32 = 8;

/// Handles a vote. One that was taken back changes nothing: the first answer counts.
pub(crate) async fn voted(bot: &Arc<Bot>, vote: &Vote) -> Result<(), StoreError> {
    let who = match (&vote.voter_chat, &vote.user) {
        (Some(Voter { id, title }), _) => Speaker {
            id: *id,
            name: title.clone().unwrap_or_else(|| "?".to_owned()),
            language: Default::default(),
        },
        (None, Some(user)) => Speaker::person(user),
        // Telegram names one of them.
        (None, None) => return Ok(()),
    };
    if vote.option_ids.is_empty() {
        return Ok(());
    }
    let Some(round) = find(bot, &vote.poll_id).await? else {
        tracing::info!(poll = vote.poll_id, "a vote in a poll that is not known");
        return Ok(());
    };
    let Some(here) = bot.meet_in(round.id, &who).await? else { return Ok(()) };
    let chosen: BTreeSet<usize> = vote.option_ids.iter().copied().collect();
    let reply = bot.viva.answer(&here, round.id, &Response::Options(chosen), now()).await?;
    let place = bot.viva.store().place(here.venue).await?;
    match place.as_deref().and_then(Spot::read) {
        // A poll counts its votes itself: only where nobody else can vote is there something to draw.
        Some(spot) if spot.is_private() => counted(bot, spot, round.id, &reply).await,
        _ => Ok(()),
    }
}

async fn find(bot: &Bot, poll: &str) -> Result<Option<Round>, StoreError> {
    let mut pause = PAUSE;
    for _ in 1..LOOKS {
        if let Some(round) = bot.viva.store().round_of_poll(poll).await? {
            return Ok(Some(round));
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    bot.viva.store().round_of_poll(poll).await
}
