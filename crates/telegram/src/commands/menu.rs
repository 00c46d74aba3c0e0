//! The commands that Telegram offers while somebody types, and menus of what there is to learn.

use viva_core::document::plain;
use viva_core::language::Language;
use viva_core::press::Press;
use viva_core::texts::Texts;
use viva_core::viva::Viva;

use crate::api::{Api, ApiError};
use crate::messages::{self, Said};
use crate::payloads::{BotCommand, Scope, SetMyCommands};

/// What everybody may use.
const ALL: [&str; 8] = ["quiz", "review", "topics", "leaderboard", "stats", "help", "privacy", "language"];
/// What only those may use who decide for a chat.
const RULING: [&str; 4] = ["daily", "settings", "doctor", "season"];

/// Tells Telegram the commands, for private chats, groups and their administrators, in both languages.
/// <https://core.telegram.org/bots/api#setmycommands>
pub(crate) async fn register(api: &Api) -> Result<(), ApiError> {
    for scope in ["all_private_chats", "all_group_chats", "all_chat_administrators"] {
        let names = ALL.iter().chain(if scope == "all_group_chats" { &[][..] } else { &RULING[..] });
        for (language, code) in [(Language::En, None), (Language::Zh, Some("zh"))] {
            let texts = Texts::of(language);
            let commands = names.clone().map(|&command| BotCommand {
                command,
                description: texts.say(&format!("command-{command}")),
            });
            let commands = commands.collect();
            api.call(&SetMyCommands { commands, scope: Scope { r#type: scope }, language_code: code })
                .await?;
        }
    }
    Ok(())
}

/// A menu of all topics.
pub(crate) fn all_topics(viva: &Viva, language: Language) -> Said {
    let (bank, texts) = (viva.bank(), Texts::of(language));
    if bank.topics().is_empty() {
        return Said::own("topics-none", language);
    }
    let entries = bank.topics().iter().map(|topic| {
        (format!("{} · {}", topic.name(language), topic.questions.len()), Press::BrowseFor(topic.handle()))
    });
    let head = texts.tell("topics-menu", [("questions", bank.questions().len().into())]);
    messages::menu(&head, entries)
}

/// A menu of the questions of one topic; `None` if it is gone.
pub(crate) fn questions_of(viva: &Viva, handle: &str, language: Language) -> Option<Said> {
    let bank = viva.bank();
    let topic = bank.topic_of(handle)?;
    let entries = topic
        .questions
        .iter()
        .map(|&at| &bank.questions()[at])
        .map(|question| (plain(&question.text(language).title), Press::AskFor(question.id.handle())));
    let arguments =
        [("topic", topic.name(language).to_owned().into()), ("count", topic.questions.len().into())];
    Some(messages::menu(&Texts::of(language).tell("topic-questions", arguments), entries))
}
