//! What Viva says to people, in every language it speaks.
//!
//! The messages are [Fluent](https://projectfluent.org) files in `locales/`; both languages have
//! every message. Adapters name a message and its arguments and never hold words of their own.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use crate::language::Language;

mod saying;
mod wording;

pub use saying::Saying;

/// The messages of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| Texts::new(langid!("en"), include_str!("../locales/en.ftl")));
static CHINESE: LazyLock<Texts> =
    LazyLock::new(|| Texts::new(langid!("zh-CN"), include_str!("../locales/zh.ftl")));

impl Texts {
    /// The messages in `language`.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Zh => &CHINESE,
        }
    }

    fn new(language: LanguageIdentifier, source: &str) -> Self {
        // A slip in a file leaves out the message it is in; a test finds it before anyone else does.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// A message without arguments.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.tell(key, [])
    }

    /// A message with its arguments. An unknown key gives the key itself.
    #[must_use]
    pub fn tell<'a, const N: usize>(&self, key: &str, arguments: [(&'a str, FluentValue<'a>); N]) -> String {
        self.format(key, &arguments.into_iter().collect())
    }

    fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The messages of a file with the variables each uses.
    fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| errors).unwrap();
        let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines() {
            if let Some((key, _)) =
                line.split_once(" =").filter(|(key, _)| !key.is_empty() && !key.contains([' ', '#']))
            {
                current = key.to_owned();
                messages.entry(current.clone()).or_default();
            }
            for variable in line.split('$').skip(1) {
                let name: String = variable.chars().take_while(char::is_ascii_alphabetic).collect();
                messages.get_mut(&current).unwrap().insert(name);
            }
        }
        messages
    }

    #[test]
    fn both_languages_have_every_message_with_the_same_variables() {
        let english = messages(include_str!("../locales/en.ftl"));
        let chinese = messages(include_str!("../locales/zh.ftl"));
        assert!(english.len() > 40);
        assert_eq!(english, chinese);
    }

    #[test]
    fn numbers_are_worded() {
        let say = |language, count: u32| Texts::of(language).tell("points", [("count", count.into())]);
        assert_eq!(say(Language::En, 1), "1 point");
        assert_eq!(say(Language::En, 10), "10 points");
        assert_eq!(say(Language::Zh, 10), "10 分");
    }
}
