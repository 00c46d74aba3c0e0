//! Listings in colour: which word of a programming language gets which.
//!
//! A language that is not known, or a listing that can't be read, stays plain.

use std::sync::LazyLock;

use anstyle::Style;
use syntect::easy::HighlightLines;
use syntect::highlighting::{Color, StyleModifier, Theme, ThemeItem, ThemeSettings};
use syntect::parsing::SyntaxSet;

use super::ink::{Ink, PLAIN, colour, palette};

/// The longest listing that is coloured, in bytes; a longer one would be waited for.
const MAX_BYTES: usize = 64 * 1024;

/// What is coloured: scopes of the grammars, and a colour of the palette.
const COLOURS: [(&str, u8); 9] = [
    ("comment", palette::GREY),
    ("string, constant.other.symbol", palette::GREEN),
    ("constant", palette::ORANGE),
    ("keyword - keyword.operator, storage, keyword.operator.logical.python", palette::PINK),
    ("entity.name.function, support.function, variable.function", palette::CYAN),
    ("entity.name.class, entity.name.type, entity.name.tag, support.type, support.class", palette::INDIGO),
    ("entity.other.attribute-name, variable.annotation", palette::MAGENTA),
    ("markup.inserted", palette::GREEN),
    ("markup.deleted", palette::RED),
];

/// Names that notes give to languages and the grammars do not.
const ALSO: [(&str, &str); 5] =
    [("python3", "python"), ("shell", "bash"), ("console", "bash"), ("golang", "go"), ("typescript", "js")];

/// Loading takes a moment, which only those who see a listing in colour shall wait.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);
static THEME: LazyLock<Theme> = LazyLock::new(theme);

/// The lines of a listing in colour; `None` if they are to stay as they are.
pub(crate) fn highlighted(language: &str, lines: &[String], ink: Ink) -> Option<Vec<String>> {
    if !ink.on || language.is_empty() || lines.iter().map(String::len).sum::<usize>() > MAX_BYTES {
        return None;
    }
    let name = language.split([' ', ',', '{']).next().unwrap_or(language);
    let name = ALSO.iter().find(|(given, _)| *given == name).map_or(name, |(_, name)| name);
    let mut highlighter = HighlightLines::new(SYNTAXES.find_syntax_by_token(name)?, &THEME);
    let coloured = lines.iter().map(|line| {
        let line = format!("{line}\n");
        // Neighbours of one colour go together: a comment's sign and its text are two tokens.
        let mut runs: Vec<(Style, String)> = Vec::new();
        for (style, text) in highlighter.highlight_line(&line, &SYNTAXES).ok()? {
            // The place of a colour in the palette travels in its red.
            let style = if style.foreground.a == 0 { PLAIN } else { colour(style.foreground.r) };
            let text = text.trim_end_matches('\n');
            match runs.last_mut() {
                Some((last, run)) if *last == style => run.push_str(text),
                _ => runs.push((style, text.to_owned())),
            }
        }
        Some(runs.iter().map(|(style, text)| ink.dye(*style, text)).collect())
    });
    coloured.collect()
}

fn theme() -> Theme {
    let numbered = |number, a| Some(Color { r: number, g: 0, b: 0, a });
    let scopes = COLOURS.iter().filter_map(|(scope, number)| {
        let style = StyleModifier { foreground: numbered(*number, u8::MAX), ..StyleModifier::default() };
        Some(ThemeItem { scope: scope.parse().ok()?, style })
    });
    Theme {
        settings: ThemeSettings { foreground: numbered(0, 0), ..ThemeSettings::default() },
        scopes: scopes.collect(),
        ..Theme::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::ink::width;

    fn drawn(language: &str, line: &str) -> Option<String> {
        Some(highlighted(language, &[line.to_owned()], Ink { on: true })?.concat())
    }

    #[test]
    fn every_colour_has_a_scope() {
        assert_eq!(theme().scopes.len(), COLOURS.len());
    }

    #[test]
    fn words_get_the_colours_of_what_they_are() {
        let line = "def mean(xs): return sum(xs) / 2  # all";
        let drawn = drawn("python", line).unwrap();
        for (word, number) in [
            ("def", palette::PINK),
            ("mean", palette::CYAN),
            ("return", palette::PINK),
            ("2", palette::ORANGE),
            ("# all", palette::GREY),
        ] {
            assert!(drawn.contains(&format!("\u{1b}[38;5;{number}m{word}")), "{word}: {drawn:?}");
        }
        assert_eq!(anstream::adapter::strip_str(&drawn).to_string(), line);
    }

    #[test]
    fn a_string_reaches_over_lines() {
        let lines = ["x = '''one", "two''' + x"].map(str::to_owned);
        let drawn = highlighted("py", &lines, Ink { on: true }).unwrap();
        assert!(drawn[1].starts_with(&format!("\u{1b}[38;5;{}mtwo", palette::GREEN)), "{drawn:?}");
        assert_eq!(width(&drawn[1]), 10);
    }

    #[test]
    fn what_is_not_known_stays_plain() {
        assert_eq!(drawn("", "let x = 1"), None);
        assert_eq!(drawn("klingon", "let x = 1"), None);
        assert_eq!(drawn("rust", &"x ".repeat(MAX_BYTES)), None);
        assert_eq!(highlighted("rust", &["let x = 1;".to_owned()], Ink { on: false }), None);
        assert!(drawn("python3", "x = 1").is_some() && drawn("shell", "ls | wc").is_some());
    }
}
