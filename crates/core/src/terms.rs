//! A text as the set of things it names, alike in English and Chinese: what search and the grading
//! of typed answers compare.
//!
//! A form that the [glossary](crate::glossary) knows becomes its concept, so that 早停 and `early
//! stopping` are one [`Term`]. What is left becomes stems in English (Snowball's, with British
//! spelling read as American) and pairs of neighbouring characters in Chinese. Function words of
//! both languages are dropped. The order of words is lost on purpose.

use std::hash::Hasher as _;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHasher};

use crate::glossary::fold::Folded;
use crate::glossary::{ConceptIndex, Glossary, Occurrence, american};
use crate::language::is_han;

/// One thing that a text names: equal for all ways to name it.
///
/// Terms made with different glossaries can't be compared, nor may a term be stored. Concepts and
/// Chinese characters are numbered exactly; an English stem is its 62-bit hash, so that among a
/// million different stems two are confused with a probability of about one in ten million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(u64);

/// What `text` names, the longest forms first to take their words: `L1 regularization` is one term.
///
/// For what is asked: a query, or a key point that an answer must name.
#[must_use]
pub fn of(text: &str, glossary: &Glossary) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut reader = Reader::new(glossary);
    reader.read(text);
    reader.longest(&mut terms);
    terms
}

/// What `text` names with all that is part of it: `L1 regularization` also says `regularization`,
/// and the words of which these consist.
///
/// For what is said: a note to be found, or an answer in which [what is asked](of) is looked for.
#[must_use]
pub fn within(text: &str, glossary: &Glossary) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut reader = Reader::new(glossary);
    reader.read(text);
    reader.longest(&mut terms);
    reader.parts(&mut terms);
    terms
}

impl Term {
    const KIND: u32 = 62;
    const HAN: u64 = 1 << Self::KIND;
    const CONCEPT: u64 = 2 << Self::KIND;

    /// Whether the glossary knows it: a concept says more than a mere word.
    #[must_use]
    pub fn is_concept(self) -> bool {
        self.0 & Self::CONCEPT != 0
    }

    /// The concept that the glossary puts this one under.
    pub(crate) fn wider(self, glossary: &Glossary) -> Option<Self> {
        let concept =
            self.is_concept().then(|| ConceptIndex::try_from(self.0 & !Self::CONCEPT).ok()).flatten()?;
        glossary.wider(concept).map(Self::concept)
    }

    fn stem(stem: &str) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(stem.as_bytes());
        Self(hasher.finish() >> (64 - Self::KIND))
    }

    pub(crate) fn concept(index: ConceptIndex) -> Self {
        Self(Self::CONCEPT | u64::from(index))
    }

    /// One character of Chinese; its code takes 21 bits.
    pub(crate) fn character(c: char) -> Self {
        Self(Self::HAN | u64::from(u32::from(c)))
    }

    fn pair(first: char, second: char) -> Self {
        Self(Self::HAN | u64::from(u32::from(first)) << 21 | u64::from(u32::from(second)))
    }
}

/// A stretch of a text that is named in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A form of the glossary, as one word.
    Concept(ConceptIndex, &'a str),
    /// A word in an alphabet, folded; it may be a function word, which has no term.
    Word(&'a str),
    /// A run of Han characters, simplified.
    Han(&'a str),
}

/// Reads terms out of many texts and remembers the stems it has met.
pub(crate) struct Reader<'g> {
    glossary: &'g Glossary,
    parsed: Parsed,
    stems: Stems,
}

impl<'g> Reader<'g> {
    pub(crate) fn new(glossary: &'g Glossary) -> Self {
        Self { glossary, parsed: Parsed::default(), stems: Stems::default() }
    }

    /// Reads `text`; what the other methods return is about the text read last.
    pub(crate) fn read(&mut self, text: &str) {
        self.parsed.read(text, self.glossary);
    }

    /// The text without its spaces and signs.
    pub(crate) fn plain(&self) -> &str {
        &self.parsed.folded.plain
    }

    /// Calls `visit` for every piece of the text but its function words, in order, with its terms.
    pub(crate) fn pieces(&mut self, mut visit: impl FnMut(Piece<'_>, &[Term])) {
        let Self { parsed, stems, .. } = self;
        let mut terms = Vec::new();
        parsed.pieces(|piece| {
            terms.clear();
            stems.push(piece, &mut terms);
            if !terms.is_empty() {
                visit(piece, &terms);
            }
        });
    }

    /// Appends the terms that [`of`] returns.
    pub(crate) fn longest(&mut self, terms: &mut Vec<Term>) {
        let Self { parsed, stems, .. } = self;
        parsed.pieces(|piece| stems.push(piece, terms));
    }

    /// Appends the terms that [`within`] returns beyond those.
    pub(crate) fn parts(&mut self, terms: &mut Vec<Term>) {
        let Self { parsed, stems, .. } = self;
        parsed.parts(|piece| stems.push(piece, terms));
    }

    /// Remembers the words of `form`, and what they are as one word.
    pub(crate) fn know(&mut self, form: &str) {
        self.read(form);
        let Self { parsed, stems, .. } = self;
        parsed.rest(0..parsed.folded.tokens.len(), &mut |piece| stems.push(piece, &mut Vec::new()));
        if !parsed.folded.plain.contains(is_han) {
            stems.term(&parsed.folded.plain);
        }
    }

    /// Every word met so far, folded, with its term.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, Term)> {
        self.stems.known.iter().filter_map(|(word, &term)| Some((&**word, term?)))
    }
}

/// A text and the forms in it.
#[derive(Default)]
struct Parsed {
    folded: Folded,
    /// All forms in the text.
    found: Vec<Occurrence>,
    /// Of these, the ones that no earlier or longer one overlaps.
    chosen: Vec<Occurrence>,
}

impl Parsed {
    fn read(&mut self, text: &str, glossary: &Glossary) {
        self.folded.read(text);
        glossary.find(&self.folded, &mut self.found);
        self.chosen.clear();
        let mut end = 0;
        for found in &self.found {
            if found.tokens.start >= end {
                end = found.tokens.end;
                self.chosen.push(found.clone());
            }
        }
    }

    fn pieces(&self, mut visit: impl FnMut(Piece<'_>)) {
        let mut at = 0;
        for chosen in &self.chosen {
            self.rest(at..chosen.tokens.start, &mut visit);
            self.form(chosen, &mut visit);
            at = chosen.tokens.end;
        }
        self.rest(at..self.folded.tokens.len(), &mut visit);
    }

    fn parts(&self, mut visit: impl FnMut(Piece<'_>)) {
        let mut chosen = self.chosen.iter().peekable();
        for found in &self.found {
            if chosen.next_if(|chosen| *chosen == found).is_none() {
                self.form(found, &mut visit);
            } else if found.concept.is_some() {
                self.rest(found.tokens.clone(), &mut visit);
            }
        }
    }

    fn form(&self, found: &Occurrence, visit: &mut impl FnMut(Piece<'_>)) {
        if let Some(concept) = found.concept {
            visit(Piece::Concept(concept, self.folded.plain(found.tokens.clone())));
        }
    }

    /// Visits the words and runs of `tokens`.
    fn rest(&self, tokens: Range<usize>, visit: &mut impl FnMut(Piece<'_>)) {
        let mut at = tokens.start;
        while at < tokens.end {
            let mut end = at + 1;
            if self.folded.tokens[at].han {
                let more = &self.folded.tokens[end..tokens.end];
                end += more.iter().take_while(|token| token.han && !token.parted).count();
                visit(Piece::Han(self.folded.plain(at..end)));
            } else {
                visit(Piece::Word(self.folded.plain(at..end)));
            }
            at = end;
        }
    }
}

/// Words of English that ask or join and name nothing.
const FUNCTION_WORDS: &str = "a about am an and any are as at be been but by can could define describe did do does don \
    explain for from get give had has have how i if in into is it its let me my of on or our please s should so some \
    such tell than that the their them then there these they this those to up us versus vs was we were what when where \
    which who why will with would you your";

/// The terms of words, worked out once each; function words have none.
struct Stems {
    stemmer: Stemmer,
    known: FxHashMap<Box<str>, Option<Term>>,
}

impl Default for Stems {
    fn default() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English), known: FxHashMap::default() }
    }
}

impl Stems {
    fn term(&mut self, word: &str) -> Option<Term> {
        if let Some(&term) = self.known.get(word) {
            return term;
        }
        let names = FUNCTION_WORDS.split_whitespace().all(|function_word| function_word != word);
        let term = names.then(|| Term::stem(&self.stemmer.stem(&american(word))));
        self.known.insert(word.into(), term);
        term
    }

    fn push(&mut self, piece: Piece<'_>, terms: &mut Vec<Term>) {
        match piece {
            Piece::Concept(concept, _) => terms.push(Term::concept(concept)),
            Piece::Word(word) => terms.extend(self.term(word)),
            Piece::Han(run) => terms.extend(pairs(run)),
        }
    }
}

/// The pairs of neighbouring characters of a run, or the only character there is.
fn pairs(run: &str) -> impl Iterator<Item = Term> {
    let mut chars = run.chars();
    let first = chars.next();
    let only = first.filter(|_| chars.as_str().is_empty()).map(Term::character);
    only.into_iter().chain(first.into_iter().chain(chars.clone()).zip(chars).map(|(a, b)| Term::pair(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary() -> Glossary {
        Glossary::parse(
            r#"
            [early-stopping]
            en = ["early stopping"]
            zh = ["早停"]
            [gradient]
            en = ["gradient"]
            zh = ["梯度"]
            [vanishing-gradient]
            en = ["vanishing gradient"]
            zh = ["梯度消失"]
            "#,
        )
        .unwrap()
    }

    fn sorted(mut terms: Vec<Term>) -> Vec<Term> {
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    #[test]
    fn texts_that_name_the_same_have_the_same_terms() {
        let glossary = glossary();
        for (one, other) in [
            ("Why does early stopping help?", "EARLY-STOPPING helps"),
            ("早停", "early stopping"),
            ("什么是梯度消失？", "vanishing gradients"),
            ("梯度消失與早停", "What are early stopping and vanishing gradients"),
            ("regularisation of colour", "regularized colors"),
            ("optimising labelled centres", "optimizes labeled center"),
            ("數據 增強", "数据增强"),
            ("the of and", ""),
            ("是什么", "🙂\0"),
        ] {
            assert_eq!(sorted(of(one, &glossary)), sorted(of(other, &glossary)), "{one:?} and {other:?}");
        }
    }

    #[test]
    fn other_texts_have_other_terms() {
        let glossary = glossary();
        for (one, other) in [
            ("gradient", "vanishing gradient"),
            ("数据", "据数"),
            ("早", "停"),
            ("over, fitting", "overfitting"),
            ("weight decay", "weight"),
        ] {
            assert_ne!(sorted(of(one, &glossary)), sorted(of(other, &glossary)), "{one:?} and {other:?}");
        }
    }

    #[test]
    fn what_is_said_holds_the_parts_of_what_is_asked() {
        let glossary = glossary();
        for (said, asked) in [
            ("梯度消失", "gradients"),
            ("vanishing gradients", "vanish"),
            ("梯度消失", "消失"),
            ("a vanishing gradient", "梯度消失"),
            ("用早停的方法", "early stop"),
        ] {
            let said = within(said, &glossary);
            assert!(of(asked, &glossary).iter().all(|term| said.contains(term)), "{asked:?}");
        }
        assert!(!within("gradient", &glossary).contains(&of("梯度消失", &glossary)[0]));
    }

    #[test]
    fn long_and_strange_texts_are_read() {
        let glossary = glossary();
        assert_eq!(of("", &glossary), []);
        assert_eq!(of(&"梯度".repeat(5_000), &glossary).len(), 5_000);
        assert_eq!(of(&"\0🙂 ".repeat(5_000), &glossary), []);
        assert_eq!(of(&"x".repeat(100_000), &glossary).len(), 1);
        assert_eq!(of(&"的".repeat(5_000), &glossary), []);
    }
}
