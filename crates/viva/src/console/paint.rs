//! Draws documents for a terminal or a pipe.
//!
//! A terminal gets colours, if it can show them and nobody asked for none, and lines that fit it; a
//! pipe gets plain text of one width. Control characters are taken out of every text before any
//! colour goes in, so notes can't command the terminal.

use std::io::IsTerminal;

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use textwrap::Options;
use viva_core::document::{Block, Document, Inline, plain};
use viva_core::formula;
use viva_core::language::Language;
use viva_core::texts::Texts;

use super::code;
use super::ink::{self, Ink, PLAIN};
use super::table;

/// The widest that prose gets, in columns; longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// The width of a terminal that does not tell it.
const USUAL_SCREEN: usize = 80;

/// The narrowest that prose is wrapped to.
const MIN_WIDTH: usize = 20;

/// Draws documents with a given width and language.
pub(crate) struct Painter {
    ink: Ink,
    /// The columns of the terminal; `None` in a pipe, where only prose is wrapped.
    screen: Option<usize>,
    pub(crate) language: Language,
}

/// A text without anything that would command a terminal.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

impl Painter {
    /// For output that is read later.
    pub(crate) fn plain(language: Language) -> Self {
        Self { ink: Ink { on: false }, screen: None, language }
    }

    /// For the standard output, whatever it is.
    pub(crate) fn stdout(language: Language) -> Self {
        let stdout = std::io::stdout();
        let on = AutoStream::choice(&stdout) != ColorChoice::Never;
        Self { ink: Ink { on }, screen: stdout.is_terminal().then(screen), language }
    }

    /// Takes up the size that the terminal has now.
    pub(crate) fn refit(&mut self) {
        self.screen = self.screen.map(|_| screen());
    }

    /// A text of ours in a style.
    pub(crate) fn dye(&self, style: Style, text: &str) -> String {
        self.ink.dye(style, text)
    }

    /// A text that fits the terminal; a pipe gets it as it is.
    pub(crate) fn fit(&self, text: &str) -> String {
        self.fit_in(text, self.width())
    }

    fn fit_in(&self, text: &str, width: usize) -> String {
        if self.screen.is_some() { self.wrapped(text, width) } else { text.to_owned() }
    }

    fn width(&self) -> usize {
        self.screen.map_or(MAX_WIDTH, |screen| screen.min(MAX_WIDTH))
    }

    /// A document, its blocks apart from each other by empty lines, without a final newline.
    pub(crate) fn document(&self, document: &Document) -> String {
        self.blocks(&document.blocks, self.width())
    }

    /// A document behind `head`, its other lines as far to the right.
    pub(crate) fn beside(&self, head: &str, document: &Document) -> String {
        // What comes out of a pipe has no edge to run into.
        let head_width = if self.screen.is_some() { ink::width(head) } else { 0 };
        indented(head, &self.blocks(&document.blocks, self.width().saturating_sub(head_width)))
    }

    /// Inlines on one line.
    pub(crate) fn inlines(&self, inlines: &[Inline], style: Style) -> String {
        let mut out = String::new();
        self.push(inlines, style, &mut out);
        out
    }

    /// A line without anything that would command the terminal.
    pub(crate) fn line(&self, text: &str) -> String {
        harmless(text)
    }

    /// How many columns a text takes.
    pub(crate) fn width_of(&self, text: &str) -> usize {
        ink::width(&self.line(text))
    }

    fn blocks(&self, blocks: &[Block], width: usize) -> String {
        let drawn = blocks.iter().map(|block| self.block(block, width)).filter(|block| !block.is_empty());
        drawn.collect::<Vec<_>>().join("\n\n")
    }

    fn block(&self, block: &Block, width: usize) -> String {
        match block {
            Block::Heading { text, .. } => {
                let bar = self.dye(ink::HEADING, "▎");
                let text = self.fit_in(&self.inlines(text, ink::HEADING), width.saturating_sub(1));
                format!("{bar}{}", text.replace('\n', &format!("\n{bar}")))
            }
            Block::Paragraph(text) => self.wrapped(&self.inlines(text, PLAIN), width),
            Block::List { start, items } => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let mark = match (item.task, start) {
                        (Some(true), _) => self.dye(ink::RIGHT, "☑ "),
                        (Some(false), _) => self.dye(ink::FAINT, "☐ "),
                        (None, Some(start)) => {
                            self.dye(ink::FAINT, &format!("{}. ", start.saturating_add(index as u64)))
                        }
                        (None, None) => self.dye(ink::FAINT, "• "),
                    };
                    let inside = width.saturating_sub(ink::width(&mark));
                    let blocks = item.blocks.iter().map(|block| self.block(block, inside));
                    hang(&mark, &blocks.collect::<Vec<_>>().join("\n"))
                });
                items.collect::<Vec<_>>().join("\n")
            }
            Block::Quote(blocks) => {
                prefixed(&self.dye(ink::FAINT, "│ "), &self.blocks(blocks, width.saturating_sub(2)))
            }
            Block::Code { language, text } => {
                let lines: Vec<String> =
                    text.lines().map(|line| self.line(&line.replace('\t', "    "))).collect();
                let head = if language.is_empty() {
                    String::new()
                } else {
                    self.dye(ink::FAINT, &format!("    [{}]\n", self.line(language)))
                };
                let lines = code::highlighted(language, &lines, self.ink).unwrap_or(lines);
                format!("{head}{}", prefixed("    ", &lines.join("\n")))
            }
            Block::Formula(tex) => prefixed("    ", &self.line(&formula::block(tex).join("\n"))),
            Block::Table { header, rows, .. } => self.table(header, rows, width),
            Block::Details { summary, blocks } => {
                let inside = width.saturating_sub(2);
                let summary = self.fit_in(&self.inlines(summary, ink::STRONG), inside);
                let summary = indented(&self.dye(ink::FAINT, "▸ "), &summary);
                format!("{summary}\n{}", prefixed("  ", &self.blocks(blocks, inside)))
            }
            Block::Rule => self.dye(ink::FAINT, &"─".repeat(width.min(40))),
        }
    }

    fn wrapped(&self, text: &str, width: usize) -> String {
        let width = width.max(MIN_WIDTH);
        let lines = match self.screen {
            Some(_) => ink::wrap(text, width),
            None => ink::fold(text, &Options::new(width)),
        };
        lines.join("\n")
    }

    /// A table; where prose leaves some of the terminal free, it may take that too.
    fn table(&self, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], width: usize) -> String {
        let cell = |cell: &Vec<Inline>, style| self.inlines(cell, style).replace('\n', " ");
        let header = header.iter().map(|name| cell(name, ink::STRONG)).collect();
        let rows = rows.iter().map(|row| row.iter().map(|text| cell(text, PLAIN)).collect());
        let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        let room = self.screen.map(|screen| (width + screen.saturating_sub(MAX_WIDTH)).max(MIN_WIDTH));
        table::draw(&rows, room, self.ink)
    }

    fn push(&self, inlines: &[Inline], style: Style, out: &mut String) {
        let put = |out: &mut String, style, text: &str| self.ink.push(out, style, &self.line(text));
        for inline in inlines {
            let inner = inline.children().unwrap_or_default();
            match inline {
                Inline::Text(text) => put(out, style, text),
                Inline::Formula(tex) => put(out, style, &formula::inline(tex).text),
                Inline::Code(code) if self.ink.on => put(out, ink::within(style, ink::CODE), code),
                Inline::Code(code) => put(out, style, &format!("`{code}`")),
                Inline::Break => put(out, style, "\n"),
                Inline::Image { url, alt } => {
                    let what = if alt.is_empty() { url.clone() } else { format!("{alt} — {url}") };
                    let picture = Texts::of(self.language).tell("picture", [("what", what.into())]);
                    put(out, ink::within(style, ink::FAINT), &picture);
                }
                Inline::Link { url, .. } => {
                    self.push(inner, ink::within(style, ink::LINK), out);
                    let says_itself = self.ink.on && plain(inner) == *url;
                    if !url.is_empty() && !url.starts_with('#') && !says_itself {
                        put(out, ink::within(style, ink::FAINT), &format!(" ({url})"));
                    }
                }
                Inline::Emphasis(_) => self.push(inner, ink::within(style, ink::EMPHASIS), out),
                Inline::Strong(_) => self.push(inner, ink::within(style, ink::STRONG), out),
                Inline::Strikethrough(_) => self.push(inner, ink::within(style, ink::STRUCK), out),
                Inline::Highlight(_) => self.push(inner, ink::within(style, ink::MARKED), out),
                Inline::Subscript(_) | Inline::Superscript(_) => self.push(inner, style, out),
            }
        }
    }
}

/// A text behind a mark, its other lines as far to the right.
fn hang(mark: &str, text: &str) -> String {
    let pad = " ".repeat(ink::width(mark));
    let lines = text.lines().enumerate().map(|(index, line)| match (index, line.is_empty()) {
        (0, _) => format!("{mark}{line}"),
        (_, true) => String::new(),
        (_, false) => format!("{pad}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A text with the same sign before each of its lines.
fn prefixed(prefix: &str, text: &str) -> String {
    text.lines().map(|line| format!("{prefix}{line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A text behind `head`, its other lines as far to the right.
pub(super) fn indented(head: &str, text: &str) -> String {
    let pad = " ".repeat(ink::width(head));
    let lines = text.lines().enumerate();
    let text: Vec<String> =
        lines.map(|(index, line)| format!("{}{line}", if index == 0 { head } else { &pad })).collect();
    if text.is_empty() { head.to_owned() } else { text.join("\n") }
}

/// The columns of the terminal.
fn screen() -> usize {
    terminal_size::terminal_size_of(std::io::stdout())
        .map_or(USUAL_SCREEN, |(terminal_size::Width(columns), _)| columns.into())
}

#[cfg(test)]
mod tests;
