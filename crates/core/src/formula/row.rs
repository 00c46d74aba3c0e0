//! A row of pieces and the space between them: TeX's atom classes, coarsened to whole columns.

use unicode_normalization::char::compose;
use unicode_width::UnicodeWidthChar;

use super::fence::fenced;
use super::tile::Tile;

/// What an edge of a piece is, as far as space is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter, a number, anything that stands close to its neighbours.
    Ord,
    /// A function's name or a word, which must not run into letters.
    Word,
    /// A sum, a product, an integral.
    Big,
    /// A fraction over a rule, which must not run into anything.
    Stack,
    /// An operator between two operands.
    Bin,
    /// A sign before its only operand.
    Sign,
    /// A relation or an arrow.
    Rel,
    Open,
    Close,
    Punct,
    /// Space of its own.
    Space,
}

/// Something set, and what it is to its neighbours on either side.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) tile: Tile,
    pub(super) left: Class,
    pub(super) right: Class,
    /// Whether it is a fraction with a slash, which needs parentheses in a product.
    pub(super) slash: bool,
}

impl Piece {
    pub(super) fn new(tile: Tile, class: Class) -> Self {
        Self { tile, left: class, right: class, slash: false }
    }

    pub(super) fn text(text: impl Into<String>, class: Class) -> Self {
        Self::new(Tile::line(text), class)
    }

    pub(super) fn space(columns: usize) -> Self {
        Self::text(" ".repeat(columns), Class::Space)
    }

    /// The piece between fences that belong to it.
    pub(super) fn fenced(self, left: &str, right: &str) -> Self {
        Self { tile: fenced(self.tile, left, right), left: Class::Open, right: Class::Close, slash: false }
    }

    /// Whether `self` and `next` are halves of one number or of one word in wide characters.
    fn continues_in(&self, next: &Self) -> bool {
        let (before, after) = (self.tile.text(), next.tile.text());
        let are_letters = [self, next].iter().all(|piece| piece.tile.is_line() && piece.left == Class::Ord);
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let is_wide = |text: &str| text.chars().all(|c| c.width() == Some(2));
        are_letters
            && !before.is_empty()
            && (is_number(before) && after.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                || is_wide(before) && after.starts_with(|c: char| c.width() == Some(2)))
    }

    fn is_operator(&self) -> bool {
        matches!(self.left, Class::Bin)
    }
}

/// Pieces in reading order.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pieces: Vec<Piece>,
}

/// The combining stroke that `\not` leaves for what follows it.
const NEGATION: &str = "\u{338}";

impl Row {
    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Adds a piece; digits join a number, characters a word, `<=` and its like become one sign, `\not` strikes.
    pub(super) fn push(&mut self, piece: Piece) {
        if let Some(last) = self.pieces.last_mut() {
            let (before, after) = (last.tile.text(), piece.tile.text());
            if before == NEGATION {
                let mut chars = after.chars();
                let struck = chars.next().map(|first| match compose(first, '\u{338}') {
                    Some(composed) => format!("{composed}{}", chars.as_str()),
                    None => format!("{first}{NEGATION}{}", chars.as_str()),
                });
                *last = Piece { tile: Tile::line(struck.unwrap_or_default()), ..piece };
                return;
            }
            if last.continues_in(&piece) {
                last.tile = Tile::line(format!("{before}{after}"));
                return;
            }
            let joined = match (before, after) {
                ("<", "=") => Some("≤"),
                (">", "=") => Some("≥"),
                ("!", "=") => Some("≠"),
                _ => None,
            };
            if let Some(joined) = joined {
                *last = Piece::text(joined, Class::Rel);
                return;
            }
        }
        self.pieces.push(piece);
    }

    pub(super) fn extend(&mut self, row: Self) {
        row.pieces.into_iter().for_each(|piece| self.push(piece));
    }

    /// Whether something stands apart in it outside parentheses, so that it needs some in a product.
    pub(super) fn is_compound(&self) -> bool {
        let mut depth = 0_usize;
        let row = self.clone().with_signs();
        row.pieces.iter().zip(row.pieces.iter().skip(1)).any(|(left, right)| {
            depth = depth_after(depth, left);
            let inside = depth > 0 && right.left != Class::Close;
            !inside && (gap(left.right, right.left, false) || left.left == Class::Space)
        }) || row.pieces.first().is_some_and(|piece| piece.left == Class::Sign)
            || row.pieces.iter().any(|piece| piece.slash)
    }

    /// Whether it can stand under a slash, or carry an exponent, without parentheses: a number, a
    /// letter, a differential, `f(x)`, `|x|`.
    pub(super) fn is_factor(&self) -> bool {
        match self.pieces.as_slice() {
            [] => true,
            [only] => !only.slash && only.left != Class::Space,
            pieces => {
                !self.is_compound() && (is_differential(pieces) || is_call(pieces) || is_barred(pieces))
            }
        }
    }

    /// The row as one tile. A `tight` row has no space around operators and relations.
    pub(super) fn set(self, tight: bool) -> Tile {
        let row = self.with_signs().with_parentheses();
        let mut tiles: Vec<Tile> = Vec::with_capacity(row.pieces.len() * 2);
        let mut before = None;
        for piece in row.pieces {
            if before.is_some_and(|before| gap(before, piece.left, tight)) {
                tiles.push(Tile::line(" "));
            }
            before = Some(piece.right);
            tiles.push(piece.tile);
        }
        Tile::beside(tiles)
    }

    /// Operators that have no operand before them become signs; those with none behind, letters.
    fn with_signs(mut self) -> Self {
        let mut before = None;
        for index in 0..self.pieces.len() {
            if self.pieces[index].left == Class::Space {
                continue;
            }
            if self.pieces[index].is_operator() {
                let after = self.pieces[index + 1..].iter().find(|piece| piece.left != Class::Space);
                let class = match (before, after.map(|piece| piece.left)) {
                    (_, None | Some(Class::Rel | Class::Close | Class::Punct)) => Class::Ord,
                    (Some(Class::Ord | Class::Close | Class::Stack), _) => Class::Bin,
                    // A variable with a script that is not in Unicode ends like a word.
                    (Some(Class::Word), _) => Class::Bin,
                    _ => Class::Sign,
                };
                let piece = &mut self.pieces[index];
                (piece.left, piece.right) = (class, class);
            }
            before = Some(self.pieces[index].right);
        }
        self
    }

    /// Fractions with a slash get parentheses where a product would tear them apart.
    fn with_parentheses(mut self) -> Self {
        for index in 0..self.pieces.len() {
            if !self.pieces[index].slash {
                continue;
            }
            let close = |piece: &&Piece| piece.left != Class::Space || piece.tile.width() > 1;
            let before = self.pieces[..index].iter().rev().find(close);
            let after = self.pieces[index + 1..].iter().find(close);
            let torn = after.is_some_and(|piece| {
                matches!(piece.left, Class::Ord | Class::Open | Class::Word | Class::Big)
                    && !piece.tile.is_empty()
            }) || before.is_some_and(|piece| {
                piece.slash
                    || piece.left == Class::Open && piece.right == Class::Close
                    || piece.right == Class::Word
            });
            if torn {
                let whole = self.pieces[index].clone();
                self.pieces[index] = Piece { slash: true, ..whole.fenced("(", ")") };
            }
        }
        self
    }
}

/// Whether a column of space belongs between a piece that ends and one that begins like this.
fn gap(before: Class, after: Class, tight: bool) -> bool {
    use Class::{Big, Bin, Close, Open, Punct, Rel, Sign, Space, Stack, Word};
    match (before, after) {
        (Space, _) | (_, Space | Close | Punct) | (Open | Sign, _) | (Rel, Rel) => false,
        (Punct | Rel | Bin, _) | (_, Rel | Bin) => !tight,
        (Stack, _) | (_, Stack) => true,
        (Word, Open) => false,
        (Word | Big, _) | (_, Word | Big) => true,
        _ => false,
    }
}

fn depth_after(depth: usize, piece: &Piece) -> usize {
    let depth = if piece.left == Class::Close { depth.saturating_sub(1) } else { depth };
    depth + usize::from(piece.right == Class::Open)
}

/// `dx`, `∂w`, `∂x∂y`.
fn is_differential(pieces: &[Piece]) -> bool {
    pieces.len().is_multiple_of(2)
        && pieces.chunks(2).all(|pair| matches!(pair[0].tile.text(), "d" | "∂" | "Δ" | "∇" | "δ"))
}

/// `(x + 1)`, `f(x)`.
fn is_call(pieces: &[Piece]) -> bool {
    let arguments = if pieces[0].right == Class::Open { pieces } else { &pieces[1..] };
    let mut depth = 0;
    let returns = arguments.iter().position(|piece| {
        depth = depth_after(depth, piece);
        depth == 0
    });
    let fenced = arguments.first().is_some_and(|piece| piece.left == Class::Open);
    fenced && returns == Some(arguments.len() - 1)
}

/// `|x|`, `‖w‖₂`.
fn is_barred(pieces: &[Piece]) -> bool {
    let Some(bar) = pieces[0].tile.text().chars().next().filter(|c| matches!(c, '|' | '‖')) else {
        return false;
    };
    let bars: Vec<bool> = pieces.iter().map(|piece| piece.tile.text().starts_with(bar)).collect();
    bars.iter().filter(|is_bar| **is_bar).count() == 2 && bars.last() == Some(&true)
}
