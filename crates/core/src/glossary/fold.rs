//! Text as it is compared: one script, one width, one case, words apart.
//!
//! Compatibility forms (full-width letters, ligatures, `ℓ₁`) become plain ones and lose their
//! diacritics, letters become small, traditional characters become simplified. Spaces, hyphens and
//! slashes part words; any other sign parts them for good, so that no term reaches across it.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::inflection;
use crate::language::is_han;

/// A text that has been folded; its buffers are kept for the next one.
#[derive(Default)]
pub(crate) struct Folded {
    /// The words and characters without anything between them.
    pub(crate) plain: String,
    /// The same with each word as its [key](inflection), and a line feed where a sign parts them.
    pub(crate) keys: String,
    /// Where each word and each Han character lies.
    pub(crate) tokens: Vec<Token>,
}

/// A word or a single Han character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    start: u32,
    end: u32,
    key_start: u32,
    key_end: u32,
    /// Whether it is a Han character.
    pub(crate) han: bool,
    /// Whether a sign parts it from the token before.
    pub(crate) parted: bool,
}

impl Folded {
    /// Folds `text` in the place of what was folded before.
    pub(crate) fn read(&mut self, text: &str) {
        self.plain.clear();
        self.keys.clear();
        self.tokens.clear();
        let mut open = Open { word: 0, parted: false };
        for c in text.chars() {
            match c {
                'a'..='z' | '0'..='9' => self.plain.push(c),
                'A'..='Z' => self.plain.push(c.to_ascii_lowercase()),
                '\0'..='\x7f' => self.part(&mut open, c),
                // The bulk of Chinese text, which no compatibility mapping touches.
                '\u{4e00}'..='\u{9fff}' => self.han(&mut open, c),
                _ => decompose_compatible(c, |c| self.rare(&mut open, c)),
            }
        }
        self.close(&mut open);
    }

    /// The text of `tokens`, all in one piece.
    pub(crate) fn plain(&self, tokens: Range<usize>) -> &str {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => &self.plain[first.start as usize..last.end as usize],
            Some([only]) => &self.plain[only.start as usize..only.end as usize],
            _ => "",
        }
    }

    /// The tokens whose keys are exactly the bytes `keys`, if these begin and end with a token.
    pub(crate) fn tokens_of(&self, keys: Range<usize>) -> Option<Range<usize>> {
        let first = self.tokens.binary_search_by_key(&keys.start, |token| token.key_start as usize).ok()?;
        let length = self.tokens[first..].iter().position(|token| token.key_end as usize >= keys.end)?;
        let last = first + length;
        (self.tokens[last].key_end as usize == keys.end).then_some(first..last + 1)
    }

    fn rare(&mut self, open: &mut Open, c: char) {
        if is_combining_mark(c) {
        } else if is_han(c) {
            self.han(open, c);
        } else if c.is_alphanumeric() {
            self.plain.extend(c.to_lowercase());
        } else {
            self.part(open, c);
        }
    }

    fn han(&mut self, open: &mut Open, c: char) {
        self.close(open);
        self.plain.push(simplified(c));
        self.close_as(open, true);
    }

    fn part(&mut self, open: &mut Open, c: char) {
        self.close(open);
        open.parted |= !matches!(c, ' ' | '\t' | '-' | '_' | '/' | '\'' | '‐' | '‑' | '–' | '’' | '·');
    }

    fn close(&mut self, open: &mut Open) {
        if self.plain.len() > open.word {
            self.close_as(open, false);
        }
    }

    fn close_as(&mut self, open: &mut Open, han: bool) {
        if open.parted {
            self.keys.push('\n');
        }
        let key_start = self.keys.len();
        let text = &self.plain[open.word..];
        if han {
            self.keys.push_str(text)
        } else {
            inflection::push_key(text, &mut self.keys)
        }
        self.tokens.push(Token {
            start: open.word as u32,
            end: self.plain.len() as u32,
            key_start: key_start as u32,
            key_end: self.keys.len() as u32,
            han,
            parted: open.parted,
        });
        *open = Open { word: self.plain.len(), parted: false };
    }
}

/// The word being read: where it begins, and whether a sign parts it from the last one.
struct Open {
    word: usize,
    parted: bool,
}

/// The simplified character for a traditional one; any other as it is.
///
/// Character by character is enough to compare texts: where one character has several
/// counterparts, both texts get the same.
fn simplified(c: char) -> char {
    static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
        let mut table: Vec<char> = HAN.collect();
        for (from, to) in TRADITIONAL.split_whitespace().filter_map(pair) {
            table[from as usize - *HAN.start() as usize] = to;
        }
        table
    });
    match (c as usize).checked_sub(*HAN.start() as usize) {
        Some(place) => SIMPLIFIED.get(place).copied().unwrap_or(c),
        None => c,
    }
}

/// Where the characters of [`TRADITIONAL`] lie.
const HAN: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

/// Pairs of a traditional and a simplified character, as `character_converter` (MIT) has them, but
/// for the four it would change although others become them, such as 么. The crate itself would
/// cost 50 ms and 20 MB at the first use; a test holds the table against it.
const TRADITIONAL: &str = include_str!("traditional.txt");

fn pair(entry: &str) -> Option<(char, char)> {
    let mut chars = entry.chars();
    Some((chars.next().filter(|c| HAN.contains(c))?, chars.next()?))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut folded = Folded::default();
        folded.read(text);
        (0..folded.tokens.len()).map(|i| folded.plain(i..i + 1).to_owned()).collect()
    }

    #[test]
    fn one_width_one_case_one_script() {
        for (text, expected) in [
            ("Ｏｖｅｒ－Fitting", &["over", "fitting"][..]),
            ("L₁ ℓ2 x²", &["l1", "l2", "x2"]),
            ("naïve Bayes’", &["naive", "bayes"]),
            ("過擬合", &["过", "拟", "合"]),
            ("Adam优化器", &["adam", "优", "化", "器"]),
            ("ﬁne 🙂 tune\0d", &["fine", "tune", "d"]),
            ("Ελλάδα", &["ελλαδα"]),
            ("", &[]),
            (" \0\u{301}🙂", &[]),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn signs_part_for_good_and_spaces_do_not() {
        let mut folded = Folded::default();
        folded.read("bag of-words, 词 袋。模型");
        let parted: Vec<bool> = folded.tokens.iter().map(|token| token.parted).collect();
        assert_eq!(parted, [false, false, false, true, false, true, false]);
        assert_eq!(folded.keys, "bagofword\n词袋\n模型");
        assert_eq!(folded.tokens_of(0..9), Some(0..3));
        assert_eq!(folded.tokens_of(1..9), None);
        assert_eq!(folded.tokens_of(0..8), None);
    }

    #[test]
    fn the_table_is_that_of_character_converter() {
        let theirs = |c: char| {
            let converted =
                character_converter::traditional_to_simplified(c.encode_utf8(&mut [0; 4])).into_owned();
            converted.chars().next().filter(|_| converted.chars().count() == 1).unwrap_or(c)
        };
        let targets: HashSet<char> =
            HAN.map(theirs).zip(HAN).filter(|(to, c)| to != c).map(|(to, _)| to).collect();
        for c in HAN {
            assert_eq!(simplified(c), if targets.contains(&c) { c } else { theirs(c) });
        }
    }
}
