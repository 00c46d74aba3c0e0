//! Charts of what learners did and will do.
//!
//! This module owns their shapes and colours. It knows no language: titles, names of months and
//! labels come in as they are to be read. Each chart shows its numbers in letters too, and no
//! meaning hangs on a hue: marks differ in lightness, in shape or in place. What the faces can't
//! draw in a name becomes `·`, since a board without one of its learners would be worse; see
//! [`without_unknown`].

mod calendar;
mod forecast;
mod leaderboard;
mod topics;

pub use calendar::{Calendar, calendar};
pub use forecast::{Forecast, ForecastDay, forecast};
pub use leaderboard::{Leaderboard, Place, leaderboard};
pub use topics::{Topic, Topics, topics};

use crate::drawing::{Anchor, Drawing, Letters};
use crate::{lettering, without_unknown};

/// How wide charts are, in pixels of a page.
const WIDTH: f32 = 560.0;

/// What the title takes from the top, in pixels of a page.
const HEAD: f32 = 36.0;

/// The blue of Okabe and Ito's palette, which colour-blind people tell from the others
/// (<https://jfly.uni-koeln.de/color/>).
const BLUE: &str = "#0072b2";
/// Its vermilion.
const VERMILION: &str = "#d55e00";
/// What bars are drawn on.
const TRACK: &str = "#eceef0";
/// What marks a row as one's own, beside its arrow.
const OWN: &str = "#fdf0e4";

/// Writes the title of a chart, as far as it fits.
fn title(drawing: &mut Drawing, title: &str, width: f32) {
    let title = lettering::shortened(&without_unknown(title), Letters::TITLE.size, width);
    drawing.text((0.0, 17.0), Anchor::Start, Letters::TITLE, &title);
}

/// `name` as it can be drawn in `room` pixels of a page.
fn fitted(name: &str, letters: Letters, room: f32) -> String {
    lettering::shortened(&without_unknown(name), letters.size, room)
}
