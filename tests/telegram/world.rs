//! What is the case inside the stand-in: people, chats, messages, polls, waiting updates and recorded requests.
//!
//! Everything stands behind one lock. The world changes; it neither listens nor answers.

pub mod chat;
pub mod message;
pub mod poll;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use self::chat::{Chat, Person};
use self::poll::Poll;
use super::faults::Faults;
use super::rules::flood::Flood;
use super::updates::Queue;

/// The bot that the token belongs to.
pub const BOT: i64 = 7_000_000_001;
/// Its name after the `@`.
pub const BOT_NAME: &str = "viva_test_bot";
/// Whom messages of anonymous administrators are said to be from, for bots that know no sender chat.
pub const GROUP_ANONYMOUS_BOT: i64 = 1_087_968_824;

/// A file that came with a request.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The name of the form's part.
    pub field: String,
    /// The name of the file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// One request, as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method, as the documentation writes it.
    pub method: String,
    /// The parameters.
    pub body: Value,
    /// The files.
    pub files: Vec<Upload>,
    /// When, in Unix milliseconds by the stand-in's clock.
    pub at: i64,
    /// The status that it was answered with, 0 while it is not.
    pub status: u16,
}

/// A button that somebody pressed.
#[derive(Debug, Clone)]
pub struct Press {
    /// When it was pressed, in Unix milliseconds.
    pub at: i64,
    /// What the bot answered, if it did.
    pub answer: Option<Value>,
}

/// A question that somebody typed after the bot's name.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Who.
    pub person: i64,
    /// What.
    pub query: String,
    /// The results, if the bot answered.
    pub answer: Option<Value>,
}

/// What a test can switch.
#[derive(Debug, Clone, Copy)]
pub struct Switches {
    /// Whether floods are refused.
    pub floods: bool,
    /// Whether `sendRichMessage` exists.
    pub rich: bool,
    /// Whether the bot sees only what is meant for it in groups.
    pub privacy: bool,
    /// Whether each update is delivered twice.
    pub twice: bool,
    /// Whether pictures on the web can't be fetched.
    pub offline: bool,
}

/// All of it.
pub struct World {
    /// People by id.
    pub people: BTreeMap<i64, Person>,
    /// Chats by id.
    pub chats: BTreeMap<i64, Chat>,
    /// Polls by id.
    pub polls: HashMap<String, Poll>,
    /// When polls close by themselves, in Unix milliseconds.
    pub closing: BTreeSet<(i64, String)>,
    /// Pressed buttons by the id of their query.
    pub presses: HashMap<String, Press>,
    /// Inline queries by id.
    pub asked: HashMap<String, Asked>,
    /// Messages sent in inline mode, by `inline_message_id`.
    pub shared: HashMap<String, Value>,
    /// Files that can be sent again, by the id that they were given.
    pub files: HashMap<String, Upload>,
    /// What the ids of files were that are known no longer.
    pub forgotten: BTreeSet<String>,
    /// What waits for the bot.
    pub queue: Queue,
    /// Every request but `getUpdates`.
    pub requests: Vec<Request>,
    /// How many calls of each method were answered.
    pub answered: HashMap<String, usize>,
    /// What the bot did that Telegram forbids.
    pub violations: Vec<String>,
    /// Refusals for speaking too fast.
    pub refused: usize,
    /// What shall go wrong.
    pub faults: Faults,
    /// What is counted against floods.
    pub flood: Flood,
    /// What is switched.
    pub switches: Switches,
    /// Commands by scope and language.
    pub commands: BTreeMap<(String, String), Value>,
    /// Names and descriptions by method and language.
    pub profile: BTreeMap<(String, String), String>,
    last: i64,
}

impl Default for World {
    fn default() -> Self {
        Self {
            people: BTreeMap::new(),
            chats: BTreeMap::new(),
            polls: HashMap::new(),
            closing: BTreeSet::new(),
            presses: HashMap::new(),
            asked: HashMap::new(),
            shared: HashMap::new(),
            files: HashMap::new(),
            forgotten: BTreeSet::new(),
            queue: Queue::default(),
            requests: Vec::new(),
            answered: HashMap::new(),
            violations: Vec::new(),
            refused: 0,
            faults: Faults::default(),
            flood: Flood::default(),
            switches: Switches { floods: false, rich: true, privacy: true, twice: false, offline: false },
            commands: BTreeMap::new(),
            profile: BTreeMap::new(),
            last: 0,
        }
    }
}

impl World {
    /// A number that nothing else has.
    pub fn fresh(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    /// Puts an update before the bot, if it asked for that kind.
    pub fn tell(&mut self, kind: &str, body: Value) {
        let twice = self.switches.twice;
        self.queue.push(kind, body, twice);
    }

    /// Notes how a request was answered.
    pub fn note(&mut self, at: usize, status: u16) {
        if let Some(request) = self.requests.get_mut(at) {
            request.status = status;
            *self.answered.entry(request.method.clone()).or_default() += 1;
        }
    }

    /// Notes something that the bot must not do.
    pub fn complain(&mut self, complaint: impl Into<String>) {
        self.violations.push(complaint.into());
    }

    /// The bot as a `User`.
    #[must_use]
    pub fn bot() -> Value {
        json!({"id": BOT, "is_bot": true, "first_name": "Viva", "username": BOT_NAME})
    }

    /// A person as a `User`.
    #[must_use]
    pub fn user(&self, id: i64) -> Value {
        match (id, self.people.get(&id)) {
            (_, Some(person)) => person.json(id),
            (GROUP_ANONYMOUS_BOT, None) => {
                json!({"id": id, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"})
            }
            _ => Self::bot(),
        }
    }

    /// Closes the polls whose time is up.
    pub fn close_due(&mut self, now: i64) -> bool {
        let mut any = false;
        while self.closing.first().is_some_and(|(at, _)| *at <= now) {
            if let Some((_, id)) = self.closing.pop_first() {
                any = true;
                self.close_poll(&id);
            }
        }
        any
    }
}
