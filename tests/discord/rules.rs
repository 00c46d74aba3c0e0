//! What Discord accepts in a body: messages, modals, autocomplete choices and commands. It judges a body alone;
//! who may send it where is for the routes.

pub(super) mod commands;
mod components;
mod embeds;
mod modal;

use serde_json::Value;

use super::refusal::Faults;
pub(super) use modal::modal;

/// The message flag that makes a message private to one person.
/// <https://docs.discord.com/developers/resources/message#message-object-message-flags>
pub const EPHEMERAL: u64 = 1 << 6;
/// The message flag of messages that are made of components alone.
/// <https://docs.discord.com/developers/components/reference#what-is-a-component>
pub const COMPONENTS_V2: u64 = 1 << 15;
/// The most code points of `content`. <https://docs.discord.com/developers/resources/message#create-message>
const CONTENT: usize = 2000;
/// The most files of a message. <https://docs.discord.com/developers/reference#uploading-files>
const FILES: usize = 10;
/// The most bytes of a file, where nobody pays for more.
/// <https://docs.discord.com/developers/reference#uploading-files>
pub(super) const UPLOAD: usize = 10 * 1024 * 1024;
/// The most choices of an autocomplete answer.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete>
const CHOICES: usize = 25;

/// What a message's body is judged with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around<'a> {
    /// The message that is edited.
    pub(super) before: Option<&'a Value>,
    /// The names of the files that come with the body, as `files[n]` numbers them.
    pub(super) files: &'a [(usize, String)],
    /// Whether the body must say that nobody is mentioned.
    pub(super) quiet: bool,
}

/// What Discord would say against a new message with this body and no files, a line each.
///
/// For bodies that were printed rather than sent, with the files that they list.
#[must_use]
pub fn message_faults(body: &Value) -> Vec<String> {
    let listed = body["attachments"].as_array().into_iter().flatten();
    let file =
        |entry: &Value| Some((usize::try_from(id(entry)?).ok()?, entry["filename"].as_str()?.to_owned()));
    let files: Vec<_> = listed.filter_map(file).collect();
    message(body, Around { quiet: true, files: &files, ..Around::default() }).lines()
}

/// What is wrong with the body of a message.
pub(super) fn message(body: &Value, around: Around<'_>) -> Faults {
    let mut faults = Faults::default();
    if !body.is_object() {
        faults.add("", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType.");
        return faults;
    }
    let flags = |message: &Value| message["flags"].as_u64().unwrap_or(0);
    let was = around.before.is_some_and(|before| flags(before) & COMPONENTS_V2 != 0);
    let v2 = was || flags(body) & COMPONENTS_V2 != 0;
    if was && body["flags"].is_u64() && flags(body) & COMPONENTS_V2 == 0 {
        let message = "The flag IS_COMPONENTS_V2 can't be removed from a message.";
        faults.add("flags", "MESSAGE_COMPONENTS_V2_FLAG_REMOVED", message);
    }
    if v2 {
        for field in ["content", "embeds", "poll", "sticker_ids", "stickers"] {
            let filled = match &body[field] {
                Value::Null => false,
                Value::String(text) => !text.is_empty(),
                Value::Array(items) => !items.is_empty(),
                _ => true,
            };
            if filled {
                let message =
                    format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
                faults.add(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
            }
        }
    }
    if v2
        && !was
        && let Some(before) = around.before
    {
        for field in ["content", "embeds"] {
            let stays = body.get(field).is_none();
            let filled = before[field].as_str().is_some_and(|text| !text.is_empty())
                || before[field].as_array().is_some_and(|items| !items.is_empty());
            if stays && filled {
                let message = format!(
                    "'{field}' of the message must be set to null with MessageFlags.IS_COMPONENTS_V2"
                );
                faults.add(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
            }
        }
    }
    if let Some(content) = body["content"].as_str() {
        faults.length("content", content, 0..=CONTENT);
    }
    embeds::embeds(&body["embeds"], &mut faults);
    attachments(body, around, &mut faults);
    let known = known_files(body, around);
    components::message(&body["components"], v2, &known, &mut faults);
    if let Some(nonce) = body["nonce"].as_str() {
        // https://docs.discord.com/developers/resources/message#create-message
        faults.length("nonce", nonce, 1..=25);
    }
    if around.quiet {
        mentions(&body["allowed_mentions"], &mut faults);
    }
    faults
}

/// Whether a new message would show nothing at all.
pub(super) fn is_empty(body: &Value, files: usize) -> bool {
    let filled = |field: &str| match &body[field] {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
        _ => false,
    };
    files == 0 && !["content", "embeds", "components", "sticker_ids", "poll"].into_iter().any(filled)
}

/// What is wrong with an autocomplete answer.
pub(super) fn choices(data: &Value) -> Faults {
    let mut faults = Faults::default();
    let Some(choices) = data["choices"].as_array() else {
        faults.add("choices", "BASE_TYPE_REQUIRED", "This field is required");
        return faults;
    };
    if choices.len() > CHOICES {
        faults.add("choices", "BASE_TYPE_MAX_LENGTH", format!("Must be {CHOICES} or fewer in length."));
    }
    for (at, choice) in choices.iter().enumerate() {
        commands::choice(choice, &format!("choices.{at}"), &mut faults);
    }
    faults
}

/// Notes a body that could ping somebody.
/// <https://docs.discord.com/developers/resources/message#allowed-mentions-object>
fn mentions(allowed: &Value, faults: &mut Faults) {
    let none = |field: &str| allowed[field].as_array().is_none_or(Vec::is_empty);
    let quiet = allowed["parse"].as_array().is_some_and(Vec::is_empty)
        && none("users")
        && none("roles")
        && allowed["replied_user"] != true;
    if !quiet {
        faults.add("allowed_mentions", "STAND_IN_MENTIONS", "Must be present and allow nobody.");
    }
}

/// The names that `attachment://` may refer to.
fn known_files(body: &Value, around: Around<'_>) -> Vec<String> {
    let kept = |attachment: &Value| {
        let listed = body["attachments"].as_array();
        listed.is_none_or(|listed| listed.iter().any(|entry| entry["id"] == attachment["id"]))
    };
    let before = around.before.and_then(|before| before["attachments"].as_array()).into_iter().flatten();
    let before = before.filter(|attachment| kept(attachment));
    let mut names: Vec<_> = before.filter_map(|old| old["filename"].as_str().map(str::to_owned)).collect();
    for (number, name) in around.files {
        let entries = body["attachments"].as_array().into_iter().flatten();
        let renamed = entries
            .filter(|entry| id(entry) == Some(*number as u64))
            .find_map(|entry| entry["filename"].as_str());
        names.push(renamed.unwrap_or(name).to_owned());
    }
    names
}

/// An attachment's id, which serenity writes as a number.
pub(super) fn id(value: &Value) -> Option<u64> {
    value["id"].as_u64().or_else(|| value["id"].as_str()?.parse().ok())
}

/// <https://docs.discord.com/developers/reference#uploading-files>
fn attachments(body: &Value, around: Around<'_>, faults: &mut Faults) {
    if around.files.len() > FILES {
        faults.add("attachments", "BASE_TYPE_MAX_LENGTH", format!("Must be {FILES} or fewer in length."));
    }
    let before = around.before.and_then(|before| before["attachments"].as_array());
    let old = |wanted: u64| before.is_some_and(|before| before.iter().any(|entry| id(entry) == Some(wanted)));
    for (at, attachment) in body["attachments"].as_array().into_iter().flatten().enumerate() {
        let path = format!("attachments.{at}");
        match id(attachment) {
            Some(id) if around.files.iter().any(|(number, _)| *number as u64 == id) || old(id) => {}
            _ => faults.add(&path, "ATTACHMENT_NOT_FOUND", "No file of this request or message has this id."),
        }
        if let Some(description) = attachment["description"].as_str() {
            faults.length(&format!("{path}.description"), description, 0..=1024);
        }
    }
}
