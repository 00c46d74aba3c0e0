//! Servers, channels and people, as a test speaks of them. What people do is in `doing`, what they see in `response`.

mod doing;
mod options;
mod response;

use std::sync::Arc;

use serde_json::json;

use super::events;
use super::rest::open_direct;
use super::world::{ChannelRecord, GuildRecord, Id, Membership, Shared, User, channel_kind, permissions};
pub use response::{Button, Response};

/// A server.
#[derive(Clone, Debug)]
pub struct Guild {
    shared: Arc<Shared>,
    id: Id,
    general: Id,
}

/// A channel, thread or direct chat.
#[derive(Clone, Debug)]
pub struct Channel {
    shared: Arc<Shared>,
    id: Id,
}

/// A person; where they act in a server, they are a member of it.
#[derive(Clone, Debug)]
pub struct Member {
    shared: Arc<Shared>,
    id: Id,
}

impl Guild {
    pub(super) fn found(shared: &Arc<Shared>, name: &str, installed: bool) -> Self {
        let (id, general, owner) = (shared.id(), shared.id(), shared.id());
        let shared = Arc::clone(shared);
        let joined = shared.clock.stamp();
        let mut world = shared.world();
        world.users.insert(owner, person(owner, &format!("{name}'s owner")));
        let owners = Membership { nick: None, granted: 0, joined: joined.clone() };
        let record = GuildRecord {
            id,
            name: name.to_owned(),
            locale: "en-US".to_owned(),
            owner,
            members: [(owner, owners)].into(),
            system_channel: Some(general),
            installed,
            joined,
            bot_may: permissions::ORDINARY,
        };
        world.guilds.insert(id, record);
        world.channels.insert(general, text_channel(general, Some(id), "general"));
        if installed {
            let event = events::guild_create(&world, &world.guilds[&id]);
            world.dispatch(Some(id), "GUILD_CREATE", &event);
        }
        drop(world);
        Self { shared, id, general }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// The channel it began with, which is its system channel.
    #[must_use]
    pub fn general(&self) -> Channel {
        Channel { shared: Arc::clone(&self.shared), id: self.general }
    }

    /// Its owner, who may do everything.
    #[must_use]
    pub fn owner(&self) -> Member {
        let id = self.shared.world().guilds[&self.id].owner;
        Member { shared: Arc::clone(&self.shared), id }
    }

    /// Somebody new in it.
    #[must_use]
    pub fn member(&self, name: &str) -> Member {
        let id = self.shared.id();
        self.shared.world().users.insert(id, person(id, name));
        let member = Member { shared: Arc::clone(&self.shared), id };
        self.welcome(&member);
        member
    }

    /// Lets somebody in who is elsewhere already.
    pub fn welcome(&self, member: &Member) {
        let joined = self.shared.clock.stamp();
        let mut world = self.shared.world();
        let guild = world.guilds.get_mut(&self.id).expect("a server does not vanish");
        guild.members.insert(member.id, Membership { nick: None, granted: 0, joined });
    }

    /// Grants a member more, such as [`permissions::MANAGE_GUILD`].
    pub fn grant(&self, member: &Member, bits: u64) {
        let mut world = self.shared.world();
        let guild = world.guilds.get_mut(&self.id).expect("a server does not vanish");
        guild.members.get_mut(&member.id).expect("a member").granted |= bits;
    }

    /// Gives a member a name that holds in this server alone.
    pub fn nickname(&self, member: &Member, name: &str) {
        let mut world = self.shared.world();
        let guild = world.guilds.get_mut(&self.id).expect("a server does not vanish");
        guild.members.get_mut(&member.id).expect("a member").nick = Some(name.to_owned());
    }

    /// Sets the server's language, such as `zh-CN`.
    pub fn speaks(&self, locale: &str) {
        self.change(|guild| guild.locale = locale.to_owned());
    }

    /// Sets the channel for the server's notices, or none.
    pub fn greets_in(&self, channel: Option<&Channel>) {
        self.change(|guild| guild.system_channel = channel.map(|channel| channel.id));
    }

    /// Takes permissions from the program in all channels.
    pub fn forbid(&self, bits: u64) {
        self.change(|guild| guild.bot_may &= !bits);
    }

    fn change(&self, change: impl FnOnce(&mut GuildRecord)) {
        let mut world = self.shared.world();
        change(world.guilds.get_mut(&self.id).expect("a server does not vanish"));
        let record = &world.guilds[&self.id];
        let (event, installed) = (events::guild(&world, record), record.installed);
        if installed {
            world.dispatch(Some(self.id), "GUILD_UPDATE", &event);
        }
    }

    /// Throws the program out.
    pub fn remove_program(&self) {
        let mut world = self.shared.world();
        world.guilds.get_mut(&self.id).expect("a server does not vanish").installed = false;
        world.dispatch(Some(self.id), "GUILD_DELETE", &json!({ "id": self.id.to_string() }));
    }

    /// A new text channel.
    #[must_use]
    pub fn channel(&self, name: &str) -> Channel {
        let id = self.shared.id();
        self.open(text_channel(id, Some(self.id), name), "CHANNEL_CREATE")
    }

    /// A new thread under a channel.
    #[must_use]
    pub fn thread(&self, channel: &Channel, name: &str) -> Channel {
        let id = self.shared.id();
        let mut record = text_channel(id, Some(self.id), name);
        record.kind = channel_kind::PUBLIC_THREAD;
        record.parent = Some(channel.id);
        self.open(record, "THREAD_CREATE")
    }

    fn open(&self, record: ChannelRecord, event: &str) -> Channel {
        let id = record.id;
        let mut world = self.shared.world();
        let data = events::channel(&world, &record);
        world.channels.insert(id, record);
        if world.guilds[&self.id].installed {
            world.dispatch(Some(self.id), event, &data);
        }
        drop(world);
        Channel { shared: Arc::clone(&self.shared), id }
    }
}

impl Channel {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// What was posted in it and is there, for all to see, oldest first.
    #[must_use]
    pub fn posts(&self) -> Vec<Response> {
        let world = self.shared.world();
        world.public(self.id).map(|message| Response::of_message(&self.shared, message)).collect()
    }

    /// Takes permissions from the program here, such as [`permissions::SEND_MESSAGES`].
    pub fn forbid(&self, bits: u64) {
        let mut world = self.shared.world();
        world.channels.get_mut(&self.id).expect("a record stays").denied |= bits;
        self.tell(&mut world, "CHANNEL_UPDATE");
    }

    /// Gives the program its permissions here back.
    pub fn permit(&self, bits: u64) {
        let mut world = self.shared.world();
        world.channels.get_mut(&self.id).expect("a record stays").denied &= !bits;
        self.tell(&mut world, "CHANNEL_UPDATE");
    }

    /// Deletes it.
    pub fn delete(&self) {
        let mut world = self.shared.world();
        let record = world.channels.get_mut(&self.id).expect("a record stays");
        record.deleted = true;
        let thread = record.kind == channel_kind::PUBLIC_THREAD;
        self.tell(&mut world, if thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" });
    }

    fn tell(&self, world: &mut super::World, event: &str) {
        let record = &world.channels[&self.id];
        let (data, guild) = (events::channel(world, record), record.guild);
        world.dispatch(guild, event, &data);
    }
}

impl Member {
    /// Their id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Their direct chat with the program.
    #[must_use]
    pub fn direct(&self) -> Channel {
        let mut world = self.shared.world();
        let id = open_direct(&self.shared, &mut world, self.id);
        drop(world);
        Channel { shared: Arc::clone(&self.shared), id }
    }

    /// A chat with others that the program is not in.
    #[must_use]
    pub fn private_chat(&self, others: &[&Self]) -> Channel {
        let id = self.shared.id();
        let mut record = text_channel(id, None, "friends");
        record.kind = channel_kind::GROUP;
        record.people = [self.id].into_iter().chain(others.iter().map(|other| other.id)).collect();
        record.with_bot = false;
        self.shared.world().channels.insert(id, record);
        Channel { shared: Arc::clone(&self.shared), id }
    }

    /// Sets the language their Discord is in, such as `zh-CN`.
    pub fn speaks(&self, locale: &str) {
        self.shared.world().users.get_mut(&self.id).expect("a person stays").locale = locale.to_owned();
    }

    /// Changes the name that people see.
    pub fn rename(&self, name: &str) {
        self.shared.world().users.get_mut(&self.id).expect("a person stays").display = name.to_owned();
    }
}

fn person(id: Id, name: &str) -> User {
    let plain = name.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "");
    let username = format!("{plain}.{}", id % 10_000);
    User { id, username, display: name.to_owned(), locale: "en-US".to_owned(), bot: false }
}

fn text_channel(id: Id, guild: Option<Id>, name: &str) -> ChannelRecord {
    ChannelRecord {
        id,
        kind: channel_kind::TEXT,
        name: name.to_owned(),
        guild,
        parent: None,
        people: Vec::new(),
        with_bot: false,
        denied: 0,
        deleted: false,
        last_message: None,
    }
}
