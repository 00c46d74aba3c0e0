//! `/leaderboard` and `/stats`: how everybody stands.

use poise::serenity_prelude::{AutocompleteChoice, CreateAutocompleteResponse};
use serenity::all::User;
use viva_album::{charts, wanted_charts};
use viva_core::reply::Reply;
use viva_core::score::Window;
use viva_core::store::{Account, Place, StoreError};
use viva_core::texts::Texts;
use viva_core::viva::Here;

use super::Context;
use crate::bot::{Bot, PLATFORM, language, now};
use crate::components::Component;
use crate::components::Message;
use crate::error::DiscordError;
use crate::limits::{CHOICE_NAME, CHOICES, fit};
use crate::markdown::escape;
use crate::messages;
use crate::scene::Scene;

/// A window of a leaderboard, as Discord offers it.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(crate) enum WindowChoice {
    #[name = "today"]
    #[name_localized("zh-CN", "今天")]
    Today,
    #[name = "this week"]
    #[name_localized("zh-CN", "本周")]
    Week,
    #[name = "this month"]
    #[name_localized("zh-CN", "本月")]
    Month,
    #[name = "all time"]
    #[name_localized("zh-CN", "总榜")]
    All,
}

/// Shows who leads.
#[poise::command(slash_command, interaction_context = "Guild|BotDm")]
pub(crate) async fn leaderboard(
    ctx: Context<'_>,
    window: Option<WindowChoice>,
    #[autocomplete = "matching"] topic: Option<String>,
) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    let window = match window {
        None | Some(WindowChoice::All) => Window::All,
        Some(WindowChoice::Today) => Window::Today,
        Some(WindowChoice::Week) => Window::Week,
        Some(WindowChoice::Month) => Window::Month,
    };
    super::answer(ctx, false, |here, _| async move {
        let topic = topic.as_deref().unwrap_or_default();
        leaderboard_page(ctx.data(), &here, window, topic, 0, Message::public).await
    })
    .await?;
    Ok(())
}

pub(crate) async fn matching(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let (language, typed) = (language(&ctx.interaction.locale), typed.trim().to_lowercase());
    let bank = ctx.data().viva.bank();
    let named = |name: &str| name.to_lowercase().contains(&typed);
    let topics = bank.topics().iter().filter(|topic| topic.names.iter().any(|(_, name)| named(name)));
    let choices = topics
        .filter(|topic| topic.slug.chars().count() <= CHOICE_NAME)
        .take(CHOICES)
        .map(|topic| AutocompleteChoice::new(fit(topic.name(language), CHOICE_NAME), topic.slug.clone()));
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}

/// A page of a leaderboard, or why there is none.
pub(crate) async fn leaderboard_page(
    bot: &Bot,
    here: &Here,
    window: Window,
    topic: &str,
    page: u32,
    show: fn(Vec<Component>) -> Message,
) -> Result<Scene, StoreError> {
    let named = (!topic.is_empty()).then_some(topic);
    let language = here.language;
    Ok(match bot.viva.leaderboard(here, window, named, page, now()).await? {
        Reply::Standings { window, topic: name, page, standings } => {
            let bank = bot.viva.bank();
            let slug = named.and_then(|topic| bank.topic(topic)).map(|topic| topic.slug.as_str());
            let topic = slug.map(str::to_owned).zip(name);
            let named = topic.as_ref().map(|(_, name)| name.as_str());
            let chart = messages::leaderboard_chart(window, named, &standings, language);
            Scene::of(wanted_charts(chart.as_slice()), move |drawn| {
                let topic = topic.as_ref().map(|(slug, name)| (slug.as_str(), name.as_str()));
                let chart = chart.as_ref().and_then(|chart| messages::charted(chart, drawn));
                show(messages::leaderboard(window, topic, page, &standings, chart, language))
            })
        }
        Reply::Notice(notice) => Message::word(escape(&Texts::of(language).notice(&notice))).into(),
        _ => messages::own_words("leaderboard-empty-chat", language).into(),
    })
}

/// Shows a member's record.
#[poise::command(slash_command, interaction_context = "Guild|BotDm")]
pub(crate) async fn stats(ctx: Context<'_>, member: Option<User>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, _| async move {
        let other = member.filter(|member| member.id != ctx.interaction.user.id);
        let id = other.as_ref().map(|user| user.id.to_string()).unwrap_or_default();
        let account = other.as_ref().map(|user| Account {
            at: Place { platform: PLATFORM, id: &id },
            name: user.global_name.as_deref().unwrap_or(&user.name),
        });
        let texts = Texts::of(here.language);
        Ok(match ctx.data().viva.record(&here, account, now()).await? {
            Reply::Record(record) => {
                let charts = charts::record(&record, texts);
                Scene::of(wanted_charts(&charts), move |drawn| {
                    messages::record(&record, &charts, here.language, drawn)
                })
            }
            Reply::Notice(notice) => Message::word(escape(&texts.notice(&notice))).into(),
            _ => messages::own_words("stats-none", here.language).into(),
        })
    })
    .await?;
    Ok(())
}
