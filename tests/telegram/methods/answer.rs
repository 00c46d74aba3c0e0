//! Answers to pressed buttons and to inline queries.

use serde_json::{Map, Value};

use super::{Answer, Call, Refusal};
use crate::telegram::rules::{keyboard, rich, text};
use crate::telegram::world::World;

const TOO_OLD: &str = "Bad Request: query is too old and response timeout expired or query ID is invalid";

/// How long a pressed button waits. The documentation names no time; people meet 10 to 20 seconds, as in
/// <https://github.com/eternnoir/pyTelegramBotAPI/issues/1615>.
const PATIENCE: i64 = 15_000;

pub(super) fn callback(world: &mut World, call: &Call) -> Answer {
    let id = call.text("callback_query_id");
    if call.text("text").chars().count() > 200 {
        return Err(Refusal::blunder("Bad Request: MESSAGE_TOO_LONG"));
    }
    let url = call.text("url");
    if !url.is_empty() && !url.starts_with("https://t.me/") && !url.starts_with("tg://") {
        return Err(Refusal::blunder("Bad Request: URL_INVALID"));
    }
    let press = world.presses.get_mut(id).ok_or_else(|| Refusal::blunder(TOO_OLD))?;
    if let Some(before) = &press.answer {
        // A program that heard nothing of its answer may well give it again; a second one is a mistake.
        let again = before.as_object() == Some(&call.body);
        return Err(if again { Refusal::new(400, TOO_OLD) } else { Refusal::blunder(TOO_OLD) });
    }
    if call.now - press.at > PATIENCE {
        return Err(Refusal::new(400, TOO_OLD));
    }
    press.answer = Some(Value::Object(call.body.clone()));
    Ok(true.into())
}

pub(super) fn inline(world: &mut World, call: &Call) -> Answer {
    let id = call.text("inline_query_id");
    let results = call.list("results");
    if results.len() > 50 {
        return Err(Refusal::blunder("Bad Request: RESULTS_TOO_MUCH"));
    }
    if call.text("next_offset").len() > 64 {
        return Err(Refusal::blunder("Bad Request: NEXT_OFFSET_INVALID"));
    }
    if let Some(parameter) = call.body.get("button").and_then(|button| button["start_parameter"].as_str()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if !(1..=64).contains(&parameter.len()) || !parameter.chars().all(plain) {
            return Err(Refusal::blunder("Bad Request: START_PARAM_INVALID"));
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for result in results {
        let id = result["id"].as_str().unwrap_or_default();
        if !(1..=64).contains(&id.len()) {
            return Err(Refusal::blunder("Bad Request: RESULT_ID_INVALID"));
        }
        if seen.contains(&id) {
            return Err(Refusal::blunder("Bad Request: RESULT_ID_DUPLICATE"));
        }
        seen.push(id);
        if result["type"] == "article" && result["title"].as_str().unwrap_or_default().trim().is_empty() {
            return Err(Refusal::blunder("Bad Request: ARTICLE_TITLE_EMPTY"));
        }
        keyboard::check(result.get("reply_markup")).map_err(Refusal::blunder)?;
        content(&result["input_message_content"]).map_err(Refusal::blunder)?;
    }
    let asked = world.asked.get_mut(id).ok_or_else(|| Refusal::blunder(TOO_OLD))?;
    if asked.answer.is_some() {
        return Err(Refusal::blunder(TOO_OLD));
    }
    asked.answer = Some(Value::Object(call.body.clone()));
    Ok(true.into())
}

/// What will be read in the chat when a result with this content is chosen.
///
/// # Errors
///
/// When Telegram would not send it.
pub(crate) fn content(content: &Value) -> Result<String, String> {
    if let Some(given) = content.get("rich_message") {
        return Ok(rich::check(given)?.text);
    }
    let Some(written) = content.get("message_text") else { return Ok(String::new()) };
    let mut params = Map::new();
    params.insert("text".into(), written.clone());
    for key in ["parse_mode", "entities"] {
        if let Some(value) = content.get(key) {
            params.insert(key.into(), value.clone());
        }
    }
    Ok(text::message(&params)?.text)
}
