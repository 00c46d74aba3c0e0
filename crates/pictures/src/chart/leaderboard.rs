//! A leaderboard: a bar a learner. Owns its look; ranks come in as the store counts them.

use super::{BLUE, HEAD, OWN, TRACK, VERMILION, WIDTH, fitted, title};
use crate::drawing::{Anchor, Drawing, Letters};
use crate::panel::FAINT;
use crate::{NotDrawn, Picture, lettering};

/// The most rows that are drawn; more are cut off at the end.
const MAX_ROWS: usize = 25;

const ROW: f32 = 34.0;
const BAR: f32 = 18.0;
/// From the top of a row to the baseline of its letters.
const BASELINE: f32 = 22.5;

/// What [`leaderboard`] draws.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaderboard {
    /// What it is a board of, in the reader's language.
    pub title: String,
    /// The best first. Where ranks jump, a dotted line says that learners are left out.
    pub places: Vec<Place>,
}

/// One learner on a board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// One more than those who have more points: learners with equal points share a rank.
    pub rank: u64,
    /// By which name.
    pub name: String,
    /// How many points.
    pub points: u64,
    /// Whether the reader is this learner.
    pub own: bool,
}

/// Draws a board of up to 25 learners.
///
/// # Errors
///
/// [`NotDrawn::Blank`] if nobody is on it.
pub fn leaderboard(board: &Leaderboard) -> Result<Picture, NotDrawn> {
    let places = &board.places[..board.places.len().min(MAX_ROWS)];
    if places.is_empty() {
        return Err(NotDrawn::Blank);
    }
    let height = places.len() as f32 * ROW + gaps(places) as f32 * ROW / 2.0;
    let mut drawing = Drawing::new(WIDTH, HEAD + height);
    title(&mut drawing, &board.title, WIDTH);
    let columns = Columns::of(places);
    let mut top = HEAD;
    for (number, place) in places.iter().enumerate() {
        if number > 0 && jumps(&places[..=number]) {
            for dot in 0..3 {
                let x = columns.name - 3.0 + dot as f32 * 7.0 + 5.0;
                drawing.dot((x, top + ROW / 4.0), 1.5, FAINT);
            }
            top += ROW / 2.0;
        }
        columns.draw(&mut drawing, place, top);
        top += ROW;
    }
    drawing.finish()
}

/// Whether learners are left out before the last of `places`.
fn jumps(places: &[Place]) -> bool {
    let [.., before, last] = places else { return false };
    let sharing = places.iter().filter(|place| place.rank == before.rank).count() as u64;
    last.rank > before.rank.saturating_add(sharing)
}

fn gaps(places: &[Place]) -> usize {
    (2..=places.len()).filter(|n| jumps(&places[..*n])).count()
}

/// Where things stand, in pixels of a page from the left, and what a full bar means.
struct Columns {
    rank: f32,
    name: f32,
    name_width: f32,
    bar: f32,
    bar_width: f32,
    most: f32,
}

impl Columns {
    fn of(places: &[Place]) -> Self {
        let widest = |text: &dyn Fn(&Place) -> String, letters: Letters| {
            places.iter().map(|place| lettering::width(&text(place), letters.size)).fold(0.0, f32::max)
        };
        let rank = 20.0 + widest(&|place| place.rank.to_string(), Letters::BODY);
        let name = rank + 12.0;
        let name_width = widest(&|place| fitted(&place.name, Letters::STRONG, 210.0), Letters::STRONG) + 2.0;
        let points = widest(&|place| place.points.to_string(), Letters::STRONG);
        let bar = name + name_width + 14.0;
        let most = places.iter().map(|place| place.points).max().unwrap_or_default().max(1) as f32;
        Self { rank, name, name_width, bar, bar_width: WIDTH - bar - points - 18.0, most }
    }

    fn draw(&self, drawing: &mut Drawing, place: &Place, top: f32) {
        let baseline = top + BASELINE;
        let (color, letters) = if place.own { (VERMILION, Letters::STRONG) } else { (BLUE, Letters::BODY) };
        if place.own {
            drawing.rect((-8.0, top + 1.0), (WIDTH + 16.0, ROW - 2.0), 6.0, OWN);
            let middle = top + ROW / 2.0;
            drawing.triangle([(0.0, middle - 5.0), (8.0, middle), (0.0, middle + 5.0)], VERMILION);
        }
        drawing.text((self.rank, baseline), Anchor::End, letters, &place.rank.to_string());
        let name = fitted(&place.name, letters, self.name_width);
        drawing.text((self.name, baseline), Anchor::Start, letters, &name);
        let y = top + (ROW - BAR) / 2.0;
        drawing.rect((self.bar, y), (self.bar_width, BAR), 4.0, TRACK);
        let share = place.points as f32 / self.most;
        if place.points > 0 {
            // A bar too short to see would say that there are no points.
            drawing.rect((self.bar, y), ((self.bar_width * share).max(4.0), BAR), 4.0, color);
        }
        let points = place.points.to_string();
        drawing.text((WIDTH - 4.0, baseline), Anchor::End, letters, &points);
    }
}
