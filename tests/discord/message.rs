//! Whole messages, made from what the program asks for and changed as it asks.
//!
//! <https://docs.discord.com/developers/resources/message#message-object>

use serde_json::{Value, json};

use super::events;
use super::rules::{self, COMPONENTS_V2, EPHEMERAL};
use super::world::{File, Id, InteractionRecord, MessageRecord, Shared, World, channel_kind};

/// Flags that a program may set: embeds suppressed, private, silent, made of components.
const FLAGS: u64 = 1 << 2 | EPHEMERAL | 1 << 12 | COMPONENTS_V2;
/// The flag of a message that says "thinking…".
const LOADING: u64 = 1 << 7;

/// Stores a new message and gives its id. `interaction` is what it answers, `loading` whether it is a mere "thinking…".
pub(super) fn create(
    shared: &Shared,
    world: &mut World,
    channel: Id,
    body: &Value,
    files: &[File],
    interaction: Option<Id>,
    loading: bool,
) -> Id {
    let id = shared.id();
    let mut json = json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "type": 0, "content": "",
        "author": world.users.get(&world.application).map(events::user), "timestamp": shared.clock.stamp(),
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "components": [], "pinned": false, "flags": 0,
    });
    if let Some(nonce) = body.get("nonce").filter(|nonce| !nonce.is_null()) {
        json["nonce"] = nonce.clone();
    }
    let answered = interaction.and_then(|interaction| world.interactions.get(&interaction));
    if let Some(answered) = answered {
        let source = answered
            .source
            .or(answered.original)
            .filter(|_| answered.kind != 2 || answered.original.is_some());
        origin(&mut json, world, answered);
        if let Some(source) = source {
            json["type"] = json!(19);
            json["message_reference"] =
                json!({ "type": 0, "channel_id": channel.to_string(), "message_id": source.to_string() });
        }
    }
    let reader = answered.map(|interaction| interaction.user);
    if loading {
        json["flags"] = json!(LOADING | body["flags"].as_u64().unwrap_or(0) & EPHEMERAL);
    }
    let mut record =
        MessageRecord { id, channel, json, only_for: None, deleted: false, loading, interaction };
    if !loading {
        fill(shared, world, &mut record, body, files, false);
    }
    if World::is_private(&record.json) {
        record.only_for = reader;
    } else if let Some(channel) = world.channels.get_mut(&channel) {
        channel.last_message = Some(id);
    }
    world.messages.insert(id, record);
    id
}

/// Changes a message as a body asks.
pub(super) fn edit(shared: &Shared, world: &mut World, id: Id, body: &Value, files: &[File]) {
    let Some(mut record) = world.messages.remove(&id) else { return };
    if record.loading {
        record.loading = false;
        record.json["flags"] = json!(record.json["flags"].as_u64().unwrap_or(0) & !LOADING);
    } else {
        record.json["edited_timestamp"] = json!(shared.clock.stamp());
    }
    fill(shared, world, &mut record, body, files, true);
    world.messages.insert(id, record);
}

/// Says what a message answers.
/// <https://docs.discord.com/developers/resources/message#message-interaction-metadata-object>
fn origin(json: &mut Value, world: &World, interaction: &InteractionRecord) {
    let user = world.users.get(&interaction.user).map(events::user);
    json["application_id"] = json!(world.application.to_string());
    json["webhook_id"] = json!(world.application.to_string());
    let owners = super::interaction::owners(world, interaction);
    let mut metadata = json!({
        "id": interaction.id.to_string(), "type": interaction.kind, "user": user,
        "authorizing_integration_owners": owners,
    });
    match (interaction.kind, interaction.source) {
        (2, _) => {
            json["type"] = json!(20);
            metadata["name"] = json!(interaction.name);
            metadata["command_type"] = json!(1);
            json["interaction"] = json!({ "id": interaction.id.to_string(), "type": 2, "name": interaction.name, "user": user });
        }
        (3, Some(source)) => metadata["interacted_message_id"] = json!(source.to_string()),
        (5, source) => {
            // What showed the form: the command, or the message with the button.
            let mut triggering = metadata.clone();
            triggering["type"] = json!(if source.is_some() { 3 } else { 2 });
            match source {
                Some(source) => triggering["interacted_message_id"] = json!(source.to_string()),
                None => triggering["command_type"] = json!(1),
            }
            metadata["triggering_interaction_metadata"] = triggering;
        }
        _ => {}
    }
    json["interaction_metadata"] = metadata;
}

/// Puts a body's fields into a message; what the body does not name stays.
fn fill(
    shared: &Shared,
    world: &mut World,
    record: &mut MessageRecord,
    body: &Value,
    files: &[File],
    editing: bool,
) {
    let json = &mut record.json;
    for (field, empty) in [("content", json!("")), ("embeds", json!([])), ("components", json!([]))] {
        match body.get(field) {
            Some(Value::Null) => json[field] = empty,
            Some(value) => json[field] = value.clone(),
            None => {}
        }
    }
    if body["poll"].is_object() {
        json["poll"] = body["poll"].clone();
    }
    let before = json["flags"].as_u64().unwrap_or(0);
    let asked = body["flags"].as_u64().unwrap_or(0) & FLAGS;
    // A message can become one of components but never cease to be, and it is private for good or not at all.
    let lasting = before & (COMPONENTS_V2 | EPHEMERAL);
    let asked = if editing { asked & !EPHEMERAL } else { asked };
    json["flags"] = json!(lasting | if body["flags"].is_u64() { asked } else { before & FLAGS });
    attach(shared, world, record, body, files);
    let attachments = record.json["attachments"].clone();
    let mut next = 1;
    number(&mut record.json["components"], &mut next, &attachments);
}

/// Keeps the files and lists them.
fn attach(shared: &Shared, world: &mut World, record: &mut MessageRecord, body: &Value, files: &[File]) {
    let listed = body["attachments"].as_array();
    let mut kept: Vec<Value> = record.json["attachments"].as_array().cloned().unwrap_or_default();
    if let Some(listed) = listed {
        kept.retain(|old| listed.iter().any(|entry| rules::id(entry) == rules::id(old)));
    }
    for file in files {
        let number = file.part.trim_start_matches("files[").trim_end_matches(']').parse().ok();
        let entry = listed.and_then(|listed| listed.iter().find(|entry| rules::id(entry) == number));
        let name = entry.and_then(|entry| entry["filename"].as_str()).unwrap_or(&file.name);
        let id = shared.id();
        let path = format!("/attachments/{}/{id}/{name}", record.channel);
        let url = format!("http://{}{path}", shared.address);
        world.files.insert(path, file.bytes.clone());
        kept.push(json!({
            "id": id.to_string(), "filename": name, "size": file.bytes.len(), "url": url, "proxy_url": url,
            "content_type": "application/octet-stream", "description": entry.map(|entry| &entry["description"]),
            "ephemeral": World::is_private(&record.json),
        }));
    }
    record.json["attachments"] = Value::Array(kept);
}

/// Numbers the components that have no id, and lets `attachment://` be addresses, as Discord does.
fn number(node: &mut Value, next: &mut u64, attachments: &Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(|item| number(item, next, attachments)),
        Value::Object(fields) => {
            if fields.get("type").is_some_and(Value::is_u64)
                && fields.get("id").is_none_or(|id| id.is_null() || *id == 0)
            {
                fields.insert("id".to_owned(), json!(*next));
            }
            *next += 1;
            let name =
                fields.get("url").and_then(Value::as_str).and_then(|url| url.strip_prefix("attachment://"));
            let listed = attachments.as_array().into_iter().flatten();
            if let Some(file) = name.and_then(|name| listed.into_iter().find(|file| file["filename"] == name))
            {
                let (url, id) = (file["url"].clone(), file["id"].clone());
                fields.insert("proxy_url".to_owned(), url.clone());
                fields.insert("url".to_owned(), url);
                fields.insert("attachment_id".to_owned(), id);
            }
            for field in ["components", "component", "accessory", "items", "media", "file"] {
                if let Some(inner) = fields.get_mut(field) {
                    number(inner, next, attachments);
                }
            }
        }
        _ => {}
    }
}

/// The message as it comes with an event, which has the server and the author's membership too.
pub(super) fn event(world: &World, record: &MessageRecord) -> Value {
    let mut json = record.json.clone();
    let guild = world.channels.get(&record.channel).and_then(|channel| channel.guild);
    if let Some(guild) = guild.and_then(|guild| world.guilds.get(&guild)) {
        json["guild_id"] = json!(guild.id.to_string());
        let mut member = events::own_member(world, guild);
        member.as_object_mut().map(|member| member.remove("user"));
        json["member"] = member;
    }
    let kind = world.channels.get(&record.channel).map_or(channel_kind::TEXT, |channel| channel.kind);
    json["channel_type"] = json!(kind);
    json
}
