//! `/settings`, `/doctor`, `/season`, `/language` and `/privacy`: what people decide, and what Viva stores.

use std::sync::Arc;

use viva_core::language::Language;
use viva_core::press::Setting;
use viva_core::reply::{Mode, Reply, Settings};
use viva_core::store::{Revealers, StoreError};
use viva_core::texts::Texts;
use viva_core::viva::{Change, Here};

use super::{noticed, own, reply};
use crate::api::ApiError;
use crate::bot::{Bot, Event, now};
use crate::html::escape;
use crate::messages::{self, Said};
use crate::payloads::GetChatMember;

/// How a community is set up, as it can be changed.
async fn settings(bot: &Bot, here: &Here) -> Result<Said, StoreError> {
    let settings = bot.viva.settings(here, &[]).await?;
    Ok(messages::settings(&settings, settings.language.unwrap_or(here.language)))
}

pub(super) async fn show_settings(bot: &Arc<Bot>, event: &Event) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    if !bot.may_manage(event).await {
        return reply(bot, event, &Said::own("only-administrators", here.language)).await;
    }
    let said = settings(bot, &here).await?;
    reply(bot, event, &said).await
}

/// Gives a setting its next value, and tells how the community is set up then.
pub(crate) async fn change(bot: &Bot, here: &Here, setting: Setting) -> Result<Said, StoreError> {
    let Settings { language, mode, revealers, rich } = bot.viva.settings(here, &[]).await?;
    let change = match setting {
        Setting::Language => {
            Change::Language(after(&[None, Some(Language::En), Some(Language::Zh)], language))
        }
        Setting::Mode => {
            Change::Mode(after(&[None, Some(Mode::Choice), Some(Mode::Typed), Some(Mode::Reveal)], mode))
        }
        Setting::Revealers => Change::Revealers(after(&[Revealers::Asker, Revealers::Everyone], revealers)),
        Setting::Rich => Change::Rich(!rich),
    };
    let settings = bot.viva.settings(here, &[change]).await?;
    Ok(messages::settings(&settings, settings.language.unwrap_or(here.language)))
}

/// The value after `now`, the first after the last.
fn after<T: Copy + PartialEq>(values: &[T], now: T) -> T {
    let at = values.iter().position(|value| *value == now).unwrap_or(0);
    values[(at + 1) % values.len()]
}

/// What keeps Viva from working here.
pub(super) async fn doctor(bot: &Arc<Bot>, event: &Event) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    let texts = Texts::of(here.language);
    if !bot.may_manage(event).await {
        return reply(bot, event, &Said::own("only-administrators", here.language)).await;
    }
    let mut lines = Vec::new();
    if !event.spot.is_private() {
        let member = GetChatMember { chat_id: event.spot.chat, user_id: bot.me.id };
        lines.push(match bot.api.call(&member).await {
            Ok(me) if me.can_send_messages == Some(false) || me.can_post_messages == Some(false) => {
                texts.say("telegram-doctor-messages")
            }
            Ok(me) if me.can_send_polls == Some(false) => texts.say("telegram-doctor-polls"),
            Ok(_) => texts.say("telegram-doctor-fine"),
            Err(error) => texts.tell("telegram-doctor-unknown", [("reason", error.reason().into())]),
        });
        let privacy = if bot.me.can_read_all_group_messages {
            "telegram-doctor-reads-all"
        } else {
            "telegram-doctor-privacy"
        };
        lines.push(texts.say(privacy));
    } else {
        lines.push(texts.say("telegram-doctor-fine"));
    }
    let (schedule, last) = bot.viva.daily(&here).await?;
    let state = messages::daily_state(schedule.as_ref(), last.as_ref(), here.language);
    let said = Said { html: format!("{}\n\n{}", escape(&lines.join("\n")), state.html), ..state };
    reply(bot, event, &said).await
}

pub(super) async fn season(bot: &Arc<Bot>, event: &Event, name: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    if !bot.may_manage(event).await {
        return reply(bot, event, &Said::own("only-administrators", here.language)).await;
    }
    let said = match bot.viva.begin_season(&here, name, now()).await? {
        Reply::Season(season) => {
            let arguments = [("number", season.number.into()), ("name", season.name.into())];
            Said::word(escape(&Texts::of(here.language).tell("season-begun", arguments)))
        }
        other => noticed(&other, here.language),
    };
    reply(bot, event, &said).await
}

pub(super) async fn language(bot: &Arc<Bot>, event: &Event, given: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    match given.parse::<Language>() {
        Ok(language) => {
            bot.viva.speak(here.learner, language).await?;
            reply(bot, event, &Said::own("language-set", language)).await
        }
        Err(_) => reply(bot, event, &Said::own("language-unknown", here.language)).await,
    }
}

/// A copy of everything to the person alone, or a question before all is deleted.
pub(super) async fn privacy(bot: &Arc<Bot>, event: &Event, rest: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    let texts = Texts::of(here.language);
    match rest.to_lowercase().as_str() {
        "export" | "导出" => {
            let export = bot.viva.export(&here).await?;
            let content = serde_json::to_vec_pretty(&export).unwrap_or_default();
            let sent = bot.api.send_document(event.who.id, "viva.json", content, texts.say("exported")).await;
            match sent {
                Ok(()) if event.spot.is_private() => Ok(()),
                Ok(()) => own(bot, event, "telegram-export-sent").await,
                // Telegram lets nobody be written to who has not begun.
                Err(ApiError::Refused { code: 400 | 403, .. }) => {
                    let said = Said::own("telegram-export-begin", here.language).row(vec![messages::lead(
                        texts.say("button-open-chat"),
                        &bot.me.username,
                        "hello",
                    )]);
                    reply(bot, event, &said).await
                }
                Err(error) => {
                    tracing::warn!(%error, "an export could not be sent");
                    own(bot, event, "telegram-try-again").await
                }
            }
        }
        "forget" | "忘记" | "删除" => {
            reply(bot, event, &messages::forget(here.learner, here.language)).await
        }
        _ => own(bot, event, "telegram-privacy-usage").await,
    }
}
