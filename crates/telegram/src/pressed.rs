//! Buttons: reading what was pressed, asking the core, answering. A press of any age works.

use std::sync::Arc;

use teloxide_core::types::{CallbackQuery, MaybeInaccessibleMessage};
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::press::Press;
use viva_core::reply::{Reply, Response};
use viva_core::score::Window;
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::Here;

use crate::bot::{Bot, Event, Speaker, Spot, answer_page, now};
use crate::commands::{self, Asking, ask, change, counted, leaderboard, reply};
use crate::limits::{CALLBACK_ANSWER, fit};
use crate::messages::{self, Said, own_words};
use crate::payloads::AnswerCallbackQuery;
use crate::scene::{AT_ONCE, PATIENCE, Scene};

/// Handles a press.
pub(crate) async fn pressed(bot: &Arc<Bot>, query: &CallbackQuery) -> Result<(), StoreError> {
    let who = Speaker::person(&query.from);
    let (message, spot) = match &query.message {
        Some(MaybeInaccessibleMessage::Regular(message)) => (i64::from(message.id.0), Spot::of(message)),
        // Too old to be shown, but its buttons still mean the same.
        Some(MaybeInaccessibleMessage::Inaccessible(message)) => {
            let spot = Spot { chat: message.chat.id.0, thread: None, channel: message.chat.is_channel() };
            (i64::from(message.message_id.0), spot)
        }
        // Shared by way of the inline mode, where buttons are links.
        None => (0, Spot { chat: who.id, thread: None, channel: false }),
    };
    let pressing = Pressing { bot, event: Event { who, spot, message }, query };
    let answered = match query.data.as_deref().map(str::parse::<Press>) {
        Some(Ok(press)) => pressing.press(press).await,
        _ => Ok(unknown(pressing.event.who.language)),
    };
    let answer = match answered {
        Ok(answer) => answer,
        Err(error) => {
            tracing::error!(%error, "a press could not be handled");
            let said = own_words("store-failed-chat", pressing.event.who.language);
            pressing.close(Some(said), true).await;
            return Ok(());
        }
    };
    match answer {
        Answer::Alert(text) => pressing.close(Some(text), true).await,
        Answer::Toast(text) => pressing.close(Some(text), false).await,
        Answer::Quiet => pressing.close(None, false).await,
        Answer::Given => {}
    }
    Ok(())
}

/// What the presser alone is shown.
enum Answer {
    /// A window to close.
    Alert(String),
    /// A line that goes by itself.
    Toast(String),
    /// Nothing: what was asked for shows by itself.
    Quiet,
    /// What was said already.
    Given,
}

struct Pressing<'p> {
    bot: &'p Arc<Bot>,
    event: Event,
    query: &'p CallbackQuery,
}

impl Pressing<'_> {
    async fn press(&self, press: Press) -> Result<Answer, StoreError> {
        let (bot, event) = (self.bot, &self.event);
        match press {
            Press::Choose(round, place) => self.answer(round, &Response::Options([place].into())).await,
            Press::Grade(round, recall) => self.answer(round, &Response::Recall(recall)).await,
            Press::Show(round, _) if event.spot.is_private() => {
                commands::show(bot, event, round).await?;
                Ok(Answer::Quiet)
            }
            Press::ReadOn(round, _) if event.spot.is_private() => {
                commands::read_on(bot, event, round).await?;
                Ok(Answer::Quiet)
            }
            Press::Turn(round, page) if event.spot.is_private() => self.turn(round, page).await,
            Press::ShowAll(round) => Ok(match commands::show_all(bot, event, round).await? {
                Some(text) => Answer::Alert(text),
                None => Answer::Quiet,
            }),
            Press::Hint(round) => {
                let here = bot.meet(event).await?;
                Ok(match bot.viva.hint(&here, round).await? {
                    Reply::Hint(hint) => Answer::Alert(messages::hint(&hint, here.language)),
                    other => noticed(&other, &here),
                })
            }
            Press::End(round) => {
                let here = bot.meet(event).await?;
                Ok(match bot.viva.end(&here, round, bot.may_manage(event).await, now()).await? {
                    Ok(card) => {
                        self.close(None, false).await;
                        bot.draw(event.spot, &card).await;
                        Answer::Given
                    }
                    Err(notice) => noticed(&Reply::Notice(notice), &here),
                })
            }
            Press::Another => {
                ask(bot, event, Asking::default()).await?;
                Ok(Answer::Quiet)
            }
            Press::AskFor(handle) => {
                let Some(id) = bot.viva.bank().question_of(&handle).map(|question| question.id.0.clone())
                else {
                    return Ok(Answer::Alert(own_words("question-gone", event.who.language)));
                };
                ask(bot, event, Asking { query: Some(id), ..Asking::default() }).await?;
                Ok(Answer::Quiet)
            }
            Press::BrowseFor(handle) => {
                let here = bot.meet(event).await?;
                match commands::questions_of(&bot.viva, &handle, here.language) {
                    Some(said) => self.update(&said).await,
                    None => Ok(Answer::Alert(own_words("question-gone", here.language))),
                }
            }
            Press::Board { window, page, topic } => self.board(window, page, &topic).await,
            Press::Set(setting) => {
                let here = bot.meet(event).await?;
                if !bot.may_manage(event).await {
                    return Ok(Answer::Alert(own_words("only-administrators", here.language)));
                }
                let said = change(bot, &here, setting).await?;
                self.update(&said).await
            }
            Press::Forget(learner) => {
                let here = bot.meet(event).await?;
                if here.learner != learner {
                    return Ok(unknown(event.who.language));
                }
                bot.viva.forget(&here).await?;
                self.update(&Said::own("telegram-forgotten", here.language)).await
            }
            Press::Keep => {
                let here = bot.meet(event).await?;
                self.update(&Said::own("kept", here.language)).await
            }
            _ => Ok(unknown(event.who.language)),
        }
    }

    /// Takes an answer; what it is worth is for the presser alone.
    async fn answer(&self, round: RoundId, response: &Response<'_>) -> Result<Answer, StoreError> {
        let (bot, event) = (self.bot, &self.event);
        let mut here = bot.meet(event).await?;
        // Somebody who looked at an answer alone grades it there, wherever the question was asked.
        if event.spot.is_private()
            && matches!(response, Response::Recall(_))
            && let Some(there) = bot.meet_in(round, &event.who).await?
        {
            here = there;
        }
        let reply = bot.viva.answer(&here, round, response, now()).await?;
        let spot = match bot.viva.store().place(here.venue).await? {
            Some(place) => Spot::read(&place).unwrap_or(event.spot),
            None => event.spot,
        };
        let answer = match &reply {
            Reply::Graded(graded) => Answer::Alert(messages::verdict(graded, here.language)),
            Reply::SelfGraded { days } => {
                Answer::Toast(Texts::of(here.language).tell("self-graded", [("days", (*days).into())]))
            }
            other => noticed(other, &here),
        };
        // The answer first, then the card: nobody waits for a drawing.
        match &answer {
            Answer::Alert(text) => self.close(Some(text.clone()), true).await,
            Answer::Toast(text) => self.close(Some(text.clone()), false).await,
            Answer::Quiet | Answer::Given => {}
        }
        counted(bot, spot, round, &reply).await?;
        Ok(Answer::Given)
    }

    async fn turn(&self, round: RoundId, page: usize) -> Result<Answer, StoreError> {
        let Some(here) = self.bot.meet_in(round, &self.event.who).await? else {
            return Ok(unknown(self.event.who.language));
        };
        match self.bot.viva.show(&here, round).await? {
            Reply::Revealed(revealed) => {
                self.update(answer_page(revealed, round, page, None, here.language)).await
            }
            other => Ok(noticed(&other, &here)),
        }
    }

    async fn board(&self, window: Window, page: u32, topic: &str) -> Result<Answer, StoreError> {
        let here = self.bot.meet(&self.event).await?;
        self.update(leaderboard(self.bot, &here, window, topic, page).await?).await
    }

    /// Puts another text into the message that was pressed on, or below it if that is too old.
    async fn update(&self, scene: impl Into<Scene>) -> Result<Answer, StoreError> {
        let (bot, spot, message) = (self.bot, self.event.spot, self.event.message);
        let scene = scene.into();
        // The button need not wait for what it brings.
        self.close(None, false).await;
        // Whatever is still drawn for what it showed before is not to come back.
        let _turn = bot.latest.turn((spot.chat, message));
        let (mut said, mut late) = scene.shown(bot, AT_ONCE).await;
        let mut edited = bot.edit(spot, message, &said).await;
        if late && edited.is_err() {
            // A message that is a picture becomes another picture, but no text.
            (said, late) = scene.shown(bot, PATIENCE).await;
            edited = bot.edit(spot, message, &said).await;
        }
        match edited {
            Ok(()) => bot.follow(spot, message, scene, said, late),
            Err(_) => reply(bot, &self.event, scene).await?,
        }
        Ok(Answer::Given)
    }

    /// Ends the waiting that the button shows.
    async fn close(&self, text: Option<String>, show_alert: bool) {
        let answer = AnswerCallbackQuery {
            callback_query_id: self.query.id.0.clone(),
            text: text.map(|text| fit(&text, CALLBACK_ANSWER)),
            show_alert,
            url: None,
        };
        // Whoever does not wait any more gets none.
        if let Err(error) = self.bot.api.call(&answer).await {
            tracing::debug!(%error, "a press could not be answered");
        }
    }
}

/// Why a press came to nothing; one that names no round of this chat is none of ours.
fn noticed(reply: &Reply, here: &Here) -> Answer {
    match reply {
        Reply::Notice(viva_core::reply::Notice::NothingOpen) => unknown(here.language),
        Reply::Notice(notice) => Answer::Alert(Texts::of(here.language).notice(notice)),
        _ => Answer::Alert(own_words("question-gone", here.language)),
    }
}

/// A button that Viva never wrote, or not here.
fn unknown(language: Language) -> Answer {
    Answer::Alert(own_words("telegram-unknown-button", language))
}
