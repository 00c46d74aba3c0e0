//! The pictures of the README, which are what the program draws.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../pictures/tests/seen/mod.rs"]
#[expect(dead_code, reason = "of what tests of pictures see, the whole picture is enough here")]
mod seen;

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::date;
use viva_album::{Album, Limits, charts, wanted};
use viva_core::bank::Bank;
use viva_core::glossary::Glossary;
use viva_core::ids::LearnerId;
use viva_core::language::Language;
use viva_core::reply::Record;
use viva_core::store::{Standing, Standings, Tally};
use viva_core::texts::Texts;

use seen::check_golden;

#[test]
fn a_formula() {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/en/models-and-math.md");
    let (bank, _) = Bank::open(&[content.into()], Glossary::bundled());
    let bank = Arc::new(bank);
    let answers = bank.questions().iter().flat_map(|question| &question.texts).map(|text| &text.answer);
    let subjects: Vec<_> = answers.flat_map(|answer| wanted(answer, 42)).collect();
    let update = subjects.iter().find(|subject| subject.source().starts_with("W = W_0")).expect("a formula");
    let plate = Album::new(Limits { bytes: 1 << 20, side: 2_000 }).draw_now(&bank, update);
    check_golden("formula", &plate.expect("a picture").bytes);
}

#[test]
fn a_leaderboard() {
    let row = |rank, learner, name: &str, points, right, answered| Standing {
        rank,
        learner: LearnerId(learner),
        name: name.to_owned(),
        tally: Tally { points, right, answered },
    };
    let rows = vec![
        row(1, 1, "Grace", 184, 15, 17),
        row(2, 2, "小林", 162, 14, 18),
        row(2, 3, "Zoë", 162, 13, 14),
        row(4, 4, "Amir", 97, 8, 13),
        row(5, 5, "Nina", 40, 4, 9),
    ];
    let standings = Standings { me: Some(rows[3].clone()), learners: 5, rows };
    let texts = Texts::of(Language::En);
    let board = charts::leaderboard(&standings, "Leaderboard · This week", texts).expect("a chart");
    check_golden("leaderboard", &board.draw().expect("a picture").png);
}

#[test]
fn a_calendar() {
    let last = date(2026, 11, 20);
    let first = last.checked_sub(182.days()).expect("a day");
    // Somebody who learns on working days, and more so as the interview comes near.
    let answers = |n: i64| match n * n % 11 {
        // The first day is a Friday.
        _ if matches!(n % 7, 1 | 2) => 0,
        0..=3 => 0,
        rest => u64::try_from(rest - 3 + n / 40).expect("not negative"),
    };
    let days = (0..183).map(|n| (first.checked_add(n.days()).expect("a day"), answers(n))).collect();
    let record = Record {
        of: None,
        answered: 1,
        right: 1,
        points: 10,
        week: 10,
        streak: 1,
        best_streak: 1,
        due: 0,
        days,
        topics: Vec::new(),
        forecast: Vec::new(),
    };
    let charts = charts::record(&record, Texts::of(Language::En));
    check_golden("calendar", &charts[0].draw().expect("a picture").png);
}
