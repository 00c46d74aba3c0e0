//! A rectangle of text with an axis: the row on which its neighbours stand.

use unicode_width::UnicodeWidthStr;

/// Some rows of text, all `width` columns wide, at least one.
#[derive(Clone, Debug)]
pub(super) struct Tile {
    rows: Vec<String>,
    width: usize,
    axis: usize,
}

/// Where a narrow row lies within a wider tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

impl Tile {
    /// One row.
    pub(super) fn line(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { width: text.width(), rows: vec![text], axis: 0 }
    }

    /// A column of single characters.
    pub(super) fn column(rows: Vec<char>, axis: usize) -> Self {
        Self::from_rows(rows.into_iter().map(String::from).collect(), Align::Left, axis)
    }

    fn from_rows(mut rows: Vec<String>, align: Align, axis: usize) -> Self {
        if rows.is_empty() {
            rows.push(String::new());
        }
        let width = rows.iter().map(|row| row.width()).max().unwrap_or(0);
        for row in &mut rows {
            pad(row, width, align);
        }
        Self { rows, width, axis }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn axis(&self) -> usize {
        self.axis
    }

    /// The rows below the axis.
    pub(super) fn depth(&self) -> usize {
        self.height() - 1 - self.axis
    }

    pub(super) fn is_line(&self) -> bool {
        self.rows.len() == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.is_line() && self.rows[0].is_empty()
    }

    /// The row on the axis; for a single line that is all of it.
    pub(super) fn text(&self) -> &str {
        &self.rows[self.axis]
    }

    /// The tile as one line, its rows one after the other if there are several.
    pub(super) fn into_line(self) -> String {
        self.rows.join(" ")
    }

    /// The rows without space at their ends.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.rows.into_iter().map(|row| row.trim_end().to_owned()).collect()
    }

    /// The same rows on another axis.
    pub(super) fn on_axis(self, axis: usize) -> Self {
        Self { axis: axis.min(self.rows.len() - 1), ..self }
    }

    /// At least `width` columns.
    pub(super) fn widened(mut self, width: usize, align: Align) -> Self {
        if width > self.width {
            for row in &mut self.rows {
                pad(row, width, align);
            }
            self.width = width;
        }
        self
    }

    /// At least three rows, by an empty one below the axis, as a brace needs for its point.
    pub(super) fn at_least_three(mut self) -> Self {
        if self.rows.len() == 2 {
            self.rows.insert(1, " ".repeat(self.width));
            self.axis = 1;
        }
        self
    }

    /// `tiles` beside each other, on one axis.
    pub(super) fn beside(tiles: impl IntoIterator<Item = Self>) -> Self {
        let tiles: Vec<Self> = tiles.into_iter().collect();
        let axis = tiles.iter().map(|tile| tile.axis).max().unwrap_or(0);
        let depth = tiles.iter().map(Self::depth).max().unwrap_or(0);
        let mut rows = vec![String::new(); axis + 1 + depth];
        let mut width = 0;
        for tile in tiles {
            let top = axis - tile.axis;
            for (index, row) in rows.iter_mut().enumerate() {
                match index.checked_sub(top).and_then(|index| tile.rows.get(index)) {
                    Some(text) => row.push_str(text),
                    None => row.extend(std::iter::repeat_n(' ', tile.width)),
                }
            }
            width += tile.width;
        }
        Self { rows, width, axis }
    }

    /// `tiles` on top of each other; the axis is that of `tiles[main]`.
    pub(super) fn stacked(tiles: Vec<Self>, main: usize, align: Align) -> Self {
        let above: usize = tiles.iter().take(main).map(Self::height).sum();
        let axis = above + tiles.get(main).map_or(0, Self::axis);
        let rows = tiles.into_iter().flat_map(|tile| tile.rows).collect();
        Self::from_rows(rows, align, axis)
    }
}

fn pad(row: &mut String, width: usize, align: Align) {
    let missing = width.saturating_sub(row.as_str().width());
    let left = match align {
        Align::Left => 0,
        Align::Center => missing / 2,
        Align::Right => missing,
    };
    if left > 0 {
        row.insert_str(0, &" ".repeat(left));
    }
    row.extend(std::iter::repeat_n(' ', missing - left));
}
