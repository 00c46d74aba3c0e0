//! A bank of questions: everything there is to ask, whatever files and languages it came from.

mod deck;
mod duplicates;
mod figures;
mod question;

pub use deck::{Deck, Entry, Skipped};
pub use figures::Figures;
use question::handle;
pub use question::{Choice, ChoiceOption, KeyPoint, Question, QuestionId, Text};

use std::path::PathBuf;

use rustc_hash::FxHashMap;

use crate::glossary::Glossary;
use crate::language::Language;
use crate::notes::{Code, Diagnostic, Page, Severity, folder, name_slug};
use crate::search::{Found, Index};
use crate::texts::Saying;

/// Questions with their index; made whole and replaced whole.
#[derive(Debug)]
pub struct Bank {
    questions: Vec<Question>,
    by_id: FxHashMap<QuestionId, usize>,
    by_handle: FxHashMap<u64, usize>,
    /// The place of each text of each question.
    origins: Vec<Vec<Origin>>,
    decks: Vec<Deck>,
    topics: Vec<Topic>,
    index: Index,
    figures: Figures,
}

/// Where a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Which of the bank's decks.
    pub deck: usize,
    /// The line of its heading, from 1.
    pub line: u32,
}

/// What some questions are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its stable name, the same in every language: the glossary's name of the term if it has one.
    pub slug: String,
    /// What it is called, in the languages it is written in.
    pub names: Vec<(Language, String)>,
    /// Which of the bank's questions, in their order.
    pub questions: Vec<usize>,
}

impl Topic {
    /// A short name of digits for places that can't hold the stable one; see [`QuestionId::handle`].
    #[must_use]
    pub fn handle(&self) -> String {
        format!("{:016x}", handle(&self.slug))
    }

    /// What it is called in `language`, or in another.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        let named = self.names.iter().find(|(of, _)| *of == language).or(self.names.first());
        named.map_or(&self.slug, |(_, name)| name)
    }
}

impl Bank {
    /// Reads a bank from files and folders of notes; says what is wrong with them.
    #[must_use]
    pub fn open(paths: &[PathBuf], glossary: &Glossary) -> (Self, Vec<Diagnostic>) {
        let (pages, mut diagnostics) = folder::read(paths);
        let (bank, more) = Self::new(pages, glossary, Figures::beside(paths));
        diagnostics.extend(more);
        (bank, diagnostics)
    }

    /// Makes a bank of the pages that were read, in their order; `figures` has their local pictures.
    ///
    /// Texts of one id in different languages become one question. A second text of an id in the
    /// same language gets the first free id of `id-2`, `id-3`, …, and a remark.
    #[must_use]
    pub fn new(pages: Vec<Page>, glossary: &Glossary, figures: Figures) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut questions: Vec<Question> = Vec::new();
        let mut origins: Vec<Vec<Origin>> = Vec::new();
        let mut by_id: FxHashMap<QuestionId, usize> = FxHashMap::default();
        let mut decks: Vec<Deck> = Vec::new();
        for Page { deck, entries, diagnostics: of_page } in pages {
            diagnostics.extend(of_page);
            for Entry { mut id, explicit, line, text, .. } in entries {
                let origin = Origin { deck: decks.len(), line };
                let taken = |questions: &[Question], at: usize| {
                    questions[at].texts.iter().position(|t| t.language == text.language)
                };
                if let Some((at, twin)) = by_id.get(&id).and_then(|&at| Some((at, taken(&questions, at)?))) {
                    let free = (2..)
                        .map(|n| QuestionId(format!("{id}-{n}")))
                        .find(|id| by_id.get(id).is_none_or(|&at| taken(&questions, at).is_none()));
                    let first = origins[at][twin];
                    let first_path =
                        if first.deck == decks.len() { &deck.path } else { &decks[first.deck].path };
                    let code = if explicit { Code::DuplicateId } else { Code::SameId };
                    if let Some(free) = free {
                        diagnostics.push(Diagnostic {
                            path: deck.path.clone(),
                            line,
                            column: 1,
                            severity: code.severity(),
                            code,
                            message: Saying::of("remark-id-taken")
                                .with("id", &id)
                                .with("by", format_args!("{first_path}:{}", first.line))
                                .with("free", &free),
                        });
                        id = free;
                    }
                }
                match by_id.get(&id) {
                    Some(&at) => {
                        questions[at].texts.push(text);
                        origins[at].push(origin);
                    }
                    None => {
                        by_id.insert(id.clone(), questions.len());
                        questions.push(Question { id, texts: vec![text] });
                        origins.push(vec![origin]);
                    }
                }
            }
            decks.push(deck);
        }
        let topics = topics(&questions, glossary);
        let index = Index::build(&questions, glossary);
        let by_handle =
            questions.iter().enumerate().map(|(at, question)| (handle(&question.id.0), at)).collect();
        let bank = Self { questions, by_id, by_handle, origins, decks, topics, index, figures };
        diagnostics.extend(duplicates::near(&bank));
        (bank, diagnostics)
    }

    /// All questions, in the order they were read.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The question of an id.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.by_id.get(id).map(|&at| &self.questions[at])
    }

    /// The question of a handle; see [`QuestionId::handle`].
    #[must_use]
    pub fn question_of(&self, handle: &str) -> Option<&Question> {
        self.by_handle.get(&u64::from_str_radix(handle, 16).ok()?).map(|&at| &self.questions[at])
    }

    /// The topic of a handle; see [`Topic::handle`].
    #[must_use]
    pub fn topic_of(&self, of: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.handle() == of)
    }

    /// The files it was read from.
    #[must_use]
    pub fn decks(&self) -> &[Deck] {
        &self.decks
    }

    /// Its local pictures.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Where each text of the question at `at` was written, in the order of its texts.
    #[must_use]
    pub fn origins(&self, at: usize) -> &[Origin] {
        &self.origins[at]
    }

    /// All topics, the ones with most questions first.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topic of a stable name or of what it is called in any language.
    #[must_use]
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        let name = name.trim().to_lowercase();
        let called = |topic: &&Topic| topic.names.iter().any(|(_, of)| of.to_lowercase() == name);
        self.topics.iter().find(|topic| topic.slug == name).or_else(|| self.topics.iter().find(called))
    }

    /// The stable names of the topics of a question.
    pub fn topics_of(&self, id: &QuestionId) -> impl Iterator<Item = &Topic> {
        let at = self.by_id.get(id).copied();
        self.topics
            .iter()
            .filter(move |topic| at.is_some_and(|at| topic.questions.binary_search(&at).is_ok()))
    }

    /// Finds the questions that `query` may mean, best first.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Found {
        self.index.search(query, limit)
    }
}

/// Whether any of the remarks is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// All topics. Names of one topic are those that the glossary knows for one term, and those that stand
/// in the same place of a question's lists in two languages.
fn topics(questions: &[Question], glossary: &Glossary) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    let mut by_slug: FxHashMap<String, usize> = FxHashMap::default();
    let mut slugs: FxHashMap<&str, String> = FxHashMap::default();
    for question in questions {
        let Some((first, others)) = question.texts.split_first() else { continue };
        for other in others.iter().filter(|other| other.topics.len() == first.topics.len()) {
            for (name, translation) in first.topics.iter().zip(&other.topics) {
                let term = glossary.canonical(name).or_else(|| glossary.canonical(translation));
                let slug = slugs.get(name.as_str()).cloned();
                let slug = slug.unwrap_or_else(|| term.map_or_else(|| name_slug(name), str::to_owned));
                for name in [name, translation] {
                    slugs.entry(name).or_insert_with(|| slug.clone());
                }
            }
        }
    }
    for (at, question) in questions.iter().enumerate() {
        for text in &question.texts {
            for name in &text.topics {
                let slug = slugs.entry(name).or_insert_with(|| {
                    glossary.canonical(name).map_or_else(|| name_slug(name), str::to_owned)
                });
                let index = *by_slug.entry(slug.clone()).or_insert_with(|| {
                    topics.push(Topic { slug: slug.clone(), names: Vec::new(), questions: Vec::new() });
                    topics.len() - 1
                });
                let topic = &mut topics[index];
                if !topic.names.iter().any(|(language, _)| *language == text.language) {
                    topic.names.push((text.language, name.clone()));
                }
                if topic.questions.last() != Some(&at) {
                    topic.questions.push(at);
                }
            }
        }
    }
    topics.sort_by_key(|topic| std::cmp::Reverse(topic.questions.len()));
    topics
}
