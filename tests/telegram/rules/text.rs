//! Lengths and markup of messages, captions and the short texts around them.

use serde_json::{Map, Value};

use super::html::{self, Parsed};
use super::units;

/// What a message may hold: <https://core.telegram.org/bots/api#sendmessage>.
pub const MESSAGE: usize = 4096;
/// What a caption may hold.
pub const CAPTION: usize = 1024;

/// Reads the text under `key` with its parse mode, or with the entities that came beside it.
///
/// # Errors
///
/// What the server answers when the markup is wrong.
pub fn formatted(
    params: &Map<String, Value>,
    key: &str,
    mode: &str,
    entities: &str,
) -> Result<Parsed, String> {
    let text = params.get(key).and_then(Value::as_str).unwrap_or_default();
    let given = params.get(mode).and_then(Value::as_str).unwrap_or_default();
    let mut parsed = match given.to_ascii_lowercase().as_str() {
        "" => {
            let entities = params.get(entities).and_then(Value::as_array).cloned().unwrap_or_default();
            Parsed { text: text.to_owned(), entities, dubious: Vec::new() }
        }
        "html" => html::parse(text).map_err(|error| format!("Bad Request: can't parse entities: {error}"))?,
        "markdown" | "markdownv2" => {
            let dubious = vec![format!("{given} is read here as plain text; send HTML")];
            Parsed { text: text.to_owned(), entities: Vec::new(), dubious }
        }
        _ => return Err("Bad Request: unsupported parse_mode".into()),
    };
    // The server trims both ends; entities move with the text.
    let kept = parsed.text.trim_start();
    let cut = units(&parsed.text) - units(kept);
    parsed.text = kept.trim_end().to_owned();
    if cut > 0 {
        for entity in &mut parsed.entities {
            let offset = entity["offset"].as_u64().unwrap_or_default().saturating_sub(cut as u64);
            entity["offset"] = offset.into();
        }
    }
    Ok(parsed)
}

/// A message's text.
///
/// # Errors
///
/// When it is empty, too long or its markup is wrong.
pub fn message(params: &Map<String, Value>) -> Result<Parsed, String> {
    let parsed = formatted(params, "text", "parse_mode", "entities")?;
    match units(&parsed.text) {
        0 => Err("Bad Request: message text is empty".into()),
        1..=MESSAGE => Ok(parsed),
        _ => Err("Bad Request: message is too long".into()),
    }
}

/// A caption, which may be empty.
///
/// # Errors
///
/// When it is too long or its markup is wrong.
pub fn caption(params: &Map<String, Value>) -> Result<Parsed, String> {
    let parsed = formatted(params, "caption", "parse_mode", "caption_entities")?;
    if units(&parsed.text) > CAPTION {
        return Err("Bad Request: message caption is too long".into());
    }
    Ok(parsed)
}

/// One list of commands: <https://core.telegram.org/bots/api#botcommand>.
///
/// # Errors
///
/// When a name or a description is out of bounds, or there are more than a hundred.
pub fn commands(list: &[Value]) -> Result<(), String> {
    if list.len() > 100 {
        return Err("Bad Request: BOT_COMMANDS_TOO_MUCH".into());
    }
    for command in list {
        let name = command["command"].as_str().unwrap_or_default();
        let name = name.strip_prefix('/').unwrap_or(name);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 32 || !name.chars().all(plain) {
            return Err("Bad Request: BOT_COMMAND_INVALID".into());
        }
        let description = command["description"].as_str().unwrap_or_default().trim();
        if description.is_empty() || description.chars().count() > 256 {
            return Err("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID".into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &str) -> Result<Parsed, String> {
        message(json!({"text": value, "parse_mode": "HTML"}).as_object().unwrap())
    }

    #[test]
    fn a_message_is_measured_in_utf16_after_its_entities() {
        assert!(text(&"&lt;".repeat(4096)).is_ok());
        assert!(text(&"😀".repeat(2048)).is_ok());
        assert_eq!(text(&"😀".repeat(2049)).unwrap_err(), "Bad Request: message is too long");
        assert_eq!(text(" <b> </b>\n").unwrap_err(), "Bad Request: message text is empty");
        assert_eq!(text(" <b>a</b>").unwrap().entities[0]["offset"], 0);
    }

    #[test]
    fn commands_are_held_to_their_alphabet() {
        let one = |name: &str, text: &str| commands(&[json!({"command": name, "description": text})]);
        assert!(one("quiz_2", "Ask").is_ok());
        assert!(one("Quiz", "Ask").is_err());
        assert!(one("quiz", " ").is_err());
        assert!(one(&"a".repeat(33), "Ask").is_err());
        assert!(one("a", &"é".repeat(257)).is_err());
    }
}
