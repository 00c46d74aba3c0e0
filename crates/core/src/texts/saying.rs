//! What is known before the language is in which it will be told.

use std::fmt::Display;

use fluent_bundle::FluentArgs;

use super::Texts;

/// A message of the locales with its arguments, to be told in any language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Saying {
    key: &'static str,
    arguments: Vec<(&'static str, String)>,
}

impl Saying {
    /// The message of a key, without arguments yet.
    #[must_use]
    pub fn of(key: &'static str) -> Self {
        Self { key, arguments: Vec::new() }
    }

    /// The same with one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }
}

impl Texts {
    /// A saying in this language.
    #[must_use]
    pub fn saying(&self, saying: &Saying) -> String {
        let arguments: FluentArgs<'_> =
            saying.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.format(saying.key, &arguments)
    }
}
