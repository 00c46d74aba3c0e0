//! Charts and tables show what they are given, whatever names people have.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails should stop and say where")]

mod seen;

use jiff::civil::date;
use seen::{check_golden, margin, pixels};
use viva_pictures::chart::{
    Calendar, Forecast, ForecastDay, Leaderboard, Place, Topic, Topics, calendar, forecast, leaderboard,
    topics,
};
use viva_pictures::table::{self, Alignment, Table};
use viva_pictures::{NotDrawn, Picture};

/// What charts leave free at the edge; a row that is marked as one's own reaches into it.
const MARGIN: u32 = 15;

fn check(name: &str, drawn: Result<Picture, NotDrawn>) {
    let picture = drawn.unwrap_or_else(|why| panic!("{name}: {why}"));
    let margin = margin(&pixels(&picture.png));
    assert!(margin.is_some_and(|margin| margin >= MARGIN), "{name}: {margin:?} pixels from the edge");
}

fn place(rank: u64, name: &str, points: u64, own: bool) -> Place {
    Place { rank, name: name.to_owned(), points, own }
}

fn board() -> Leaderboard {
    Leaderboard {
        title: "This week · 本周".to_owned(),
        places: vec![
            place(1, "Ada", 420, false),
            place(2, "李小龙", 385, false),
            place(2, "Zoë <b>&amp;</b>", 385, false),
            place(4, "🚀 Нина", 210, false),
            place(57, "Erdős", 3, true),
        ],
    }
}

fn days(counts: Vec<u32>) -> Calendar {
    Calendar {
        title: "Answers".to_owned(),
        first: date(2026, 5, 27),
        counts,
        months: std::array::from_fn(|n| format!("{}月", n + 1)),
        weekdays: ["一", "二", "三", "四", "五", "六", "日"].map(str::to_owned),
        less: "less".to_owned(),
        more: "more".to_owned(),
    }
}

fn accuracy() -> Topics {
    let topic = |name: &str, right, answered| Topic { name: name.to_owned(), right, answered };
    Topics {
        title: "Accuracy by topic".to_owned(),
        topics: vec![topic("过拟合", 18, 20), topic("optimization", 1, 3), topic("never asked", 0, 0)],
    }
}

fn memory(days: u32) -> Forecast {
    Forecast {
        title: "Memory".to_owned(),
        recall: "still remembered".to_owned(),
        due: "to repeat".to_owned(),
        days: (0..days)
            .map(|n| ForecastDay {
                label: format!("{}", n + 1),
                recall: 0.95_f64.powi(n as i32),
                due: u64::from(n * 7 % 5),
            })
            .collect(),
    }
}

fn cells() -> Table {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    Table {
        header: row(["方法", "what it does", "%"]),
        rows: vec![
            row(["早停", "stops when the loss on held-out data rises", "3.25"]),
            row(["L₂ 正则", "‖w‖₂² → 0 ✓ <ŷ> & wᵢⱼ ≤ ½", "12"]),
        ],
        alignments: vec![Alignment::Left, Alignment::Center, Alignment::Right],
    }
}

#[test]
fn charts_look_as_they_did() {
    check_golden("leaderboard", &leaderboard(&board()).unwrap().png);
    check_golden("calendar", &calendar(&days((0..183).map(|n| n * n % 17 % 6).collect())).unwrap().png);
    check_golden("topics", &topics(&accuracy()).unwrap().png);
    check_golden("forecast", &forecast(&memory(14)).unwrap().png);
    check_golden("table", &table::draw(&cells()).unwrap().png);
}

#[test]
fn boards_of_all_kinds_are_drawn() {
    fn check_board(name: &str, places: Vec<Place>) {
        check(name, leaderboard(&Leaderboard { title: name.to_owned(), places }));
    }
    check_board("one without points", vec![place(1, "Ada", 0, true)]);
    check_board("all alike", (0..10).map(|_| place(1, "Ada", 7, false)).collect());
    check_board("as many as there are", (0..500).map(|n| place(n + 1, "Ada", 500 - n, n == 3)).collect());
    check_board(
        "as large as numbers go",
        vec![place(u64::MAX, "Ada", u64::MAX, true), place(u64::MAX, "B", 1, false)],
    );
    check_board("no name", vec![place(1, "", 7, false), place(2, "\u{202E}\u{0}", 3, true)]);
    check_board(
        "long names",
        vec![place(1, &"WWW".repeat(500), 7, true), place(2, &"龙".repeat(500), 3, false)],
    );
    check_board("unknown letters", vec![place(1, "👨‍👩‍👧‍👦 한국 اسم ก็", 7, true)]);
    check_board(&"a long title ".repeat(50), vec![place(1, "]]></text><script>", 7, false)]);
}

#[test]
fn one_s_own_row_differs_without_colour() {
    let with = leaderboard(&board()).unwrap();
    let mut others = board();
    others.places.iter_mut().for_each(|place| place.own = false);
    let without = leaderboard(&others).unwrap();
    let grey = |picture: &Picture| image::DynamicImage::from(pixels(&picture.png)).to_luma8();
    let (with, without) = (grey(&with), grey(&without));
    let strong = with.pixels().zip(without.pixels()).filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > 80).count();
    assert!(strong > 100, "only {strong} pixels differ in lightness");
}

#[test]
fn calendars_of_all_kinds_are_drawn() {
    check("one day", calendar(&days(vec![1])));
    check("no answers", calendar(&days(vec![0; 183])));
    check("ten years", calendar(&days(vec![3; 3653])));
    check("as large as numbers go", calendar(&days(vec![u32::MAX, 1, 0])));
    let mut last = days(vec![1; 30]);
    last.first = date(9999, 12, 20);
    assert_eq!(calendar(&last).unwrap_err(), NotDrawn::Blank);
}

#[test]
fn forecasts_and_topics_of_all_kinds_are_drawn() {
    check("one day", forecast(&memory(1)));
    check("a year", forecast(&memory(365)));
    let mut odd = memory(3);
    odd.days[0].recall = f64::NAN;
    odd.days[1].recall = f64::INFINITY;
    odd.days[2].due = u64::MAX;
    check("odd numbers", forecast(&odd));
    let topic = |right, answered| Topic { name: "x".repeat(300), right, answered };
    check(
        "odd shares",
        topics(&Topics { title: String::new(), topics: vec![topic(9, 3), topic(u64::MAX, u64::MAX)] }),
    );
}

#[test]
fn nothing_makes_no_chart() {
    assert_eq!(leaderboard(&Leaderboard::default()), Err(NotDrawn::Blank));
    assert_eq!(calendar(&days(vec![])), Err(NotDrawn::Blank));
    assert_eq!(topics(&Topics::default()), Err(NotDrawn::Blank));
    assert_eq!(forecast(&Forecast::default()), Err(NotDrawn::Blank));
    assert_eq!(table::draw(&Table::default()), Err(NotDrawn::Blank));
}

#[test]
fn tables_of_all_kinds_are_drawn() {
    fn check_table(name: &str, rows: &[&[&str]]) {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        check(name, table::draw(&Table { rows, ..Table::default() }));
    }
    check_table("one cell", &[&["x"]]);
    check_table("rows of different length", &[&["a"], &["b", "c", "d"], &[]]);
    check_table("long lines", &[&[&"words and words ".repeat(60), &"没有空格的中文".repeat(60)]]);
    check_table("a long word", &[&["x", &"w".repeat(400)]]);
    check_table("twenty columns", &[&["column with words"; 20][..]; 5]);
    check_table("faces side by side", &[&["Łukasz ąęó 李 ∑ ✓ Привет ‖β‖₂²", "next"]]);
}

#[test]
fn tables_that_are_no_pictures_fall_back() {
    fn check(rows: Vec<Vec<String>>, why: &str) {
        let refusal = table::draw(&Table { rows, ..Table::default() }).unwrap_err().to_string();
        assert!(refusal.contains(why), "{refusal}");
    }
    check(vec![vec!["🎉".to_owned()]], "no glyph for '🎉'");
    check(vec![vec!["x".to_owned(); 30]; 40], "too many cells");
    check(vec![vec!["x ".repeat(6000)]], "too much text");
    check(vec![vec!["x".to_owned()]; 500], "pixels large");
}
