//! What a person does, as the event that the program gets of it.
//!
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::Notify;

use super::events;
use super::rules::UPLOAD;
use super::world::{Id, InteractionRecord, Shared, World, channel_kind};

/// Interaction types.
pub(super) const COMMAND: u8 = 2;
pub(super) const COMPONENT: u8 = 3;
pub(super) const AUTOCOMPLETE: u8 = 4;
pub(super) const MODAL: u8 = 5;

/// Stores a new interaction and gives its id and the event's data.
pub(super) fn create(
    shared: &Shared,
    world: &mut World,
    kind: u8,
    (user, channel): (Id, Id),
    source: Option<Id>,
    data: Value,
) -> (Id, Value) {
    let id = shared.id();
    let guild = world.channels.get(&channel).and_then(|channel| channel.guild);
    let installed = guild.and_then(|guild| world.guilds.get(&guild)).map(|guild| guild.installed);
    let with_bot = world.channels.get(&channel).is_some_and(|channel| channel.with_bot);
    let record = InteractionRecord {
        id,
        token: token(id),
        kind,
        name: data["name"].as_str().unwrap_or("").to_owned(),
        made: shared.clock.now(),
        began: Instant::now(),
        guild,
        channel,
        user,
        source,
        answered: None,
        original: None,
        follow_ups: Vec::new(),
        modal: None,
        choices: None,
        token_only: !installed.unwrap_or(with_bot),
        spoilt: false,
        changed: Arc::new(Notify::new()),
    };
    let event = event(world, &record, data);
    world.tokens.insert(record.token.clone(), id);
    world.interactions.insert(id, record);
    (id, event)
}

/// A token as long as Discord's, from which nothing can be read.
fn token(id: Id) -> String {
    let mut state = id ^ 0x9e37_79b9_7f4a_7c15;
    let mut token = String::from("aW50ZXJhY3Rpb246");
    while token.len() < 200 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        token.push(char::from(letters[usize::try_from(state % 64).unwrap_or(0)]));
    }
    token
}

/// Who let the program in: the server, the person, or both.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object>
pub(super) fn owners(world: &World, interaction: &InteractionRecord) -> Value {
    if interaction.token_only {
        return json!({ "1": interaction.user.to_string() });
    }
    let guild = interaction.guild.and_then(|guild| world.guilds.get(&guild));
    json!({ "0": guild.map_or("0".to_owned(), |guild| guild.id.to_string()) })
}

fn event(world: &World, interaction: &InteractionRecord, data: Value) -> Value {
    let channel = world.channels.get(&interaction.channel);
    let person = world.users.get(&interaction.user);
    let mut json = json!({
        "id": interaction.id.to_string(), "application_id": world.application.to_string(),
        "type": interaction.kind, "token": interaction.token, "version": 1, "data": data,
        "channel_id": interaction.channel.to_string(), "locale": person.map(|person| &person.locale),
        "entitlements": [], "entitlement_sku_ids": [], "attachment_size_limit": UPLOAD,
        "authorizing_integration_owners": owners(world, interaction),
    });
    if let Some(channel) = channel {
        json["channel"] = events::channel(world, channel);
        json["app_permissions"] = json!(world.bot_permissions(channel).to_string());
        json["context"] = json!(match channel.guild {
            Some(_) => 0,
            None if channel.with_bot && channel.kind == channel_kind::DIRECT => 1,
            None => 2,
        });
    }
    match interaction.guild.and_then(|guild| world.guilds.get(&guild)) {
        Some(guild) => {
            let id = guild.id.to_string();
            json["channel"]["permissions"] =
                json!(world.member_permissions(guild.id, interaction.user).to_string());
            json["guild"] = json!({ "id": id, "locale": guild.locale, "features": [] });
            json["guild_id"] = json!(id);
            json["guild_locale"] = json!(guild.locale);
            json["member"] = events::member(world, guild, interaction.user);
        }
        None => json["user"] = person.map_or(Value::Null, events::user),
    }
    if let Some(source) = interaction.source.and_then(|source| world.messages.get(&source)) {
        json["message"] = source.json.clone();
    }
    json
}
