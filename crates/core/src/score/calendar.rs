//! Time zones, and where days, weeks and months begin in them. It refuses to say what time it is.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A time zone of the IANA database, such as `Asia/Shanghai`; UTC by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// A name that the time zone database does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no time zone {0:?}; use a name such as Europe/Berlin, Asia/Shanghai or UTC")]
pub struct UnknownZone(String);

impl Zone {
    /// Its name in the IANA database.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its rules.
    #[must_use]
    pub fn rules(&self) -> &TimeZone {
        &self.rules
    }

    /// The day it is there at `at`.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Day {
        let local = at.as_second() + i64::from(self.rules.to_offset(at).seconds());
        Day(local.div_euclid(86_400))
    }

    /// The first day of the month it is there at `at`.
    #[must_use]
    pub fn month(&self, at: Timestamp) -> Day {
        Day(self.day(at).0 - i64::from(self.rules.to_datetime(at).day()) + 1)
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    /// Reads a name, in any case.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let rules = TimeZone::get(name).map_err(|_| UnknownZone(name.to_owned()))?;
        let name = rules.iana_name().unwrap_or("UTC").to_owned();
        Ok(Self { name, rules })
    }
}

/// A day of the calendar: how many days after 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i64);

impl Day {
    /// The date that it is.
    #[must_use]
    pub fn date(self) -> Date {
        // Midnight of that day in UTC, where days have no gaps.
        let at = Timestamp::from_second(self.0.saturating_mul(86_400)).unwrap_or_default();
        TimeZone::UTC.to_datetime(at).date()
    }

    /// The Monday of its week, as in ISO 8601.
    #[must_use]
    pub fn monday(self) -> Self {
        // Day 0 was a Thursday.
        Self(self.0 - (self.0 + 3).rem_euclid(7))
    }
}

/// A span of time that has a leaderboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// The day it is in the community.
    Today,
    /// The week, from Monday.
    Week,
    /// The month.
    Month,
    /// Everything.
    All,
    /// The season of that number; the first is 1.
    Season(u32),
}

impl Window {
    /// The window's name in the store and what sets it apart from others of that name, at `at`.
    #[must_use]
    pub fn key(self, zone: &Zone, at: Timestamp) -> (&'static str, i64) {
        match self {
            Self::Today => ("day", zone.day(at).0),
            Self::Week => ("week", zone.day(at).monday().0),
            Self::Month => ("month", zone.month(at).0),
            Self::All => ("all", 0),
            Self::Season(number) => ("season", i64::from(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_begin_by_the_clock_on_the_wall() {
        let date = |text: &str| text.parse::<Timestamp>().expect("a timestamp").as_second() / 86_400;
        for (zone, at, day, monday, month) in [
            ("UTC", "2024-02-29T23:59:59Z", "2024-02-29T00:00Z", "2024-02-26T00:00Z", "2024-02-01T00:00Z"),
            (
                "asia/shanghai",
                "2024-02-29T16:00:00Z",
                "2024-03-01T00:00Z",
                "2024-02-26T00:00Z",
                "2024-03-01T00:00Z",
            ),
            (
                "America/New_York",
                "2024-03-11T03:59:59Z",
                "2024-03-10T00:00Z",
                "2024-03-04T00:00Z",
                "2024-03-01T00:00Z",
            ),
            (
                "America/New_York",
                "2024-03-11T04:00:00Z",
                "2024-03-11T00:00Z",
                "2024-03-11T00:00Z",
                "2024-03-01T00:00Z",
            ),
            ("UTC", "1969-12-31T00:00:00Z", "1969-12-31T00:00Z", "1969-12-29T00:00Z", "1969-12-01T00:00Z"),
        ] {
            let zone: Zone = zone.parse().expect("a zone");
            let at: Timestamp = at.parse().expect("a timestamp");
            let starts = [Window::Today, Window::Week, Window::Month].map(|window| window.key(&zone, at).1);
            assert_eq!(starts, [date(day), date(monday), date(month)], "{zone} {at}");
        }
    }

    #[test]
    fn an_unknown_zone_says_what_would_do() {
        let error = "Mars/Olympus".parse::<Zone>().expect_err("no such zone");
        assert!(error.to_string().contains("Europe/Berlin"), "{error}");
        assert_eq!("asia/shanghai".parse::<Zone>().expect("a zone").name(), "Asia/Shanghai");
    }
}
