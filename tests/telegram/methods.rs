//! The methods of the Bot API: each takes parameters and changes the world, or refuses in Telegram's words.

mod answer;
mod bot;
mod chat;
mod edit;
mod media;
mod place;
mod send;

use serde_json::{Map, Value, json};

pub(super) use self::answer::content as shared_text;
use super::world::{Upload, World};

/// One call.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method, as the documentation writes it.
    pub method: &'static str,
    /// The parameters.
    pub body: Map<String, Value>,
    /// The files that came along.
    pub files: Vec<Upload>,
    /// When, in Unix milliseconds.
    pub now: i64,
}

impl Call {
    fn text(&self, key: &str) -> &str {
        self.body.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn number(&self, key: &str) -> Option<i64> {
        let value = self.body.get(key)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    fn list(&self, key: &str) -> &[Value] {
        self.body.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

/// A refusal.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The status, also in the body as `error_code`.
    pub code: u16,
    /// The sentence.
    pub description: String,
    /// `ResponseParameters`.
    pub parameters: Option<Value>,
    /// Whether a careful bot would never have asked.
    pub blunder: bool,
}

impl Refusal {
    /// A refusal that can happen to a bot that does everything right.
    #[must_use]
    pub fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), parameters: None, blunder: false }
    }

    /// A refusal of something that the documentation forbids.
    #[must_use]
    pub fn blunder(description: impl Into<String>) -> Self {
        Self { blunder: true, ..Self::new(400, description) }
    }

    /// To wait.
    #[must_use]
    pub fn wait(seconds: i64) -> Self {
        let mut refusal = Self::new(429, format!("Too Many Requests: retry after {seconds}"));
        refusal.parameters = Some(json!({ "retry_after": seconds }));
        refusal
    }

    /// As the body of the answer.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}

type Answer = Result<Value, Refusal>;
type Method = fn(&mut World, &Call) -> Answer;

/// Every method but `getUpdates`, which waits.
const METHODS: [(&str, Method); 44] = [
    ("getMe", bot::me),
    ("setMyCommands", bot::set_commands),
    ("getMyCommands", bot::get_commands),
    ("deleteMyCommands", bot::delete_commands),
    ("setMyName", bot::set_profile),
    ("getMyName", bot::get_profile),
    ("setMyDescription", bot::set_profile),
    ("getMyDescription", bot::get_profile),
    ("setMyShortDescription", bot::set_profile),
    ("getMyShortDescription", bot::get_profile),
    ("setMyDefaultAdministratorRights", bot::yes),
    ("setChatMenuButton", bot::yes),
    ("setWebhook", bot::set_webhook),
    ("deleteWebhook", bot::delete_webhook),
    ("getWebhookInfo", bot::webhook_info),
    ("sendMessage", send::message),
    ("sendRichMessage", send::rich),
    ("sendPoll", send::poll),
    ("stopPoll", edit::stop_poll),
    ("sendPhoto", media::photo),
    ("sendDocument", media::document),
    ("sendMediaGroup", media::group),
    ("editMessageText", edit::text),
    ("editMessageCaption", edit::caption),
    ("editMessageMedia", edit::media),
    ("editMessageReplyMarkup", edit::markup),
    ("deleteMessage", edit::delete),
    ("deleteMessages", edit::delete_many),
    ("answerCallbackQuery", answer::callback),
    ("answerInlineQuery", answer::inline),
    ("getChat", chat::get),
    ("getChatMember", chat::member),
    ("getChatAdministrators", chat::administrators),
    ("getChatMemberCount", chat::count),
    ("sendChatAction", chat::action),
    ("leaveChat", chat::leave),
    ("pinChatMessage", chat::pin),
    ("unpinChatMessage", chat::pin),
    ("setMessageReaction", chat::react),
    ("getForumTopicIconStickers", bot::nothing),
    ("getFile", media::file),
    ("logOut", bot::yes),
    ("close", bot::yes),
    ("getUserProfilePhotos", bot::photos),
];

/// The method as the documentation writes it: the server does not mind capitals.
#[must_use]
pub fn canonical(method: &str) -> Option<&'static str> {
    if method.eq_ignore_ascii_case("getUpdates") {
        return Some("getUpdates");
    }
    METHODS.iter().map(|(name, _)| *name).find(|name| name.eq_ignore_ascii_case(method))
}

/// Carries out a call.
///
/// # Errors
///
/// When Telegram would refuse; a blunder is also noted in the world.
pub fn call(world: &mut World, call: &Call) -> Answer {
    let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == call.method) else {
        return Err(Refusal::new(404, "Not Found: method not found"));
    };
    let answer = method(world, call);
    if let Err(refusal) = answer.as_ref()
        && refusal.blunder
    {
        let body = Value::Object(call.body.clone());
        world.complain(format!("{}: {} <- {body}", call.method, refusal.description));
    }
    answer
}
