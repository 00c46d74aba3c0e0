//! Every function of the store, on SQLite and on PostgreSQL: the same scenarios, the same results.
//!
//! PostgreSQL is a throw-away cluster started from the server's own programs. Where there are none
//! the tests say so and pass; with `CI` set they fail instead.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

use std::fmt::Debug;

use jiff::{SignedDuration, Timestamp};
use viva_core::bank::{QuestionId, Text};
use viva_core::document::{Document, Inline};
use viva_core::ids::{CommunityId, LearnerId, RoundId, VenueId};
use viva_core::language::Language;
use viva_core::reply::Mode;
use viva_core::schedule::{Daily, Weekdays};
use viva_core::score::{Answer, Day, Graded, Mark, Recall, Recorded, Verdict, Window};
use viva_core::store::{
    Account, Community, Exercise, NewRound, Page, Place, PushState, Revealers, Round, Store, StoreError,
};

mod postgres;
mod scenarios;

use postgres::Cluster;

/// Runs a scenario on a fresh database of each kind and compares what they tell.
fn check<T: PartialEq + Debug, F: Future<Output = T>>(scenario: impl Fn(String) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let on_sqlite = runtime.block_on(scenario(format!("sqlite:{}", folder.path().join("viva.db").display())));
    let Some(cluster) = Cluster::shared() else { return };
    let on_postgres = runtime.block_on(async { scenario(cluster.database().await).await });
    assert_eq!(on_sqlite, on_postgres, "SQLite (left) and PostgreSQL (right) differ");
}

const RIGHT: Graded = Graded::Choice(Mark::Right);
const WRONG: Graded = Graded::Choice(Mark::Wrong);

/// A store with a group in it.
struct World {
    store: Store,
    venue: VenueId,
    community: Community,
}

impl World {
    async fn open(url: &str) -> Self {
        let store = Store::open(url).await.unwrap();
        let venue = store.venue(place("channel"), place("guild")).await.unwrap();
        Self { store, venue: venue.id, community: venue.community }
    }

    async fn learner(&self, name: &str) -> LearnerId {
        self.store.learner(Account { at: place(name), name }).await.unwrap().id
    }

    async fn ask(&self, question: &str, topics: &[&str], seconds: i64) -> Round {
        let topics: Vec<_> = topics.iter().map(|topic| (*topic).to_owned()).collect();
        let new = NewRound {
            venue: self.venue,
            asker: None,
            question: &id(question),
            text: &text(question),
            exercise: &Exercise::Choice { index: 1, order: vec![2, 0, 1] },
            language: Language::Zh,
            topics: &topics,
            at: at(seconds),
            lasts: Some(SignedDuration::from_secs(60)),
        };
        self.store.open_round(new).await.unwrap()
    }

    async fn answer(&self, round: RoundId, learner: LearnerId, graded: Graded, seconds: i64) -> Recorded {
        let answer = Answer { round, learner, text: "B\0".to_owned(), graded, at: at(seconds) };
        self.store.record(answer).await.unwrap()
    }

    /// (rank, name, points, right, answered) of the top ten, the same of `me`, and how many there are.
    async fn board(
        &self,
        window: Window,
        topic: Option<&str>,
        me: LearnerId,
        page: Page,
        seconds: i64,
    ) -> Board {
        let standings =
            self.store.standings(&self.community, window, topic, me, page, at(seconds)).await.unwrap();
        let row = |standing: viva_core::store::Standing| {
            let tally = standing.tally;
            (standing.rank, standing.name, tally.points, tally.right, tally.answered)
        };
        (standings.rows.into_iter().map(row).collect(), standings.me.map(row), standings.learners)
    }
}

type Row = (u64, String, u64, u64, u64);
type Board = (Vec<Row>, Option<Row>, u64);

fn place(id: &str) -> Place<'_> {
    Place { platform: "test", id }
}

fn id(question: &str) -> QuestionId {
    QuestionId(question.to_owned())
}

/// Seconds after noon UTC on Wednesday, 15 November 2023.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_049_600 + seconds).unwrap()
}

fn text(title: &str) -> Text {
    Text {
        language: Language::Zh,
        title: vec![Inline::Text(format!("什么是 {title}?"))],
        body: Document::default(),
        answer: Document::default(),
        aliases: vec!["别名".to_owned()],
        topics: Vec::new(),
        difficulty: Some(3),
        frequency: None,
        key_points: Vec::new(),
        choices: Vec::new(),
    }
}
