//! What stands for a picture where it can't be seen, and which parts need none because text does.

use std::io;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use viva_core::document::Inline;
use viva_core::texts::Saying;
use viva_pictures::NotDrawn;

/// What a formula says in words: Unicode if that does it justice, else LaTeX.
#[must_use]
pub fn formula(tex: &str) -> String {
    viva_core::formula::inline(tex).text
}

/// What a cell says on one line without marks.
#[must_use]
pub fn cell(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, &mut out);
    out.replace('\n', " ").trim().to_owned()
}

/// A table in words, row by row.
#[must_use]
pub fn table(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
    let rows = cells(header, rows).into_iter().map(|row| row.join(COLUMN));
    rows.collect::<Vec<_>>().join("\n")
}

/// A table with aligned columns, for a monospaced font, wide characters counted as two; `None` if it is wider than
/// `room`.
#[must_use]
pub fn aligned(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], room: usize) -> Option<String> {
    let cells = cells(header, rows);
    let widths = widths(&cells);
    if width(&widths) > room {
        return None;
    }
    let line = |row: &Vec<String>| {
        let pad = |(cell, width): (&String, &usize)| format!("{cell}{}", " ".repeat(width - cell.width()));
        row.iter().zip(&widths).map(pad).collect::<Vec<_>>().join(COLUMN).trim_end().to_owned()
    };
    let mut lines: Vec<String> = cells.iter().map(line).collect();
    if !header.is_empty() {
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        lines.insert(1, rule.join("─┼─"));
    }
    Some(lines.join("\n"))
}

/// Whether a chat that has room for so many columns of a monospaced font lays a table out right: it is no wider,
/// and has no characters of double width, for which every font has a width of its own.
#[must_use]
pub fn is_laid_out(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], room: usize) -> bool {
    let cells = cells(header, rows);
    let is_wide = |c: char| c.width().unwrap_or(0) > 1;
    width(&widths(&cells)) <= room && !cells.iter().flatten().any(|cell| cell.chars().any(is_wide))
}

/// Stands between the columns of a table.
const COLUMN: &str = " │ ";

fn cells(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Vec<Vec<String>> {
    std::iter::once(header)
        .filter(|header| !header.is_empty())
        .chain(rows.iter().map(Vec::as_slice))
        .map(|row| row.iter().map(|of| cell(of)).collect())
        .collect()
}

/// How wide each column is.
fn widths(cells: &[Vec<String>]) -> Vec<usize> {
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widest =
        |column: usize| cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    (0..columns).map(|column| widest(column).unwrap_or(0)).collect()
}

/// How wide all of them are, with what stands between.
fn width(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + COLUMN.width() * widths.len().saturating_sub(1)
}

/// Whether an address names a picture of the bank, and not one on the web or written out in full.
#[must_use]
pub fn is_bundled(url: &str) -> bool {
    !url.starts_with("//")
        && url.split_once(':').is_none_or(|(scheme, _)| scheme.len() < 2 || scheme.contains('/'))
}

/// Why something was not drawn.
pub(crate) fn reason(not_drawn: &NotDrawn) -> Saying {
    match not_drawn {
        NotDrawn::TooLong { bytes, limit } => {
            Saying::of("not-drawn-long").with("bytes", bytes).with("limit", limit)
        }
        NotDrawn::Unreadable(detail) => Saying::of("not-drawn-unreadable").with("detail", detail),
        NotDrawn::MissingGlyph(glyph) => Saying::of("not-drawn-glyph")
            .with("glyph", glyph)
            .with("code", format_args!("U+{:04X}", u32::from(*glyph))),
        NotDrawn::TooLarge { width, height } => Saying::of("not-drawn-large")
            .with("width", format_args!("{width:.0}"))
            .with("height", format_args!("{height:.0}")),
        NotDrawn::TooCostly(detail) => Saying::of("not-drawn-costly").with("detail", detail),
        NotDrawn::Blank => Saying::of("not-drawn-blank"),
        NotDrawn::Forbidden(detail) => Saying::of("not-drawn-forbidden").with("detail", detail),
        NotDrawn::GaveUp => Saying::of("not-drawn-gave-up"),
    }
}

/// Why a figure of the bank could not be read.
pub(crate) fn unread(error: &io::Error) -> Saying {
    match error.kind() {
        io::ErrorKind::NotFound => Saying::of("not-read-missing"),
        io::ErrorKind::FileTooLarge => Saying::of("not-read-large"),
        _ => Saying::of("not-read").with("reason", error),
    }
}

fn push(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Formula(tex) => out.push_str(&formula(tex)),
            Inline::Image { url, alt } => out.push_str(if alt.is_empty() { url } else { alt }),
            Inline::Break => out.push(' '),
            marked => push(marked.children().unwrap_or_default(), out),
        }
    }
}
