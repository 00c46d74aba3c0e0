//! Inline keyboards: what a button may carry and how many there may be.
//!
//! <https://core.telegram.org/bots/api#inlinekeyboardbutton> documents the callback data; the hundred buttons and the
//! eight in a row are what clients and the server have been seen to hold to, see
//! <https://core.telegram.org/constructor/replyInlineMarkup>.

use serde_json::Value;

const ACTIONS: [&str; 10] = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];

/// Checks what came as `reply_markup`.
///
/// # Errors
///
/// What the server answers to a keyboard that it does not take.
pub fn check(markup: Option<&Value>) -> Result<(), String> {
    let Some(rows) = markup.and_then(|markup| markup.get("inline_keyboard")) else { return Ok(()) };
    let Some(rows) = rows.as_array() else {
        return Err(
            "Bad Request: field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays"
                .into(),
        );
    };
    let mut count = 0;
    for row in rows {
        let Some(row) = row.as_array() else {
            return Err("Bad Request: can't parse inline keyboard button: a row must be an Array".into());
        };
        count += row.len();
        if row.len() > 8 || count > 100 {
            return Err("Bad Request: REPLY_MARKUP_TOO_LONG".into());
        }
        row.iter().try_for_each(button)?;
    }
    Ok(())
}

fn button(button: &Value) -> Result<(), String> {
    let text = button["text"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err("Bad Request: can't parse inline keyboard button: text must be non-empty".into());
    }
    let actions = ACTIONS.iter().filter(|action| button.get(**action).is_some()).count();
    if actions == 0 {
        return Err(
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard".into()
        );
    }
    if actions > 1 {
        return Err("Bad Request: can't parse inline keyboard button: exactly one action is allowed".into());
    }
    if let Some(data) = button.get("callback_data")
        && !data.as_str().is_some_and(|data| (1..=64).contains(&data.len()))
    {
        return Err("Bad Request: BUTTON_DATA_INVALID".into());
    }
    if let Some(url) = button.get("url") {
        let url = url.as_str().unwrap_or_default();
        let known = ["https://", "http://", "tg://", "ton://"].iter().any(|scheme| url.starts_with(scheme));
        if !known || url.contains(' ') {
            return Err(format!(
                "Bad Request: inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
            ));
        }
    }
    let copied = button["copy_text"]["text"].as_str();
    if copied.is_some_and(|text| !(1..=256).contains(&text.chars().count())) {
        return Err("Bad Request: BUTTON_COPY_TEXT_INVALID".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn data_has_1_to_64_bytes_and_a_keyboard_100_buttons() {
        let one =
            |data: &str| check(Some(&json!({"inline_keyboard": [[{"text": "a", "callback_data": data}]]})));
        assert!(one(&"x".repeat(64)).is_ok());
        assert!(one(&"é".repeat(33)).is_err());
        assert!(one("").is_err());
        let row = |n: usize| vec![json!({"text": "a", "callback_data": "b"}); n];
        let rows = |n: usize| check(Some(&json!({"inline_keyboard": vec![row(8); n]})));
        assert!(rows(12).is_ok());
        assert!(rows(13).is_err());
        assert!(check(Some(&json!({"inline_keyboard": [row(9)]}))).is_err());
        assert!(check(Some(&json!({"inline_keyboard": [[{"text": "a"}]]}))).is_err());
        assert!(check(Some(&json!({"force_reply": true}))).is_ok());
    }
}
