//! What a person types where commands are typed: a terminal, or a chat that has no forms.

use crate::reply::Mode;
use crate::score::Window;
use crate::store::StoreError;
use crate::viva::{Here, Viva};

/// A line, understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing but white space.
    Blank,
    /// Ask a question.
    Quiz {
        /// What about.
        query: Option<String>,
        /// In which way.
        mode: Option<Mode>,
    },
    /// Ask what is due for review.
    Review {
        /// In which way.
        mode: Option<Mode>,
    },
    /// A line without a slash: an answer.
    Answer(String),
    /// See the full answer.
    Reveal,
    /// A nudge.
    Hint,
    /// Leave the open question.
    Skip,
    /// A window and a topic, neither checked.
    Leaderboard {
        /// A word that may name a window.
        window: Option<String>,
        /// A number behind it.
        number: Option<u32>,
        /// The rest.
        topic: Option<String>,
    },
    /// The learner's own record.
    Stats,
    /// What there is to learn.
    Topics,
    /// Begin a season of that name.
    Season(String),
    /// Speak another language, not checked.
    Language(String),
    /// What can be typed.
    Help,
    /// Leave.
    Quit,
    /// A command that there isn't, with the nearest that there is.
    Unknown {
        /// What was typed.
        given: String,
        /// What may have been meant.
        near: Option<&'static str>,
    },
}

/// Every command, by the name it is typed with.
pub const COMMANDS: [&str; 12] = [
    "quiz",
    "review",
    "reveal",
    "hint",
    "skip",
    "leaderboard",
    "season",
    "stats",
    "topics",
    "language",
    "help",
    "quit",
];

/// Furthest that a typing slip may be from a command.
const MAX_SLIPS: usize = 2;

impl Line {
    /// Understands a line.
    #[must_use]
    pub fn read(line: &str) -> Self {
        let line = line.trim();
        let Some(command) = line.strip_prefix(['/', '／']) else {
            return if line.is_empty() { Self::Blank } else { Self::Answer(line.to_owned()) };
        };
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim();
        match name.to_lowercase().as_str() {
            "quiz" => Self::quiz(rest),
            "review" => Self::Review { mode: Mode::named(rest) },
            "reveal" => Self::Reveal,
            "hint" => Self::Hint,
            "skip" => Self::Skip,
            "leaderboard" => Self::leaderboard(rest),
            "stats" => Self::Stats,
            "topics" => Self::Topics,
            "season" => Self::Season(rest.to_owned()),
            "language" => Self::Language(rest.to_owned()),
            "help" | "" => Self::Help,
            "quit" | "exit" => Self::Quit,
            given => {
                let near = COMMANDS.into_iter().min_by_key(|name| strsim::osa_distance(name, given));
                let near = near.filter(|name| strsim::osa_distance(name, given) <= MAX_SLIPS);
                Self::Unknown { given: given.to_owned(), near }
            }
        }
    }

    fn quiz(rest: &str) -> Self {
        let (query, last) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
        let (query, mode) = match Mode::named(last) {
            Some(mode) => (query, Some(mode)),
            None => (rest, None),
        };
        let query = query.trim();
        Self::Quiz { query: (!query.is_empty()).then(|| query.to_owned()), mode }
    }

    fn leaderboard(rest: &str) -> Self {
        let mut words = rest.split_whitespace().peekable();
        let window = words.next().map(str::to_lowercase);
        let number = words.peek().and_then(|word| word.parse().ok());
        if number.is_some() {
            words.next();
        }
        let topic = words.collect::<Vec<_>>().join(" ");
        Self::Leaderboard { window, number, topic: (!topic.is_empty()).then_some(topic) }
    }
}

impl Viva {
    /// The window that the words behind `/leaderboard` name; a word that names none is a topic's.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn window(
        &self,
        here: &Here,
        window: Option<String>,
        number: Option<u32>,
        topic: Option<String>,
    ) -> Result<(Window, Option<String>), StoreError> {
        let named = match window.as_deref() {
            None => Window::All,
            Some("today" | "day" | "今天") => Window::Today,
            Some("week" | "本周") => Window::Week,
            Some("month" | "本月") => Window::Month,
            Some("all" | "总榜") => Window::All,
            Some("season" | "赛季") => Window::Season(match number {
                Some(number) => number,
                None => self.season(here).await?,
            }),
            Some(word) => {
                let words = [Some(word.to_owned()), number.map(|number| number.to_string()), topic];
                let topic = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
                return Ok((Window::All, Some(topic)));
            }
        };
        Ok((named, topic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood() {
        let quiz = |query: Option<&str>, mode| Line::Quiz { query: query.map(str::to_owned), mode };
        for (line, expected) in [
            ("", Line::Blank),
            ("  A ", Line::Answer("A".to_owned())),
            ("/quiz", quiz(None, None)),
            ("/quiz overfitting", quiz(Some("overfitting"), None)),
            ("/Quiz  saddle point typed", quiz(Some("saddle point"), Some(Mode::Typed))),
            ("/quiz 过拟合 选择", quiz(Some("过拟合"), Some(Mode::Choice))),
            ("/quiz choice", quiz(None, Some(Mode::Choice))),
            ("／help", Line::Help),
            ("/quizz", Line::Unknown { given: "quizz".to_owned(), near: Some("quiz") }),
            ("/weather", Line::Unknown { given: "weather".to_owned(), near: None }),
            (
                "/leaderboard season 2 early stopping",
                Line::Leaderboard {
                    window: Some("season".to_owned()),
                    number: Some(2),
                    topic: Some("early stopping".to_owned()),
                },
            ),
        ] {
            assert_eq!(Line::read(line), expected, "{line:?}");
        }
    }
}
