//! Brackets, braces and bars of any height.

use super::tile::Tile;

/// `tile` between `left` and `right`, which grow with it; an empty delimiter is none.
pub(super) fn fenced(tile: Tile, left: &str, right: &str) -> Tile {
    let tile = if is_brace(left) || is_brace(right) { tile.at_least_three() } else { tile };
    let (left, right) = (fence(left, &tile), fence(right, &tile));
    Tile::beside([left, tile, right])
}

fn is_brace(delimiter: &str) -> bool {
    matches!(delimiter, "{" | "}")
}

/// `delimiter` as high as `beside`.
fn fence(delimiter: &str, beside: &Tile) -> Tile {
    let height = beside.height();
    if height == 1 {
        return Tile::line(delimiter);
    }
    // Top, stretch, middle and bottom of the character pieces that Unicode has for tall fences.
    let [top, stretch, middle, bottom] = match delimiter {
        "(" => ['⎛', '⎜', '⎜', '⎝'],
        ")" => ['⎞', '⎟', '⎟', '⎠'],
        "[" => ['⎡', '⎢', '⎢', '⎣'],
        "]" => ['⎤', '⎥', '⎥', '⎦'],
        "{" => ['⎧', '⎪', '⎨', '⎩'],
        "}" => ['⎫', '⎪', '⎬', '⎭'],
        "⌈" => ['⎡', '⎢', '⎢', '⎢'],
        "⌉" => ['⎤', '⎥', '⎥', '⎥'],
        "⌊" => ['⎢', '⎢', '⎢', '⎣'],
        "⌋" => ['⎥', '⎥', '⎥', '⎦'],
        "|" => ['│'; 4],
        "‖" => ['║'; 4],
        other => return Tile::line(other),
    };
    // The point of a brace must not fall on one of its ends.
    let point = beside.axis().clamp(1, height.saturating_sub(2).max(1));
    let rows = (0..height).map(|row| match row {
        0 => top,
        row if row == height - 1 => bottom,
        row if row == point => middle,
        _ => stretch,
    });
    Tile::column(rows.collect(), beside.axis())
}
