//! The character for each symbol, alphabet, accent and arrow.

use ratex_font::symbols;
use ratex_parser::Mode;
use unicode_normalization::char::compose;

use super::shift::is_script;

/// The character that `\name` (or the character `name` itself) stands for.
///
/// Most come from the parser's own table; it is made for fonts, so those that read better
/// otherwise in running text come first.
pub(super) fn glyph(name: &str, mode: Mode) -> Option<String> {
    let special = match name {
        "\\|" | "\\Vert" | "\\lVert" | "\\rVert" => "‖",
        "\\mid" | "\\vert" | "\\lvert" | "\\rvert" | "|" => "|",
        "\\@cdots" => "⋯",
        "\\varvdots" => "⋮",
        "\\prime" | "'" => "′",
        "\\backslash" | "\\textbackslash" => "\\",
        _ => "",
    };
    if !special.is_empty() {
        return Some(special.to_owned());
    }
    let mode = match mode {
        Mode::Math => symbols::Mode::Math,
        Mode::Text => symbols::Mode::Text,
    };
    match symbols::get_symbol(name, mode).and_then(|symbol| symbol.codepoint) {
        Some(c) if !is_private(c) => Some(c.to_string()),
        _ if name.starts_with('\\') => None,
        _ => Some(name.to_owned()),
    }
}

/// Fonts keep pieces of symbols where Unicode has no meaning for them.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// `text` in the mathematical alphabet that a font command such as `mathbb` names; characters
/// that have no such form, and fonts that have no such alphabet, stay as they are.
pub(super) fn styled(text: &str, font: &str) -> String {
    text.chars().map(|c| styled_char(c, font).unwrap_or(c)).collect()
}

fn styled_char(c: char, font: &str) -> Option<char> {
    // Where the letters began before the alphabets were made, the old characters stand in.
    let (capital, small, digit, old) = match font {
        "mathbb" => (0x1d538, 0x1d552, Some(0x1d7d8), ["CHNPQRZ", "ℂℍℕℙℚℝℤ"]),
        "mathcal" | "mathscr" => (0x1d49c, 0x1d4b6, None, ["BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ"]),
        "mathfrak" => (0x1d504, 0x1d51e, None, ["CHIRZ", "ℭℌℑℜℨ"]),
        "mathbf" | "boldsymbol" => (0x1d400, 0x1d41a, Some(0x1d7ce), ["", ""]),
        _ => return None,
    };
    if let Some(index) = old[0].chars().position(|letter| letter == c) {
        return old[1].chars().nth(index);
    }
    let is_bold = digit == Some(0x1d7ce);
    let shifted = match c {
        'A'..='Z' => capital + (u32::from(c) - u32::from('A')),
        'a'..='z' => small + (u32::from(c) - u32::from('a')),
        '0'..='9' => digit? + (u32::from(c) - u32::from('0')),
        'Α'..='Ω' if is_bold => 0x1d6a8 + (u32::from(c) - u32::from('Α')),
        'α'..='ω' if is_bold => 0x1d6c2 + (u32::from(c) - u32::from('α')),
        _ => return None,
    };
    char::from_u32(shifted)
}

/// The combining character of an accent.
pub(super) fn accent(label: &str) -> Option<char> {
    Some(match label {
        "\\hat" | "\\widehat" | "\\^" => '\u{302}',
        "\\bar" | "\\=" => '\u{304}',
        "\\tilde" | "\\widetilde" | "\\~" => '\u{303}',
        "\\vec" | "\\overrightarrow" => '\u{20d7}',
        "\\overleftarrow" => '\u{20d6}',
        "\\overleftrightarrow" => '\u{20e1}',
        "\\dot" | "\\." => '\u{307}',
        "\\ddot" | "\\\"" => '\u{308}',
        "\\dddot" => '\u{20db}',
        "\\ddddot" => '\u{20dc}',
        "\\check" | "\\widecheck" | "\\v" => '\u{30c}',
        "\\breve" | "\\u" => '\u{306}',
        "\\acute" | "\\'" => '\u{301}',
        "\\grave" | "\\`" => '\u{300}',
        "\\mathring" | "\\r" => '\u{30a}',
        "\\H" => '\u{30b}',
        "\\c" => '\u{327}',
        "\\overlinesegment" => OVERLINE,
        _ => return None,
    })
}

/// A line above, which joins that of its neighbours.
pub(super) const OVERLINE: char = '\u{305}';
/// A line below, which joins that of its neighbours.
pub(super) const UNDERLINE: char = '\u{332}';
/// A line through the middle.
pub(super) const STRIKE: char = '\u{336}';

/// `text` with `mark` on its letter, if it is one letter and perhaps its scripts.
pub(super) fn marked(text: &str, mark: char) -> Option<String> {
    let mut chars = text.chars();
    let letter = chars.next()?;
    let rest = chars.as_str();
    let own = rest.find(|c| !is_combining(c)).unwrap_or(rest.len());
    let (own, scripts) = rest.split_at(own);
    if letter.is_whitespace() || !scripts.chars().all(is_script) {
        return None;
    }
    // A letter with an accent is one character where Unicode has one.
    match compose(letter, mark).filter(|_| own.is_empty()) {
        Some(composed) => Some(format!("{composed}{scripts}")),
        None => Some(format!("{letter}{own}{mark}{scripts}")),
    }
}

/// `text` with `mark` on every character.
pub(super) fn lined(text: &str, mark: char) -> String {
    text.chars().flat_map(|c| if is_combining(c) { vec![c] } else { vec![c, mark] }).collect()
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
}

/// The line and the tips of an arrow that carries a label: what stands before and behind it.
pub(super) fn labelled_arrow(label: &str) -> (&'static str, &'static str) {
    match label {
        "\\xleftarrow" => ("←─", "─"),
        "\\xRightarrow" => ("═", "═⇒"),
        "\\xLeftarrow" => ("⇐═", "═"),
        "\\xleftrightarrow" => ("←─", "─→"),
        "\\xLeftrightarrow" => ("⇐═", "═⇒"),
        "\\xmapsto" => ("↦─", "─→"),
        "\\xhookrightarrow" => ("↪─", "─→"),
        "\\xlongequal" => ("═", "═"),
        _ => ("─", "─→"),
    }
}

/// `numerator/denominator` as a single character, if there is one.
pub(super) fn vulgar(numerator: &str, denominator: &str) -> Option<&'static str> {
    Some(match (numerator, denominator) {
        ("1", "2") => "½",
        ("1", "3") => "⅓",
        ("2", "3") => "⅔",
        ("1", "4") => "¼",
        ("3", "4") => "¾",
        ("1", "5") => "⅕",
        ("2", "5") => "⅖",
        ("3", "5") => "⅗",
        ("4", "5") => "⅘",
        ("1", "6") => "⅙",
        ("5", "6") => "⅚",
        ("1", "7") => "⅐",
        ("1", "8") => "⅛",
        ("3", "8") => "⅜",
        ("5", "8") => "⅝",
        ("7", "8") => "⅞",
        ("1", "9") => "⅑",
        ("1", "10") => "⅒",
        _ => return None,
    })
}
