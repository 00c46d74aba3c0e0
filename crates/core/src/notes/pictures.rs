//! Where the pictures of a file lie: inside the bank, on the web, or nowhere.

use super::Source;
use super::diagnostic::{Code, Remarks};
use super::tree::Tree;
use crate::document::{Block, Inline};
use crate::texts::Saying;

/// Rewrites the paths of local pictures so that they start at the bank, refuses those that leave
/// it and remarks on those that are not there.
pub(crate) fn settle(tree: &mut Tree, source: &Source<'_>, remarks: &mut Remarks<'_>) {
    if tree.images.iter().all(|(_, url)| is_remote(url)) {
        return;
    }
    for (at, url) in tree.images.iter().filter(|(_, url)| !is_remote(url)) {
        match resolve(source.inside, url) {
            None => remarks.add(*at, Code::ImageOutside, Saying::of("remark-image-outside").with("url", url)),
            Some(path) if !(source.has_file)(&path) => remarks.add(
                *at,
                Code::MissingImage,
                Saying::of("remark-missing-image").with("url", url).with("path", path),
            ),
            Some(_) => {}
        }
    }
    for placed in &mut tree.blocks {
        rewrite_block(&mut placed.block, source.inside);
    }
}

/// Whether an address points out of the bank on purpose.
fn is_remote(url: &str) -> bool {
    url.starts_with("//")
        || url.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        })
}

/// The path inside the bank that `url`, written in the file `inside`, means; `None` if it climbs out.
fn resolve(inside: &str, url: &str) -> Option<String> {
    let url = url.split(['?', '#']).next().unwrap_or(url).replace("%20", " ").replace('\\', "/");
    if url.starts_with('/') {
        return None;
    }
    let mut path: Vec<&str> = inside.split('/').collect();
    path.pop();
    for part in url.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

fn rewrite_block(block: &mut Block, inside: &str) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => rewrite(text, inside),
        Block::List { items, .. } => {
            items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|block| rewrite_block(block, inside));
        }
        Block::Quote(blocks) => blocks.iter_mut().for_each(|block| rewrite_block(block, inside)),
        Block::Details { summary, blocks } => {
            rewrite(summary, inside);
            blocks.iter_mut().for_each(|block| rewrite_block(block, inside));
        }
        Block::Table { header, rows, .. } => {
            header.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| rewrite(cell, inside));
        }
        Block::Code { .. } | Block::Formula(_) | Block::Rule => {}
    }
}

fn rewrite(inlines: &mut [Inline], inside: &str) {
    for inline in inlines {
        match inline {
            Inline::Image { url, alt } if !is_remote(url) => match resolve(inside, url) {
                Some(path) => *url = path,
                // What it would have shown is all that may be kept of it.
                None => *inline = Inline::Text(std::mem::take(alt)),
            },
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strikethrough(inner)
            | Inline::Highlight(inner)
            | Inline::Subscript(inner)
            | Inline::Superscript(inner)
            | Inline::Link { text: inner, .. } => rewrite(inner, inside),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn paths_stay_inside() {
        let check =
            |inside, url, expected: Option<&str>| assert_eq!(resolve(inside, url).as_deref(), expected);
        check("en/a.md", "../figures/x.svg", Some("figures/x.svg"));
        check("a.md", "./x y.png", Some("x y.png"));
        check("a.md", "x%20y.png?raw=1", Some("x y.png"));
        check("a.md", "../x.png", None);
        check("en/a.md", "../../x.png", None);
        check("en/a.md", "/etc/passwd", None);
        check("a.md", "..\\..\\x", None);
    }
}
