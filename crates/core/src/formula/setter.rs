//! The walk over the parser's tree: every node becomes pieces of a row.

use ratex_parser::parse_node::AtomFamily;
use ratex_parser::{Mode, ParseNode};

use super::fence::fenced;
use super::glyphs::{self, glyph};
use super::grid::Grid;
use super::row::{Class, Piece, Row};
use super::script::{Shift, ends_raised, shifted, spelled};
use super::tile::{Align, Tile};

/// Whether a formula may be higher than a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Line,
    Block,
}

/// In a block, a fraction of at most this many columns keeps its slash.
const SHORT_FRACTION: usize = 7;

/// Sets one formula.
pub(super) struct Setter<'a> {
    pub(super) source: &'a str,
    pub(super) layout: Layout,
    /// Whether one line says it all so far.
    pub(super) faithful: bool,
    /// Whether something was met that text can't show at all.
    lost: bool,
    font: Option<String>,
    /// How many fractions and spelled-out scripts are around.
    nesting: usize,
}

impl<'a> Setter<'a> {
    pub(super) fn new(layout: Layout, source: &'a str) -> Self {
        Self { source, layout, faithful: true, lost: false, font: None, nesting: 0 }
    }

    /// The whole formula, its rows one below the other; `None` if text can't show it.
    pub(super) fn formula(&mut self, nodes: &[ParseNode]) -> Option<Tile> {
        let lines: Vec<&[ParseNode]> = nodes.split(|node| matches!(node, ParseNode::Cr { .. })).collect();
        self.faithful &= lines.len() == 1;
        let tiles: Vec<Tile> = lines.into_iter().map(|line| self.row(line).set(false)).collect();
        if self.lost {
            return None;
        }
        Some(match self.layout {
            Layout::Block => Tile::stacked(tiles, 0, Align::Left),
            Layout::Line => Tile::line(tiles.into_iter().map(Tile::into_line).collect::<Vec<_>>().join("; ")),
        })
    }

    pub(super) fn row(&mut self, nodes: &[ParseNode]) -> Row {
        let mut row = Row::default();
        nodes.iter().for_each(|node| self.node(node, &mut row));
        row
    }

    /// `nodes` on one line, whatever the layout.
    pub(super) fn flat(&mut self, nodes: &[ParseNode], tight: bool) -> String {
        let layout = std::mem::replace(&mut self.layout, Layout::Line);
        let tile = self.row(nodes).set(tight);
        self.layout = layout;
        tile.into_line().trim().to_owned()
    }

    fn argument(&mut self, node: &ParseNode) -> Row {
        self.row(std::slice::from_ref(node))
    }

    fn node(&mut self, node: &ParseNode, row: &mut Row) {
        match node {
            ParseNode::Atom { mode, family, text, .. } => row.push(self.symbol(text, *mode, class(*family))),
            ParseNode::MathOrd { mode, text, .. }
            | ParseNode::TextOrd { mode, text, .. }
            | ParseNode::OpToken { mode, text, .. }
            | ParseNode::AccentToken { mode, text, .. } => row.push(self.symbol(text, *mode, Class::Ord)),
            ParseNode::SpacingNode { text, .. } => {
                if !matches!(text.as_str(), "\\nobreak" | "\\allowbreak") {
                    row.push(Piece::space(1));
                }
            }
            ParseNode::Kern { dimension, .. } => {
                let ems = if dimension.unit == "mu" { dimension.number / 18.0 } else { dimension.number };
                if ems > 0.0 {
                    row.push(Piece::space(if ems < 1.0 { 1 } else { 2 }));
                }
            }
            ParseNode::OrdGroup { body, .. } => row.extend(self.group(body)),
            ParseNode::SupSub { base, sup, sub, .. } => {
                row.push(self.scripts(base.as_deref(), sup.as_deref(), sub.as_deref()));
            }
            ParseNode::GenFrac { numer, denom, has_bar_line, left_delim, right_delim, .. } => {
                let piece = self.fraction(numer, denom, *has_bar_line);
                row.push(match (left_delim.as_deref(), right_delim.as_deref()) {
                    (None, None) => piece,
                    (left, right) => piece.fenced(&fence(left.unwrap_or(".")), &fence(right.unwrap_or("."))),
                });
            }
            ParseNode::Sqrt { body, index, .. } => row.push(self.root(body, index.as_deref())),
            ParseNode::Accent { label, base, .. } => row.push(self.accent(label, base)),
            ParseNode::AccentUnder { base, .. } | ParseNode::Underline { body: base, .. } => {
                row.push(self.lined(base, glyphs::UNDERLINE));
            }
            ParseNode::Overline { body, .. } => row.push(self.lined(body, glyphs::OVERLINE)),
            ParseNode::Op { name, symbol, body, .. } => row.push(match (name, body) {
                (Some(name), _) if *symbol => Piece::text(self.glyph(name, Mode::Math), Class::Big),
                (Some(name), _) => Piece::text(name.trim_start_matches('\\'), Class::Word),
                (None, body) => self.operator(body.as_deref().unwrap_or_default()),
            }),
            ParseNode::OperatorName { body, .. } => {
                let name = self.flat(body, true).replace(' ', "").replace('−', "-");
                row.push(Piece::text(name, Class::Word));
            }
            ParseNode::Font { font, body, .. } => self.font(font, body, row),
            ParseNode::Text { body, .. } | ParseNode::HBox { body, .. } => row.push(self.words(body)),
            ParseNode::LeftRight { body, left, right, .. } => {
                let tile = self.row(body).set(false);
                row.push(Piece::new(tile, Class::Ord).fenced(&fence(left), &fence(right)));
            }
            ParseNode::DelimSizing { mclass, delim, .. } => {
                row.push(Piece::text(fence(delim), named_class(mclass).unwrap_or(Class::Ord)));
            }
            ParseNode::Middle { delim, .. } => row.push(Piece::text(fence(delim), Class::Rel)),
            ParseNode::MClass { mclass, body, .. } => {
                let inner = self.row(body);
                match named_class(mclass) {
                    Some(class) => row.push(Piece::new(inner.set(true), class)),
                    None => row.extend(inner),
                }
            }
            ParseNode::Array { body, hlines_before_row, cols, col_separation_type, tags, is_cd, .. } => {
                self.lost |= *is_cd == Some(true);
                row.push(self.grid(&Grid {
                    rows: body,
                    rules: hlines_before_row,
                    columns: cols.as_deref().unwrap_or_default(),
                    is_equations: col_separation_type.is_some(),
                    tags: tags.as_deref().unwrap_or_default(),
                }));
            }
            ParseNode::XArrow { label, body, below, .. } => {
                row.push(self.arrow(label, body, below.as_deref()))
            }
            ParseNode::HorizBrace { is_over, base, .. } => row.push(self.brace(base, *is_over, None)),
            ParseNode::Enclose { label, body, .. } if label.contains("cancel") || label == "\\sout" => {
                row.push(self.lined(body, glyphs::STRIKE));
            }
            ParseNode::Phantom { body, .. } => {
                let width = self.flat(body, false).chars().count();
                row.push(Piece::space(width));
            }
            ParseNode::Tag { body, tag, .. } => {
                row.extend(self.row(body));
                let tag = self.flat(tag, false);
                row.push(Piece::space(2));
                row.push(Piece::text(tag, Class::Ord));
            }
            // What differs for fonts and for readers: the second half is for readers.
            ParseNode::HtmlMathMl { mathml, .. } => row.extend(self.row(mathml)),
            ParseNode::MathChoice { text, .. } => row.extend(self.row(text)),
            ParseNode::Verb { body, .. } => row.push(Piece::text(body.as_str(), Class::Word)),
            ParseNode::Url { url, .. } => row.push(Piece::text(url.as_str(), Class::Word)),
            ParseNode::Raw { string, .. } => row.push(Piece::text(string.as_str(), Class::Ord)),
            ParseNode::IncludeGraphics { alt, .. } => row.push(Piece::text(alt.as_str(), Class::Word)),
            // Colours, sizes and shifts have no form in text; what they hold has.
            ParseNode::Color { body, .. }
            | ParseNode::Styling { body, .. }
            | ParseNode::Sizing { body, .. }
            | ParseNode::Href { body, .. }
            | ParseNode::Pmb { body, .. }
            | ParseNode::Html { body, .. } => row.extend(self.row(body)),
            ParseNode::Smash { body, .. }
            | ParseNode::Lap { body, .. }
            | ParseNode::RaiseBox { body, .. }
            | ParseNode::Enclose { body, .. }
            | ParseNode::VCenter { body, .. } => row.extend(self.argument(body)),
            ParseNode::ColorToken { .. }
            | ParseNode::Size { .. }
            | ParseNode::Rule { .. }
            | ParseNode::VPhantom { .. }
            | ParseNode::NoNumber { .. }
            | ParseNode::Cr { .. }
            | ParseNode::Internal { .. } => {}
            ParseNode::LeftRightRight { .. }
            | ParseNode::Environment { .. }
            | ParseNode::Infix { .. }
            | ParseNode::CdLabel { .. }
            | ParseNode::CdLabelParent { .. }
            | ParseNode::CdArrow { .. }
            | ParseNode::ProofTree { .. } => self.lost = true,
        }
    }

    fn glyph(&mut self, name: &str, mode: Mode) -> String {
        let Some(glyph) = glyph(name, mode) else {
            self.faithful = false;
            return name.trim_start_matches('\\').to_owned();
        };
        match &self.font {
            Some(font) => glyphs::styled(&glyph, font),
            None => glyph,
        }
    }

    fn symbol(&mut self, name: &str, mode: Mode, class: Class) -> Piece {
        Piece::text(self.glyph(name, mode), class)
    }

    /// A group in braces. Braces around one operator make it a letter: `1{,}000`.
    fn group(&mut self, body: &[ParseNode]) -> Row {
        let mut row = self.row(body);
        if let [only] = row.pieces()
            && matches!(only.left, Class::Bin | Class::Rel | Class::Punct)
        {
            let only = Piece { left: Class::Ord, right: Class::Ord, ..only.clone() };
            row = Row::default();
            row.push(only);
        } else if row.pieces().is_empty() {
            row.push(Piece::text("", Class::Ord));
        }
        row
    }

    /// What `\mathop` holds.
    fn operator(&mut self, body: &[ParseNode]) -> Piece {
        let row = self.row(body);
        let class = match row.pieces() {
            [only] if only.left != Class::Ord => only.left,
            _ => Class::Word,
        };
        Piece::new(row.set(false), class)
    }

    /// Text between letters of a formula.
    fn words(&mut self, body: &[ParseNode]) -> Piece {
        let tile = self.row(body).set(true);
        let edge = |is_space: bool| match is_space {
            true => Class::Space,
            false if tile.width() > 1 => Class::Word,
            false => Class::Ord,
        };
        let (left, right) = (edge(tile.text().starts_with(' ')), edge(tile.text().ends_with(' ')));
        Piece { tile, left, right, slash: false }
    }

    fn font(&mut self, font: &str, body: &ParseNode, row: &mut Row) {
        let outer = self.font.replace(font.to_owned());
        let inner = self.argument(body);
        self.font = outer;
        let upright = matches!(font, "mathrm" | "mathsf" | "mathtt" | "mathit");
        let is_word = inner.pieces().len() > 1
            && inner.pieces().iter().all(|piece| piece.tile.text().chars().all(char::is_alphanumeric));
        if upright && is_word {
            row.push(Piece::new(inner.set(true), Class::Word));
        } else {
            row.extend(inner);
        }
    }

    fn accent(&mut self, label: &str, base: &ParseNode) -> Piece {
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
    fn lined(&mut self, body: &ParseNode, mark: char) -> Piece {
        let inner = self.argument(body).set(true);
        if !inner.is_line() {
            self.faithful = false;
            return Piece::new(inner, Class::Ord);
        }
        let one = glyphs::marked(inner.text(), '\u{304}').filter(|_| mark == glyphs::OVERLINE);
        Piece::text(one.unwrap_or_else(|| glyphs::lined(inner.text(), mark)), Class::Ord)
    }

    fn root(&mut self, body: &ParseNode, index: Option<&ParseNode>) -> Piece {
        let sign = match index.map(|index| self.flat(std::slice::from_ref(index), true)) {
            None => "√".to_owned(),
            Some(index) => match index.as_str() {
                "2" => "√".to_owned(),
                "3" => "∛".to_owned(),
                "4" => "∜".to_owned(),
                index => match shifted(index, Shift::Up) {
                    Some(index) => format!("{index}√"),
                    None => format!("({index})√"),
                },
            },
        };
        let row = self.argument(body);
        // Behind a bare √x², nobody could tell where the root ends.
        let simple = matches!(row.pieces(), [only] if only.tile.is_line() && !only.slash
            && !ends_raised(only.tile.text()) && only.tile.width() < 4);
        let tile = row.set(true);
        let tile = if simple || tile.is_empty() { tile } else { fenced(tile, "(", ")") };
        let right = if simple { Class::Word } else { Class::Close };
        let left = if simple { Class::Ord } else { Class::Open };
        let tile = Tile::beside([Tile::line(sign), tile]);
        // A root is one operand: its left edge is that of a letter unless it ends in a fence.
        Piece {
            tile,
            left: if left == Class::Open { Class::Ord } else { left },
            right: if right == Class::Close { Class::Ord } else { right },
            slash: false,
        }
    }

    fn fraction(&mut self, numer: &ParseNode, denom: &ParseNode, bar: bool) -> Piece {
        self.nesting += 1;
        let (numer, denom) = (self.argument(numer), self.argument(denom));
        self.nesting -= 1;
        if !bar {
            return self.pile(numer, denom);
        }
        let lines =
            [&numer, &denom].into_iter().all(|row| row.pieces().iter().all(|piece| piece.tile.is_line()));
        if lines {
            let plain = (numer.clone().set(true), denom.clone().set(true));
            if let Some(vulgar) = glyphs::vulgar(plain.0.text(), plain.1.text()) {
                return Piece::text(vulgar, Class::Ord);
            }
            let factors = numer.is_factor() && denom.is_factor();
            let width = plain.0.width() + 1 + plain.1.width();
            if self.layout == Layout::Line || factors && width <= SHORT_FRACTION {
                self.faithful &= self.nesting == 0;
                let upper = if numer.is_compound() { fenced(plain.0, "(", ")") } else { plain.0 };
                let lower = if denom.is_factor() { plain.1 } else { fenced(plain.1, "(", ")") };
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
        match self.layout {
            Layout::Line => {
                let (upper, lower) = (upper.set(true), lower.set(true));
                Piece::new(Tile::beside([upper, Tile::line(" choose "), lower]), Class::Ord)
            }
            Layout::Block => Piece::new(
                Tile::stacked(vec![upper.set(false), lower.set(false)], 0, Align::Center),
                Class::Ord,
            ),
        }
    }

    fn arrow(&mut self, label: &str, above: &ParseNode, below: Option<&ParseNode>) -> Piece {
        let mut text = self.flat(std::slice::from_ref(above), true);
        if let Some(below) = below {
            let below = self.flat(std::slice::from_ref(below), true);
            text = if text.is_empty() { below } else { format!("{text} | {below}") };
        }
        let (before, behind) = glyphs::labelled_arrow(label);
        Piece::text(format!("{before}{text}{behind}"), Class::Rel)
    }

    /// A horizontal brace and what is written at its point.
    fn brace(&mut self, base: &ParseNode, over: bool, label: Option<String>) -> Piece {
        self.faithful = false;
        let base = self.argument(base).set(false);
        if self.layout == Layout::Line {
            let shift = if over { Shift::Up } else { Shift::Down };
            let label = label.map(|label| shifted(&label, shift).unwrap_or_else(|| spelled(&label, shift)));
            let base = fenced(base, "(", ")");
            return Piece::new(Tile::beside([base, Tile::line(label.unwrap_or_default())]), Class::Stack);
        }
        let width = base.width().max(3);
        let (left, right) = ((width - 2) / 2, (width - 3).div_ceil(2));
        let ends = if over { ['╭', '┴', '╮'] } else { ['╰', '┬', '╯'] };
        let brace = format!("{}{}{}{}{}", ends[0], "─".repeat(left), ends[1], "─".repeat(right), ends[2]);
        let mut tiles = vec![base.widened(3, Align::Center), Tile::line(brace)];
        tiles.extend(label.map(Tile::line));
        let main = if over { tiles.len() - 1 } else { 0 };
        if over {
            tiles.reverse();
        }
        Piece::new(Tile::stacked(tiles, main, Align::Center), Class::Stack)
    }
}

/// What stands beside a formula for the delimiter `name`; nothing for `.`.
fn fence(name: &str) -> String {
    match name {
        "." => String::new(),
        "<" => "⟨".to_owned(),
        ">" => "⟩".to_owned(),
        name => glyph(name, Mode::Math).unwrap_or_default(),
    }
}

fn class(family: AtomFamily) -> Class {
    match family {
        AtomFamily::Bin => Class::Bin,
        AtomFamily::Rel => Class::Rel,
        AtomFamily::Open => Class::Open,
        AtomFamily::Close => Class::Close,
        AtomFamily::Punct => Class::Punct,
        AtomFamily::Inner => Class::Ord,
    }
}

/// The class that `\mathbin` and its like force on what they hold.
fn named_class(mclass: &str) -> Option<Class> {
    Some(match mclass {
        "mbin" => Class::Bin,
        "mrel" => Class::Rel,
        "mopen" => Class::Open,
        "mclose" => Class::Close,
        "mpunct" => Class::Punct,
        _ => return None,
    })
}

impl Setter<'_> {
    /// A base with what is raised and lowered beside it.
    fn scripts(
        &mut self,
        base: Option<&ParseNode>,
        sup: Option<&ParseNode>,
        sub: Option<&ParseNode>,
    ) -> Piece {
        let sup = sup.map(|node| self.script(node)).filter(|text| !text.is_empty());
        let sub = sub.map(|node| self.script(node)).filter(|text| !text.is_empty());
        if let Some(ParseNode::HorizBrace { is_over, base, .. }) = base {
            return self.brace(base, *is_over, if *is_over { sup } else { sub });
        }
        let raised = sup.as_deref().map(|text| (shifted(text, Shift::Up), text));
        let lowered = sub.as_deref().map(|text| (shifted(text, Shift::Down), text));
        let base = self.base(base, raised.is_some());
        let spelled_out =
            |script: &Option<(Option<String>, &str)>| script.as_ref().is_some_and(|(text, _)| text.is_none());
        let limits = matches!(base.left, Class::Big | Class::Word) && self.layout == Layout::Block;
        if limits && base.tile.is_line() && (spelled_out(&raised) || spelled_out(&lowered)) {
            let main = usize::from(sup.is_some());
            let tiles =
                sup.map(Tile::line).into_iter().chain([base.tile]).chain(sub.map(Tile::line)).collect();
            return Piece { tile: Tile::stacked(tiles, main, Align::Center), ..base };
        }
        if !base.tile.is_line() {
            return beside_tall(base, raised, lowered);
        }
        let primes = sup.as_deref().is_some_and(|text| text.chars().all(|c| c == '′'));
        let up_first = primes || spelled_out(&lowered) && !spelled_out(&raised);
        let mut open_ended = false;
        let mut text = base.tile.text().to_owned();
        let mut append = |script: Option<(Option<String>, &str)>, shift| {
            let Some((shifted, plain)) = script else { return };
            open_ended = shifted.is_none() && plain.chars().count() == 1;
            text.push_str(&shifted.unwrap_or_else(|| spelled(plain, shift)));
        };
        if up_first {
            append(raised, Shift::Up);
            append(lowered, Shift::Down);
        } else {
            append(lowered, Shift::Down);
            append(raised, Shift::Up);
        }
        // `_θ` must not run into the next letter.
        let right = if open_ended && base.right == Class::Ord { Class::Word } else { base.right };
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
        let mut pieces = row.clone().into_pieces();
        match (pieces.pop(), pieces.is_empty()) {
            (None, _) => Piece::text("", Class::Ord),
            (Some(only), true) if !only.slash => {
                let twice = raised && only.left == Class::Ord && ends_raised(only.tile.text());
                if twice || only.left == Class::Stack { only.fenced("(", ")") } else { only }
            }
            _ => Piece::new(row.set(true), Class::Ord).fenced("(", ")"),
        }
    }
}

/// Scripts at the corners of a tall base, where their place says what they are.
fn beside_tall(
    base: Piece,
    raised: Option<(Option<String>, &str)>,
    lowered: Option<(Option<String>, &str)>,
) -> Piece {
    let text = |script: Option<(Option<String>, &str)>| {
        script.map(|(shifted, plain)| shifted.unwrap_or_else(|| plain.to_owned())).unwrap_or_default()
    };
    let (up, down) = (Tile::line(text(raised)), Tile::line(text(lowered)));
    let between = (2..base.tile.height()).map(|_| Tile::line(""));
    let corner: Vec<Tile> = std::iter::once(up).chain(between).chain([down]).collect();
    let corner = Tile::stacked(corner, 0, Align::Left).on_axis(base.tile.axis());
    Piece { tile: Tile::beside([base.tile, corner]), ..base }
}
