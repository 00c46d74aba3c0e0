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
    let mut points = Points { title: fold(title), found: Vec::new() };
    points.add_structure(answer, |_| false);
    if points.found.len() < 2 {
        points.found.clear();
        points.add_structure(answer, |heading| !asks(heading));
    }
    points.found.truncate(MAX_POINTS);
    points.found
}

struct Points {
    title: String,
    found: Vec<KeyPoint>,
}

impl Points {
    fn add_structure(&mut self, answer: &[Block], plain_heading_counts: impl Fn(&str) -> bool) {
        let mut in_numbered = false;
        for (index, block) in answer.iter().enumerate() {
            match block {
                Block::Heading { text, level } => {
                    let words = plain(text);
                    let number = split_number(&words);
                    in_numbered = number.is_some();
                    if in_numbered || plain_heading_counts(&words) {
                        let section = answer[index + 1..].iter().take_while(
                            |block| !matches!(block, Block::Heading { level: next, .. } if next <= level),
                        );
                        let context = section.filter_map(prose).collect::<Vec<_>>().join(" ");
                        self.add(&words[number.map_or(0, |(_, behind)| behind)..], context);
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

    fn add(&mut self, phrase: &str, context: String) {
        let phrase = phrase.trim().trim_end_matches([':', '：', '.', '。', '，', ',']);
        let phrase = clip(strip_use(first_clause(phrase)));
        let folded = fold(&phrase);
        if folded.is_empty() || is_label(&folded) || self.title.contains(&folded) {
            return;
        }
        if self.found.iter().any(|point| fold(&point.phrase) == folded) {
            return;
        }
        self.found.push(KeyPoint { phrase, context });
    }

    fn add_item(&mut self, blocks: &[Block]) {
        let Some(Block::Paragraph(text) | Block::Heading { text, .. }) = blocks.first() else { return };
        let all = blocks.iter().filter_map(prose).collect::<Vec<_>>().join(" ");
        let lead = text.iter().find(|inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty()));
        match lead {
            Some(Inline::Strong(term) | Inline::Highlight(term) | Inline::Emphasis(term)) => {
                self.add(&plain(term), all)
            }
            _ => match text.iter().find_map(term) {
                // A bold term further in says better what the item is about than its first words.
                Some(term) => self.add(&term, all),
                None => {
                    let clause = plain(text);
                    let clause = first_clause(&clause);
                    // A clause around a formula is a step of a derivation, not something to name.
                    let formula = |inline: &Inline| matches!(inline, Inline::Formula(tex) if clause.contains(tex.as_str()));
                    if !text.iter().any(formula) {
                        self.add(clause, all);
                    }
                }
            },
        }
    }

    fn add_terms(&mut self, text: &[Inline]) {
        let context = plain(text);
        let label = context.trim_end().ends_with([':', '：']);
        for term in text.iter().filter_map(term).filter(|_| !label) {
            self.add(&term, context.clone());
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

fn prose(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(text) => Some(plain(text)),
        Block::List { items, .. } => Some(
            items.iter().flat_map(|item| item.blocks.iter().filter_map(prose)).collect::<Vec<_>>().join(" "),
        ),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
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
fn clip(phrase: &str) -> String {
    let mut width = 0;
    let mut word_end = 0;
    for (at, c) in phrase.char_indices() {
        if c.is_whitespace() || is_han(c) {
            word_end = at;
        }
        width += if is_han(c) { 2 } else { 1 };
        if width > MAX_COLUMNS {
            return phrase[..if word_end > 0 { word_end } else { at }].trim_end().to_owned();
        }
    }
    phrase.to_owned()
}

/// A phrase as it is compared: letters and digits in lower case.
fn fold(phrase: &str) -> String {
    phrase.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
    LABELS.contains(&folded) || folded.chars().all(|c| c.is_ascii_digit())
}
