//! What a reader of notes has to say to their author.

use serde::Serialize;

use crate::texts::{Saying, Texts};

/// One remark on a place in the notes, with the way to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as it was named to the reader.
    pub path: String,
    /// The line, from 1; 1 for a remark on the whole file.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How grave it is.
    pub severity: Severity,
    /// What kind of remark it is.
    pub code: Code,
    /// A sentence that names the reason and the remedy.
    pub message: Saying,
}

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Something is not as its author wants it, but can be used.
    Warning,
    /// Something could not be used.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident => $text:literal, $severity:ident;)*) => {
        /// The kinds of remark; each has a fixed severity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// The name, in kebab case, that `viva check` prints.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How grave a remark of this kind is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A path that is not there or can't be opened.
    Unreadable => "unreadable", Error;
    /// Bytes that are not UTF-8.
    NotUtf8 => "not-utf8", Error;
    /// A file over the size limit.
    TooLarge => "too-large", Error;
    /// A folder that leads back into itself.
    SymlinkLoop => "symlink-loop", Warning;
    /// A file with nothing in it.
    Empty => "empty", Warning;
    /// A file in which no question was found.
    NoQuestion => "no-question", Warning;
    /// Front matter that is not the YAML that was expected.
    FrontMatter => "front-matter", Error;
    /// Attributes behind a heading that make no sense.
    Attribute => "attribute", Warning;
    /// A fence without an end.
    UnclosedFence => "unclosed-fence", Warning;
    /// A `<details>` without an end.
    UnclosedDetails => "unclosed-details", Warning;
    /// A formula without an end.
    UnclosedFormula => "unclosed-formula", Warning;
    /// Nesting deeper than a document holds.
    TooDeep => "too-deep", Warning;
    /// The same explicit id twice in one language.
    DuplicateId => "duplicate-id", Error;
    /// Two headings whose words give the same id.
    SameId => "same-id", Warning;
    /// Two questions that say nearly the same.
    NearDuplicate => "near-duplicate", Warning;
    /// A picture that is not in the bank.
    MissingImage => "missing-image", Warning;
    /// A picture outside of the bank.
    ImageOutside => "image-outside", Error;
    /// A question with nothing below it.
    NoAnswer => "no-answer", Warning;
    /// A quiz in which no option is right.
    NoRightOption => "no-right-option", Error;
    /// A quiz with fewer than two options.
    TooFewOptions => "too-few-options", Error;
    /// An option with no text.
    EmptyOption => "empty-option", Error;
}

impl Diagnostic {
    /// The remark on one line, as compilers word theirs: place, severity, code and sentence.
    #[must_use]
    pub fn told(&self, texts: &Texts) -> String {
        let severity = texts.say(match self.severity {
            Severity::Note => "severity-note",
            Severity::Warning => "severity-warning",
            Severity::Error => "severity-error",
        });
        let (Self { path, line, column, .. }, message) = (self, texts.saying(&self.message));
        format!("{path}:{line}:{column}: {severity}[{}]: {message}", self.code.name())
    }
}

/// Collects the remarks on one file and knows its lines.
pub(crate) struct Remarks<'a> {
    path: &'a str,
    source: &'a str,
    /// The offset behind every line's end.
    lines: Vec<u32>,
    all: Vec<Diagnostic>,
}

impl<'a> Remarks<'a> {
    pub(crate) fn new(path: &'a str, source: &'a str) -> Self {
        let lines = memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at as u32 + 1).collect();
        Self { path, source, lines, all: Vec::new() }
    }

    /// The line of a byte offset, from 1.
    pub(crate) fn line(&self, at: usize) -> u32 {
        self.lines.partition_point(|&start| start as usize <= at) as u32 + 1
    }

    pub(crate) fn add(&mut self, at: usize, code: Code, message: Saying) {
        let line = self.line(at);
        let start = if line == 1 { 0 } else { self.lines[line as usize - 2] as usize };
        let column = self.source.get(start..at).map_or(1, |before| before.chars().count() as u32 + 1);
        self.all.push(Diagnostic {
            path: self.path.to_owned(),
            line,
            column,
            severity: code.severity(),
            code,
            message,
        });
    }

    /// Takes over remarks on a part of this file that begins at the offset `by`.
    pub(crate) fn take_shifted(&mut self, part: Remarks<'_>, by: usize) {
        let lines = self.line(by) - 1;
        self.all.extend(part.all.into_iter().map(|d| Diagnostic { line: d.line + lines, ..d }));
    }

    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.all.sort_by_key(|d| (d.line, d.column));
        self.all
    }
}
