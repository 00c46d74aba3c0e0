//! Sending texts, rich messages and polls.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::place::{draft, flood, visible};
use super::{Answer, Call, Refusal};
use crate::telegram::rules::{html::Parsed, poll as polls, rich as richly, text};
use crate::telegram::world::World;
use crate::telegram::world::chat::Kind;
use crate::telegram::world::message::Message;
use crate::telegram::world::poll::Poll;

/// Puts a parsed text under `key` into a message.
pub(super) fn write(world: &mut World, message: &mut Message, key: &str, parsed: Parsed) {
    for doubt in parsed.dubious {
        world.complain(format!("{}: {doubt}", message.method));
    }
    message.content.clear();
    if parsed.text.is_empty() {
        return;
    }
    let entities = if key == "text" { "entities" } else { "caption_entities" };
    if !parsed.entities.is_empty() {
        message.content.insert(entities.into(), Value::Array(parsed.entities));
    }
    message.text = parsed.text.clone();
    message.content.insert(key.into(), parsed.text.into());
}

/// What a rich message is when it is read back: its text in one paragraph.
pub(super) fn enrich(message: &mut Message, rich: richly::Rich) {
    message.content.clear();
    let blocks = json!({"blocks": [{"type": "paragraph", "text": rich.text}]});
    message.content.insert("rich_message".into(), blocks);
    message.text = rich.text;
}

pub(super) fn message(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "messages")?;
    let parsed = text::message(&call.body).map_err(Refusal::blunder)?;
    let mut message = draft(world, chat, call)?;
    write(world, &mut message, "text", parsed);
    flood(world, chat, 1, call)?;
    let id = world.post(chat, message);
    Ok(world.show(chat, id))
}

pub(super) fn rich(world: &mut World, call: &Call) -> Answer {
    if !world.switches.rich {
        return Err(Refusal::new(404, "Not Found: method not found"));
    }
    let chat = visible(world, call, "messages")?;
    let given = call.body.get("rich_message").unwrap_or(&Value::Null);
    let rich = richly::check(given).map_err(Refusal::blunder)?;
    if rich.tags.iter().any(|tag| tag == "tg-thinking") {
        return Err(Refusal::blunder("Bad Request: RICH_MESSAGE_THINKING_NOT_ALLOWED"));
    }
    let mut message = draft(world, chat, call)?;
    enrich(&mut message, rich);
    flood(world, chat, 1, call)?;
    let id = world.post(chat, message);
    Ok(world.show(chat, id))
}

pub(super) fn poll(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "polls")?;
    let poll = polls::draft(&call.body, call.now.div_euclid(1000)).map_err(Refusal::blunder)?;
    if world.chats[&chat].kind == Kind::Channel && !poll.anonymous {
        return Err(Refusal::blunder("Bad Request: non-anonymous polls can't be sent to channel chats"));
    }
    for doubt in &poll.dubious {
        world.complain(format!("sendPoll: {doubt}"));
    }
    let mut message = draft(world, chat, call)?;
    message.text.clone_from(&poll.question);
    flood(world, chat, 1, call)?;
    let poll_id = (5_000_000_000_000_000_000 + world.fresh()).to_string();
    message.poll = Some(poll_id.clone());
    let id = world.post(chat, message);
    let closes = poll.seconds.map(|seconds| call.now + seconds * 1000);
    let closed = call.body.get("is_closed").and_then(Value::as_bool).unwrap_or_default();
    world.closing.extend(closes.map(|at| (at, poll_id.clone())));
    let poll =
        Poll { id: poll_id.clone(), chat, message: id, draft: poll, closes, closed, votes: BTreeMap::new() };
    world.polls.insert(poll_id, poll);
    Ok(world.show(chat, id))
}
