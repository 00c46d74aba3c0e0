//! The languages Viva speaks and sorts notes by.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that every text of Viva exists in.
///
/// Notes in any other language are kept as they are and filed under the one whose script they use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, and other notes in an alphabet.
    #[default]
    En,
    /// Chinese, written with simplified characters in what Viva itself says.
    Zh,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The two-letter code, as ISO 639-1 has it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// The language that most of `text` is written in: Chinese as soon as one letter in five is a
    /// Han character, because Chinese technical notes are full of English terms.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (mut han, mut letters) = (0_usize, 0_usize);
        for c in text.chars().take(20_000) {
            if is_han(c) {
                han += 1;
            }
            if c.is_alphabetic() {
                letters += 1;
            }
        }
        if han * 5 >= letters.max(1) { Self::Zh } else { Self::En }
    }
}

/// Whether `c` is a Han character (the unified ideographs and their extension A).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}')
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language tag that Viva has no texts for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Viva has no texts in {0:?}; use en or zh")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag such as `en`, `en-GB`, `zh` or `zh-Hans-CN` by its first part.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(primary))
            .ok_or_else(|| UnknownLanguage(tag.to_owned()))
    }
}
