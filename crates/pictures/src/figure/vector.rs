//! SVG figures. Owns what an SVG may hold: shapes, text, gradients, patterns, masks and links, which
//! nobody can follow in a picture. It refuses scripts, embedded documents and images, filters,
//! animations and everything that is not in the file itself; leaving them out would show people
//! something else than the author drew.

use resvg::usvg::Tree;
use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};

use super::{cost, expansion};
use crate::drawing::{OPTIONS, on_panel};
use crate::panel::{MAX_PIXELS, MAX_SIDE};
use crate::{NotDrawn, Picture, lettering};

/// The most elements, comments and texts.
const MAX_NODES: u32 = 20_000;

/// The largest number.
const MAX_NUMBER: f64 = 1e7;

/// What is left free around a figure, in pixels.
const PADDING: f32 = 16.0;

/// Elements that a picture may not have, and what to call them.
const FORBIDDEN: [(&str, &str); 13] = [
    ("script", "a script"),
    ("handler", "a script"),
    ("foreignObject", "a document of another kind"),
    ("iframe", "a document of another kind"),
    ("image", "an image"),
    ("feImage", "an image"),
    ("video", "a video"),
    ("audio", "a sound"),
    ("animate", "an animation"),
    ("animateMotion", "an animation"),
    ("animateTransform", "an animation"),
    ("set", "an animation"),
    ("filter", "a filter"),
];

/// Whether `file` looks like SVG: an XML document with such an element near its beginning.
pub(super) fn is_svg(file: &[u8]) -> bool {
    let head = &file[..file.len().min(4096)];
    let starts = head.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte));
    starts == Some(&b'<') && head.windows(4).any(|window| window == b"<svg" || window == b":svg")
}

/// Draws `file`, at most `side` pixels wide and high.
pub(super) fn draw(file: &[u8], side: u32) -> Result<Picture, NotDrawn> {
    let text = std::str::from_utf8(file).map_err(|_| NotDrawn::Unreadable("it is not UTF-8".to_owned()))?;
    if text.contains("<!ENTITY") {
        return Err(NotDrawn::Forbidden("entities".to_owned()));
    }
    let document = document(text)?;
    for node in document.descendants() {
        check(node)?;
    }
    expansion::check(&document)?;
    // Dashes are cut while the tree is made, so a tree without them says first how many there will be.
    if text.contains(DASHES) {
        let solid = text.replace(DASHES, "no-dashes");
        let tree = Tree::from_xmltree(&self::document(&solid)?, &OPTIONS).map_err(unreadable)?;
        cost::check_dashes(&tree, scale(&tree, side), periods(text))?;
    }
    let tree = Tree::from_xmltree(&document, &OPTIONS).map_err(unreadable)?;
    let scale = scale(&tree, side);
    cost::check(&tree, scale)?;
    on_panel(&tree, scale, PADDING / scale)
}

/// What makes lines dashed, as an attribute and as a property.
const DASHES: &str = "stroke-dasharray";

/// `text` as XML. Many programs write a document type that says nothing; what it could say is
/// refused before.
fn document(text: &str) -> Result<Document<'_>, NotDrawn> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(unreadable)
}

/// How long a dash and its gap are, wherever `text` says so; zero where that can't be told.
fn periods(text: &str) -> impl Iterator<Item = f64> {
    text.split(DASHES).skip(1).filter_map(|rest| {
        let value = rest.trim_start_matches(|c: char| c.is_whitespace() || "=:\"'".contains(c));
        let value = value.split(['"', '\'', ';', '}', '<']).next().unwrap_or_default();
        let numbers = value.split([',', ' ', '\n', '\t']).filter(|number| !number.is_empty());
        let sum: f64 = numbers.map(|number| number.trim_end_matches("px").parse().unwrap_or(0.0_f64)).sum();
        (value.trim() != "none").then_some(sum)
    })
}

fn unreadable(error: impl std::fmt::Display) -> NotDrawn {
    NotDrawn::Unreadable(error.to_string())
}

/// How many pixels a unit of `tree` gets: two, or as many as fit.
fn scale(tree: &Tree, side: u32) -> f32 {
    let (width, height) = (tree.size().width(), tree.size().height());
    // What the panel adds around must fit as well; one pixel is for rounding.
    let room = (side.min(MAX_SIDE) as f32 - 2.0 * PADDING - 1.0).max(1.0);
    let by_side = room / width.max(height);
    // Half of the pixels, since a panel may be longer than what is on it.
    let by_area = (MAX_PIXELS as f32 / 2.0 / (width * height)).sqrt();
    Picture::DENSITY.min(by_side).min(by_area)
}

/// Refuses what a picture may not have.
fn check(node: Node<'_, '_>) -> Result<(), NotDrawn> {
    if node.is_pi() {
        return Err(NotDrawn::Forbidden("an instruction to another program".to_owned()));
    }
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        let inside = |name: &str| node.ancestors().any(|parent| parent.tag_name().name() == name);
        if inside("style") {
            check_properties(text)?;
            return check_style(text);
        }
        if let Some(c) = lettering::missing_glyph(text).filter(|_| inside("text")) {
            return Err(NotDrawn::MissingGlyph(c));
        }
    }
    if !node.is_element() {
        return Ok(());
    }
    let name = node.tag_name().name();
    if let Some((_, what)) = FORBIDDEN.iter().find(|(forbidden, _)| *forbidden == name) {
        return Err(NotDrawn::Forbidden((*what).to_owned()));
    }
    for attribute in node.attributes() {
        let value = attribute.value().trim();
        if attribute.name().starts_with("on") {
            return Err(NotDrawn::Forbidden("a script".to_owned()));
        }
        if attribute.name() == "href" && name != "a" && !value.starts_with('#') {
            return Err(NotDrawn::Forbidden(format!("a reference to {}", shown(value))));
        }
        check_style(value)?;
        match attribute.name() {
            "id" | "class" | "href" => {}
            "style" => check_properties(value)?,
            _ => check_numbers(value)?,
        }
    }
    Ok(())
}

/// Refuses such numbers in style, where `#` starts a colour.
fn check_properties(style: &str) -> Result<(), NotDrawn> {
    for value in style.split(':').skip(1) {
        let value = value.split([';', '}']).next().unwrap_or_default();
        if !value.contains('#') {
            check_numbers(value)?;
        }
    }
    Ok(())
}

/// Refuses numbers so large that arcs become too many curves, or curves without end.
fn check_numbers(value: &str) -> Result<(), NotDrawn> {
    let part = |c: char| c.is_ascii_digit() || c == '.';
    let mut rest = value;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let mut end = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let exponent = &rest[end..];
        if let Some(digits) =
            exponent.strip_prefix(['e', 'E']).map(|digits| digits.trim_start_matches(['+', '-']))
        {
            let length = digits.find(|c| !part(c)).unwrap_or(digits.len());
            end += if length > 0 { exponent.len() - digits.len() + length } else { 0 };
        }
        // What is no number for Rust is two numbers without a space, or a version.
        if rest[..end].parse::<f64>().is_ok_and(|number| number > MAX_NUMBER) {
            return Err(NotDrawn::TooCostly("its numbers are too large"));
        }
        rest = &rest[end..];
    }
    Ok(())
}

/// Refuses style that takes something from outside.
fn check_style(style: &str) -> Result<(), NotDrawn> {
    if style.contains("@import") || style.contains("@font-face") {
        return Err(NotDrawn::Forbidden("style from outside".to_owned()));
    }
    for target in style.split("url(").skip(1) {
        let target = target.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        if !target.starts_with('#') {
            return Err(NotDrawn::Forbidden(format!("a reference to {}", shown(target))));
        }
    }
    Ok(())
}

/// The beginning of an address, for people who look for it.
fn shown(target: &str) -> String {
    target.chars().take(40).filter(|c| !c.is_control()).collect()
}
