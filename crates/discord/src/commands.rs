//! The slash commands, a file for each family. A command decodes its options, asks the core, and leaves
//! rendering to [`crate::messages`].

use std::sync::Arc;

use poise::ApplicationContext;
use viva_core::language::Language;
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::Here;

use crate::bot::{Bot, Event, language};
use crate::components::Message;
use crate::error::DiscordError;
use crate::messages;
use crate::respond::{Shown, Waiting};
use crate::scene::Scene;

mod board;
mod daily;
mod manage;
mod permissions;
mod privacy;
mod quiz;

pub(crate) use board::leaderboard_page;
pub(crate) use quiz::{Asking, ask, questions_of};

pub(crate) type Context<'a> = ApplicationContext<'a, Arc<Bot>, DiscordError>;
pub(crate) type Command = poise::Command<Arc<Bot>, DiscordError>;

/// All commands, with what they say in both languages.
pub(crate) fn all() -> Vec<Command> {
    let mut commands = vec![
        quiz::quiz(),
        quiz::review(),
        quiz::topics(),
        board::leaderboard(),
        board::stats(),
        daily::daily(),
        manage::settings(),
        manage::doctor(),
        manage::help(),
        privacy::privacy(),
    ];
    commands.iter_mut().for_each(|command| describe(command, "command"));
    commands
}

/// Describes a command, its options and subcommands in both languages, from the messages that everything
/// else is said with.
fn describe(command: &mut Command, above: &str) {
    let key = format!("{above}-{}", command.name);
    let said = |key: &str, of| Texts::of(of).say(key);
    command.description = Some(said(&key, Language::En).into());
    for locale in CHINESE {
        command.description_localizations.to_mut().push((locale.into(), said(&key, Language::Zh).into()));
    }
    for parameter in &mut command.parameters {
        let key = format!("option-{}", parameter.name);
        parameter.description = Some(said(&key, Language::En).into());
        for locale in CHINESE {
            parameter
                .description_localizations
                .to_mut()
                .push((locale.into(), said(&key, Language::Zh).into()));
        }
    }
    command.subcommands.iter_mut().for_each(|sub| describe(sub, &key));
}

/// The locales by which Discord knows Chinese.
/// <https://docs.discord.com/developers/reference#locales>
const CHINESE: [&str; 2] = ["zh-CN", "zh-TW"];

/// Who used a command, and where.
pub(crate) fn event(ctx: Context<'_>) -> Event<'_> {
    let interaction = ctx.interaction;
    Event {
        user: &interaction.user,
        member: interaction.member.as_deref(),
        guild: interaction.guild_id,
        channel: interaction.channel_id,
        locale: &interaction.locale,
        context: interaction.context,
        owners: &interaction.authorizing_integration_owners,
        token: &interaction.token,
    }
}

/// The interaction that waits for a command's answer.
pub(crate) fn waiting(ctx: Context<'_>) -> Waiting<'_> {
    let interaction = ctx.interaction;
    Waiting { bot: ctx.data(), id: interaction.id, token: &interaction.token, pressed: None }
}

/// Answers a command with what `work` makes of who speaks.
pub(crate) async fn answer<'a, W, F>(ctx: Context<'a>, private: bool, work: W) -> Result<Shown, DiscordError>
where
    W: FnOnce(Here, Event<'a>) -> F,
    F: Future<Output = Result<Scene, StoreError>>,
{
    let locale = language(&ctx.interaction.locale);
    let work = async {
        let event = event(ctx);
        let done = async { work(ctx.data().meet(&event).await?, event).await }.await;
        done.unwrap_or_else(|error| failed(&error, locale).into())
    };
    Ok(waiting(ctx).answer(private, work).await?)
}

/// What is said when the store fails, which the log tells more of.
pub(crate) fn failed(error: &StoreError, language: Language) -> Message {
    tracing::error!(%error, "a request failed");
    messages::own_words("store-failed-chat", language)
}
