//! Finds questions that say nearly the same.

use super::Bank;
use crate::document::plain;
use crate::language::Language;
use crate::notes::{Code, Diagnostic};
use crate::texts::Saying;

/// Most titles of one language that are compared, each with each.
const MAX_TITLES: usize = 3_000;
/// How much of their letter pairs two titles share when they say nearly the same (Sørensen–Dice).
const NEAR: f64 = 0.9;

/// Remarks on every question whose title is nearly an earlier one's.
pub(super) fn near(bank: &Bank) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for language in Language::ALL {
        let mut titles: Vec<(usize, usize, Vec<u64>)> = Vec::new();
        for (at, question) in bank.questions.iter().enumerate() {
            for (nth, text) in question.texts.iter().enumerate().filter(|(_, text)| text.language == language)
            {
                titles.push((at, nth, pairs(&plain(&text.title))));
            }
        }
        if titles.len() > MAX_TITLES {
            continue;
        }
        for (i, (at, nth, title)) in titles.iter().enumerate() {
            let Some((twin, _, _)) = titles[..i].iter().find(|(_, _, other)| dice(title, other) >= NEAR)
            else {
                continue;
            };
            let origin = bank.origins[*at][*nth];
            let id = &bank.questions[*at].id;
            // The same words already gave a remark on their ids.
            if id.0.starts_with(&bank.questions[*twin].id.0)
                && id.0[bank.questions[*twin].id.0.len()..].starts_with('-')
            {
                continue;
            }
            found.push(Diagnostic {
                path: bank.decks[origin.deck].path.clone(),
                line: origin.line,
                column: 1,
                severity: Code::NearDuplicate.severity(),
                code: Code::NearDuplicate,
                message: Saying::of("remark-near-duplicate").with("twin", &bank.questions[*twin].id),
            });
        }
    }
    found
}

/// The sorted pairs of neighbouring letters of a title, signs and spaces left out.
fn pairs(title: &str) -> Vec<u64> {
    let letters: Vec<char> =
        title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut pairs: Vec<u64> =
        letters.windows(2).map(|pair| u64::from(pair[0] as u32) << 32 | u64::from(pair[1] as u32)).collect();
    pairs.sort_unstable();
    pairs
}

fn dice(a: &[u64], b: &[u64]) -> f64 {
    let (small, large) = (a.len().min(b.len()), a.len().max(b.len()));
    if small < 4 || (small * 2) as f64 / ((small + large) as f64) < NEAR {
        return 0.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    f64::from(2 * shared) / (a.len() + b.len()) as f64
}
