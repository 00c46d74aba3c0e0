//! Bodies against the OpenAPI document that Discord publishes. The document stays where it is: `VIVA_SPECS` names its
//! folder, and where it is unset nothing is checked, which is said once.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, Once};

use jsonschema::Validator;
use serde_json::{Value, json};

type Compiled = HashMap<(String, String), Arc<Validator>>;

/// The document, if there is one.
static DOCUMENT: LazyLock<Option<Value>> = LazyLock::new(|| {
    let path = PathBuf::from(std::env::var_os("VIVA_SPECS")?).join("discord-openapi.json");
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("VIVA_SPECS: {}: {error}", path.display()));
    Some(serde_json::from_slice(&text).expect("the specification is JSON"))
});

/// What was compiled already, by method and path of the document.
static COMPILED: LazyLock<Mutex<Compiled>> = LazyLock::new(Mutex::default);

/// What the schema has against a request's body, a line each; nothing where no specification is at hand.
///
/// The path is the one after `/api/v10`.
///
/// # Panics
///
/// When `VIVA_SPECS` names a folder without the document, and where `CI` is set but `VIVA_SPECS` is not.
#[must_use]
pub fn check_discord(method: &str, path: &str, body: &Value) -> Vec<String> {
    let Some(document) = &*DOCUMENT else {
        static SAID: Once = Once::new();
        assert!(std::env::var_os("CI").is_none(), "VIVA_SPECS must be set where nothing may skip");
        SAID.call_once(|| {
            eprintln!("skipped: set VIVA_SPECS to a folder with discord-openapi.json to check bodies")
        });
        return Vec::new();
    };
    let method = method.to_lowercase();
    let Some(template) = template(document, &method, path) else {
        return vec!["the specification has no such route".to_owned()];
    };
    let schema =
        &document["paths"][template][&method]["requestBody"]["content"]["application/json"]["schema"];
    if schema.is_null() {
        return vec!["the specification wants no body here".to_owned()];
    }
    let key = (method.clone(), template.to_owned());
    let known = COMPILED.lock().expect("compiling does not panic").get(&key).cloned();
    let validator = known.unwrap_or_else(|| {
        let validator = Arc::new(compile(document, schema));
        COMPILED.lock().expect("compiling does not panic").insert(key, Arc::clone(&validator));
        validator
    });
    let body = without_false_alarms(body);
    validator
        .iter_errors(&body)
        .map(|error| format!("{} at {:?}", error, error.instance_path().to_string()))
        .collect()
}

fn compile(document: &Value, schema: &Value) -> Validator {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::draft202012::new(&schema).expect("the specification is a schema")
}

/// The document's path that a request's path is an instance of, the most literal one.
fn template<'a>(document: &'a Value, method: &str, path: &str) -> Option<&'a str> {
    let given: Vec<_> = path.trim_matches('/').split('/').collect();
    let literal = |template: &str| -> Option<usize> {
        let parts: Vec<_> = template.trim_matches('/').split('/').collect();
        let fits = parts.len() == given.len()
            && parts.iter().zip(&given).all(|(part, given)| part.starts_with('{') || part == given);
        fits.then(|| parts.iter().filter(|part| !part.starts_with('{')).count())
    };
    let paths = document["paths"].as_object()?;
    let known = paths.iter().filter(|(_, methods)| methods.get(method).is_some());
    known.filter_map(|(path, _)| Some((literal(path)?, path.as_str()))).max().map(|(_, path)| path)
}

/// The body without what serenity writes otherwise and Discord takes all the same: ids of attachments as numbers,
/// permissions as texts.
fn without_false_alarms(body: &Value) -> Value {
    let mut body = body.clone();
    soften(&mut body);
    body
}

fn soften(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(soften),
        Value::Object(fields) => {
            for attachment in
                fields.get_mut("attachments").and_then(Value::as_array_mut).into_iter().flatten()
            {
                if let Some(id) = attachment["id"].as_u64() {
                    attachment["id"] = json!(id.to_string());
                }
            }
            if let Some(permissions) = fields.get_mut("default_member_permissions")
                && let Some(bits) = permissions.as_str().and_then(|bits| bits.parse::<u64>().ok())
            {
                *permissions = json!(bits);
            }
            fields.values_mut().for_each(soften);
        }
        _ => {}
    }
}
