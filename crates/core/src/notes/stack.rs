//! The stack of what is open while a file is read, and the rules by which it closes.
//!
//! It knows neither Markdown nor HTML, only their difference: what Markdown opened, Markdown
//! closes; what an HTML tag opened may also be closed by the end of its parent.

use super::html::Element;
use crate::document::{Alignment, Block, Inline, Item, MAX_DEPTH, plain};
use crate::language::is_han;

/// Something open.
#[derive(Debug)]
pub(crate) enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    Quote,
    List { start: Option<u64> },
    Item { task: Option<bool> },
    Listing { language: String },
    Details,
    Summary,
    Table { columns: Vec<Alignment> },
    Row,
    Cell,
    Mark(Element),
    Image { url: String },
}

impl Kind {
    fn holds_blocks(&self) -> bool {
        matches!(self, Self::Root | Self::Quote | Self::Item { .. } | Self::Details)
    }

    /// Whether it can be ended by the start of a block inside it.
    fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Heading(_) | Self::Mark(_) | Self::Image { .. } | Self::Listing { .. }
        )
    }

    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Mark(a), Self::Mark(b)) => a.pairs_with(b),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// A block at the top of a file.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) block: Block,
    /// Its offset in the source.
    pub(crate) at: usize,
    /// Whether it was written in HTML.
    pub(crate) html: bool,
    /// The offsets of its items, if it is a list.
    pub(crate) items: Vec<usize>,
}

#[derive(Debug)]
struct Frame {
    kind: Kind,
    html: bool,
    at: usize,
    inlines: Vec<Inline>,
    blocks: Vec<Placed>,
    items: Vec<(usize, Item)>,
    rows: Vec<Vec<Vec<Inline>>>,
    summary: Vec<Inline>,
}

impl Frame {
    fn new(kind: Kind, html: bool, at: usize) -> Self {
        let (inlines, blocks, items, rows, summary) = Default::default();
        Self { kind, html, at, inlines, blocks, items, rows, summary }
    }
}

/// What is open, the innermost last.
pub(crate) struct Stack {
    frames: Vec<Frame>,
    /// A line ended; whether that is a space depends on what follows.
    line_ended: bool,
    /// Where details were left open.
    pub(crate) unclosed: Vec<usize>,
    /// Where nesting first went too deep.
    pub(crate) too_deep: Option<usize>,
}

impl Stack {
    pub(crate) fn new() -> Self {
        let frames = vec![Frame::new(Kind::Root, false, 0)];
        Self { frames, line_ended: false, unclosed: Vec::new(), too_deep: None }
    }

    fn top(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Whether a listing is open, in which text stands as it is.
    pub(crate) fn in_listing(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame.kind, Kind::Listing { .. }))
    }

    /// Closes the lists, quotes and marks that HTML left open: a heading of Markdown begins, which
    /// is more likely the next question than a part of them.
    pub(crate) fn end_unclosed_html(&mut self) {
        while self.frames.last().is_some_and(|frame| frame.html && !matches!(frame.kind, Kind::Details)) {
            self.close_top(false);
        }
    }

    /// Whether a cell or a summary is open, in which blocks become mere lines.
    pub(crate) fn on_one_line(&self) -> bool {
        self.frames
            .iter()
            .rev()
            .take_while(|frame| !frame.kind.holds_blocks())
            .any(|frame| matches!(frame.kind, Kind::Cell | Kind::Summary))
    }

    /// Opens a block or a mark; false if it is too deep or has no place here, so that only what is
    /// in it will be kept.
    pub(crate) fn open(&mut self, kind: Kind, html: bool, at: usize) -> bool {
        if self.frames.len() >= MAX_DEPTH {
            self.too_deep.get_or_insert(at);
            self.end_paragraph();
            return false;
        }
        let fits = match kind {
            Kind::Mark(_) | Kind::Image { .. } => {
                self.end_line();
                true
            }
            Kind::Summary => matches!(self.top().kind, Kind::Details),
            Kind::Row => self.rewind(|kind| matches!(kind, Kind::Table { .. })),
            Kind::Cell => self.rewind(|kind| matches!(kind, Kind::Row)),
            _ if self.on_one_line() => {
                self.break_line();
                false
            }
            Kind::Item { .. } => {
                if self.rewind(|kind| matches!(kind, Kind::List { .. } | Kind::Item { .. }))
                    && matches!(self.top().kind, Kind::Item { .. })
                {
                    self.close_top(true);
                }
                if !matches!(self.top().kind, Kind::List { .. }) {
                    self.open(Kind::List { start: None }, html, at);
                }
                true
            }
            _ => {
                self.end_paragraph();
                true
            }
        };
        if fits {
            self.frames.push(Frame::new(kind, html, at));
        }
        fits
    }

    /// Closes all above the innermost frame that `wanted` accepts, unless a block container that
    /// Markdown opened stands between.
    fn rewind(&mut self, wanted: impl Fn(&Kind) -> bool) -> bool {
        let Some(found) = self.frames.iter().rposition(|frame| wanted(&frame.kind)) else { return false };
        if self.frames[found + 1..].iter().any(|frame| !frame.html && frame.kind.holds_blocks()) {
            return false;
        }
        while self.frames.len() > found + 1 {
            self.close_top(false);
        }
        true
    }

    /// Closes what Markdown opened, and all that was opened in it.
    pub(crate) fn close_markdown(&mut self, kind: &Kind) {
        let Some(found) = self.frames.iter().rposition(|frame| !frame.html && frame.kind.same(kind)) else {
            return;
        };
        while self.frames.len() > found + 1 {
            self.close_top(false);
        }
        self.close_top(true);
    }

    /// Closes what an HTML tag opened, if it is open in the same container.
    pub(crate) fn close_html(&mut self, kind: &Kind) {
        let Some(found) = self.frames.iter().rposition(|frame| frame.html && frame.kind.same(kind)) else {
            return;
        };
        let between = &self.frames[found + 1..];
        let crosses = |frame: &Frame| !frame.html && (!frame.kind.is_leaf() || matches!(kind, Kind::Mark(_)));
        if between.iter().any(crosses) {
            return;
        }
        while self.frames.len() > found + 1 {
            self.close_top(false);
        }
        self.close_top(true);
    }

    /// Ends the paragraph that is open, if any: a block begins or ends here.
    pub(crate) fn end_paragraph(&mut self) {
        if self.on_one_line() {
            return self.break_line();
        }
        while self.top().kind.is_leaf() {
            self.close_top(false);
        }
        self.flush();
    }

    /// Makes a paragraph of the inlines that stand loose in a container.
    fn flush(&mut self) {
        self.line_ended = false;
        let top = self.top();
        if top.kind.holds_blocks() {
            let mut inlines = std::mem::take(&mut top.inlines);
            trim(&mut inlines);
            if !inlines.is_empty() {
                let at = top.at;
                top.blocks.push(Placed {
                    block: Block::Paragraph(inlines),
                    at,
                    html: false,
                    items: Vec::new(),
                });
            }
        }
    }

    /// Adds a block that holds no others.
    pub(crate) fn block(&mut self, block: Block, html: bool, at: usize) {
        self.end_paragraph();
        self.add(Placed { block, at, html, items: Vec::new() });
    }

    /// Adds a display formula, between the lines of its paragraph if one is open.
    pub(crate) fn formula(&mut self, tex: &str, display: bool) {
        if !display || self.on_one_line() || matches!(self.top().kind, Kind::Mark(_) | Kind::Heading(_)) {
            return self.inline(Inline::Formula(tex.to_owned()));
        }
        let formula = Block::Formula(tex.to_owned());
        self.line_ended = false;
        let at = self.top().at;
        if matches!(self.top().kind, Kind::Paragraph) {
            let html = self.top().html;
            self.close_top(true);
            self.add(Placed { block: formula, at, html, items: Vec::new() });
            self.frames.push(Frame::new(Kind::Paragraph, html, at));
        } else {
            self.block(formula, false, at);
        }
    }

    fn add(&mut self, placed: Placed) {
        let container = self.frames.iter().rposition(|frame| frame.kind.holds_blocks()).unwrap_or(0);
        self.frames[container].blocks.push(placed);
    }

    /// Adds an inline that is no text.
    pub(crate) fn inline(&mut self, inline: Inline) {
        self.end_line();
        self.top().inlines.push(inline);
    }

    /// Adds text as it stands.
    pub(crate) fn text(&mut self, text: &str) {
        if self.line_ended && !text.is_empty() {
            self.line_ended = false;
            let first = text.chars().next();
            if begins_option(text) {
                self.top().inlines.push(Inline::Break);
            } else if !self.last_char().is_none_or(is_wide) && !first.is_some_and(is_wide) {
                self.push(" ");
            }
        }
        self.push(text);
    }

    fn push(&mut self, text: &str) {
        let inlines = &mut self.top().inlines;
        match inlines.last_mut() {
            Some(Inline::Text(last)) => last.push_str(text),
            _ => inlines.push(Inline::Text(text.to_owned())),
        }
    }

    /// Notes that a line of the source ended inside a paragraph.
    pub(crate) fn line_ends(&mut self) {
        self.line_ended = self.last_char().is_some();
    }

    /// Makes a space of an ended line, where the words around it want one.
    fn end_line(&mut self) {
        if std::mem::take(&mut self.line_ended) && !self.last_char().is_none_or(is_wide) {
            self.push(" ");
        }
    }

    /// Adds a line break, but none at the beginning.
    pub(crate) fn break_line(&mut self) {
        self.line_ended = false;
        let inlines = &mut self.top().inlines;
        if !matches!(inlines.last(), None | Some(Inline::Break)) {
            inlines.push(Inline::Break);
        }
    }

    fn last_char(&mut self) -> Option<char> {
        fn last(inlines: &[Inline]) -> Option<char> {
            match inlines.last()? {
                Inline::Text(text) | Inline::Code(text) => text.chars().next_back(),
                Inline::Break => None,
                Inline::Formula(_) | Inline::Image { .. } => Some('x'),
                marked => last(marked.children()?),
            }
        }
        last(&self.top().inlines)
    }

    /// Ticks or unticks the innermost list item.
    pub(crate) fn tick(&mut self, ticked: bool) {
        let item = self.frames.iter_mut().rev().find(|frame| matches!(frame.kind, Kind::Item { .. }));
        if let Some(Frame { kind: Kind::Item { task }, .. }) = item {
            *task = Some(ticked);
        }
    }

    /// Closes everything and gives the blocks of the file.
    pub(crate) fn finish(mut self) -> (Vec<Placed>, Vec<usize>, Option<usize>) {
        while self.frames.len() > 1 {
            self.close_top(false);
        }
        self.flush();
        (std::mem::take(&mut self.top().blocks), self.unclosed, self.too_deep)
    }

    /// Closes the innermost frame; `by_tag` tells whether its own end was met.
    fn close_top(&mut self, by_tag: bool) {
        if self.frames.len() == 1 {
            return;
        }
        if self.top().kind.holds_blocks() {
            self.flush();
        }
        let Some(frame) = self.frames.pop() else { return };
        let Frame { kind, html, at, mut inlines, blocks, items, rows, summary } = frame;
        let place = |block| Placed { block, at, html, items: Vec::new() };
        match kind {
            Kind::Root => {}
            Kind::Paragraph | Kind::Heading(_) => {
                self.line_ended = false;
                trim(&mut inlines);
                match kind {
                    Kind::Heading(level) => self.add(place(Block::Heading { level, text: inlines })),
                    _ if inlines.is_empty() => {}
                    _ => self.add(place(Block::Paragraph(inlines))),
                }
            }
            Kind::Quote => self.add(place(Block::Quote(unplaced(blocks)))),
            Kind::Item { task } => {
                let item = Item { task, blocks: unplaced(blocks) };
                if let Kind::List { .. } = self.top().kind {
                    self.top().items.push((at, item));
                } else {
                    item.blocks.into_iter().for_each(|block| self.add(place(block)));
                }
            }
            Kind::List { start } => {
                let (offsets, items) = items.into_iter().unzip();
                self.add(Placed { block: Block::List { start, items }, at, html, items: offsets });
            }
            Kind::Listing { language } => {
                let text = plain(&inlines);
                let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                self.add(place(match language.as_str() {
                    "math" | "latex-math" => Block::Formula(text.trim().to_owned()),
                    _ => Block::Code { language, text },
                }));
            }
            Kind::Details if !by_tag => {
                // Its end is missing: what follows may well be the next question.
                self.unclosed.push(at);
                if !summary.is_empty() {
                    self.add(place(Block::Paragraph(summary)));
                }
                blocks.into_iter().for_each(|placed| self.add(placed));
            }
            Kind::Details => self.add(place(Block::Details { summary, blocks: unplaced(blocks) })),
            Kind::Summary => {
                self.line_ended = false;
                trim(&mut inlines);
                self.top().summary = inlines;
            }
            Kind::Table { columns } => self.add(place(table(columns, rows))),
            Kind::Row => self.top().rows.extend(rows),
            Kind::Cell => {
                self.line_ended = false;
                trim(&mut inlines);
                let row = self.top();
                if row.rows.is_empty() {
                    row.rows.push(Vec::new());
                }
                row.rows[0].push(inlines);
            }
            Kind::Image { url } => self.top().inlines.push(Inline::Image { url, alt: plain(&inlines) }),
            Kind::Mark(element) => {
                if let Some(marked) = mark(element, inlines) {
                    self.top().inlines.push(marked);
                }
            }
        }
    }
}

fn unplaced(blocks: Vec<Placed>) -> Vec<Block> {
    blocks.into_iter().map(|placed| placed.block).collect()
}

fn table(mut columns: Vec<Alignment>, rows: Vec<Vec<Vec<Inline>>>) -> Block {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(columns.len());
    columns.resize(width, Alignment::None);
    let mut rows = rows.into_iter().map(|mut row| {
        row.resize(width, Vec::new());
        row
    });
    let header = rows.next().unwrap_or_default();
    Block::Table { columns, header, rows: rows.collect() }
}

fn mark(element: Element, inner: Vec<Inline>) -> Option<Inline> {
    if inner.is_empty() {
        return None;
    }
    Some(match element {
        Element::Strong => Inline::Strong(inner),
        Element::Emphasis => Inline::Emphasis(inner),
        Element::Strikethrough => Inline::Strikethrough(inner),
        Element::Highlight => Inline::Highlight(inner),
        Element::Subscript => Inline::Subscript(inner),
        Element::Superscript => Inline::Superscript(inner),
        Element::Code => Inline::Code(plain(&inner)),
        Element::Link(url) => Inline::Link { url, text: inner },
        // No other element opens a mark.
        _ => Inline::Highlight(inner),
    })
}

/// Takes the white space and breaks off both ends.
fn trim(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Break => {}
            Inline::Text(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    break;
                }
            }
            _ => break,
        }
        inlines.pop();
    }
    let blank = |inline: &Inline| match inline {
        Inline::Break => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    let lead = inlines.iter().take_while(|inline| blank(inline)).count();
    inlines.drain(..lead);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        let lead = text.len() - text.trim_start().len();
        text.drain(..lead);
    }
}

/// Whether `c` is of a script that is written without spaces.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff01}'..='\u{ff60}' | '“' | '”' | '‘' | '’')
}

/// Whether a line begins as the options of a multiple-choice question do: `A. `, `B) `, `C：`.
pub(crate) fn begins_option(line: &str) -> bool {
    let mut chars = line.chars();
    matches!(chars.next(), Some('A'..='H'))
        && matches!(chars.next(), Some('.' | ')' | ':' | '、' | '：' | '．' | '）'))
}
