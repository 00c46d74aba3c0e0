//! What a title or an answer says, as a value tree: no Markdown, no HTML and no platform in it.
//!
//! The notes reader builds documents, adapters render them, the store keeps them as JSON. A
//! document never nests deeper than [`MAX_DEPTH`], so walking one by recursion is safe.

use serde::{Deserialize, Serialize};

mod split;

pub use split::split;

/// How deep blocks and inlines may nest; the notes reader flattens what lies deeper.
pub const MAX_DEPTH: usize = 32;

/// A run of blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading inside an answer.
    Heading {
        /// From 1 (largest) to 6.
        level: u8,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list, ordered if it has a first number.
    List {
        /// The number of the first item; `None` for bullets.
        start: Option<u64>,
        /// The items in order.
        items: Vec<Item>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A listing.
    Code {
        /// The language named behind the fence, in lower case; empty if there was none.
        language: String,
        /// The lines, without a final newline.
        text: String,
    },
    /// A display formula, in LaTeX without its delimiters.
    Formula(String),
    /// A table.
    Table {
        /// How each column is aligned.
        columns: Vec<Alignment>,
        /// The cells of the first row; none if the table goes on from another page.
        header: Vec<Vec<Inline>>,
        /// The cells of the other rows; each row is as long as the header, if there is one.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Something folded away under a summary.
    Details {
        /// What is visible while it is folded.
        summary: Vec<Inline>,
        /// What unfolds.
        blocks: Vec<Block>,
    },
    /// A horizontal rule.
    Rule,
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Item {
    /// Whether its box is ticked, in a task list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// The alignment of a table's column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// None was given.
    #[default]
    None,
    /// To the left.
    Left,
    /// Centred.
    Center,
    /// To the right.
    Right,
}

/// One inline of a paragraph, heading or cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain text, with entities decoded.
    Text(String),
    /// Stressed text, usually italic.
    Emphasis(Vec<Inline>),
    /// Strong text, usually bold.
    Strong(Vec<Inline>),
    /// Text that is struck through.
    Strikethrough(Vec<Inline>),
    /// Text set off by colour or a marker (`<font color>`, `<mark>`).
    Highlight(Vec<Inline>),
    /// Lowered text.
    Subscript(Vec<Inline>),
    /// Raised text.
    Superscript(Vec<Inline>),
    /// A piece of code.
    Code(String),
    /// A formula in LaTeX without its delimiters.
    Formula(String),
    /// A link.
    Link {
        /// Where it points.
        url: String,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A picture.
    Image {
        /// Where it lies: an absolute address, or a path relative to the bank.
        url: String,
        /// What stands for it where it can't be seen; may be empty.
        alt: String,
    },
    /// A line break that the author asked for.
    Break,
}

/// Something met on a walk through a document.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// A block.
    Block(&'a Block),
    /// An inline.
    Inline(&'a Inline),
}

impl Document {
    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Calls `visit` for every block and inline, parents first, in reading order.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(Node<'a>)) {
        walk_blocks(&self.blocks, visit);
    }

    /// All that it says, formulas as LaTeX, blocks on lines of their own; for search and grading.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::new();
        plain_blocks(&self.blocks, &mut out);
        out.truncate(out.trim_end().len());
        out
    }
}

impl From<Vec<Block>> for Document {
    fn from(blocks: Vec<Block>) -> Self {
        Self { blocks }
    }
}

/// What `inlines` say, without their marks; formulas as LaTeX, images as their alt text.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    plain_inlines(inlines, &mut out);
    out
}

/// Calls `visit` for every block below `blocks` and every inline in them.
pub fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut impl FnMut(Node<'a>)) {
    for block in blocks {
        visit(Node::Block(block));
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => walk_inlines(text, visit),
            Block::List { items, .. } => items.iter().for_each(|item| walk_blocks(&item.blocks, visit)),
            Block::Quote(blocks) => walk_blocks(blocks, visit),
            Block::Details { summary, blocks } => {
                walk_inlines(summary, visit);
                walk_blocks(blocks, visit);
            }
            Block::Table { header, rows, .. } => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    walk_inlines(cell, visit);
                }
            }
            Block::Code { .. } | Block::Formula(_) | Block::Rule => {}
        }
    }
}

/// Calls `visit` for every inline in and below `inlines`.
pub fn walk_inlines<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(Node<'a>)) {
    for inline in inlines {
        visit(Node::Inline(inline));
        if let Some(inner) = inline.children() {
            walk_inlines(inner, visit);
        }
    }
}

impl Inline {
    /// The inlines inside a marked one; `None` for a leaf.
    #[must_use]
    pub fn children(&self) -> Option<&[Inline]> {
        match self {
            Self::Emphasis(inner)
            | Self::Strong(inner)
            | Self::Strikethrough(inner)
            | Self::Highlight(inner)
            | Self::Subscript(inner)
            | Self::Superscript(inner)
            | Self::Link { text: inner, .. } => Some(inner),
            Self::Text(_) | Self::Code(_) | Self::Formula(_) | Self::Image { .. } | Self::Break => None,
        }
    }
}

fn plain_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => plain_inlines(text, out),
            Block::List { items, .. } => {
                items.iter().for_each(|item| plain_blocks(&item.blocks, out));
                continue;
            }
            Block::Quote(blocks) => {
                plain_blocks(blocks, out);
                continue;
            }
            Block::Details { summary, blocks } => {
                plain_inlines(summary, out);
                out.push('\n');
                plain_blocks(blocks, out);
                continue;
            }
            Block::Code { text, .. } | Block::Formula(text) => out.push_str(text),
            Block::Table { header, rows, .. } => {
                for row in std::iter::once(header).chain(rows) {
                    for cell in row {
                        plain_inlines(cell, out);
                        out.push(' ');
                    }
                    out.push('\n');
                }
                continue;
            }
            Block::Rule => continue,
        }
        out.push('\n');
    }
}

fn plain_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Formula(text) => out.push_str(text),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Break => out.push('\n'),
            marked => plain_inlines(marked.children().unwrap_or_default(), out),
        }
    }
}
