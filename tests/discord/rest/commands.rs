//! The commands of the application, for all servers at once.
//! <https://docs.discord.com/developers/interactions/application-commands#endpoints>

use serde_json::{Value, json};

use super::super::rules::commands::commands as faults;
use super::super::world::{Shared, World};
use super::{Answer, Call, unknown};

pub(super) fn commands(shared: &Shared, world: &mut World, call: &Call, rest: &[&str]) -> Answer {
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok((200, Value::Array(world.commands.clone()))),
        ("PUT", []) => {
            faults(&call.body).verdict("")?;
            let sent = call.body.as_array().map_or(&[][..], Vec::as_slice);
            world.commands = sent.iter().map(|command| whole(shared, world, command)).collect();
            world.registered = true;
            Ok((200, Value::Array(world.commands.clone())))
        }
        _ => Err(unknown()),
    }
}

/// A command as Discord gives it back, with the id it had before if it has the same name.
fn whole(shared: &Shared, world: &World, sent: &Value) -> Value {
    let before = world.commands.iter().find(|old| old["name"] == sent["name"]).map(|old| old["id"].clone());
    let mut json = json!({
        "id": before.unwrap_or_else(|| json!(shared.id().to_string())), "version": shared.id().to_string(),
        "application_id": world.application.to_string(), "type": 1, "description": "", "nsfw": false,
        "default_member_permissions": null, "dm_permission": true, "name_localizations": null,
        "description_localizations": null, "contexts": null, "integration_types": [0],
    });
    for (field, value) in sent.as_object().into_iter().flatten() {
        if field != "id" {
            json[field] = value.clone();
        }
    }
    json
}
