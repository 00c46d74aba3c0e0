//! Half a year of days, a column a week. Owns its look and its shades; the counts come in.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{HEAD, fitted, title};
use crate::drawing::{Anchor, Drawing, Letters};
use crate::{NotDrawn, Picture, lettering};

/// The most days that are drawn, the latest ones: a year.
const MAX_DAYS: usize = 372;

const CELL: f32 = 15.0;
const STEP: f32 = 19.0;

/// No answers, then ever more: one hue from light to dark, so that lightness alone tells them apart.
const SHADES: [&str; 5] = ["#e6e9ec", "#a9cfe8", "#5ea5d0", "#1f76ad", "#0b3f66"];

/// What [`calendar`] draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// What is counted, in the reader's language.
    pub title: String,
    /// The day of the first count.
    pub first: Date,
    /// How many answers there were on each day.
    pub counts: Vec<u32>,
    /// The names of the months, January first; short ones fit better.
    pub months: [String; 12],
    /// The names of the days of a week, Monday first.
    pub weekdays: [String; 7],
    /// What stands at the light end of the shades.
    pub less: String,
    /// What stands at the dark end of the shades.
    pub more: String,
}

/// Draws the days, with weeks from Monday to Sunday; of more than a year only the last.
///
/// # Errors
///
/// [`NotDrawn::Blank`] if there is no day, or the days leave the calendar.
pub fn calendar(calendar: &Calendar) -> Result<Picture, NotDrawn> {
    let skipped = calendar.counts.len().saturating_sub(MAX_DAYS);
    let counts = &calendar.counts[skipped..];
    let first = calendar.first.checked_add((skipped as i64).days()).map_err(|_| NotDrawn::Blank)?;
    if counts.is_empty() {
        return Err(NotDrawn::Blank);
    }
    let lead = first.weekday().to_monday_zero_offset() as usize;
    let weeks = (lead + counts.len()).div_ceil(7);
    let names = calendar.weekdays.iter().map(|name| lettering::width(name, Letters::SMALL.size));
    let left = names.fold(0.0, f32::max).min(90.0) + 10.0;
    // The title and the legend need room when there are few weeks.
    let width = (left + weeks as f32 * STEP - (STEP - CELL)).max(320.0);
    let top = HEAD + 20.0;
    let mut drawing = Drawing::new(width, top + 7.0 * STEP + 24.0);
    title(&mut drawing, &calendar.title, width);
    for (row, name) in calendar.weekdays.iter().enumerate().step_by(2) {
        let baseline = top + row as f32 * STEP + 12.0;
        drawing.text((0.0, baseline), Anchor::Start, Letters::SMALL, &fitted(name, Letters::SMALL, 90.0));
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let mut month_end = f32::NEG_INFINITY;
    for (n, count) in counts.iter().enumerate() {
        let (week, row) = ((lead + n) / 7, (lead + n) % 7);
        let x = left + week as f32 * STEP;
        drawing.rect((x, top + row as f32 * STEP), (CELL, CELL), 3.0, SHADES[shade(*count, most)]);
        let day = first.checked_add((n as i64).days()).map_err(|_| NotDrawn::Blank)?;
        let name = &calendar.months[usize::from(day.month().unsigned_abs()) - 1];
        if day.day() == 1 && x > month_end {
            drawing.text(
                (x, HEAD + 12.0),
                Anchor::Start,
                Letters::SMALL,
                &fitted(name, Letters::SMALL, 76.0),
            );
            month_end = x + lettering::width(name, Letters::SMALL.size).min(76.0) + 4.0;
        }
    }
    legend(&mut drawing, calendar, width, top + 7.0 * STEP + 18.0);
    drawing.finish()
}

/// Which shade stands for `count`: quarters of the busiest day.
fn shade(count: u32, most: u32) -> usize {
    if count == 0 { 0 } else { (u64::from(count) * 4).div_ceil(u64::from(most.max(4))).clamp(1, 4) as usize }
}

fn legend(drawing: &mut Drawing, calendar: &Calendar, width: f32, baseline: f32) {
    let more = fitted(&calendar.more, Letters::SMALL, 90.0);
    drawing.text((width, baseline), Anchor::End, Letters::SMALL, &more);
    let mut x = width - lettering::width(&more, Letters::SMALL.size) - 8.0;
    for shade in SHADES.iter().rev() {
        x -= CELL;
        drawing.rect((x, baseline - 12.0), (CELL, CELL), 3.0, shade);
        x -= STEP - CELL;
    }
    let less = fitted(&calendar.less, Letters::SMALL, 90.0);
    drawing.text((x - 4.0, baseline), Anchor::End, Letters::SMALL, &less);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_are_quarters_of_the_busiest_day() {
        fn check(count: u32, most: u32, expected: usize) {
            assert_eq!(shade(count, most), expected, "{count} of {most}");
        }
        check(0, 0, 0);
        check(1, 1, 1);
        check(2, 2, 2);
        check(4, 4, 4);
        check(1, 40, 1);
        check(10, 40, 1);
        check(11, 40, 2);
        check(40, 40, 4);
        check(u32::MAX, u32::MAX, 4);
    }
}
