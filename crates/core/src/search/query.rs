//! One search: read the query, mend it, add up, judge.

use super::postings::{Impact, Place};
use super::{Found, Hit, Index, Kind};
use crate::terms::{Piece, Reader, Term};

/// How many different terms of a query are looked up; nobody types more and means them.
const MAX_TERMS: usize = 48;

/// How many unknown words of a query are mended.
const MAX_TYPOS: usize = 6;

/// How many characters of a query are read.
const MAX_CHARS: usize = 600;

/// How many hits are shown if nothing fits.
const NEAREST: usize = 3;

/// How much less a part of a term counts, or a single character for an unknown word.
const PART: f32 = 0.3;

/// The share of a query, by weight, that a question has to name to be more than near.
const FITTING: f32 = 0.4;

/// A term to look for.
struct Wanted<'i> {
    questions: &'i [u32],
    impacts: &'i [Impact],
    weight: f32,
    /// Whether it was asked for, and isn't just a part of what was.
    whole: bool,
}

pub(super) fn search(index: &Index, query: &str, limit: usize) -> Found {
    let query: String = query.chars().take(MAX_CHARS).collect();
    let mut reader = Reader::new(&index.glossary);
    reader.read(&query);
    if let Some(mended) = mend(index, &mut reader) {
        reader.read(&mended);
    }
    let Wish { wanted, best } = Wish::of(index, &mut reader);
    let mut terms = Vec::new();
    reader.longest(&mut terms);
    let named: Vec<usize> = index.named(&terms).take(limit.max(2)).collect();

    let mut others = best_of(&add_up(&wanted, index.questions), named.len() + limit.max(NEAREST));
    others.retain(|hit| !named.contains(&hit.question));
    let share = |hit: &Hit, place| coverage(&wanted, hit.question, place) / best;
    let heads = |hit: &&Hit| share(hit, Place::Heading) > 0.99;
    let kind = match named.len() {
        1 => Kind::Exact,
        2.. => Kind::Several,
        0 if others.first().as_ref().is_some_and(heads) && others.iter().filter(heads).count() == 1 => {
            Kind::Exact
        }
        0 if others.first().is_some_and(|hit| share(hit, Place::Body) >= FITTING) => Kind::Several,
        0 => Kind::Nearest,
    };

    let mut hits: Vec<Hit> = named.into_iter().map(|question| Hit { question, score: 1.0 }).collect();
    hits.extend(others.into_iter().map(|hit| Hit { score: (hit.score / best).min(0.99), ..hit }));
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
struct Wish<'i> {
    wanted: Vec<Wanted<'i>>,
    /// The score of a question that is about nothing but all of it.
    best: f32,
}

impl<'i> Wish<'i> {
    fn of(index: &'i Index, reader: &mut Reader<'_>) -> Self {
        let mut wish = Self { wanted: Vec::new(), best: 0.0 };
        let mut asked = Vec::new();
        let mut parts = Vec::new();
        reader.pieces(|piece, terms| {
            let known = |term: &Term| !index.postings.of(*term).0.is_empty();
            if terms.iter().any(known) {
                // Of a Chinese run, some pairs straddle two words and mean nothing.
                asked.extend(terms.iter().copied().filter(known));
            } else {
                wish.best += index.rarity(0);
                if let Piece::Han(run) = piece {
                    parts.extend(run.chars().map(Term::character));
                }
            }
        });
        reader.parts(&mut parts);

        let mut seen: Vec<Term> = Vec::new();
        let whole = asked.iter().map(|&term| (term, true)).take(MAX_TERMS);
        for (term, whole) in whole.chain(parts.iter().map(|&term| (term, false)).take(MAX_TERMS)) {
            let (questions, impacts) = index.postings.of(term);
            if questions.is_empty() || seen.contains(&term) {
                continue;
            }
            seen.push(term);
            let weight = index.rarity(questions.len()) * if whole { 1.0 } else { PART };
            wish.best += if whole { weight } else { 0.0 };
            wish.wanted.push(Wanted { questions, impacts, weight, whole });
        }
        wish
    }
}

impl Index {
    /// How much it says that a question names a term which `found` questions name: BM25's inverse
    /// document frequency, in the form that is never negative.
    fn rarity(&self, found: usize) -> f32 {
        let (all, found) = (self.questions as f32, found as f32);
        (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
    }
}

/// The score of every question that names anything wanted.
enum Scores {
    /// For few: by question.
    Sparse(Vec<(u32, f32)>),
    /// For many: one for each question of the bank.
    Dense(Vec<f32>),
}

/// If one question in this many is named, a score for each of the bank is cheaper than sorting.
const SPARSE: usize = 32;

fn add_up(wanted: &[Wanted<'_>], questions: usize) -> Scores {
    let named: usize = wanted.iter().map(|wanted| wanted.questions.len()).sum();
    let scored = |wanted: &Wanted<'_>, i: usize| wanted.impacts[i].weight() * wanted.weight;
    if named * SPARSE < questions {
        let mut scores = Vec::with_capacity(named);
        for wanted in wanted {
            scores.extend(
                wanted.questions.iter().enumerate().map(|(i, &question)| (question, scored(wanted, i))),
            );
        }
        scores.sort_unstable_by_key(|&(question, _)| question);
        scores.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        return Scores::Sparse(scores);
    }
    let mut scores = vec![0.0; questions];
    for wanted in wanted {
        for (&question, impact) in wanted.questions.iter().zip(wanted.impacts) {
            scores[question as usize] += impact.weight() * wanted.weight;
        }
    }
    Scores::Dense(scores)
}

/// The `count` best; of equals the first in the bank.
fn best_of(scores: &Scores, count: usize) -> Vec<Hit> {
    let mut best = Best { hits: Vec::new(), count, least: 0.0 };
    match scores {
        Scores::Sparse(scores) => {
            scores.iter().for_each(|&(question, score)| best.offer(question as usize, score))
        }
        Scores::Dense(scores) => {
            scores.iter().enumerate().for_each(|(question, &score)| best.offer(question, score))
        }
    }
    best.settle();
    best.hits
}

/// The best hits so far, and up to as many again that may be.
struct Best {
    hits: Vec<Hit>,
    count: usize,
    /// What a hit has to exceed.
    least: f32,
}

impl Best {
    fn offer(&mut self, question: usize, score: f32) {
        if score > self.least {
            self.hits.push(Hit { question, score });
            if self.hits.len() >= self.count.saturating_mul(2).max(16) {
                self.settle();
                self.least = self.hits.last().map_or(self.least, |hit| hit.score);
            }
        }
    }

    fn settle(&mut self) {
        self.hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.question.cmp(&b.question)));
        self.hits.truncate(self.count);
    }
}

/// The weight of what `question` names of the whole terms `wanted`, in `place` or a better one.
fn coverage(wanted: &[Wanted<'_>], question: usize, place: Place) -> f32 {
    let names = |wanted: &&Wanted<'_>| {
        wanted.whole
            && wanted
                .questions
                .binary_search(&(question as u32))
                .is_ok_and(|i| wanted.impacts[i].place() >= place)
    };
    wanted.iter().filter(names).map(|wanted| wanted.weight).sum()
}
