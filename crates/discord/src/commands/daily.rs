//! `/daily`: a question every day, for those who manage the server.

use poise::serenity_prelude::{AutocompleteChoice, CreateAutocompleteResponse};
use serenity::all::{Mentionable, PartialChannel};
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::{Change, DailyWish, Here, Viva};

use super::Context;
use super::permissions::{granted_in, kind, lacking};
use crate::bot::{Event, now};
use crate::components::Message;
use crate::error::DiscordError;
use crate::limits::{CHOICE_NAME, CHOICES};
use crate::markdown::escape;
use crate::messages;
use crate::scene::Scene;

/// A question every day.
#[poise::command(
    slash_command,
    subcommands("set", "show", "stop"),
    subcommand_required,
    interaction_context = "Guild",
    default_member_permissions = "MANAGE_GUILD"
)]
pub(crate) async fn daily(_ctx: Context<'_>) -> Result<(), DiscordError> {
    Ok(())
}

/// Begins a daily question.
#[poise::command(slash_command)]
async fn set(
    ctx: Context<'_>,
    time: String,
    #[autocomplete = "zones"] timezone: String,
    #[autocomplete = "super::board::matching"] topic: Option<String>,
    #[channel_types("Text", "News", "PublicThread")] channel: Option<PartialChannel>,
    weekdays: Option<String>,
) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, event| async move {
        let other = channel.filter(|channel| channel.id != event.channel);
        let target = other.as_ref().map_or(event.channel, |channel| channel.id);
        let here = at(ctx, &event, here, target).await?;
        let texts = Texts::of(here.language);
        if let Some(missing) = missing(ctx, other.as_ref(), texts).await {
            let missing = [("channel", target.mention().to_string().into()), ("permissions", missing.into())];
            return Ok(Scene::from(Message::word(texts.tell("missing-permission", missing))));
        }
        let wish = DailyWish {
            time: &time,
            zone: Some(&timezone),
            weekdays: weekdays.as_deref(),
            topic: topic.as_deref(),
        };
        let message = match ctx.data().viva.set_daily(&here, wish, now()).await? {
            Ok((daily, due)) => {
                // The server's days and weeks follow the first clock that anybody names.
                if here.community.zone.name() == "UTC" {
                    ctx.data().viva.settings(&here, &[Change::Zone(daily.zone.clone())]).await?;
                }
                let when = format!("<t:{0}:F> (<t:{0}:R>)", due.as_second());
                let what = escape(&texts.daily(&daily));
                texts.tell("daily-set", [("what", what.into()), ("when", when.into())])
            }
            Err(notice) => escape(&texts.notice(&notice)),
        };
        Ok(Scene::from(Message::word(message)))
    })
    .await?;
    Ok(())
}

/// Shows the daily question of a channel.
#[poise::command(slash_command)]
async fn show(
    ctx: Context<'_>,
    #[channel_types("Text", "News", "PublicThread")] channel: Option<PartialChannel>,
) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, event| async move {
        let here = at(ctx, &event, here, channel.map_or(event.channel, |channel| channel.id)).await?;
        let (schedule, last) = ctx.data().viva.daily(&here).await?;
        Ok(Scene::from(messages::daily_state(schedule.as_ref(), last.as_ref(), here.language)))
    })
    .await?;
    Ok(())
}

/// Ends the daily question of a channel.
#[poise::command(slash_command)]
async fn stop(
    ctx: Context<'_>,
    #[channel_types("Text", "News", "PublicThread")] channel: Option<PartialChannel>,
) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, event| async move {
        let here = at(ctx, &event, here, channel.map_or(event.channel, |channel| channel.id)).await?;
        let key = if ctx.data().viva.stop_daily(&here).await? { "daily-stopped" } else { "daily-none" };
        Ok(Scene::from(messages::own_words(key, here.language)))
    })
    .await?;
    Ok(())
}

async fn zones(_ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let zones = Viva::complete_zone(typed, CHOICES).into_iter().filter(|zone| zone.len() <= CHOICE_NAME);
    let choices = zones.map(|zone| AutocompleteChoice::new(zone.clone(), zone));
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}

/// The same person, in another channel.
async fn at(
    ctx: Context<'_>,
    event: &Event<'_>,
    here: Here,
    channel: serenity::all::ChannelId,
) -> Result<Here, StoreError> {
    if channel == event.channel {
        return Ok(here);
    }
    let there = super::event(ctx);
    ctx.data().meet(&Event { channel, ..there }).await
}

/// What Viva may not do in a channel: as Discord says of the one that the command was used in, as its roles say of
/// another.
async fn missing(ctx: Context<'_>, other: Option<&PartialChannel>, texts: &Texts) -> Option<String> {
    match other {
        None => lacking(ctx.interaction.app_permissions?, kind(ctx), texts),
        Some(channel) => {
            let granted = granted_in(ctx, ctx.interaction.guild_id?, channel).await.inspect_err(
                |error| tracing::info!(%error, "permissions in another channel could not be read"),
            );
            lacking(granted.ok()??, channel.kind, texts)
        }
    }
}
