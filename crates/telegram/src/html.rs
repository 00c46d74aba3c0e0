//! Documents as the HTML that every Telegram client shows: bold, italic, code, quotes and links, and no more.
//!
//! Lists, headings and tables are laid out with characters. It refuses nothing: what Telegram has no mark for
//! keeps its words. <https://core.telegram.org/bots/api#html-style>

use viva_album::{Drawn, Plate};
use viva_core::document::{Block, Document, Inline, Item, plain, split};
use viva_core::formula;

use crate::limits::{PAGE, units};
use crate::shots::{Seen, Shot, is_sendable};

/// Columns of monospaced text that fit on a telephone.
pub const TABLE_WIDTH: usize = 32;
/// What stands before the lines of an item's further blocks.
const INDENT: &str = "   ";

/// A text in which Telegram finds no markup.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars().filter(|c| !c.is_control() || *c == '\n') {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// A name that can't turn around what stands beside it.
#[must_use]
pub fn name(name: &str) -> String {
    // U+2068 and U+2069 isolate the direction of what is between them.
    let bare: String = name
        .chars()
        .filter(|c| !('\u{202a}'..='\u{202e}').contains(c) && !('\u{2066}'..='\u{2069}').contains(c))
        .collect();
    format!("\u{2068}{}\u{2069}", escape(&bare))
}

/// The length of HTML as Telegram counts it: in UTF-16 code units, without tags, entities as one character.
#[must_use]
pub fn length(html: &str) -> usize {
    let mut length = 0;
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let (counted, taken) = match c {
            '<' => (0, rest.find('>').map_or(rest.len(), |end| end + 1)),
            '&' => (1, rest.find(';').map_or(1, |end| end + 1)),
            c => (c.len_utf16(), c.len_utf8()),
        };
        length += counted;
        rest = &rest[taken..];
    }
    length
}

/// A document as HTML, and the pictures that it refers to by their numbers: Telegram shows none within a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The text.
    pub html: String,
    /// The pictures, in reading order.
    pub shots: Vec<Shot>,
}

/// A document, whole and in words.
#[must_use]
pub fn text(document: &Document) -> String {
    pictured(document, &Drawn::in_words(), 1).html
}

/// A document, whole; its pictures have numbers from `first`.
#[must_use]
pub fn pictured(document: &Document, drawn: &Drawn, first: usize) -> Page {
    let mut writer = Writer { drawn, shots: Vec::new(), first };
    let html = writer.blocks(&document.blocks, true).join("\n\n").trim().to_owned();
    Page { html, shots: writer.shots }
}

/// A document as texts that each fit a message, split between blocks.
#[must_use]
pub fn pages(document: &Document, drawn: &Drawn, first: usize) -> Vec<Page> {
    pages_of(document, PAGE, drawn, first)
}

/// A document as texts of at most `limit` units each. Where it is cut does not depend on which pictures are there.
#[must_use]
pub fn pages_of(document: &Document, limit: usize, drawn: &Drawn, first: usize) -> Vec<Page> {
    let imagined = Drawn::imagined();
    let measure = |part: &[Block]| {
        let part = Document::from(part.to_vec());
        length(&text(&part)).max(length(&pictured(&part, &imagined, 100).html))
    };
    let mut first = first;
    let mut page = |part: &Document| {
        let page = pictured(part, drawn, first);
        first += page.shots.len();
        page
    };
    split(document, limit, &measure).iter().map(&mut page).filter(|page| !page.html.is_empty()).collect()
}

/// Inlines on one line.
#[must_use]
pub fn line(inlines: &[Inline]) -> String {
    let mut out = String::new();
    Writer { drawn: &Drawn::in_words(), shots: Vec::new(), first: 1 }.push(inlines, &mut out);
    out.replace('\n', " ").trim().to_owned()
}

/// Inlines as plain text on one line, formulas in Unicode.
#[must_use]
pub fn bare(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_bare(inlines, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes blocks, and gathers the pictures that they refer to.
struct Writer<'d> {
    drawn: &'d Drawn,
    shots: Vec<Shot>,
    /// The number of the first picture.
    first: usize,
}

impl Writer<'_> {
    /// Each block as HTML; `outer` if it stands in no quote, because quotes do not nest.
    fn blocks(&mut self, all: &[Block], outer: bool) -> Vec<String> {
        all.iter().map(|part| self.block(part, outer)).filter(|html| !html.trim().is_empty()).collect()
    }

    /// Refers to a picture, which is sent below the text.
    fn refer(&mut self, seen: Seen, words: &str) -> String {
        let number = self.first + self.shots.len();
        self.shots.push(Shot { number: Some(number), seen, words: words.to_owned() });
        format!("🖼 <b>{number}</b>")
    }

    fn upload(&mut self, plate: Option<&std::sync::Arc<Plate>>, words: &str) -> Option<String> {
        let plate = plate.filter(|plate| is_sendable(plate))?.clone();
        Some(self.refer(Seen::Uploaded(plate), words))
    }

    fn block(&mut self, part: &Block, outer: bool) -> String {
        let drawn = self.drawn;
        match part {
            Block::Heading { text, .. } => format!("<b>{}</b>", unbold(&line(text))),
            Block::Paragraph(inlines) => {
                let mut out = String::new();
                self.push(inlines, &mut out);
                out.trim().to_owned()
            }
            Block::List { start, items } => self.list(*start, items, outer),
            Block::Quote(inner) => quote(&self.blocks(inner, false).join("\n"), outer, false),
            Block::Code { language, text } => code(language, text),
            Block::Formula(tex) => {
                let set = formula::inline(tex);
                match self.upload(drawn.formula(tex, true), &set.text) {
                    // What one line says as well need not be looked up.
                    Some(mark) if set.faithful => format!("{INDENT}{}  {mark}", escape(&set.text)),
                    Some(mark) => format!("{INDENT}{mark}"),
                    None => match &formula::block(tex)[..] {
                        [one] => format!("{INDENT}{}", escape(one)),
                        lines => code("", &lines.join("\n")),
                    },
                }
            }
            Block::Table { columns, header, rows } => {
                let plate = drawn.table(columns, header, rows, TABLE_WIDTH);
                self.upload(plate, &viva_album::table(header, rows)).unwrap_or_else(|| table(header, rows))
            }
            Block::Details { summary, blocks: inner } => {
                let summary = format!("<b>{}</b>", unbold(&line(summary)));
                format!("{summary}\n{}", quote(&self.blocks(inner, false).join("\n"), outer, true))
            }
            Block::Rule => "———".to_owned(),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], outer: bool) -> String {
        let mut lines = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let mark = match (item.task, start) {
                (Some(true), _) => "☑ ".to_owned(),
                (Some(false), _) => "☐ ".to_owned(),
                (None, Some(start)) => format!("{}. ", start.saturating_add(at as u64)),
                (None, None) => "• ".to_owned(),
            };
            let parts = self.blocks(&item.blocks, outer);
            let mut out = String::new();
            for (at, part) in parts.iter().enumerate() {
                if at == 0 {
                    out += &mark;
                    // What is a block of its own begins on a line of its own.
                    let of_its_own = part.starts_with("<pre>") || part.starts_with("<blockquote");
                    out += if of_its_own { "\n" } else { "" };
                    out += part;
                } else {
                    out.push('\n');
                    out += &indented(part);
                }
            }
            lines.push(if parts.is_empty() { mark.trim_end().to_owned() } else { out });
        }
        lines.join("\n")
    }

    fn push(&mut self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            let inner = inline.children().unwrap_or_default();
            let mut wrap = |tag: &str, writer: &mut Self| {
                let mut said = String::new();
                writer.push(inner, &mut said);
                let open = format!("<{tag}>");
                if said.trim().is_empty() || out.ends_with(&open) || said.contains(&open) {
                    out.push_str(&said);
                } else {
                    out.push_str(&format!("<{tag}>{said}</{tag}>"));
                }
            };
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Emphasis(_) => wrap("i", self),
                Inline::Strong(_) => wrap("b", self),
                Inline::Strikethrough(_) => wrap("s", self),
                Inline::Highlight(_) => wrap("u", self),
                Inline::Subscript(_) | Inline::Superscript(_) => self.push(inner, out),
                Inline::Code(code) => out.push_str(&format!("<code>{}</code>", escape(code))),
                Inline::Formula(tex) => {
                    let text = viva_album::formula(tex);
                    out.push_str(&escape(&text));
                    if let Some(mark) = self.upload(self.drawn.formula(tex, false), &text) {
                        out.push_str(&format!(" ({})", unbold(&mark)));
                    }
                }
                Inline::Link { url, .. } if is_link(url) && !plain(inner).trim().is_empty() => {
                    out.push_str(&format!("<a href=\"{}\">", escape(url)));
                    self.push(inner, out);
                    out.push_str("</a>");
                }
                Inline::Link { .. } => self.push(inner, out),
                Inline::Image { url, alt } => {
                    let said = if alt.is_empty() { url } else { alt };
                    let mark = self.upload(self.drawn.figure(url), alt).map(|mark| unbold(&mark));
                    if is_link(url) {
                        let mark = if self.drawn.is_in_words() {
                            "🖼".to_owned()
                        } else {
                            unbold(&self.refer(Seen::Remote(url.clone()), alt))
                        };
                        out.push_str(&format!("{mark} <a href=\"{}\">{}</a>", escape(url), escape(said)));
                    } else if let Some(mark) = mark {
                        out.push_str(&format!("{mark} {}", escape(alt)));
                    } else {
                        out.push_str(&format!("🖼 {}", escape(said)));
                    }
                }
                Inline::Break => out.push('\n'),
            }
        }
    }
}

fn quote(inside: &str, outer: bool, folded: bool) -> String {
    // Quotes hold no listings: those stand between the parts of the quote.
    if !outer || inside.contains("<pre>") || inside.trim().is_empty() {
        return inside.to_owned();
    }
    let expandable = if folded { " expandable" } else { "" };
    format!("<blockquote{expandable}>{inside}</blockquote>")
}

/// Bold inside of bold is one mark too many.
fn unbold(html: &str) -> String {
    html.replace("<b>", "").replace("</b>", "")
}

fn code(language: &str, text: &str) -> String {
    let language: String =
        language.chars().filter(|c| c.is_ascii_alphanumeric() || "+-#".contains(*c)).collect();
    if language.is_empty() {
        return format!("<pre>{}</pre>", escape(text));
    }
    format!("<pre><code class=\"language-{language}\">{}</code></pre>", escape(text))
}

/// Moves lines to the right, except those of listings, which would change.
fn indented(html: &str) -> String {
    let mut inside = false;
    let mut out = Vec::new();
    for line in html.lines() {
        let listing = inside || line.contains("<pre>") || line.contains("<blockquote");
        inside = listing && !(line.contains("</pre>") || line.contains("</blockquote>"));
        out.push(if listing { line.to_owned() } else { format!("{INDENT}{line}") });
    }
    out.join("\n")
}

/// A table with aligned columns, or row by row if a telephone could not show that.
fn table(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
    if let Some(table) = viva_album::aligned(header, rows, TABLE_WIDTH) {
        return code("", &table);
    }
    let mut lines: Vec<String> = Vec::new();
    if !header.is_empty() {
        let cells: Vec<String> = header.iter().map(|cell| line(cell)).collect();
        lines.push(format!("<b>{}</b>", unbold(&cells.join(" │ "))));
    }
    lines.extend(rows.iter().map(|row| {
        let mut cells = row.iter().map(|cell| line(cell));
        let first =
            cells.next().filter(|first| !first.is_empty()).map(|first| format!("<b>{}</b>", unbold(&first)));
        format!("• {}", first.into_iter().chain(cells).collect::<Vec<_>>().join(" │ "))
    }));
    lines.join("\n")
}

fn is_link(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn push_bare(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Formula(tex) => out.push_str(&formula::inline(tex).text),
            Inline::Image { url, alt } => out.push_str(if alt.is_empty() { url } else { alt }),
            Inline::Break => out.push(' '),
            marked => push_bare(marked.children().unwrap_or_default(), out),
        }
    }
}

/// Cuts HTML without block marks to so many units by falling back to plain words.
#[must_use]
pub fn fit(html: &str, plain: &str, limit: usize) -> String {
    if length(html) <= limit { html.to_owned() } else { escape(&crate::limits::fit(plain, limit)) }
}

/// Whether a text is short enough for a place of `limit` units.
#[must_use]
pub fn fits(text: &str, limit: usize) -> bool {
    units(text) <= limit
}

#[cfg(test)]
mod tests;
