//! Documents as rich messages: headings, lists, tables, formulas and figures that the client lays out.
//!
//! Only clients of 2026 and later show them, so a chat gets them when it asks. Formulas go out as LaTeX.
//! What is past a limit of Telegram's is not made at all: then the classic form serves.
//! <https://core.telegram.org/bots/api#rich-messages>

use viva_core::document::{Block, Document, Inline, Item, plain};

use crate::html::escape;
use crate::limits::{RICH_BLOCKS, RICH_COLUMNS, RICH_DEPTH, RICH_MEDIA, RICH_TEXT};

/// A title and an answer as one rich message, the answer folded away if `folded` says under which words;
/// `None` if Telegram would not take it.
#[must_use]
pub fn message(title: &[Inline], answer: &Document, folded: Option<&str>) -> Option<String> {
    let mut writer = Writer::default();
    writer.block("h2", |writer| writer.inlines(title));
    match folded {
        Some(summary) => writer.block("details", |writer| {
            writer.out += &format!("<summary>{}</summary>", escape(summary));
            writer.blocks(&answer.blocks);
        }),
        None => writer.blocks(&answer.blocks),
    }
    writer.fits().then_some(writer.out)
}

#[derive(Default)]
struct Writer {
    out: String,
    characters: usize,
    blocks: usize,
    media: usize,
    columns: usize,
    depth: usize,
    deepest: usize,
}

impl Writer {
    fn fits(&self) -> bool {
        self.characters <= RICH_TEXT
            && self.blocks <= RICH_BLOCKS
            && self.media <= RICH_MEDIA
            && self.columns <= RICH_COLUMNS
            && self.deepest <= RICH_DEPTH
    }

    fn text(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.out += &escape(text);
    }

    fn tag(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        self.out += &format!("<{tag}>");
        inside(self);
        let name = tag.split(' ').next().unwrap_or(tag);
        self.out += &format!("</{name}>");
        self.depth -= 1;
    }

    fn block(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.blocks += 1;
        self.tag(tag, inside);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.one(block);
        }
    }

    fn one(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                // The title is the only heading of the second level.
                let tag = format!("h{}", (*level).clamp(3, 6));
                self.block(&tag, |writer| writer.inlines(text));
            }
            Block::Paragraph(inlines) => self.paragraph(inlines),
            Block::List { start, items } => {
                let tag = match start {
                    None => "ul".to_owned(),
                    Some(1) => "ol".to_owned(),
                    Some(start) => format!("ol start=\"{start}\""),
                };
                self.block(&tag, |writer| items.iter().for_each(|item| writer.item(item)));
            }
            Block::Quote(inner) => self.block("blockquote", |writer| writer.blocks(inner)),
            Block::Code { language, text } => self.block("pre", |writer| {
                let language: String =
                    language.chars().filter(|c| c.is_ascii_alphanumeric() || "+-#".contains(*c)).collect();
                let tag = if language.is_empty() {
                    "code".to_owned()
                } else {
                    format!("code class=\"language-{language}\"")
                };
                writer.tag(&tag, |writer| writer.text(text));
            }),
            Block::Formula(tex) => self.block("tg-math-block", |writer| writer.text(tex)),
            Block::Table { header, rows, .. } => self.block("table", |writer| {
                if !header.is_empty() {
                    writer.row("th", header);
                }
                rows.iter().for_each(|row| writer.row("td", row));
            }),
            Block::Details { summary, blocks } => self.block("details", |writer| {
                writer.tag("summary", |writer| writer.inlines(summary));
                writer.blocks(blocks);
            }),
            Block::Rule => {
                self.blocks += 1;
                self.out += "<hr/>";
            }
        }
    }

    fn row(&mut self, cell: &str, cells: &[Vec<Inline>]) {
        self.columns = self.columns.max(cells.len());
        self.block("tr", |writer| {
            for inlines in cells {
                writer.tag(cell, |writer| writer.inlines(inlines));
            }
        });
    }

    fn item(&mut self, item: &Item) {
        self.block("li", |writer| {
            match item.task {
                Some(true) => writer.text("☑ "),
                Some(false) => writer.text("☐ "),
                None => {}
            }
            // An item of one paragraph needs no paragraph of its own.
            match &item.blocks[..] {
                [Block::Paragraph(inlines)] if !has_picture(inlines) => writer.inlines(inlines),
                blocks => writer.blocks(blocks),
            }
        });
    }

    /// A paragraph; pictures that Telegram can fetch stand between its lines.
    fn paragraph(&mut self, inlines: &[Inline]) {
        let mut run: Vec<Inline> = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Image { url, alt } if is_remote(url) => {
                    self.run(&std::mem::take(&mut run));
                    self.media += 1;
                    self.blocks += 1;
                    self.out += &format!("<img src=\"{}\" alt=\"{}\"/>", escape(url), escape(alt));
                    if !alt.is_empty() {
                        self.block("p", |writer| writer.tag("i", |writer| writer.text(alt)));
                    }
                }
                other => run.push(other.clone()),
            }
        }
        self.run(&run);
    }

    fn run(&mut self, inlines: &[Inline]) {
        if !plain(inlines).trim().is_empty() {
            self.block("p", |writer| writer.inlines(inlines));
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let inner = inline.children().unwrap_or_default();
            let mut wrap = |tag: &str| self.tag(tag, |writer| writer.inlines(inner));
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Emphasis(_) => wrap("i"),
                Inline::Strong(_) => wrap("b"),
                Inline::Strikethrough(_) => wrap("s"),
                Inline::Highlight(_) => wrap("mark"),
                Inline::Subscript(_) => wrap("sub"),
                Inline::Superscript(_) => wrap("sup"),
                Inline::Code(code) => self.tag("code", |writer| writer.text(code)),
                Inline::Formula(tex) => self.tag("tg-math", |writer| writer.text(tex)),
                Inline::Link { url, .. } if is_remote(url) => {
                    self.tag(&format!("a href=\"{}\"", escape(url)), |writer| writer.inlines(inner));
                }
                Inline::Link { .. } => self.inlines(inner),
                Inline::Image { url, alt } => {
                    self.text(&format!("🖼 {}", if alt.is_empty() { url } else { alt }))
                }
                Inline::Break => self.out += "<br/>",
            }
        }
    }
}

fn has_picture(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| matches!(inline, Inline::Image { url, .. } if is_remote(url)))
}

fn is_remote(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Inline::Text(text.to_owned())])
    }

    #[test]
    fn blocks_keep_their_meaning() {
        let document = Document::from(vec![
            Block::Paragraph(vec![
                Inline::Strong(vec![Inline::Text("a<b".to_owned())]),
                Inline::Formula("x^2".to_owned()),
            ]),
            Block::List {
                start: Some(3),
                items: vec![Item { task: None, blocks: vec![paragraph("three")] }],
            },
            Block::Formula("\\frac{1}{2} < 1".to_owned()),
            Block::Code { language: "py".to_owned(), text: "1 < 2".to_owned() },
            Block::Paragraph(vec![Inline::Image {
                url: "https://e.example/a.png".to_owned(),
                alt: "fig".to_owned(),
            }]),
        ]);
        let title = [Inline::Text("Why?".to_owned())];
        assert_eq!(
            message(&title, &document, Some("Answer")).unwrap(),
            "<h2>Why?</h2><details><summary>Answer</summary><p><b>a&lt;b</b><tg-math>x^2</tg-math></p>\
             <ol start=\"3\"><li>three</li></ol><tg-math-block>\\frac{1}{2} &lt; 1</tg-math-block>\
             <pre><code class=\"language-py\">1 &lt; 2</code></pre>\
             <img src=\"https://e.example/a.png\" alt=\"fig\"/><p><i>fig</i></p></details>"
        );
    }

    #[test]
    fn what_is_past_a_limit_is_not_made() {
        let title = [Inline::Text("Why?".to_owned())];
        let of = |blocks: Vec<Block>| message(&title, &Document::from(blocks), None).is_some();
        assert!(of(vec![paragraph("x"); RICH_BLOCKS - 1]));
        assert!(!of(vec![paragraph("x"); RICH_BLOCKS]));
        assert!(of(vec![paragraph(&"x".repeat(RICH_TEXT - 4))]));
        assert!(!of(vec![paragraph(&"x".repeat(RICH_TEXT - 3))]));
        let row = |cells: usize| Block::Table {
            columns: Vec::new(),
            header: Vec::new(),
            rows: vec![vec![vec![Inline::Text("x".to_owned())]; cells]],
        };
        assert!(of(vec![row(RICH_COLUMNS)]));
        assert!(!of(vec![row(RICH_COLUMNS + 1)]));
    }
}
