//! What a person sees: the answer to what they did, or a message in a channel.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::super::world::{Id, MessageRecord, Shared, World};

/// What came of something a person did, or a message they see. It is as it was when it was looked at; [`Response::now`]
/// looks again.
#[derive(Clone)]
pub struct Response {
    shared: Arc<Shared>,
    pub(super) interaction: Option<Id>,
    pub(super) channel: Id,
    /// The type of the callback; nothing if none came or this is a post.
    pub kind: Option<u64>,
    /// How long the callback took.
    pub after: Option<Duration>,
    /// The message that was made or changed.
    pub message: Option<Value>,
    /// The form that was shown.
    pub modal: Option<Value>,
    /// The suggestions that were made, as `name` and `value`.
    pub choices: Vec<(String, Value)>,
}

/// A button as a message shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// What it says; empty if it shows an emoji alone.
    pub label: String,
    /// What it sends; empty for links.
    pub custom_id: String,
    /// Whether it can't be pressed.
    pub disabled: bool,
    /// The style, 1 to 6.
    pub style: u64,
    /// Where it leads, if it is a link.
    pub url: Option<String>,
}

impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("kind", &self.kind)
            .field("private", &self.is_private())
            .field("text", &self.text())
            .field("buttons", &self.buttons())
            .field("modal", &self.modal)
            .field("choices", &self.choices)
            .finish_non_exhaustive()
    }
}

impl Response {
    pub(super) fn of_message(shared: &Arc<Shared>, message: &MessageRecord) -> Self {
        Self {
            shared: Arc::clone(shared),
            interaction: message.interaction,
            channel: message.channel,
            kind: None,
            after: None,
            message: Some(message.json.clone()),
            modal: None,
            choices: Vec::new(),
        }
    }

    pub(super) fn of_interaction(shared: &Arc<Shared>, world: &World, id: Id) -> Self {
        let record = &world.interactions[&id];
        let choice =
            |choice: &Value| (choice["name"].as_str().unwrap_or("").to_owned(), choice["value"].clone());
        Self {
            shared: Arc::clone(shared),
            interaction: Some(id),
            channel: record.channel,
            kind: record.answered.map(|(kind, _)| kind),
            after: record.answered.map(|(_, after)| after),
            message: record.original.and_then(|id| world.message(id)).map(|message| message.json.clone()),
            modal: record.modal.clone(),
            choices: record.choices.iter().flatten().map(choice).collect(),
        }
    }

    /// The message's id, if there is a message.
    #[must_use]
    pub fn id(&self) -> Option<Id> {
        self.message.as_ref()?["id"].as_str()?.parse().ok()
    }

    /// Whether the program left it unanswered.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.interaction.is_some() && self.kind.is_none() && self.message.is_none()
    }

    /// Whether only the person who acted sees it.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.message.as_ref().is_some_and(World::is_private)
    }

    /// The same message as it is now; nothing if it was deleted.
    #[must_use]
    pub fn now(&self) -> Option<Self> {
        let world = self.shared.world();
        let message = world.message(self.id()?)?;
        Some(Self { message: Some(message.json.clone()), ..self.clone() })
    }

    /// The further messages that the same interaction's token was used for.
    #[must_use]
    pub fn follow_ups(&self) -> Vec<Self> {
        let world = self.shared.world();
        let record = self.interaction.and_then(|id| world.interactions.get(&id));
        let ids = record.map_or(&[][..], |record| record.follow_ups.as_slice());
        let others = ids.iter().filter(|id| Some(**id) != self.id());
        others
            .filter_map(|id| world.message(*id))
            .map(|message| Self::of_message(&self.shared, message))
            .collect()
    }

    /// All that the message says in prose, top to bottom, a line between the pieces; what stands for pictures is in it,
    /// as a screen reader would say it. Labels are not.
    #[must_use]
    pub fn text(&self) -> String {
        let Some(message) = &self.message else { return String::new() };
        let mut pieces: Vec<&str> = message["content"].as_str().into_iter().collect();
        for embed in message["embeds"].as_array().into_iter().flatten() {
            pieces.extend(["title", "description"].into_iter().filter_map(|field| embed[field].as_str()));
        }
        for shown in self.components() {
            pieces.extend(shown["content"].as_str().filter(|_| shown["type"] == 10));
            let items = shown["items"].as_array().into_iter().flatten();
            pieces.extend(items.filter_map(|item| item["description"].as_str()));
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces.join("\n")
    }

    /// All buttons, top to bottom.
    #[must_use]
    pub fn buttons(&self) -> Vec<Button> {
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let button = |one: &Value| Button {
            label: text(&one["label"]),
            custom_id: text(&one["custom_id"]),
            disabled: one["disabled"] == true,
            style: one["style"].as_u64().unwrap_or(0),
            url: one["url"].as_str().map(str::to_owned),
        };
        self.components().into_iter().filter(|one| one["type"] == 2).map(button).collect()
    }

    /// The `custom_id` of the button with this label, or else of the only one whose label contains it.
    ///
    /// # Panics
    ///
    /// When there is none, or there are several.
    #[must_use]
    pub fn button(&self, label: &str) -> String {
        let buttons = self.buttons();
        let exact = buttons.iter().find(|button| button.label == label);
        let near: Vec<_> = buttons.iter().filter(|button| button.label.contains(label)).collect();
        match (exact, &near[..]) {
            (Some(button), _) => button.custom_id.clone(),
            (None, [button]) => button.custom_id.clone(),
            _ => panic!("no one button {label:?} on {self:#?}"),
        }
    }

    /// All select menus, top to bottom, as they were sent.
    #[must_use]
    pub fn menus(&self) -> Vec<Value> {
        let menus = self.components().into_iter();
        menus.filter(|one| matches!(one["type"].as_u64(), Some(3 | 5..=8))).cloned().collect()
    }

    /// The files of the message: name and contents.
    #[must_use]
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let world = self.shared.world();
        let listed = self.message.iter().filter_map(|message| message["attachments"].as_array()).flatten();
        let read = |file: &Value| {
            let path = file["url"].as_str()?.split_once(&self.shared.address)?.1;
            Some((file["filename"].as_str()?.to_owned(), world.files.get(path)?.clone()))
        };
        listed.filter_map(read).collect()
    }

    /// All components, each before those in it.
    #[must_use]
    pub fn components(&self) -> Vec<&Value> {
        fn walk<'a>(node: &'a Value, all: &mut Vec<&'a Value>) {
            for one in node.as_array().into_iter().flatten() {
                all.push(one);
                walk(&one["components"], all);
                if one["accessory"].is_object() {
                    all.push(&one["accessory"]);
                }
            }
        }
        let mut all = Vec::new();
        if let Some(message) = &self.message {
            walk(&message["components"], &mut all);
        }
        all
    }
}
