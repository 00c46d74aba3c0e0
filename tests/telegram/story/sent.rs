//! What the bot sent, looked at by a test: messages, polls, and answers to what people pressed or asked.

use std::ops::Deref;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::telegram::methods::shared_text;
use crate::telegram::server::Shared;
use crate::telegram::world::Upload;
use crate::telegram::world::message::Message;

/// A message that a person wrote.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub(super) id: i64,
}

impl Said {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }
}

/// A button of an inline keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub text: String,
    /// What it sends to the bot.
    pub data: Option<String>,
    /// Where it leads.
    pub url: Option<String>,
}

/// A message that the bot sent. What it says is read anew each time, so that changes show.
#[derive(Clone)]
pub struct Sent {
    pub(super) shared: Arc<Shared>,
    pub(super) chat: i64,
    pub(super) id: i64,
    pub(super) seen: usize,
}

impl Sent {
    fn read<T>(&self, read: impl FnOnce(&Message) -> T) -> T {
        read(&self.shared.world().chats[&self.chat].messages[&self.id])
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// What people read: the text, the caption or the poll's question, without markup.
    #[must_use]
    pub fn text(&self) -> String {
        self.read(|message| message.text.clone())
    }

    /// What the bot sent last for it, as parameters.
    #[must_use]
    pub fn parameters(&self) -> Value {
        self.read(|message| message.sent.clone())
    }

    /// The method that it was sent or last changed with.
    #[must_use]
    pub fn method(&self) -> String {
        self.read(|message| message.method.clone())
    }

    /// As the Bot API shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        self.shared.world().show(self.chat, self.id)
    }

    /// Whether any span is of this type: `spoiler`, `expandable_blockquote`, `code` and so on.
    #[must_use]
    pub fn has(&self, entity: &str) -> bool {
        self.read(|message| {
            let lists = ["entities", "caption_entities"]
                .iter()
                .filter_map(|key| message.content.get(*key)?.as_array());
            lists.flatten().any(|found| found["type"] == entity)
        })
    }

    /// Its topic.
    #[must_use]
    pub fn thread(&self) -> Option<i64> {
        self.read(|message| message.thread)
    }

    /// What it answers.
    #[must_use]
    pub fn reply_to(&self) -> Option<i64> {
        self.read(|message| message.reply_to)
    }

    /// The files in it.
    #[must_use]
    pub fn files(&self) -> Vec<Upload> {
        self.read(|message| message.files.clone())
    }

    /// Whether the bot deleted it.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.read(|message| message.deleted)
    }

    /// The buttons under it, row after row.
    #[must_use]
    pub fn buttons(&self) -> Vec<Button> {
        let markup = self.read(|message| message.markup.clone()).unwrap_or_default();
        let rows = markup["inline_keyboard"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        rows.iter()
            .filter_map(Value::as_array)
            .flatten()
            .map(|button| Button {
                text: text(&button["text"]).unwrap_or_default(),
                data: text(&button["callback_data"]),
                url: text(&button["url"]),
            })
            .collect()
    }

    /// Waits until the bot changes it, once for each call.
    pub async fn edited(&mut self) -> String {
        let (chat, id, seen) = (self.chat, self.id, self.seen);
        let what = format!("message {id} to change");
        let text = self
            .shared
            .until(&what, |world| {
                let message = world.chats.get(&chat)?.messages.get(&id)?;
                (message.edits > seen).then(|| message.text.clone())
            })
            .await;
        self.seen += 1;
        text
    }

    /// Waits until the bot deletes it.
    pub async fn deleted(&self) {
        let what = format!("message {} to be deleted", self.id);
        let look = |world: &mut crate::telegram::world::World| {
            world.chats.get(&self.chat)?.messages.get(&self.id)?.deleted.then_some(())
        };
        self.shared.until(&what, look).await;
    }
}

/// A message with a poll.
#[derive(Clone)]
pub struct PollSent {
    sent: Sent,
    pub(super) poll: String,
}

impl Deref for PollSent {
    type Target = Sent;

    fn deref(&self) -> &Sent {
        &self.sent
    }
}

impl PollSent {
    pub(super) fn of(sent: Sent) -> Self {
        let poll = sent.read(|message| message.poll.clone()).expect("a poll");
        Self { sent, poll }
    }

    /// The poll's id.
    #[must_use]
    pub fn poll_id(&self) -> &str {
        &self.poll
    }

    /// As the Bot API shows it.
    #[must_use]
    pub fn poll(&self) -> Value {
        self.shared.world().polls[&self.poll].json(true)
    }

    /// The options, in the order in which the bot sent them.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        self.shared.world().polls[&self.poll].draft.options.clone()
    }

    /// The right options.
    #[must_use]
    pub fn correct(&self) -> Vec<usize> {
        self.shared.world().polls[&self.poll].draft.correct.clone()
    }

    /// A wrong option.
    #[must_use]
    pub fn wrong(&self) -> usize {
        let right = self.correct();
        (0..self.options().len()).find(|n| !right.contains(n)).expect("a wrong option")
    }

    /// Whether it is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.shared.world().polls[&self.poll].closed
    }

    /// Waits until it is closed, by the bot or by time.
    pub async fn closed(&self) {
        let what = format!("the poll {:?} to close", self.text());
        self.shared.until(&what, |world| world.polls.get(&self.poll)?.closed.then_some(())).await;
    }
}

/// A button that was pressed.
pub struct Click {
    pub(super) shared: Arc<Shared>,
    pub(super) id: String,
}

impl Click {
    /// Waits for the bot's answer and gives its text, which is empty when it only stops the spinner.
    pub async fn answer(&self) -> String {
        self.answered().await["text"].as_str().unwrap_or_default().to_owned()
    }

    /// Waits for the bot's answer with all its parameters.
    pub async fn answered(&self) -> Value {
        self.shared.until("an answer to a button", |world| world.presses.get(&self.id)?.answer.clone()).await
    }
}

/// An inline query.
pub struct InlineAsked {
    pub(super) shared: Arc<Shared>,
    pub(super) id: String,
}

impl InlineAsked {
    /// Waits for the bot's results.
    pub async fn results(&self) -> Vec<Value> {
        let answer =
            self.shared.until("inline results", |world| world.asked.get(&self.id)?.answer.clone()).await;
        answer["results"].as_array().cloned().unwrap_or_default()
    }

    /// Chooses the `n`th result: it is sent, and the bot is told. Gives the `inline_message_id`.
    pub async fn chooses(&self, n: usize) -> String {
        let results = self.results().await;
        let result = results.get(n).unwrap_or_else(|| panic!("there are {} results", results.len()));
        let mut world = self.shared.world();
        let message = format!("AgAAA-inline-{}", world.fresh());
        let text = shared_text(&result["input_message_content"]).expect("content that was accepted");
        let markup = result.get("reply_markup").cloned().unwrap_or_default();
        world.shared.insert(message.clone(), json!({"text": text, "reply_markup": markup, "edits": 0}));
        let asked = world.asked[&self.id].clone();
        let mut body = json!({
            "result_id": result["id"], "from": world.user(asked.person), "query": asked.query,
        });
        // Telegram names the message only when a keyboard hangs under it.
        if !markup.is_null() {
            body["inline_message_id"] = message.clone().into();
        }
        world.tell("chosen_inline_result", body);
        drop(world);
        self.shared.wake();
        message
    }

    /// What the chosen message says now, after `edits` changes.
    pub async fn shared_text(&self, message: &str, edits: i64) -> String {
        let what = format!("the shared message to change {edits} times");
        let look = |world: &mut crate::telegram::world::World| {
            let shared = world.shared.get(message)?;
            let enough = shared["edits"].as_i64().unwrap_or_default() >= edits;
            enough.then(|| shared["text"].as_str().unwrap_or_default().to_owned())
        };
        self.shared.until(&what, look).await
    }
}
