//! All that the stand-in knows: people, servers, channels, messages, interactions, what was asked of it and what was
//! wrong with that. It holds facts and looks them up; what may be done with them is for the routes.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::Notify;

use super::clock::Clock;
use super::gateway::{HEARTBEAT, Session};
use super::mishap::Mishaps;
use super::rules::EPHEMERAL;

/// A snowflake.
pub type Id = u64;

/// Permissions, as bits.
/// <https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags>
pub mod permissions {
    /// May do all.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// May change the server's settings ("Manage Server").
    pub const MANAGE_GUILD: u64 = 1 << 5;
    /// Sees the channel.
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    /// May write in channels.
    pub const SEND_MESSAGES: u64 = 1 << 11;
    /// Links show a preview, and embeds show.
    pub const EMBED_LINKS: u64 = 1 << 14;
    /// May send files.
    pub const ATTACH_FILES: u64 = 1 << 15;
    /// May read what was written earlier.
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    /// `@everyone` pings everyone.
    pub const MENTION_EVERYONE: u64 = 1 << 17;
    /// May use emoji of other servers.
    pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
    /// May run commands.
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    /// May write in threads.
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// What an ordinary member may.
    pub const ORDINARY: u64 = VIEW_CHANNEL
        | SEND_MESSAGES
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_EXTERNAL_EMOJIS
        | USE_APPLICATION_COMMANDS
        | SEND_MESSAGES_IN_THREADS;
}

/// Kinds of channels.
/// <https://docs.discord.com/developers/resources/channel#channel-object-channel-types>
pub(super) mod channel_kind {
    pub(crate) const TEXT: u8 = 0;
    pub(crate) const DIRECT: u8 = 1;
    pub(crate) const GROUP: u8 = 3;
    pub(crate) const PUBLIC_THREAD: u8 = 11;
}

/// A person, or the program.
#[derive(Debug)]
pub(super) struct User {
    pub(super) id: Id,
    pub(super) username: String,
    pub(super) display: String,
    pub(super) locale: String,
    pub(super) bot: bool,
}

/// A person in a server.
#[derive(Debug)]
pub(super) struct Membership {
    pub(super) nick: Option<String>,
    pub(super) granted: u64,
    pub(super) joined: String,
}

/// A server.
#[derive(Debug)]
pub(super) struct GuildRecord {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) locale: String,
    pub(super) owner: Id,
    pub(super) members: BTreeMap<Id, Membership>,
    pub(super) system_channel: Option<Id>,
    /// Whether the program was installed to it. Elsewhere people bring the program along themselves.
    pub(super) installed: bool,
    pub(super) joined: String,
    /// What the program may do in it.
    pub(super) bot_may: u64,
}

/// A channel, thread or direct chat.
#[derive(Debug)]
pub(super) struct ChannelRecord {
    pub(super) id: Id,
    pub(super) kind: u8,
    pub(super) name: String,
    pub(super) guild: Option<Id>,
    pub(super) parent: Option<Id>,
    /// Those in a direct chat, apart from the program.
    pub(super) people: Vec<Id>,
    /// Whether the program takes part in the direct chat.
    pub(super) with_bot: bool,
    /// What the program may not do here.
    pub(super) denied: u64,
    pub(super) deleted: bool,
    pub(super) last_message: Option<Id>,
}

/// A message.
#[derive(Debug)]
pub(super) struct MessageRecord {
    pub(super) id: Id,
    pub(super) channel: Id,
    pub(super) json: Value,
    /// The only person who sees it.
    pub(super) only_for: Option<Id>,
    pub(super) deleted: bool,
    /// Whether it says "thinking…" and waits to be filled.
    pub(super) loading: bool,
    /// The interaction it came from.
    pub(super) interaction: Option<Id>,
}

/// Something a person did that the program must answer.
#[derive(Debug)]
pub(super) struct InteractionRecord {
    pub(super) id: Id,
    pub(super) token: String,
    pub(super) kind: u8,
    /// The command that was run; empty otherwise.
    pub(super) name: String,
    pub(super) made: i64,
    pub(super) began: Instant,
    pub(super) guild: Option<Id>,
    pub(super) channel: Id,
    pub(super) user: Id,
    /// The message that was pressed.
    pub(super) source: Option<Id>,
    /// The kind of the callback, and how long it took.
    pub(super) answered: Option<(u64, Duration)>,
    /// The message that the answer made or changed.
    pub(super) original: Option<Id>,
    pub(super) follow_ups: Vec<Id>,
    pub(super) modal: Option<Value>,
    pub(super) choices: Option<Vec<Value>>,
    /// Whether the program has nothing but the token here.
    pub(super) token_only: bool,
    /// Whether the stand-in itself sees to it that no answer can be in time.
    pub(super) spoilt: bool,
    pub(super) changed: Arc<Notify>,
}

/// A file of a request.
#[derive(Clone, Debug)]
pub struct File {
    /// The part it came in, such as `files[0]`.
    pub part: String,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// One request that the program made.
#[derive(Clone, Debug)]
pub struct Request {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path after `/api/v10`.
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    /// The JSON body, of multipart requests the `payload_json`; null where there is none.
    pub body: Value,
    /// The files, if it is multipart.
    pub files: Vec<File>,
    /// When it came, in Unix milliseconds of the stand-in's clock.
    pub at: i64,
    /// The status it was answered with; 0 until then.
    pub status: u16,
}

/// All facts.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) application: Id,
    pub(super) token: String,
    pub(super) users: HashMap<Id, User>,
    pub(super) guilds: BTreeMap<Id, GuildRecord>,
    pub(super) channels: BTreeMap<Id, ChannelRecord>,
    pub(super) messages: BTreeMap<Id, MessageRecord>,
    pub(super) interactions: HashMap<Id, InteractionRecord>,
    pub(super) tokens: HashMap<String, Id>,
    pub(super) files: HashMap<String, Vec<u8>>,
    /// Messages by channel and nonce, with the time they were posted.
    pub(super) nonces: HashMap<(Id, String), (Id, i64)>,
    pub(super) commands: Vec<Value>,
    pub(super) registered: bool,
    pub(super) requests: Vec<Request>,
    pub(super) violations: Vec<String>,
    pub(super) sessions: Vec<Session>,
    pub(super) identified: u64,
    pub(super) recommended_shards: u32,
    pub(super) mishaps: Mishaps,
    pub(super) mentions_tolerated: bool,
    /// Whether every file counts as too large.
    pub(super) takes_no_files: bool,
}

impl World {
    /// Notes a broken rule.
    pub(super) fn blame(&mut self, sentence: impl Into<String>) {
        self.violations.push(sentence.into());
    }

    /// What the program may do in a channel; all that a person can grant in a direct chat with it.
    pub(super) fn bot_permissions(&self, channel: &ChannelRecord) -> u64 {
        use permissions::{ATTACH_FILES, EMBED_LINKS, MENTION_EVERYONE, ORDINARY};
        let Some(guild) = channel.guild.and_then(|guild| self.guilds.get(&guild)) else {
            return if channel.with_bot { ORDINARY } else { ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE };
        };
        let above =
            channel.parent.and_then(|parent| self.channels.get(&parent)).map_or(0, |parent| parent.denied);
        guild.bot_may & !channel.denied & !above
    }

    /// What a person may do in a channel.
    pub(super) fn member_permissions(&self, guild: Id, user: Id) -> u64 {
        let Some(guild) = self.guilds.get(&guild) else { return 0 };
        if guild.owner == user {
            return permissions::ORDINARY | permissions::ADMINISTRATOR | permissions::MANAGE_GUILD;
        }
        guild.members.get(&user).map_or(0, |member| permissions::ORDINARY | member.granted)
    }

    /// The messages of a channel that everybody in it sees, oldest first.
    pub(super) fn public(&self, channel: Id) -> impl DoubleEndedIterator<Item = &MessageRecord> {
        let here = move |message: &&MessageRecord| message.channel == channel;
        self.messages.values().filter(here).filter(|message| !message.deleted && message.only_for.is_none())
    }

    /// A message that is there, public or not.
    pub(super) fn message(&self, id: Id) -> Option<&MessageRecord> {
        self.messages.get(&id).filter(|message| !message.deleted)
    }

    /// Whether a message is private to one person.
    pub(super) fn is_private(json: &Value) -> bool {
        json["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0
    }
}

/// The world, its clock, and the news that something in it changed.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) clock: Clock,
    pub(super) address: String,
    pub(super) changed: Notify,
    /// How often a heartbeat is asked for, in milliseconds.
    pub(super) heartbeat: AtomicU64,
    last: AtomicI64,
    world: Mutex<World>,
}

impl Shared {
    pub(super) fn new(address: String, world: World) -> Self {
        let (clock, changed, last) = Default::default();
        let heartbeat = AtomicU64::new(HEARTBEAT);
        Self { clock, address, changed, heartbeat, last, world: Mutex::new(world) }
    }

    /// The world, for as long as the guard lives. Nothing waits while it holds one.
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("no test panics with the world in its hands")
    }

    /// A new id, greater than all before.
    /// <https://docs.discord.com/developers/reference#snowflakes>
    pub(super) fn id(&self) -> Id {
        const EPOCH: i64 = 1_420_070_400_000;
        let fresh = (self.clock.now() - EPOCH) << 22;
        let bump = |last: i64| Some(fresh.max(last + 1));
        let last = self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, bump).unwrap_or(0);
        u64::try_from(fresh.max(last + 1)).expect("times after 2015")
    }

    /// The channel, unless it is gone.
    pub(super) fn channel<'a>(&self, world: &'a World, id: Id) -> Option<&'a ChannelRecord> {
        world.channels.get(&id).filter(|channel| !channel.deleted)
    }

    /// Waits until something changes, but for a moment at most: time passing is no news.
    pub(super) async fn news(&self, notify: &Notify) {
        let _ = tokio::time::timeout(Duration::from_millis(25), notify.notified()).await;
    }
}
