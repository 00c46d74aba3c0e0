//! Accents, lines over, under and through a formula, and arrows that carry a label.

use ratex_parser::ParseNode;

use super::fence::fenced;
use super::glyphs;
use super::row::{Class, Piece};
use super::setter::Setter;
use super::tile::Tile;

impl Setter<'_> {
    /// A base under an accent.
    pub(super) fn accent(&mut self, label: &str, base: &ParseNode) -> Piece {
        let inner = self.argument(base).set(true);
        let text = inner.text();
        let mark = glyphs::accent(label).filter(|_| inner.is_line());
        if let Some(marked) = mark.and_then(|mark| glyphs::marked(text, mark)) {
            return Piece::text(marked, Class::Ord);
        }
        if let Some(mark) = mark.filter(|mark| matches!(mark, '\u{304}' | &glyphs::OVERLINE)) {
            let mark = if mark == '\u{304}' { glyphs::OVERLINE } else { mark };
            return Piece::text(glyphs::lined(text, mark), Class::Ord);
        }
        // No character can carry the accent: its name does.
        self.faithful = false;
        let name = label.trim_start_matches('\\').trim_start_matches("wide").to_owned();
        Piece::new(Tile::beside([Tile::line(name), fenced(inner, "(", ")")]), Class::Word)
    }

    /// A line over, under or through a formula.
    pub(super) fn lined(&mut self, body: &ParseNode, mark: char) -> Piece {
        let inner = self.argument(body).set(true);
        if !inner.is_line() {
            self.faithful = false;
            return Piece::new(inner, Class::Ord);
        }
        let one = glyphs::marked(inner.text(), '\u{304}').filter(|_| mark == glyphs::OVERLINE);
        Piece::text(one.unwrap_or_else(|| glyphs::lined(inner.text(), mark)), Class::Ord)
    }

    /// An arrow with what is written above and below it.
    pub(super) fn arrow(&mut self, label: &str, above: &ParseNode, below: Option<&ParseNode>) -> Piece {
        let mut text = self.flat(std::slice::from_ref(above), true);
        if let Some(below) = below {
            let below = self.flat(std::slice::from_ref(below), true);
            text = if text.is_empty() { below } else { format!("{text} | {below}") };
        }
        let (before, behind) = glyphs::labelled_arrow(label);
        Piece::text(format!("{before}{text}{behind}"), Class::Rel)
    }
}
