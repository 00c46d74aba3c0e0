//! One search: read the query, mend it, add up what every question names of it, judge the best.

use super::postings::{Impact, Place};
use super::ranking::{add_up, best_of};
use super::{Found, Hit, Index, Kind};
use crate::terms::{Piece, Reader, Term};

/// How many characters of a query are read.
const MAX_CHARS: usize = 600;

/// How many different terms of a query are looked up; nobody types more and means them.
const MAX_TERMS: usize = 48;

/// How many unknown words of a query are mended.
const MAX_TYPOS: usize = 6;

/// How many hits are shown if nothing fits.
const NEAREST: usize = 3;

/// How much less a part of a term counts for the score, or a single character for an unknown word.
const PART: f32 = 0.3;

/// The share of a query that the heading of a question has to name to be meant.
const MEANT: f32 = 0.7;

/// The share of a query that a question has to name somewhere to be more than near.
const FITTING: f32 = 0.4;

/// The share of a word in a query; what the glossary knows is asked for more than words around it.
const WORD: f32 = 1.0;
const CONCEPT: f32 = 3.0;

/// How much more a concept counts for the score than a word: it is what the question is about.
const EMPHASIS: f32 = 3.0;

/// How much less the wider concept counts than the one that nobody names.
const WIDER: f32 = 0.8;

/// A term to look for.
pub(super) struct Wanted<'i> {
    pub(super) questions: &'i [u32],
    pub(super) impacts: &'i [Impact],
    /// How much it tells: its part of the score.
    pub(super) weight: f32,
    /// How much of the query it is; nothing if it is only part of a term that was asked for.
    share: f32,
}

pub(super) fn search(index: &Index, query: &str, limit: usize) -> Found {
    let query: String = query.chars().take(MAX_CHARS).collect();
    let mut reader = Reader::new(&index.glossary);
    reader.read(&query);
    if let Some(mended) = mend(index, &mut reader) {
        reader.read(&mended);
    }
    let mut terms = Vec::new();
    reader.longest(&mut terms);
    let named: Vec<usize> = index.named(&terms).take(limit.max(2)).collect();
    let wish = Wish::of(index, &mut reader);
    let mut others = best_of(&add_up(&wish.wanted, index.questions), named.len() + limit.max(NEAREST));
    others.retain(|hit| !named.contains(&hit.question));

    let kind = match named.len() {
        0 => wish.judge(&others),
        1 => Kind::Exact,
        _ => Kind::Several,
    };
    let mut hits: Vec<Hit> = named.into_iter().map(|question| Hit { question, score: 1.0 }).collect();
    let unit = wish.unit();
    hits.extend(others.into_iter().map(|hit| Hit { score: (hit.score * unit).min(0.99), ..hit }));
    hits.truncate(if kind == Kind::Nearest { limit.min(NEAREST) } else { limit });
    Found { hits, kind }
}

/// The query with what nobody knows replaced by what it most likely stands for.
fn mend(index: &Index, reader: &mut Reader<'_>) -> Option<String> {
    let mut mended = String::new();
    let mut unknown = 0;
    let mut changed = false;
    reader.pieces(|piece, terms| {
        let known = terms.iter().any(|&term| !index.postings.of(term).0.is_empty());
        unknown += usize::from(!known);
        let text = match piece {
            Piece::Concept(_, text) | Piece::Word(text) | Piece::Han(text) => text,
        };
        let meant = match piece {
            _ if known || unknown > MAX_TYPOS => None,
            Piece::Concept(..) => None,
            Piece::Word(word) => index.spelling.nearest(word),
            Piece::Han(run) => near_form(&index.han_forms, run),
        };
        changed |= meant.is_some_and(|meant| meant != text);
        mended.push_str(meant.unwrap_or(text));
        mended.push(' ');
    });
    changed.then_some(mended)
}

/// The form that differs from `run` in one character.
fn near_form<'f>(forms: &'f [String], run: &str) -> Option<&'f str> {
    let wrong = |form: &str| form.chars().zip(run.chars()).filter(|(a, b)| a != b).count();
    let form = forms.iter().find(|form| form.len() == run.len() && wrong(form) == 1)?;
    Some(form)
}

/// What a query asks for.
#[derive(Default)]
struct Wish<'i> {
    wanted: Vec<Wanted<'i>>,
    /// The shares of all that is asked for, whether anybody names it or not.
    asked: f32,
}

impl<'i> Wish<'i> {
    fn of(index: &'i Index, reader: &mut Reader<'_>) -> Self {
        let mut wish = Self::default();
        let mut seen: Vec<Term> = Vec::new();
        let mut parts: Vec<Term> = Vec::new();
        reader.pieces(|piece, terms| {
            let knows = |at: usize| terms.get(at).is_some_and(|&term| !index.postings.of(term).0.is_empty());
            // Of a Chinese run, a pair between two known ones straddles words and names nothing.
            let straddles = |at: usize| !knows(at) && at > 0 && knows(at - 1) && knows(at + 1);
            let names: Vec<Term> =
                (0..terms.len()).filter(|&at| !straddles(at)).map(|at| terms[at]).collect();
            let (share, weight) = match piece {
                Piece::Concept(..) => (CONCEPT, EMPHASIS),
                Piece::Word(_) | Piece::Han(_) => (WORD / names.len() as f32, 1.0),
            };
            let mut known = true;
            for term in names {
                if !seen.contains(&term) && seen.len() < MAX_TERMS {
                    seen.push(term);
                    wish.asked += share;
                    known &= wish.want(index, term, weight, share);
                }
            }
            match piece {
                Piece::Han(run) if !known => parts.extend(run.chars().map(Term::character)),
                Piece::Concept(concept, _) if !known => {
                    if let Some(wider) = index.glossary.wider(concept).map(Term::concept) {
                        wish.want(index, wider, weight * WIDER, share);
                    }
                }
                _ => {}
            }
        });
        reader.parts(&mut parts);
        parts.sort_unstable();
        parts.dedup();
        parts.retain(|part| !seen.contains(part));
        for &part in parts.iter().take(MAX_TERMS) {
            wish.want(index, part, PART, 0.0);
        }
        wish
    }

    /// Looks for `term`; false if nobody names it.
    fn want(&mut self, index: &'i Index, term: Term, weight: f32, share: f32) -> bool {
        let (questions, impacts) = index.postings.of(term);
        if !questions.is_empty() {
            let weight = weight * rarity(questions.len(), index.questions);
            self.wanted.push(Wanted { questions, impacts, weight, share });
        }
        !questions.is_empty()
    }

    fn judge(&self, hits: &[Hit]) -> Kind {
        let heads = |place| hits.iter().filter(move |hit| self.coverage(hit, place) >= MEANT).count();
        let Some(first) = hits.first() else { return Kind::Nearest };
        for place in [Place::Heading, Place::HeadingPart] {
            match heads(place) {
                0 => {}
                1 if self.coverage(first, place) >= MEANT => return Kind::Exact,
                _ => return Kind::Several,
            }
        }
        if self.coverage(first, Place::Body) >= FITTING { Kind::Several } else { Kind::Nearest }
    }

    /// The share of all that is asked for that a question names in `place` or a better one.
    fn coverage(&self, hit: &Hit, place: Place) -> f32 {
        let at = |wanted: &Wanted<'_>| wanted.questions.binary_search(&(hit.question as u32)).ok();
        let named = |wanted: &&Wanted<'_>| at(wanted).is_some_and(|at| wanted.impacts[at].place() >= place);
        self.wanted.iter().filter(named).map(|wanted| wanted.share).sum::<f32>() / self.asked
    }

    /// What to multiply sums of weights by, so that a question which is about all that was asked
    /// for, and nothing else, scores 1.
    fn unit(&self) -> f32 {
        let whole = self.wanted.iter().filter(|wanted| wanted.share > 0.0);
        let (weight, share) = whole.fold((0.0, 0.0), |(w, s), wanted| (w + wanted.weight, s + wanted.share));
        if weight > 0.0 { share / self.asked / weight } else { 0.1 }
    }
}

/// How much it tells that a question names a term which `found` of `all` questions name: BM25's
/// inverse document frequency, in the form that is never negative.
fn rarity(found: usize, all: usize) -> f32 {
    let (found, all) = (found as f32, all as f32);
    (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
}
