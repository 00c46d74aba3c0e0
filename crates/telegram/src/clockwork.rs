//! What happens by the clock: rounds whose time is up, and daily questions. The core says what is due;
//! nothing here remembers anything.
//!
//! A daily question is one request: the question with yesterday's answer above it. Before the request leaves, that
//! is noted; if the process dies between the note and Telegram's word, nobody can know whether the question was
//! posted, and it counts as posted: it is never posted twice. A request that was refused or never reached Telegram
//! is made again by [`crate::api`], for as long as that has a point.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use rand::SeedableRng;
use rand::rngs::StdRng;
use viva_core::reply::Card;
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::Outgoing;

use crate::api::ApiError;
use crate::bot::{Bot, PLATFORM, Spot, now};
use crate::commands::{arrived, put};
use crate::html::escape;
use crate::messages;

/// How often the core is asked what is due.
const TICK: Duration = Duration::from_secs(1);
/// How many rounds are ended at a tick.
const ENDED_AT_ONCE: u32 = 50;
/// How many daily questions are begun at a tick: as many as may leave until the next.
const PUSHED_AT_ONCE: u32 = 20;
/// Telegram knows no message again: what has left is never sent a second time.
const REMEMBERS: SignedDuration = SignedDuration::ZERO;
/// Days without an answer after which Viva speaks more softly, and once says how to stop it.
const LONELY: usize = 7;

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
    for card in bot.viva.end_due(PLATFORM, now(), ENDED_AT_ONCE).await? {
        draw(bot, card);
    }
    let mut rng = StdRng::from_rng(&mut rand::rng());
    for outgoing in bot.viva.due_pushes(PLATFORM, REMEMBERS, now(), PUSHED_AT_ONCE, &mut rng).await? {
        bot.api.push_may_leave().await;
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
            Ok(place) => {
                if let Some(spot) = place.as_deref().and_then(Spot::read) {
                    bot.draw(spot, &card).await;
                }
            }
            Err(error) => tracing::error!(%error, "a card's chat could not be read"),
        }
    });
}

async fn send(bot: &Arc<Bot>, outgoing: Outgoing) -> Result<(), StoreError> {
    let Outgoing { push, language, asked, yesterday, unanswered } = outgoing;
    let Some(spot) = Spot::read(&push.place) else {
        return bot.viva.push_failed(&push, "it is no chat", true, now()).await;
    };
    let closes_at = bot.viva.store().round(push.round).await?.and_then(|round| round.closes_at);
    let card =
        Card { asked, venue: push.venue, message: None, language, answered: 0, closes_at, outcome: None };
    let mut above: Vec<String> =
        yesterday.iter().map(|yesterday| messages::yesterday(yesterday, language)).collect();
    if unanswered == LONELY {
        above.push(format!("<i>{}</i>", escape(&Texts::of(language).say("telegram-daily-lonely"))));
    }
    bot.viva.push_leaves(&push, now()).await?;
    match put(bot, spot, &card, &above.join("\n\n"), unanswered >= LONELY).await? {
        Ok(posted) => {
            arrived(bot, push.round, &posted).await?;
            bot.viva.push_arrived(&push, &crate::bot::handle(&posted), now()).await?;
        }
        Err(ApiError::Lost(reason)) => {
            // It counts as posted once nobody has moved it on for a while.
            tracing::warn!(%reason, place = %push.place, "nobody knows whether a daily question was posted");
        }
        Err(error) => {
            tracing::warn!(%error, place = %push.place, "a daily question was refused");
            bot.viva.push_failed(&push, &error.reason(), error.is_final(), now()).await?;
        }
    }
    if let Some(yesterday) = yesterday {
        bot.draw(spot, &yesterday.card).await;
    }
    Ok(())
}
