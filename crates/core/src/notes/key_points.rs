//! Reads from an answer's structure what a full answer names.
//!
//! Key points come, in reading order, from
//! - the items of the outermost lists: what is bold or highlighted at their beginning, else their first clause;
//! - numbered sub-headings: their words. The lists below one are its details and give none;
//! - bold or highlighted terms in paragraphs, if they are short.
//!
//! Where these are fewer than two, the other sub-headings count as well. Labels such as
//! "advantages" or "定义" are no points, nor is what the question itself says, and the same phrase
//! counts once. An answer without any such structure has no key points: guessing what matters in
//! running prose would grade people unfairly.

use super::title::{asks, split_number};
use crate::bank::KeyPoint;
use crate::document::{Block, Inline, plain};
use crate::language::is_han;

/// Most key points a question has; what stands first in an answer matters most.
const MAX_POINTS: usize = 12;
/// Longest phrase, counting a Han character as two columns.
const MAX_COLUMNS: usize = 48;
/// Longest emphasised term inside a paragraph that is still a term and not a sentence.
const MAX_TERM_COLUMNS: usize = 32;

/// The key points of an answer to the question `title`.
pub(crate) fn read(title: &str, answer: &[Block]) -> Vec<KeyPoint> {
    let mut points = Points { title: fold(title), found: Vec::new(), seen: Vec::new() };
    points.add_structure(answer, |_| false);
    if points.found.len() < 2 {
        points.found.clear();
        points.seen.clear();
        points.add_structure(answer, |heading| !asks(heading));
    }
    points.found.truncate(MAX_POINTS);
    points.found
}

struct Points {
    title: String,
    found: Vec<KeyPoint>,
    /// The folded phrases of what was found.
    seen: Vec<String>,
}

impl Points {
    fn add_structure(&mut self, answer: &[Block], plain_heading_counts: impl Fn(&str) -> bool) {
        let mut in_numbered = false;
        for block in answer {
            match block {
                Block::Heading { text, .. } => {
                    let words = plain(text);
                    let number = split_number(&words);
                    in_numbered = number.is_some();
                    if in_numbered || plain_heading_counts(&words) {
                        self.add(&words[number.map_or(0, |(_, behind)| behind)..]);
                    }
                }
                _ if in_numbered => {}
                Block::List { items, .. } => items.iter().for_each(|item| self.add_item(&item.blocks)),
                Block::Paragraph(text) => self.add_terms(text),
                Block::Quote(blocks) => {
                    for block in blocks {
                        if let Block::Paragraph(text) = block {
                            self.add_terms(text);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, phrase: &str) {
        let phrase = phrase.trim().trim_end_matches([':', '：', '.', '。', '，', ',']);
        let phrase = clip(strip_use(first_clause(phrase)));
        let folded = fold(phrase);
        if folded.is_empty()
            || is_label(&folded)
            || self.title.contains(&folded)
            || self.seen.contains(&folded)
        {
            return;
        }
        self.seen.push(folded);
        self.found.push(KeyPoint { phrase: phrase.to_owned() });
    }

    fn add_item(&mut self, blocks: &[Block]) {
        let Some(Block::Paragraph(text) | Block::Heading { text, .. }) = blocks.first() else { return };
        let lead = text.iter().find(|inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty()));
        if let Some(Inline::Strong(term) | Inline::Highlight(term) | Inline::Emphasis(term)) = lead {
            self.add(&plain(term));
        } else if let Some(term) = text.iter().find_map(term) {
            // A bold term further in says better what the item is about than its first words.
            self.add(&term);
        } else {
            let text_of_item = plain(text);
            let clause = first_clause(&text_of_item);
            // A clause around a formula is a step of a derivation, not something to name.
            let formula =
                |inline: &Inline| matches!(inline, Inline::Formula(tex) if clause.contains(tex.as_str()));
            if !text.iter().any(formula) {
                self.add(clause);
            }
        }
    }

    fn add_terms(&mut self, text: &[Inline]) {
        let labels =
            matches!(text.last(), Some(Inline::Text(last)) if last.trim_end().ends_with([':', '：']));
        if !labels {
            text.iter().filter_map(term).for_each(|term| self.add(&term));
        }
    }
}

/// The words of a short bold or highlighted inline.
fn term(inline: &Inline) -> Option<String> {
    match inline {
        Inline::Strong(inner) | Inline::Highlight(inner) => {
            let text = plain(inner);
            (columns(&text) <= MAX_TERM_COLUMNS && !text.ends_with(['？', '?'])).then_some(text)
        }
        _ => None,
    }
}

/// A text up to its first full stop, comma, colon or opening bracket.
fn first_clause(text: &str) -> &str {
    let mut inside_word = false;
    for (at, c) in text.char_indices() {
        let ends = match c {
            '。' | '，' | '；' | '：' | '（' | '！' | '？' | '\n' | ';' | '—' => true,
            '.' | ',' | ':' | '!' | '?' => {
                text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace)
            }
            '(' => !inside_word,
            _ => false,
        };
        if ends && !text[..at].trim().is_empty() {
            return text[..at].trim();
        }
        inside_word = c.is_ascii_alphanumeric();
    }
    text.trim()
}

/// A phrase without the verb that only says that something is used.
fn strip_use(phrase: &str) -> &str {
    const VERBS: [&str; 9] = ["可以", "使用", "采用", "引入", "进行", "通过", "加入", "Use ", "Using "];
    let bare = VERBS.iter().find_map(|verb| phrase.strip_prefix(verb)).unwrap_or(phrase);
    if bare.chars().count() < 2 { phrase } else { bare }
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_han(c) { 2 } else { 1 }).sum()
}

/// Cuts a phrase that is too long behind its last word that fits.
fn clip(phrase: &str) -> &str {
    let mut width = 0;
    let mut word_end = 0;
    for (at, c) in phrase.char_indices() {
        if c.is_whitespace() || is_han(c) {
            word_end = at;
        }
        width += if is_han(c) { 2 } else { 1 };
        if width > MAX_COLUMNS {
            return phrase[..if word_end > 0 { word_end } else { at }].trim_end();
        }
    }
    phrase
}

/// A phrase as it is compared: letters and digits in lower case.
fn fold(phrase: &str) -> String {
    let mut folded = String::with_capacity(phrase.len());
    for c in phrase.chars() {
        // Most characters are ASCII or Chinese, which have no case to look up.
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            }
        } else if is_han(c) {
            folded.push(c);
        } else if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}

/// Whether a folded phrase only says what kind of thing follows.
fn is_label(folded: &str) -> bool {
    const LABELS: [&str; 44] = [
        "概述",
        "方法",
        "优点",
        "缺点",
        "优势",
        "劣势",
        "挑战",
        "定义",
        "原因",
        "结论",
        "总结",
        "小结",
        "示例",
        "例子",
        "例如",
        "注意",
        "说明",
        "背景",
        "作用",
        "应用",
        "应用场景",
        "特点",
        "步骤",
        "数学定义",
        "公式",
        "代码",
        "答案",
        "summary",
        "conclusion",
        "overview",
        "note",
        "notes",
        "example",
        "examples",
        "definition",
        "advantages",
        "disadvantages",
        "pros",
        "cons",
        "method",
        "methods",
        "answer",
        "tldr",
        "why",
    ];
    folded.len() <= 15 && LABELS.contains(&folded) || folded.chars().all(|c| c.is_ascii_digit())
}
