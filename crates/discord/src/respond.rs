//! Answers to interactions, in time: Discord waits three seconds for one.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction>

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serenity::all::{ChannelId, InteractionId, LightMethod, MessageId, Request, Route};

use viva_album::Turn;

use crate::bot::Bot;
use crate::components::Message;
use crate::error::refusal;
use crate::scene::{AT_ONCE, PATIENCE as LONG, Scene};
use crate::uploads::{self, Upload};

/// After how long "thinking…" is shown while an answer is still being made.
const SOON: Duration = Duration::from_millis(1_500);
/// How often what failed on Discord's side is tried in all.
const TRIES: u32 = 4;
/// How long to wait before the second try; each further one waits twice as long.
const PAUSE: Duration = Duration::from_millis(250);

/// An interaction that waits for its answer.
#[derive(Clone, Copy)]
pub(crate) struct Waiting<'i> {
    pub(crate) bot: &'i Arc<Bot>,
    pub(crate) id: InteractionId,
    pub(crate) token: &'i str,
    /// The message that was pressed on.
    pub(crate) pressed: Option<MessageId>,
}

/// What became of an answer.
pub(crate) struct Shown {
    /// The message's id, if it is a new one.
    pub(crate) message: Option<MessageId>,
    /// Whether it lacks a picture that is still being drawn.
    pub(crate) lacking: bool,
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
/// "Interaction has already been acknowledged".
/// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
const ANSWERED: isize = 40_060;

impl Waiting<'_> {
    /// Answers with what `work` makes; where that takes long, "thinking…" is shown first, to all or
    /// to the one who asked.
    pub(crate) async fn answer(
        self,
        private: bool,
        work: impl Future<Output = Scene>,
    ) -> serenity::Result<Shown> {
        tokio::pin!(work);
        tokio::select! {
            scene = &mut work => {
                let (message, lacking) = scene.shown(self.bot, AT_ONCE).await;
                let posted = self.send(POST, &message).await?;
                let turn = posted.map(|posted| self.bot.latest.turn(posted));
                self.complete(scene, lacking, turn);
                Ok(Shown { message: posted, lacking })
            }
            () = tokio::time::sleep(SOON) => {
                let flags = if private { EPHEMERAL } else { 0 };
                self.fire(&Response { r#type: DEFER, data: Some(Flags { flags }) }, None).await?;
                let (message, lacking) = work.await.shown(self.bot, LONG).await;
                let edited = edited(self.bot, self.token, &message).await?;
                Ok(Shown { message: Some(edited), lacking })
            }
        }
    }

    /// Answers with another text for the message that was pressed on.
    pub(crate) async fn update(self, work: impl Future<Output = Scene>) -> serenity::Result<Shown> {
        tokio::pin!(work);
        // Whatever is still drawn for what it showed before is not to come back.
        let turn = self.pressed.map(|pressed| self.bot.latest.turn(pressed));
        let lacking = tokio::select! {
            scene = &mut work => {
                let (message, lacking) = scene.shown(self.bot, AT_ONCE).await;
                self.send(UPDATE, &message).await?;
                self.complete(scene, lacking, turn);
                lacking
            }
            () = tokio::time::sleep(SOON) => {
                self.fire(&Response { r#type: DEFER_UPDATE, data: None::<Flags> }, None).await?;
                let (message, lacking) = work.await.shown(self.bot, LONG).await;
                edited(self.bot, self.token, &message).await?;
                lacking
            }
        };
        Ok(Shown { message: None, lacking })
    }

    /// Opens a form.
    pub(crate) async fn modal(self, modal: &impl Serialize) -> serenity::Result<()> {
        self.fire(&Response { r#type: MODAL, data: Some(modal) }, None).await.map(drop)
    }

    /// Says a message again once the pictures are there that it lacks, if it shows nothing else by then.
    fn complete(&self, scene: Scene, lacking: bool, turn: Option<Turn<MessageId>>) {
        if !lacking || !scene.again {
            return;
        }
        let (bot, token) = (Arc::clone(self.bot), self.token.to_owned());
        tokio::spawn(async move {
            let _busy = bot.busy.read().await;
            let (message, _) = scene.shown(&bot, LONG).await;
            if turn.as_ref().is_some_and(|turn| !turn.is_latest()) {
                return;
            }
            if let Err(error) = edited(&bot, &token, &message).await {
                tracing::info!(%error, "pictures came too late");
            }
        });
    }

    async fn send(&self, r#type: u8, message: &Message) -> serenity::Result<Option<MessageId>> {
        pictured(message, |message| async move {
            self.fire(&Response { r#type, data: Some(&message) }, Some(&message)).await
        })
        .await
    }

    /// Sends a response, with the files of `message`.
    async fn fire(
        &self,
        response: &impl Serialize,
        message: Option<&Message>,
    ) -> serenity::Result<Option<MessageId>> {
        let body = serde_json::to_string(response).map_err(serenity::Error::Json)?;
        let files = message.map(Message::files).unwrap_or_default();
        let tries = AtomicU32::new(0);
        let posted = tried(|| {
            tries.fetch_add(1, Ordering::Relaxed);
            let route = Route::InteractionResponse { interaction_id: self.id, token: self.token };
            let request = Request::new(route, LightMethod::Post);
            let request = request.params(Some(vec![("with_response", "true".to_owned())]));
            fire::<Posted>(self.bot, request, &body, &files)
        })
        .await;
        match posted {
            Ok(posted) => Ok(posted.resource.and_then(|resource| resource.message).map(|message| message.id)),
            // An earlier try had arrived, and only Discord's word was lost.
            Err(error)
                if tries.into_inner() > 1 && refusal(&error).is_some_and(|(_, code, _)| code == ANSWERED) =>
            {
                let answer = self.bot.http.get_original_interaction_response(self.token).await;
                Ok(answer.ok().map(|message| message.id))
            }
            Err(error) => Err(error),
        }
    }
}

/// Puts a message in the place of the answer to an interaction.
pub(crate) async fn edited(bot: &Bot, token: &str, message: &Message) -> serenity::Result<MessageId> {
    let application_id = bot.http.application_id().unwrap_or_default();
    let route = Route::WebhookOriginalInteractionResponse { application_id, token };
    put(bot, LightMethod::Patch, route, message).await
}

/// Puts a message in the place of another.
pub(crate) async fn replaced(
    bot: &Bot,
    channel_id: ChannelId,
    message_id: MessageId,
    message: &Message,
) -> serenity::Result<MessageId> {
    put(bot, LightMethod::Patch, Route::ChannelMessage { channel_id, message_id }, message).await
}

/// Posts a message.
pub(crate) async fn posted(
    bot: &Bot,
    channel_id: ChannelId,
    message: &Message,
) -> serenity::Result<MessageId> {
    put(bot, LightMethod::Post, Route::ChannelMessages { channel_id }, message).await
}

async fn put(
    bot: &Bot,
    method: LightMethod,
    route: Route<'_>,
    message: &Message,
) -> serenity::Result<MessageId> {
    let posted: PostedMessage = pictured(message, |message| async move {
        let body = serde_json::to_string(&message).map_err(serenity::Error::Json)?;
        let files = message.files();
        tried(|| fire(bot, Request::new(route, method), &body, &files)).await
    })
    .await?;
    Ok(posted.id)
}

async fn fire<T: DeserializeOwned>(
    bot: &Bot,
    request: Request<'_>,
    body: &str,
    files: &[Upload],
) -> serenity::Result<T> {
    if files.is_empty() {
        return bot.http.fire(request.body(Some(body.as_bytes().to_vec()))).await;
    }
    uploads::send(&bot.client, &bot.http, request, body, files).await
}

/// Sends a message; if Discord refuses it as it is, with words in the place of its pictures. Whatever is wrong with a
/// picture, or with the right to attach one, must not keep back what is said around it.
async fn pictured<T, F: Future<Output = serenity::Result<T>>>(
    message: &Message,
    send: impl Fn(Message) -> F,
) -> serenity::Result<T> {
    match send(message.clone()).await {
        Err(error) if refusal(&error).is_some_and(|(status, ..)| matches!(status, 400 | 403 | 413)) => {
            match message.without_pictures() {
                Some(words) => {
                    tracing::warn!(%error, "a message with pictures was refused");
                    send(words).await
                }
                None => Err(error),
            }
        }
        other => other,
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
