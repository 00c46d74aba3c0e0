//! `viva check`: what notes hold and what is wrong with them.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;
use viva_core::bank::{self, Bank, Question, Text, has_errors};
use viva_core::document::{Block, Inline, Node, plain, walk_inlines};
use viva_core::glossary::Glossary;
use viva_core::language::Language;
use viva_core::notes::{Code, Diagnostic, Severity};
use viva_core::texts::Texts;
use viva_discord::markdown::TABLE_WIDTH;

use crate::cli::Format;
use crate::console::paint::harmless;
use crate::pictures;

/// What is printed as JSON; its names are a contract.
#[derive(Serialize)]
struct Report<'a> {
    files: Vec<File<'a>>,
    questions: Vec<Row<'a>>,
    diagnostics: Vec<Remark<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pictures: Option<pictures::Report>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    language: Language,
    read_as: viva_core::notes::Habit,
    questions: usize,
    skipped: Vec<Skipped>,
}

#[derive(Serialize)]
struct Skipped {
    line: u32,
    reason: String,
}

#[derive(Serialize)]
struct Remark<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    severity: Severity,
    code: Code,
    message: String,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: String,
    path: &'a str,
    line: u32,
    language: Language,
    difficulty: Option<u8>,
    frequency: Option<u8>,
    topics: &'a [String],
    key_points: Vec<&'a str>,
    exercises: Exercises,
    #[serde(flatten)]
    parts: Parts,
}

/// In how many ways a question can be asked.
#[derive(Serialize)]
struct Exercises {
    reveal: usize,
    choice: usize,
    typed: usize,
}

/// What a question's title, body and answer hold.
#[derive(Default, Serialize)]
struct Parts {
    formulas: Formulas,
    images: usize,
    code_blocks: usize,
    tables: usize,
}

#[derive(Default, Serialize)]
struct Formulas {
    inline: usize,
    display: usize,
}

/// Reads `paths` and prints what is in them; fails with status 1 if there are errors.
pub(crate) fn run(
    paths: &[PathBuf],
    draw: bool,
    format: Format,
    texts: &Texts,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let (bank, diagnostics) = Bank::open(paths, Glossary::bundled());
    let pictures = draw.then(|| pictures::all(&bank, TABLE_WIDTH, texts));
    match format {
        Format::Json => {
            let questions = bank.questions().iter().enumerate();
            let report = Report {
                files: bank
                    .decks()
                    .iter()
                    .zip(by_deck(&bank))
                    .map(|(deck, asked)| File {
                        path: &deck.path,
                        language: deck.language,
                        read_as: deck.read_as,
                        questions: asked.len(),
                        skipped: deck.skipped.iter().map(|skipped| passed_over(skipped, texts)).collect(),
                    })
                    .collect(),
                questions: questions
                    .flat_map(|(at, question)| {
                        let origins = bank.origins(at).iter();
                        question.texts.iter().zip(origins).map(|(text, origin)| {
                            row(question, text, &bank.decks()[origin.deck].path, origin.line)
                        })
                    })
                    .collect(),
                diagnostics: diagnostics.iter().map(|diagnostic| remark(diagnostic, texts)).collect(),
                pictures,
            };
            serde_json::to_writer_pretty(&mut *out, &report).context("the report could not be written")?;
            writeln!(out)?;
        }
        Format::Text => text(&bank, &diagnostics, pictures.as_ref(), texts, out)?,
    }
    Ok(if has_errors(&diagnostics) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn passed_over(skipped: &bank::Skipped, texts: &Texts) -> Skipped {
    Skipped { line: skipped.line, reason: texts.say(skipped.reason) }
}

fn remark<'a>(diagnostic: &'a Diagnostic, texts: &Texts) -> Remark<'a> {
    let Diagnostic { path, line, column, severity, code, message } = diagnostic;
    let message = texts.saying(message);
    Remark { path, line: *line, column: *column, severity: *severity, code: *code, message }
}

/// What a question asks in a deck: its line there, and its text.
type Asked<'b> = (u32, &'b Question, &'b Text);

/// What each deck asks.
fn by_deck(bank: &Bank) -> Vec<Vec<Asked<'_>>> {
    let mut decks = vec![Vec::new(); bank.decks().len()];
    for (at, question) in bank.questions().iter().enumerate() {
        for (text, origin) in question.texts.iter().zip(bank.origins(at)) {
            decks[origin.deck].push((origin.line, question, text));
        }
    }
    decks
}

fn row<'a>(question: &'a Question, text: &'a Text, path: &'a str, line: u32) -> Row<'a> {
    let choice = text.choices.len();
    Row {
        id: &question.id.0,
        title: plain(&text.title),
        path,
        line,
        language: text.language,
        difficulty: text.difficulty,
        frequency: text.frequency,
        topics: &text.topics,
        key_points: text.key_points.iter().map(|point| point.phrase.as_str()).collect(),
        exercises: Exercises { reveal: 1, choice, typed: usize::from(text.can_be_typed()) },
        parts: parts(text),
    }
}

fn parts(text: &Text) -> Parts {
    let mut parts = Parts::default();
    let mut visit = |node: Node<'_>| match node {
        Node::Inline(Inline::Formula(_)) => parts.formulas.inline += 1,
        Node::Block(Block::Formula(_)) => parts.formulas.display += 1,
        Node::Inline(Inline::Image { .. }) => parts.images += 1,
        Node::Block(Block::Code { .. }) => parts.code_blocks += 1,
        Node::Block(Block::Table { .. }) => parts.tables += 1,
        _ => {}
    };
    walk_inlines(&text.title, &mut visit);
    text.body.walk(&mut visit);
    text.answer.walk(&mut visit);
    parts
}

fn text(
    bank: &Bank,
    diagnostics: &[Diagnostic],
    pictures: Option<&pictures::Report>,
    texts: &Texts,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for (deck, asked) in bank.decks().iter().zip(by_deck(bank)) {
        let questions = asked.len();
        let said = texts.tell(
            "check-file",
            [
                ("questions", questions.into()),
                ("habit", deck.read_as.to_string().into()),
                ("language", deck.language.to_string().into()),
            ],
        );
        write!(out, "{}: {said}", deck.path)?;
        if !deck.skipped.is_empty() {
            let mut reasons: Vec<(&str, usize)> = Vec::new();
            for skipped in &deck.skipped {
                match reasons.iter_mut().find(|(reason, _)| *reason == skipped.reason) {
                    Some((_, times)) => *times += 1,
                    None => reasons.push((skipped.reason, 1)),
                }
            }
            let what: Vec<_> =
                reasons.iter().map(|(reason, times)| format!("{times} × {}", texts.say(reason))).collect();
            let what = what.join(&texts.say("check-and"));
            write!(out, "{}", texts.tell("check-skipped", [("what", what.into())]))?;
        }
        writeln!(out)?;
        for (line, question, text) in asked {
            let asked = texts.tell(
                "check-question",
                [("choices", text.choices.len().into()), ("points", text.key_points.len().into())],
            );
            let row = format!("  {line:>5}  {}  {}  {asked}", question.id, plain(&text.title));
            writeln!(out, "{}", harmless(&row))?;
        }
    }
    for diagnostic in diagnostics {
        writeln!(out, "{}", harmless(&diagnostic.told(texts)))?;
    }
    if let Some(pictures::Report { drawn, fell_back }) = pictures {
        for fallen in fell_back {
            writeln!(out, "{}", harmless(&fallen.told(texts)))?;
        }
        let counts = [("drawn", (*drawn).into()), ("fallen", fell_back.len().into())];
        writeln!(out, "{}", texts.tell("check-pictures", counts))?;
    }
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let questions = bank.questions().len();
    let counts = [("questions", questions.into()), ("errors", errors.into()), ("warnings", warnings.into())];
    writeln!(out, "{}", texts.tell("check-all", counts))
}
