//! Fractions, binomials and roots.

use ratex_parser::ParseNode;

use super::fence::fenced;
use super::glyphs;
use super::row::{Class, Piece, Row};
use super::setter::{Layout, Setter};
use super::shift::{Shift, ends_raised, shifted};
use super::tile::{Align, Tile};

/// In a block, a fraction of at most this many columns keeps its slash.
const SHORT_FRACTION: usize = 7;

impl Setter<'_> {
    /// One formula over another. A fraction on a line has a slash; in a block only a short one has.
    pub(super) fn fraction(&mut self, numer: &ParseNode, denom: &ParseNode, has_rule: bool) -> Piece {
        self.nesting += 1;
        let (numer, denom) = (self.argument(numer), self.argument(denom));
        self.nesting -= 1;
        if !has_rule {
            return self.pile(numer, denom);
        }
        let (upper, lower) = (numer.clone().set(true), denom.clone().set(true));
        if upper.is_line() && lower.is_line() {
            if let Some(vulgar) = glyphs::vulgar(upper.text(), lower.text()) {
                return Piece::text(vulgar, Class::Ord);
            }
            let is_short = upper.width() + 1 + lower.width() <= SHORT_FRACTION;
            if self.layout == Layout::Line || is_short && numer.is_factor() && denom.is_factor() {
                self.faithful &= self.nesting == 0;
                let upper = if numer.is_compound() { fenced(upper, "(", ")") } else { upper };
                let lower = if denom.is_factor() { lower } else { fenced(lower, "(", ")") };
                let tile = Tile::beside([upper, Tile::line("/"), lower]);
                return Piece { tile, left: Class::Word, right: Class::Word, slash: true };
            }
        }
        let (upper, lower) = (numer.set(false), denom.set(false));
        // A fraction inside must have the shorter rule.
        let margin = if upper.is_line() && lower.is_line() { 0 } else { 2 };
        let rule = Tile::line("─".repeat(upper.width().max(lower.width()) + margin));
        Piece::new(Tile::stacked(vec![upper, rule, lower], 1, Align::Center), Class::Stack)
    }

    /// Two rows without a rule between them, as in a binomial.
    fn pile(&mut self, upper: Row, lower: Row) -> Piece {
        let tile = match self.layout {
            Layout::Line => Tile::beside([upper.set(true), Tile::line(" choose "), lower.set(true)]),
            Layout::Block => Tile::stacked(vec![upper.set(false), lower.set(false)], 0, Align::Center),
        };
        Piece::new(tile, Class::Ord)
    }

    /// A root of any degree.
    pub(super) fn root(&mut self, body: &ParseNode, degree: Option<&ParseNode>) -> Piece {
        let degree = degree.map(|degree| self.flat(std::slice::from_ref(degree), true));
        let sign = match degree.as_deref() {
            None | Some("2") => "√".to_owned(),
            Some("3") => "∛".to_owned(),
            Some("4") => "∜".to_owned(),
            Some(degree) => {
                format!("{}√", shifted(degree, Shift::Up).unwrap_or_else(|| format!("({degree})")))
            }
        };
        let row = self.argument(body);
        let is_simple = match row.pieces() {
            [] => true,
            // Behind a bare √x², nobody could tell where the root ends.
            [only] => only.tile.is_line() && !only.slash && !ends_raised(only.tile.text()),
            _ => false,
        };
        let tile = row.set(true);
        let (tile, right) =
            if is_simple { (tile, Class::Word) } else { (fenced(tile, "(", ")"), Class::Ord) };
        Piece { tile: Tile::beside([Tile::line(sign), tile]), left: Class::Ord, right, slash: false }
    }
}
