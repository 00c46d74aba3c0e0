//! The walk over the parser's tree: every node becomes pieces of a row.

use ratex_parser::parse_node::AtomFamily;
use ratex_parser::{Mode, ParseNode};

use super::glyphs::{self, glyph};
use super::grid::Grid;
use super::row::{Class, Piece, Row};
use super::tile::{Align, Tile};

/// Whether a formula may be higher than a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Line,
    Block,
}

/// Sets one formula.
pub(super) struct Setter<'a> {
    pub(super) source: &'a str,
    pub(super) layout: Layout,
    /// Whether one line says it all so far.
    pub(super) faithful: bool,
    /// Whether something was met that text can't show at all.
    lost: bool,
    font: Option<String>,
    /// The number that the author gave the formula.
    tag: Option<String>,
    /// How many fractions and spelled-out scripts are around.
    pub(super) nesting: usize,
}

impl<'a> Setter<'a> {
    pub(super) fn new(layout: Layout, source: &'a str) -> Self {
        Self { source, layout, faithful: true, lost: false, font: None, tag: None, nesting: 0 }
    }

    /// The whole formula, its rows one below the other; `None` if text can't show it.
    pub(super) fn formula(&mut self, nodes: &[ParseNode]) -> Option<Tile> {
        let lines: Vec<&[ParseNode]> = nodes.split(|node| matches!(node, ParseNode::Cr { .. })).collect();
        self.faithful &= lines.len() == 1;
        let mut tiles: Vec<Tile> = lines.into_iter().map(|line| self.row(line).set(false)).collect();
        if let Some(tag) = self.tag.take()
            && let Some(last) = tiles.pop()
        {
            tiles.push(Tile::beside([last, Tile::line(format!("   {tag}"))]));
        }
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

    pub(super) fn argument(&mut self, node: &ParseNode) -> Row {
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
                let width = Tile::line(self.flat(body, false)).width();
                row.push(Piece::space(width));
            }
            ParseNode::Tag { body, tag, .. } => {
                row.extend(self.row(body));
                self.tag = Some(self.flat(tag, false));
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
