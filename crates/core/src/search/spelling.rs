//! The known words, and which of them somebody meant who wrote an unknown one.

use std::cmp::Reverse;

/// Words with how often each occurs.
///
/// A correction looks at every word of about the right length. Most are turned down by the set of
/// their letters, at about a nanosecond each, which is less than any index over them would cost.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    /// All words, one behind the other.
    text: String,
    /// By length.
    words: Vec<Word>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    /// In characters.
    length: u8,
    letters: u32,
    frequency: u32,
}

/// Words shorter than this have too many neighbours for a typo to be told.
const SHORTEST: usize = 4;

/// Longer ones are no words.
const LONGEST: usize = 32;

impl Spelling {
    /// Takes the words that are fit to be proposed.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = (&'w str, u32)>) -> Self {
        let mut new = Self::default();
        for (word, frequency) in words {
            let length = word.chars().count();
            if (SHORTEST..=LONGEST).contains(&length) && !word.contains(|c: char| c.is_ascii_digit()) {
                let start = new.text.len() as u32;
                new.words.push(Word { start, length: length as u8, letters: letters(word), frequency });
                new.text.push_str(word);
                new.text.push('\n');
            }
        }
        new.words.sort_unstable_by_key(|word| (word.length, word.start));
        new
    }

    /// The word that `typo` most likely stands for: the one fewest edits away, or the one that it
    /// begins; of these the most frequent.
    pub(super) fn nearest(&self, typo: &str) -> Option<&str> {
        let chars: Vec<char> = typo.chars().take(LONGEST + 1).collect();
        let reach = match chars.len() {
            0..SHORTEST => return None,
            SHORTEST..8 => 1,
            8..=LONGEST => 2,
            _ => return None,
        };
        let letters = letters(typo);
        let from = self.words.partition_point(|word| usize::from(word.length) + reach < chars.len());
        let cost = |word: &&Word| {
            let known = self.text_of(word);
            let edits = if usize::from(word.length) <= chars.len() + reach
                && (word.letters ^ letters).count_ones() as usize <= 2 * reach
            {
                distance(&chars, known, reach).map(|edits| 2 * edits)
            } else {
                None
            };
            let begun = || known.starts_with(typo).then_some(3);
            let other_initial = !known.starts_with(chars[0]);
            Some((edits.or_else(begun)?, other_initial, Reverse(word.frequency), word.length, word.start))
        };
        let (_, word) = self.words[from..]
            .iter()
            .filter_map(|word| Some((cost(&word)?, word)))
            .min_by_key(|&(cost, _)| cost)?;
        Some(self.text_of(word))
    }

    /// How many bytes it holds.
    pub(super) fn memory_bytes(&self) -> usize {
        self.text.capacity() + self.words.capacity() * size_of::<Word>()
    }

    fn text_of(&self, word: &Word) -> &str {
        let rest = &self.text[word.start as usize..];
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }
}

/// Which letters are in `word`, one bit each. An edit changes two of them at most.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 32))
}

/// How many characters to insert, delete, replace or swap with their neighbour, if at most `reach`
/// (the optimal string alignment distance).
fn distance(typo: &[char], known: &str, reach: usize) -> Option<usize> {
    let width = typo.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    let mut previous = None;
    for (i, c) in known.chars().enumerate() {
        row[0] = i + 1;
        for j in 1..width {
            let replaced = last[j - 1] + usize::from(typo[j - 1] != c);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if j > 1 && typo[j - 2] == c && previous == Some(typo[j - 1]) {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        if row.iter().all(|&edits| edits > reach) {
            return None;
        }
        previous = Some(c);
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().filter(|&edits| edits <= reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_the_one_meant() {
        let spelling = Spelling::new([
            ("regularization", 9),
            ("gradient", 9),
            ("gradual", 1),
            ("dropout", 9),
            ("drop", 3),
            ("hadamard", 1),
            ("saddle", 2),
            ("paddle", 9),
            ("norm", 9),
            ("form", 20),
            ("l2norm", 1),
            ("过拟合", 3),
        ]);
        for (typo, meant) in [
            ("regularisaton", Some("regularization")),
            ("gradeint", Some("gradient")),
            ("gradiant", Some("gradient")),
            ("dropuot", Some("dropout")),
            ("droupout", Some("dropout")),
            ("hadam", Some("hadamard")),
            ("sadle", Some("saddle")),
            ("nrom", Some("norm")),
            ("xxxxxx", None),
            ("gan", None),
            ("", None),
            ("🙂🙂🙂🙂", None),
        ] {
            assert_eq!(spelling.nearest(typo), meant, "{typo:?}");
        }
        assert_eq!(spelling.nearest(&"x".repeat(10_000)), None);
    }
}
