//! What every handler shares: the core, the way to Telegram, and the cards that have to be drawn anew.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use teloxide_core::types::{Chat, Message, User};
use tokio::sync::RwLock;
use viva_album::{Album, Latest, Limits};
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::reply::{Card, Revealed};
use viva_core::store::{Account, Place, Round, StoreError};
use viva_core::viva::{Here, Viva};

use crate::api::{Api, ApiError};
use crate::cards::{self, Stage};
use crate::limits::{PHOTO_BYTES, PHOTO_SIDES};
use crate::messages::{self, Said};
use crate::payloads::{
    EditMessageReplyMarkup, EditMessageText, GetChatMember, Keyboard, Me, Posted, Preview, ReplyTo, RichText,
    SendRichMessage, Sending, StopPoll,
};
use crate::rich;
use crate::scene::{AT_ONCE, PATIENCE, Scene};
use crate::shots;

/// The name of this platform in the store.
pub(crate) const PLATFORM: &str = "telegram";
/// How often a card is drawn anew at the most, however fast people press.
const CALM: Duration = Duration::from_secs(3);
/// How long a round may be answered.
pub(crate) const LASTS: SignedDuration = SignedDuration::from_hours(1);
/// How long to wait before a round is looked for again that nobody knows yet: its first answers may overtake
/// Telegram's word that it was posted. Each further time is twice as long.
const PAUSE: Duration = Duration::from_millis(25);
/// How often it is looked for: for three seconds in all.
const LOOKS: u32 = 8;
/// Stands before the id of a message that is a poll.
const POLL: char = 'p';

/// Viva on Telegram.
pub(crate) struct Bot {
    pub(crate) viva: Arc<Viva>,
    pub(crate) api: Api,
    pub(crate) me: Me,
    pub(crate) album: Arc<Album>,
    /// Held for reading by whoever handles something, for writing by whoever waits for all to end.
    pub(crate) busy: RwLock<()>,
    /// What messages show that wait for pictures, by chat and message.
    pub(crate) latest: Latest<(i64, i64)>,
    stirred: Mutex<HashSet<RoundId>>,
    /// Whether this server has said that it knows no rich messages.
    poor: AtomicBool,
}

/// A chat, or a topic of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) chat: i64,
    pub(crate) thread: Option<i64>,
    /// Whether only administrators speak there, and polls are anonymous.
    pub(crate) channel: bool,
}

/// Stands where the topic of a group would, in the name of a channel.
const CHANNEL: &str = "channel";

impl Spot {
    /// Its name in the store.
    pub(crate) fn place(self) -> String {
        match (self.thread, self.channel) {
            (_, true) => format!("{}/{CHANNEL}", self.chat),
            (Some(thread), false) => format!("{}/{thread}", self.chat),
            (None, false) => self.chat.to_string(),
        }
    }

    /// Where a message is.
    pub(crate) fn of(message: &Message) -> Self {
        let thread =
            message.thread_id.filter(|_| message.is_topic_message).map(|thread| i64::from(thread.0.0));
        Self { chat: message.chat.id.0, thread, channel: message.chat.is_channel() }
    }

    /// The spot of such a name.
    pub(crate) fn read(place: &str) -> Option<Self> {
        let (chat, below) = place.split_once('/').unwrap_or((place, ""));
        let chat = chat.parse().ok()?;
        Some(match below {
            "" => Self { chat, thread: None, channel: false },
            CHANNEL => Self { chat, thread: None, channel: true },
            thread => Self { chat, thread: Some(thread.parse().ok()?), channel: false },
        })
    }

    /// Whether it is a person's own chat with the bot: those have positive ids.
    /// <https://core.telegram.org/api/bots/ids>
    pub(crate) fn is_private(self) -> bool {
        self.chat > 0
    }
}

/// Who speaks: a person, or a chat that speaks as one.
#[derive(Clone, Debug)]
pub(crate) struct Speaker {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) language: Language,
}

impl Speaker {
    pub(crate) fn person(user: &User) -> Self {
        let name = match &user.last_name {
            Some(last) => format!("{} {last}", user.first_name),
            None => user.first_name.clone(),
        };
        let language = user.language_code.as_deref().and_then(|code| code.parse().ok()).unwrap_or_default();
        Self { id: i64::try_from(user.id.0).unwrap_or_default(), name, language }
    }

    pub(crate) fn chat(chat: &Chat, language: Language) -> Self {
        Self { id: chat.id.0, name: chat.title().unwrap_or("?").to_owned(), language }
    }
}

/// Somebody who does something somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) who: Speaker,
    pub(crate) spot: Spot,
    /// The message that it is about: what was written, or what the button hangs under.
    pub(crate) message: i64,
}

impl Event {
    /// Who wrote a message, and where; `None` if nobody did.
    pub(crate) fn of(message: &Message) -> Option<Self> {
        let language = message.from.as_ref().map(|user| Speaker::person(user).language).unwrap_or_default();
        // An administrator who stays anonymous speaks as the group, a channel's owner as the channel.
        let who = match (&message.sender_chat, &message.from) {
            (Some(chat), _) => Speaker::chat(chat, language),
            (None, Some(user)) if !user.is_bot => Speaker::person(user),
            (None, _) => return None,
        };
        Some(Self { who, spot: Spot::of(message), message: i64::from(message.id.0) })
    }
}

impl Bot {
    pub(crate) fn new(viva: Arc<Viva>, api: Api, me: Me) -> Self {
        let album = Album::new(Limits { bytes: PHOTO_BYTES / 2, side: PHOTO_SIDES / 2 });
        let (busy, stirred, poor) = (RwLock::new(()), Mutex::default(), AtomicBool::new(false));
        Self { viva, api, me, album, busy, latest: Latest::default(), stirred, poor }
    }

    /// Who speaks, and where.
    pub(crate) async fn meet(&self, event: &Event) -> Result<Here, StoreError> {
        let (id, venue, community) =
            (event.who.id.to_string(), event.spot.place(), event.spot.chat.to_string());
        let place = |id| Place { platform: PLATFORM, id };
        let account = Account { at: place(&id), name: &event.who.name };
        self.viva.meet(account, place(&venue), place(&community), event.who.language).await
    }

    /// Who answers a round of any place.
    pub(crate) async fn meet_in(&self, round: RoundId, who: &Speaker) -> Result<Option<Here>, StoreError> {
        let id = who.id.to_string();
        let account = Account { at: Place { platform: PLATFORM, id: &id }, name: &who.name };
        self.viva.meet_in(round, account, who.language).await
    }

    pub(crate) fn stage(&self, spot: Spot) -> Stage<'_> {
        Stage { bot: &self.me.username, private: spot.is_private() }
    }

    /// Whether somebody may decide for a chat: in their own one everybody, elsewhere its administrators, and
    /// whoever speaks as the chat itself.
    pub(crate) async fn may_manage(&self, event: &Event) -> bool {
        if event.spot.is_private() || event.spot.channel || event.who.id == event.spot.chat {
            return true;
        }
        let member = GetChatMember { chat_id: event.spot.chat, user_id: event.who.id };
        self.api.call(&member).await.is_ok_and(|member| member.rules())
    }

    /// Says something where something was done, as an answer to the message if there are others around. Its
    /// pictures follow by themselves.
    pub(crate) async fn say(
        self: &Arc<Self>,
        event: &Event,
        scene: impl Into<Scene>,
    ) -> Result<Posted, ApiError> {
        let scene = scene.into();
        let (said, late) = scene.shown(self, AT_ONCE).await;
        let others = !event.spot.is_private() && !event.spot.channel;
        let posted = self.post(event.spot, &said, others.then(|| answering(event.message))).await?;
        self.follow(event.spot, posted.message_id, scene, said, late);
        Ok(posted)
    }

    /// Sends a message; if the chat has moved, its scores, schedules and rounds move along, and the message goes
    /// after them.
    pub(crate) async fn send<M: Sending>(&self, mut message: M) -> Result<M::Gives, ApiError> {
        match self.api.send(&message).await {
            Err(ApiError::Refused { moved_to: Some(to), .. }) => {
                self.moved(message.chat(), to).await;
                message.redirect(to);
                self.api.send(&message).await
            }
            other => other,
        }
    }

    /// A group became a supergroup, with another id.
    pub(crate) async fn moved(&self, from: i64, to: i64) {
        let (from, to) = (from.to_string(), to.to_string());
        let place = Place { platform: PLATFORM, id: &from };
        match self.viva.store().rename_community(place, &to).await {
            Ok(true) => tracing::info!(%from, %to, "a group became a supergroup"),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, %from, %to, "a group's move could not be noted"),
        }
    }

    /// Shows a full answer: as a rich message where the community wants that and the server knows it.
    pub(crate) async fn reveal(
        self: &Arc<Self>,
        event: &Event,
        here: &Here,
        revealed: &Revealed,
        round: RoundId,
        page: usize,
    ) -> Result<Posted, ApiError> {
        let private = event.spot.is_private();
        let texts = viva_core::texts::Texts::of(here.language);
        if here.community.rich && !self.poor.load(Ordering::Relaxed) && !revealed.answer.is_empty() {
            let summary = (!private).then(|| texts.say("button-full-answer"));
            if let Some(html) = rich::message(&revealed.title, &revealed.answer, summary.as_deref()) {
                let grades =
                    revealed.grade_yourself.then(|| messages::grades(round, texts).keyboard()).flatten();
                let message = SendRichMessage {
                    chat_id: event.spot.chat,
                    message_thread_id: event.spot.thread,
                    rich_message: RichText { html },
                    reply_parameters: (!private).then(|| answering(event.message)),
                    reply_markup: grades,
                };
                match self.send(message).await {
                    Err(ApiError::Refused { code: 404, .. }) => {
                        tracing::info!(
                            "this Bot API server knows no rich messages; answers come in the classic form"
                        );
                        self.poor.store(true, Ordering::Relaxed);
                    }
                    Ok(posted) => {
                        self.follow_rich(event.spot, &posted, revealed);
                        return Ok(posted);
                    }
                    // What this server makes of it is its own business: the classic form serves.
                    Err(ApiError::Refused { code: 400, description, .. }) => {
                        tracing::warn!(%description, %round, "a rich message was refused");
                    }
                    other => return other,
                }
            }
        }
        let name = (!private).then(|| self.me.username.clone());
        self.say(event, answer_page(revealed.clone(), round, page, name, here.language)).await
    }

    /// Draws a round's card anew, soon; presses in between share one drawing.
    pub(crate) fn stir(self: &Arc<Self>, spot: Spot, round: RoundId) {
        if !self.stirred.lock().unwrap_or_else(PoisonError::into_inner).insert(round) {
            return;
        }
        let bot = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(CALM).await;
            bot.stirred.lock().unwrap_or_else(PoisonError::into_inner).remove(&round);
            let _busy = bot.busy.read().await;
            let open =
                async || bot.viva.card(round).await.map(|card| card.filter(|card| card.outcome.is_none()));
            let card = match open().await {
                // What it is drawn with comes first: meanwhile the round may end.
                Ok(Some(card)) => {
                    bot.album.draw(&bot.viva.bank(), cards::wanted(&card.asked), PATIENCE).await;
                    open().await
                }
                other => other,
            };
            match card {
                // Once it is over, whoever ended it draws it for the last time.
                Ok(Some(card)) => bot.draw(spot, &card).await,
                Ok(_) => {}
                Err(error) => tracing::error!(%error, %round, "a card could not be read"),
            }
        });
    }

    /// Shows a round's card as it is now.
    pub(crate) async fn draw(&self, spot: Spot, card: &Card) {
        let Some(handle) = &card.message else { return };
        let stage = self.stage(spot);
        let drawn = match handle.strip_prefix(POLL) {
            Some(id) => {
                let Ok(id) = id.parse() else { return };
                self.draw_poll(spot, id, card, cards::poll_keyboard(card, stage)).await
            }
            None => {
                let Ok(id) = handle.parse() else { return };
                let drawn = self.album.draw(&self.viva.bank(), cards::wanted(&card.asked), PATIENCE).await;
                let said = cards::card(card, "", stage, &drawn);
                self.edit(spot, id, &said).await
            }
        };
        if let Err(error) = drawn {
            tracing::debug!(%error, round = %card.asked.round, "a card could not be drawn anew");
        }
    }

    /// A poll shows its votes itself; when its round is over it is stopped, and other buttons hang under it.
    async fn draw_poll(&self, spot: Spot, id: i64, card: &Card, keyboard: Keyboard) -> Result<(), ApiError> {
        if card.outcome.is_none() {
            return Ok(());
        }
        let stop = StopPoll { chat_id: spot.chat, message_id: id, reply_markup: Some(keyboard.clone()) };
        match self.api.call(&stop).await {
            // Its time was up before ours.
            Err(ApiError::Refused { code: 400, .. }) => {
                let edit =
                    EditMessageReplyMarkup { chat_id: spot.chat, message_id: id, reply_markup: keyboard };
                self.api.call(&edit).await.map(drop)
            }
            other => other.map(drop),
        }
    }

    /// Puts another text into a message of ours.
    pub(crate) async fn edit(&self, spot: Spot, id: i64, said: &Said) -> Result<(), ApiError> {
        if let Some(covered) = self.cover(spot, id, said).await {
            return unmodified(covered);
        }
        let edit = EditMessageText {
            chat_id: spot.chat,
            message_id: id,
            text: said.html.clone(),
            parse_mode: "HTML",
            link_preview_options: Preview::default(),
            reply_markup: said.keyboard(),
        };
        unmodified(self.api.call(&edit).await.map(drop))
    }
}

/// That a message says it already is no error. <https://core.telegram.org/api/errors>
fn unmodified(edited: Result<(), ApiError>) -> Result<(), ApiError> {
    match edited {
        Err(ApiError::Refused { description, .. }) if description.contains("message is not modified") => {
            Ok(())
        }
        other => other,
    }
}

/// A page of a full answer; for others to see too if the bot's name says where the rest is.
pub(crate) fn answer_page(
    revealed: Revealed,
    round: RoundId,
    page: usize,
    bot: Option<String>,
    language: Language,
) -> Scene {
    Scene::of(shots::wanted(&revealed.title, &[&revealed.answer]), move |drawn| {
        messages::revealed(&revealed, round, page, bot.as_deref(), language, drawn)
    })
}

/// The round that `look` finds, now or as soon as it is noted where it was posted.
pub(crate) async fn looked_for<F>(look: impl Fn() -> F) -> Result<Option<Round>, StoreError>
where
    F: Future<Output = Result<Option<Round>, StoreError>>,
{
    let mut pause = PAUSE;
    for _ in 1..LOOKS {
        if let Some(round) = look().await? {
            return Ok(Some(round));
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    look().await
}

/// By which the message of a round is found again.
pub(crate) fn handle(posted: &Posted) -> String {
    match posted.poll {
        Some(_) => format!("{POLL}{}", posted.message_id),
        None => posted.message_id.to_string(),
    }
}

/// Both handles that a message may have.
pub(crate) fn handles(message: i64) -> [String; 2] {
    [message.to_string(), format!("{POLL}{message}")]
}

pub(crate) fn answering(message: i64) -> ReplyTo {
    ReplyTo { message_id: message, allow_sending_without_reply: true }
}

pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
