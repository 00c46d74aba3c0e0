//! `/quiz`, `/review` and `/topics`: asking, and finding what to ask.

use std::sync::Arc;

use poise::serenity_prelude::{AutocompleteChoice, CreateAutocompleteResponse};
use rand::SeedableRng;
use rand::rngs::StdRng;
use viva_core::document::plain;
use viva_core::language::Language;
use viva_core::reply::{Asked, Card, Mode, Reply};
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::{Here, Viva, Wish};

use super::{Context, event, failed, waiting};
use crate::bot::{Bot, Event, language, now};
use crate::cards;
use crate::components::{Message, SelectOption};
use crate::error::DiscordError;
use crate::limits::{CHOICE_NAME, CHOICES, SELECT_OPTIONS, fit};
use crate::markdown::escape;
use crate::messages;
use crate::respond::Waiting;
use crate::scene::Scene;
use viva_core::press::Press;

/// A way of asking, as Discord offers it.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(crate) enum ModeChoice {
    #[name = "choice"]
    #[name_localized("zh-CN", "选择题")]
    Choice,
    #[name = "typed"]
    #[name_localized("zh-CN", "简答")]
    Typed,
    #[name = "reveal"]
    #[name_localized("zh-CN", "先想后看")]
    Reveal,
}

impl From<ModeChoice> for Mode {
    fn from(choice: ModeChoice) -> Self {
        match choice {
            ModeChoice::Choice => Self::Choice,
            ModeChoice::Typed => Self::Typed,
            ModeChoice::Reveal => Self::Reveal,
        }
    }
}

/// A language, as Discord offers it.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(crate) enum LanguageChoice {
    #[name = "English"]
    En,
    #[name = "中文"]
    Zh,
}

impl From<LanguageChoice> for Language {
    fn from(choice: LanguageChoice) -> Self {
        match choice {
            LanguageChoice::En => Self::En,
            LanguageChoice::Zh => Self::Zh,
        }
    }
}

/// Asks a question.
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(crate) async fn quiz(
    ctx: Context<'_>,
    #[autocomplete = "matching"] topic: Option<String>,
    mode: Option<ModeChoice>,
    language: Option<LanguageChoice>,
) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    let asking = Asking {
        query: topic,
        mode: mode.map(Mode::from),
        due: false,
        language: language.map(Language::from),
    };
    ask(ctx.data(), waiting(ctx), &event(ctx), asking).await
}

/// Asks what is due for review.
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(crate) async fn review(ctx: Context<'_>, mode: Option<ModeChoice>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    let asking = Asking { mode: mode.map(Mode::from), due: true, ..Asking::default() };
    ask(ctx.data(), waiting(ctx), &event(ctx), asking).await
}

/// Shows what there is to learn.
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(crate) async fn topics(ctx: Context<'_>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, _| async move {
        Ok(Scene::from(all_topics(&ctx.data().viva, here.language)))
    })
    .await?;
    Ok(())
}

async fn matching(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let language = language(&ctx.interaction.locale);
    let choices = ctx.data().viva.complete(typed, language, CHOICES).into_iter().filter_map(|found| {
        let label = match found.questions {
            None => found.label,
            Some(count) => {
                let size = Texts::of(language).tell("topic-size", [("count", count.into())]);
                format!("{} · {size}", found.label)
            }
        };
        let fits = found.value.chars().count() <= CHOICE_NAME;
        fits.then(|| AutocompleteChoice::new(fit(&label, CHOICE_NAME), found.value))
    });
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}

/// What somebody wants to be asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asking {
    pub(crate) query: Option<String>,
    pub(crate) mode: Option<Mode>,
    /// What is due for review, and not what a query finds.
    pub(crate) due: bool,
    pub(crate) language: Option<Language>,
}

/// Asks a question and posts its card.
pub(crate) async fn ask(
    bot: &Arc<Bot>,
    waiting: Waiting<'_>,
    event: &Event<'_>,
    asking: Asking,
) -> Result<(), DiscordError> {
    let mut opened = None;
    let work = async {
        let asked = async {
            let here = bot.meet(event).await?;
            let here = Here { language: asking.language.unwrap_or(here.language), ..here };
            open(bot, event, &here, asking).await
        };
        match asked.await {
            Ok((scene, asked)) => {
                opened = asked.map(|asked| asked.round);
                scene
            }
            Err(error) => Scene::from(failed(&error, language(event.locale))),
        }
    };
    let posted = waiting.answer(false, work).await;
    if let Some(round) = opened {
        match &posted {
            Ok(shown) => {
                let handle = shown.message.map(|message| event.handle(message));
                bot.viva.posted(round, handle.as_deref(), now()).await?;
                if shown.lacking {
                    bot.stir(event.channel, round);
                }
            }
            // Nobody can answer what nobody sees.
            Err(_) => drop(bot.viva.close(round, now()).await?),
        }
    }
    posted?;
    Ok(())
}

async fn open(
    bot: &Bot,
    event: &Event<'_>,
    here: &Here,
    asking: Asking,
) -> Result<(Scene, Option<Asked>), StoreError> {
    let (language, now) = (here.language, now());
    let mut rng = StdRng::from_rng(&mut rand::rng());
    let wish = Wish { query: asking.query, mode: asking.mode, lasts: Some(event.lasts()) };
    let reply = if asking.due {
        bot.viva.review(here, &wish, now, &mut rng).await?
    } else {
        bot.viva.quiz(here, &wish, now, &mut rng).await?
    };
    Ok(match reply {
        Reply::Asked(asked) => {
            let card = Card {
                asked: asked.clone(),
                venue: here.venue,
                message: None,
                language,
                answered: 0,
                closes_at: now.checked_add(event.lasts()).ok(),
                outcome: None,
            };
            let scene =
                Scene::of(cards::wanted(&card), move |drawn| Message::public(cards::card(&card, drawn)));
            (scene.redrawn(), Some(asked))
        }
        Reply::Suggested(suggested) => (messages::suggested(&suggested, language).into(), None),
        Reply::Notice(notice) => (Message::word(escape(&Texts::of(language).notice(&notice))).into(), None),
        _ => (messages::own_words("question-gone", language).into(), None),
    })
}

/// A menu of all topics.
pub(crate) fn all_topics(viva: &Viva, language: Language) -> Message {
    let (bank, texts) = (viva.bank(), Texts::of(language));
    let options = bank.topics().iter().take(SELECT_OPTIONS).map(|topic| SelectOption {
        label: topic.name(language).to_owned(),
        value: topic.slug.clone(),
        description: Some(texts.tell("topic-size", [("count", topic.questions.len().into())])),
    });
    let head = texts.tell("topics-menu", [("questions", bank.questions().len().into())]);
    messages::browse(head, &Press::Browse, options.collect(), language)
}

/// A menu of the questions of one topic.
pub(crate) fn questions_of(viva: &Viva, slug: &str, language: Language) -> Message {
    let bank = viva.bank();
    let Some(topic) = bank.topic(slug) else { return messages::own_words("question-gone", language) };
    let options = topic.questions.iter().map(|&at| &bank.questions()[at]).map(|question| SelectOption {
        label: plain(&question.text(language).title),
        value: question.id.0.clone(),
        description: None,
    });
    let head = Texts::of(language).tell(
        "topic-questions",
        [("topic", escape(topic.name(language)).into()), ("count", topic.questions.len().into())],
    );
    messages::browse(head, &Press::Ask, options.collect(), language)
}
