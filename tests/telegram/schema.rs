//! The Bot API as a machine reads it: every parameter known, the required ones there, each of its documented type.
//!
//! The description is `telegram-api.json` in the folder that `VIVA_SPECS` names, as
//! <https://github.com/PaulSonOfLars/telegram-bot-api-spec> makes it. Without it nothing is checked, and that is said.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The description, by lower-case method and by type.
struct Api {
    methods: HashMap<String, Fields>,
    types: HashMap<String, Type>,
}

#[derive(Default)]
struct Fields(Vec<Field>);

struct Field {
    name: String,
    types: Vec<String>,
    required: bool,
    /// The one value of a `type` or `status` that tells a subtype from its siblings.
    always: Option<String>,
}

struct Type {
    fields: Fields,
    subtypes: Vec<String>,
}

static API: LazyLock<Option<Api>> = LazyLock::new(|| {
    let Some(folder) = std::env::var_os("VIVA_SPECS").map(PathBuf::from) else {
        assert!(std::env::var_os("CI").is_none(), "VIVA_SPECS must be set where nothing may skip");
        eprintln!(
            "skipped: set VIVA_SPECS to the folder with telegram-api.json to check requests against the Bot API"
        );
        return None;
    };
    let file = folder.join("telegram-api.json");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Some(Api::read(&serde_json::from_str(&text).expect("telegram-api.json is JSON")))
});

/// Checks the parameters of one request; each complaint names the place.
///
/// Says nothing when `VIVA_SPECS` is not set.
#[must_use]
pub fn check_telegram(method: &str, body: &Value) -> Vec<String> {
    API.as_ref().map(|api| api.method(method, body)).unwrap_or_default()
}

/// Checks that `value` is an object of the named type: what the stand-in itself sends must be whole.
#[must_use]
pub fn check_type(name: &str, value: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    if let Some(api) = API.as_ref() {
        api.value(name, value, name, &mut complaints);
    }
    complaints
}

/// Whether the Bot API has the method.
#[must_use]
pub fn knows(method: &str) -> Option<bool> {
    API.as_ref().map(|api| api.methods.contains_key(&method.to_ascii_lowercase()))
}

impl Api {
    fn read(value: &Value) -> Self {
        let entries = |key: &str| value[key].as_object().cloned().unwrap_or_else(Map::new).into_iter();
        let methods =
            entries("methods").map(|(name, method)| (name.to_ascii_lowercase(), Fields::read(&method)));
        let types = entries("types").map(|(name, value)| {
            let subtypes = value["subtypes"].as_array().cloned().unwrap_or_default();
            let subtypes = subtypes.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
            (name, Type { fields: Fields::read(&value), subtypes })
        });
        Self { methods: methods.collect(), types: types.collect() }
    }

    fn method(&self, method: &str, body: &Value) -> Vec<String> {
        let mut complaints = Vec::new();
        match (self.methods.get(&method.to_ascii_lowercase()), body) {
            (None, _) => complaints.push(format!("{method}: the Bot API has no such method")),
            (Some(fields), Value::Object(body)) => self.object(fields, body, method, &mut complaints),
            (Some(_), Value::Null) => {}
            (Some(_), _) => complaints.push(format!("{method}: the parameters are no object")),
        }
        complaints
    }

    fn object(&self, fields: &Fields, body: &Map<String, Value>, place: &str, complaints: &mut Vec<String>) {
        for (name, value) in body {
            let Some(field) = fields.0.iter().find(|field| field.name == *name) else {
                complaints.push(format!("{place}: unknown field {name:?}"));
                continue;
            };
            let place = format!("{place}.{name}");
            if value.is_null() {
                complaints.push(format!("{place}: null; leave the field out"));
                continue;
            }
            // The type that fits, or else the complaints of the one that comes nearest.
            let tries = field.types.iter().map(|name| {
                let mut found = Vec::new();
                self.value(name, value, &place, &mut found);
                found
            });
            complaints.extend(tries.min_by_key(Vec::len).unwrap_or_default());
        }
        for field in fields.0.iter().filter(|field| field.required && !body.contains_key(&field.name)) {
            complaints.push(format!("{place}: missing field {:?}", field.name));
        }
    }

    fn value(&self, name: &str, value: &Value, place: &str, complaints: &mut Vec<String>) {
        if let Some(inner) = name.strip_prefix("Array of ") {
            match value.as_array() {
                Some(items) => items.iter().enumerate().for_each(|(n, item)| {
                    self.value(inner, item, &format!("{place}[{n}]"), complaints);
                }),
                None => complaints.push(format!("{place}: expected an array, got {value}")),
            }
            return;
        }
        let fits = match name {
            "Integer" => value.is_i64() || value.is_u64(),
            "Float" => value.is_number(),
            // A file is a name of one here: its bytes travel beside the parameters.
            "String" | "InputFile" => value.is_string(),
            "Boolean" => value.is_boolean(),
            _ => return self.composed(name, value, place, complaints),
        };
        if !fits {
            complaints.push(format!("{place}: expected {name}, got {value}"));
        }
    }

    fn composed(&self, name: &str, value: &Value, place: &str, complaints: &mut Vec<String>) {
        let Some(known) = self.types.get(name) else {
            complaints.push(format!("{place}: the description has no type {name}"));
            return;
        };
        if known.subtypes.is_empty() {
            match value {
                Value::Object(body) => self.object(&known.fields, body, place, complaints),
                _ => complaints.push(format!("{place}: expected {name}, got {value}")),
            }
            return;
        }
        let fixed =
            |subtype: &&String| self.types.get(*subtype).is_some_and(|subtype| subtype.fields.admits(value));
        let candidates: Vec<&String> = known.subtypes.iter().filter(fixed).collect();
        let tries = candidates.iter().map(|subtype| {
            let mut found = Vec::new();
            self.value(subtype, value, place, &mut found);
            found
        });
        match tries.min_by_key(Vec::len) {
            Some(found) => complaints.extend(found),
            None => complaints.push(format!("{place}: no kind of {name} fits {value}")),
        }
    }
}

impl Fields {
    fn read(value: &Value) -> Self {
        let fields = value["fields"].as_array().cloned().unwrap_or_default();
        Self(fields.iter().map(Field::read).collect())
    }

    /// Whether the constant fields of this type are what `value` has.
    fn admits(&self, value: &Value) -> bool {
        self.0.iter().all(|field| field.always.as_deref().is_none_or(|always| value[&field.name] == always))
    }
}

impl Field {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().unwrap_or_default();
        let types = value["types"].as_array().cloned().unwrap_or_default();
        let name = text("name").to_owned();
        let constant = ["type", "status", "source"].contains(&name.as_str());
        let says = text("description");
        let always = constant.then(|| always(says)).flatten();
        Self {
            types: types.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect(),
            required: value["required"].as_bool().unwrap_or_default(),
            name,
            always,
        }
    }
}

/// The value that a description fixes: `always "paragraph"`, or `must be photo` at its end.
fn always(description: &str) -> Option<String> {
    let quoted = description.replace(['“', '”'], "\"");
    if let Some((_, rest)) = quoted.split_once("always \"") {
        return rest.split('"').next().map(ToOwned::to_owned);
    }
    let (_, value) = quoted.split_once("must be ")?;
    let value = value.trim_matches(['"', '.', '*']);
    (!value.contains(' ')).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_good_request_passes_and_each_fault_is_named() {
        if API.is_none() {
            return;
        }
        let good = json!({"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[
            {"text": "a", "callback_data": "b"}]]}});
        assert_eq!(check_telegram("SendMessage", &good), Vec::<String>::new());
        let scope = json!({"commands": [], "scope": {"type": "chat_administrators", "chat_id": 5}});
        assert_eq!(check_telegram("setMyCommands", &scope), Vec::<String>::new());
        let media = json!({"chat_id": "@a", "media": [{"type": "photo", "media": "attach://a"}]});
        assert_eq!(check_telegram("sendMediaGroup", &media), Vec::<String>::new());
        for (method, body, wanted) in [
            ("sendMesage", json!({}), "no such method"),
            ("sendMessage", json!({"chat_id": 1}), "missing field \"text\""),
            ("sendMessage", json!({"chat_id": 1.5, "text": "x"}), "sendMessage.chat_id"),
            ("sendMessage", json!({"chat_id": 1, "text": "x", "colour": 1}), "unknown field \"colour\""),
            ("sendMessage", json!({"chat_id": 1, "text": null}), "null"),
            (
                "sendPoll",
                json!({"chat_id": 1, "question": "q", "options": [{"txt": "a"}]}),
                "sendPoll.options[0]",
            ),
            (
                "setMyCommands",
                json!({"commands": [], "scope": {"type": "chat"}}),
                "missing field \"chat_id\"",
            ),
            (
                "setMyCommands",
                json!({"commands": [], "scope": {"type": "all"}}),
                "no kind of BotCommandScope",
            ),
        ] {
            let complaints = check_telegram(method, &body);
            assert!(
                complaints.iter().any(|complaint| complaint.contains(wanted)),
                "{wanted}: {complaints:?}"
            );
        }
    }
}
