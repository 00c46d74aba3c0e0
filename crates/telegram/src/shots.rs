//! Pictures that stand below a text, which refers to them by their numbers: Telegram shows none within a text.

use std::sync::Arc;

use viva_album::{Drawn, Format, Plate, Subject};
use viva_core::document::{Document, Inline};

use crate::html::TABLE_WIDTH;
use crate::limits::{CAPTION, PHOTO_BYTES, PHOTO_RATIO, PHOTO_SIDES, fit};

/// A picture below a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// The number by which the text refers to it, if it does.
    pub number: Option<usize>,
    /// What is seen.
    pub seen: Seen,
    /// What it says.
    pub words: String,
}

/// Where a picture comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// From here.
    Uploaded(Arc<Plate>),
    /// From the web: Telegram fetches it.
    Remote(String),
}

impl Shot {
    /// What stands below it: its number, and what it says.
    #[must_use]
    pub fn caption(&self) -> String {
        let words = self.words.trim();
        let caption = match self.number {
            Some(number) if words.is_empty() => number.to_string(),
            Some(number) => format!("{number} · {words}"),
            None => words.to_owned(),
        };
        fit(&caption, CAPTION)
    }
}

/// Whether Telegram takes a picture as a photo. An animation would stand still.
#[must_use]
pub fn is_sendable(plate: &Plate) -> bool {
    let (long, short) = (plate.width.max(plate.height), plate.width.min(plate.height));
    plate.format != Format::Gif
        && plate.bytes.len() <= PHOTO_BYTES
        && plate.width + plate.height <= PHOTO_SIDES
        && long <= short.saturating_mul(PHOTO_RATIO)
}

/// What a question and a document below it want to have drawn.
#[must_use]
pub fn wanted(title: &[Inline], documents: &[&Document]) -> Vec<Subject> {
    let mut subjects = viva_album::wanted_inline(title);
    subjects.extend(documents.iter().flat_map(|document| viva_album::wanted(document, TABLE_WIDTH)));
    subjects
}

/// The pictures of a title, numbered from 1.
#[must_use]
pub fn of_title(title: &[Inline], drawn: &Drawn) -> Vec<Shot> {
    let subjects = viva_album::wanted_inline(title);
    let plates = subjects.iter().filter_map(|subject| Some((subject, drawn.of(subject)?)));
    let sendable = plates.filter(|(_, plate)| is_sendable(plate)).enumerate();
    sendable
        .map(|(at, (subject, plate))| Shot {
            number: Some(at + 1),
            seen: Seen::Uploaded(Arc::clone(plate)),
            words: subject.source(),
        })
        .collect()
}
