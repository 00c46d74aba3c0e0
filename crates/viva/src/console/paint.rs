//! Draws documents for a terminal or a pipe.

use textwrap::{Options, fill};
use unicode_width::UnicodeWidthStr;
use viva_core::document::{Block, Document, Inline};
use viva_core::formula;
use viva_core::language::Language;
use viva_core::texts::Texts;

/// The width of what goes into a pipe, in columns.
const PIPE_WIDTH: usize = 100;

/// Draws documents with a given width and language.
pub(crate) struct Painter {
    width: usize,
    pub(crate) language: Language,
}

impl Painter {
    /// For output that is read later.
    pub(crate) fn plain(language: Language) -> Self {
        Self { width: PIPE_WIDTH, language }
    }

    /// A document, its blocks apart from each other by empty lines, without a final newline.
    pub(crate) fn document(&self, document: &Document) -> String {
        self.blocks(&document.blocks, self.width)
    }

    /// Inlines on one line.
    pub(crate) fn inlines(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.push(inlines, &mut out);
        self.line(&out)
    }

    /// A line without anything that would command the terminal.
    pub(crate) fn line(&self, text: &str) -> String {
        text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
    }

    /// How many columns a text takes.
    pub(crate) fn width_of(&self, text: &str) -> usize {
        self.line(text).width()
    }

    fn blocks(&self, blocks: &[Block], width: usize) -> String {
        let drawn = blocks.iter().map(|block| self.block(block, width)).filter(|block| !block.is_empty());
        drawn.collect::<Vec<_>>().join("\n\n")
    }

    fn block(&self, block: &Block, width: usize) -> String {
        match block {
            Block::Heading { text, .. } => format!("▎{}", self.inlines(text)),
            Block::Paragraph(text) => self.wrapped(&self.inlines(text), width),
            Block::List { start, items } => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let mark = match (item.task, start) {
                        (Some(true), _) => "☑ ".to_owned(),
                        (Some(false), _) => "☐ ".to_owned(),
                        (None, Some(start)) => format!("{}. ", start + index as u64),
                        (None, None) => "• ".to_owned(),
                    };
                    let inside = width.saturating_sub(mark.width());
                    let item = item
                        .blocks
                        .iter()
                        .map(|block| self.block(block, inside))
                        .collect::<Vec<_>>()
                        .join("\n");
                    hang(&mark, &item)
                });
                items.collect::<Vec<_>>().join("\n")
            }
            Block::Quote(blocks) => prefixed("│ ", &self.blocks(blocks, width.saturating_sub(2))),
            Block::Code { language, text } => {
                let text = text
                    .lines()
                    .map(|line| self.line(&line.replace('\t', "    ")))
                    .collect::<Vec<_>>()
                    .join("\n");
                let head = if language.is_empty() {
                    String::new()
                } else {
                    format!("    [{}]\n", self.line(language))
                };
                format!("{head}{}", prefixed("    ", &text))
            }
            Block::Formula(tex) => prefixed("    ", &self.line(&formula::block(tex).join("\n"))),
            Block::Table { header, rows, .. } => self.table(header, rows),
            Block::Details { summary, blocks } => {
                format!(
                    "▸ {}\n{}",
                    self.inlines(summary),
                    prefixed("  ", &self.blocks(blocks, width.saturating_sub(2)))
                )
            }
            Block::Rule => "─".repeat(width.min(40)),
        }
    }

    fn wrapped(&self, text: &str, width: usize) -> String {
        text.lines().map(|line| fill(line, Options::new(width.max(20)))).collect::<Vec<_>>().join("\n")
    }

    /// A table with its columns aligned; wide characters count twice.
    fn table(&self, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
        let cells: Vec<Vec<String>> = std::iter::once(header)
            .chain(rows.iter().map(Vec::as_slice))
            .map(|row| row.iter().map(|cell| self.inlines(cell).replace('\n', " ")).collect())
            .collect();
        let columns = header.len();
        let widths: Vec<usize> = (0..columns)
            .map(|column| cells.iter().map(|row| row[column].width()).max().unwrap_or(0))
            .collect();
        let row = |row: &Vec<String>| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
            cells.collect::<Vec<_>>().join(" │ ").trim_end().to_owned()
        };
        let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("─┼─");
        let mut lines: Vec<String> = cells.iter().map(row).collect();
        lines.insert(1, rule);
        lines.join("\n")
    }

    fn push(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(text),
                Inline::Formula(tex) => out.push_str(&formula::inline(tex).text),
                Inline::Code(code) => {
                    out.push('`');
                    out.push_str(code);
                    out.push('`');
                }
                Inline::Break => out.push('\n'),
                Inline::Image { url, alt } => {
                    let word = Texts::of(self.language).say("picture");
                    let alt = if alt.is_empty() { String::new() } else { format!("{alt} — ") };
                    out.push_str(&format!("[{word}: {alt}{url}]"));
                }
                Inline::Link { url, text } => {
                    self.push(text, out);
                    if !url.is_empty() && !url.starts_with('#') {
                        out.push_str(&format!(" ({url})"));
                    }
                }
                marked => self.push(marked.children().unwrap_or_default(), out),
            }
        }
    }
}

/// A text behind a mark, its other lines as far to the right.
fn hang(mark: &str, text: &str) -> String {
    let pad = " ".repeat(mark.width());
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
