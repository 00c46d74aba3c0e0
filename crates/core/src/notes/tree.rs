//! Builds the blocks of a file from the events of the Markdown parser and the HTML between them.
//!
//! Markdown's tags nest well by construction; HTML tags may not, so an end tag closes what it
//! finds open and is dropped otherwise. Tags may be lost on the way, text never is.

use pulldown_cmark::{Alignment as Align, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::diagnostic::{Code, Remarks};
use super::formulas::{Masked, Part};
use super::html::{self, Element, Piece};
use super::stack::{Kind, Placed, Stack};
use crate::document::{Alignment, Block, Inline, MAX_DEPTH};
use crate::texts::Saying;

/// The blocks of a file, and where its pictures stand.
pub(crate) struct Tree {
    pub(crate) blocks: Vec<Placed>,
    pub(crate) images: Vec<(usize, String)>,
}

/// Reads a masked source, which begins `offset` bytes behind the start of its file.
pub(crate) fn build(masked: &Masked<'_>, offset: usize, remarks: &mut Remarks<'_>) -> Tree {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut builder = Builder {
        masked,
        offset,
        stack: Stack::new(),
        images: Vec::new(),
        too_deep: 0,
        html: None,
        hidden: None,
        footnote: None,
    };
    for (event, range) in Parser::new_ext(masked.text(), options).into_offset_iter() {
        builder.event(event, range.start);
    }
    let (blocks, unclosed, too_deep) = builder.stack.finish();
    for at in unclosed {
        remarks.add(at, Code::UnclosedDetails, Saying::of("remark-unclosed-details"));
    }
    if let Some(at) = too_deep {
        let message = Saying::of("remark-too-deep").with("depth", MAX_DEPTH);
        remarks.add(at, Code::TooDeep, message);
    }
    Tree { blocks, images: builder.images }
}

struct Builder<'m, 'a> {
    masked: &'m Masked<'a>,
    offset: usize,
    stack: Stack,
    images: Vec<(usize, String)>,
    /// How many of Markdown's open tags lie too deep to be kept.
    too_deep: usize,
    /// The HTML block that is being collected, and where it begins.
    html: Option<(usize, String)>,
    /// The script or style that is open between the words of a paragraph.
    hidden: Option<Vec<u8>>,
    /// The label of a footnote whose text is about to begin.
    footnote: Option<String>,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.hidden.is_some() => {}
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                let code = self.masked.unmask(&code);
                self.stack.inline(Inline::Code(code));
            }
            Event::Html(html) => {
                if let Some((_, collected)) = &mut self.html {
                    collected.push_str(&html);
                }
            }
            Event::InlineHtml(html) => self.html(&html, at),
            Event::SoftBreak => self.stack.line_ends(),
            Event::HardBreak => self.stack.break_line(),
            Event::Rule => {
                let at = self.origin(at);
                self.stack.block(Block::Rule, false, at);
            }
            Event::TaskListMarker(ticked) => self.stack.tick(ticked),
            Event::FootnoteReference(label) => {
                self.stack.inline(Inline::Superscript(vec![Inline::Text(format!("[{label}]"))]));
            }
            // The math extension is off: formulas were taken out before.
            Event::InlineMath(tex) | Event::DisplayMath(tex) => self.stack.text(&tex),
        }
    }

    fn origin(&self, at: usize) -> usize {
        self.offset + self.masked.origin(at)
    }

    fn text(&mut self, text: &str) {
        if self.stack.in_listing() {
            let text = self.masked.unmask(text);
            return self.stack.text(&text);
        }
        self.masked.parts(text, |part| match part {
            Part::Text(text) => self.stack.text(text),
            Part::Formula(formula) => self.stack.formula(&formula.tex, formula.display),
        });
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        if self.too_deep > 0 {
            self.too_deep += 1;
            return;
        }
        let at_source = self.origin(at);
        let kind = match tag {
            Tag::Image { dest_url, .. } => {
                let url = self.masked.unmask(&dest_url);
                self.images.push((at_source, url.clone()));
                Kind::Image { url }
            }
            Tag::HtmlBlock => {
                self.html = Some((at, String::new()));
                return;
            }
            Tag::FootnoteDefinition(label) => {
                self.footnote = Some(format!("[{label}] "));
                return;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
                Kind::Listing { language: self.masked.unmask(&language) }
            }
            Tag::Link { dest_url, .. } => Kind::Mark(Element::Link(self.masked.unmask(&dest_url))),
            Tag::Table(columns) => Kind::Table { columns: columns.into_iter().map(alignment).collect() },
            Tag::List(start) => Kind::List { start },
            Tag::Heading { level, .. } => {
                self.stack.end_unclosed_html();
                Kind::Heading(level as u8)
            }
            other => match kind_of(&other.to_end()) {
                Some(kind) => kind,
                None => return,
            },
        };
        let paragraph = matches!(kind, Kind::Paragraph);
        if !self.stack.open(kind, false, at_source) {
            self.too_deep = 1;
        }
        if paragraph && let Some(label) = self.footnote.take() {
            self.stack.text(&label);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            self.stack.end_paragraph();
            return;
        }
        if tag == TagEnd::Paragraph {
            self.hidden = None;
        }
        if tag == TagEnd::HtmlBlock {
            if let Some((at, html)) = self.html.take() {
                self.html(&html, at);
                self.hidden = None;
            }
        } else if let Some(kind) = kind_of(&tag) {
            self.stack.close_markdown(&kind);
        }
    }

    fn html(&mut self, html: &str, at: usize) {
        let mut hidden = self.hidden.take();
        for piece in html::pieces(html, &mut hidden) {
            match piece {
                Piece::Text(text) => self.html_text(&text),
                Piece::Break => self.stack.break_line(),
                Piece::Rule => {
                    let at = self.origin(at);
                    self.stack.block(Block::Rule, true, at);
                }
                Piece::Image { url, alt } => {
                    let url = self.masked.unmask(&url);
                    self.images.push((self.origin(at), url.clone()));
                    let alt = self.masked.unmask(&alt);
                    self.stack.inline(Inline::Image { url, alt });
                }
                Piece::Open { element: Element::Section, .. } | Piece::Close(Element::Section) => {
                    self.stack.end_paragraph();
                }
                Piece::Open { element, at: inside } => {
                    let at = self.origin(at + inside);
                    self.stack.open(html_kind(element), true, at);
                }
                Piece::Close(element) => self.stack.close_html(&html_kind(element)),
            }
        }
        self.hidden = hidden;
    }

    /// Adds the text between tags: its line ends are spaces, except in a listing.
    fn html_text(&mut self, text: &str) {
        if self.stack.in_listing() {
            return self.text(text);
        }
        for (index, line) in text.split('\n').enumerate() {
            let line = if index == 0 { line } else { line.trim_start() };
            if index > 0 {
                self.stack.line_ends();
            }
            self.text(line.trim_end_matches('\r'));
        }
    }
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::None => Alignment::None,
        Align::Left => Alignment::Left,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::Right,
    }
}

/// The kind that a Markdown tag opens and closes; its contents do not matter for closing.
fn kind_of(tag: &TagEnd) -> Option<Kind> {
    Some(match tag {
        TagEnd::Paragraph => Kind::Paragraph,
        TagEnd::Heading(level) => Kind::Heading(*level as u8),
        TagEnd::BlockQuote(_) => Kind::Quote,
        TagEnd::CodeBlock => Kind::Listing { language: String::new() },
        TagEnd::List(_) => Kind::List { start: None },
        TagEnd::Item => Kind::Item { task: None },
        TagEnd::Table => Kind::Table { columns: Vec::new() },
        TagEnd::TableHead | TagEnd::TableRow => Kind::Row,
        TagEnd::TableCell => Kind::Cell,
        TagEnd::Emphasis => Kind::Mark(Element::Emphasis),
        TagEnd::Strong => Kind::Mark(Element::Strong),
        TagEnd::Strikethrough => Kind::Mark(Element::Strikethrough),
        TagEnd::Superscript => Kind::Mark(Element::Superscript),
        TagEnd::Subscript => Kind::Mark(Element::Subscript),
        TagEnd::Link => Kind::Mark(Element::Link(String::new())),
        TagEnd::Image => Kind::Image { url: String::new() },
        _ => return None,
    })
}

fn html_kind(element: Element) -> Kind {
    match element {
        Element::Heading(level) => Kind::Heading(level),
        Element::List { ordered, start } => Kind::List { start: ordered.then_some(start) },
        Element::Item => Kind::Item { task: None },
        Element::Quote => Kind::Quote,
        Element::Listing => Kind::Listing { language: String::new() },
        Element::Details => Kind::Details,
        Element::Summary => Kind::Summary,
        Element::Table => Kind::Table { columns: Vec::new() },
        Element::Row => Kind::Row,
        Element::Cell => Kind::Cell,
        mark => Kind::Mark(mark),
    }
}
