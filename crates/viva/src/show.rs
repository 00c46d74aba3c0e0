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

/// The card of the question, asked as a reveal, with every page of its text; and of the full answer.
fn discord(question: &Question, text: &Text) -> Shown<Message> {
    let asked = Asked {
        round: RoundId(1),
        question: question.id.clone(),
        title: text.title.clone(),
        body: text.body.clone(),
        difficulty: text.difficulty,
        task: Task::Reveal,
        lacks: None,
    };
    let card = Card {
        asked: asked.clone(),
        venue: VenueId(1),
        message: None,
        language: text.language,
        answered: 0,
        closes_at: None,
        outcome: None,
    };
    let pages = cards::question_pages(&asked).len();
    let mut messages = vec![Message::public(cards::card(&card))];
    messages
        .extend((0..pages).skip(usize::from(pages == 1)).map(|page| messages::question_page(&asked, page)));
    Shown { question: messages, answer: messages::answer_messages(&text.title, &text.answer, text.language) }
}
