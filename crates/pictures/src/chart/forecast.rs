//! What a learner's memory will do in the coming days: how much is remembered if nothing is
//! repeated, and how many questions come back. Owns its look; the scheduler knows the numbers.

use super::{BLUE, HEAD, VERMILION, WIDTH, fitted, title};
use crate::drawing::{Anchor, Drawing, Letters};
use crate::panel::RULE;
use crate::{NotDrawn, Picture};

/// The most days that are drawn; more are cut off at the end.
const MAX_DAYS: usize = 31;

/// Each half has a caption and then its plot.
const CAPTION: f32 = 24.0;
const PLOT: f32 = 96.0;
const BETWEEN: f32 = 22.0;
const LEFT: f32 = 44.0;

/// What [`forecast`] draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forecast {
    /// What it is a forecast of, in the reader's language.
    pub title: String,
    /// What the line says: the share that is still remembered.
    pub recall: String,
    /// What the bars say: how many questions come back.
    pub due: String,
    /// The coming days, today first.
    pub days: Vec<ForecastDay>,
}

/// One day of a forecast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForecastDay {
    /// What the day is called; every other one is left out where they would touch.
    pub label: String,
    /// The expected share of questions that are remembered if none is repeated, from 0 to 1.
    pub recall: f64,
    /// How many questions come back on that day.
    pub due: u64,
}

/// Draws up to 31 days: a line above, bars below.
///
/// # Errors
///
/// [`NotDrawn::Blank`] if there are no days.
pub fn forecast(forecast: &Forecast) -> Result<Picture, NotDrawn> {
    let days = &forecast.days[..forecast.days.len().min(MAX_DAYS)];
    if days.is_empty() {
        return Err(NotDrawn::Blank);
    }
    let lower = HEAD + CAPTION + PLOT + BETWEEN;
    let mut drawing = Drawing::new(WIDTH, lower + CAPTION + PLOT + 20.0);
    title(&mut drawing, &forecast.title, WIDTH);
    caption(&mut drawing, &forecast.recall, HEAD, VERMILION);
    recall(&mut drawing, days, HEAD + CAPTION);
    caption(&mut drawing, &forecast.due, lower, BLUE);
    due(&mut drawing, days, lower + CAPTION);
    labels(&mut drawing, days, lower + CAPTION + PLOT + 16.0);
    drawing.finish()
}

fn caption(drawing: &mut Drawing, text: &str, top: f32, color: &str) {
    drawing.rect((0.0, top + 4.0), (10.0, 10.0), 2.0, color);
    drawing.text(
        (16.0, top + 14.0),
        Anchor::Start,
        Letters::SMALL,
        &fitted(text, Letters::SMALL, WIDTH - 16.0),
    );
}

/// The middle of a day, in pixels of a page from the left.
fn middle(day: usize, days: usize) -> f32 {
    LEFT + (day as f32 + 0.5) * step(days)
}

fn step(days: usize) -> f32 {
    (WIDTH - LEFT) / days as f32
}

fn recall(drawing: &mut Drawing, days: &[ForecastDay], top: f32) {
    for (share, label) in [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")] {
        grid(drawing, top + PLOT * (1.0 - share), label);
    }
    let share = |day: &ForecastDay| if day.recall.is_nan() { 0.0 } else { day.recall.clamp(0.0, 1.0) };
    let y = |day: &ForecastDay| top + PLOT * (1.0 - share(day) as f32);
    let points: Vec<_> = days.iter().enumerate().map(|(n, day)| (middle(n, days.len()), y(day))).collect();
    drawing.curve(&points, 2.5, VERMILION);
    points.into_iter().for_each(|point| drawing.dot(point, 3.5, VERMILION));
}

fn due(drawing: &mut Drawing, days: &[ForecastDay], top: f32) {
    grid(drawing, top + PLOT, "0");
    let most = days.iter().map(|day| day.due).max().unwrap_or_default().max(1);
    let bar = (step(days.len()) * 0.7).min(40.0);
    for (n, day) in days.iter().enumerate() {
        if day.due == 0 {
            continue;
        }
        let x = middle(n, days.len());
        // Room for the number above the highest bar.
        let height = ((PLOT - 16.0) * (day.due as f32 / most as f32)).max(2.0);
        drawing.rect((x - bar / 2.0, top + PLOT - height), (bar, height), 2.0, BLUE);
        let number = day.due.to_string();
        if crate::lettering::width(&number, Letters::SMALL.size) < step(days.len()) - 1.0 {
            drawing.text((x, top + PLOT - height - 4.0), Anchor::Middle, Letters::SMALL, &number);
        }
    }
}

fn labels(drawing: &mut Drawing, days: &[ForecastDay], baseline: f32) {
    let width = |label: &str| crate::lettering::width(label, Letters::SMALL.size);
    let widest = days.iter().map(|day| width(&day.label)).fold(0.0, f32::max);
    let every = ((widest + 6.0) / step(days.len())).ceil().max(1.0) as usize;
    for (n, day) in days.iter().enumerate().step_by(every) {
        let label = fitted(&day.label, Letters::SMALL, 120.0);
        let half = width(&label) / 2.0;
        let x = middle(n, days.len()).clamp(half, WIDTH - half);
        drawing.text((x, baseline), Anchor::Middle, Letters::SMALL, &label);
    }
}

fn grid(drawing: &mut Drawing, y: f32, label: &str) {
    drawing.line((LEFT, y), (WIDTH, y), RULE);
    drawing.text((LEFT - 8.0, y + 4.0), Anchor::End, Letters::SMALL, label);
}
