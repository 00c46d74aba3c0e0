//! `viva show`: a question and its answer as a platform would get them.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;
use viva_album::Drawn;
use viva_core::bank::{Bank, Question, QuestionId, Text};
use viva_core::ids::{RoundId, VenueId};
use viva_core::language::Language;
use viva_core::reply::{Asked, Card, Task};
use viva_core::texts::Texts;
use viva_discord::components::Message;
use viva_discord::{cards, messages};
use viva_telegram::limits::ALBUM;
use viva_telegram::messages::Said;
use viva_telegram::payloads::{RichText, SendMessage, SendRichMessage};
use viva_telegram::shots::{Seen, Shot};

use crate::cli::{Format, Platform};
use crate::console::ink::STRONG;
use crate::console::paint::Painter;
use crate::pictures;

/// The messages that a question and its answer make; the names are a contract.
#[derive(Serialize)]
struct Shown<M> {
    question: Vec<M>,
    answer: Vec<M>,
}

pub(crate) fn run(
    bank: &Bank,
    query: &str,
    platform: Platform,
    format: Format,
    (language, texts): (Option<Language>, &Texts),
    folder: Option<&Path>,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let question = bank
        .question(&QuestionId(query.to_owned()))
        .or_else(|| bank.search(query, 1).hits.first().map(|hit| &bank.questions()[hit.question]))
        .with_context(|| texts.tell("show-nothing", [("query", query.into())]))?;
    let language = language.unwrap_or_else(|| Language::of(query));
    let text = question.text(language);
    let room = match platform {
        Platform::Console | Platform::Discord => viva_discord::markdown::TABLE_WIDTH,
        Platform::Telegram | Platform::TelegramRich => viva_telegram::html::TABLE_WIDTH,
    };
    if let Some(folder) = folder {
        pictures::write(bank, text, room, folder, texts, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let drawn = || pictures::album().draw_all_now(bank, &pictures::of(text, room));
    match (platform, format) {
        (Platform::Console, Format::Json) => print(&console(text, &Painter::plain(text.language)), out)?,
        (Platform::Console, Format::Text) => {
            let Shown { question, answer } = console(text, &Painter::stdout(text.language));
            writeln!(out, "{}\n\n{}", question.join("\n\n"), answer.join("\n\n"))?;
        }
        // What Discord gets is JSON, whoever reads it.
        (Platform::Discord, Format::Json | Format::Text) => print(&discord(question, text, &drawn()), out)?,
        (Platform::Telegram, Format::Json | Format::Text) => print(&telegram(question, text, &drawn()), out)?,
        (Platform::TelegramRich, Format::Json | Format::Text) => print(&rich(text), out)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn print<M: Serialize>(shown: &Shown<M>, out: &mut impl Write) -> anyhow::Result<()> {
    Ok(writeln!(out, "{}", serde_json::to_string_pretty(shown)?)?)
}

fn console(text: &Text, painter: &Painter) -> Shown<String> {
    let mut question = vec![painter.fit(&painter.inlines(&text.title, STRONG))];
    if !text.body.is_empty() {
        question.push(painter.document(&text.body));
    }
    Shown { question, answer: vec![painter.document(&text.answer)] }
}

/// The question and its full answer, page by page, as HTML, each page with the album of its pictures behind it.
fn telegram(question: &Question, text: &Text, drawn: &Drawn) -> Shown<Sent> {
    use viva_telegram::cards::{self, Stage};
    use viva_telegram::messages::answer_messages;
    let card = card(question, text);
    let mut said = vec![cards::card(&card, "", Stage { bot: "viva", private: true }, drawn)];
    let pages = cards::question_pages(&card.asked, drawn).into_iter().skip(1);
    said.extend(pages.map(|page| Said { html: page.html, shots: page.shots, ..Said::default() }));
    let answer = answer_messages(&text.title, &text.answer, text.language, drawn);
    Shown { question: said.iter().flat_map(sent).collect(), answer: answer.iter().flat_map(sent).collect() }
}

/// What is sent to Telegram one after the other.
#[derive(Serialize)]
#[serde(untagged)]
enum Sent {
    Text(Box<SendMessage>),
    Pictures { chat_id: i64, media: Vec<Picture> },
}

/// A picture: its address, or the name of the file that is uploaded.
#[derive(Serialize)]
struct Picture {
    r#type: &'static str,
    media: String,
    caption: String,
}

fn sent(said: &Said) -> impl Iterator<Item = Sent> {
    let picture = |shot: &Shot| {
        let media = match &shot.seen {
            Seen::Uploaded(plate) => format!("attach://{}", plate.name()),
            Seen::Remote(url) => url.clone(),
        };
        Picture { r#type: "photo", media, caption: shot.caption() }
    };
    let albums = said.shots.chunks(ALBUM);
    let albums =
        albums.map(|album| Sent::Pictures { chat_id: 1, media: album.iter().map(picture).collect() });
    let albums: Vec<_> = albums.collect();
    std::iter::once(Sent::Text(Box::new(said.to(1, None)))).chain(albums)
}

/// The same as rich messages; what is past their limits stays classic and is left out here.
fn rich(text: &Text) -> Shown<SendRichMessage> {
    let message = |of| {
        let html = viva_telegram::rich::message(&text.title, of, None);
        html.map(|html| SendRichMessage {
            chat_id: 1,
            message_thread_id: None,
            rich_message: RichText { html },
            reply_parameters: None,
            reply_markup: None,
        })
    };
    Shown {
        question: message(&text.body).into_iter().collect(),
        answer: message(&text.answer).into_iter().collect(),
    }
}

/// The card of the question, asked as a reveal, with every page of its text; and of the full answer.
fn discord(question: &Question, text: &Text, drawn: &Drawn) -> Shown<Message> {
    let card = card(question, text);
    let pages = cards::question_pages(&card.asked, drawn).len();
    let mut messages = vec![Message::public(cards::card(&card, drawn))];
    let page = |page| messages::question_page(&card.asked, page, drawn);
    messages.extend((0..pages).skip(usize::from(pages == 1)).map(page));
    let answer = messages::answer_messages(&text.title, &text.answer, text.language, drawn);
    Shown { question: messages, answer }
}

/// The question, asked as a reveal.
fn card(question: &Question, text: &Text) -> Card {
    let asked = Asked {
        round: RoundId(1),
        question: question.id.clone(),
        title: text.title.clone(),
        body: text.body.clone(),
        difficulty: text.difficulty,
        task: Task::Reveal,
        lacks: None,
    };
    Card {
        asked,
        venue: VenueId(1),
        message: None,
        language: text.language,
        answered: 0,
        closes_at: None,
        outcome: None,
    }
}
