//! What happens by the clock: rounds whose time is up, and daily questions. The core says what is due;
//! nothing here remembers anything.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serenity::all::ChannelId;
use viva_core::reply::Card;
use viva_core::store::StoreError;
use viva_core::viva::Outgoing;

use crate::bot::{Bot, PLATFORM, now};
use crate::cards;
use crate::components::{Component, Message};
use crate::error::refusal;
use crate::limits::MESSAGE_TEXT;
use crate::messages;
use crate::respond::posted;
use crate::scene::PATIENCE;

/// How often the core is asked what is due.
const TICK: Duration = Duration::from_secs(1);
/// How much is done at a tick.
const AT_ONCE: u32 = 50;
/// How long Discord knows a nonce again; it says "a few minutes".
/// <https://docs.discord.com/developers/resources/message#create-message>
const REMEMBERS: SignedDuration = SignedDuration::from_mins(2);

/// Refusals that will not end by themselves: the channel is gone, or closed to Viva.
/// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
const FOR_EVER: [isize; 4] = [10_003, 10_004, 50_001, 50_013];

/// Does what is due, for as long as the program runs.
pub(crate) async fn run(bot: Arc<Bot>) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let _busy = bot.busy.read().await;
        if let Err(error) = tick(&bot).await {
            tracing::error!(%error, "what is due could not be read");
        }
    }
}

async fn tick(bot: &Arc<Bot>) -> Result<(), StoreError> {
    for card in bot.viva.end_due(PLATFORM, now(), AT_ONCE).await? {
        draw(bot, card);
    }
    let mut rng = StdRng::from_rng(&mut rand::rng());
    for outgoing in bot.viva.due_pushes(PLATFORM, REMEMBERS, now(), AT_ONCE, &mut rng).await? {
        let bot = Arc::clone(bot);
        tokio::spawn(async move {
            let _busy = bot.busy.read().await;
            if let Err(error) = send(&bot, outgoing).await {
                tracing::error!(%error, "a daily question could not be noted");
            }
        });
    }
    Ok(())
}

/// Shows how a round ended, beside everything else that is due.
fn draw(bot: &Arc<Bot>, card: Card) {
    let bot = Arc::clone(bot);
    tokio::spawn(async move {
        let _busy = bot.busy.read().await;
        match bot.viva.store().place(card.venue).await {
            Ok(Some(place)) => {
                if let Ok(channel) = place.parse() {
                    bot.draw(ChannelId::new(channel), &card).await;
                }
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "a card's channel could not be read"),
        }
    });
}

async fn send(bot: &Arc<Bot>, outgoing: Outgoing) -> Result<(), StoreError> {
    let Outgoing { push, language, asked, yesterday, .. } = outgoing;
    let Some(channel) = push.place.parse().ok().filter(|id| *id > 0).map(ChannelId::new) else {
        return bot.viva.push_failed(&push, "it is no channel", true, now()).await;
    };
    let card = Card {
        asked,
        venue: push.venue,
        message: None,
        language,
        answered: 0,
        closes_at: bot.viva.store().round(push.round).await?.and_then(|round| round.closes_at),
        outcome: None,
    };
    let drawn = bot.album.draw(&bot.viva.bank(), cards::wanted(&card), PATIENCE).await;
    let today = cards::card(&card, &drawn);
    let before =
        yesterday.as_ref().map(|yesterday| messages::yesterday(yesterday, language)).unwrap_or_default();
    let all = [before, today.clone()].concat();
    let components = if length(&all) <= MESSAGE_TEXT { all } else { today };
    let message = Message::public(components).once(format!("viva-{}", push.id));
    bot.viva.push_leaves(&push, now()).await?;
    match posted(bot, channel, &message).await {
        Ok(id) => bot.viva.push_arrived(&push, &id.to_string(), now()).await?,
        Err(error) => match refusal(&error) {
            Some((status, code, reason)) if status < 500 => {
                tracing::warn!(%reason, place = %push.place, "a daily question was refused");
                bot.viva.push_failed(&push, &reason, FOR_EVER.contains(&code), now()).await?;
            }
            // Nobody knows whether it arrived: it is taken over, and sent again under the same nonce.
            _ => tracing::warn!(%error, place = %push.place, "a daily question waits"),
        },
    }
    if let Some(yesterday) = yesterday {
        bot.draw(channel, &yesterday.card).await;
    }
    Ok(())
}

/// Characters of all texts.
fn length(components: &[Component]) -> usize {
    let of = |component: &Component| match component {
        Component::Text { content, .. } => content.chars().count(),
        Component::Container { components, .. } => length(components),
        _ => 0,
    };
    components.iter().map(of).sum()
}
