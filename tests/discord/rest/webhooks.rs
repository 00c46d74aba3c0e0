//! What an interaction's token is good for after the first answer: its message and more of them, for a quarter of
//! an hour. <https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages>

use serde_json::Value;

use super::super::message;
use super::super::refusal::Refusal;
use super::super::world::{Id, Shared, World};
use super::interactions::tell;
use super::{Answer, Call, number, unknown};

/// How long a token is valid, in milliseconds.
const VALID: i64 = 15 * 60 * 1000;
/// How many more messages there may be where the program came with a person, not with the server.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message>
const FOLLOW_UPS: usize = 5;

pub(super) fn webhook(
    shared: &Shared,
    world: &mut World,
    call: &Call,
    (application, token): (Option<Id>, &str),
    rest: &[&str],
) -> Answer {
    let known = world.tokens.get(token).and_then(|id| world.interactions.get(id));
    let Some(known) =
        known.filter(|known| application == Some(world.application) && known.answered.is_some())
    else {
        return Err(Refusal::rule(404, 10015, "Unknown Webhook"));
    };
    if shared.clock.now() - known.made > VALID {
        return Err(Refusal::rule(401, 50027, "Invalid Webhook Token"));
    }
    let (id, original) = (known.id, known.original);
    match (call.method.as_str(), rest) {
        ("POST", []) => follow_up(shared, world, call, id),
        (_, ["messages", which]) => {
            let wanted = if *which == "@original" { original } else { number(which) };
            // A token reaches the messages it made and the one that was pressed, no other.
            let mine = wanted.filter(|wanted| {
                original == Some(*wanted)
                    || world.interactions.get(&id).is_some_and(|one| one.follow_ups.contains(wanted))
            });
            let message = mine.filter(|message| world.message(*message).is_some());
            let message = message.ok_or_else(Refusal::unknown_message)?;
            one(shared, world, call, id, message)
        }
        _ => Err(unknown()),
    }
}

fn one(shared: &Shared, world: &mut World, call: &Call, interaction: Id, id: Id) -> Answer {
    match call.method.as_str() {
        "GET" => {}
        "PATCH" => {
            let before = world.message(id).map(|message| message.json.clone());
            call.message(world, &call.body, before.as_ref(), "")?;
            message::edit(shared, world, id, &call.body, &call.files);
            tell(world, id, "MESSAGE_UPDATE");
        }
        "DELETE" => super::channels::remove(world, id),
        _ => return Err(unknown()),
    }
    if let Some(known) = world.interactions.get(&interaction) {
        known.changed.notify_waiters();
    }
    Ok(match world.message(id) {
        Some(message) => (200, message.json.clone()),
        None => (204, Value::Null),
    })
}

fn follow_up(shared: &Shared, world: &mut World, call: &Call, id: Id) -> Answer {
    call.message(world, &call.body, None, "")?;
    let Some(known) = world.interactions.get(&id) else { return Err(unknown()) };
    if known.token_only && known.follow_ups.len() >= FOLLOW_UPS {
        let message = "This interaction has reached the maximum number of follow-up messages";
        return Err(Refusal::rule(400, 40094, message));
    }
    let channel = known.channel;
    // The first further message takes the place of a "thinking…" that still stands.
    let waiting =
        known.original.filter(|original| world.message(*original).is_some_and(|message| message.loading));
    let made = match waiting {
        Some(waiting) => {
            message::edit(shared, world, waiting, &call.body, &call.files);
            waiting
        }
        None => message::create(shared, world, channel, &call.body, &call.files, Some(id), false),
    };
    let known = world.interactions.get_mut(&id).expect("it was there");
    known.follow_ups.push(made);
    known.changed.notify_waiters();
    tell(world, made, if waiting.is_some() { "MESSAGE_UPDATE" } else { "MESSAGE_CREATE" });
    Ok((200, world.message(made).map_or(Value::Null, |message| message.json.clone())))
}
