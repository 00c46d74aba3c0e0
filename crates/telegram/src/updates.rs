//! What Telegram tells, as far as Viva listens: read from the JSON of an update, kind by kind.
//!
//! teloxide's types read it, but for votes: theirs panic upon a vote without a voter. A kind that nobody asked for,
//! or that does not look as it should, is no update at all, and never an error.

use serde::Deserialize;
use serde_json::value::RawValue;
use teloxide_core::types::{CallbackQuery, ChatMemberUpdated, InlineQuery, Message};

/// The kinds that Telegram is asked for. <https://core.telegram.org/bots/api#update>
pub(crate) const KINDS: [&str; 6] =
    ["message", "channel_post", "callback_query", "poll_answer", "inline_query", "my_chat_member"];

/// An update.
pub(crate) struct Update {
    pub(crate) id: i64,
    pub(crate) what: What,
}

/// What happened.
pub(crate) enum What {
    /// Somebody wrote, in a chat or a channel.
    Message(Box<Message>),
    /// Somebody pressed a button.
    Press(Box<CallbackQuery>),
    /// Somebody voted.
    Vote(Box<Vote>),
    /// Somebody types behind the bot's name.
    Inline(Box<InlineQuery>),
    /// Somebody lets the bot in or puts it out.
    Membership(Box<ChatMemberUpdated>),
    /// Something else.
    Nothing,
}

/// A vote in a poll. <https://core.telegram.org/bots/api#pollanswer>
#[derive(Debug, Deserialize)]
pub(crate) struct Vote {
    pub(crate) poll_id: String,
    /// Missing if a chat votes.
    pub(crate) user: Option<teloxide_core::types::User>,
    pub(crate) voter_chat: Option<Voter>,
    /// Empty if the vote is taken back.
    pub(crate) option_ids: Vec<usize>,
}

/// A chat that votes.
#[derive(Debug, Deserialize)]
pub(crate) struct Voter {
    pub(crate) id: i64,
    pub(crate) title: Option<String>,
}

#[derive(Deserialize)]
struct Envelope<'u> {
    update_id: i64,
    #[serde(borrow)]
    message: Option<&'u RawValue>,
    #[serde(borrow)]
    channel_post: Option<&'u RawValue>,
    #[serde(borrow)]
    callback_query: Option<&'u RawValue>,
    #[serde(borrow)]
    poll_answer: Option<&'u RawValue>,
    #[serde(borrow)]
    inline_query: Option<&'u RawValue>,
    #[serde(borrow)]
    my_chat_member: Option<&'u RawValue>,
}

/// Reads an update; `None` if it is none.
pub(crate) fn read(json: &str) -> Option<Update> {
    let envelope: Envelope<'_> = serde_json::from_str(json).ok()?;
    let id = envelope.update_id;
    let what = if let Some(message) = envelope.message.or(envelope.channel_post) {
        of(message, id, What::Message)
    } else if let Some(press) = envelope.callback_query {
        of(press, id, What::Press)
    } else if let Some(vote) = envelope.poll_answer {
        of(vote, id, What::Vote)
    } else if let Some(query) = envelope.inline_query {
        of(query, id, What::Inline)
    } else if let Some(membership) = envelope.my_chat_member {
        of(membership, id, What::Membership)
    } else {
        What::Nothing
    };
    Some(Update { id, what })
}

fn of<T: for<'de> Deserialize<'de>>(json: &RawValue, id: i64, what: impl FnOnce(Box<T>) -> What) -> What {
    match serde_json::from_str(json.get()) {
        Ok(read) => what(Box::new(read)),
        Err(error) => {
            tracing::debug!(%error, id, "an update does not look as it should");
            What::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_left_alone() {
        for (json, known) in [
            (r#"{"update_id": 1, "poll_answer": {"poll_id": "5", "option_ids": [0]}}"#, true),
            (r#"{"update_id": 1, "poll_answer": {"poll_id": 5}}"#, false),
            (r#"{"update_id": 1, "unknown_kind": {"a": 1}}"#, false),
            (r#"{"update_id": 1, "message": {"message_id": "x"}}"#, false),
        ] {
            let update = read(json).expect("an update");
            assert_eq!(!matches!(update.what, What::Nothing), known, "{json}");
        }
        for json in ["", "[]", "{}", "{\"update_id\":\"x\"}"] {
            assert!(read(json).is_none(), "{json}");
        }
    }
}
