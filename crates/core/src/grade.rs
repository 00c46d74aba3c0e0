//! Grades an answer in a learner's own words by the key points it names.
//!
//! # The rule
//!
//! 1. **Naming a point.** The key point's phrase and the answer are read as terms, so that 早停,
//!    `early stopping` and `Early-stopped` are one. A phrase that lists alternatives (`ReLU、Leaky
//!    ReLU`) asks for one of them. What the question itself says (`overfitting` in “How do you
//!    fight overfitting?”) is not asked for again. Naming a special case (`weight decay`) names what
//!    the glossary puts it under (`regularization`). A glossary term weighs 3, any other word 1; a
//!    point is named as soon as one sentence of the answer holds half of its weight.
//! 2. **Meaning it.** A clause that denies (`not`, 不要, `avoid`) names nothing, unless the point
//!    itself denies. A clause that says more where the point says less, or the reverse, names
//!    nothing either: `增大正则化` is not `减小正则化`.
//! 3. **Slips of the pen.** An English word of five letters or more that is one letter off a word
//!    of the key points is read as that word, two letters off from nine letters on.
//! 4. **Coverage.** Nobody has to recite a list: full marks take two thirds of the points, rounded
//!    up, at least two and at most six. Coverage is the number of named points over that number,
//!    at most 1; the answer is right from 0.8 on, partly right from the first point on.
//!
//! Saying a point twice counts once, and saying more than was asked costs nothing. Grading reads
//! the first 4,000 characters of an answer.

use std::collections::BTreeSet;

use crate::bank::{KeyPoint, Text};
use crate::document::plain;
use crate::glossary::Glossary;
use crate::terms::{self, Term};

/// How much of an answer is read, in characters.
pub const MAX_ANSWER: usize = 4_000;

const CONCEPT_WEIGHT: u32 = 3;
const RIGHT_FROM: f64 = 0.8;

/// What an answer in one's own words is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Which of the key points it names.
    pub hit: Vec<usize>,
    /// Which it doesn't.
    pub missed: Vec<usize>,
    /// From 0 to 1; see the [module](self).
    pub share: f64,
}

impl Coverage {
    /// Whether the answer is right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.share >= RIGHT_FROM
    }
}

/// How many of `points` key points make a full answer.
#[must_use]
pub fn needed(points: usize) -> usize {
    (points * 2).div_ceil(3).clamp(2, 6).min(points.max(1))
}

/// Grades `answer` to the question of `text`.
#[must_use]
pub fn grade(answer: &str, text: &Text, glossary: &Glossary) -> Coverage {
    let answer: String = answer.chars().take(MAX_ANSWER).collect();
    let answer = spell(&answer, &text.key_points);
    let said = said(&answer, glossary);
    let known: BTreeSet<Term> = terms::within(&plain(&text.title), glossary).into_iter().collect();
    let (hit, missed): (Vec<usize>, Vec<usize>) = (0..text.key_points.len())
        .partition(|&at| names(&said, &text.key_points[at].phrase, &known, glossary));
    let share = (hit.len() as f64 / needed(text.key_points.len()) as f64).min(1.0);
    Coverage { hit, missed, share }
}

/// A stretch of an answer.
struct Stretch {
    terms: BTreeSet<Term>,
    denies: bool,
    direction: Direction,
}

impl Stretch {
    fn new(text: &str, glossary: &Glossary) -> Self {
        let mut terms: BTreeSet<Term> = terms::within(text, glossary).into_iter().collect();
        // Whoever names weight decay names regularization.
        let wider: Vec<Term> = terms.iter().filter_map(|term| term.wider(glossary)).collect();
        terms.extend(wider);
        Self { terms, denies: denies(text), direction: Direction::of(text) }
    }
}

/// The sentences of an answer and the clauses in them.
fn said(answer: &str, glossary: &Glossary) -> Vec<Stretch> {
    let sentence_ends = ['.', '。', ';', '；', '!', '！', '?', '？', '\n'];
    let clause_ends = [',', '，', '、', ':', '：', '(', '（', ')', '）'];
    let mut said = Vec::new();
    for sentence in answer.split(sentence_ends).filter(|sentence| !sentence.trim().is_empty()) {
        let clauses: Vec<&str> =
            sentence.split(clause_ends).filter(|clause| !clause.trim().is_empty()).collect();
        if clauses.len() > 1 {
            said.extend(clauses.iter().map(|clause| Stretch::new(clause, glossary)));
        }
        said.push(Stretch::new(sentence, glossary));
    }
    said
}

fn names(said: &[Stretch], phrase: &str, known: &BTreeSet<Term>, glossary: &Glossary) -> bool {
    let denies = denies(phrase);
    let direction = Direction::of(phrase);
    alternatives(phrase).any(|wanted| {
        let all: BTreeSet<Term> = terms::of(wanted, glossary).into_iter().collect();
        let new: BTreeSet<Term> = all.difference(known).copied().collect();
        let wanted = if new.is_empty() { all } else { new };
        let weight = |terms: &mut dyn Iterator<Item = &Term>| -> u32 {
            terms.map(|term| if term.is_concept() { CONCEPT_WEIGHT } else { 1 }).sum()
        };
        let whole = weight(&mut wanted.iter());
        whole > 0
            && said.iter().any(|stretch| {
                (denies || !stretch.denies)
                    && !direction.opposes(stretch.direction)
                    && weight(&mut wanted.intersection(&stretch.terms)) * 2 >= whole
            })
    })
}

/// The ways to put a point that its phrase lists.
fn alternatives(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(['、', '/', '或']).flat_map(|part| part.split(" or ")).filter(|part| !part.trim().is_empty())
}

fn denies(text: &str) -> bool {
    const CHINESE: [&str; 8] = ["不要", "不能", "不应", "不用", "不是", "并非", "没有", "避免"];
    const ENGLISH: [&str; 8] = ["not", "no", "never", "don't", "doesn't", "isn't", "avoid", "without"];
    // Telephones write an apostrophe of their own.
    let text = &text.replace('’', "'");
    CHINESE.iter().any(|word| text.contains(word))
        || words(text).any(|word| ENGLISH.contains(&word.to_lowercase().as_str()))
}

/// Whether a text wants more or less of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    More,
    Less,
    /// Neither, or both.
    Open,
}

impl Direction {
    fn of(text: &str) -> Self {
        const MORE: [&str; 11] =
            ["增大", "增加", "提高", "加大", "更多", "更大", "增强", "increase", "more", "larger", "higher"];
        const LESS: [&str; 13] = [
            "减小", "减少", "降低", "缩小", "更少", "更小", "减弱", "decrease", "reduce", "less", "fewer",
            "smaller", "lower",
        ];
        let lower = text.to_lowercase();
        let any = |list: &[&str]| {
            list.iter().any(|word| {
                if word.is_ascii() {
                    words(&lower).any(|w| w.starts_with(word))
                } else {
                    lower.contains(word)
                }
            })
        };
        match (any(&MORE), any(&LESS)) {
            (true, false) => Self::More,
            (false, true) => Self::Less,
            _ => Self::Open,
        }
    }

    fn opposes(self, other: Self) -> bool {
        matches!((self, other), (Self::More, Self::Less) | (Self::Less, Self::More))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'')).filter(|word| !word.is_empty())
}

/// Reads words that are nearly one of the key points' as those.
fn spell(answer: &str, points: &[KeyPoint]) -> String {
    let known: BTreeSet<String> = points
        .iter()
        .flat_map(|point| words(&point.phrase))
        .filter(|word| word.len() >= 5)
        .map(str::to_lowercase)
        .collect();
    let mut out = String::with_capacity(answer.len());
    let mut rest = answer;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let (word, behind) =
            rest.split_at(rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()));
        out.push_str(meant(&word.to_lowercase(), &known).unwrap_or(word));
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn meant<'k>(word: &str, known: &'k BTreeSet<String>) -> Option<&'k str> {
    let slips = match word.len() {
        0..5 => return None,
        5..9 => 1,
        _ => 2,
    };
    if known.contains(word) {
        return None;
    }
    known
        .iter()
        .filter(|other| {
            other.len().abs_diff(word.len()) <= slips && other.as_bytes()[0] == word.as_bytes()[0]
        })
        .find(|other| strsim::osa_distance(word, other) <= slips)
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_answer_is_two_thirds_of_the_points() {
        let needed: Vec<_> = (1..=12).map(needed).collect();
        assert_eq!(needed, [1, 2, 2, 3, 4, 4, 5, 6, 6, 6, 6, 6]);
    }

    #[test]
    fn slips_are_read_as_meant() {
        let point = |phrase: &str| KeyPoint { phrase: phrase.to_owned() };
        let points = [point("Dropout"), point("Regularization term"), point("L2 norm")];
        for (typed, read) in [
            ("use droput", "use dropout"),
            ("regularizaton!", "regularization!"),
            ("dropouts", "dropout"),
            ("l1 nrom", "l1 nrom"),
            ("用drpoout吧", "用dropout吧"),
        ] {
            let spelt = spell(typed, &points);
            assert_eq!(spelt, read, "{typed:?}");
        }
    }
}
