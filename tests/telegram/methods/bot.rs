//! The bot itself: who it is, its commands per scope and language, its descriptions, and where updates go.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal};
use crate::telegram::rules::text;
use crate::telegram::world::World;

pub(super) fn me(world: &mut World, _: &Call) -> Answer {
    let mut bot = World::bot();
    bot["can_join_groups"] = true.into();
    bot["can_read_all_group_messages"] = (!world.switches.privacy).into();
    bot["supports_inline_queries"] = true.into();
    for right in [
        "can_connect_to_business",
        "has_main_web_app",
        "has_topics_enabled",
        "allows_users_to_create_topics",
        "can_manage_bots",
    ] {
        bot[right] = false.into();
    }
    Ok(bot)
}

pub(super) fn yes(_: &mut World, _: &Call) -> Answer {
    Ok(true.into())
}

pub(super) fn nothing(_: &mut World, _: &Call) -> Answer {
    Ok(json!([]))
}

pub(super) fn photos(_: &mut World, _: &Call) -> Answer {
    Ok(json!({"total_count": 0, "photos": []}))
}

/// The scope in one word, with the chat and the person where it has them.
fn scope(world: &World, call: &Call) -> Result<(String, String), Refusal> {
    let scope = call.body.get("scope").cloned().unwrap_or_else(|| json!({"type": "default"}));
    let kind = scope["type"].as_str().unwrap_or_default();
    let mut name = kind.to_owned();
    let in_chat = ["chat", "chat_administrators", "chat_member"].contains(&kind);
    if in_chat {
        let chat =
            world.find(&scope["chat_id"]).ok_or_else(|| Refusal::new(400, "Bad Request: chat not found"))?;
        name = format!("{name} {chat}");
    } else if !["default", "all_private_chats", "all_group_chats", "all_chat_administrators"].contains(&kind)
    {
        return Err(Refusal::blunder("Bad Request: unsupported type specified"));
    }
    if kind == "chat_member" {
        let user =
            scope["user_id"].as_i64().ok_or_else(|| Refusal::blunder("Bad Request: user not found"))?;
        name = format!("{name} {user}");
    }
    Ok((name, language(call)?))
}

fn language(call: &Call) -> Result<String, Refusal> {
    let code = call.text("language_code");
    let two = code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase());
    if code.is_empty() || two {
        return Ok(code.to_owned());
    }
    Err(Refusal::blunder("Bad Request: invalid language code specified"))
}

pub(super) fn set_commands(world: &mut World, call: &Call) -> Answer {
    let key = scope(world, call)?;
    let commands = call.list("commands");
    text::commands(commands).map_err(Refusal::blunder)?;
    world.commands.insert(key, Value::Array(commands.to_vec()));
    Ok(true.into())
}

pub(super) fn get_commands(world: &mut World, call: &Call) -> Answer {
    let key = scope(world, call)?;
    Ok(world.commands.get(&key).cloned().unwrap_or_else(|| json!([])))
}

pub(super) fn delete_commands(world: &mut World, call: &Call) -> Answer {
    let key = scope(world, call)?;
    world.commands.remove(&key);
    Ok(true.into())
}

/// The parameter that a `setMy…` or `getMy…` method is about, and how long it may be.
fn subject(method: &str) -> (&'static str, usize) {
    match method.get(5..).unwrap_or_default() {
        "Name" => ("name", 64),
        "Description" => ("description", 512),
        _ => ("short_description", 120),
    }
}

pub(super) fn set_profile(world: &mut World, call: &Call) -> Answer {
    let (key, limit) = subject(call.method);
    let value = call.text(key);
    if value.chars().count() > limit {
        return Err(Refusal::blunder(format!("Bad Request: BOT_{}_INVALID", key.to_uppercase())));
    }
    world.profile.insert((key.to_owned(), language(call)?), value.to_owned());
    Ok(true.into())
}

pub(super) fn get_profile(world: &mut World, call: &Call) -> Answer {
    let (key, _) = subject(call.method);
    let written = world.profile.get(&(key.to_owned(), language(call)?)).cloned();
    let bare = if key == "name" { "Viva" } else { "" };
    Ok(json!({ key: written.unwrap_or_else(|| bare.to_owned()) }))
}

pub(super) fn set_webhook(world: &mut World, call: &Call) -> Answer {
    let url = call.text("url");
    if url.is_empty() {
        return delete_webhook(world, call);
    }
    // A self-hosted server takes plain HTTP, <https://core.telegram.org/bots/api#using-a-local-bot-api-server>.
    if !url.starts_with("https://") && !url.starts_with("http://127.0.0.1:") {
        return Err(Refusal::blunder("Bad Request: bad webhook: An HTTPS URL must be provided for webhook"));
    }
    let secret = call.text("secret_token");
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if secret.len() > 256 || !secret.chars().all(plain) {
        return Err(Refusal::blunder("Bad Request: secret token contains unallowed characters"));
    }
    world.queue.allow(call.body.get("allowed_updates"));
    world.queue.webhook = Some(Value::Object(call.body.clone()));
    Ok(true.into())
}

pub(super) fn delete_webhook(world: &mut World, call: &Call) -> Answer {
    world.queue.webhook = None;
    if call.body.get("drop_pending_updates").and_then(Value::as_bool).unwrap_or_default() {
        world.queue.clear();
    }
    Ok(true.into())
}

pub(super) fn webhook_info(world: &mut World, _: &Call) -> Answer {
    let url = world.queue.webhook.as_ref().map(|hook| hook["url"].clone()).unwrap_or_else(|| "".into());
    Ok(json!({
        "url": url, "has_custom_certificate": false, "pending_update_count": world.queue.waiting(),
    }))
}
