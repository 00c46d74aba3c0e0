//! What a person who types a query may mean, while they type.

use super::Viva;
use crate::bank::Question;
use crate::document::plain;
use crate::language::Language;
use crate::search::Kind;

/// Something that a query may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// What [`Viva::quiz`] takes for it: the id of a question or the stable name of a topic.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// How many questions it stands for, of a topic.
    pub questions: Option<usize>,
}

impl Viva {
    /// The questions and topics that `typed`, perhaps only half a word yet, may mean, the best first, at
    /// most `limit`; the greatest topics and first questions while nothing is typed.
    #[must_use]
    pub fn complete(&self, typed: &str, language: Language, limit: usize) -> Vec<Match> {
        let bank = self.bank();
        let typed = typed.trim();
        let question = |at: usize| {
            let question = &bank.questions()[at];
            Match {
                value: question.id.0.clone(),
                label: plain(&question.text(language).title),
                questions: None,
            }
        };
        let (topics, found): (Vec<_>, Vec<_>) = if typed.is_empty() {
            (bank.topics().iter().take(limit / 3).collect(), (0..bank.questions().len().min(limit)).collect())
        } else {
            let begun = typed.to_lowercase();
            let holds = |text: &str| text.to_lowercase().contains(&begun);
            let topics = bank.topics().iter().filter(|topic| topic.names.iter().any(|(_, name)| holds(name)));
            // Half a word is not found by a search, and a typo not by looking for what was typed.
            let searched = bank.search(typed, limit);
            let hits: Vec<usize> = searched.hits.iter().map(|hit| hit.question).collect();
            let named = |question: &Question| {
                let text = question.text(language);
                holds(&plain(&text.title))
                    || text.aliases.iter().any(|alias| holds(alias))
                    || holds(&question.id.0)
            };
            let begun = (0..bank.questions().len()).filter(|&at| named(&bank.questions()[at]));
            let begun: Vec<usize> = begun.filter(|at| !hits.contains(at)).take(limit).collect();
            let found = if searched.kind == Kind::Nearest { [begun, hits] } else { [hits, begun] };
            (topics.take(limit / 3).collect(), found.concat())
        };
        let topics = topics.into_iter().map(|topic| Match {
            value: topic.slug.clone(),
            label: topic.name(language).to_owned(),
            questions: Some(topic.questions.len()),
        });
        topics.chain(found.into_iter().map(question)).take(limit).collect()
    }

    /// The time zones whose names hold `typed`, at most `limit`; those that begin with it, or whose
    /// city does, come first.
    #[must_use]
    pub fn complete_zone(typed: &str, limit: usize) -> Vec<String> {
        let typed = typed.trim().to_lowercase().replace(' ', "_");
        let mut found: Vec<(bool, String)> = jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .filter(|name| name.contains('/') && !name.starts_with("Etc/") || name == "UTC")
            .filter_map(|name| {
                let lower = name.to_lowercase();
                let begins = |part: &str| part.starts_with(&typed);
                let first = begins(&lower) || lower.split('/').any(begins);
                lower.contains(&typed).then_some((!first, name))
            })
            .collect();
        found.sort();
        found.into_iter().take(limit).map(|(_, name)| name).collect()
    }
}
