//! LaTeX formulas as pictures.
//!
//! The grammar and the layout are KaTeX's, by way of the `ratex` crates. This module owns what goes
//! into them (sizes, limits, the repair of habits that they refuse) and the drawing of what comes
//! out; it puts the glyphs on the panel itself, which takes a third of the time that SVG in between
//! does, and knows of every glyph whether a face has it. Short formulas that read well as text are
//! the business of `viva_core::formula`.

mod ink;
mod painter;
mod source;

use std::collections::HashMap;
use std::sync::Arc;

use ratex_layout::{FallbackGlyphMetrics, LayoutOptions};
use ratex_parser::ParseError;
use ratex_parser::parse_node::{Measurement, Mode, ParseNode};
use ratex_types::color::Color;
use ratex_types::display_item::DisplayList;
use ratex_types::math_style::MathStyle;

use crate::guard::guarded;
use crate::panel::INK_RGB;
use crate::{NotDrawn, Picture, faces};

/// The longest formula that is drawn, in bytes.
pub const MAX_BYTES: usize = 2048;

/// The most glyphs and lines in a formula: macros can make many out of a few bytes.
const MAX_ITEMS: usize = 2500;

/// The height of an em in pixels: 20 on a page.
pub(crate) const EM: f64 = 20.0 * Picture::DENSITY as f64;

/// How a formula stood in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// On a line of its own: sums have their limits above and below.
    Display,
    /// Within a line: fractions and sums are small.
    Inline,
}

/// Draws `tex`, which comes without its delimiters.
///
/// # Errors
///
/// Says why if `tex` is longer than [`MAX_BYTES`], is no LaTeX that KaTeX knows, has a character
/// that no face has (emoji, rare Chinese characters), would be too large or too slow to draw, or
/// leaves nothing to see.
///
/// ```
/// use viva_pictures::formula::{self, Style};
///
/// let picture = formula::draw(r"\frac{\partial L}{\partial w}", Style::Display)?;
/// assert!(picture.png.starts_with(b"\x89PNG"));
/// # Ok::<(), viva_pictures::NotDrawn>(())
/// ```
pub fn draw(tex: &str, style: Style) -> Result<Picture, NotDrawn> {
    if tex.len() > MAX_BYTES {
        return Err(NotDrawn::TooLong { bytes: tex.len(), limit: MAX_BYTES });
    }
    guarded(|| {
        let source = source::tidy(tex);
        let list = lay_out(&source, style)?;
        painter::paint(&list).and_then(Picture::encode)
    })
}

/// What is to be drawn where.
fn lay_out(source: &str, style: Style) -> Result<DisplayList, NotDrawn> {
    source::check(source)?;
    let nodes = with_tags_apart(ratex_parser::parse(source).map_err(refusal)?);
    let [r, g, b] = INK_RGB.map(|channel| f32::from(channel) / 255.0);
    let style = match style {
        Style::Display => MathStyle::Display,
        Style::Inline => MathStyle::Text,
    };
    let options = LayoutOptions { style, color: Color::rgb(r, g, b), ..LayoutOptions::default() };
    let tree = ratex_layout::layout_with_fallback_metrics(&nodes, &options, Arc::new(text_metrics(source)));
    let too_costly = || NotDrawn::TooCostly("it has too many parts");
    ratex_layout::validate_layout(&tree).map_err(|_| too_costly())?;
    let list = ratex_layout::to_display_list(&tree);
    if list.items.len() > MAX_ITEMS {
        return Err(too_costly());
    }
    Ok(list)
}

/// What the parser says, in the words of this crate.
fn refusal(error: ParseError) -> NotDrawn {
    if error.message.contains("expansion") {
        return NotDrawn::TooCostly("its macros become too much");
    }
    let place = error.loc.map(|loc| format!(" at byte {}", loc.start));
    NotDrawn::Unreadable(error.message + &place.unwrap_or_default())
}

/// `nodes` with space before the numbers of formulas: the layout knows no margin to put them into.
fn with_tags_apart(nodes: Vec<ParseNode>) -> Vec<ParseNode> {
    let apart = |node: ParseNode| {
        let dimension = Measurement { number: 2.0, unit: "em".to_owned() };
        let space = ParseNode::Kern { mode: Mode::Math, dimension, loc: None };
        matches!(node, ParseNode::Tag { .. }).then_some(space).into_iter().chain([node])
    };
    nodes.into_iter().flat_map(apart).collect()
}

/// How large the characters of `source` are that the fonts of formulas may lack.
fn text_metrics(source: &str) -> HashMap<char, FallbackGlyphMetrics> {
    let metrics = |c: char| {
        let (face, glyph) = faces::text_glyph(c)?;
        let bounds = face.outline(glyph).map(|path| path.bounds());
        let above = bounds.map_or(0.0, |bounds| -bounds.top());
        let below = bounds.map_or(0.0, |bounds| bounds.bottom());
        Some((
            c,
            FallbackGlyphMetrics {
                width: f64::from(face.advance(glyph)),
                height: f64::from(above.max(0.0)),
                depth: f64::from(below.max(0.0)),
            },
        ))
    };
    source.chars().filter(|c| !c.is_ascii()).filter_map(metrics).collect()
}
