//! Decks: the files that questions come from.

use serde::Serialize;

use super::{QuestionId, Text};
use crate::language::Language;
use crate::notes::Habit;

/// A file of notes that holds questions.
#[derive(Clone, Debug)]
pub struct Deck {
    /// The file, as it was named to the reader.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// The language it is written in.
    pub language: Language,
    /// How its questions were found.
    pub read_as: Habit,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
}

/// Something in a file that is no question and no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The line where it begins, from 1.
    pub line: u32,
    /// What it is: a message of the locales, of a few words.
    pub reason: &'static str,
}

/// A question as one deck words it.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The id that its heading gives it.
    pub id: QuestionId,
    /// Whether the id was written by the author.
    pub explicit: bool,
    /// Whether its options came as letters with the letter of the answer.
    pub lettered: bool,
    /// The line of its heading, from 1.
    pub line: u32,
    /// What it says.
    pub text: Text,
}
