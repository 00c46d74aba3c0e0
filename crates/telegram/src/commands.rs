//! What people write: commands, answers by reply, and what a deep link carries.

use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::StdRng;
use teloxide_core::types::Message;
use viva_album::{Drawn, charts, wanted_charts};
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::line::Line;
use viva_core::reply::{Asked, Card, Mode, Notice, Reply, Response};
use viva_core::score::Window;
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::{Here, Wish};

use crate::api::ApiError;
use crate::bot::{Bot, Event, LASTS, Spot, answering, handle, handles, looked_for, now};
use crate::cards::Stage;
use crate::html::{self, escape};
use crate::messages::{self, Said};
use crate::payloads::Posted;
use crate::scene::{AT_ONCE, PATIENCE, Scene};
use crate::shots;
use crate::{cards, poll};

mod daily;
mod manage;
mod menu;

pub(crate) use manage::change;
pub(crate) use menu::{all_topics, questions_of, register};

/// Handles what somebody wrote.
pub(crate) async fn message(bot: &Arc<Bot>, message: &Message) -> Result<(), StoreError> {
    if let Some(to) = message.migrate_to_chat_id() {
        bot.moved(message.chat.id.0, to.0).await;
        return Ok(());
    }
    let (Some(event), Some(text)) = (Event::of(message), message.text()) else { return Ok(()) };
    if let Some(command) = text.strip_prefix(['/', '／']) {
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let (name, addressed) = match name.split_once('@') {
            // A command for another bot.
            Some((_, other)) if !other.eq_ignore_ascii_case(&bot.me.username) => return Ok(()),
            Some((name, _)) => (name, true),
            None => (name, event.spot.is_private()),
        };
        return command_of(bot, &event, name, rest.trim(), addressed).await;
    }
    let replied = message
        .reply_to_message()
        .filter(|of| of.from.as_ref().is_some_and(|user| user.id.0 == bot.me.id.unsigned_abs()));
    match replied {
        Some(of) => answer_to(bot, &event, i64::from(of.id.0), text).await,
        None if event.spot.is_private() => answer_open(bot, &event, text).await,
        None => Ok(()),
    }
}

async fn command_of(
    bot: &Arc<Bot>,
    event: &Event,
    name: &str,
    rest: &str,
    addressed: bool,
) -> Result<(), StoreError> {
    match name.to_lowercase().as_str() {
        "start" => return start(bot, event, rest).await,
        "daily" => return daily::daily(bot, event, rest).await,
        "settings" => return manage::show_settings(bot, event).await,
        "doctor" => return manage::doctor(bot, event).await,
        "privacy" => return manage::privacy(bot, event, rest).await,
        "help" => return own(bot, event, "help-telegram").await,
        _ => {}
    }
    match Line::read(&format!("/{name} {rest}")) {
        Line::Quiz { query, mode } => ask(bot, event, Asking { query, mode, due: false }).await,
        Line::Review { mode } => ask(bot, event, Asking { query: None, mode, due: true }).await,
        Line::Leaderboard { window, number, topic } => {
            let here = bot.meet(event).await?;
            let (window, topic) = bot.viva.window(&here, window, number, topic).await?;
            let topic = topic.as_deref().unwrap_or_default();
            reply(bot, event, leaderboard(bot, &here, window, topic, 0).await?).await
        }
        Line::Stats => {
            let here = bot.meet(event).await?;
            let scene = match bot.viva.record(&here, None, now()).await? {
                Reply::Record(record) => {
                    let charts = charts::record(&record, Texts::of(here.language));
                    Scene::of(wanted_charts(&charts), move |drawn| {
                        messages::record(&record, &charts, here.language, drawn)
                    })
                }
                other => noticed(&other, here.language).into(),
            };
            reply(bot, event, scene).await
        }
        Line::Topics => {
            let here = bot.meet(event).await?;
            reply(bot, event, &all_topics(&bot.viva, here.language)).await
        }
        Line::Season(name) => manage::season(bot, event, &name).await,
        Line::Language(given) => manage::language(bot, event, &given).await,
        Line::Hint | Line::Reveal | Line::Skip => on_open(bot, event, name).await,
        Line::Unknown { given, .. } if addressed => {
            let here = bot.meet(event).await?;
            let text = Texts::of(here.language).tell("telegram-unknown-command", [("given", given.into())]);
            reply(bot, event, &Said::word(escape(&text))).await
        }
        // Other bots have commands as well.
        _ => Ok(()),
    }
}

/// Says a text of Viva's own.
pub(crate) async fn own(bot: &Arc<Bot>, event: &Event, key: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    reply(bot, event, &Said::own(key, here.language)).await
}

/// Answers; that it did not arrive is nobody's error here.
pub(crate) async fn reply(bot: &Arc<Bot>, event: &Event, said: impl Into<Scene>) -> Result<(), StoreError> {
    sent(bot.say(event, said).await);
    Ok(())
}

pub(crate) fn sent(sent: Result<Posted, ApiError>) -> Option<Posted> {
    sent.map_err(|error| tracing::info!(%error, "a reply could not be sent")).ok()
}

/// What is behind a deep link, or a hello.
async fn start(bot: &Arc<Bot>, event: &Event, payload: &str) -> Result<(), StoreError> {
    match payload.split_once('_') {
        Some(("q", of)) => {
            let id = bot.viva.bank().question_of(of).map(|question| question.id.0.clone());
            match id {
                Some(id) => ask(bot, event, Asking { query: Some(id), ..Asking::default() }).await,
                None => own(bot, event, "question-gone").await,
            }
        }
        Some(("b", round)) => match round.parse() {
            Ok(round) => read_on(bot, event, RoundId(round)).await,
            Err(_) => own(bot, event, "question-gone").await,
        },
        Some(("a", round)) => match round.parse() {
            Ok(round) => show(bot, event, RoundId(round)).await,
            Err(_) => own(bot, event, "question-gone").await,
        },
        _ => own(bot, event, "hello-telegram").await,
    }
}

/// Shows the full answer of a round of any place to somebody alone.
pub(crate) async fn show(bot: &Arc<Bot>, event: &Event, round: RoundId) -> Result<(), StoreError> {
    let Some(here) = bot.meet_in(round, &event.who).await? else {
        return own(bot, event, "question-gone").await;
    };
    match bot.viva.show(&here, round).await? {
        Reply::Revealed(revealed) => {
            sent(bot.reveal(event, &here, &revealed, round, 0).await);
            Ok(())
        }
        other => reply(bot, event, &noticed(&other, here.language)).await,
    }
}

/// Sends what a card had no room for to somebody alone.
pub(crate) async fn read_on(bot: &Arc<Bot>, event: &Event, round: RoundId) -> Result<(), StoreError> {
    let Some(card) = bot.viva.card(round).await? else { return own(bot, event, "question-gone").await };
    for page in 1..cards::question_pages(&card.asked, &Drawn::in_words()).len() {
        let asked = card.asked.clone();
        let scene = Scene::of(cards::wanted(&asked), move |drawn| {
            let page = cards::question_pages(&asked, drawn).into_iter().nth(page).unwrap_or_default();
            Said { html: page.html, shots: page.shots, ..Said::default() }
        });
        reply(bot, event, scene).await?;
    }
    Ok(())
}

/// What somebody wants to be asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asking {
    pub(crate) query: Option<String>,
    pub(crate) mode: Option<Mode>,
    /// What is due for review, and not what a query finds.
    pub(crate) due: bool,
}

/// Asks a question: as a poll if it fits one, else as a message with a keyboard.
pub(crate) async fn ask(bot: &Arc<Bot>, event: &Event, asking: Asking) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    let (language, at) = (here.language, now());
    let mut rng = StdRng::from_rng(&mut rand::rng());
    let wish = Wish { query: asking.query, mode: asking.mode, lasts: Some(LASTS) };
    let asked = if asking.due {
        bot.viva.review(&here, &wish, at, &mut rng).await?
    } else {
        bot.viva.quiz(&here, &wish, at, &mut rng).await?
    };
    let said = match asked {
        Reply::Asked(asked) => return post(bot, event, &here, asked).await,
        Reply::Suggested(suggested) => messages::suggested(&suggested, language),
        other => noticed(&other, language),
    };
    reply(bot, event, &said).await
}

async fn post(bot: &Arc<Bot>, event: &Event, here: &Here, asked: Asked) -> Result<(), StoreError> {
    let round = asked.round;
    let card = Card {
        asked,
        venue: here.venue,
        message: None,
        language: here.language,
        answered: 0,
        closes_at: None,
        outcome: None,
    };
    match put(bot, event.spot, &card, "", false).await? {
        Ok(posted) => arrived(bot, round, &posted).await,
        Err(error) => {
            tracing::info!(%error, "a question could not be posted");
            // Nobody can answer what nobody sees.
            bot.viva.close(round, now()).await.map(drop)
        }
    }
}

/// Notes where a round is shown, and which poll's votes answer it.
pub(crate) async fn arrived(bot: &Bot, round: RoundId, posted: &Posted) -> Result<(), StoreError> {
    if let Some(poll) = &posted.poll {
        bot.viva.store().polled(round, &poll.id).await?;
    }
    bot.viva.posted(round, Some(&handle(posted)), now()).await
}

/// Puts a round into a chat, with `above` before it.
pub(crate) async fn put(
    bot: &Arc<Bot>,
    spot: Spot,
    card: &Card,
    above: &str,
    quiet: bool,
) -> Result<Result<Posted, ApiError>, StoreError> {
    let lasts = card.closes_at.map_or(LASTS, |closes| closes.duration_since(now()));
    if let Some((solution, explanation)) = bot.viva.solution(card.asked.round).await?
        && let Some(poll) = poll::poll(&card.asked, &solution, &explanation, Some(lasts.as_secs()))
        && let Some(mut message) = cards::poll_message(&poll, above, (spot.chat, spot.thread), spot.channel)
    {
        message.disable_notification = quiet;
        // In a channel nobody plays, and nobody has a button's answer to wait for.
        message.reply_markup = (!spot.channel).then(|| cards::poll_keyboard(card, bot.stage(spot)));
        let posted = bot.send(message).await;
        if let Ok(posted) = &posted {
            illustrate(bot, spot, posted, card);
        }
        return Ok(posted);
    }
    let (of, above, name) = (card.clone(), above.to_owned(), bot.me.username.clone());
    let scene = Scene::of(cards::wanted(&card.asked), move |drawn| {
        cards::card(&of, &above, Stage { bot: &name, private: spot.is_private() }, drawn)
    });
    let (said, late) = scene.shown(bot, AT_ONCE).await;
    let mut message = said.to(spot.chat, spot.thread);
    message.disable_notification = quiet;
    let posted = bot.send(message).await;
    if let Ok(posted) = &posted {
        bot.follow_card(spot, posted.message_id, card.asked.round, scene, (said, late));
    }
    Ok(posted)
}

/// Sends the pictures of a question's body, which a poll has no room for.
fn illustrate(bot: &Arc<Bot>, spot: Spot, posted: &Posted, card: &Card) {
    let asked = card.asked.clone();
    let wanted = shots::wanted(&[], &[&asked.body]);
    if wanted.is_empty() {
        return;
    }
    let (bot, message) = (Arc::clone(bot), posted.message_id);
    tokio::spawn(async move {
        let _busy = bot.busy.read().await;
        let drawn = bot.album.draw(&bot.viva.bank(), wanted, PATIENCE).await;
        let shots = html::pictured(&asked.body, &drawn, 1).shots;
        if let Err(error) = bot.show(spot, message, &shots).await {
            tracing::warn!(%error, "the pictures of a question could not be sent");
        }
    });
}

/// An answer to the message that shows a round.
async fn answer_to(bot: &Arc<Bot>, event: &Event, replied: i64, text: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    let round = || async {
        for handle in handles(replied) {
            if let Some(round) = bot.viva.store().round_of_message(here.venue, &handle).await? {
                return Ok(Some(round));
            }
        }
        Ok(None)
    };
    // Alone with somebody, the open question is meant whatever the reply was to.
    let private = event.spot.is_private();
    let found = if private { round().await? } else { looked_for(round).await? };
    match found {
        Some(round) => answer(bot, event, &here, round.id, text).await,
        None if private => answer_open(bot, event, text).await,
        None => Ok(()),
    }
}

/// An answer to the question that is open in a private chat; anything else is not meant for Viva.
async fn answer_open(bot: &Arc<Bot>, event: &Event, text: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    match bot.viva.open_round(here.venue).await? {
        Some(round) => answer(bot, event, &here, round, text).await,
        // What was typed may be what somebody wants to be asked about.
        None => ask(bot, event, Asking { query: Some(text.to_owned()), ..Asking::default() }).await,
    }
}

async fn answer(
    bot: &Arc<Bot>,
    event: &Event,
    here: &Here,
    round: RoundId,
    text: &str,
) -> Result<(), StoreError> {
    let private = event.spot.is_private();
    let answered = bot.viva.answer(here, round, &Response::Words(text), now()).await?;
    let said = match &answered {
        Reply::Graded(graded) => messages::graded(graded, round, private, here.language),
        Reply::SelfGraded { days } => {
            Said::word(escape(&Texts::of(here.language).tell("self-graded", [("days", (*days).into())])))
        }
        other => noticed(other, here.language),
    };
    let mut message = said.to(event.spot.chat, event.spot.thread);
    message.reply_parameters = Some(answering(event.message));
    sent(bot.send(message).await);
    counted(bot, event.spot, round, &answered).await
}

/// After an answer: its card shows it; where nobody else can answer, the round is over.
pub(crate) async fn counted(
    bot: &Arc<Bot>,
    spot: Spot,
    round: RoundId,
    reply: &Reply,
) -> Result<(), StoreError> {
    if !matches!(reply, Reply::Graded(_) | Reply::SelfGraded { .. }) {
        return Ok(());
    }
    if !spot.is_private() {
        bot.stir(spot, round);
    } else if bot.viva.close(round, now()).await?
        && let Some(card) = bot.viva.card(round).await?
    {
        bot.draw(spot, &card).await;
    }
    Ok(())
}

/// `/hint`, `/reveal` and `/skip`: about the latest question that is open here.
async fn on_open(bot: &Arc<Bot>, event: &Event, name: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    let Some(round) = bot.viva.open_round(here.venue).await? else {
        return reply(bot, event, &noticed(&Reply::Notice(Notice::NothingOpen), here.language)).await;
    };
    match name.to_lowercase().as_str() {
        "hint" => {
            let said = match bot.viva.hint(&here, round).await? {
                Reply::Hint(hint) => Said::word(escape(&messages::hint(&hint, here.language))),
                other => noticed(&other, here.language),
            };
            reply(bot, event, &said).await
        }
        "reveal" if event.spot.is_private() => {
            match bot.viva.reveal(&here, round, now()).await? {
                Reply::Revealed(revealed) => drop(sent(bot.reveal(event, &here, &revealed, round, 0).await)),
                other => return reply(bot, event, &noticed(&other, here.language)).await,
            }
            redraw(bot, event.spot, round).await
        }
        "reveal" => show_all(bot, event, round).await.map(drop),
        _ => match bot.viva.end(&here, round, bot.may_manage(event).await, now()).await? {
            Ok(card) => {
                bot.draw(event.spot, &card).await;
                own(bot, event, "skipped").await
            }
            Err(notice) => reply(bot, event, &noticed(&Reply::Notice(notice), here.language)).await,
        },
    }
}

/// Shows the answer of a round to everybody; what is said if that may not be.
pub(crate) async fn show_all(
    bot: &Arc<Bot>,
    event: &Event,
    round: RoundId,
) -> Result<Option<String>, StoreError> {
    let here = bot.meet(event).await?;
    match bot.viva.show_all(&here, round, now()).await? {
        Reply::Revealed(revealed) => {
            sent(bot.reveal(event, &here, &revealed, round, 0).await);
            redraw(bot, event.spot, round).await?;
            Ok(None)
        }
        Reply::Notice(notice) => Ok(Some(Texts::of(here.language).notice(&notice))),
        _ => Ok(Some(messages::own_words("question-gone", here.language))),
    }
}

async fn redraw(bot: &Bot, spot: Spot, round: RoundId) -> Result<(), StoreError> {
    if let Some(card) = bot.viva.card(round).await?.filter(|card| card.outcome.is_some()) {
        bot.draw(spot, &card).await;
    }
    Ok(())
}

/// A page of a leaderboard, or why there is none.
pub(crate) async fn leaderboard(
    bot: &Bot,
    here: &Here,
    window: Window,
    topic: &str,
    page: u32,
) -> Result<Scene, StoreError> {
    let named = (!topic.is_empty()).then_some(topic);
    Ok(match bot.viva.leaderboard(here, window, named, page, now()).await? {
        Reply::Standings { window, topic: name, page, standings } => {
            let bank = bot.viva.bank();
            let slug = named.and_then(|topic| bank.topic(topic)).map(|topic| topic.slug.as_str());
            let texts = Texts::of(here.language);
            let title = texts.leaderboard_title(window, name.as_deref());
            let chart = charts::leaderboard(&standings, &title, texts);
            let said =
                messages::leaderboard(window, slug.zip(name.as_deref()), page, &standings, here.language);
            Scene::of(wanted_charts(chart.as_slice()), move |drawn| {
                let cover = chart.as_ref().and_then(|chart| drawn.chart(chart)).cloned();
                Said { cover, ..said.clone() }
            })
        }
        other => noticed(&other, here.language).into(),
    })
}

/// Why a request came to nothing.
pub(crate) fn noticed(reply: &Reply, language: Language) -> Said {
    match reply {
        Reply::Notice(notice) => Said::word(escape(&Texts::of(language).notice(notice))),
        _ => Said::own("question-gone", language),
    }
}
