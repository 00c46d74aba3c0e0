//! `viva show`: a question and its answer as a platform would get them.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;
use viva_core::bank::{Bank, Question, QuestionId, Text};
use viva_core::ids::{RoundId, VenueId};
use viva_core::language::Language;
use viva_core::reply::{Asked, Card, Task};
use viva_discord::components::Message;
use viva_discord::{cards, messages};
use viva_telegram::payloads::{RichText, SendMessage, SendRichMessage};

use crate::cli::{Format, Platform};
use crate::console::ink::STRONG;
use crate::console::paint::Painter;

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
    language: Option<Language>,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let question = bank
        .question(&QuestionId(query.to_owned()))
        .or_else(|| bank.search(query, 1).hits.first().map(|hit| &bank.questions()[hit.question]))
        .with_context(|| format!("nothing matches “{query}”; `viva search` finds what there is"))?;
    let language = language.unwrap_or_else(|| Language::of(query));
    let text = question.text(language);
    match (platform, format) {
        (Platform::Console, Format::Json) => print(&console(text, &Painter::plain(text.language)), out)?,
        (Platform::Console, Format::Text) => {
            let Shown { question, answer } = console(text, &Painter::stdout(text.language));
            writeln!(out, "{}\n\n{}", question.join("\n\n"), answer.join("\n\n"))?;
        }
        // What Discord gets is JSON, whoever reads it.
        (Platform::Discord, Format::Json | Format::Text) => print(&discord(question, text), out)?,
        (Platform::Telegram, Format::Json | Format::Text) => print(&telegram(question, text), out)?,
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

/// The question and its full answer, page by page, as HTML.
fn telegram(question: &Question, text: &Text) -> Shown<SendMessage> {
    use viva_telegram::cards::{self, Stage};
    use viva_telegram::messages::{Said, answer_messages};
    let card = card(question, text);
    let mut messages = vec![cards::card(&card, "", Stage { bot: "viva", private: true }).to(1, None)];
    let pages = cards::question_pages(&card.asked);
    messages.extend(pages.iter().skip(1).map(|page| Said::word(page.as_str()).to(1, None)));
    Shown { question: messages, answer: answer_messages(&text.title, &text.answer, text.language) }
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
fn discord(question: &Question, text: &Text) -> Shown<Message> {
    let card = card(question, text);
    let pages = cards::question_pages(&card.asked).len();
    let mut messages = vec![Message::public(cards::card(&card))];
    messages.extend(
        (0..pages).skip(usize::from(pages == 1)).map(|page| messages::question_page(&card.asked, page)),
    );
    Shown { question: messages, answer: messages::answer_messages(&text.title, &text.answer, text.language) }
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
