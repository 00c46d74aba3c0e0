//! Sending pictures: each is uploaded once, and known by Telegram's name for it from then on.

use std::sync::Arc;

use viva_album::{Plate, Subject};
use viva_core::ids::RoundId;
use viva_core::reply::Revealed;
use viva_core::store::{Place, StoreError};

use crate::api::{ApiError, Attached};
use crate::bot::{Bot, Spot, answering, now};
use crate::html;
use crate::limits::{ALBUM, CAPTION};
use crate::messages::Said;
use crate::payloads::{Photo, Posted, ReplyTo};
use crate::scene::{PATIENCE, Scene};
use crate::shots::{self, Seen, Shot};

/// Why pictures were not sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotSent {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A picture on its way.
struct Leaving<'s> {
    shot: &'s Shot,
    /// By what Telegram knows it.
    handle: Option<String>,
}

impl Bot {
    /// Sends the pictures of what was said; those that were not drawn in time change its text first.
    pub(crate) fn follow(self: &Arc<Self>, spot: Spot, message: i64, scene: Scene, said: Said, late: bool) {
        let turn = self.latest.turn((spot.chat, message));
        if !late && said.shots.is_empty() {
            return;
        }
        let bot = Arc::clone(self);
        tokio::spawn(async move {
            let _busy = bot.busy.read().await;
            let mut said = said;
            if late {
                said = scene.shown(&bot, PATIENCE).await.0;
                if !turn.is_latest() {
                    return;
                }
                if let Err(error) = bot.edit(spot, message, &said).await {
                    tracing::info!(%error, "pictures came too late");
                }
            }
            if let Err(error) = bot.show(spot, message, &said.shots).await {
                tracing::warn!(%error, "pictures could not be sent");
                // A text must not refer to what is not there.
                if let Err(error) = bot.edit(spot, message, &scene.in_words()).await {
                    tracing::debug!(%error, "a text refers to pictures that are missing");
                }
            }
        });
    }

    /// The same for the card of a round, which may be another one by the time its pictures are there.
    pub(crate) fn follow_card(
        self: &Arc<Self>,
        spot: Spot,
        message: i64,
        round: RoundId,
        scene: Scene,
        (said, late): (Said, bool),
    ) {
        if !late && said.shots.is_empty() {
            return;
        }
        let bot = Arc::clone(self);
        tokio::spawn(async move {
            let _busy = bot.busy.read().await;
            let mut shots = said.shots;
            if late {
                shots = scene.shown(&bot, PATIENCE).await.0.shots;
                if let Ok(Some(card)) = bot.viva.card(round).await {
                    bot.draw(spot, &card).await;
                }
            }
            if let Err(error) = bot.show(spot, message, &shots).await {
                tracing::warn!(%error, %round, "the pictures of a question could not be sent");
            }
        });
    }

    /// Sends the figures of the bank, of which a rich message has only the words.
    pub(crate) fn follow_rich(self: &Arc<Self>, spot: Spot, posted: &Posted, revealed: &Revealed) {
        let mut figures = shots::wanted(&revealed.title, &[&revealed.answer]);
        figures.retain(|subject| matches!(subject, Subject::Figure(_)));
        let scene = Scene::of(figures.clone(), move |drawn| {
            let plates = figures.iter().filter_map(|figure| drawn.of(figure));
            let shot = |(at, plate): (usize, &Arc<Plate>)| Shot {
                number: Some(at + 1),
                seen: Seen::Uploaded(Arc::clone(plate)),
                words: String::new(),
            };
            let shots = plates.filter(|plate| shots::is_sendable(plate)).enumerate().map(shot).collect();
            Said { shots, ..Said::default() }
        });
        let (bot, message) = (Arc::clone(self), posted.message_id);
        tokio::spawn(async move {
            let _busy = bot.busy.read().await;
            let (said, _) = scene.shown(&bot, PATIENCE).await;
            if let Err(error) = bot.show(spot, message, &said.shots).await {
                tracing::warn!(%error, "figures could not be sent");
            }
        });
    }

    /// Sends pictures in answer to a message, as albums.
    pub(crate) async fn show(&self, spot: Spot, message: i64, shots: &[Shot]) -> Result<(), NotSent> {
        for album in shots.chunks(ALBUM) {
            self.show_album(spot, message, album.iter().collect()).await?;
        }
        Ok(())
    }

    async fn show_album(&self, spot: Spot, message: i64, shots: Vec<&Shot>) -> Result<(), NotSent> {
        let mut leaving = Vec::new();
        for shot in shots {
            let handle = match &shot.seen {
                Seen::Uploaded(plate) => self.viva.store().upload(self.content(&self.files(), plate)).await?,
                Seen::Remote(_) => None,
            };
            leaving.push(Leaving { shot, handle });
        }
        loop {
            match self.send_album(spot, message, &leaving).await {
                Ok(posted) => {
                    self.remember(&leaving, &posted).await?;
                    return Ok(());
                }
                Err(ApiError::Refused { code: 400, description, .. }) => {
                    tracing::info!(%description, "pictures were refused");
                    if leaving.iter().any(|picture| picture.handle.is_some()) {
                        // Telegram forgets files: those go up again.
                        for picture in &mut leaving {
                            if let (Seen::Uploaded(plate), Some(_)) =
                                (&picture.shot.seen, picture.handle.take())
                            {
                                self.viva.store().forget_upload(self.content(&self.files(), plate)).await?;
                            }
                        }
                    } else if leaving.iter().any(|picture| matches!(picture.shot.seen, Seen::Remote(_))) {
                        // What Telegram can't fetch is a link in the text all the same.
                        leaving.retain(|picture| !matches!(picture.shot.seen, Seen::Remote(_)));
                        if leaving.is_empty() {
                            return Ok(());
                        }
                    } else {
                        let refused = ApiError::Refused { code: 400, description, moved_to: None };
                        return Err(refused.into());
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn send_album(
        &self,
        spot: Spot,
        message: i64,
        leaving: &[Leaving<'_>],
    ) -> Result<Vec<Posted>, ApiError> {
        self.api.may_take(spot.chat, leaving.len()).await;
        let mut fields = place(spot, Some(answering(message)));
        if let [one] = leaving {
            let files = match (&one.shot.seen, &one.handle) {
                (Seen::Remote(url), _) => {
                    fields.push(("photo", url.clone()));
                    None
                }
                (Seen::Uploaded(_), Some(handle)) => {
                    fields.push(("photo", handle.clone()));
                    None
                }
                (Seen::Uploaded(plate), None) => Some(attached("photo".to_owned(), plate)),
            };
            fields.push(("caption", one.shot.caption()));
            let files: Vec<_> = files.into_iter().collect();
            return Ok(vec![self.api.attach("sendPhoto", &fields, &files, false).await?]);
        }
        let mut files = Vec::new();
        let media: Vec<Photo> = leaving
            .iter()
            .map(|picture| {
                let media = match (&picture.shot.seen, &picture.handle) {
                    (Seen::Remote(url), _) => url.clone(),
                    (Seen::Uploaded(_), Some(handle)) => handle.clone(),
                    (Seen::Uploaded(plate), None) => {
                        let part = format!("picture{}", files.len());
                        let media = format!("attach://{part}");
                        files.push(attached(part, plate));
                        media
                    }
                };
                Photo { r#type: "photo", media, caption: picture.shot.caption(), parse_mode: None }
            })
            .collect();
        fields.push(("media", json(&media)));
        self.api.attach("sendMediaGroup", &fields, &files, false).await
    }

    async fn remember(&self, leaving: &[Leaving<'_>], posted: &[Posted]) -> Result<(), StoreError> {
        for (picture, posted) in leaving.iter().zip(posted) {
            if let (Seen::Uploaded(plate), None, Some(photo)) =
                (&picture.shot.seen, &picture.handle, posted.photo.last())
                // Charts are never the same again.
                && picture.shot.number.is_some()
            {
                let files = self.files();
                self.viva.store().uploaded(self.content(&files, plate), &photo.file_id, now()).await?;
            }
        }
        Ok(())
    }

    /// A name for what this bot has uploaded: what Telegram calls a file differs from bot to bot.
    /// <https://core.telegram.org/bots/api#file>
    fn files(&self) -> String {
        format!("telegram/{}", self.me.id)
    }

    fn content<'p>(&self, files: &'p str, plate: &'p Plate) -> Place<'p> {
        Place { platform: files, id: plate.content() }
    }

    /// Sends a text, below its cover if it has one.
    pub(crate) async fn post(
        &self,
        spot: Spot,
        said: &Said,
        reply_parameters: Option<ReplyTo>,
    ) -> Result<Posted, ApiError> {
        let Some(cover) = covered(said) else {
            let mut message = said.to(spot.chat, spot.thread);
            message.reply_parameters = reply_parameters;
            return self.send(message).await;
        };
        self.api.may_take(spot.chat, 1).await;
        let mut fields = place(spot, reply_parameters);
        fields.extend([("caption", said.html.clone()), ("parse_mode", "HTML".to_owned())]);
        fields.extend(said.keyboard().map(|keyboard| ("reply_markup", json(&keyboard))));
        match self.api.attach("sendPhoto", &fields, &[attached("photo".to_owned(), cover)], false).await {
            // Where photos are not allowed, or the chat has moved, the text says it all.
            Err(ApiError::Refused { code: 400 | 403, description, .. }) => {
                tracing::info!(%description, "a picture was refused");
                let words = Said { cover: None, ..said.clone() };
                let mut message = words.to(spot.chat, spot.thread);
                message.reply_parameters = reply_parameters;
                self.send(message).await
            }
            other => other,
        }
    }

    /// Puts a text with a cover in the place of a message; `None` if it has none.
    pub(crate) async fn cover(&self, spot: Spot, id: i64, said: &Said) -> Option<Result<(), ApiError>> {
        let cover = covered(said)?;
        let media = Photo {
            r#type: "photo",
            media: "attach://cover".to_owned(),
            caption: said.html.clone(),
            parse_mode: Some("HTML"),
        };
        let mut fields =
            vec![("chat_id", spot.chat.to_string()), ("message_id", id.to_string()), ("media", json(&media))];
        fields.extend(said.keyboard().map(|keyboard| ("reply_markup", json(&keyboard))));
        let files = [attached("cover".to_owned(), cover)];
        let edited = self.api.attach::<serde::de::IgnoredAny>("editMessageMedia", &fields, &files, true);
        Some(edited.await.map(drop))
    }
}

/// The cover of a text that is short enough to stand below it.
fn covered(said: &Said) -> Option<&Arc<Plate>> {
    said.cover.as_ref().filter(|_| html::length(&said.html) <= CAPTION)
}

fn attached(part: String, plate: &Plate) -> Attached {
    Attached { part, name: plate.name(), content: plate.bytes.as_slice().into() }
}

fn place(spot: Spot, reply_parameters: Option<ReplyTo>) -> Vec<(&'static str, String)> {
    let mut fields = vec![("chat_id", spot.chat.to_string())];
    fields.extend(spot.thread.map(|thread| ("message_thread_id", thread.to_string())));
    fields.extend(reply_parameters.map(|reply| ("reply_parameters", json(&reply))));
    fields
}

/// A value as the field of a form.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
