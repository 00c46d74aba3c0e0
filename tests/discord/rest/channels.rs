//! Channels and what is posted in them, with the permissions that takes.
//! <https://docs.discord.com/developers/resources/message>

use serde_json::{Value, json};

use super::super::refusal::Refusal;
use super::super::world::permissions::{
    ATTACH_FILES, READ_MESSAGE_HISTORY, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use super::super::world::{ChannelRecord, Id, Shared, World, channel_kind};
use super::super::{events, message};
use super::interactions::tell;
use super::{Answer, Call, number, unknown};

/// How long a nonce is remembered, in milliseconds; the documentation says "a few minutes".
/// <https://docs.discord.com/developers/resources/message#create-message>
const REMEMBERED: i64 = 5 * 60 * 1000;

pub(super) fn channel(
    shared: &Shared,
    world: &mut World,
    call: &Call,
    id: Option<Id>,
    rest: &[&str],
) -> Answer {
    let channel = id.and_then(|id| shared.channel(world, id)).ok_or_else(Refusal::unknown_channel)?;
    let guild = channel.guild.and_then(|guild| world.guilds.get(&guild));
    let may = world.bot_permissions(channel);
    let inside = guild.map_or(channel.with_bot, |guild| guild.installed);
    if !inside || may & VIEW_CHANNEL == 0 {
        return Err(Refusal::condition(403, 50001, "Missing Access"));
    }
    let id = channel.id;
    let needs = |bits: u64| {
        if may & bits == bits { Ok(()) } else { Err(Refusal::condition(403, 50013, "Missing Permissions")) }
    };
    let write =
        if channel.kind == channel_kind::PUBLIC_THREAD { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok((200, events::channel(world, channel))),
        ("POST", ["typing"]) => needs(write).map(|()| (204, Value::Null)),
        ("GET", ["messages"]) => {
            needs(READ_MESSAGE_HISTORY)?;
            let limit = call.asks("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50);
            Ok((200, world.public(id).rev().take(limit).map(|message| message.json.clone()).collect()))
        }
        ("POST", ["messages"]) => {
            needs(write)?;
            if !call.files.is_empty() {
                needs(ATTACH_FILES)?;
            }
            post(shared, world, call, id)
        }
        (method, ["messages", wanted]) => {
            let found = number(wanted).and_then(|wanted| world.message(wanted));
            let found = found.filter(|found| found.channel == id && found.only_for.is_none());
            let found = found.ok_or_else(Refusal::unknown_message)?;
            let wanted = found.id;
            match method {
                "GET" => needs(READ_MESSAGE_HISTORY)?,
                "PATCH" => {
                    let before = found.json.clone();
                    call.message(world, &call.body, Some(&before), "")?;
                    message::edit(shared, world, wanted, &call.body, &call.files);
                    tell(world, wanted, "MESSAGE_UPDATE");
                }
                "DELETE" => {
                    remove(world, wanted);
                    return Ok((204, Value::Null));
                }
                _ => return Err(unknown()),
            }
            Ok((200, world.message(wanted).map_or(Value::Null, |message| message.json.clone())))
        }
        _ => Err(unknown()),
    }
}

fn post(shared: &Shared, world: &mut World, call: &Call, channel: Id) -> Answer {
    call.message(world, &call.body, None, "")?;
    let now = shared.clock.now();
    let nonce = call.body.get("nonce").filter(|nonce| !nonce.is_null()).map(Value::to_string);
    let nonce = nonce.filter(|_| call.body["enforce_nonce"] == true).map(|nonce| (channel, nonce));
    let before = nonce.as_ref().and_then(|nonce| world.nonces.get(nonce));
    if let Some((before, _)) = before.filter(|(_, at)| now - at < REMEMBERED) {
        return Ok((200, world.message(*before).map_or(Value::Null, |message| message.json.clone())));
    }
    let made = message::create(shared, world, channel, &call.body, &call.files, None, false);
    if let Some(nonce) = nonce {
        world.nonces.insert(nonce, (made, now));
    }
    tell(world, made, "MESSAGE_CREATE");
    Ok((200, world.message(made).map_or(Value::Null, |message| message.json.clone())))
}

/// Deletes a message.
pub(super) fn remove(world: &mut World, id: Id) {
    let Some(record) = world.messages.get_mut(&id) else { return };
    record.deleted = true;
    let (channel, private) = (record.channel, record.only_for.is_some());
    let guild = world.channels.get(&channel).and_then(|channel| channel.guild);
    let guild_id = guild.map(|guild| guild.to_string());
    let data = json!({ "id": id.to_string(), "channel_id": channel.to_string(), "guild_id": guild_id });
    if !private {
        world.dispatch(guild, "MESSAGE_DELETE", &data);
    }
}

/// Opens the direct chat with a person, or gives the one there is.
/// <https://docs.discord.com/developers/resources/user#create-dm>
pub(super) fn direct(shared: &Shared, world: &mut World, call: &Call) -> Answer {
    let wanted =
        call.body["recipient_id"].as_str().and_then(number).or_else(|| call.body["recipient_id"].as_u64());
    let person = wanted.filter(|person| world.users.contains_key(person));
    let person = person.ok_or_else(|| Refusal::body("recipient_id", "NUMBER_TYPE_COERCE", "Unknown user"))?;
    let id = open_direct(shared, world, person);
    Ok((200, world.channels.get(&id).map_or(Value::Null, |channel| events::channel(world, channel))))
}

/// The direct chat of a person with the program.
pub(crate) fn open_direct(shared: &Shared, world: &mut World, person: Id) -> Id {
    let mine = |channel: &&ChannelRecord| {
        channel.kind == channel_kind::DIRECT && channel.with_bot && channel.people == [person]
    };
    if let Some(channel) = world.channels.values().find(mine) {
        return channel.id;
    }
    let id = shared.id();
    let record = ChannelRecord {
        id,
        kind: channel_kind::DIRECT,
        name: String::new(),
        guild: None,
        parent: None,
        people: vec![person],
        with_bot: true,
        denied: 0,
        deleted: false,
        last_message: None,
    };
    world.channels.insert(id, record);
    id
}
