//! A chat as a test sees it: who comes and goes, what becomes of it, and what the bot says in it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::member::Member;
use super::newcomer;
use super::sent::{PollSent, Sent};
use crate::telegram::server::Shared;
use crate::telegram::world::chat::{Chat, Closed, Kind, Standing};
use crate::telegram::world::message::{Author, Message};
use crate::telegram::world::{BOT, World};

/// A chat, or one topic of a forum.
#[derive(Clone)]
pub struct ChatRoom {
    pub(in crate::telegram) shared: Arc<Shared>,
    pub(in crate::telegram) id: i64,
    pub(in crate::telegram) thread: Option<i64>,
}

impl ChatRoom {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The id of the topic.
    #[must_use]
    pub fn thread(&self) -> Option<i64> {
        self.thread
    }

    fn change<T>(&self, change: impl FnOnce(&mut Chat) -> T) -> T {
        let mut world = self.shared.world();
        let done = change(world.chats.get_mut(&self.id).expect("the chat"));
        drop(world);
        self.shared.wake();
        done
    }

    fn joins(&self, name: &str, standing: Standing) -> Member {
        let id = newcomer(&mut self.shared.world(), name);
        self.change(|chat| chat.members.insert(id, standing));
        Member { shared: Arc::clone(&self.shared), id, chat: self.id, thread: self.thread }
    }

    /// Somebody new, who joins.
    #[must_use]
    pub fn member(&self, name: &str) -> Member {
        self.joins(name, Standing::Member)
    }

    /// Somebody new who is an administrator.
    #[must_use]
    pub fn administrator(&self, name: &str) -> Member {
        self.joins(name, Standing::Administrator)
    }

    /// Somebody new who is an administrator and speaks as the group.
    #[must_use]
    pub fn anonymous_administrator(&self, name: &str) -> Member {
        self.joins(name, Standing::Anonymous)
    }

    /// The owner.
    #[must_use]
    pub fn owner(&self, name: &str) -> Member {
        self.joins(name, Standing::Creator)
    }

    /// Somebody who is known already joins, too.
    #[must_use]
    pub fn welcomes(&self, known: &Member) -> Member {
        self.change(|chat| chat.members.insert(known.id, Standing::Member));
        Member { shared: Arc::clone(&self.shared), id: known.id, chat: self.id, thread: self.thread }
    }

    /// A topic of this forum.
    #[must_use]
    pub fn topic(&self, name: &str) -> Self {
        let thread = self.change(|chat| {
            assert_eq!(chat.kind, Kind::Forum, "only a forum has topics");
            // The first number belongs to the topic that every forum has.
            chat.last = chat.last.max(1) + 1;
            chat.topics.insert(chat.last, name.to_owned());
            chat.last
        });
        Self { shared: Arc::clone(&self.shared), id: self.id, thread: Some(thread) }
    }

    /// Gives the chat a public name.
    pub fn is_called(&self, username: &str) {
        self.change(|chat| chat.username = Some(username.to_owned()));
    }

    /// What members, and the bot as one, may not send from now on: `messages`, `polls`, `photos`, `documents`.
    pub fn forbids(&self, what: &'static str) {
        self.change(|chat| chat.forbidden.push(what));
    }

    /// Takes all such bans back.
    pub fn allows_all(&self) {
        self.change(|chat| chat.forbidden.clear());
    }

    /// Somebody puts the bot into the chat, out of it, or gives it rights.
    pub fn makes_bot(&self, standing: Standing, by: &Member) {
        let now = self.shared.clock.millis();
        self.shared.world().place_bot(self.id, by.id, standing, now);
        self.shared.wake();
    }

    /// Deletes the chat; the bot learns of it when it speaks.
    pub fn is_deleted(&self) {
        self.change(|chat| chat.closed = Some(Closed::Deleted));
    }

    /// Turns a group into a supergroup: <https://core.telegram.org/bots/api#message>, `migrate_to_chat_id`.
    #[must_use]
    pub fn becomes_supergroup(&self) -> Self {
        let now = self.shared.clock.millis();
        let mut world = self.shared.world();
        let to = -1_002_000_000_000 - world.fresh();
        let old = world.chats.get_mut(&self.id).expect("the chat");
        let mut new = Chat::new(to, Kind::Supergroup, &old.title);
        new.members = old.members.clone();
        new.forbidden = old.forbidden.clone();
        // Old messages do not come along, but what was numbered stays behind.
        new.last = 1;
        old.closed = Some(Closed::Migrated(to));
        world.chats.insert(to, new);
        service(&mut world, self.id, "migrate_to_chat_id", to, now);
        service(&mut world, to, "migrate_from_chat_id", self.id, now);
        drop(world);
        self.shared.wake();
        Self { shared: Arc::clone(&self.shared), id: to, thread: None }
    }

    /// What the bot sends next that is no poll.
    pub async fn next_message(&self) -> Sent {
        let what = format!("a message in {}", self.title());
        self.next(&what, |message| message.poll.is_none()).await
    }

    /// The poll that the bot sends next.
    pub async fn next_poll(&self) -> PollSent {
        let what = format!("a poll in {}", self.title());
        let sent = self.next(&what, |message| message.poll.is_some()).await;
        PollSent::of(sent)
    }

    /// What the bot sends next, whatever it is.
    pub async fn next_anything(&self) -> Sent {
        self.next(&format!("anything in {}", self.title()), |_| true).await
    }

    async fn next(&self, what: &str, wanted: impl Fn(&Message) -> bool) -> Sent {
        let id = self.shared.until(what, |world| self.take(world, &wanted)).await;
        Sent { shared: Arc::clone(&self.shared), chat: self.id, id, seen: 0 }
    }

    fn take(&self, world: &mut World, wanted: impl Fn(&Message) -> bool) -> Option<i64> {
        let chat = world.chats.get_mut(&self.id)?;
        let fresh = |message: &&mut Message| {
            message.author == Author::Bot
                && !message.taken
                && (self.thread.is_none() || message.thread == self.thread)
                && wanted(message)
        };
        let message = chat.messages.values_mut().find(fresh)?;
        message.taken = true;
        Some(message.id)
    }

    /// What the bot sent and the test has not looked at.
    #[must_use]
    pub fn unread(&self) -> Vec<String> {
        let world = self.shared.world();
        let fresh = |m: &&Message| {
            m.author == Author::Bot && !m.taken && (self.thread.is_none() || m.thread == self.thread)
        };
        world.chats[&self.id].messages.values().filter(fresh).map(|message| message.text.clone()).collect()
    }

    /// Everything that the bot ever sent here, as it stands now.
    #[must_use]
    pub fn history(&self) -> Vec<String> {
        let world = self.shared.world();
        let own = |message: &&Message| message.author == Author::Bot && !message.deleted;
        world.chats[&self.id].messages.values().filter(own).map(|message| message.text.clone()).collect()
    }

    /// Waits a while and fails when the bot says anything meanwhile.
    pub async fn stays_quiet(&self, time: Duration) {
        tokio::time::sleep(time).await;
        let unread = self.unread();
        assert!(unread.is_empty(), "{} was to stay quiet: {unread:#?}", self.title());
    }

    fn title(&self) -> String {
        let world = self.shared.world();
        world.chats.get(&self.id).map(|chat| chat.title.clone()).unwrap_or_default()
    }

    /// What somebody posts in this channel.
    pub fn posts(&self, text: &str) {
        let now = self.shared.clock.millis();
        let mut world = self.shared.world();
        let mut message = Message::new(Author::Chat, now);
        message.text = text.to_owned();
        message.content.insert("text".into(), text.into());
        message.content.insert("entities".into(), Value::Array(crate::telegram::world::message::found(text)));
        let id = world.post(self.id, message);
        let body = world.show(self.id, id);
        world.tell("channel_post", body);
        drop(world);
        self.shared.wake();
    }

    /// Somebody brings the bot into a group where it was not: `my_chat_member` and the service message.
    pub fn brings_in_the_bot(&self, by: &Member) {
        self.change(|chat| chat.members.insert(BOT, Standing::Left));
        self.makes_bot(Standing::Member, by);
        let now = self.shared.clock.millis();
        let mut world = self.shared.world();
        let mut message = Message::new(Author::Person(by.id), now);
        let bot = World::bot();
        message.content = Map::from_iter([("new_chat_members".to_owned(), json!([bot]))]);
        let id = world.post(self.id, message);
        let body = world.show(self.id, id);
        world.tell("message", body);
        drop(world);
        self.shared.wake();
    }
}

/// A message that nobody wrote.
fn service(world: &mut World, chat: i64, key: &str, value: i64, now: i64) {
    let mut message = Message::new(Author::Chat, now);
    message.content.insert(key.into(), value.into());
    let id = world.post(chat, message);
    let body = world.show(chat, id);
    world.tell("message", body);
}
