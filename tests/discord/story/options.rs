//! What a person types, as the data of an interaction: by the commands and forms that the program itself registered
//! and showed, because Discord sends nothing else.

use serde_json::{Value, json};

use super::super::events;
use super::super::world::{Id, World, channel_kind, permissions};

/// Option types.
/// <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type>
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const BOOLEAN: u64 = 5;
const NUMBER: u64 = 10;

/// The registered command and the option lists below it that `name` leads through.
fn find<'a>(world: &'a World, name: &str) -> Option<(&'a Value, Vec<&'a Value>)> {
    let mut words = name.split(' ');
    let first = words.next()?;
    let command = world.commands.iter().find(|command| command["name"] == first && command["type"] == 1)?;
    let mut path = vec![command];
    for word in words {
        let below = path.last()?["options"].as_array()?;
        path.push(
            below
                .iter()
                .find(|option| option["name"] == word && matches!(option["type"].as_u64(), Some(1 | 2)))?,
        );
    }
    Some((command, path))
}

/// Whether Discord offers the command to a person there.
/// <https://docs.discord.com/developers/interactions/application-commands#contexts>
pub(super) fn offered(world: &World, user: Id, channel: Id, name: &str) -> bool {
    let (Some((command, _)), Some(channel)) = (find(world, name), world.channels.get(&channel)) else {
        return false;
    };
    let guild = channel.guild.and_then(|guild| world.guilds.get(&guild));
    let context = match guild {
        Some(_) => 0,
        None if channel.with_bot && channel.kind == channel_kind::DIRECT => 1,
        None => 2,
    };
    let lists = |field: &str, wanted: u64| {
        let list = command[field].as_array();
        list.map(|list| list.iter().any(|entry| entry.as_u64() == Some(wanted)))
    };
    let installed = guild.map_or(channel.with_bot, |guild| guild.installed);
    let brought = lists("integration_types", 1).unwrap_or(false);
    let there = installed && lists("integration_types", 0).unwrap_or(true) || brought;
    let needed = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
    let has = guild.map_or(u64::MAX, |guild| world.member_permissions(guild.id, user));
    let may = needed
        .is_none_or(|needed| has & permissions::ADMINISTRATOR != 0 || needed != 0 && has & needed == needed);
    there && may && lists("contexts", context).unwrap_or(true)
}

/// The data of a command, or of a keystroke in one.
pub(super) fn data(
    world: &World,
    channel: Id,
    name: &str,
    given: &[(&str, &str)],
    focused: Option<(&str, &str)>,
) -> Result<Value, String> {
    let (command, path) = find(world, name).ok_or("no such command is registered")?;
    let last = path.last().copied().unwrap_or(command);
    let known = last["options"].as_array().map_or(&[][..], Vec::as_slice);
    let mut mentioned = Vec::new();
    let mut options = Vec::new();
    for (name, text) in given {
        let option =
            known.iter().find(|option| option["name"] == *name).ok_or(format!("no option {name:?}"))?;
        let kind = option["type"].as_u64().unwrap_or(0);
        if kind > BOOLEAN && kind < NUMBER {
            mentioned.push(*text);
        }
        options.push(json!({ "name": name, "type": kind, "value": value(option, text)? }));
    }
    if let Some((name, typed)) = focused {
        let option =
            known.iter().find(|option| option["name"] == name).ok_or(format!("no option {name:?}"))?;
        if option["autocomplete"] != true {
            return Err(format!("{name:?} is not autocompleted"));
        }
        options.push(json!({ "name": name, "type": option["type"], "value": typed, "focused": true }));
    } else if let Some(missing) = known
        .iter()
        .find(|option| option["required"] == true && !given.iter().any(|(name, _)| option["name"] == *name))
    {
        return Err(format!("{} is required", missing["name"]));
    }
    let mut options = Value::Array(options);
    for below in path.iter().skip(1).rev() {
        options = json!([{ "name": below["name"], "type": below["type"], "options": options }]);
    }
    let mut data = json!({ "id": command["id"], "name": command["name"], "type": 1 });
    if options != json!([]) {
        data["options"] = options;
    }
    if !mentioned.is_empty() {
        data["resolved"] = resolved(world, channel, &mentioned);
    }
    Ok(data)
}

/// What a person typed, as the option's type has it, if Discord would let them send it.
fn value(option: &Value, text: &str) -> Result<Value, String> {
    let wrong = |what: &str| format!("{}: {text:?} {what}", option["name"]);
    if let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty()) {
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let chosen = choices.iter().find(|choice| choice["name"] == text || plain(&choice["value"]) == text);
        return chosen.map(|choice| choice["value"].clone()).ok_or_else(|| wrong("is none of the choices"));
    }
    match option["type"].as_u64() {
        Some(STRING) => {
            let length = text.chars().count() as u64;
            let most = option["max_length"].as_u64().unwrap_or(6000);
            let fits = (option["min_length"].as_u64().unwrap_or(0)..=most).contains(&length);
            if fits { Ok(json!(text)) } else { Err(wrong("is too short or too long")) }
        }
        Some(INTEGER | NUMBER) => {
            let number: f64 = text.parse().map_err(|_| wrong("is no number"))?;
            let least = option["min_value"].as_f64().unwrap_or(f64::MIN);
            if !(least..=option["max_value"].as_f64().unwrap_or(f64::MAX)).contains(&number) {
                return Err(wrong("is too small or too large"));
            }
            serde_json::from_str(text).map_err(|_| wrong("is no number"))
        }
        Some(BOOLEAN) => Ok(json!(text == "true")),
        Some(6..=9) => text.parse::<Id>().map(|id| json!(id.to_string())).map_err(|_| wrong("is no id")),
        _ => Err(wrong("is of a type that the stand-in does not send")),
    }
}

/// The people and channels that are spoken of.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure>
pub(super) fn resolved(world: &World, place: Id, ids: &[&str]) -> Value {
    let mut resolved = json!({});
    let guild = world
        .channels
        .get(&place)
        .and_then(|channel| channel.guild)
        .and_then(|guild| world.guilds.get(&guild));
    for text in ids {
        let id = text.parse().unwrap_or(0);
        if let Some(user) = world.users.get(&id) {
            resolved["users"][*text] = events::user(user);
            if let Some(guild) = guild.filter(|guild| guild.members.contains_key(&id)) {
                let mut member = events::member(world, guild, id);
                for absent in ["user", "deaf", "mute"] {
                    member.as_object_mut().map(|member| member.remove(absent));
                }
                resolved["members"][*text] = member;
            }
        }
        if let Some(channel) = world.channels.get(&id) {
            let mut json = events::channel(world, channel);
            json["permissions"] = json!(permissions::ORDINARY.to_string());
            resolved["channels"][*text] = json;
        }
    }
    resolved
}

/// The data of a form as it is sent off.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure>
pub(super) fn submission(modal: &Value, fields: &[(&str, &str)]) -> Result<Value, String> {
    let mut left: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
    let mut components = Vec::new();
    for (at, component) in modal["components"].as_array().into_iter().flatten().enumerate() {
        let labelled = component["component"].is_object();
        let input = if labelled { &component["component"] } else { &component["components"][0] };
        let mut sent = json!({ "type": component["type"], "id": 2 * at + 1 });
        if input.is_object() {
            let name = input["custom_id"].as_str().unwrap_or("");
            left.retain(|field| *field != name);
            let typed = fields.iter().find(|(field, _)| *field == name).map(|(_, text)| *text);
            let text = typed.or(input["value"].as_str()).unwrap_or("");
            let length = text.chars().count() as u64;
            let required = input["required"] != false;
            let range = input["min_length"].as_u64().unwrap_or(0).max(required.into())
                ..=input["max_length"].as_u64().unwrap_or(4000);
            if !range.contains(&length) && (required || length > 0) {
                return Err(format!("{name:?} takes {range:?} characters, not {length}"));
            }
            let mut filled = json!({ "type": input["type"], "id": 2 * at + 2, "custom_id": name });
            let (field, value) =
                if input["type"] == 4 { ("value", json!(text)) } else { ("values", json!([text])) };
            filled[field] = value;
            if labelled {
                sent["component"] = filled;
            } else {
                sent["components"] = json!([filled]);
            }
        }
        components.push(sent);
    }
    if !left.is_empty() {
        return Err(format!("the form has no fields {left:?}"));
    }
    Ok(json!({ "custom_id": modal["custom_id"], "components": components }))
}
