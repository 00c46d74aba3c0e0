//! A person in a chat, and all that the app lets them do there.

use std::sync::Arc;

use serde_json::{Value, json};

use super::chat::ChatRoom;
use super::sent::{Click, InlineAsked, PollSent, Said, Sent};
use crate::telegram::server::Shared;
use crate::telegram::world::chat::{Closed, Kind, Standing};
use crate::telegram::world::message::{Author, Message, found};
use crate::telegram::world::{Asked, BOT, Press, World};

/// A person in a chat.
#[derive(Clone)]
pub struct Member {
    pub(in crate::telegram) shared: Arc<Shared>,
    pub(in crate::telegram) id: i64,
    pub(in crate::telegram) chat: i64,
    pub(in crate::telegram) thread: Option<i64>,
}

impl Member {
    /// The person's id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The same person in the private chat with the bot.
    #[must_use]
    pub fn privately(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), id: self.id, chat: self.id, thread: None }
    }

    /// The chat that the person is in.
    #[must_use]
    pub fn chat(&self) -> ChatRoom {
        ChatRoom { shared: Arc::clone(&self.shared), id: self.chat, thread: self.thread }
    }

    /// Sets the app's language, such as `zh-hans`.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        if let Some(person) = self.shared.world().people.get_mut(&self.id) {
            language.clone_into(&mut person.language);
        }
        self
    }

    /// Changes the name that everybody sees.
    pub fn is_renamed(&self, first: &str, last: Option<&str>, username: Option<&str>) {
        if let Some(person) = self.shared.world().people.get_mut(&self.id) {
            first.clone_into(&mut person.first);
            person.last = last.map(ToOwned::to_owned);
            person.username = username.map(ToOwned::to_owned);
        }
    }

    /// Makes the person something else in the chat.
    pub fn becomes(&self, standing: Standing) {
        if let Some(chat) = self.shared.world().chats.get_mut(&self.chat) {
            chat.members.insert(self.id, standing);
        }
    }

    async fn act<T>(&self, act: impl FnOnce(&mut World, i64) -> T) -> T {
        let now = self.shared.clock.millis();
        let done = act(&mut self.shared.world(), now);
        self.shared.wake();
        tokio::task::yield_now().await;
        done
    }

    /// Writes something.
    pub async fn says(&self, text: &str) -> Said {
        self.act(|world, now| self.write(world, text, None, now)).await
    }

    /// Answers a message of the bot.
    pub async fn replies(&self, to: &Sent, text: &str) -> Said {
        self.act(|world, now| self.write(world, text, Some(to.id), now)).await
    }

    fn write(&self, world: &mut World, text: &str, reply_to: Option<i64>, now: i64) -> Said {
        let chat = world.chats.get_mut(&self.chat).expect("the chat");
        if chat.closed == Some(Closed::Unstarted) {
            chat.closed = None;
        }
        assert!(chat.closed.is_none(), "nobody can write where {:?}", chat.closed);
        let anonymous = chat.members.get(&self.id) == Some(&Standing::Anonymous);
        let mut message = Message::new(if anonymous { Author::Chat } else { Author::Person(self.id) }, now);
        message.thread = self.thread;
        message.reply_to = reply_to;
        text.clone_into(&mut message.text);
        message.content.insert("text".into(), text.into());
        let entities = found(text);
        if !entities.is_empty() {
            message.content.insert("entities".into(), Value::Array(entities));
        }
        let id = world.post(self.chat, message);
        self.hears(world, "message", id);
        Said { id }
    }

    /// Shows a person's message to the bot, if it may see it.
    fn hears(&self, world: &mut World, kind: &str, id: i64) {
        let chat = &world.chats[&self.chat];
        let there = chat.kind == Kind::Private || !matches!(chat.bot(), Standing::Left | Standing::Kicked);
        if there && world.overheard(chat, &chat.messages[&id]) {
            let body = world.show(self.chat, id);
            world.tell(kind, body);
        }
    }

    /// Changes what they wrote.
    pub async fn edits(&self, said: &Said, text: &str) {
        self.act(|world, now| {
            let chat = world.chats.get_mut(&self.chat).expect("the chat");
            let message = chat.messages.get_mut(&said.id).expect("the message");
            text.clone_into(&mut message.text);
            message.content.insert("text".into(), text.into());
            message.content.insert("entities".into(), Value::Array(found(text)));
            message.edited = Some(now / 1000);
            self.hears(world, "edited_message", said.id);
        })
        .await;
    }

    /// Votes for one option, counted from nought.
    pub async fn votes(&self, poll: &PollSent, option: usize) {
        self.votes_for(poll, &[option]).await;
    }

    /// Votes for several options, or for others than before.
    pub async fn votes_for(&self, poll: &PollSent, options: &[usize]) {
        let done = self.act(|world, _| world.vote(&poll.poll, self.id, options)).await;
        assert_eq!(done, Ok(()), "the vote is not possible");
    }

    /// Takes the vote back.
    pub async fn retracts(&self, poll: &PollSent) {
        self.votes_for(poll, &[]).await;
    }

    /// Sends a vote that the app would not: a second one, one after the end, one twice over.
    pub async fn forces_vote(&self, poll: &PollSent, options: &[usize]) {
        self.act(|world, _| world.tell_vote(&poll.poll, self.id, options)).await;
    }

    /// Presses the button with this label, as it stands on the message now.
    pub async fn clicks(&self, message: &Sent, label: &str) -> Click {
        let buttons = message.buttons();
        let button = buttons.iter().find(|button| button.text == label || button.text.contains(label));
        let button = button.unwrap_or_else(|| panic!("no button {label:?} among {buttons:?}"));
        let data = button.data.clone().unwrap_or_else(|| panic!("{label:?} sends nothing to the bot"));
        self.clicks_data(message, &data).await
    }

    /// Presses a button that is not there any more, or never was.
    pub async fn clicks_data(&self, message: &Sent, data: &str) -> Click {
        let id = self
            .act(|world, now| {
                let id = (9_000_000_000_000_000 + world.fresh()).to_string();
                let mut body = json!({
                    "id": id, "from": world.user(self.id), "chat_instance": format!("{}", message.chat),
                    "data": data,
                });
                // A message that was deleted, or is too old, is only named.
                let there = world.chats[&message.chat].messages.get(&message.id);
                body["message"] = if there.is_some_and(|message| !message.deleted) {
                    world.show(message.chat, message.id)
                } else {
                    json!({"chat": world.chats[&message.chat].json(), "message_id": message.id, "date": 0})
                };
                world.presses.insert(id.clone(), Press { at: now, answer: None });
                world.tell("callback_query", body);
                id
            })
            .await;
        Click { shared: Arc::clone(&self.shared), id }
    }

    /// Presses a button under a message that was sent in inline mode.
    pub async fn clicks_shared(&self, inline_message: &str, data: &str) -> Click {
        let id = self
            .act(|world, now| {
                let id = (9_000_000_000_000_000 + world.fresh()).to_string();
                let body = json!({
                    "id": id, "from": world.user(self.id), "inline_message_id": inline_message,
                    "chat_instance": "inline", "data": data,
                });
                world.presses.insert(id.clone(), Press { at: now, answer: None });
                world.tell("callback_query", body);
                id
            })
            .await;
        Click { shared: Arc::clone(&self.shared), id }
    }

    /// Types `@bot query` in a chat.
    pub async fn types_inline(&self, query: &str) -> InlineAsked {
        let id = self
            .act(|world, _| {
                let id = (8_000_000_000_000_000 + world.fresh()).to_string();
                let body = json!({
                    "id": id, "from": world.user(self.id), "query": query, "offset": "", "chat_type": "supergroup",
                });
                world.asked.insert(id.clone(), Asked { person: self.id, query: query.to_owned(), answer: None });
                world.tell("inline_query", body);
                id
            })
            .await;
        InlineAsked { shared: Arc::clone(&self.shared), id }
    }

    /// Puts a reaction under a message; of those in groups only a bot that is an administrator is told.
    pub async fn reacts(&self, to: &Sent, emoji: &str) {
        self.act(|world, now| {
            let body = json!({
                "chat": world.chats[&to.chat].json(), "message_id": to.id, "user": world.user(self.id),
                "date": now / 1000, "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": emoji}],
            });
            let chat = &world.chats[&to.chat];
            if chat.kind == Kind::Private || chat.bot_rules() {
                world.tell("message_reaction", body);
            }
        })
        .await;
    }

    /// Blocks the bot.
    pub async fn blocks_the_bot(&self) {
        self.act(|world, now| world.place_bot(self.id, self.id, Standing::Kicked, now)).await;
    }

    /// Takes that back.
    pub async fn unblocks_the_bot(&self) {
        self.act(|world, now| world.place_bot(self.id, self.id, Standing::Member, now)).await;
    }

    /// Deletes the account.
    pub async fn deletes_account(&self) {
        self.act(|world, _| {
            if let Some(chat) = world.chats.get_mut(&self.id) {
                chat.closed = Some(Closed::Deactivated);
                chat.members.remove(&BOT);
            }
        })
        .await;
    }
}
