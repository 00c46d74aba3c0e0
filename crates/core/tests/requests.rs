//! What people ask of Viva, through its front door and a real store.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand::rngs::StdRng;
use viva_core::bank::Bank;
use viva_core::glossary::Glossary;
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::notes::{self, Source};
use viva_core::reply::{Asked, Graded, Reply, Task};
use viva_core::score::{FIRST_BONUS, Verdict, Window};
use viva_core::store::{Account, Place, Store};
use viva_core::viva::{Here, Viva, Wish};

const SUM: &str = "## What is one and one? {#sum}\n\nIt is **two**, because of **Peano**.\n\n\
    ### Quiz\n\n- [ ] one\n- [x] two\n- [ ] three\n";

/// A study group with Viva in it.
struct Group {
    viva: Arc<Viva>,
    folder: tempfile::TempDir,
}

impl Group {
    async fn new(notes: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&url(&folder)).await.unwrap();
        Self { viva: Arc::new(Viva::new(bank(notes), store, Glossary::bundled())), folder }
    }

    async fn member(&self, name: &str) -> Here {
        let place = |id| Place { platform: "test", id };
        let account = Account { at: place(name), name };
        self.viva.meet(account, place("channel"), place("guild"), Language::En).await.unwrap()
    }

    async fn ask(&self, here: &Here, query: &str, seconds: i64) -> Asked {
        let wish = Wish { query: Some(query.to_owned()), mode: None, lasts: None };
        let mut rng = StdRng::seed_from_u64(seconds.unsigned_abs());
        match self.viva.quiz(here, &wish, at(seconds), &mut rng).await.unwrap() {
            Reply::Asked(asked) => asked,
            other => panic!("{query} was not asked but {other:?}"),
        }
    }

    async fn answer(&self, here: &Here, round: RoundId, answer: &str, seconds: i64) -> Graded {
        match self.viva.answer(here, round, answer, at(seconds)).await.unwrap() {
            Reply::Graded(graded) => graded,
            other => panic!("{answer} was not graded but {other:?}"),
        }
    }

    async fn points(&self, here: &Here) -> u64 {
        match self.viva.leaderboard(here, Window::All, None, at(0)).await.unwrap() {
            Reply::Standings { standings, .. } => standings.me.map_or(0, |me| me.tally.points),
            other => panic!("no standings but {other:?}"),
        }
    }
}

fn url(folder: &tempfile::TempDir) -> String {
    format!("sqlite:{}", folder.path().join("viva.db").display())
}

fn bank(notes: &str) -> Bank {
    let source = Source { path: "notes.md", inside: "notes.md", text: notes, has_file: &|_| true };
    Bank::new(vec![notes::read(&source)], Glossary::bundled()).0
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_700_000_000 + seconds)
}

/// The letter that an option has in this round.
fn letter(asked: &Asked, says: &str) -> String {
    let Task::Choice { options, .. } = &asked.task else { panic!("{asked:?} is no choice") };
    let place = options.iter().position(|option| option.plain().trim() == says).unwrap();
    viva_core::choice::letter(place).to_string()
}

#[tokio::test]
async fn whoever_answers_twice_is_told_the_first_answer() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let asked = group.ask(&ann, "sum", 0).await;
    let (wrong, right) = (letter(&asked, "three"), letter(&asked, "two"));
    assert_eq!(group.answer(&ann, asked.round, &wrong, 1).await.verdict, Verdict::Wrong);
    let again = group.answer(&ann, asked.round, &right, 2).await;
    assert_eq!((again.verdict, again.answer.as_str(), again.points), (Verdict::Already, wrong.as_str(), 0));
    let chosen: Vec<_> =
        again.options.iter().filter(|option| option.chosen).map(|option| option.letter).collect();
    assert_eq!(chosen, wrong.chars().collect::<Vec<_>>());
}

#[tokio::test]
async fn an_open_round_keeps_its_text_when_the_bank_changes() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let asked = group.ask(&ann, "sum", 0).await;
    group
        .viva
        .replace_bank(bank(&SUM.replace("- [x] two", "- [ ] two").replace("- [ ] three", "- [x] three")));
    let graded = group.answer(&ann, asked.round, &letter(&asked, "two"), 1).await;
    assert_eq!(graded.verdict, Verdict::Right);
    let asked = group.ask(&ann, "sum", 2).await;
    assert_eq!(group.answer(&ann, asked.round, &letter(&asked, "two"), 3).await.verdict, Verdict::Wrong);

    group.viva.replace_bank(bank("## Something else? {#else}\n\nYes.\n"));
    let Reply::Revealed(revealed) = group.viva.reveal(&ann, asked.round, at(4)).await.unwrap() else {
        panic!("the answer of a question that is gone is still there");
    };
    assert!(revealed.answer.plain().contains("Peano"));
}

#[tokio::test]
async fn fifty_answers_at_once_count_once_each_and_pay_one_bonus() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let asked = group.ask(&ann, "sum", 0).await;
    let right = letter(&asked, "two");
    let mut answers = Vec::new();
    for number in 0..50 {
        // Half of the presses are one person's, on every button at once.
        let name = if number % 2 == 0 { "Bob".to_owned() } else { format!("Member {number}") };
        let (viva, here, right) = (Arc::clone(&group.viva), group.member(&name).await, right.clone());
        answers
            .push(tokio::spawn(async move { viva.answer(&here, asked.round, &right, at(1)).await.unwrap() }));
    }
    let mut verdicts = Vec::new();
    for answer in answers {
        let Reply::Graded(graded) = answer.await.unwrap() else { panic!("an answer was not graded") };
        verdicts.push(graded.verdict);
    }
    let count = |wanted| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    assert_eq!((count(Verdict::Right), count(Verdict::Already)), (26, 24));
    let mut total = group.points(&group.member("Bob").await).await;
    for number in (1..50).step_by(2) {
        total += group.points(&group.member(&format!("Member {number}")).await).await;
    }
    assert_eq!(total, 26 * 10 + FIRST_BONUS);
}

#[tokio::test]
async fn what_was_acknowledged_is_there_for_whoever_opens_the_store_next() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let asked = group.ask(&ann, "sum", 0).await;
    group.answer(&ann, asked.round, &letter(&asked, "two"), 1).await;
    // The first store is neither closed nor dropped: its process might as well have been killed.
    let store = Store::open(&url(&group.folder)).await.unwrap();
    let after = Group { viva: Arc::new(Viva::new(bank(SUM), store, Glossary::bundled())), ..group };
    assert_eq!(after.points(&ann).await, 10);
}

#[tokio::test]
async fn no_question_comes_twice_before_all_have_come() {
    let notes: String =
        (0..12).map(|n| format!("## Question number {n}? {{#q{n}}}\n\nAnswer {n}.\n\n")).collect();
    let group = Group::new(&notes).await;
    let ann = group.member("Ann").await;
    for lap in 0..3 {
        let mut seen = Vec::new();
        for turn in 0..12 {
            let mut rng = StdRng::seed_from_u64(lap * 100 + turn);
            let now = at((lap * 12 + turn) as i64);
            let Reply::Asked(asked) = group.viva.quiz(&ann, &Wish::default(), now, &mut rng).await.unwrap()
            else {
                panic!("nothing was asked");
            };
            seen.push(asked.question);
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 12, "lap {lap}");
    }
}
