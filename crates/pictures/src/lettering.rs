//! Text in pictures: how wide it is, where it breaks, and which characters can be drawn at all.
//!
//! Owns measuring; draws nothing. Left-to-right scripts only, which is what the faces have.

use unicode_segmentation::UnicodeSegmentation;

use crate::faces;

/// What stands for a character that no face has.
const UNKNOWN: &str = "·";

/// `text` with `·` for each character that can't be drawn, and without what has no width.
///
/// ```
/// assert_eq!(viva_pictures::without_unknown("Ada 👩‍🚀 李"), "Ada · 李");
/// ```
#[must_use]
pub fn without_unknown(text: &str) -> String {
    let grapheme = |grapheme: &str| {
        let seen: String = grapheme.chars().filter(|c| !is_invisible(*c)).collect();
        if missing_glyph(&seen).is_none() { seen } else { UNKNOWN.to_owned() }
    };
    let drawn: String = text.graphemes(true).map(grapheme).collect();
    drawn.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first character of `text` that no face has, if there is one.
///
/// ```
/// assert_eq!(viva_pictures::missing_glyph("ŷ ≤ ½，中文 ✓"), None);
/// assert_eq!(viva_pictures::missing_glyph("well done 🎉"), Some('🎉'));
/// ```
#[must_use]
pub fn missing_glyph(text: &str) -> Option<char> {
    text.chars().find(|c| !is_invisible(*c) && !c.is_whitespace() && faces::text_glyph(*c).is_none())
}

/// Characters that only steer how others look.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}')
        || (c.is_control() && !c.is_whitespace())
}

/// How wide `text` is at a letter size of `size`, in the unit of `size`.
///
/// Where the first face lacks a character and another has all of them, the SVG library sets the
/// whole text in that one, so it is measured in it.
pub(crate) fn width(text: &str, size: f32) -> f32 {
    let whole =
        text.chars().find(|c| !faces::has_first(*c)).and_then(|c| faces::text_glyph(c)).map(|(face, _)| face);
    let whole = whole.filter(|face| text.chars().all(|c| face.glyph(c).is_some()));
    let advance = |c: char| match whole {
        Some(face) => face.glyph(c).map_or(0.0, |glyph| face.advance(glyph)),
        None => faces::text_glyph(c).map_or(0.0, |(face, glyph)| face.advance(glyph)),
    };
    text.chars().map(advance).sum::<f32>() * size
}

/// `text`, cut at the end with `…` if it is wider than `room`.
pub(crate) fn shortened(text: &str, size: f32, room: f32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let room = room - width("…", size);
    let mut shortened = String::new();
    for grapheme in text.graphemes(true) {
        let before = shortened.len();
        shortened += grapheme;
        if width(&shortened, size) > room {
            shortened.truncate(before);
            break;
        }
    }
    shortened.truncate(shortened.trim_end().len());
    shortened + "…"
}

/// `text` in lines no wider than `room`: broken at spaces and between Chinese characters, and within
/// a word only if it alone is too wide.
pub(crate) fn wrapped(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            if width(&(line.clone() + piece.trim_end()), size) <= room {
                line += piece;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for grapheme in piece.graphemes(true) {
                if !line.is_empty() && width(&(line.clone() + grapheme.trim_end()), size) > room {
                    lines.push(std::mem::take(&mut line));
                }
                line += grapheme;
            }
        }
        lines.push(line);
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// The parts of `text` between which a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            let at_space = before == ' ' && c != ' ';
            let between =
                (is_ideograph(before) || is_ideograph(c) || closes(before)) && before != ' ' && c != ' ';
            at_space || (between && !closes(c) && !opens(before))
        });
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// Chinese marks that no line starts with.
fn closes(c: char) -> bool {
    "，。、；：？！）》」』】〉”’…％".contains(c)
}

/// Chinese marks that no line ends with.
fn opens(c: char) -> bool {
    "（《「『【〈“‘".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_characters_become_dots() {
        fn check(text: &str, drawn: &str) {
            assert_eq!(without_unknown(text), drawn, "{text:?}");
        }
        check("Ada", "Ada");
        check("Zoë Müller-Łukasz", "Zoë Müller-Łukasz");
        check("Нина Ωμέγα Việt", "Нина Ωμέγα Việt");
        check("李小龙，您好！", "李小龙，您好！");
        check("👨‍👩‍👧‍👦 family", "· family");
        check("a\u{202E}b\u{7}c", "abc");
        check("  two\n lines ", "two lines");
        check("اسم", "···");
        check("✓\u{FE0F} ok", "✓ ok");
    }

    #[test]
    fn lines_break_where_they_may() {
        fn check(text: &str, room: f32, lines: &[&str]) {
            assert_eq!(wrapped(text, 1.0, room), lines, "{text:?} in {room} em");
        }
        check("", 5.0, &[]);
        check("过拟合，欠拟合", 4.0, &["过拟合，", "欠拟合"]);
        check("过拟合，欠拟合", 3.0, &["过拟", "合，欠", "拟合"]);
        check("（一）二", 3.0, &["（一）", "二"]);
        check("two words", 3.0, &["two", "words"]);
        check("two\nlines", 9.0, &["two", "lines"]);
        check("iiiiiiiiiiiiiiii", 2.0, &["iiiiiii", "iiiiiii", "ii"]);
        check("用Adam优化", 3.5, &["用", "Adam", "优化"]);
    }

    #[test]
    fn long_text_is_shortened() {
        assert_eq!(shortened("short", 1.0, 9.0), "short");
        assert_eq!(shortened("一二三四五六", 1.0, 4.0), "一二三…");
    }
}
