//! Chats and the people in them, as the Bot API shows them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::message::Message;
use super::{BOT, World};

/// Somebody with a telephone.
#[derive(Debug, Clone)]
pub struct Person {
    /// The first name.
    pub first: String,
    /// The last name.
    pub last: Option<String>,
    /// The name after the `@`.
    pub username: Option<String>,
    /// The language of the app.
    pub language: String,
}

impl Person {
    /// As a `User`.
    #[must_use]
    pub fn json(&self, id: i64) -> Value {
        let mut user = Map::new();
        user.insert("id".into(), id.into());
        user.insert("is_bot".into(), false.into());
        user.insert("first_name".into(), self.first.clone().into());
        user.insert("language_code".into(), self.language.clone().into());
        for (key, value) in [("last_name", &self.last), ("username", &self.username)] {
            if let Some(value) = value {
                user.insert(key.into(), value.clone().into());
            }
        }
        Value::Object(user)
    }
}

/// What sort of chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One person and the bot.
    Private,
    /// A small group.
    Group,
    /// A large one.
    Supergroup,
    /// A large one with topics.
    Forum,
    /// A channel.
    Channel,
}

/// What somebody is in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its owner.
    Creator,
    /// An administrator.
    Administrator,
    /// An administrator who speaks as the group.
    Anonymous,
    /// Anybody.
    Member,
    /// Gone.
    Left,
    /// Thrown out; in a private chat, the bot is blocked.
    Kicked,
}

/// Why nothing can be sent to a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It was deleted.
    Deleted,
    /// It became this supergroup.
    Migrated(i64),
    /// The person's account is gone.
    Deactivated,
    /// The person never wrote to the bot.
    Unstarted,
}

/// A chat.
#[derive(Debug)]
pub struct Chat {
    /// Its id.
    pub id: i64,
    /// Its kind.
    pub kind: Kind,
    /// Its title, or the person's first name.
    pub title: String,
    /// The name after the `@`.
    pub username: Option<String>,
    /// Topics of a forum.
    pub topics: BTreeMap<i64, String>,
    /// Who is in it; the bot too.
    pub members: BTreeMap<i64, Standing>,
    /// Why nothing can be sent.
    pub closed: Option<Closed>,
    /// What members, the bot among them, may not send: `messages`, `polls`, `photos`, `documents`.
    pub forbidden: Vec<&'static str>,
    /// Its messages.
    pub messages: BTreeMap<i64, Message>,
    /// The last message's id.
    pub last: i64,
    /// What the bot is said to be doing: `sendChatAction`.
    pub action: Option<String>,
}

impl Chat {
    /// An empty chat.
    #[must_use]
    pub fn new(id: i64, kind: Kind, title: &str) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            username: None,
            topics: BTreeMap::new(),
            members: BTreeMap::new(),
            closed: None,
            forbidden: Vec::new(),
            messages: BTreeMap::new(),
            last: 0,
            action: None,
        }
    }

    /// What the bot is here.
    #[must_use]
    pub fn bot(&self) -> Standing {
        self.members.get(&BOT).copied().unwrap_or(Standing::Left)
    }

    /// Whether the bot administers the chat.
    #[must_use]
    pub fn bot_rules(&self) -> bool {
        self.bot() == Standing::Administrator
    }

    /// As a `Chat`.
    #[must_use]
    pub fn json(&self) -> Value {
        let kind = match self.kind {
            Kind::Private => "private",
            Kind::Group => "group",
            Kind::Supergroup | Kind::Forum => "supergroup",
            Kind::Channel => "channel",
        };
        let mut chat = json!({"id": self.id, "type": kind});
        let name = if self.kind == Kind::Private { "first_name" } else { "title" };
        chat[name] = self.title.clone().into();
        if let Some(username) = &self.username {
            chat["username"] = username.clone().into();
        }
        if self.kind == Kind::Forum {
            chat["is_forum"] = true.into();
        }
        chat
    }

    /// As a `ChatFullInfo`.
    #[must_use]
    pub fn full(&self) -> Value {
        let mut chat = self.json();
        chat["accent_color_id"] = 0.into();
        chat["max_reaction_count"] = 11.into();
        chat["accepted_gift_types"] = json!({
            "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
            "premium_subscription": false, "gifts_from_channels": false,
        });
        if self.kind != Kind::Private {
            let may = |what: &str| !self.forbidden.contains(&what);
            chat["permissions"] = json!({
                "can_send_messages": may("messages"), "can_send_audios": true, "can_send_documents": may("documents"),
                "can_send_photos": may("photos"), "can_send_videos": true, "can_send_video_notes": true,
                "can_send_voice_notes": true, "can_send_polls": may("polls"), "can_send_other_messages": true,
                "can_add_web_page_previews": true, "can_change_info": false, "can_invite_users": true,
                "can_pin_messages": false, "can_manage_topics": false, "can_react_to_messages": true,
                "can_edit_tag": false,
            });
        }
        chat
    }

    /// Whether the bot may send `what` here.
    ///
    /// # Errors
    ///
    /// The refusal as status and description, as collected at <https://github.com/TelegramBotAPI/errors>.
    pub fn admits(&self, what: &str) -> Result<(), (u16, String)> {
        let forbidden = |text: &str| Err((403, format!("Forbidden: {text}")));
        let name = match self.kind {
            Kind::Private | Kind::Group => "group chat",
            Kind::Supergroup | Kind::Forum => "supergroup chat",
            Kind::Channel => "channel chat",
        };
        match self.closed {
            Some(Closed::Deleted) => return forbidden("the group chat was deleted"),
            Some(Closed::Migrated(_)) => {
                return Err((400, "Bad Request: group chat was upgraded to a supergroup chat".into()));
            }
            Some(Closed::Deactivated) => return forbidden("user is deactivated"),
            Some(Closed::Unstarted) => return forbidden("bot can't initiate conversation with a user"),
            None => {}
        }
        match (self.kind, self.bot()) {
            (Kind::Private, Standing::Kicked) => return forbidden("bot was blocked by the user"),
            (Kind::Private, _) => return Ok(()),
            (_, Standing::Kicked) => return forbidden(&format!("bot was kicked from the {name}")),
            (_, Standing::Left) => return forbidden(&format!("bot is not a member of the {name}")),
            (Kind::Channel, Standing::Member) => {
                return Err((400, "Bad Request: need administrator rights in the channel chat".into()));
            }
            _ => {}
        }
        if !self.bot_rules() && self.forbidden.contains(&"messages") {
            return Err((400, "Bad Request: not enough rights to send text messages to the chat".into()));
        }
        if !self.bot_rules() && self.forbidden.contains(&what) {
            return Err((400, format!("Bad Request: not enough rights to send {what} to the chat")));
        }
        Ok(())
    }
}

impl World {
    /// Somebody's place in a chat, as a `ChatMember`.
    #[must_use]
    pub fn member(&self, chat: &Chat, id: i64) -> Value {
        let standing = chat.members.get(&id).copied().unwrap_or(Standing::Left);
        let user = self.user(id);
        match standing {
            Standing::Creator => json!({"status": "creator", "user": user, "is_anonymous": false}),
            Standing::Administrator | Standing::Anonymous => json!({
                "status": "administrator", "user": user, "can_be_edited": false,
                "is_anonymous": standing == Standing::Anonymous, "can_manage_chat": true,
                "can_delete_messages": true, "can_manage_video_chats": true, "can_restrict_members": true,
                "can_promote_members": false, "can_change_info": true, "can_invite_users": true,
                "can_post_stories": false, "can_edit_stories": false, "can_delete_stories": false,
                "can_post_messages": true, "can_edit_messages": true, "can_pin_messages": true,
                "can_manage_topics": true,
            }),
            Standing::Member => json!({"status": "member", "user": user}),
            Standing::Left => json!({"status": "left", "user": user}),
            Standing::Kicked => json!({"status": "kicked", "user": user, "until_date": 0}),
        }
    }

    /// Changes what the bot is in a chat, and tells it.
    pub fn place_bot(&mut self, chat: i64, by: i64, standing: Standing, now: i64) {
        let Some(place) = self.chats.get(&chat) else { return };
        let old = self.member(place, BOT);
        if let Some(place) = self.chats.get_mut(&chat) {
            place.members.insert(BOT, standing);
        }
        let Some(place) = self.chats.get(&chat) else { return };
        let body = json!({
            "chat": place.json(), "from": self.user(by), "date": now / 1000,
            "old_chat_member": old, "new_chat_member": self.member(place, BOT),
        });
        self.tell("my_chat_member", body);
    }

    /// The chat that a `chat_id` names, by number or by `@name`.
    #[must_use]
    pub fn find(&self, chat: &Value) -> Option<i64> {
        if let Some(name) = chat.as_str().and_then(|name| name.strip_prefix('@')) {
            let named = |chat: &&Chat| chat.username.as_deref() == Some(name);
            return self.chats.values().find(named).map(|chat| chat.id);
        }
        let id = chat.as_i64().or_else(|| chat.as_str()?.parse().ok())?;
        self.chats.contains_key(&id).then_some(id)
    }
}
