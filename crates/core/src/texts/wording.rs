//! Replies that every platform words alike: notices, windows of time, records. They are plain text;
//! what people or notes wrote stands in them as it is, and the adapter escapes the whole.

use fluent_bundle::FluentValue;

use super::Texts;
use crate::reply::{Graded, Notice, Record};
use crate::schedule::Daily;
use crate::score::{Verdict, Window};

const DAYS: [&str; 7] = ["day-mon", "day-tue", "day-wed", "day-thu", "day-fri", "day-sat", "day-sun"];

impl Texts {
    /// Why a request came to nothing, and what to do instead.
    #[must_use]
    pub fn notice(&self, notice: &Notice) -> String {
        let given = |key, given: &str| self.tell(key, [("given", given.into())]);
        match notice {
            Notice::EmptyBank => self.say("bank-empty"),
            Notice::NothingFound { query } => self.tell("suggest-none", [("query", query.as_str().into())]),
            Notice::NothingDue => self.say("review-none"),
            Notice::NothingOpen => self.say("nothing-open"),
            Notice::NotOffered { given, last } => {
                self.tell("not-offered", [("given", given.as_str().into()), ("last", (*last).into())])
            }
            Notice::EmptyAnswer => self.say("empty-answer"),
            Notice::NotAnOption { given, last, several } => self.tell(
                "not-an-option",
                [
                    ("given", given.as_str().into()),
                    ("first", "A".into()),
                    ("last", last.to_string().into()),
                    ("several", if *several { "yes" } else { "no" }.into()),
                ],
            ),
            Notice::OneOptionOnly => self.say("one-option-only"),
            Notice::NotAGrade { given: what } => given("not-a-grade", what),
            Notice::UnknownTopic { given: what } => {
                self.tell("topic-unknown", [("topic", what.as_str().into())])
            }
            Notice::TooManyOpen { own: true } => self.say("too-many-own"),
            Notice::TooManyOpen { own: false } => self.say("too-many-open"),
            Notice::AnswerFirst => self.say("answer-first"),
            Notice::AskerFirst { wait } => {
                self.tell("asker-first", [("seconds", (wait.as_secs().max(0) + 1).into())])
            }
            Notice::NotYours => self.say("not-yours"),
            Notice::NoRecord { name } => self.tell("no-record", [("name", name.as_str().into())]),
            Notice::NotATime { given: what } => given("not-a-time", what),
            Notice::NotAZone { given: what } => given("not-a-zone", what),
            Notice::NotDays { given: what } => given("not-days", what),
            Notice::NamelessSeason => self.say("season-nameless"),
            Notice::UnknownLanguage => self.say("language-unknown"),
        }
    }

    /// What a window of a leaderboard is called.
    #[must_use]
    pub fn window(&self, window: Window) -> String {
        match window {
            Window::Today => self.say("window-today"),
            Window::Week => self.say("window-week"),
            Window::Month => self.say("window-month"),
            Window::All => self.say("window-all"),
            Window::Season(number) => self.tell("window-season", [("number", number.into())]),
        }
    }

    /// The heading of a leaderboard.
    #[must_use]
    pub fn leaderboard_title(&self, window: Window, topic: Option<&str>) -> String {
        let window: FluentValue<'_> = self.window(window).into();
        match topic {
            Some(topic) => self.tell("leaderboard-topic", [("window", window), ("topic", topic.into())]),
            None => self.tell("leaderboard-title", [("window", window)]),
        }
    }

    /// The verdict on an answer, and what it earned; nothing is earned by an answer that does not count.
    #[must_use]
    pub fn verdict(&self, graded: &Graded) -> (String, String) {
        let key = match graded.verdict {
            Verdict::Closed => return (self.say("verdict-closed"), String::new()),
            Verdict::Already => {
                let first = self.tell("verdict-already", [("answer", graded.answer.as_str().into())]);
                return (first, String::new());
            }
            Verdict::Right => "verdict-right",
            Verdict::Partial => "verdict-partial",
            Verdict::Wrong => "verdict-wrong",
        };
        let mut earned = if graded.rested {
            self.say("verdict-repeated")
        } else {
            self.tell("verdict-points", [("points", graded.points.into())])
        };
        if graded.bonus > 0 {
            earned += &self.say("gap");
            earned += &self.tell("verdict-bonus", [("points", graded.bonus.into())]);
        }
        (self.say(key), earned)
    }

    /// A daily question in words: when, where by the clock, on which days, on what.
    #[must_use]
    pub fn daily(&self, daily: &Daily) -> String {
        let days: Vec<String> = daily.weekdays.days().map(|day| self.say(DAYS[usize::from(day)])).collect();
        let days = if days.len() == DAYS.len() { self.say("every-day") } else { days.join(", ") };
        let line = self.tell(
            "daily-when",
            [
                ("time", daily.time.to_string().into()),
                ("zone", daily.zone.name().to_owned().into()),
                ("days", days.into()),
            ],
        );
        daily.topic.iter().fold(line, |line, topic| format!("{line} · {topic}"))
    }

    /// A learner's record, line by line.
    #[must_use]
    pub fn record(&self, record: &Record) -> Vec<String> {
        let title = match &record.of {
            Some(name) => self.tell("stats-title-of", [("name", name.as_str().into())]),
            None => self.say("stats-title"),
        };
        if record.answered == 0 {
            let none = match &record.of {
                Some(name) => self.tell("no-record", [("name", name.as_str().into())]),
                None => self.say("stats-none"),
            };
            return vec![none];
        }
        let percent = record.right * 100 / record.answered;
        let mut lines = vec![
            title,
            self.tell(
                "stats-answers",
                [
                    ("answered", record.answered.into()),
                    ("right", record.right.into()),
                    ("percent", percent.into()),
                ],
            ),
            self.tell("stats-points", [("points", record.points.into()), ("week", record.week.into())]),
            self.tell("stats-streak", [("days", record.streak.into()), ("best", record.best_streak.into())]),
        ];
        if record.of.is_none() {
            // What somebody is about to forget is nobody else's business.
            lines.push(self.tell("stats-due", [("count", record.due.into())]));
        }
        lines
    }
}
