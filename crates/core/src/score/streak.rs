//! How many days in a row somebody has learnt.

use super::Day;

/// Days in a row with at least one answer, by the learner's own calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    /// The run that ends with the last day; see [`Streak::shown`] for whether it still lives.
    pub current: u32,
    /// The longest run ever.
    pub best: u32,
    /// The last day with an answer.
    pub last_day: Option<Day>,
}

impl Streak {
    /// The streak after an answer on `day`. A day before the last one (a journey across time zones,
    /// a clock set back) changes nothing.
    #[must_use]
    pub fn after(self, day: Day) -> Self {
        let current = match self.last_day {
            Some(last) if day <= last => return self,
            Some(Day(last)) if day.0 == last + 1 => self.current.saturating_add(1),
            _ => 1,
        };
        Self { current, best: self.best.max(current), last_day: Some(day) }
    }

    /// The streak as it stands on `today`: broken if neither today nor yesterday had an answer.
    #[must_use]
    pub fn shown(self, today: Day) -> Self {
        let lives = self.last_day.is_some_and(|Day(last)| last >= today.0 - 1);
        Self { current: if lives { self.current } else { 0 }, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_an_answer_breaks_it() {
        let mut streak = Streak::default();
        for (day, current, best) in
            [(10, 1, 1), (10, 1, 1), (11, 2, 2), (12, 3, 3), (11, 3, 3), (14, 1, 3), (15, 2, 3)]
        {
            streak = streak.after(Day(day));
            assert_eq!((streak.current, streak.best), (current, best), "on day {day}");
        }
        assert_eq!([15, 16, 17].map(|day| streak.shown(Day(day)).current), [2, 2, 0]);
        assert_eq!(streak.shown(Day(17)).best, 3);
    }
}
