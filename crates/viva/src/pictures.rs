//! The pictures of a bank, all at once: written to a folder for `viva show --out`, counted for `viva check --pictures`
//! and `viva doctor`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;
use viva_album::{Album, Limits, Plate, Subject, wanted, wanted_inline};
use viva_core::bank::{Bank, Text};
use viva_core::document::Document;
use viva_core::texts::Texts;

use crate::console::paint::harmless;

/// Within these, every platform takes a figure: the strictest is Telegram with ten thousand pixels for width and height
/// together. <https://core.telegram.org/bots/api#sendphoto>
const LIMITS: Limits = Limits { bytes: 5 << 20, side: 4_096 };

/// How much of a source is shown, in characters.
const SOURCE: usize = 60;

/// What the pictures of a bank came to.
#[derive(Default, Serialize)]
pub(crate) struct Report {
    /// How many are drawn.
    pub(crate) drawn: usize,
    /// What is said in text instead.
    pub(crate) fell_back: Vec<FellBack>,
}

/// Something that could not be drawn.
#[derive(Serialize)]
pub(crate) struct FellBack {
    path: String,
    line: u32,
    question: String,
    kind: &'static str,
    source: String,
    reason: String,
}

impl FellBack {
    /// What it is and why it is text, on one line.
    pub(crate) fn told(&self, texts: &Texts) -> String {
        let source: String =
            self.source.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SOURCE).collect();
        let said = texts.tell(
            "pictures-fell-back",
            [
                ("kind", kind(self.kind, texts).into()),
                ("source", source.into()),
                ("reason", (&*self.reason).into()),
            ],
        );
        format!("{}:{}: {}: {said}", self.path, self.line, self.question)
    }
}

/// What a kind of picture is called.
fn kind(kind: &str, texts: &Texts) -> String {
    texts.say(match kind {
        "formula" => "kind-formula",
        "table" => "kind-table",
        _ => "kind-figure",
    })
}

/// An album for the pictures of a bank, whatever the platform.
pub(crate) fn album() -> Arc<Album> {
    Album::new(LIMITS)
}

/// What a text wants to have drawn, in reading order, for a chat with room for tables of so many columns.
pub(crate) fn of(text: &Text, room: usize) -> Vec<Subject> {
    let mut subjects = wanted_inline(&text.title);
    let choices = text.choices.iter().flat_map(|choice| {
        let options = choice.options.iter().flat_map(|option| [&option.text, &option.explanation]);
        std::iter::once(&choice.prompt).chain(options).chain([&choice.explanation])
    });
    let documents: Vec<&Document> = [&text.body, &text.answer].into_iter().chain(choices).collect();
    for subject in documents.into_iter().flat_map(|document| wanted(document, room)) {
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    subjects
}

/// Draws everything in a bank, and shows on a terminal how far that is.
pub(crate) fn all(bank: &Bank, room: usize, texts: &Texts) -> Report {
    let asked = bank.questions().iter().enumerate().flat_map(|(at, question)| {
        question.texts.iter().zip(bank.origins(at)).map(move |(text, origin)| (question, text, origin))
    });
    let wanted: Vec<_> = asked
        .flat_map(|(question, text, origin)| {
            of(text, room).into_iter().map(move |subject| (question, origin, subject))
        })
        .collect();
    let progress = ProgressBar::new(wanted.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:40} {pos}/{len} {eta}") {
        progress.set_style(style);
    }
    progress.set_prefix(texts.say("pictures-drawing"));
    let album = album();
    let drawn: Vec<_> = wanted
        .into_par_iter()
        .map(|(question, origin, subject)| {
            let drawn = album.draw_now(bank, &subject);
            progress.inc(1);
            drawn.map(drop).map_err(|fallen| FellBack {
                path: bank.decks()[origin.deck].path.clone(),
                line: origin.line,
                question: question.id.0.clone(),
                kind: fallen.subject.kind(),
                source: fallen.subject.source(),
                reason: texts.saying(&fallen.reason),
            })
        })
        .collect();
    progress.finish_and_clear();
    let count = drawn.iter().filter(|drawn| drawn.is_ok()).count();
    Report { drawn: count, fell_back: drawn.into_iter().filter_map(Result::err).collect() }
}

/// Writes every picture of a text into `folder`, numbered in reading order, and says which is where.
pub(crate) fn write(
    bank: &Bank,
    text: &Text,
    room: usize,
    folder: &Path,
    texts: &Texts,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| texts.tell("out-unmade", [("path", folder.display().to_string().into())]))?;
    let album = album();
    let subjects = of(text, room);
    if subjects.is_empty() {
        writeln!(out, "{}", texts.say("pictures-none"))?;
    }
    for (number, subject) in subjects.iter().enumerate() {
        let source = subject.source().replace('\n', " ");
        match album.draw_now(bank, subject) {
            Ok(plate) => {
                let name = format!("{:02}-{}.{}", number + 1, subject.kind(), plate.format.extension());
                let path = folder.join(name);
                let Plate { width, height, .. } = &*plate;
                std::fs::write(&path, &plate.bytes).with_context(|| {
                    texts.tell("out-unwritten", [("path", path.display().to_string().into())])
                })?;
                writeln!(out, "{}  {width} × {height}  {}", path.display(), harmless(&source))?;
            }
            Err(fallen) => {
                let (kind, reason) = (kind(subject.kind(), texts), texts.saying(&fallen.reason));
                let said = texts.tell(
                    "pictures-fell-back",
                    [("kind", kind.into()), ("source", source.into()), ("reason", reason.into())],
                );
                writeln!(out, "{:02}: {}", number + 1, harmless(&said))?;
            }
        }
    }
    Ok(())
}
