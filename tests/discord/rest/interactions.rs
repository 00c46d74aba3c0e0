//! The first answer to an interaction: once, and within three seconds.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response>

use serde_json::{Value, json};

use super::super::interaction::{AUTOCOMPLETE, COMMAND, COMPONENT, MODAL};
use super::super::message;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::world::{Id, Shared, World};
use super::{Answer, Call, number};

/// How long a program has, in milliseconds.
pub(crate) const DEADLINE: i64 = 3000;

/// Callback types.
const MESSAGE: u64 = 4;
const LATER: u64 = 5;
const UPDATE_LATER: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const SHOW_MODAL: u64 = 9;

pub(super) fn callback(shared: &Shared, world: &mut World, call: &Call, id: &str, token: &str) -> Answer {
    let now = shared.clock.now();
    let known = number(id).and_then(|id| world.interactions.get(&id)).filter(|known| known.token == token);
    let known = known.filter(|known| now - known.made <= DEADLINE || known.answered.is_some());
    let Some(known) = known else {
        let spoilt = number(id).and_then(|id| world.interactions.get(&id)).is_some_and(|known| known.spoilt);
        let unknown = Refusal::rule(404, 10062, "Unknown interaction");
        return Err(Refusal { blames: !spoilt, ..unknown });
    };
    if known.answered.is_some() {
        let twice = Refusal::rule(400, 40060, "Interaction has already been acknowledged.");
        return Err(Refusal { blames: !known.spoilt, ..twice });
    }
    let (id, source) = (known.id, known.source);
    let kind = call.body["type"].as_u64().unwrap_or(0);
    if !suits(known.kind, kind, source) {
        let message =
            format!("A callback of type {kind} does not answer an interaction of type {}.", known.kind);
        return Err(Refusal::body("type", "INTERACTION_RESPONSE_TYPE_INVALID", &message));
    }
    let data = &call.body["data"];
    let before = source.and_then(|source| world.message(source)).map(|source| &source.json);
    match kind {
        MESSAGE => call.message(world, data, None, "data")?,
        UPDATE => call.message(world, data, before, "data")?,
        CHOICES => rules::choices(data).verdict("data")?,
        SHOW_MODAL => rules::modal(data).verdict("data")?,
        _ => {}
    }
    let mut changed = None;
    match kind {
        MESSAGE | LATER => {
            let channel = known.channel;
            let made = message::create(shared, world, channel, data, &call.files, Some(id), kind == LATER);
            changed = Some((made, "MESSAGE_CREATE"));
        }
        UPDATE | UPDATE_LATER => {
            let source = source.filter(|source| world.message(*source).is_some());
            let source = source.ok_or_else(Refusal::unknown_message)?;
            if kind == UPDATE {
                message::edit(shared, world, source, data, &call.files);
            }
            changed = Some((source, "MESSAGE_UPDATE"));
        }
        _ => {}
    }
    let known = world.interactions.get_mut(&id).expect("it was there");
    known.answered = Some((kind, known.began.elapsed()));
    known.original = changed.map(|(message, _)| message);
    match kind {
        CHOICES => known.choices = Some(data["choices"].as_array().cloned().unwrap_or_default()),
        SHOW_MODAL => known.modal = Some(data.clone()),
        _ => {}
    }
    known.changed.notify_waiters();
    if let Some((message, event)) = changed.filter(|_| kind != UPDATE_LATER) {
        tell(world, message, event);
    }
    Ok(if call.asks("with_response") == Some("true") {
        (200, response(world, id, kind))
    } else {
        (204, Value::Null)
    })
}

/// Whether a callback of this type may answer an interaction of that.
fn suits(interaction: u8, callback: u64, source: Option<Id>) -> bool {
    match interaction {
        COMMAND => matches!(callback, MESSAGE | LATER | SHOW_MODAL),
        COMPONENT => matches!(callback, MESSAGE | LATER | UPDATE_LATER | UPDATE | SHOW_MODAL),
        AUTOCOMPLETE => callback == CHOICES,
        MODAL => {
            matches!(callback, MESSAGE | LATER)
                || source.is_some() && matches!(callback, UPDATE_LATER | UPDATE)
        }
        _ => false,
    }
}

/// Tells of a message what those in the channel would see.
pub(super) fn tell(world: &mut World, id: Id, event: &str) {
    let Some(record) = world.messages.get(&id) else { return };
    let guild = world.channels.get(&record.channel).and_then(|channel| channel.guild);
    if record.only_for.is_none() {
        let data = message::event(world, record);
        world.dispatch(guild, event, &data);
    }
}

/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object>
fn response(world: &World, id: Id, kind: u64) -> Value {
    let Some(known) = world.interactions.get(&id) else { return Value::Null };
    let mut json =
        json!({ "interaction": { "id": id.to_string(), "type": known.kind }, "resource": { "type": kind } });
    if let Some(message) = known.original.and_then(|message| world.message(message)) {
        json["interaction"]["response_message_id"] = json!(message.id.to_string());
        json["interaction"]["response_message_loading"] = json!(message.loading);
        json["interaction"]["response_message_ephemeral"] = json!(World::is_private(&message.json));
        json["resource"]["message"] = message.json.clone();
    }
    json
}
