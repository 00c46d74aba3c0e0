//! Subscripts, superscripts, limits and what stands at the point of a horizontal brace.

use ratex_parser::ParseNode;

use super::fence::fenced;
use super::row::{Class, Piece};
use super::setter::{Layout, Setter};
use super::shift::{Shift, ends_raised, shifted, spelled};
use super::tile::{Align, Tile};

/// What is raised or lowered.
pub(super) struct Script {
    plain: String,
    /// The same in characters of that height, if Unicode has them all.
    shifted: Option<String>,
    shift: Shift,
}

impl Script {
    fn new(plain: String, shift: Shift) -> Option<Self> {
        (!plain.is_empty()).then(|| Self { shifted: shifted(&plain, shift), plain, shift })
    }

    fn is_spelled(&self) -> bool {
        self.shifted.is_none()
    }

    /// Whether it would run into a letter behind it, as in `_θ`.
    fn is_open(&self) -> bool {
        self.is_spelled() && self.plain.chars().count() == 1
    }

    /// As it stands in a line.
    fn text(&self) -> String {
        self.shifted.clone().unwrap_or_else(|| spelled(&self.plain, self.shift))
    }

    /// As it stands at a corner, where its place says what it is.
    fn at_corner(&self) -> Tile {
        Tile::line(self.shifted.as_ref().unwrap_or(&self.plain).as_str())
    }
}

impl Setter<'_> {
    /// A base with what is raised and lowered beside it.
    pub(super) fn scripts(
        &mut self,
        base: Option<&ParseNode>,
        sup: Option<&ParseNode>,
        sub: Option<&ParseNode>,
    ) -> Piece {
        let raised = sup.and_then(|node| Script::new(self.script(node), Shift::Up));
        let lowered = sub.and_then(|node| Script::new(self.script(node), Shift::Down));
        if let Some(ParseNode::HorizBrace { is_over, base, .. }) = base {
            return self.brace(base, *is_over, if *is_over { raised } else { lowered });
        }
        let has_limits = base.is_some_and(has_limits);
        let base = self.base(base, raised.is_some());
        let is_spelled = [&raised, &lowered].into_iter().flatten().any(Script::is_spelled);
        // Behind a limit that is spelled out, as behind any word, parentheses begin something new.
        let right = if has_limits && is_spelled { Class::Big } else { base.right };
        let base = Piece { right, ..base };
        if self.layout == Layout::Block && has_limits && is_spelled && base.tile.is_line() {
            return stacked(base, raised, lowered);
        }
        if !base.tile.is_line() {
            return cornered(base, raised, lowered);
        }
        let primes = raised.as_ref().is_some_and(|raised| raised.plain.chars().all(|c| c == '′'));
        let up_first = primes
            || lowered.as_ref().is_some_and(Script::is_spelled)
                && !raised.as_ref().is_some_and(Script::is_spelled);
        let scripts = if up_first { [raised, lowered] } else { [lowered, raised] };
        let mut text = base.tile.text().to_owned();
        scripts.iter().flatten().for_each(|script| text.push_str(&script.text()));
        let is_open = scripts.iter().flatten().last().is_some_and(Script::is_open);
        let right = if is_open && base.right == Class::Ord { Class::Word } else { base.right };
        Piece { tile: Tile::line(text), right, ..base }
    }

    fn script(&mut self, node: &ParseNode) -> String {
        self.nesting += 1;
        let text = self.flat(std::slice::from_ref(node), true);
        self.nesting -= 1;
        text
    }

    /// What scripts are put on, in parentheses if it is more than a factor.
    fn base(&mut self, base: Option<&ParseNode>, raised: bool) -> Piece {
        let row = base.map(|base| self.argument(base)).unwrap_or_default();
        match row.pieces() {
            [] => Piece::text("", Class::Ord),
            [only] if !only.slash => {
                let twice = raised && only.left == Class::Ord && ends_raised(only.tile.text());
                let only = only.clone();
                if twice || only.left == Class::Stack { only.fenced("(", ")") } else { only }
            }
            _ => Piece::new(row.set(true), Class::Ord).fenced("(", ")"),
        }
    }

    /// A horizontal brace over or under a formula, and what is written at its point.
    pub(super) fn brace(&mut self, base: &ParseNode, over: bool, label: Option<Script>) -> Piece {
        self.faithful = false;
        let base = self.argument(base).set(false);
        if self.layout == Layout::Line {
            let label = label.map(|label| label.text()).unwrap_or_default();
            return Piece::new(Tile::beside([fenced(base, "(", ")"), Tile::line(label)]), Class::Stack);
        }
        let width = base.width().max(3);
        let (left, right) = ((width - 2) / 2, (width - 3).div_ceil(2));
        let [begin, point, end] = if over { ['╭', '┴', '╮'] } else { ['╰', '┬', '╯'] };
        let brace = format!("{begin}{}{point}{}{end}", "─".repeat(left), "─".repeat(right));
        let mut tiles = vec![base, Tile::line(brace)];
        tiles.extend(label.map(|label| Tile::line(label.plain)));
        let main = if over { tiles.len() - 1 } else { 0 };
        if over {
            tiles.reverse();
        }
        Piece::new(Tile::stacked(tiles, main, Align::Center), Class::Stack)
    }
}

/// Whether scripts stand over and under `base` in a display, as those of a sum or of `min` do.
fn has_limits(base: &ParseNode) -> bool {
    match base {
        ParseNode::Op { limits, .. } => *limits,
        ParseNode::OperatorName { always_handle_sup_sub, limits, .. } => *always_handle_sup_sub || *limits,
        _ => false,
    }
}

/// Scripts over and under their base.
fn stacked(base: Piece, raised: Option<Script>, lowered: Option<Script>) -> Piece {
    let main = usize::from(raised.is_some());
    let [above, below] = [raised, lowered].map(|script| script.map(|script| Tile::line(script.plain)));
    let tiles = above.into_iter().chain([base.tile]).chain(below).collect();
    Piece { tile: Tile::stacked(tiles, main, Align::Center), ..base }
}

/// Scripts at the corners of a tall base.
fn cornered(base: Piece, raised: Option<Script>, lowered: Option<Script>) -> Piece {
    let [top, bottom] =
        [raised, lowered].map(|script| script.map_or_else(|| Tile::line(""), |script| script.at_corner()));
    let between = (2..base.tile.height()).map(|_| Tile::line(""));
    let corner = [top].into_iter().chain(between).chain([bottom]).collect();
    let corner = Tile::stacked(corner, 0, Align::Left).on_axis(base.tile.axis());
    Piece { tile: Tile::beside([base.tile, corner]), ..base }
}
