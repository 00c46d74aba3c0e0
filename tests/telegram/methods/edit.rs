//! Changing, closing and deleting what was sent.

use serde_json::{Value, json};

use super::media::{held, named};
use super::place::visible;
use super::send::{enrich, write};
use super::{Answer, Call, Refusal};
use crate::telegram::rules::{keyboard, rich, text as texts};
use crate::telegram::world::World;
use crate::telegram::world::message::{Author, Message};

const SAME: &str = "Bad Request: message is not modified: specified new message content and reply markup are exactly \
                    the same as a current content and reply markup of the message";

/// Changes one message with `change`, which sees the message with the new keyboard already in it.
fn edit(
    world: &mut World,
    call: &Call,
    change: impl FnOnce(&mut World, &mut Message) -> Result<(), Refusal>,
) -> Answer {
    let markup = call.body.get("reply_markup").cloned();
    keyboard::check(markup.as_ref()).map_err(Refusal::blunder)?;
    if let Some(shared) = call.body.get("inline_message_id").and_then(Value::as_str) {
        let old = world.shared.get(shared).cloned();
        let old = old.ok_or_else(|| Refusal::new(400, "Bad Request: MESSAGE_ID_INVALID"))?;
        let mut message = Message::new(Author::Bot, call.now);
        message.method = call.method.to_owned();
        change(world, &mut message)?;
        let mut new = old.clone();
        if !message.text.is_empty() {
            new["text"] = message.text.into();
        }
        new["reply_markup"] = markup.unwrap_or_default();
        if new == old {
            return Err(Refusal::new(400, SAME));
        }
        new["edits"] = (old["edits"].as_i64().unwrap_or_default() + 1).into();
        world.shared.insert(shared.to_owned(), new);
        return Ok(true.into());
    }
    let chat = visible(world, call, "messages")?;
    let id = call.number("message_id").unwrap_or_default();
    let found = world.chats[&chat].messages.get(&id).filter(|message| !message.deleted);
    let old = found.cloned().ok_or_else(|| Refusal::new(400, "Bad Request: message to edit not found"))?;
    if old.author != Author::Bot {
        return Err(Refusal::blunder("Bad Request: message can't be edited"));
    }
    let mut new = old.clone();
    // A keyboard that is not sent again is taken away.
    new.markup =
        markup.filter(|markup| markup["inline_keyboard"].as_array().is_some_and(|rows| !rows.is_empty()));
    new.method = call.method.to_owned();
    change(world, &mut new)?;
    if new.content == old.content && new.markup == old.markup {
        return Err(Refusal::new(400, SAME));
    }
    new.sent = Value::Object(call.body.clone());
    new.edits += 1;
    new.edited = Some(call.now / 1000);
    if let Some(place) = world.chats.get_mut(&chat) {
        place.messages.insert(id, new);
    }
    Ok(world.show(chat, id))
}

pub(super) fn text(world: &mut World, call: &Call) -> Answer {
    edit(world, call, |world, message| {
        let wordless = ["photo", "document"].iter().any(|kind| message.content.contains_key(*kind));
        if wordless || message.poll.is_some() {
            return Err(Refusal::blunder("Bad Request: there is no text in the message to edit"));
        }
        if let Some(given) = call.body.get("rich_message") {
            enrich(message, rich::check(given).map_err(Refusal::blunder)?);
            return Ok(());
        }
        let parsed = texts::message(&call.body).map_err(Refusal::blunder)?;
        write(world, message, "text", parsed);
        Ok(())
    })
}

pub(super) fn caption(world: &mut World, call: &Call) -> Answer {
    edit(world, call, |world, message| {
        let kept: Vec<_> = ["photo", "document", "media_group_id"]
            .iter()
            .filter_map(|key| message.content.remove_entry(*key))
            .collect();
        if kept.is_empty() {
            return Err(Refusal::blunder("Bad Request: there is no caption in the message to edit"));
        }
        let parsed = texts::caption(&call.body).map_err(Refusal::blunder)?;
        message.text.clear();
        write(world, message, "caption", parsed);
        message.content.extend(kept);
        Ok(())
    })
}

pub(super) fn media(world: &mut World, call: &Call) -> Answer {
    edit(world, call, |world, message| {
        let media = call.body.get("media").cloned().unwrap_or_default();
        let kind = media["type"].as_str().unwrap_or_default();
        let (file, upload) =
            named(world, call, media["media"].as_str().unwrap_or_default(), kind == "photo")?;
        let empty = serde_json::Map::new();
        let parsed = texts::caption(media.as_object().unwrap_or(&empty)).map_err(Refusal::blunder)?;
        message.text.clear();
        write(world, message, "caption", parsed);
        message.content.insert(kind.to_owned(), held(kind, file));
        message.files = upload.into_iter().collect();
        Ok(())
    })
}

pub(super) fn markup(world: &mut World, call: &Call) -> Answer {
    edit(world, call, |_, _| Ok(()))
}

pub(super) fn stop_poll(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "messages")?;
    let id = call.number("message_id").unwrap_or_default();
    let found = world.chats[&chat].messages.get(&id).filter(|message| !message.deleted);
    let message =
        found.ok_or_else(|| Refusal::new(400, "Bad Request: message with poll to stop not found"))?;
    let Some(poll) = message.poll.clone().and_then(|id| world.polls.get(&id)) else {
        return Err(Refusal::blunder("Bad Request: message is not a poll"));
    };
    if poll.closed {
        return Err(Refusal::new(400, "Bad Request: poll has already been closed"));
    }
    let markup = call.body.get("reply_markup").cloned();
    keyboard::check(markup.as_ref()).map_err(Refusal::blunder)?;
    let poll = poll.id.clone();
    world.close_poll(&poll);
    if let Some(message) = world.chats.get_mut(&chat).and_then(|place| place.messages.get_mut(&id)) {
        message.markup = markup;
        message.edits += 1;
    }
    Ok(world.polls.get(&poll).map_or(Value::Null, |poll| poll.json(false)))
}

pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = call.number("message_id").unwrap_or_default();
    remove(world, call, id)
}

pub(super) fn delete_many(world: &mut World, call: &Call) -> Answer {
    let ids = call.list("message_ids");
    if !(1..=100).contains(&ids.len()) {
        return Err(Refusal::blunder("Bad Request: message identifiers are not specified"));
    }
    for id in ids {
        // Messages that are not there are passed over.
        let _ = remove(world, call, id.as_i64().unwrap_or_default());
    }
    Ok(json!(true))
}

fn remove(world: &mut World, call: &Call, id: i64) -> Answer {
    let chat = visible(world, call, "messages")?;
    let Some(place) = world.chats.get_mut(&chat) else { return Ok(true.into()) };
    let rules = place.bot_rules();
    let found = place.messages.get_mut(&id).filter(|message| !message.deleted);
    let message = found.ok_or_else(|| Refusal::new(400, "Bad Request: message to delete not found"))?;
    let old = call.now / 1000 - message.date > 48 * 3600;
    if old || (message.author != Author::Bot && !rules) {
        return Err(Refusal::new(400, "Bad Request: message can't be deleted for everyone"));
    }
    message.deleted = true;
    Ok(true.into())
}
