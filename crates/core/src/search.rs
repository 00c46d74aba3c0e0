//! Finding the question that somebody means by a few words in either language.
//!
//! An [`Index`] holds what every question names, title before aliases, topics, key points and
//! body in weight. A query is read with the same [terms](crate::terms), so that English finds Chinese
//! notes and the other way round; words that nobody knows are taken for typos of known ones.
//!
//! It refuses to guess: if a query doesn't clearly name one question, [`Found::kind`] says so and the
//! caller asks back.

mod postings;
mod query;
mod ranking;
mod spelling;

use std::hash::{Hash as _, Hasher as _};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::bank::{Question, Text};
use crate::document::plain;
use crate::glossary::Glossary;
use crate::language::is_han;
use crate::terms::{Reader, Term};
use postings::{Draft, Field, Postings};
use spelling::Spelling;

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The questions, the best first.
    pub hits: Vec<Hit>,
    /// How sure it is.
    pub kind: Kind,
}

/// A question that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its place in what the index was built from.
    pub question: usize,
    /// From 0 to 1, comparable within one query; 1 means that the query is its name.
    pub score: f32,
}

/// How sure a search is of what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The first hit is what was meant: it alone has the query as its name, title, alias or topic.
    Exact,
    /// Any of the hits may be meant.
    Several,
    /// Nothing fits; the hits, at most three and perhaps none, are what comes nearest.
    Nearest,
}

/// The questions of a bank, ready to be searched.
#[derive(Debug)]
pub struct Index {
    glossary: Glossary,
    /// How many questions there are.
    questions: usize,
    postings: Postings,
    /// The names of all questions by what they [say](name), each with its question.
    names: Vec<(u64, u32)>,
    /// The words of the bank and of the glossary.
    spelling: Spelling,
    /// The Chinese forms of the glossary that are long enough to tell a typo in.
    han_forms: Vec<String>,
}

impl Index {
    /// Reads all `questions`, on as many threads as there are.
    #[must_use]
    pub fn build(questions: &[Question], glossary: &Glossary) -> Self {
        let run = questions.len().div_ceil(rayon::current_num_threads()).max(1);
        let shares: Vec<Share<'_>> = questions
            .par_chunks(run)
            .enumerate()
            .map(|(i, run_of)| Share::read(run_of, (i * run) as u32, glossary))
            .collect();
        let mut drafts = Vec::with_capacity(shares.len());
        let mut readers = Vec::with_capacity(shares.len() + 1);
        let mut names = Vec::new();
        for share in shares {
            drafts.push(share.draft);
            readers.push(share.reader);
            names.extend(share.names);
        }
        let (postings, ()) = rayon::join(
            || Postings::join(drafts),
            || {
                names.sort_unstable();
                names.dedup();
            },
        );

        let mut forms = Reader::new(glossary);
        let mut han_forms = Vec::new();
        for form in glossary.forms() {
            forms.know(form);
            if forms.plain().chars().count() >= 3 && forms.plain().chars().all(is_han) {
                han_forms.push(forms.plain().to_owned());
            }
        }
        let mut words: FxHashMap<&str, u32> = FxHashMap::default();
        for (word, term) in forms.words().chain(readers.iter().flat_map(Reader::words)) {
            words.entry(word).or_insert_with(|| postings.of(term).0.len() as u32);
        }
        let spelling = Spelling::new(words);
        Self { glossary: glossary.clone(), questions: questions.len(), postings, names, spelling, han_forms }
    }

    /// The questions that `query` may mean, at most `limit`.
    ///
    /// A query is words in any language and order, a title, an alias, a topic or a question's id.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Found {
        query::search(self, query, limit)
    }

    /// About how many bytes the index holds.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.postings.memory_bytes()
            + self.names.capacity() * size_of::<(u64, u32)>()
            + self.spelling.memory_bytes()
    }

    /// The questions whose name says the same as `terms`, in order.
    fn named(&self, terms: &[Term]) -> impl Iterator<Item = usize> {
        let name = name(terms);
        let from = self.names.partition_point(|&(other, _)| Some(other) < name);
        let same = self.names[from..].iter().take_while(move |&&(other, _)| Some(other) == name);
        same.map(|&(_, question)| question as usize)
    }
}

/// What the set of `terms` says, as a number; nothing if it is empty.
fn name(terms: &[Term]) -> Option<u64> {
    let mut terms = terms.to_vec();
    terms.sort_unstable();
    terms.dedup();
    let mut hasher = FxHasher::default();
    terms.hash(&mut hasher);
    (!terms.is_empty()).then(|| hasher.finish())
}

/// What one thread reads.
struct Share<'g> {
    reader: Reader<'g>,
    draft: Draft,
    names: Vec<(u64, u32)>,
    terms: Vec<Term>,
    parts: Vec<Term>,
}

impl<'g> Share<'g> {
    fn read(questions: &[Question], first: u32, glossary: &'g Glossary) -> Self {
        let mut share = Self {
            reader: Reader::new(glossary),
            draft: Draft::new(first),
            names: Vec::new(),
            terms: Vec::new(),
            parts: Vec::new(),
        };
        for (place, question) in (first..).zip(questions) {
            share.reader.read(&question.id.0);
            share.name(place);
            for text in &question.texts {
                share.text(text, place);
                share.draft.end_text();
            }
            share.draft.end_question();
        }
        share
    }

    fn text(&mut self, text: &Text, place: u32) {
        self.field(Field::Title, &plain(&text.title));
        self.name(place);
        for alias in &text.aliases {
            self.field(Field::Alias, alias);
            self.name(place);
        }
        for topic in &text.topics {
            self.field(Field::Topic, topic);
        }
        for point in &text.key_points {
            self.field(Field::KeyPoint, &point.phrase);
        }
        self.field(Field::Body, &text.body.plain());
        self.field(Field::Body, &text.answer.plain());
    }

    /// Makes what was read last a name of the question at `place`.
    fn name(&mut self, place: u32) {
        self.terms.clear();
        self.reader.longest(&mut self.terms);
        self.names.extend(name(&self.terms).map(|name| (name, place)));
    }

    fn field(&mut self, field: Field, text: &str) {
        self.terms.clear();
        self.parts.clear();
        self.reader.read(text);
        self.reader.longest(&mut self.terms);
        self.reader.parts(&mut self.parts);
        if matches!(field, Field::Title | Field::Alias | Field::Topic) {
            // Single characters, for queries in which some are wrong.
            self.parts.extend(self.reader.plain().chars().filter(|&c| is_han(c)).map(Term::character));
        }
        self.draft.field(field, self.terms.len(), &self.terms, false);
        self.draft.field(field, self.terms.len(), &self.parts, true);
    }
}
