//! Buttons, menus and forms: reading what was pressed, asking the core, answering.
//!
//! A press of any age works: it names a round, and the store has its text. What it names is checked there,
//! so a forged press gets a polite no.

use std::sync::Arc;

use serde_json::json;
use serenity::all::{
    ActionRowComponent, ChannelType, ComponentInteraction, ComponentInteractionDataKind, InteractionContext,
    MessageFlags, ModalInteraction,
};
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::reply::{Notice, Reply, Response, Revealed};
use viva_core::score::Verdict;
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::Here;

use crate::bot::{Bot, Event, language, now};
use crate::cards;
use crate::commands::{Asking, ask, failed, leaderboard_page, questions_of};
use crate::components::Message;
use crate::error::DiscordError;
use crate::limits::{INPUT_LABEL, INPUT_TEXT, MODAL_TITLE, fit};
use crate::markdown::escape;
use crate::messages;
use crate::respond::Waiting;
use crate::scene::Scene;
use viva_core::press::Press;

/// Handles a button or a menu.
pub(crate) async fn component(
    bot: &Arc<Bot>,
    interaction: &ComponentInteraction,
) -> Result<(), DiscordError> {
    let _busy = bot.busy.read().await;
    let pressed = Some(interaction.message.id);
    let waiting = Waiting { bot, id: interaction.id, token: &interaction.token, pressed };
    let event = Event {
        user: &interaction.user,
        member: interaction.member.as_ref(),
        guild: interaction.guild_id,
        channel: interaction.channel_id,
        locale: &interaction.locale,
        context: interaction.context,
        owners: &interaction.authorizing_integration_owners,
        token: &interaction.token,
    };
    let values: &[String] = match &interaction.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => &[],
    };
    let mine = interaction.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let pressing = Pressing { bot, waiting, event };
    match interaction.data.custom_id.parse::<Press>() {
        Ok(press) => pressing.press(press, values, mine).await,
        Err(_) => pressing.no().await,
    }
}

/// Handles a form.
pub(crate) async fn form(bot: &Arc<Bot>, interaction: &ModalInteraction) -> Result<(), DiscordError> {
    let _busy = bot.busy.read().await;
    let waiting = Waiting { bot, id: interaction.id, token: &interaction.token, pressed: None };
    let event = Event {
        user: &interaction.user,
        member: interaction.member.as_ref(),
        guild: interaction.guild_id,
        channel: interaction.channel_id,
        locale: &interaction.locale,
        // Discord's own word for it is lost on the way here.
        context: interaction
            .channel
            .as_ref()
            .filter(|channel| channel.kind == ChannelType::Private)
            .map(|_| InteractionContext::BotDm),
        owners: &Default::default(),
        token: &interaction.token,
    };
    let wrote =
        interaction.data.components.iter().flat_map(|row| &row.components).find_map(|part| match part {
            ActionRowComponent::InputText(input) => input.value.clone(),
            _ => None,
        });
    let pressing = Pressing { bot, waiting, event };
    match (interaction.data.custom_id.parse(), wrote) {
        (Ok(Press::Written(round)), Some(wrote)) => pressing.answer(round, Response::Words(&wrote)).await,
        _ => pressing.no().await,
    }
}

/// Somebody presses something.
struct Pressing<'p> {
    bot: &'p Arc<Bot>,
    waiting: Waiting<'p>,
    event: Event<'p>,
}

impl Pressing<'_> {
    async fn press(self, press: Press, values: &[String], mine: bool) -> Result<(), DiscordError> {
        let viva = &self.bot.viva;
        match press {
            Press::Choose(round, place) => self.answer(round, Response::Options([place].into())).await,
            Press::ChooseSeveral(round) => match values.iter().map(|value| value.parse()).collect() {
                Ok(places) => self.answer(round, Response::Options(places)).await,
                Err(_) => self.no().await,
            },
            Press::Grade(round, recall) => self.answer(round, Response::Recall(recall)).await,
            Press::Write(round) => self.write(round).await,
            Press::Show(round, page) => {
                self.privately(|here| async move {
                    Ok(shown(viva.show(&here, round).await?, round, page, here.language))
                })
                .await
            }
            Press::Turn(round, page) => {
                self.updating(|here| async move {
                    Ok(shown(viva.show(&here, round).await?, round, page, here.language))
                })
                .await
            }
            Press::ReadOn(round, page) => {
                self.privately(|here| async move {
                    let card = viva.card(round).await?.filter(|card| card.venue == here.venue);
                    Ok(match card {
                        Some(card) => Scene::of(cards::wanted(&card), move |drawn| {
                            messages::question_page(&card.asked, page, drawn)
                        }),
                        None => messages::own_words("unknown-button", here.language).into(),
                    })
                })
                .await
            }
            Press::ShowAll(round) => self.show_all(round).await,
            Press::Hint(round) => {
                self.privately(|here| async move {
                    Ok(match viva.hint(&here, round).await? {
                        Reply::Hint(hint) => messages::hint(&hint, here.language),
                        other => noticed(&other, here.language),
                    })
                })
                .await
            }
            Press::End(round) => self.end(round).await,
            Press::Another => ask(self.bot, self.waiting, &self.event, Asking::default()).await,
            Press::Ask => match values {
                [id] => {
                    let asking = Asking { query: Some(id.clone()), ..Asking::default() };
                    ask(self.bot, self.waiting, &self.event, asking).await
                }
                _ => self.no().await,
            },
            Press::Browse => match values {
                [slug] => {
                    self.updating(|here| async move { Ok(questions_of(viva, slug, here.language)) }).await
                }
                _ => self.no().await,
            },
            Press::Board { window, page, topic } => {
                let bot = self.bot;
                let board = |here: Here| async move {
                    leaderboard_page(bot, &here, window, &topic, page, Message::private).await
                };
                // Everybody turns pages of their own, not of the message that all see.
                if mine { self.updating(board).await } else { self.privately(board).await }
            }
            Press::Forget(learner) => {
                self.updating(|here| async move {
                    if here.learner != learner {
                        return Ok(messages::own_words("unknown-button", here.language));
                    }
                    viva.forget(&here).await?;
                    Ok(messages::own_words("forgotten", here.language))
                })
                .await
            }
            Press::Keep => {
                self.updating(|here| async move { Ok(messages::own_words("kept", here.language)) }).await
            }
            Press::Written(_) | Press::AskFor(_) | Press::BrowseFor(_) | Press::Set(_) => self.no().await,
        }
    }

    /// Takes an answer, tells what it is worth, and has the card drawn anew.
    async fn answer(self, round: RoundId, response: Response<'_>) -> Result<(), DiscordError> {
        let (bot, channel, alone) = (self.bot, self.event.channel, self.event.is_alone());
        let mut counts = false;
        let stirred = &mut counts;
        self.privately(|here| async move {
            let reply = bot.viva.answer(&here, round, &response, now()).await?;
            *stirred = match &reply {
                Reply::Graded(graded) => !matches!(graded.verdict, Verdict::Already | Verdict::Closed),
                reply => matches!(reply, Reply::SelfGraded { .. }),
            };
            Ok(match reply {
                Reply::Graded(graded) => messages::graded(&graded, round, here.language),
                Reply::SelfGraded { days } => messages::self_graded(days, here.language),
                other => noticed(&other, here.language),
            })
        })
        .await?;
        if !counts {
            return Ok(());
        }
        if !alone {
            bot.stir(channel, round);
        } else if bot.viva.close(round, now()).await?
            && let Some(card) = bot.viva.card(round).await?
        {
            bot.draw(channel, &card).await;
        }
        Ok(())
    }

    /// Opens the form for an answer in own words.
    async fn write(self, round: RoundId) -> Result<(), DiscordError> {
        let here = self.bot.meet(&self.event).await?;
        let card = self.bot.viva.card(round).await?.filter(|card| card.venue == here.venue);
        let texts = Texts::of(here.language);
        let refused = match card {
            None => Some("unknown-button"),
            Some(card) if card.outcome.is_some() => Some("verdict-closed"),
            Some(_) => None,
        };
        if let Some(key) = refused {
            let message = messages::own_words(key, here.language);
            self.waiting.answer(true, async { message.into() }).await?;
            return Ok(());
        }
        let input = json!({
            "type": 4, "custom_id": "answer", "style": 2, "required": true, "max_length": INPUT_TEXT,
            "label": fit(&texts.say("form-label"), INPUT_LABEL),
        });
        let modal = json!({
            "custom_id": Press::Written(round).to_string(),
            "title": fit(&texts.say("form-title"), MODAL_TITLE),
            "components": [{ "type": 1, "components": [input] }],
        });
        Ok(self.waiting.modal(&modal).await?)
    }

    async fn show_all(self, round: RoundId) -> Result<(), DiscordError> {
        let (bot, channel) = (self.bot, self.event.channel);
        let mut shown_to_all = false;
        let done = &mut shown_to_all;
        let locale = language(self.event.locale);
        let work = async {
            let reply = async {
                let here = bot.meet(&self.event).await?;
                let reply = bot.viva.show_all(&here, round, now()).await?;
                Ok::<_, StoreError>((here.language, reply))
            };
            match reply.await {
                Ok((language, Reply::Revealed(revealed))) => {
                    *done = true;
                    answer_page(revealed, round, 0, true, language)
                }
                Ok((language, other)) => noticed(&other, language).into(),
                Err(error) => failed(&error, locale).into(),
            }
        };
        self.waiting.answer(false, work).await?;
        if shown_to_all && let Some(card) = bot.viva.card(round).await? {
            bot.draw(channel, &card).await;
        }
        Ok(())
    }

    /// Ends a round: its card, on which the button was, shows how it went.
    async fn end(self, round: RoundId) -> Result<(), DiscordError> {
        let here = self.bot.meet(&self.event).await?;
        match self.bot.viva.end(&here, round, self.event.manages(), now()).await? {
            Ok(card) => {
                let scene =
                    Scene::of(cards::wanted(&card), move |drawn| Message::public(cards::card(&card, drawn)));
                self.waiting.update(async { scene }).await?;
                Ok(())
            }
            Err(notice) => {
                let message = Message::word(escape(&Texts::of(here.language).notice(&notice)));
                self.waiting.answer(true, async { message.into() }).await?;
                Ok(())
            }
        }
    }

    /// Answers the presser alone.
    async fn privately<W, F, M>(self, work: W) -> Result<(), DiscordError>
    where
        W: FnOnce(Here) -> F,
        F: Future<Output = Result<M, StoreError>>,
        M: Into<Scene>,
    {
        let made = self.made(work);
        self.waiting.answer(true, made).await?;
        Ok(())
    }

    /// Answers with another text for the message that was pressed on.
    async fn updating<W, F, M>(self, work: W) -> Result<(), DiscordError>
    where
        W: FnOnce(Here) -> F,
        F: Future<Output = Result<M, StoreError>>,
        M: Into<Scene>,
    {
        self.waiting.update(self.made(work)).await?;
        Ok(())
    }

    async fn made<W, F, M>(&self, work: W) -> Scene
    where
        W: FnOnce(Here) -> F,
        F: Future<Output = Result<M, StoreError>>,
        M: Into<Scene>,
    {
        let made = async { work(self.bot.meet(&self.event).await?).await };
        made.await.map_or_else(|error| failed(&error, language(self.event.locale)).into(), Into::into)
    }

    /// Refuses what Viva never wrote on a button.
    async fn no(self) -> Result<(), DiscordError> {
        self.privately(|here| async move { Ok(messages::own_words("unknown-button", here.language)) }).await
    }
}

fn shown(reply: Reply, round: RoundId, page: usize, language: Language) -> Scene {
    match reply {
        Reply::Revealed(revealed) => answer_page(revealed, round, page, false, language),
        other => noticed(&other, language).into(),
    }
}

fn answer_page(revealed: Revealed, round: RoundId, page: usize, public: bool, language: Language) -> Scene {
    Scene::of(messages::wanted(&revealed.title, &revealed.answer), move |drawn| {
        messages::revealed(&revealed, round, page, public, language, drawn)
    })
}

/// Why a press came to nothing; one that names no round of this channel is none of ours.
fn noticed(reply: &Reply, language: Language) -> Message {
    match reply {
        Reply::Notice(Notice::NothingOpen) => messages::own_words("unknown-button", language),
        Reply::Notice(notice) => Message::word(escape(&Texts::of(language).notice(notice))),
        _ => messages::own_words("question-gone", language),
    }
}
