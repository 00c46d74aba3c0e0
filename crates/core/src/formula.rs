//! LaTeX formulas as Unicode text, for places where no picture can be shown.
//!
//! [`inline`] sets a formula on one line and says whether that line does it justice; [`block`] may
//! use several lines of a monospaced terminal. The grammar is that of `ratex-parser`; this module
//! owns the walk over its tree and what each node looks like in text. It draws no pictures and
//! reports no errors: what can't be read comes back as its own source.

mod accent;
mod fence;
mod fraction;
mod glyphs;
mod grid;
mod row;
mod script;
mod setter;
mod shift;
mod tile;

#[cfg(test)]
mod tests;

use ratex_parser::ParseNode;
use setter::{Layout, Setter};

/// The longest formula that is read, in bytes; a longer one is shown as its source.
pub const MAX_BYTES: usize = 2048;

/// How deep braces may nest. The parser refuses 32 levels of anything; what it does before it
/// gets there must fit a small stack.
const MAX_BRACES: usize = 24;

/// A formula on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The line: Unicode text, or the LaTeX source if it could not be read.
    pub text: String,
    /// Whether the line says all that the formula says, and readably. It is false for matrices,
    /// cases, several rows, fractions in fractions and sources that could not be read: where
    /// there is a choice, show a picture or [`block`] instead.
    pub faithful: bool,
}

/// Sets `tex` (without its delimiters) on one line.
///
/// ```
/// let rendered = viva_core::formula::inline(r"\sigma'(x)|w| \le \frac14");
/// assert_eq!(rendered.text, "σ′(x)|w| ≤ ¼");
/// assert!(rendered.faithful);
/// ```
#[must_use]
pub fn inline(tex: &str) -> Rendered {
    let source = readable(tex);
    let set = parse(&source).and_then(|nodes| {
        let mut setter = Setter::new(Layout::Line, &source);
        let tile = setter.formula(&nodes)?;
        Some(Rendered { text: tile.into_line().trim().to_owned(), faithful: setter.faithful })
    });
    set.unwrap_or(Rendered { text: source, faithful: false })
}

/// Sets `tex` (without its delimiters) over as many lines as it takes, for a monospaced terminal.
///
/// ```
/// let lines = viva_core::formula::block(r"A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}");
/// assert_eq!(lines, ["A = ⎡1 2⎤", "    ⎣3 4⎦"]);
/// ```
#[must_use]
pub fn block(tex: &str) -> Vec<String> {
    let source = readable(tex);
    let set = parse(&source)
        .and_then(|nodes| Setter::new(Layout::Block, &source).formula(&nodes))
        .map(|tile| tile.into_lines());
    set.unwrap_or_else(|| vec![source])
}

/// `tex` on one line, without control characters and needless space.
fn readable(tex: &str) -> String {
    let printable: String = tex.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tree of `source`, unless it is too long, too deep or no LaTeX.
fn parse(source: &str) -> Option<Vec<ParseNode>> {
    if source.len() > MAX_BYTES || brace_depth(source) > MAX_BRACES {
        return None;
    }
    ratex_parser::parse(source).ok()
}

fn brace_depth(source: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in source.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
