//! The way to the Bot API: one request after the other goes out at the pace that Telegram takes, and again when
//! the fault was Telegram's.
//!
//! It refuses to let the token out: an error tells neither the address nor the token in it.
//! Requests are made here and not by teloxide because a refusal's code matters, which teloxide drops, and because
//! teloxide waits ten seconds upon any fault of the server's.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use reqwest::multipart::{Form, Part};
use serde::Deserialize;

use crate::payloads::{Anything, Method, Sending};

/// The server of those who run none of their own. <https://core.telegram.org/bots/api#making-requests>
const OFFICIAL: &str = "https://api.telegram.org";
/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);
/// How long an answer may take.
const ANSWERING: Duration = Duration::from_secs(20);
/// How often a request is made in all.
const TRIES: u32 = 5;
/// How long to wait before the second try; each further one waits twice as long.
const PAUSE: Duration = Duration::from_millis(300);
/// The longest that a flood limit is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// Messages that one chat takes: one a second.
/// <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>
const CHAT_PAUSE: Duration = Duration::from_secs(1);
/// Messages that one group takes: 20 a minute. Ten may come at once, and one more every six seconds.
/// <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>
const GROUP_PAUSE: Duration = Duration::from_secs(6);
const GROUP_BURST: u32 = 10;
/// Messages that all chats take: 30 a second. Daily questions leave a third of it to replies.
/// <https://core.telegram.org/bots/faq#broadcasting-to-users>
const PUSHES_A_SECOND: u32 = 20;

/// The Bot API, as one bot uses it.
pub(crate) struct Api {
    client: reqwest::Client,
    /// The address of all methods, with the token in it.
    base: String,
    chats: Chats,
    groups: Chats,
    pushes: governor::DefaultDirectRateLimiter,
}

/// A file that goes along with a request.
pub(crate) struct Attached {
    /// By which the request names it.
    pub(crate) part: String,
    /// The name of the file.
    pub(crate) name: String,
    pub(crate) content: Arc<[u8]>,
}

type Chats = RateLimiter<i64, DashMapStateStore<i64>, DefaultClock>;

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Telegram refused it.
    #[error("Telegram refused it: {description} ({code})")]
    Refused {
        /// As HTTP has it.
        code: u16,
        /// In Telegram's words.
        description: String,
        /// Where the chat has moved.
        moved_to: Option<i64>,
    },
    /// It did not arrive.
    #[error("Telegram can't be reached: {0}")]
    Unreachable(String),
    /// Nobody knows whether it was done.
    #[error("Telegram's answer was lost: {0}")]
    Lost(String),
}

impl ApiError {
    /// Whether the same request will be refused for as long as nobody changes anything: Viva was put out, the
    /// chat is gone, or closed to it.
    pub(crate) fn is_final(&self) -> bool {
        let Self::Refused { code, description, .. } = self else { return false };
        let said = description.to_lowercase();
        let closed = [
            "chat not found",
            "not enough rights",
            "have no rights",
            "need administrator rights",
            "chat_write_forbidden",
            "topic_closed",
            "topic_deleted",
            "message thread not found",
            "group is deactivated",
            "peer_id_invalid",
            "user is deactivated",
        ];
        *code == 403 || closed.iter().any(|closed| said.contains(closed))
    }

    /// Telegram's words, or ours.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Refused { description, .. } => description.clone(),
            other => other.to_string(),
        }
    }
}

#[derive(Deserialize)]
struct Response<T> {
    ok: bool,
    result: Option<T>,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// What came of one try.
enum Tried<T> {
    Done(T),
    /// It was not done, and may be soon.
    Wait(Duration),
    /// It was not done, and may be after a pause.
    Again(ApiError),
    Failed(ApiError),
}

impl Api {
    /// # Errors
    ///
    /// If the address is none, or no client can be made.
    pub(crate) fn new(token: &str, url: Option<&str>) -> Result<Self, ApiError> {
        let server = url.unwrap_or(OFFICIAL).trim_end_matches('/');
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECTING)
            .timeout(ANSWERING)
            .tcp_nodelay(true)
            .build()
            .map_err(|error| ApiError::Unreachable(error.without_url().to_string()))?;
        let chat = Quota::with_period(CHAT_PAUSE).unwrap_or(Quota::per_second(NonZeroU32::MIN));
        let pushes = Quota::per_second(NonZeroU32::new(PUSHES_A_SECOND).unwrap_or(NonZeroU32::MIN));
        let group = Quota::with_period(GROUP_PAUSE).unwrap_or(Quota::per_minute(NonZeroU32::MIN));
        Ok(Self {
            client,
            base: format!("{server}/bot{token}/"),
            chats: RateLimiter::keyed(chat),
            groups: RateLimiter::keyed(
                group.allow_burst(NonZeroU32::new(GROUP_BURST).unwrap_or(NonZeroU32::MIN)),
            ),
            // Evenly: what a second allows must not come at its beginning and that of the next at once.
            pushes: RateLimiter::direct(pushes.allow_burst(NonZeroU32::MIN)),
        })
    }

    /// Waits until one more daily question may leave.
    pub(crate) async fn push_may_leave(&self) {
        self.pushes.until_ready().await;
    }

    /// Puts a message into a chat, as soon as the chat takes one.
    ///
    /// # Errors
    ///
    /// As [`Api::call`].
    pub(crate) async fn send<M: Sending>(&self, method: &M) -> Result<M::Gives, ApiError> {
        self.may_take(method.chat(), 1).await;
        self.call(method).await
    }

    /// Calls a method, again if it was not done through no fault of ours.
    ///
    /// # Errors
    ///
    /// If Telegram refuses, can't be reached, or nobody knows.
    pub(crate) async fn call<M: Method>(&self, method: &M) -> Result<M::Gives, ApiError> {
        self.call_within(method, ANSWERING).await
    }

    /// The same for a method whose answer may take longer.
    ///
    /// # Errors
    ///
    /// As [`Api::call`].
    pub(crate) async fn call_within<M: Method>(
        &self,
        method: &M,
        within: Duration,
    ) -> Result<M::Gives, ApiError> {
        let body = serde_json::to_vec(method).map_err(|error| ApiError::Unreachable(error.to_string()))?;
        let request = || {
            self.client
                .post(format!("{}{}", self.base, M::NAME))
                .header(reqwest::header::CONTENT_TYPE, "application/json")
                .timeout(within)
                .body(body.clone())
        };
        self.until_done(M::NAME, request, M::REPEATABLE).await
    }

    /// Sends a file to a chat.
    ///
    /// # Errors
    ///
    /// As [`Api::call`].
    pub(crate) async fn send_document(
        &self,
        chat: i64,
        name: &str,
        content: Vec<u8>,
        caption: String,
    ) -> Result<(), ApiError> {
        let fields = vec![("chat_id", chat.to_string()), ("caption", caption)];
        let file = Attached { part: "document".to_owned(), name: name.to_owned(), content: content.into() };
        self.attach::<Anything>("sendDocument", &fields, &[file], false).await.map(drop)
    }

    /// Waits until a chat takes so many messages more.
    pub(crate) async fn may_take(&self, chat: i64, messages: usize) {
        // Groups have negative ids: https://core.telegram.org/api/bots/ids
        if chat < 0 {
            for _ in 0..messages {
                self.groups.until_key_ready(&chat).await;
            }
        }
        self.chats.until_key_ready(&chat).await;
    }

    /// Calls a method with files, again if it was not done through no fault of ours.
    ///
    /// # Errors
    ///
    /// As [`Api::call`].
    pub(crate) async fn attach<T: for<'de> Deserialize<'de>>(
        &self,
        method: &str,
        fields: &[(&'static str, String)],
        files: &[Attached],
        repeatable: bool,
    ) -> Result<T, ApiError> {
        let request = || {
            let form = fields.iter().fold(Form::new(), |form, (name, value)| form.text(*name, value.clone()));
            let form = files.iter().fold(form, |form, file| {
                let part = Part::bytes(file.content.to_vec()).file_name(file.name.clone());
                form.part(file.part.clone(), part)
            });
            self.client.post(format!("{}{method}", self.base)).multipart(form)
        };
        self.until_done(method, request, repeatable).await
    }

    /// Makes a request until it is done or there is no hope.
    async fn until_done<T: for<'de> Deserialize<'de>>(
        &self,
        method: &str,
        request: impl Fn() -> reqwest::RequestBuilder,
        repeatable: bool,
    ) -> Result<T, ApiError> {
        let mut pause = PAUSE;
        for left in (0..TRIES).rev() {
            match self.tried(request(), repeatable).await {
                Tried::Done(given) => return Ok(given),
                Tried::Failed(error) => return Err(error),
                Tried::Again(error) if left == 0 => return Err(error),
                Tried::Again(error) => {
                    tracing::debug!(%error, method, "a request to Telegram is made again");
                    tokio::time::sleep(pause).await;
                    pause *= 2;
                }
                Tried::Wait(time) => {
                    tracing::info!(?time, method, "Telegram asks to wait");
                    tokio::time::sleep(time.min(LONGEST_WAIT)).await;
                }
            }
        }
        Err(ApiError::Refused { code: 429, description: "Too Many Requests".to_owned(), moved_to: None })
    }

    async fn tried<T: for<'de> Deserialize<'de>>(
        &self,
        request: reqwest::RequestBuilder,
        repeatable: bool,
    ) -> Tried<T> {
        let lost = |error: reqwest::Error| {
            // The address holds the token.
            let error = error.without_url();
            if error.is_connect() {
                Tried::Again(ApiError::Unreachable(chain(&error)))
            } else if repeatable {
                Tried::Again(ApiError::Lost(chain(&error)))
            } else {
                Tried::Failed(ApiError::Lost(chain(&error)))
            }
        };
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return lost(error),
        };
        let status = response.status();
        let body = match response.bytes().await {
            Ok(body) => body,
            Err(error) => return lost(error),
        };
        let Ok(response) = serde_json::from_slice::<Response<T>>(&body) else {
            // A page of whatever stands before the server: nobody knows what the server did.
            let error = ApiError::Lost(format!("HTTP {status}, and no answer of the Bot API"));
            return if repeatable { Tried::Again(error) } else { Tried::Failed(error) };
        };
        if response.ok
            && let Some(result) = response.result
        {
            return Tried::Done(result);
        }
        let parameters = response.parameters.as_ref();
        if let Some(seconds) = parameters.and_then(|parameters| parameters.retry_after) {
            return Tried::Wait(Duration::from_secs(seconds.max(1)));
        }
        let error = ApiError::Refused {
            code: if response.error_code == 0 { status.as_u16() } else { response.error_code },
            description: response.description,
            moved_to: parameters.and_then(|parameters| parameters.migrate_to_chat_id),
        };
        if status.is_server_error() { Tried::Again(error) } else { Tried::Failed(error) }
    }
}

/// What went wrong, and why.
fn chain(error: &reqwest::Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        said += &format!(": {inner}");
        cause = inner.source();
    }
    said
}
