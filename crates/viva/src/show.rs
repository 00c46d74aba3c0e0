//! `viva show`: a question and its answer as a platform would get them.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;
use viva_core::bank::{Bank, QuestionId};
use viva_core::language::Language;

use crate::cli::{Format, Platform};
use crate::console::ink::STRONG;
use crate::console::paint::Painter;

/// The messages that a question and its answer make; the names are a contract.
#[derive(Serialize)]
struct Shown {
    question: Vec<String>,
    answer: Vec<String>,
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
    let Platform::Console = platform;
    let painter = match format {
        Format::Text => Painter::stdout(text.language),
        Format::Json => Painter::plain(text.language),
    };
    let mut asked = vec![painter.fit(&painter.inlines(&text.title, STRONG))];
    if !text.body.is_empty() {
        asked.push(painter.document(&text.body));
    }
    let shown = Shown { question: asked, answer: vec![painter.document(&text.answer)] };
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &shown)?;
            writeln!(out)?;
        }
        Format::Text => {
            writeln!(out, "{}\n\n{}", shown.question.join("\n\n"), shown.answer.join("\n\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
