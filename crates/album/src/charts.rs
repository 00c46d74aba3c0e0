//! Charts of what learners did and will do, with their words in the reader's language, and what they say to who can't
//! see them.

use viva_core::reply::Record;
use viva_core::store::Standings;
use viva_core::texts::Texts;
use viva_pictures::chart::{self, Calendar, Forecast, ForecastDay, Leaderboard, Place, Topic, Topics};
use viva_pictures::{NotDrawn, Picture};

/// The most topics on a chart: what was answered most.
const TOPICS: usize = 12;
const DAYS: [&str; 7] = ["day-mon", "day-tue", "day-wed", "day-thu", "day-fri", "day-sat", "day-sun"];

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];

/// A chart, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    kind: Kind,
    /// What it says, in words.
    pub words: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Leaderboard(Leaderboard),
    Calendar(Box<Calendar>),
    Topics(Topics),
    Forecast(Forecast),
}

impl Chart {
    /// Draws it.
    ///
    /// # Errors
    ///
    /// If there is nothing to see.
    pub fn draw(&self) -> Result<Picture, NotDrawn> {
        match &self.kind {
            Kind::Leaderboard(board) => chart::leaderboard(board),
            Kind::Calendar(calendar) => chart::calendar(calendar),
            Kind::Topics(topics) => chart::topics(topics),
            Kind::Forecast(forecast) => chart::forecast(forecast),
        }
    }
}

/// A page of a leaderboard with the place of whoever asks; `None` if nobody is on it.
#[must_use]
pub fn leaderboard(standings: &Standings, title: &str, texts: &Texts) -> Option<Chart> {
    let me = standings.me.as_ref();
    let elsewhere = me.filter(|me| standings.rows.iter().all(|row| row.learner != me.learner));
    let mut rows: Vec<_> = standings.rows.iter().chain(elsewhere).collect();
    rows.sort_by_key(|row| row.rank);
    if rows.is_empty() {
        return None;
    }
    let places = rows.iter().map(|row| Place {
        rank: row.rank,
        name: row.name.clone(),
        points: row.tally.points,
        own: me.is_some_and(|me| me.learner == row.learner),
    });
    let words = rows.iter().map(|row| {
        let points = texts.tell("points", [("count", row.tally.points.into())]);
        format!("{}. {} · {points} · {}/{}", row.rank, row.name, row.tally.right, row.tally.answered)
    });
    Some(Chart {
        words: words.collect::<Vec<_>>().join("\n"),
        kind: Kind::Leaderboard(Leaderboard { title: title.to_owned(), places: places.collect() }),
    })
}

/// What a record shows: the answers of half a year, accuracy by topic, and the memory to come; what there is of them.
#[must_use]
pub fn record(record: &Record, texts: &Texts) -> Vec<Chart> {
    // The words beside them say that there is nothing yet.
    if record.answered == 0 {
        return Vec::new();
    }
    [calendar(record, texts), topics(record, texts), forecast(record, texts)].into_iter().flatten().collect()
}

fn calendar(record: &Record, texts: &Texts) -> Option<Chart> {
    let answers: u64 = record.days.iter().map(|(_, answers)| answers).sum();
    let (first, _) = *record.days.first().filter(|_| answers > 0)?;
    let days = record.days.iter().filter(|(_, answers)| *answers > 0).count();
    let most = record.days.iter().map(|(_, answers)| *answers).max().unwrap_or_default();
    let words = texts.tell(
        "chart-calendar-alt",
        [("answers", answers.into()), ("days", days.into()), ("most", most.into())],
    );
    let calendar = Calendar {
        title: texts.say("chart-calendar"),
        first,
        counts: record.days.iter().map(|(_, answers)| u32::try_from(*answers).unwrap_or(u32::MAX)).collect(),
        months: MONTHS.map(|month| texts.say(month)),
        weekdays: DAYS.map(|day| texts.say(day)),
        less: texts.say("chart-less"),
        more: texts.say("chart-more"),
    };
    Some(Chart { words, kind: Kind::Calendar(Box::new(calendar)) })
}

fn topics(record: &Record, texts: &Texts) -> Option<Chart> {
    if record.topics.is_empty() {
        return None;
    }
    let shown = || record.topics.iter().take(TOPICS);
    let words = shown().map(|(name, tally)| format!("{name} {}/{}", tally.right, tally.answered));
    let title = texts.say("chart-topics");
    let words = format!("{title}\n{}", words.collect::<Vec<_>>().join("\n"));
    let topic = |(name, tally): &(String, viva_core::store::Tally)| Topic {
        name: name.clone(),
        right: tally.right,
        answered: tally.answered,
    };
    Some(Chart { words, kind: Kind::Topics(Topics { title, topics: shown().map(topic).collect() }) })
}

fn forecast(record: &Record, texts: &Texts) -> Option<Chart> {
    let last = record.forecast.last()?;
    let due: u64 = record.forecast.iter().map(|day| day.due).sum();
    let recall = format!("{:.0}", last.recall * 100.0);
    let words = texts.tell("chart-forecast-alt", [("recall", recall.into()), ("due", due.into())]);
    let day = |day: &viva_core::reply::Forecast| ForecastDay {
        label: format!("{}/{}", day.day.month(), day.day.day()),
        recall: day.recall,
        due: day.due,
    };
    let forecast = Forecast {
        title: texts.say("chart-forecast"),
        recall: texts.say("chart-recall"),
        due: texts.say("chart-due"),
        days: record.forecast.iter().map(day).collect(),
    };
    Some(Chart { words, kind: Kind::Forecast(forecast) })
}
