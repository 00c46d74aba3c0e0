//! How fast answers are stored, and how fast a leaderboard with a million learners is read.
//!
//! Run with `cargo bench -p viva-core --bench store`, and behind it `-- answers` or `-- standings` for
//! one of the two. Answers come from 64 learners at once and are
//! measured beside a bare loop that inserts one row an answer, 64 a transaction, on the same disk;
//! the two take turns, so that whatever else the machine does meets both.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that fails should stop and say where"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use viva_core::bank::{QuestionId, Text};
use viva_core::document::Document;
use viva_core::ids::{LearnerId, RoundId, VenueId};
use viva_core::language::Language;
use viva_core::score::{Answer, Graded, Mark, Window};
use viva_core::store::{Account, Exercise, NewRound, Page, Place, Store};

const LEARNERS: usize = 64;
const ROUNDS: usize = 50;
const RUNS: usize = 7;
/// How many questions there are; one is asked again after some turns, by when it no longer rests.
const BANK: usize = 100;
const HOURS_APART: usize = 2;
const CROWD: i64 = 1_000_000;
const READS: usize = 2_000;

fn main() {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        let folder =
            tempfile::tempdir_in(std::env::var_os("BENCH_DIR").unwrap_or_else(|| ".".into())).unwrap();
        let only = std::env::args().skip(1).find(|word| !word.starts_with('-'));
        let runs = |name| only.as_deref().is_none_or(|only| only == name);
        if runs("answers") {
            answers(folder.path()).await;
        }
        if runs("standings") {
            standings(folder.path()).await;
        }
    });
}

async fn answers(folder: &Path) {
    let bare = connect(&folder.join("bare.db")).await;
    sqlx::query(
        "CREATE TABLE answers (round BIGINT, learner BIGINT, at BIGINT, answer TEXT, right_answer BIGINT, \
         points BIGINT, PRIMARY KEY (round, learner))",
    )
    .execute(&bare)
    .await
    .unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.join("viva.db").display())).await.unwrap();
    let (learners, venue) = people(&store).await;

    for topics in [0, 1, 2] {
        let (mut bares, mut ours) = (Vec::new(), Vec::new());
        for run in 0..RUNS {
            let base = (topics * RUNS + run) * ROUNDS;
            bares.push(rate(insert(&bare, base).await));
            let mut rounds = Vec::new();
            for round in 0..ROUNDS {
                rounds.push(open(&store, venue, base + round, topics).await);
            }
            ours.push(rate(answer(&store, &learners, &rounds).await));
        }
        let (bare, ours) = (median(&mut bares), median(&mut ours));
        println!(
            "{LEARNERS} learners at once, {topics} topics a question: {ours:.0} answers/s stored, \
             {bare:.0} rows/s bare, ratio {:.2}",
            ours / bare
        );
    }
    store.close().await;
}

async fn people(store: &Store) -> (Vec<LearnerId>, VenueId) {
    let group = Place { platform: "bench", id: "group" };
    let venue = store.venue(group, group).await.unwrap().id;
    let mut learners = Vec::new();
    for n in 0..LEARNERS {
        let id = n.to_string();
        let account = Account { at: Place { platform: "bench", id: &id }, name: &id };
        learners.push(store.learner(account).await.unwrap().id);
    }
    (learners, venue)
}

async fn open(store: &Store, venue: VenueId, n: usize, topics: usize) -> RoundId {
    let topics: Vec<_> = ["regularization", "neural networks"].map(str::to_owned)[..topics].to_vec();
    let new = NewRound {
        venue,
        asker: None,
        question: &QuestionId(format!("question-{}", n % BANK)),
        text: &text(),
        exercise: &Exercise::Choice { index: 0, order: vec![2, 0, 1, 3] },
        language: Language::En,
        topics: &topics,
        at: at(n + 1),
        lasts: Some(SignedDuration::from_hours(1)),
    };
    store.open_round(new).await.unwrap().id
}

/// Every learner answers every round, one after another; all learners at once.
async fn answer(store: &Store, learners: &[LearnerId], rounds: &[RoundId]) -> Duration {
    let start = Instant::now();
    let tasks: Vec<_> = learners
        .iter()
        .enumerate()
        .map(|(n, learner)| {
            let (store, learner, rounds) = (store.clone(), *learner, rounds.to_vec());
            tokio::spawn(async move {
                for (m, round) in rounds.into_iter().enumerate() {
                    let mark = if (n + m) % 3 == 0 { Mark::Wrong } else { Mark::Right };
                    let graded = Graded::Choice(mark);
                    let at = at(usize::try_from(round.0).unwrap());
                    let answer = Answer { round, learner, text: "A".to_owned(), graded, at };
                    store.record(answer).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.elapsed()
}

/// The same number of rows, one statement each, 64 a transaction.
async fn insert(pool: &SqlitePool, base: usize) -> Duration {
    let start = Instant::now();
    for round in 0..ROUNDS {
        let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        for learner in 0..LEARNERS {
            sqlx::query("INSERT INTO answers VALUES ($1, $2, $3, $4, $5, $6)")
                .bind((base + round) as i64)
                .bind(learner as i64)
                .bind(at(round).as_millisecond())
                .bind("A")
                .bind(1_i64)
                .bind(10_i64)
                .execute(&mut *transaction)
                .await
                .unwrap();
        }
        transaction.commit().await.unwrap();
    }
    start.elapsed()
}

async fn standings(folder: &Path) {
    let path = folder.join("crowd.db");
    let store = Store::open(&format!("sqlite:{}", path.display())).await.unwrap();
    let (learners, venue) = people(&store).await;
    let round = open(&store, venue, 0, 0).await;
    answer(&store, &learners, &[round]).await;
    fill(&path).await;

    let place = Place { platform: "bench", id: "group" };
    let community = store.venue(place, place).await.unwrap().community;
    for (name, me, page) in [
        ("top ten, own rank in the middle", LearnerId(CROWD / 2), Page::FIRST),
        ("top ten, own rank near the end", LearnerId(CROWD - 3), Page::FIRST),
        ("page 100", LearnerId(70), Page { number: 100, rows: 10 }),
    ] {
        let mut times = Vec::with_capacity(READS);
        for _ in 0..READS {
            let start = Instant::now();
            let standings = store.standings(&community, Window::All, None, me, page, at(0)).await.unwrap();
            times.push(start.elapsed().as_secs_f64() * 1e6);
            assert!(standings.rows.len() == 10 && standings.me.is_some() && standings.learners > 900_000);
        }
        let median = median(&mut times);
        println!(
            "{CROWD} learners, {name}: {median:.0} µs, 99 in 100 within {:.0} µs",
            times[READS * 99 / 100]
        );
    }
}

/// Puts a crowd on every board, and tallies it, as if each had answered for years.
async fn fill(path: &Path) {
    let pool = connect(path).await;
    let mut transaction = pool.begin().await.unwrap();
    for statement in [
        "INSERT INTO learners (name) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) \
         SELECT 'Learner ' || i FROM n",
        "INSERT INTO standings (learner, board, points, right_answers, answers, revision) \
         SELECT l.id, b.id, (l.id * 7919) % 10007 * ((l.id * 31) % 7 + 1), 3, 4, 4 FROM learners l, boards b \
         WHERE b.span = 'all' AND l.id > 64",
        "DELETE FROM tallies",
        "INSERT INTO tallies SELECT board, 0, points, count(*) FROM standings GROUP BY board, points",
        "INSERT INTO tallies SELECT board, 1, points / 256, count(*) FROM standings GROUP BY board, points / 256",
    ] {
        sqlx::query(statement).execute(&mut *transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

async fn connect(path: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap()
}

/// When the round of that number is asked.
fn at(round: usize) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + (round * HOURS_APART * 3600) as i64).unwrap()
}

fn rate(elapsed: Duration) -> f64 {
    (LEARNERS * ROUNDS) as f64 / elapsed.as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn text() -> Text {
    Text {
        language: Language::En,
        title: Vec::new(),
        body: Document::default(),
        answer: Document::default(),
        aliases: Vec::new(),
        topics: Vec::new(),
        difficulty: None,
        frequency: None,
        key_points: Vec::new(),
        choices: Vec::new(),
    }
}
