//! The terms of the field in both languages, and where they occur in a text.
//!
//! A glossary names concepts and lists the forms each goes by:
//!
//! ```toml
//! [early-stopping]
//! en = ["early stopping", "early stop"]
//! zh = ["早停", "提前停止"]
//! under = "overfitting"
//! ```
//!
//! The table's name is the concept's slug; the first form of a language is the one to show. `under` names
//! the wider concept that questions about this one fall under; it is optional. A form
//! is found whatever its case, width and script, with or without spaces and hyphens, and in its
//! English inflections. It is found as whole words only: `gan` is not in `organ`. Two concepts
//! can't share a form; forms that differ but inflect alike (`rank`, `ranking`) are told apart by
//! their spelling in the text.
//!
//! It knows nothing of questions, and of no language but these two.

pub(crate) mod fold;
mod inflection;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::language::Language;
use fold::Folded;

pub(crate) use inflection::american;

/// Concepts and the forms they go by; see the [module](self).
#[derive(Clone, Debug)]
pub struct Glossary {
    entries: Vec<Entry>,
    /// Finds the folded forms of all entries, and the function words of Chinese: only in one
    /// search for both is it certain that the longer of two that overlap wins.
    automaton: AhoCorasick,
    /// What each pattern of the automaton stands for.
    meanings: Vec<Vec<Sense>>,
}

/// Why a text is no glossary.
#[derive(Debug, thiserror::Error)]
pub enum GlossaryError {
    /// It isn't TOML, or not tables with the lists `en` and `zh`.
    #[error("the glossary is not a list of tables such as [early-stopping] en = [..] zh = [..]: {0}")]
    Malformed(#[from] toml::de::Error),
    /// A form has neither a letter nor a digit.
    #[error(
        "the glossary's concept {concept:?} has the form {form:?}, which has no letter or digit; remove it"
    )]
    Blank {
        /// The slug.
        concept: String,
        /// The form as it was written.
        form: String,
    },
    /// A concept falls under one that there isn't.
    #[error(
        "the glossary puts {concept:?} under {wider:?}, which it does not have; add it or remove `under`"
    )]
    NoSuchWider {
        /// The slug.
        concept: String,
        /// What it should fall under.
        wider: String,
    },
    /// It has more forms than an automaton can hold.
    #[error("the glossary is too large: {0}")]
    TooLarge(#[from] aho_corasick::BuildError),
    /// Two concepts go by the same form.
    #[error("the glossary gives {form:?} to both {first:?} and {second:?}; remove it from one of them")]
    Clash {
        /// The form as the second concept writes it.
        form: String,
        /// The slug of the concept that had it.
        first: String,
        /// The slug of the concept that wants it too.
        second: String,
    },
}

/// A concept's place in its glossary.
pub(crate) type ConceptIndex = u32;

/// A form found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The tokens it covers.
    pub(crate) tokens: Range<usize>,
    /// Which concept it names; `None` for a function word.
    pub(crate) concept: Option<ConceptIndex>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    zh: Vec<String>,
    /// The slug of the wider concept that questions about this one fall under.
    under: Option<String>,
}

#[derive(Clone, Debug)]
struct Entry {
    slug: String,
    forms: Forms,
}

/// One of the forms behind a pattern.
#[derive(Clone, Debug)]
struct Sense {
    plain: String,
    concept: Option<ConceptIndex>,
}

/// Words of Chinese that ask or join and name nothing, and are no part of longer words that do.
const FUNCTION_WORDS: &str = "什么是 是什么 什么 为什么 为何 怎么 怎么办 怎么样 怎样 如何 哪些 有哪些 哪个 哪种 是否 能否 \
    请问 请 解释 介绍 讲讲 一下 简述 说说 谈谈 说明 以及 我们 你们 他们 这个 那个 这些 那些 一个 一种 一些 可以 的 了 吗 \
    呢 吧 啊 是 和 与 及 或";

impl Glossary {
    /// Reads a glossary in the form that the [module](self) describes.
    ///
    /// # Errors
    ///
    /// If `text` isn't in that form, or two concepts share a form of speech.
    pub fn parse(text: &str) -> Result<Self, GlossaryError> {
        let tables: BTreeMap<String, Forms> = toml::from_str(text)?;
        let entries: Vec<Entry> = tables.into_iter().map(|(slug, forms)| Entry { slug, forms }).collect();

        let mut patterns = Patterns::default();
        for (index, entry) in (0..).zip(&entries) {
            for form in entry.forms.en.iter().chain(&entry.forms.zh) {
                if !patterns.add(form, Some(index)) {
                    return Err(GlossaryError::Blank { concept: entry.slug.clone(), form: form.clone() });
                }
                if let Some(&Some(first)) = patterns.forms.get(&patterns.folded.plain)
                    && first != index
                {
                    return Err(GlossaryError::Clash {
                        form: form.clone(),
                        first: entries[first as usize].slug.clone(),
                        second: entry.slug.clone(),
                    });
                }
            }
        }
        for entry in &entries {
            if let Some(wider) = &entry.forms.under
                && place(&entries, wider).is_none()
            {
                return Err(GlossaryError::NoSuchWider { concept: entry.slug.clone(), wider: wider.clone() });
            }
        }
        for word in FUNCTION_WORDS.split_whitespace() {
            patterns.add(word, None);
        }
        patterns.finish(entries)
    }

    /// The glossary that comes with Viva, of machine learning.
    ///
    /// # Panics
    ///
    /// Never, as the tests prove for the text that is compiled in.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static BUNDLED: LazyLock<Glossary> = LazyLock::new(|| {
            Glossary::parse(include_str!("../../../content/glossary.toml"))
                .expect("a test parses this very text")
        });
        &BUNDLED
    }

    /// The slug of the concept that goes by `name`, of which it must be the whole.
    #[must_use]
    pub fn canonical(&self, name: &str) -> Option<&str> {
        let mut folded = Folded::default();
        folded.read(name);
        let mut found = Vec::new();
        self.find(&folded, &mut found);
        // The longest that begins with the first token comes first.
        let found = found.first().filter(|found| found.tokens == (0..folded.tokens.len()))?;
        Some(&self.entries.get(found.concept? as usize)?.slug)
    }

    /// What to call the concept with the slug `concept` in `language`.
    #[must_use]
    pub fn display(&self, concept: &str, language: Language) -> Option<&str> {
        let forms = &self.entries[place(&self.entries, concept)?].forms;
        let forms = match language {
            Language::En => &forms.en,
            Language::Zh => &forms.zh,
        };
        forms.first().map(String::as_str)
    }

    /// The wider concept that questions about `concept` fall under.
    pub(crate) fn wider(&self, concept: ConceptIndex) -> Option<ConceptIndex> {
        let wider = self.entries.get(concept as usize)?.forms.under.as_deref()?;
        ConceptIndex::try_from(place(&self.entries, wider)?).ok()
    }

    /// Puts all forms in a text into `found`: by where they begin, the longest first. They may overlap.
    pub(crate) fn find(&self, text: &Folded, found: &mut Vec<Occurrence>) {
        found.clear();
        for hit in self.automaton.find_overlapping_iter(&text.keys) {
            if let Some(tokens) = text.tokens_of(hit.range()) {
                let concept = choose(&self.meanings[hit.pattern().as_usize()], text.plain(tokens.clone()));
                found.push(Occurrence { tokens, concept });
            }
        }
        found.sort_unstable_by_key(|found| (found.tokens.start, usize::MAX - found.tokens.end));
    }

    /// Every form of every concept, as written.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().flat_map(|entry| entry.forms.en.iter().chain(&entry.forms.zh)).map(String::as_str)
    }
}

/// Where the entry of a slug stands; they are in the order of their slugs.
fn place(entries: &[Entry], slug: &str) -> Option<usize> {
    entries.binary_search_by(|entry| entry.slug.as_str().cmp(slug)).ok()
}

/// Which of the concepts whose forms inflect alike is spelt `plain`; the first if none is.
fn choose(senses: &[Sense], plain: &str) -> Option<ConceptIndex> {
    let spelt = |plain: &str| senses.iter().find(|sense| sense.plain == plain);
    let singular = || spelt(plain.strip_suffix('s')?);
    let first = || senses.first();
    (if senses.len() > 1 { spelt(plain).or_else(singular).or_else(first) } else { first() })?.concept
}

/// The patterns of an automaton while they are collected.
#[derive(Default)]
struct Patterns {
    folded: Folded,
    places: FxHashMap<String, usize>,
    meanings: Vec<Vec<Sense>>,
    /// Who has each form, by its folded text.
    forms: FxHashMap<String, Option<ConceptIndex>>,
}

impl Patterns {
    /// Adds a form; whoever came first keeps it. False if there is nothing to compare in it.
    fn add(&mut self, form: &str, concept: Option<ConceptIndex>) -> bool {
        self.folded.read(form);
        let plain = self.folded.plain.clone();
        if plain.is_empty() {
            return false;
        }
        self.forms.entry(plain.clone()).or_insert(concept);
        self.add_key(self.folded.keys.trim_start().to_owned(), &plain, concept);
        // Written as one word, `earlystopping` inflects otherwise than its parts.
        if self.folded.tokens.len() > 1 && self.folded.tokens.iter().all(|token| !token.han) {
            let mut key = String::new();
            inflection::push_key(&plain, &mut key);
            self.add_key(key, &plain, concept);
        }
        true
    }

    fn add_key(&mut self, key: String, plain: &str, concept: Option<ConceptIndex>) {
        let place = *self.places.entry(key).or_insert(self.meanings.len());
        if place == self.meanings.len() {
            self.meanings.push(Vec::new());
        }
        if !self.meanings[place].iter().any(|sense| sense.plain == plain) {
            self.meanings[place].push(Sense { plain: plain.to_owned(), concept });
        }
    }

    fn finish(self, entries: Vec<Entry>) -> Result<Glossary, GlossaryError> {
        let Self { mut meanings, places, .. } = self;
        for senses in &mut meanings {
            if senses.iter().all(|sense| sense.concept == senses[0].concept) {
                senses.truncate(1);
            }
        }
        let mut keys: Vec<(String, usize)> = places.into_iter().collect();
        keys.sort_unstable_by_key(|&(_, place)| place);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(keys.iter().map(|(key, _)| key))?;
        Ok(Glossary { entries, automaton, meanings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        [early-stopping]
        en = ["early stopping"]
        zh = ["早停", "提前截断"]
        [gan]
        en = ["GAN", "generative adversarial network"]
        zh = ["生成对抗网络"]
        [gradient]
        en = ["gradient"]
        zh = ["梯度"]
        [l1-regularization]
        en = ["L1 regularization", "lasso penalty"]
        zh = ["L1正则", "L1正则化"]
        [overfitting]
        en = ["overfitting"]
        zh = ["过拟合"]
        [rank]
        en = ["rank"]
        zh = ["秩"]
        [ranking]
        en = ["ranking"]
        zh = ["排序"]
        [vanishing-gradient]
        en = ["vanishing gradient"]
        zh = ["梯度消失"]
    "#;

    fn small() -> Glossary {
        Glossary::parse(SMALL).unwrap()
    }

    #[test]
    fn names_lead_to_concepts() {
        let glossary = small();
        for (name, concept) in [
            ("early stopping", Some("early-stopping")),
            ("Early-Stopping", Some("early-stopping")),
            ("earlystopping", Some("early-stopping")),
            ("ｅａｒｌｙ　ｓｔｏｐｐｉｎｇ", Some("early-stopping")),
            ("early stops", Some("early-stopping")),
            ("过 拟合", Some("overfitting")),
            ("過擬合", Some("overfitting")),
            ("Over fitting", Some("overfitting")),
            ("over-fitted", Some("overfitting")),
            ("l1 正則", Some("l1-regularization")),
            ("ℓ₁ regularisation", Some("l1-regularization")),
            ("ranks", Some("rank")),
            ("rankings", Some("ranking")),
            ("GANs", Some("gan")),
            ("vanishing gradients", Some("vanishing-gradient")),
            ("vanishing, gradients", None),
            ("gradient descent", None),
            ("organ", None),
            ("什么", None),
            ("", None),
            ("\0🙂", None),
        ] {
            assert_eq!(glossary.canonical(name), concept, "{name:?}");
        }
    }

    #[test]
    fn display_is_the_first_form() {
        let glossary = small();
        assert_eq!(glossary.display("early-stopping", Language::Zh), Some("早停"));
        assert_eq!(glossary.display("gan", Language::En), Some("GAN"));
        assert_eq!(glossary.display("unheard-of", Language::En), None);
    }

    #[test]
    fn a_wider_concept_must_be_there() {
        let text = "[lora]\nen = [\"LoRA\"]\nunder = \"peft\"\n";
        let error = Glossary::parse(text).expect_err("there is no peft");
        assert!(error.to_string().contains("puts \"lora\" under \"peft\""), "{error}");
        let whole = Glossary::parse(&format!("{text}[peft]\nen = [\"PEFT\"]\n")).expect("now there is");
        assert_eq!((whole.wider(0), whole.wider(1)), (Some(1), None));
    }

    #[test]
    fn a_shared_form_is_an_error_that_names_both() {
        for (text, message) in [
            (
                "[a]\nen=['early stopping']\n[b]\nen=['Early-Stopping']",
                "\"Early-Stopping\" to both \"a\" and \"b\"",
            ),
            ("[a]\nzh=['過擬合']\n[b]\nzh=['过拟合']", "\"过拟合\" to both \"a\" and \"b\""),
            ("[a]\nen=['?!']", "concept \"a\" has the form \"?!\""),
            ("[a]\nde=['x']", "unknown field `de`"),
            ("a = 1", "not a list of tables"),
        ] {
            let error = Glossary::parse(text).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
        // The same form twice in one concept is idle, not wrong.
        assert!(Glossary::parse("[a]\nen=['over fit', 'overfit']").is_ok());
    }

    #[test]
    fn the_bundled_glossary_reads() {
        assert_eq!(Glossary::bundled().canonical("過擬合"), Glossary::bundled().canonical("overfitting"));
        assert!(Glossary::bundled().canonical("overfitting").is_some());
    }
}
