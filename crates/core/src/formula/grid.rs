//! Matrices, cases and aligned equations.

use ratex_parser::ParseNode;
use ratex_parser::parse_node::{AlignSpec, AlignType, ArrayTag};

use super::row::{Class, Piece};
use super::setter::{Layout, Setter};
use super::tile::{Align, Tile};

/// The parts of the parser's array node that text can show.
pub(super) struct Grid<'a> {
    pub(super) rows: &'a [Vec<ParseNode>],
    pub(super) rules: &'a [Vec<bool>],
    pub(super) columns: &'a [AlignSpec],
    /// Equations one below the other, in pairs of columns that touch.
    pub(super) is_equations: bool,
    pub(super) tags: &'a [ArrayTag],
}

impl Setter<'_> {
    pub(super) fn grid(&mut self, grid: &Grid) -> Piece {
        if grid.rows.len() > 1 || grid.rows.iter().any(|row| row.len() > 1 && !grid.is_equations) {
            self.faithful = false;
        }
        let tile = match self.layout {
            Layout::Line => self.flat_grid(grid),
            Layout::Block => self.tall_grid(grid),
        };
        Piece::new(tile, Class::Ord)
    }

    /// `1, 2; 3, 4`
    fn flat_grid(&mut self, grid: &Grid) -> Tile {
        let between = if grid.is_equations { "" } else { ", " };
        let rows: Vec<String> = grid
            .rows
            .iter()
            .enumerate()
            .map(|(index, cells)| {
                let cells: Vec<String> = cells.iter().map(|cell| self.cell(cell).into_line()).collect();
                let row = cells.join(between).trim().to_owned();
                match self.tag(grid, index) {
                    Some(tag) => format!("{row}  {tag}"),
                    None => row,
                }
            })
            .collect();
        Tile::line(
            rows.iter().filter(|row| !row.is_empty()).map(String::as_str).collect::<Vec<_>>().join("; "),
        )
    }

    fn tall_grid(&mut self, grid: &Grid) -> Tile {
        let mut cells: Vec<Vec<Tile>> =
            grid.rows.iter().map(|row| row.iter().map(|cell| self.cell(cell)).collect()).collect();
        // The parser ends most environments with an empty row after a last `\\`.
        while cells.len() > 1 && cells.last().is_some_and(|row| row.iter().all(Tile::is_empty)) {
            cells.pop();
        }
        let count = cells.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count)
            .map(|column| cells.iter().filter_map(|row| row.get(column)).map(Tile::width).max().unwrap_or(0))
            .collect();
        let aligns: Vec<Align> = (0..count)
            .map(|column| match grid.align(column) {
                Align::Center if cells.iter().filter_map(|row| row.get(column)).all(is_number) => {
                    Align::Right
                }
                align => align,
            })
            .collect();
        // Cells with spaces in them, and those of cases, need more than one space between them.
        let wide = cells.iter().flatten().any(|cell| cell.text().contains(' ') || !cell.is_line())
            || aligns.first() == Some(&Align::Left);
        let tags: Vec<Option<String>> = (0..cells.len()).map(|index| self.tag(grid, index)).collect();
        let mut rows = Vec::new();
        for (index, (row, tag)) in cells.into_iter().zip(tags).enumerate() {
            let mut tiles = Vec::new();
            let mut row = row.into_iter();
            for (column, (&width, &align)) in widths.iter().zip(&aligns).enumerate() {
                let cell = row.next().unwrap_or_else(|| Tile::line(""));
                tiles.push(Tile::line(grid.before(column, wide)));
                tiles.push(cell.widened(width, align));
            }
            tiles.extend(tag.map(|tag| Tile::line(format!("   {tag}"))));
            let tile = Tile::beside(tiles);
            if grid.rules.get(index).is_some_and(|rules| !rules.is_empty()) {
                rows.push(Tile::line("─".repeat(tile.width())));
            }
            rows.push(tile);
        }
        let align = if grid.is_equations { Align::Left } else { Align::Center };
        let tile = Tile::stacked(rows, 0, align);
        let middle = (tile.height() - 1) / 2;
        tile.on_axis(middle)
    }

    fn cell(&mut self, cell: &ParseNode) -> Tile {
        self.row(std::slice::from_ref(cell)).set(false)
    }

    /// The label of a row, if the author wrote one: the parser also numbers rows by itself.
    fn tag(&mut self, grid: &Grid, row: usize) -> Option<String> {
        let Some(ArrayTag::Explicit(nodes)) = grid.tags.get(row).filter(|_| self.source.contains("\\tag"))
        else {
            return None;
        };
        Some(self.flat(nodes, false))
    }
}

/// Numbers in a column are read by their last digits.
fn is_number(cell: &Tile) -> bool {
    cell.is_line() && cell.text().chars().all(|c| c.is_ascii_digit() || matches!(c, '−' | '.'))
}

impl Grid<'_> {
    fn align(&self, column: usize) -> Align {
        let mut specs = self.columns.iter().filter(|spec| matches!(spec.align_type, AlignType::Align));
        match specs.nth(column).and_then(|spec| spec.align.as_deref()) {
            Some("l") => Align::Left,
            Some("r") => Align::Right,
            _ => Align::Center,
        }
    }

    /// What stands before a column: space, or the rule of `{c|c}`.
    fn before(&self, column: usize, wide: bool) -> &'static str {
        let mut seen = 0;
        for spec in self.columns {
            match spec.align_type {
                AlignType::Align => seen += 1,
                AlignType::Separator if seen == column && column > 0 => return " │ ",
                AlignType::Separator => {}
            }
        }
        match (column, self.is_equations) {
            (0, _) => "",
            (column, true) if column % 2 == 1 => "",
            (_, true) => "   ",
            (_, false) if wide => "  ",
            (_, false) => " ",
        }
    }
}
