//! Questions: what there is to ask, and what a full answer says.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Inline};
use crate::language::Language;

/// The stable name of a question: a short readable slug such as `overfitting`.
///
/// It comes from an explicit `{#id}` or from the words of the heading, never from its number or
/// place, so it stays the same when notes are renumbered or moved.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub String);

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl QuestionId {
    /// A short name of letters and digits for places that can't hold the id itself: 16 hexadecimal digits
    /// of its BLAKE3 hash.
    #[must_use]
    pub fn handle(&self) -> String {
        format!("{:016x}", handle(&self.0))
    }
}

/// The first eight bytes of a name's BLAKE3 hash.
pub(super) fn handle(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    hash.as_bytes()[..8].iter().fold(0, |handle, byte| handle << 8 | u64::from(*byte))
}

/// Something to ask, in one or more languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its stable name.
    pub id: QuestionId,
    /// Its texts, at most one a language, at least one.
    pub texts: Vec<Text>,
}

/// A question and its answer in one language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// The language it is written in.
    pub language: Language,
    /// The question itself, on one line and without its number.
    pub title: Vec<Inline>,
    /// What stands between the title and the options of a multiple-choice note, such as a listing.
    pub body: Document,
    /// The full answer.
    pub answer: Document,
    /// Other names that find it.
    pub aliases: Vec<String>,
    /// What it is about, from the most general to the most special, as the notes word it.
    pub topics: Vec<String>,
    /// How hard it is, from 1 to 5.
    pub difficulty: Option<u8>,
    /// How often it is asked in interviews, from 1 to 5.
    pub frequency: Option<u8>,
    /// What a full answer names.
    pub key_points: Vec<KeyPoint>,
    /// The multiple-choice exercises that the author wrote.
    pub choices: Vec<Choice>,
}

/// One thing that a full answer names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyPoint {
    /// The short phrase that a learner would say.
    pub phrase: String,
}

/// A multiple-choice exercise.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Choice {
    /// What is asked; empty if the question's own title asks it.
    pub prompt: Document,
    /// The options in the order they were written.
    pub options: Vec<ChoiceOption>,
    /// What is said to everybody after the answer; may be empty.
    pub explanation: Document,
    /// Whether the options came with letters that the explanation may name, so that they are never shuffled.
    #[serde(default)]
    pub lettered: bool,
}

/// One option of a [`Choice`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// What it says.
    pub text: Document,
    /// Whether it is right.
    pub right: bool,
    /// Why it is right or wrong; may be empty.
    pub explanation: Document,
}

impl Question {
    /// The text in `language`, or the first there is.
    ///
    /// # Panics
    ///
    /// Never on a question that the notes reader made: it has at least one text.
    #[must_use]
    pub fn text(&self, language: Language) -> &Text {
        self.texts.iter().find(|text| text.language == language).unwrap_or(&self.texts[0])
    }
}

/// Fewest key points that an answer in one's own words can be graded by.
const MIN_POINTS: usize = 2;

impl Text {
    /// Whether an answer in one's own words can be graded: it has at least two key points.
    #[must_use]
    pub fn can_be_typed(&self) -> bool {
        self.key_points.len() >= MIN_POINTS
    }
}
