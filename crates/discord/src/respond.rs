//! Answers to interactions, in time: Discord waits three seconds for one.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction>

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serenity::all::{CreateAttachment, Http, InteractionId, LightMethod, MessageId, Route};
use serenity::http::Request;

use crate::components::Message;
use crate::error::refusal;

/// After how long "thinking…" is shown while an answer is still being made.
const SOON: Duration = Duration::from_millis(1_500);
/// How often what failed on Discord's side is tried in all.
const TRIES: u32 = 4;
/// How long to wait before the second try; each further one waits twice as long.
const PAUSE: Duration = Duration::from_millis(250);

/// An interaction that waits for its answer.
#[derive(Clone, Copy)]
pub(crate) struct Waiting<'i> {
    pub(crate) http: &'i Http,
    pub(crate) id: InteractionId,
    pub(crate) token: &'i str,
}

/// An answer to an interaction.
pub(crate) enum Answer {
    /// A new message.
    Post(Message),
    /// A file with a few words, for the one who asked alone.
    File(Message, CreateAttachment),
}

#[derive(Serialize)]
struct Response<D> {
    r#type: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<D>,
}

#[derive(Serialize)]
struct Flags {
    flags: u32,
}

/// What Discord says to a response that was sent "with response".
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-object>
#[derive(Deserialize)]
struct Posted {
    resource: Option<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    message: Option<PostedMessage>,
}

#[derive(Deserialize)]
struct PostedMessage {
    id: MessageId,
}

const POST: u8 = 4;
const DEFER: u8 = 5;
const DEFER_UPDATE: u8 = 6;
const UPDATE: u8 = 7;
const MODAL: u8 = 9;
const EPHEMERAL: u32 = 1 << 6;

impl Waiting<'_> {
    /// Answers with what `work` makes; where that takes long, "thinking…" is shown first, to all or
    /// to the one who asked. Gives the message's id if it is a new one.
    pub(crate) async fn answer(
        self,
        private: bool,
        work: impl Future<Output = Answer>,
    ) -> serenity::Result<Option<MessageId>> {
        tokio::pin!(work);
        tokio::select! {
            answer = &mut work => self.at_once(answer).await,
            () = tokio::time::sleep(SOON) => {
                let flags = if private { EPHEMERAL } else { 0 };
                self.send(&Response { r#type: DEFER, data: Some(Flags { flags }) }, Vec::new()).await?;
                self.later(work.await).await
            }
        }
    }

    /// Answers with another text for the message that was pressed on.
    pub(crate) async fn update(self, work: impl Future<Output = Message>) -> serenity::Result<()> {
        tokio::pin!(work);
        tokio::select! {
            message = &mut work => {
                self.send(&Response { r#type: UPDATE, data: Some(message) }, Vec::new()).await?;
            }
            () = tokio::time::sleep(SOON) => {
                self.send(&Response { r#type: DEFER_UPDATE, data: None::<Flags> }, Vec::new()).await?;
                let message = work.await;
                tried(|| self.http.edit_original_interaction_response(self.token, &message, Vec::new())).await?;
            }
        }
        Ok(())
    }

    /// Opens a form.
    pub(crate) async fn modal(self, modal: &impl Serialize) -> serenity::Result<()> {
        self.send(&Response { r#type: MODAL, data: Some(modal) }, Vec::new()).await.map(drop)
    }

    async fn at_once(self, answer: Answer) -> serenity::Result<Option<MessageId>> {
        let (message, files) = parts(answer);
        self.send(&Response { r#type: POST, data: Some(message) }, files).await
    }

    async fn later(self, answer: Answer) -> serenity::Result<Option<MessageId>> {
        let (message, files) = parts(answer);
        let edited =
            tried(|| self.http.edit_original_interaction_response(self.token, &message, files.clone()))
                .await?;
        Ok(Some(edited.id))
    }

    async fn send(
        &self,
        response: &impl Serialize,
        files: Vec<CreateAttachment>,
    ) -> serenity::Result<Option<MessageId>> {
        if !files.is_empty() {
            self.http.create_interaction_response(self.id, self.token, response, files).await?;
            return Ok(None);
        }
        let body = serde_json::to_vec(response).map_err(serenity::Error::Json)?;
        let posted: Posted = tried(|| {
            let route = Route::InteractionResponse { interaction_id: self.id, token: self.token };
            let request = Request::new(route, LightMethod::Post)
                .body(Some(body.clone()))
                .params(Some(vec![("with_response", "true".to_owned())]));
            self.http.fire(request)
        })
        .await?;
        Ok(posted.resource.and_then(|resource| resource.message).map(|message| message.id))
    }
}

fn parts(answer: Answer) -> (Message, Vec<CreateAttachment>) {
    match answer {
        Answer::Post(message) => (message, Vec::new()),
        Answer::File(message, file) => (message, vec![file]),
    }
}

/// Sends a request that may be sent twice, again if the fault is Discord's or the way's.
pub(crate) async fn tried<T, F: Future<Output = serenity::Result<T>>>(
    request: impl Fn() -> F,
) -> serenity::Result<T> {
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match request().await {
            Err(error) if is_passing(&error) => tracing::debug!(%error, "a request to Discord is sent again"),
            other => return other,
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    request().await
}

/// Whether the same request may succeed a moment later.
fn is_passing(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(serenity::http::HttpError::Request(_)) => true,
        other => refusal(other).is_some_and(|(status, ..)| status >= 500 || status == 429),
    }
}
