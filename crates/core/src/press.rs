//! What a button, a menu or a form means, as the text that a platform carries back to us.
//!
//! It names rows of the store and nothing else, so it means the same after a restart and for ever.
//! Anybody can send any text: whatever reads it checks it against the store.

use std::fmt;
use std::str::FromStr;

use crate::ids::{LearnerId, RoundId};
use crate::score::{Recall, Window};

/// What somebody pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// The option at this place.
    Choose(RoundId, usize),
    /// The menu of a question with several right options.
    ChooseSeveral(RoundId),
    /// "Answer": opens a form.
    Write(RoundId),
    /// The form, filled in.
    Written(RoundId),
    /// The full answer, from this page, for the presser alone.
    Show(RoundId, usize),
    /// Another page of the full answer, in place of the one that was shown.
    Turn(RoundId, usize),
    /// The rest of a question that is too long for a card.
    ReadOn(RoundId, usize),
    /// The full answer for all.
    ShowAll(RoundId),
    /// How well the answer was known.
    Grade(RoundId, Recall),
    /// A nudge.
    Hint(RoundId),
    /// The end of the round.
    End(RoundId),
    /// Another question.
    Another,
    /// A menu of questions.
    Ask,
    /// The question of this handle; see [`QuestionId::handle`](crate::bank::QuestionId::handle).
    AskFor(String),
    /// The questions of the topic of this handle.
    BrowseFor(String),
    /// A setting's next value.
    Set(Setting),
    /// A menu of topics.
    Browse,
    /// A page of a leaderboard.
    Board {
        /// What it counts.
        window: Window,
        /// Its page, from 0.
        page: u32,
        /// The stable name of its topic; empty for all.
        topic: String,
    },
    /// Yes, forget me.
    Forget(LearnerId),
    /// No, don't.
    Keep,
}

/// A setting of a community that a button changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Its language.
    Language,
    /// How questions are asked when nobody says how.
    Mode,
    /// Who may show an answer to all.
    Revealers,
    /// Whether answers come as rich messages.
    Rich,
}

const SETTINGS: [Setting; 4] = [Setting::Language, Setting::Mode, Setting::Revealers, Setting::Rich];

const RECALLS: [Recall; 4] = [Recall::Again, Recall::Hard, Recall::Good, Recall::Easy];

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choose(round, place) => write!(f, "c:{round}:{place}"),
            Self::ChooseSeveral(round) => write!(f, "m:{round}"),
            Self::Write(round) => write!(f, "w:{round}"),
            Self::Written(round) => write!(f, "W:{round}"),
            Self::Show(round, page) => write!(f, "s:{round}:{page}"),
            Self::Turn(round, page) => write!(f, "t:{round}:{page}"),
            Self::ReadOn(round, page) => write!(f, "r:{round}:{page}"),
            Self::ShowAll(round) => write!(f, "a:{round}"),
            Self::Grade(round, recall) => write!(f, "g:{round}:{}", *recall as u8),
            Self::Hint(round) => write!(f, "h:{round}"),
            Self::End(round) => write!(f, "e:{round}"),
            Self::Another => f.write_str("n"),
            Self::Ask => f.write_str("q"),
            Self::Browse => f.write_str("b"),
            Self::AskFor(handle) => write!(f, "Q:{handle}"),
            Self::BrowseFor(handle) => write!(f, "B:{handle}"),
            Self::Set(setting) => write!(f, "S:{}", *setting as u8),
            Self::Board { window, page, topic } => {
                let window = match window {
                    Window::Today => "d".to_owned(),
                    Window::Week => "w".to_owned(),
                    Window::Month => "m".to_owned(),
                    Window::All => "a".to_owned(),
                    Window::Season(number) => format!("s{number}"),
                };
                write!(f, "l:{window}:{page}:{topic}")
            }
            Self::Forget(learner) => write!(f, "f:{learner}"),
            Self::Keep => f.write_str("k"),
        }
    }
}

/// What Viva has never written on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a button of an unknown kind")]
pub struct Unknown;

impl FromStr for Press {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let mut parts = text.splitn(4, ':');
        let kind = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let number = |at: usize| rest.get(at).and_then(|part| part.parse::<i64>().ok()).ok_or(Unknown);
        let round = || number(0).map(RoundId);
        let place = || usize::try_from(number(1)?).map_err(|_| Unknown);
        Ok(match (kind, rest.len()) {
            ("c", 2) => Self::Choose(round()?, place()?),
            ("m", 1) => Self::ChooseSeveral(round()?),
            ("w", 1) => Self::Write(round()?),
            ("W", 1) => Self::Written(round()?),
            ("s", 2) => Self::Show(round()?, place()?),
            ("t", 2) => Self::Turn(round()?, place()?),
            ("r", 2) => Self::ReadOn(round()?, place()?),
            ("a", 1) => Self::ShowAll(round()?),
            ("g", 2) => Self::Grade(round()?, *RECALLS.get(place()?).ok_or(Unknown)?),
            ("h", 1) => Self::Hint(round()?),
            ("e", 1) => Self::End(round()?),
            ("n", 0) => Self::Another,
            ("q", 0) => Self::Ask,
            ("b", 0) => Self::Browse,
            ("Q", 1) => Self::AskFor(rest[0].to_owned()),
            ("B", 1) => Self::BrowseFor(rest[0].to_owned()),
            ("S", 1) => {
                Self::Set(*SETTINGS.get(usize::try_from(number(0)?).map_err(|_| Unknown)?).ok_or(Unknown)?)
            }
            ("l", 3) => {
                let window = match rest[0] {
                    "d" => Window::Today,
                    "w" => Window::Week,
                    "m" => Window::Month,
                    "a" => Window::All,
                    season => Window::Season(
                        season.strip_prefix('s').and_then(|number| number.parse().ok()).ok_or(Unknown)?,
                    ),
                };
                let page = u32::try_from(number(1)?).map_err(|_| Unknown)?;
                Self::Board { window, page, topic: rest[2].to_owned() }
            }
            ("f", 1) => Self::Forget(LearnerId(number(0)?)),
            ("k", 0) => Self::Keep,
            _ => return Err(Unknown),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every platform carries back, in bytes.
    const CARRIED: usize = 64;

    #[test]
    fn what_is_written_is_read_again_and_nothing_else() {
        let round = RoundId(i64::MAX);
        for press in [
            Press::Choose(round, 25),
            Press::ChooseSeveral(round),
            Press::Write(round),
            Press::Written(round),
            Press::Show(round, usize::MAX >> 1),
            Press::Turn(round, 3),
            Press::ReadOn(round, 3),
            Press::ShowAll(round),
            Press::Grade(round, Recall::Again),
            Press::Grade(round, Recall::Easy),
            Press::Hint(round),
            Press::End(round),
            Press::Another,
            Press::Ask,
            Press::Browse,
            Press::AskFor("0123456789abcdef".to_owned()),
            Press::BrowseFor("0123456789abcdef".to_owned()),
            Press::Set(Setting::Rich),
            Press::Board { window: Window::Season(u32::MAX), page: u32::MAX, topic: "a:b".to_owned() },
            Press::Board { window: Window::Today, page: 0, topic: String::new() },
            Press::Forget(LearnerId(7)),
            Press::Keep,
        ] {
            let text = press.to_string();
            assert!(text.len() <= CARRIED, "{text}");
            assert_eq!(text.parse(), Ok(press), "{text}");
        }
        for text in ["", "c", "c:1", "c:x:1", "c:1:-1", "g:1:4", "l:z:0:", "l:d:-1:", "e:1:2", "zz", "n:1"] {
            assert_eq!(text.parse::<Press>(), Err(Unknown), "{text}");
        }
    }
}
