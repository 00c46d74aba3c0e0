//! When a daily question is due, by the clock on the wall of its time zone.
//!
//! It refuses to say what time it is.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::score::Zone;

/// How late a daily question may be sent, after Viva was down; later ones are left out.
pub const GRACE: SignedDuration = SignedDuration::from_hours(6);

/// A question every day, or on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Daily {
    /// When.
    pub time: TimeOfDay,
    /// By whose clock.
    pub zone: Zone,
    /// On which days.
    pub weekdays: Weekdays,
    /// The stable name of the topic that it is picked from; any question if there is none.
    pub topic: Option<String>,
}

impl Daily {
    /// The first time after `now` that it is due.
    ///
    /// A time that a change of clocks leaves out is due the moment the clocks have changed; one that
    /// comes twice is due the first time.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Timestamp {
        let rules = self.zone.rules();
        let today = rules.to_datetime(now).date();
        // A week and a day has every weekday, today's twice: its time may have passed.
        let days = (0..=7).filter_map(|days| today.checked_add(days.days()).ok());
        let due = days.filter(|day| self.weekdays.has(day.weekday())).filter_map(|day| {
            let wanted = rules.to_ambiguous_timestamp(day.to_datetime(self.time.0));
            match wanted.offset() {
                // Read by the clock that is yet to come, the time lies before the change.
                AmbiguousOffset::Gap { .. } => {
                    rules.following(wanted.earlier().ok()?).next().map(|change| change.timestamp())
                }
                AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => wanted.earlier().ok(),
            }
        });
        due.filter(|due| *due > now).min().unwrap_or(Timestamp::MAX)
    }
}

/// A minute of the day, such as `08:30`; midnight by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeOfDay(Time);

impl TimeOfDay {
    /// The minutes since midnight.
    #[must_use]
    pub fn minutes(self) -> i64 {
        i64::from(self.0.hour()) * 60 + i64::from(self.0.minute())
    }

    /// The time so many minutes after midnight; `None` if that is another day.
    #[must_use]
    pub fn from_minutes(minutes: i64) -> Option<Self> {
        let (hour, minute) = (minutes.div_euclid(60), minutes.rem_euclid(60));
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok().map(Self)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

/// What is no time of a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no time of the day; write one such as 08:30 or 21:00")]
pub struct NoTime(String);

impl FromStr for TimeOfDay {
    type Err = NoTime;

    /// Reads `8:30`, `08:30` and `08：30`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim().replace('：', ":");
        Time::strptime("%H:%M", &plain).map(Self).map_err(|_| NoTime(text.to_owned()))
    }
}

/// A set of days of the week; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);

    /// The days of `bits`, Monday lowest; `None` if there are none.
    #[must_use]
    pub fn from_bits(bits: i64) -> Option<Self> {
        u8::try_from(bits).ok().filter(|bits| (1..=Self::ALL.0).contains(bits)).map(Self)
    }

    /// A bit a day, Monday lowest.
    #[must_use]
    pub fn bits(self) -> i64 {
        i64::from(self.0)
    }

    /// The days, from 0 for Monday to 6 for Sunday.
    pub fn days(self) -> impl Iterator<Item = u8> {
        (0..7).filter(move |day| self.0 >> day & 1 == 1)
    }

    fn has(self, day: jiff::civil::Weekday) -> bool {
        self.0 >> day.to_monday_zero_offset() & 1 == 1
    }
}

/// What names no days of the week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no days; write some such as mon-fri, sat,sun or daily")]
pub struct NoDays(String);

const DAYS: [[&str; 3]; 7] = [
    ["mon", "一", "1"],
    ["tue", "二", "2"],
    ["wed", "三", "3"],
    ["thu", "四", "4"],
    ["fri", "五", "5"],
    ["sat", "六", "6"],
    ["sun", "日", "7"],
];

impl FromStr for Weekdays {
    type Err = NoDays;

    /// Reads `mon-fri`, `sat,sun`, `1-5`, `周一至周五`, `daily`, `weekdays` and their like.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || NoDays(text.to_owned());
        let plain = text.trim().to_lowercase().replace(['周', '星', '期'], "").replace('天', "日");
        match plain.as_str() {
            "daily" | "every day" | "all" | "每日" => return Ok(Self::ALL),
            "weekdays" | "workdays" | "工作日" => return Ok(Self(0b001_1111)),
            "weekends" | "末" => return Ok(Self(0b110_0000)),
            _ => {}
        }
        let day = |name: &str| {
            let name = name.trim();
            let known = |names: &[&str; 3]| {
                names.iter().any(|known| {
                    *known == name
                        || (name.len() > 3 && known.len() == 3 && known.is_ascii() && name.starts_with(known))
                })
            };
            DAYS.iter().position(known).ok_or_else(error)
        };
        let mut bits = 0;
        for part in plain.split([',', '，', '、', ' ']).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once(['-', '–', '至', '到']).unwrap_or((part, part));
            let (first, last) = (day(first)?, day(last)?);
            // From Saturday to Monday goes past the end of the week.
            for step in 0..=(last + 7 - first) % 7 {
                bits |= 1 << ((first + step) % 7);
            }
        }
        Self::from_bits(bits).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn it_is_due_on_the_minute_whatever_the_clocks_do() {
        for (time, zone, days, now, due) in [
            ("08:30", "Asia/Shanghai", "daily", "2026-01-01T00:29:59Z", "2026-01-01T00:30:00Z"),
            ("08:30", "Asia/Shanghai", "daily", "2026-01-01T00:30:00Z", "2026-01-02T00:30:00Z"),
            ("06:15", "Asia/Kathmandu", "daily", "2026-01-01T00:00:00Z", "2026-01-01T00:30:00Z"),
            ("09:00", "Europe/Berlin", "daily", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z"),
            ("09:00", "Europe/Berlin", "daily", "2026-10-24T12:00:00Z", "2026-10-25T08:00:00Z"),
            // 02:30 does not exist that night: the clocks go from 02:00 to 03:00.
            ("02:30", "Europe/Berlin", "daily", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
            ("02:30", "Europe/Berlin", "daily", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"),
            // 02:30 exists twice that night.
            ("02:30", "Europe/Berlin", "daily", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"),
            ("02:30", "Europe/Berlin", "daily", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
            // Midnight does not exist that day: Brazil's clocks went from 00:00 to 01:00.
            ("00:00", "America/Sao_Paulo", "daily", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z"),
            ("21:00", "America/Sao_Paulo", "daily", "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z"),
            // 2026-11-20 is a Friday.
            ("08:00", "UTC", "mon-fri", "2026-11-20T09:00:00Z", "2026-11-23T08:00:00Z"),
            ("08:00", "UTC", "sun", "2026-11-22T08:00:00Z", "2026-11-29T08:00:00Z"),
        ] {
            let daily = Daily {
                time: time.parse().expect("a time"),
                zone: zone.parse().expect("a zone"),
                weekdays: days.parse().expect("days"),
                topic: None,
            };
            assert_eq!(daily.next(at(now)), at(due), "{time} {zone} {days} after {now}");
        }
    }

    #[test]
    fn times_and_days_are_read_as_people_write_them() {
        let time = |text: &str| text.parse::<TimeOfDay>().map(|time| time.to_string());
        for (text, expected) in
            [("8:30", Some("08:30")), (" 21：05 ", Some("21:05")), ("24:00", None), ("8", None), ("", None)]
        {
            assert_eq!(time(text).ok().as_deref(), expected, "{text:?}");
        }
        let days = |text: &str| text.parse::<Weekdays>().map(|days| days.days().collect::<Vec<_>>());
        for (text, expected) in [
            ("daily", Some(vec![0, 1, 2, 3, 4, 5, 6])),
            ("Mon-Fri", Some(vec![0, 1, 2, 3, 4])),
            ("sat, sunday", Some(vec![5, 6])),
            ("sat-mon", Some(vec![0, 5, 6])),
            ("1-3,5", Some(vec![0, 1, 2, 4])),
            ("周一至周五", Some(vec![0, 1, 2, 3, 4])),
            ("星期六、星期天", Some(vec![5, 6])),
            ("someday", None),
            ("", None),
        ] {
            assert_eq!(days(text).ok(), expected, "{text:?}");
        }
        let back = |minutes| TimeOfDay::from_minutes(minutes).map(TimeOfDay::minutes);
        assert_eq!((back(0), back(1439), back(1440), back(-1)), (Some(0), Some(1439), None, None));
    }
}
