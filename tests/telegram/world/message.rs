//! Messages: who said what, where, and how often it was changed.

use serde_json::{Map, Value, json};

use super::chat::{Chat, Kind};
use super::{BOT, BOT_NAME, GROUP_ANONYMOUS_BOT, Upload, World};

/// Who a message is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The bot.
    Bot,
    /// A person.
    Person(i64),
    /// The group itself, or the channel.
    Chat,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id in its chat.
    pub id: i64,
    /// When it was sent, in Unix seconds.
    pub date: i64,
    /// When it was last changed.
    pub edited: Option<i64>,
    /// How often the bot changed it.
    pub edits: usize,
    /// Who sent it.
    pub author: Author,
    /// The topic.
    pub thread: Option<i64>,
    /// What it answers.
    pub reply_to: Option<i64>,
    /// The fields that make it a text, a picture or whatever it is.
    pub content: Map<String, Value>,
    /// What people read.
    pub text: String,
    /// What the bot sent, as parameters.
    pub sent: Value,
    /// The method that it was sent with.
    pub method: String,
    /// The keyboard.
    pub markup: Option<Value>,
    /// The poll in it.
    pub poll: Option<String>,
    /// The files in it.
    pub files: Vec<Upload>,
    /// Whether it was deleted.
    pub deleted: bool,
    /// Whether the test has looked at it.
    pub taken: bool,
}

impl Message {
    /// An empty one.
    #[must_use]
    pub fn new(author: Author, now: i64) -> Self {
        Self {
            id: 0,
            date: now / 1000,
            edited: None,
            edits: 0,
            author,
            thread: None,
            reply_to: None,
            content: Map::new(),
            text: String::new(),
            sent: Value::Null,
            method: String::new(),
            markup: None,
            poll: None,
            files: Vec::new(),
            deleted: false,
            taken: false,
        }
    }
}

impl World {
    /// Adds a message to a chat and gives its id.
    pub fn post(&mut self, chat: i64, mut message: Message) -> i64 {
        let Some(place) = self.chats.get_mut(&chat) else { return 0 };
        place.last += 1;
        message.id = place.last;
        place.messages.insert(place.last, message);
        place.last
    }

    /// A message as the Bot API shows it.
    #[must_use]
    pub fn show(&self, chat: i64, id: i64) -> Value {
        self.shown(chat, id, true)
    }

    fn shown(&self, chat: i64, id: i64, whole: bool) -> Value {
        let Some(place) = self.chats.get(&chat) else { return Value::Null };
        let Some(message) = place.messages.get(&id) else { return Value::Null };
        let mut shown = json!({"message_id": id, "date": message.date, "chat": place.json()});
        self.sign(place, message, &mut shown);
        if let Some(thread) = message.thread {
            shown["message_thread_id"] = thread.into();
            shown["is_topic_message"] = true.into();
        }
        if let Some(edited) = message.edited {
            shown["edit_date"] = edited.into();
        }
        if whole && let Some(original) = message.reply_to {
            shown["reply_to_message"] = self.shown(chat, original, false);
        }
        for (key, value) in &message.content {
            shown[key] = value.clone();
        }
        if let Some(poll) = message.poll.as_ref().and_then(|id| self.polls.get(id)) {
            shown["poll"] = poll.json(true);
        }
        // Only inline keyboards are part of a message.
        if let Some(markup) = message.markup.as_ref().filter(|markup| markup.get("inline_keyboard").is_some())
        {
            shown["reply_markup"] = markup.clone();
        }
        shown
    }

    fn sign(&self, place: &Chat, message: &Message, shown: &mut Value) {
        match (message.author, place.kind) {
            (_, Kind::Channel) => shown["sender_chat"] = place.json(),
            (Author::Chat, _) => {
                shown["from"] = self.user(GROUP_ANONYMOUS_BOT);
                shown["sender_chat"] = place.json();
            }
            (Author::Bot, _) => shown["from"] = self.user(BOT),
            (Author::Person(id), _) => shown["from"] = self.user(id),
        }
    }

    /// Whether the bot is shown what somebody else wrote: in groups under privacy mode only commands meant for it,
    /// replies to it, mentions of it and service messages, <https://core.telegram.org/bots/features#privacy-mode>.
    #[must_use]
    pub fn overheard(&self, chat: &Chat, message: &Message) -> bool {
        let open = matches!(chat.kind, Kind::Private | Kind::Channel);
        if open || !self.switches.privacy || chat.bot_rules() || !message.content.contains_key("text") {
            return true;
        }
        let original = message.reply_to.and_then(|id| chat.messages.get(&id));
        if original.is_some_and(|original| original.author == Author::Bot) {
            return true;
        }
        let command = message.text.split_whitespace().next().filter(|word| word.starts_with('/'));
        match command.map(|word| word.split_once('@')) {
            Some(None) => true,
            Some(Some((_, name))) => name.eq_ignore_ascii_case(BOT_NAME),
            None => message.text.to_lowercase().contains(&format!("@{BOT_NAME}")),
        }
    }
}

/// The entities that Telegram finds in what people type: commands and mentions.
#[must_use]
pub fn found(text: &str) -> Vec<Value> {
    let mut entities = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let named = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '@')
        };
        let kind = match bare.chars().next() {
            Some('/') if named(&bare[1..]) => Some("bot_command"),
            Some('@') if named(&bare[1..]) => Some("mention"),
            _ => None,
        };
        if let Some(kind) = kind {
            entities.push(json!({"type": kind, "offset": offset, "length": bare.encode_utf16().count()}));
        }
        offset += word.encode_utf16().count();
    }
    entities
}
