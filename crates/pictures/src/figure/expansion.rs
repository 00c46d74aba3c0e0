//! How many elements an SVG really has. A few lines can make millions by using themselves in one
//! another, through `<use>`, patterns, masks and markers; this module counts before anybody expands
//! them, and refuses what would be too many or too deep.

use std::collections::HashMap;

use resvg::usvg::roxmltree::{Document, Node, NodeId};

use crate::NotDrawn;

/// The most elements after expansion.
const MAX_ELEMENTS: u64 = 100_000;

/// How deep elements may nest after expansion.
const MAX_DEPTH: usize = 150;

/// Refuses `document` if it expands to too much.
pub(super) fn check(document: &Document<'_>) -> Result<(), NotDrawn> {
    let ids = document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let styled = document
        .descendants()
        .filter(|node| node.has_tag_name("style") || node.tag_name().name() == "style")
        .flat_map(|style| style.descendants().filter_map(|node| node.text().filter(|_| node.is_text())))
        .flat_map(references)
        .collect();
    let mut count = Count { ids, styled, known: HashMap::new() };
    if count.of(document.root_element(), 0)? > MAX_ELEMENTS || markers(document) > MAX_ELEMENTS {
        return Err(too_costly());
    }
    Ok(())
}

fn too_costly() -> NotDrawn {
    NotDrawn::TooCostly("it uses its own parts too often")
}

struct Count<'a, 'input> {
    ids: HashMap<&'a str, Node<'a, 'input>>,
    /// What style sheets refer to; which elements they mean is not worked out, so it counts for all.
    styled: Vec<&'a str>,
    /// What is counted already; what is being counted has none yet, and a ring is cut there.
    known: HashMap<NodeId, u64>,
}

impl<'a, 'input> Count<'a, 'input> {
    /// How many elements `node` is, with all that it uses.
    fn of(&mut self, node: Node<'a, 'input>, depth: usize) -> Result<u64, NotDrawn> {
        if depth > MAX_DEPTH {
            return Err(NotDrawn::TooCostly("its elements nest too deep"));
        }
        if let Some(count) = self.known.get(&node.id()) {
            return Ok(*count);
        }
        self.known.insert(node.id(), 0);
        let mut count = 1_u64;
        for child in node.children().filter(Node::is_element) {
            count = count.saturating_add(self.of(child, depth + 1)?);
        }
        let named = node.attributes().flat_map(|attribute| {
            let href = attribute.value().trim().strip_prefix('#').filter(|_| attribute.name() == "href");
            href.into_iter().chain(references(attribute.value()))
        });
        let styled = self.styled.clone();
        let targets: Vec<_> = named.chain(styled).filter_map(|id| self.ids.get(id).copied()).collect();
        for target in targets {
            count = count.saturating_add(self.of(target, depth + 1)?);
        }
        self.known.insert(node.id(), count);
        Ok(count)
    }
}

/// The ids in all `url(#id)` of `style`.
fn references(style: &str) -> impl Iterator<Item = &str> {
    let quotes = |c: char| c.is_whitespace() || c == '"' || c == '\'';
    style.split("url(").skip(1).filter_map(move |rest| {
        let inside = rest.split(')').next()?.trim_matches(quotes);
        inside.strip_prefix('#')
    })
}

/// At most how many elements the markers of lines become: there may be one at each corner.
fn markers(document: &Document<'_>) -> u64 {
    let elements = |node: Node<'_, '_>| node.descendants().filter(Node::is_element).count() as u64;
    let marker = document.descendants().filter(|node| node.tag_name().name() == "marker").map(elements).max();
    let corners = document.descendants().flat_map(|node| {
        // A corner takes at least two letters: "h1".
        [node.attribute("d"), node.attribute("points")]
            .into_iter()
            .flatten()
            .map(|data| data.len() as u64 / 2)
    });
    marker.unwrap_or_default().saturating_mul(corners.sum())
}
