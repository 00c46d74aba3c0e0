//! What Viva asks of the Bot API, as it is sent: methods and fields of Bot API 10.1.

use serde::{Deserialize, Serialize};

/// A method of the Bot API.
pub(crate) trait Method: Serialize {
    /// Its name, as the documentation has it.
    const NAME: &'static str;
    /// What it gives back.
    type Gives: for<'de> Deserialize<'de>;
    /// Whether a second call does no harm when nobody knows what became of the first.
    const REPEATABLE: bool;
}

/// A method that puts a message into a chat.
pub(crate) trait Sending: Method {
    /// Where to.
    fn chat(&self) -> i64;
    /// Sends it elsewhere: the chat has moved.
    fn redirect(&mut self, chat: i64);
}

macro_rules! methods {
    ($($name:ident $method:literal -> $gives:ty, repeatable: $repeatable:literal;)+) => {$(
        impl Method for $name {
            const NAME: &'static str = $method;
            type Gives = $gives;
            const REPEATABLE: bool = $repeatable;
        }
    )+};
}

methods! {
    GetMe "getMe" -> Me, repeatable: true;
    GetUpdates "getUpdates" -> Vec<Box<serde_json::value::RawValue>>, repeatable: true;
    SetMyCommands "setMyCommands" -> bool, repeatable: true;
    SetWebhook "setWebhook" -> bool, repeatable: true;
    DeleteWebhook "deleteWebhook" -> bool, repeatable: true;
    SendMessage "sendMessage" -> Posted, repeatable: false;
    SendRichMessage "sendRichMessage" -> Posted, repeatable: false;
    SendPoll "sendPoll" -> Posted, repeatable: false;
    StopPoll "stopPoll" -> Anything, repeatable: true;
    EditMessageText "editMessageText" -> Anything, repeatable: true;
    EditMessageReplyMarkup "editMessageReplyMarkup" -> Anything, repeatable: true;
    AnswerCallbackQuery "answerCallbackQuery" -> Anything, repeatable: true;
    AnswerInlineQuery "answerInlineQuery" -> Anything, repeatable: true;
    GetChatMember "getChatMember" -> Member, repeatable: true;
}

macro_rules! sendings {
    ($($name:ident)+) => {$(
        impl Sending for $name {
            fn chat(&self) -> i64 {
                self.chat_id
            }

            fn redirect(&mut self, chat: i64) {
                self.chat_id = chat;
            }
        }
    )+};
}

sendings! { SendMessage SendRichMessage SendPoll }

/// What is not looked at.
pub(crate) type Anything = serde::de::IgnoredAny;

/// The bot itself.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Me {
    pub(crate) id: i64,
    pub(crate) username: String,
    #[serde(default)]
    pub(crate) can_read_all_group_messages: bool,
}

/// A message, once it was sent.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Posted {
    pub(crate) message_id: i64,
    pub(crate) poll: Option<PostedPoll>,
    /// The photo in it in several sizes, the largest last.
    #[serde(default)]
    pub(crate) photo: Vec<PostedPhoto>,
}

/// A photo in one of its sizes.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PostedPhoto {
    pub(crate) file_id: String,
}

/// The poll in it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PostedPoll {
    pub(crate) id: String,
}

/// Somebody's place in a chat.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Member {
    pub(crate) status: String,
    pub(crate) can_send_messages: Option<bool>,
    pub(crate) can_send_polls: Option<bool>,
    pub(crate) can_post_messages: Option<bool>,
}

impl Member {
    /// Whether they administer the chat.
    pub(crate) fn rules(&self) -> bool {
        matches!(self.status.as_str(), "creator" | "administrator")
    }
}

/// Nothing to say.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct GetMe {}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct GetUpdates {
    pub(crate) offset: i64,
    /// Seconds to wait for the first.
    pub(crate) timeout: u64,
    pub(crate) allowed_updates: &'static [&'static str],
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct SetMyCommands {
    pub(crate) commands: Vec<BotCommand>,
    pub(crate) scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language_code: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct BotCommand {
    pub(crate) command: &'static str,
    pub(crate) description: String,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Scope {
    pub(crate) r#type: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct SetWebhook {
    pub(crate) url: String,
    pub(crate) secret_token: String,
    pub(crate) allowed_updates: &'static [&'static str],
}

#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct DeleteWebhook {}

/// A text, with what hangs under it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SendMessage {
    /// Where to.
    pub chat_id: i64,
    /// The topic of a forum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_thread_id: Option<i64>,
    /// The text, in HTML.
    pub text: String,
    /// Always HTML.
    pub parse_mode: &'static str,
    /// Links need no picture of their page.
    pub link_preview_options: Preview,
    /// What it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_parameters: Option<ReplyTo>,
    /// Whether it comes without a sound.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disable_notification: bool,
    /// Its buttons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_markup: Option<Keyboard>,
}

/// How links are shown.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Preview {
    /// Whether they are no more than links.
    pub is_disabled: bool,
}

impl Default for Preview {
    fn default() -> Self {
        Self { is_disabled: true }
    }
}

/// A message that is answered, wherever it went meanwhile.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ReplyTo {
    /// Its id.
    pub message_id: i64,
    /// Whether the answer is sent if it is gone.
    pub allow_sending_without_reply: bool,
}

/// A rich message.
#[derive(Clone, Debug, Serialize)]
pub struct SendRichMessage {
    /// Where to.
    pub chat_id: i64,
    /// The topic of a forum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_thread_id: Option<i64>,
    /// What it says.
    pub rich_message: RichText,
    /// What it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_parameters: Option<ReplyTo>,
    /// Its buttons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_markup: Option<Keyboard>,
}

/// The content of a rich message.
#[derive(Clone, Debug, Serialize)]
pub struct RichText {
    /// In HTML.
    pub html: String,
}

/// A native quiz.
#[derive(Clone, Debug, Serialize)]
pub struct SendPoll {
    /// Where to.
    pub chat_id: i64,
    /// The topic of a forum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_thread_id: Option<i64>,
    /// What is asked.
    pub question: String,
    /// What can be chosen.
    pub options: Vec<PollOption>,
    /// Channels take no others than anonymous ones.
    pub is_anonymous: bool,
    /// Always a quiz.
    pub r#type: &'static str,
    /// Whether several are right.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allows_multiple_answers: bool,
    /// The places of the right ones.
    pub correct_option_ids: Vec<usize>,
    /// What is shown to those who voted.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// What stands above it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// In which way that is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_parse_mode: Option<&'static str>,
    /// Seconds until it closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_period: Option<i64>,
    /// Whether it comes without a sound.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disable_notification: bool,
    /// Its buttons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_markup: Option<Keyboard>,
}

/// An option of a poll.
#[derive(Clone, Debug, Serialize)]
pub struct PollOption {
    /// What it says.
    pub text: String,
}

/// Buttons under a message, row by row.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Keyboard {
    /// The rows.
    pub inline_keyboard: Vec<Vec<Button>>,
}

/// A photo of an album, or what takes the place of another.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Photo {
    /// Always a photo.
    pub(crate) r#type: &'static str,
    /// By what Telegram knows it, its address, or the part of the request that holds it.
    pub(crate) media: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) caption: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parse_mode: Option<&'static str>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Button {
    /// What stands on it.
    pub text: String,
    /// What it does.
    #[serde(flatten)]
    pub does: Does,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// It tells Viva.
    CallbackData(String),
    /// It leads somewhere.
    Url(String),
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct StopPoll {
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reply_markup: Option<Keyboard>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct EditMessageText {
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    pub(crate) text: String,
    pub(crate) parse_mode: &'static str,
    pub(crate) link_preview_options: Preview,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reply_markup: Option<Keyboard>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct EditMessageReplyMarkup {
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    pub(crate) reply_markup: Keyboard,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct AnswerCallbackQuery {
    pub(crate) callback_query_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) show_alert: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct AnswerInlineQuery {
    pub(crate) inline_query_id: String,
    pub(crate) results: Vec<Article>,
    /// Seconds for which Telegram may answer the same by itself.
    pub(crate) cache_time: u32,
    pub(crate) is_personal: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Article {
    pub(crate) r#type: &'static str,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) input_message_content: Content,
    pub(crate) reply_markup: Keyboard,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Content {
    pub(crate) message_text: String,
    pub(crate) parse_mode: &'static str,
    pub(crate) link_preview_options: Preview,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct GetChatMember {
    pub(crate) chat_id: i64,
    pub(crate) user_id: i64,
}
