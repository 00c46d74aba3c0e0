//! The limits of embeds. <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>

use serde_json::Value;

use super::super::refusal::Faults;

const EMBEDS: usize = 10;
const FIELDS: usize = 25;
const TOTAL: usize = 6000;

/// What is wrong with the embeds of a message.
pub(super) fn embeds(embeds: &Value, faults: &mut Faults) {
    let Some(embeds) = embeds.as_array() else { return };
    if embeds.len() > EMBEDS {
        faults.add("embeds", "BASE_TYPE_MAX_LENGTH", format!("Must be {EMBEDS} or fewer in length."));
    }
    let mut total = 0;
    for (at, embed) in embeds.iter().enumerate() {
        let path = format!("embeds.{at}");
        let mut text = |value: &Value, field: &str, limit: usize| {
            if let Some(text) = value.as_str() {
                total += text.chars().count();
                faults.length(&format!("{path}.{field}"), text, 0..=limit);
            }
        };
        text(&embed["title"], "title", 256);
        text(&embed["description"], "description", 4096);
        text(&embed["footer"]["text"], "footer.text", 2048);
        text(&embed["author"]["name"], "author.name", 256);
        for (number, field) in embed["fields"].as_array().into_iter().flatten().enumerate() {
            text(&field["name"], &format!("fields.{number}.name"), 256);
            text(&field["value"], &format!("fields.{number}.value"), 1024);
        }
        if embed["fields"].as_array().is_some_and(|fields| fields.len() > FIELDS) {
            let message = format!("Must be {FIELDS} or fewer in length.");
            faults.add(&format!("{path}.fields"), "BASE_TYPE_MAX_LENGTH", message);
        }
    }
    if total > TOTAL {
        faults.add(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            format!("Embed size exceeds maximum size of {TOTAL}"),
        );
    }
}
