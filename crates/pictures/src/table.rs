//! Tables that a chat can't lay out. Owns the widths of columns and the breaking of lines; refuses
//! tables so large that nobody could read them as a picture.

use crate::drawing::{Anchor, Drawing, Letters, lettered};
use crate::panel::RULE;
use crate::{NotDrawn, Picture, lettering};

/// The most cells of a table.
pub const MAX_CELLS: usize = 1000;

/// The most characters of a table.
pub const MAX_CHARS: usize = 10_000;

/// How wide a table may be before its cells are wrapped, in pixels of a page.
const ROOM: f32 = 900.0;

/// A column is never narrower than this, in pixels of a page, unless its text is.
const MIN_COLUMN: f32 = 60.0;

const GAP: f32 = 24.0;
const LINE: f32 = 22.0;
const ROW_PADDING: f32 = 7.0;
/// From the top of a line to its baseline.
const ASCENT: f32 = 16.5;

/// How the text of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right edge, as numbers do.
    Right,
}

/// A table of plain text. Rows may differ in length; what is missing is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns; may be empty.
    pub header: Vec<String>,
    /// The rows, each a cell a column. Line ends within a cell are kept.
    pub rows: Vec<Vec<String>>,
    /// How the columns stand; those beyond the end stand left.
    pub alignments: Vec<Alignment>,
}

/// Draws `table`.
///
/// # Errors
///
/// Says why if the table has more than [`MAX_CELLS`] cells or [`MAX_CHARS`] characters, a character
/// that no face has, nothing in it, or would be too large.
pub fn draw(table: &Table) -> Result<Picture, NotDrawn> {
    let layout = Layout::of(table)?;
    let mut drawing = Drawing::new(layout.width(), layout.height());
    layout.draw(&mut drawing);
    drawing.finish()
}

/// A row, its cells broken into lines.
struct Row {
    cells: Vec<Vec<String>>,
    letters: Letters,
    height: f32,
}

struct Layout {
    rows: Vec<Row>,
    columns: Vec<f32>,
    alignments: Vec<Alignment>,
    has_header: bool,
}

impl Layout {
    fn of(table: &Table) -> Result<Self, NotDrawn> {
        let all = || std::iter::once(&table.header).chain(&table.rows);
        let count = all().map(Vec::len).max().unwrap_or_default();
        if count.saturating_mul(table.rows.len() + 1) > MAX_CELLS {
            return Err(NotDrawn::TooCostly("the table has too many cells"));
        }
        let texts = || all().flatten();
        if texts().map(|text| text.len()).sum::<usize>() > 4 * MAX_CHARS
            || texts().map(|text| text.chars().count()).sum::<usize>() > MAX_CHARS
        {
            return Err(NotDrawn::TooCostly("the table has too much text"));
        }
        if texts().all(|text| text.trim().is_empty()) {
            return Err(NotDrawn::Blank);
        }
        for text in texts() {
            lettered(text)?;
        }
        let columns = columns(table, count);
        let has_header = !table.header.is_empty();
        let header = has_header.then_some((&table.header, Letters::STRONG));
        let rows = header
            .into_iter()
            .chain(table.rows.iter().map(|row| (row, Letters::BODY)))
            .map(|(cells, letters)| row(cells, &columns, letters))
            .collect();
        let alignments = (0..count).map(|n| table.alignments.get(n).copied().unwrap_or_default()).collect();
        Ok(Self { rows, columns, alignments, has_header })
    }

    fn width(&self) -> f32 {
        self.columns.iter().sum::<f32>() + GAP * (self.columns.len() as f32 - 1.0).max(0.0)
    }

    fn height(&self) -> f32 {
        self.rows.iter().map(|row| row.height).sum()
    }

    fn draw(&self, drawing: &mut Drawing) {
        let mut top = 0.0;
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                let weight = if number == 1 && self.has_header { 2.0 } else { 1.0 };
                drawing.rect((0.0, top - weight / 2.0), (self.width(), weight), 0.0, RULE);
            }
            let mut left = 0.0;
            for ((cell, width), alignment) in row.cells.iter().zip(&self.columns).zip(&self.alignments) {
                let (x, anchor) = match alignment {
                    Alignment::Left => (left, Anchor::Start),
                    Alignment::Center => (left + width / 2.0, Anchor::Middle),
                    Alignment::Right => (left + width, Anchor::End),
                };
                for (n, line) in cell.iter().enumerate() {
                    let baseline = top + ROW_PADDING + n as f32 * LINE + ASCENT;
                    drawing.text((x, baseline), anchor, row.letters, line);
                }
                left += width + GAP;
            }
            top += row.height;
        }
    }
}

fn row(cells: &[String], columns: &[f32], letters: Letters) -> Row {
    let wrap = |(cell, width): (&String, &f32)| lettering::wrapped(cell, letters.size, width + 0.5);
    let cells: Vec<Vec<String>> = cells.iter().zip(columns).map(wrap).collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or_default().max(1);
    Row { cells, letters, height: lines as f32 * LINE + 2.0 * ROW_PADDING }
}

/// How wide the columns are: as wide as their text where all fit, and else the widest ones are cut
/// down to the same width.
fn columns(table: &Table, count: usize) -> Vec<f32> {
    let natural = |n: usize| {
        let cells = table.header.get(n).into_iter().chain(table.rows.iter().filter_map(|row| row.get(n)));
        let lines = cells.flat_map(|cell| cell.lines());
        // Bold letters are a little wider than they are measured.
        lines.map(|line| lettering::width(line, Letters::BODY.size) + 1.0).fold(0.0, f32::max)
    };
    let natural: Vec<f32> = (0..count).map(natural).collect();
    let mut room = ROOM - GAP * (count as f32 - 1.0);
    let mut narrow_first = natural.clone();
    narrow_first.sort_by(f32::total_cmp);
    let mut widest = f32::INFINITY;
    for (n, width) in narrow_first.iter().enumerate() {
        let share = room / (count - n) as f32;
        if *width > share {
            widest = share.max(MIN_COLUMN);
            break;
        }
        room -= width;
    }
    natural.into_iter().map(|width| width.min(widest)).collect()
}
