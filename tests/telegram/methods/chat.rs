//! Chats and their members, asked about.

use serde_json::{Value, json};

use super::place::{chat, visible};
use super::{Answer, Call, Refusal};
use crate::telegram::world::World;
use crate::telegram::world::chat::{Kind, Standing};

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    let chat = chat(world, call)?;
    Ok(world.chats[&chat].full())
}

pub(super) fn member(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "")?;
    let user = call.number("user_id").unwrap_or_default();
    let place = &world.chats[&chat];
    if !place.members.contains_key(&user) && !world.people.contains_key(&user) {
        return Err(Refusal::new(400, "Bad Request: PARTICIPANT_ID_INVALID"));
    }
    Ok(world.member(place, user))
}

pub(super) fn administrators(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "")?;
    let place = &world.chats[&chat];
    if place.kind == Kind::Private {
        return Err(Refusal::blunder("Bad Request: there are no administrators in the private chat"));
    }
    let rules = |s: &Standing| matches!(s, Standing::Creator | Standing::Administrator | Standing::Anonymous);
    let ruling = place.members.iter().filter(|(_, standing)| rules(standing));
    Ok(ruling.map(|(id, _)| world.member(place, *id)).collect::<Vec<Value>>().into())
}

pub(super) fn count(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "")?;
    let there = |s: &&Standing| !matches!(s, Standing::Left | Standing::Kicked);
    Ok(world.chats[&chat].members.values().filter(there).count().into())
}

pub(super) fn action(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "messages")?;
    let action = call.text("action");
    if !ACTIONS.contains(&action) {
        return Err(Refusal::blunder("Bad Request: wrong parameter action in request"));
    }
    if let Some(place) = world.chats.get_mut(&chat) {
        place.action = Some(action.to_owned());
    }
    Ok(true.into())
}

pub(super) fn leave(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "")?;
    world.place_bot(chat, crate::telegram::world::BOT, Standing::Left, call.now);
    Ok(true.into())
}

pub(super) fn pin(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "messages")?;
    let place = &world.chats[&chat];
    if place.kind != Kind::Private && !place.bot_rules() {
        return Err(Refusal::new(
            400,
            "Bad Request: not enough rights to manage pinned messages in the chat",
        ));
    }
    Ok(true.into())
}

pub(super) fn react(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "messages")?;
    let id = call.number("message_id").unwrap_or_default();
    let there = world.chats[&chat].messages.get(&id).is_some_and(|message| !message.deleted);
    if !there {
        return Err(Refusal::new(400, "Bad Request: message to react not found"));
    }
    if call.list("reaction").len() > 1 {
        return Err(Refusal::blunder("Bad Request: REACTIONS_TOO_MANY"));
    }
    Ok(json!(true))
}
