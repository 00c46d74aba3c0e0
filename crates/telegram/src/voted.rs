//! Votes in polls: each voter's first one answers the round that the poll shows.

use std::collections::BTreeSet;
use std::sync::Arc;

use viva_core::reply::Response;
use viva_core::store::StoreError;

use crate::bot::{Bot, Speaker, Spot, looked_for, now};
use crate::commands::counted;
use crate::updates::{Vote, Voter};

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
    let Some(round) = looked_for(|| bot.viva.store().round_of_poll(&vote.poll_id)).await? else {
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
