//! `/settings`, `/doctor` and `/help`.

use serenity::all::{ChannelId, GuildId, Mentionable};
use viva_core::store::Revealers;
use viva_core::texts::Texts;
use viva_core::viva::Change;

use super::Context;
use super::permissions::{granted, kind, lacking};
use super::quiz::{LanguageChoice, ModeChoice};
use crate::components::{Component, Message};
use crate::error::DiscordError;
use crate::messages;
use crate::scene::Scene;

/// How many channels `/doctor` names at the most.
const CHANNELS: usize = 20;

/// Who may show an answer to all, as Discord offers it.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
enum RevealersChoice {
    #[name = "whoever asked, anyone after a minute"]
    #[name_localized("zh-CN", "出题人，一分钟后任何人")]
    Asker,
    #[name = "anyone at any time"]
    #[name_localized("zh-CN", "任何人随时可以")]
    Everyone,
}

/// Shows and changes how the server is set up.
#[poise::command(slash_command, interaction_context = "Guild", default_member_permissions = "MANAGE_GUILD")]
pub(crate) async fn settings(
    ctx: Context<'_>,
    language: Option<LanguageChoice>,
    mode: Option<ModeChoice>,
    reveal: Option<RevealersChoice>,
) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, _| async move {
        let changes: Vec<Change> = [
            language.map(|language| Change::Language(Some(language.into()))),
            mode.map(|mode| Change::Mode(Some(mode.into()))),
            reveal.map(|reveal| {
                Change::Revealers(match reveal {
                    RevealersChoice::Asker => Revealers::Asker,
                    RevealersChoice::Everyone => Revealers::Everyone,
                })
            }),
        ]
        .into_iter()
        .flatten()
        .collect();
        let settings = ctx.data().viva.settings(&here, &changes).await?;
        Ok(Scene::from(messages::settings(&settings, settings.language.unwrap_or(here.language))))
    })
    .await?;
    Ok(())
}

/// Says what keeps Viva from working here.
#[poise::command(slash_command, interaction_context = "Guild", default_member_permissions = "MANAGE_GUILD")]
pub(crate) async fn doctor(ctx: Context<'_>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, event| async move {
        let texts = Texts::of(here.language);
        let granted = ctx.interaction.app_permissions;
        let health = match granted.and_then(|granted| lacking(granted, kind(ctx), texts)) {
            None => texts.say("doctor-fine"),
            Some(missing) => texts.tell(
                "doctor-missing",
                [("channel", event.channel.mention().to_string().into()), ("permissions", missing.into())],
            ),
        };
        let (schedule, last) = ctx.data().viva.daily(&here).await?;
        let mut message = Message::word(health);
        if let Some(guild) = event.guild {
            message.components.extend(elsewhere(ctx, guild, event.channel, texts).await.map(Component::text));
        }
        message
            .components
            .extend(messages::daily_state(schedule.as_ref(), last.as_ref(), here.language).components);
        Ok(Scene::from(message))
    })
    .await?;
    Ok(())
}

/// What Viva lacks in the other channels of a server; `None` if Discord does not say.
async fn elsewhere(ctx: Context<'_>, guild: GuildId, here: ChannelId, texts: &Texts) -> Option<String> {
    let channels = granted(ctx, guild)
        .await
        .inspect_err(|error| tracing::info!(%error, "permissions in other channels could not be read"))
        .ok()?;
    let others: Vec<_> = channels.into_iter().filter(|(channel, _)| channel.id != here).collect();
    let ailing: Vec<String> = others
        .iter()
        .filter_map(|(channel, granted)| {
            Some(format!("- {}: {}", channel.mention(), lacking(*granted, channel.kind, texts)?))
        })
        .collect();
    Some(match ailing.len() {
        0 => texts.tell("doctor-elsewhere-fine", [("count", others.len().into())]),
        count => {
            let mut lines = vec![texts.say("doctor-elsewhere")];
            lines.extend(ailing.into_iter().take(CHANNELS));
            if count > CHANNELS {
                lines.push(texts.tell("doctor-elsewhere-more", [("count", (count - CHANNELS).into())]));
            }
            lines.join("\n")
        }
    })
}

/// Says what Viva can do.
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(crate) async fn help(ctx: Context<'_>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, _| async move {
        Ok(Scene::from(messages::own_words("help-discord", here.language)))
    })
    .await?;
    Ok(())
}
