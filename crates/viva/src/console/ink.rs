//! Colours and weights: which there are, and text that carries them.
//!
//! A style never reaches over the end of a line, so that a bar or an indentation before the next
//! line keeps its own. Text that comes here holds no control characters any more.

use anstyle::{Ansi256Color, Color, Style};
use textwrap::core::Word;
use textwrap::wrap_algorithms::Penalties;
use textwrap::{Options, WordSeparator, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

/// Colours that stand out from black and from white alike.
pub(crate) mod palette {
    pub(crate) const GREEN: u8 = 28;
    pub(crate) const CYAN: u8 = 31;
    pub(crate) const INDIGO: u8 = 62;
    pub(crate) const ORANGE: u8 = 130;
    pub(crate) const MAGENTA: u8 = 133;
    pub(crate) const RED: u8 = 160;
    pub(crate) const PINK: u8 = 161;
    pub(crate) const GREY: u8 = 243;
}

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const EMPHASIS: Style = Style::new().italic();
pub(crate) const STRUCK: Style = Style::new().strikethrough();
pub(crate) const MARKED: Style = colour(palette::ORANGE).bold();
pub(crate) const CODE: Style = colour(palette::MAGENTA);
pub(crate) const LINK: Style = colour(palette::CYAN).underline();
pub(crate) const HEADING: Style = colour(palette::INDIGO).bold();
/// What helps the eye and says nothing.
pub(crate) const FAINT: Style = colour(palette::GREY);
pub(crate) const RIGHT: Style = colour(palette::GREEN).bold();
pub(crate) const PARTLY: Style = colour(palette::ORANGE).bold();
pub(crate) const WRONG: Style = colour(palette::RED).bold();

/// The narrowest that a text is wrapped to.
const NARROWEST: usize = 8;

/// What a column beyond the width costs; more than any gap that avoiding it could leave.
const OVERFLOW: usize = 1_000_000;

/// A colour of the 256 that terminals agree on.
pub(crate) const fn colour(number: u8) -> Style {
    Style::new().fg_color(Some(Color::Ansi256(Ansi256Color(number))))
}

/// `inner` inside `outer`: the effects of both, the colour of the inner one if it has any.
pub(crate) fn within(outer: Style, inner: Style) -> Style {
    inner
        .fg_color(inner.get_fg_color().or(outer.get_fg_color()))
        .effects(outer.get_effects() | inner.get_effects())
}

/// Whether to colour at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ink {
    pub(crate) on: bool,
}

impl Ink {
    /// Appends `text` in `style`, line by line.
    pub(crate) fn push(self, out: &mut String, style: Style, text: &str) {
        if !self.on || style.is_plain() {
            out.push_str(text);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                out.push('\n');
            }
            if !line.is_empty() {
                out.push_str(&format!("{style}{line}{style:#}"));
            }
        }
    }

    /// `text` in `style`, line by line.
    pub(crate) fn dye(self, style: Style, text: &str) -> String {
        let mut out = String::new();
        self.push(&mut out, style, text);
        out
    }
}

/// How many columns a text takes; its colours take none.
pub(crate) fn width(text: &str) -> usize {
    if text.contains('\u{1b}') {
        anstream::adapter::strip_str(text).to_string().width()
    } else {
        text.width()
    }
}

/// A text in lines of at most `width` columns, for a terminal that is no wider.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    // By default a line may overflow a little where the alternative is a short one.
    let penalties = Penalties { overflow_penalty: OVERFLOW, ..Penalties::new() };
    let options = Options::new(width.max(NARROWEST))
        .wrap_algorithm(WrapAlgorithm::OptimalFit(penalties))
        .word_separator(WordSeparator::Custom(words));
    fold(text, &options)
}

/// The words of a line. Those with slashes stay whole: they are addresses and commands.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut start = 0;
    let mut end = 0;
    let pieces = WordSeparator::UnicodeBreakProperties.find_words(line);
    let words = pieces.filter_map(move |piece| {
        end += piece.word.len() + piece.whitespace.len();
        let splits = piece.whitespace.is_empty() && piece.word.ends_with('/') && end < line.len();
        (!splits).then(|| Word::from(&line[std::mem::replace(&mut start, end)..end]))
    });
    Box::new(words)
}

/// A text in lines as the options say, each with its own colours.
pub(crate) fn fold(text: &str, options: &Options<'_>) -> Vec<String> {
    let lines = text.lines().flat_map(|line| textwrap::wrap(line, options));
    let mut open = String::new();
    lines
        .map(|line| {
            let mut mended = format!("{open}{line}");
            open = left_open(&mended).to_owned();
            if !open.is_empty() {
                mended.push_str(&PLAIN_AGAIN.to_string());
            }
            mended
        })
        .collect()
}

/// What ends every style.
const PLAIN_AGAIN: anstyle::Reset = anstyle::Reset;

/// The escape sequences of the style that still holds at the end of a line.
fn left_open(line: &str) -> &str {
    let reset = PLAIN_AGAIN.to_string();
    let rest = line.rfind(&reset).map_or(line, |at| &line[at + reset.len()..]);
    let Some(start) = rest.find('\u{1b}') else { return "" };
    // A style is a run of sequences without text between them.
    let rest = &rest[start..];
    let mut end = 0;
    while rest[end..].starts_with('\u{1b}') {
        end += rest[end..].find('m').map_or(rest.len() - end, |at| at + 1);
    }
    &rest[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How bright a colour of the cube or of the grey ramp is, from 0 to 1.
    fn luminance(number: u8) -> f64 {
        let channels: [u8; 3] = if number >= 232 {
            [8 + 10 * (number - 232); 3]
        } else {
            let cube = number - 16;
            [cube / 36, cube / 6 % 6, cube % 6].map(|level| if level == 0 { 0 } else { 55 + 40 * level })
        };
        let linear = channels.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    #[test]
    fn colours_are_readable_on_black_and_on_white() {
        use palette::*;
        for number in [GREEN, CYAN, INDIGO, ORANGE, MAGENTA, RED, PINK, GREY] {
            let bright = luminance(number);
            let (on_white, on_black) = (1.05 / (bright + 0.05), (bright + 0.05) / 0.05);
            assert!(on_white > 3.8 && on_black > 3.8, "{number}: {on_white:.2} and {on_black:.2}");
        }
    }

    #[test]
    fn a_style_ends_with_its_line_and_goes_on_in_the_next() {
        let ink = Ink { on: true };
        let text = format!("one {} six", ink.dye(STRONG, "two three four five"));
        assert_eq!(
            wrap(&text, 10),
            ["one \u{1b}[1mtwo\u{1b}[0m", "\u{1b}[1mthree four\u{1b}[0m", "\u{1b}[1mfive\u{1b}[0m six"]
        );
        let two = within(LINK, STRONG);
        for line in wrap(&ink.dye(two, "two three four five"), 10) {
            assert!(line.starts_with(&two.to_string()) && line.ends_with("\u{1b}[0m"), "{line:?}");
        }
    }

    #[test]
    fn colours_take_no_room_and_wide_characters_take_two_columns() {
        let ink = Ink { on: true };
        assert_eq!(width(&ink.dye(WRONG, "过拟合 x")), 8);
        let text = ink.dye(EMPHASIS, "过拟合是模型记住了训练数据");
        for line in wrap(&text, 10) {
            assert!(width(&line) <= 10, "{line:?}");
        }
        assert_eq!(wrap(&text, 10).len(), 3);
    }

    #[test]
    fn commands_and_addresses_are_not_torn_apart() {
        let address = "https://example.org/a/path";
        for width in 14..40 {
            let lines = wrap("没把握？可以 /hint、/reveal 或 /skip。", width);
            assert!(lines.iter().all(|line| !line.ends_with('/')), "{lines:?}");
        }
        let link = Ink { on: true }.dye(LINK, address);
        let lines = wrap(&format!("you may see {link} for more"), 30);
        assert!(lines.iter().any(|line| line.contains(address)), "{lines:?}");
        assert_eq!(wrap(address, 10).concat(), address, "it is longer than a line");
    }

    #[test]
    fn without_ink_nothing_changes() {
        assert_eq!(Ink { on: false }.dye(WRONG, "a\nb"), "a\nb");
        assert_eq!(Ink { on: true }.dye(STRONG, "a\n\nb"), "\u{1b}[1ma\u{1b}[0m\n\n\u{1b}[1mb\u{1b}[0m");
    }
}
