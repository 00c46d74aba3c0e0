//! Tables, aligned; one that is wider than the terminal is folded until it fits.
//!
//! First the cells of the widest columns take several lines. Where columns would get too narrow
//! for that, each row becomes a list of its cells, every one behind the name of its column.

use super::ink::{FAINT, Ink, width, wrap};

/// The narrowest that a column is folded to.
const NARROWEST: usize = 8;

/// The longest rule between rows that became lists.
const MAX_RULE: usize = 40;

/// Draws the rows of a table, the first of which is its header, all equally long. Without `room`
/// the table may be as wide as it likes.
pub(crate) fn draw(rows: &[Vec<String>], room: Option<usize>, ink: Ink) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0)).collect();
    let bars = 3 * columns.saturating_sub(1);
    let Some(room) = room.filter(|room| widths.iter().sum::<usize>() + bars > *room) else {
        return grid(rows, &widths, false, ink);
    };
    let shares = shares(&widths, room.saturating_sub(bars));
    if shares.iter().zip(&widths).any(|(share, width)| share < width && *share < NARROWEST) {
        return lists(rows, room, ink);
    }
    grid(rows, &shares, true, ink)
}

/// How much of the room each column gets: narrow ones what they need, the others alike.
fn shares(widths: &[usize], room: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|column| widths[*column]);
    let mut shares = vec![0; widths.len()];
    let mut left = room;
    for (place, column) in order.into_iter().enumerate() {
        shares[column] = widths[column].min(left / (widths.len() - place));
        left -= shares[column];
    }
    shares
}

fn grid(rows: &[Vec<String>], widths: &[usize], folded: bool, ink: Ink) -> String {
    let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("─┼─");
    let rule = ink.dye(FAINT, &rule);
    let bar = ink.dye(FAINT, " │ ");
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        // Folded rows need a line between them to be told apart.
        if index == 1 || (folded && index > 1) {
            lines.push(rule.clone());
        }
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| if folded { wrap(cell, *width) } else { vec![cell.clone()] })
            .collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let parts = cells.iter().zip(widths).map(|(cell, all)| {
                let part = cell.get(line).map_or("", String::as_str);
                format!("{part}{}", " ".repeat(all.saturating_sub(width(part))))
            });
            lines.push(parts.collect::<Vec<_>>().join(&bar).trim_end().to_owned());
        }
    }
    if rows.len() == 1 {
        lines.push(rule);
    }
    lines.join("\n")
}

fn lists(rows: &[Vec<String>], room: usize, ink: Ink) -> String {
    let Some((header, rows)) = rows.split_first() else { return String::new() };
    if rows.is_empty() {
        return wrap(&header.join(" │ "), room).join("\n");
    }
    let rule = ink.dye(FAINT, &"─".repeat(room.min(MAX_RULE)));
    let lists = rows.iter().map(|row| {
        let cells = header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| {
            let text = if name.is_empty() { cell.clone() } else { format!("{name}: {cell}") };
            wrap(&text, room.saturating_sub(2)).join("\n  ")
        });
        cells.collect::<Vec<_>>().join("\n")
    });
    lists.collect::<Vec<_>>().join(&format!("\n{rule}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::ink::STRONG;

    const OFF: Ink = Ink { on: false };

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn wide_characters_and_colours_keep_columns_aligned() {
        let ink = Ink { on: true };
        let mut table = rows(&[&["name", "n"], &["过拟合", "1"], &["x", "2"]]);
        table[2][0] = ink.dye(STRONG, "x");
        let drawn = draw(&table, Some(80), ink);
        let plain = anstream::adapter::strip_str(&drawn).to_string();
        assert_eq!(plain, "name   │ n\n───────┼──\n过拟合 │ 1\nx      │ 2");
        assert_ne!(drawn, plain);
    }

    #[test]
    fn a_wide_table_folds_its_widest_column_only() {
        let table = rows(&[&["k", "what it says"], &["1", "one two three four five"], &["2", "six"]]);
        assert_eq!(
            draw(&table, Some(18), OFF),
            "k │ what it says\n──┼───────────────\n1 │ one two three\n  │ four five\n──┼───────────────\n2 │ six"
        );
        assert_eq!(draw(&table, None, OFF).lines().count(), 4);
    }

    #[test]
    fn a_table_of_many_columns_becomes_lists() {
        let table = rows(&[
            &["first", "second", "third", "fourth"],
            &["aaaa aaaa aaaa", "bbbb bbbb", "cccc cccc", "dddd dddd"],
            &["1", "", "3", "4"],
        ]);
        assert_eq!(
            draw(&table, Some(20), OFF),
            "first: aaaa aaaa\n  aaaa\nsecond: bbbb bbbb\nthird: cccc cccc\nfourth: dddd dddd\n\
             ────────────────────\nfirst: 1\nthird: 3\nfourth: 4"
        );
    }

    #[test]
    fn nothing_is_wider_than_the_room() {
        let long = "word ".repeat(30) + &"过".repeat(60);
        let table = rows(&[&["a", "b", "c"], &[&long, "short", &long], &["", "", ""]]);
        for room in 20..120 {
            for line in draw(&table, Some(room), OFF).lines() {
                assert!(width(line) <= room, "{room}: {line:?}");
            }
        }
    }
}
