//! Where something is to be sent, and whether it may.

use serde_json::Value;

use super::{Call, Refusal};
use crate::telegram::rules::keyboard;
use crate::telegram::world::World;
use crate::telegram::world::chat::{Closed, Kind};
use crate::telegram::world::message::{Author, Message};

/// The chat that a call is about.
pub(super) fn chat(world: &World, call: &Call) -> Result<i64, Refusal> {
    let given = call.body.get("chat_id").ok_or_else(|| Refusal::blunder("Bad Request: chat_id is empty"))?;
    world.find(given).ok_or_else(|| Refusal::new(400, "Bad Request: chat not found"))
}

/// The chat that a call is about, which the bot must be able to see.
pub(super) fn visible(world: &World, call: &Call, what: &str) -> Result<i64, Refusal> {
    let chat = chat(world, call)?;
    let place = &world.chats[&chat];
    place.admits(what).map_err(|(code, description)| {
        let mut refusal = Refusal::new(code, description);
        if let Some(Closed::Migrated(to)) = place.closed {
            refusal.parameters = Some(serde_json::json!({ "migrate_to_chat_id": to }));
        }
        refusal
    })?;
    Ok(chat)
}

/// A message that may be sent into `chat`, with nothing in it yet.
pub(super) fn draft(world: &World, chat: i64, call: &Call) -> Result<Message, Refusal> {
    let place = &world.chats[&chat];
    let mut message = Message::new(Author::Bot, call.now);
    message.sent = Value::Object(call.body.clone());
    message.method = call.method.to_owned();
    message.files.clone_from(&call.files);
    message.markup = call.body.get("reply_markup").cloned();
    keyboard::check(message.markup.as_ref()).map_err(Refusal::blunder)?;
    if let Some(thread) = call.number("message_thread_id") {
        let topic = place.kind == Kind::Forum && place.topics.contains_key(&thread);
        if !topic {
            return Err(Refusal::new(400, "Bad Request: message thread not found"));
        }
        message.thread = Some(thread);
    }
    if let Some(reply) = call.body.get("reply_parameters") {
        let there = |id: &i64| place.messages.get(id).is_some_and(|original| !original.deleted);
        message.reply_to = reply["message_id"].as_i64().filter(there);
        let without = reply["allow_sending_without_reply"].as_bool().unwrap_or_default();
        if message.reply_to.is_none() && !without {
            return Err(Refusal::new(400, "Bad Request: message to be replied not found"));
        }
    }
    Ok(message)
}

/// Counts messages against floods.
pub(super) fn flood(world: &mut World, chat: i64, count: usize, call: &Call) -> Result<(), Refusal> {
    if !world.switches.floods {
        return Ok(());
    }
    for _ in 0..count {
        if let Err(over) = world.flood.send(chat, call.now) {
            world.refused += 1;
            if over.impatient {
                world.complain(format!("{}: sent to {chat} again before retry_after was over", call.method));
            }
            return Err(Refusal::wait(over.retry_after));
        }
    }
    Ok(())
}
