//! The habits in which people write question-and-answer notes: ways to find the questions.
//!
//! Every habit looks at the blocks at the top of a file and names those that begin a question.
//! How well it explains the file is the sum over its questions of how much each reads like one:
//!
//! | a place that | counts |
//! | --- | --- |
//! | has an explicit `{#id}` | 2 |
//! | asks (a question mark, or a question word) | 1 |
//! | has a number higher than all before it | 0.6 |
//! | is none of these | 0.05 |
//!
//! Numbers that start over (`#### 1.` in every answer) add nothing after the first round, which is
//! what tells the steps of an answer from numbered questions. The highest sum wins; the front
//! matter's `read_as` overrules it. Among heading levels the shallowest one wins on which at least
//! half of the headings, and at least two, read like questions.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::metadata::is_boilerplate;
use super::stack::Placed;
use super::title::{asks, split_number};
use crate::document::{Block, Inline, plain};

/// A way in which a file's questions were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Habit {
    /// Viva's own form: Markdown headings with explicit ids and quizzes.
    Authored,
    /// `<h2>` and its like.
    HtmlHeadings,
    /// `##` and its like.
    Headings,
    /// Paragraphs that are nothing but bold.
    BoldLines,
    /// `<details>` whose summary asks.
    Details,
    /// List items that begin with a heading or a question.
    NumberedList,
    /// Headings, most with lettered options and the letter of the answer.
    Options,
    /// None: the file says that it holds no questions.
    None,
}

impl fmt::Display for Habit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Authored => "authored",
            Self::HtmlHeadings => "html-headings",
            Self::Headings => "headings",
            Self::BoldLines => "bold-lines",
            Self::Details => "details",
            Self::NumberedList => "numbered-list",
            Self::Options => "options",
            Self::None => "none",
        })
    }
}

/// Where the questions of a file begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    pub(crate) habit: Habit,
    /// The heading level of the questions, for the heading habits.
    level: u8,
    score: f64,
}

impl Reading {
    /// The reading that explains `blocks` best, or best among those of the habit in `wanted`.
    pub(crate) fn best(blocks: &[Placed], wanted: Option<Habit>) -> Self {
        let wanted = match wanted {
            Some(Habit::None) => return Self { habit: Habit::None, level: 0, score: 0.0 },
            Some(Habit::Authored) => Some(Habit::Headings),
            Some(Habit::Options) | None => None,
            named => named,
        };
        let readings = [
            headings(blocks, true),
            headings(blocks, false),
            bold_lines(blocks),
            details(blocks),
            numbered_list(blocks),
        ];
        readings
            .into_iter()
            .filter(|reading| wanted.is_none_or(|habit| reading.habit == habit))
            .reduce(|best, next| if next.score > best.score { next } else { best })
            .unwrap_or(Self { habit: Habit::None, level: 0, score: 0.0 })
    }

    /// Whether it found anything at all.
    pub(crate) fn finds_nothing(&self) -> bool {
        self.score <= 0.0
    }

    /// What a block is in this reading.
    pub(crate) fn role(&self, placed: &Placed) -> Role {
        match (&placed.block, self.habit) {
            (Block::Heading { level, text }, Habit::HtmlHeadings | Habit::Headings) => {
                let ours = placed.html == (self.habit == Habit::HtmlHeadings);
                match level.cmp(&self.level) {
                    std::cmp::Ordering::Equal if ours => match is_boilerplate(&plain(text)) {
                        Some(reason) => Role::Skip(reason),
                        None => Role::Question,
                    },
                    std::cmp::Ordering::Less => section(text, *level),
                    _ => Role::Answer,
                }
            }
            (Block::Heading { level, text }, _) => match self.habit {
                Habit::BoldLines | Habit::Details => section(text, *level),
                // The headings of a numbered list's questions are inside it.
                Habit::NumberedList => section(text, *level),
                _ => Role::Answer,
            },
            (Block::Paragraph(text), Habit::BoldLines) if is_bold_line(text) && asks(&plain(text)) => {
                Role::Question
            }
            (Block::Details { summary, .. }, Habit::Details) if heads_details(summary) => Role::Question,
            (Block::List { items, .. }, Habit::NumberedList)
                if items.iter().any(|item| heads_item(&item.blocks)) =>
            {
                Role::Question
            }
            _ => Role::Answer,
        }
    }
}

/// What a block at the top of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It begins a question (or several, if it is a list).
    Question,
    /// It heads a group of questions.
    Section(u8),
    /// It begins something that is no question, for this reason.
    Skip(&'static str),
    /// It belongs to the question before it.
    Answer,
}

fn section(text: &[Inline], level: u8) -> Role {
    match is_boilerplate(&plain(text)) {
        Some(reason) => Role::Skip(reason),
        None => Role::Section(level),
    }
}

/// Adds up how much places read like questions.
#[derive(Default)]
struct Tally {
    score: f64,
    highest: u32,
    places: u32,
    /// How many of them ask or are numbered in sequence.
    likely: u32,
    /// How many of them ask, or have an id.
    asking: u32,
}

impl Tally {
    fn add(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || is_boilerplate(text).is_some() {
            return;
        }
        self.places += 1;
        let number = split_number(text).map(|(number, _)| number);
        let numbered = number.is_some_and(|number| number > self.highest);
        self.highest = self.highest.max(number.unwrap_or(0));
        let words = split_number(text).map_or(text, |(_, behind)| &text[behind..]);
        let worth = if text.contains("{#") {
            2.0
        } else if asks(words) {
            1.0
        } else if numbered {
            0.6
        } else {
            0.05
        };
        self.score += worth;
        self.likely += u32::from(worth > 0.5);
        self.asking += u32::from(worth >= 1.0);
    }
}

fn headings(blocks: &[Placed], html: bool) -> Reading {
    let mut tallies: [Tally; 6] = Default::default();
    for placed in blocks {
        if let Block::Heading { level, text } = &placed.block
            && placed.html == html
            && let Some(tally) = tallies.get_mut(usize::from(*level).saturating_sub(1))
        {
            tally.add(&plain(text));
        }
    }
    let habit = if html { Habit::HtmlHeadings } else { Habit::Headings };
    let likely = |tally: &Tally| tally.likely > 0 && tally.likely * 2 >= tally.places;
    let shallowest = |wanted: &dyn Fn(&Tally) -> bool| tallies.iter().position(wanted);
    let several = shallowest(&|tally| likely(tally) && tally.likely >= 2);
    let any = shallowest(&likely);
    let level = match (any, several) {
        // One question above numbered steps: the steps are its answer, unless it titles the file.
        (Some(one), Some(many)) if one < many => {
            let steps = tallies[many].asking == 0 && one > 0;
            if steps || tallies[one].score >= tallies[many].score { one } else { many }
        }
        (Some(level), _) => level,
        (None, _) => {
            let fallback =
                shallowest(&|tally| tally.places >= 2).or_else(|| shallowest(&|tally| tally.places >= 1));
            match fallback {
                Some(level) => level,
                None => return Reading { habit, level: 0, score: 0.0 },
            }
        }
    };
    Reading { habit, level: level as u8 + 1, score: tallies[level].score }
}

fn bold_lines(blocks: &[Placed]) -> Reading {
    let mut tally = Tally::default();
    for placed in blocks {
        if let Block::Paragraph(text) = &placed.block
            && is_bold_line(text)
            && asks(&plain(text))
        {
            tally.add(&plain(text));
        }
    }
    Reading { habit: Habit::BoldLines, level: 0, score: tally.score }
}

/// Whether a paragraph is nothing but bold, apart from markers such as 👶 behind it.
fn is_bold_line(text: &[Inline]) -> bool {
    let mut strong = 0;
    for inline in text {
        match inline {
            Inline::Strong(_) => strong += 1,
            Inline::Text(text) if !text.contains(char::is_alphanumeric) => {}
            _ => return false,
        }
    }
    strong == 1
}

fn details(blocks: &[Placed]) -> Reading {
    let mut tally = Tally::default();
    for placed in blocks {
        if let Block::Details { summary, .. } = &placed.block
            && heads_details(summary)
        {
            tally.add(&plain(summary));
        }
    }
    Reading { habit: Habit::Details, level: 0, score: tally.score }
}

/// Whether a summary names a question, rather than saying that the answer is behind it.
fn heads_details(summary: &[Inline]) -> bool {
    const FOLDS: [&str; 13] = [
        "answer", "solution", "hint", "click", "show", "expand", "details", "code", "答案", "解答", "提示",
        "点击", "展开",
    ];
    let text = plain(summary).to_lowercase();
    !text.trim().is_empty() && (asks(&text) || !FOLDS.iter().any(|fold| text.contains(fold)))
}

fn numbered_list(blocks: &[Placed]) -> Reading {
    let mut tally = Tally::default();
    for placed in blocks {
        let Block::List { start, items } = &placed.block else { continue };
        for (index, item) in items.iter().enumerate() {
            if heads_item(&item.blocks) {
                let number = start.map_or(0, |start| start as usize + index);
                let text = item_title(&item.blocks).map(plain).unwrap_or_default();
                tally.add(&if number > 0 { format!("{number}. {text}") } else { text });
            }
        }
    }
    Reading { habit: Habit::NumberedList, level: 0, score: tally.score }
}

/// Whether a list item holds a question and its answer: a heading or a line that asks, and more below.
pub(crate) fn heads_item(blocks: &[Block]) -> bool {
    let more = blocks.len() > 1;
    match blocks.first() {
        Some(Block::Heading { .. }) => true,
        Some(Block::Paragraph(text)) => {
            more && (is_bold_line(text) || plain(text).trim_end().ends_with(['?', '？']))
        }
        _ => false,
    }
}

fn item_title(blocks: &[Block]) -> Option<&[Inline]> {
    match blocks.first() {
        Some(Block::Heading { text, .. } | Block::Paragraph(text)) => Some(text),
        _ => None,
    }
}
