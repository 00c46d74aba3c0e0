//! What people ask of Viva, through its front door and a real store.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand::rngs::StdRng;
use viva_core::bank::{Bank, Figures};
use viva_core::glossary::Glossary;
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::notes::{self, Source};
use viva_core::reply::{Asked, Graded, Mode, Notice, Reply, Response, Task};
use viva_core::score::{FIRST_BONUS, Verdict, Window};
use viva_core::store::{Account, Place, Store};
use viva_core::viva::{Change, DailyWish, Here, Viva, Wish};

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
        match self.viva.answer(here, round, &Response::Words(answer), at(seconds)).await.unwrap() {
            Reply::Graded(graded) => graded,
            other => panic!("{answer} was not graded but {other:?}"),
        }
    }

    async fn points(&self, here: &Here) -> u64 {
        match self.viva.leaderboard(here, Window::All, None, 0, at(0)).await.unwrap() {
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
    Bank::new(vec![notes::read(&source)], Glossary::bundled(), Figures::Folders(Vec::new())).0
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
        answers.push(tokio::spawn(async move {
            viva.answer(&here, asked.round, &Response::Words(&right), at(1)).await.unwrap()
        }));
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
            group.viva.close(asked.round, now).await.unwrap();
            seen.push(asked.question);
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 12, "lap {lap}");
    }
}

#[tokio::test]
async fn a_card_counts_while_it_is_open_and_tells_once_it_is_closed() {
    let group = Group::new(SUM).await;
    let (ann, bob) = (group.member("Ann").await, group.member("Bob").await);
    let asked = group.ask(&ann, "sum", 0).await;
    let Task::Choice { options, .. } = &asked.task else { panic!("{asked:?} is no choice") };
    let place = |says: &str| options.iter().position(|option| option.plain().trim() == says).unwrap();
    let press = async |here: &Here, place: usize| {
        group.viva.answer(here, asked.round, &Response::Options([place].into()), at(1)).await.unwrap()
    };
    assert!(matches!(group.viva.show(&bob, asked.round).await.unwrap(), Reply::Notice(Notice::AnswerFirst)));
    assert!(matches!(press(&bob, 7).await, Reply::Notice(Notice::NotAnOption { .. })));
    press(&bob, place("two")).await;
    press(&ann, place("one")).await;
    assert!(matches!(group.viva.show(&bob, asked.round).await.unwrap(), Reply::Revealed(_)));
    let open = group.viva.card(asked.round).await.unwrap().unwrap();
    assert_eq!((open.answered, open.outcome), (2, None));

    assert_eq!(group.viva.end(&bob, asked.round, false, at(2)).await.unwrap(), Err(Notice::NotYours));
    let card = group.viva.end(&ann, asked.round, false, at(2)).await.unwrap().unwrap();
    let outcome = card.outcome.unwrap();
    assert_eq!((card.answered, outcome.right, outcome.first.as_deref()), (2, 1, Some("Bob")));
    assert_eq!(
        (outcome.votes[place("two")], outcome.votes[place("one")], outcome.votes[place("three")]),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn a_round_ends_when_its_time_is_up_counted_from_its_post() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let lasts = Some(SignedDuration::from_secs(60));
    let wish = Wish { query: Some("sum".to_owned()), mode: None, lasts };
    let Reply::Asked(asked) =
        group.viva.quiz(&ann, &wish, at(0), &mut StdRng::seed_from_u64(0)).await.unwrap()
    else {
        panic!("nothing was asked");
    };
    group.viva.posted(asked.round, Some("m1"), at(5)).await.unwrap();
    assert!(group.viva.end_due("test", at(64), 10).await.unwrap().is_empty());
    assert!(group.viva.end_due("elsewhere", at(65), 10).await.unwrap().is_empty());
    let ended = group.viva.end_due("test", at(65), 10).await.unwrap();
    assert_eq!(ended.iter().map(|card| card.message.as_deref()).collect::<Vec<_>>(), [Some("m1")]);
    assert_eq!(ended[0].outcome.as_ref().map(|outcome| outcome.right), Some(0));
    assert!(group.viva.end_due("test", at(66), 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_answer_is_shown_to_all_by_who_asked_or_after_a_minute() {
    let group = Group::new(SUM).await;
    let (ann, bob) = (group.member("Ann").await, group.member("Bob").await);
    let round = group.ask(&ann, "sum", 0).await.round;
    let Reply::Notice(Notice::AskerFirst { wait }) = group.viva.show_all(&bob, round, at(20)).await.unwrap()
    else {
        panic!("somebody else could show the answer");
    };
    assert_eq!(wait.as_secs(), 40);
    assert!(matches!(group.viva.show_all(&bob, round, at(60)).await.unwrap(), Reply::Revealed(_)));
    let again = group.ask(&ann, "sum", 100).await.round;
    assert!(matches!(group.viva.show_all(&ann, again, at(101)).await.unwrap(), Reply::Revealed(_)));
    let graded = group.answer(&bob, again, "A", 102).await;
    assert_eq!(graded.verdict, Verdict::Closed);
}

#[tokio::test]
async fn one_person_cannot_flood_a_venue() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    for second in 0..3 {
        group.ask(&ann, "sum", second).await;
    }
    let wish = Wish { query: Some("sum".to_owned()), ..Wish::default() };
    let reply = group.viva.quiz(&ann, &wish, at(4), &mut StdRng::seed_from_u64(0)).await.unwrap();
    assert_eq!(reply, Reply::Notice(Notice::TooManyOpen { own: true }));
    for (second, name) in ["Bob", "Bob", "Bob", "Cid", "Cid", "Cid", "Dan"].iter().enumerate() {
        let here = group.member(name).await;
        group.ask(&here, "sum", 5 + second as i64).await;
    }
    let eve = group.member("Eve").await;
    let reply = group.viva.quiz(&eve, &wish, at(20), &mut StdRng::seed_from_u64(0)).await.unwrap();
    assert_eq!(reply, Reply::Notice(Notice::TooManyOpen { own: false }));
}

#[tokio::test]
async fn a_daily_question_comes_on_the_minute_with_yesterdays_winners() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    // 1_700_000_000 is 22:13:20 in UTC.
    let wish = DailyWish { time: "22:15", zone: Some("UTC"), weekdays: None, topic: None };
    let (_, due_at) = group.viva.set_daily(&ann, wish, at(0)).await.unwrap().unwrap();
    assert_eq!(due_at, at(100));
    let send = async |seconds| {
        let mut rng = StdRng::seed_from_u64(0);
        let remembers = SignedDuration::from_secs(60);
        group.viva.due_pushes("test", remembers, at(seconds), 10, &mut rng).await.unwrap()
    };
    assert!(send(99).await.is_empty());
    let first = send(100).await.remove(0);
    assert!(send(101).await.is_empty() && first.yesterday.is_none());
    group.viva.push_leaves(&first.push, at(101)).await.unwrap();
    // The process died: the request may have left. Another takes over.
    let again = send(140).await.remove(0);
    assert_eq!(again.push.id, first.push.id);
    group.viva.push_arrived(&again.push, "m1", at(141)).await.unwrap();
    group.answer(&ann, first.asked.round, &letter(&first.asked, "two"), 200).await;

    let day = 86_400;
    let second = send(100 + day).await.remove(0);
    let yesterday = second.yesterday.unwrap();
    assert_eq!(yesterday.card.outcome.unwrap().right, 1);
    assert_eq!(yesterday.winners.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Ann"]);
    // Its request left, and nobody knows whether it arrived: it is not sent again.
    group.viva.push_leaves(&second.push, at(101 + day)).await.unwrap();
    assert!(send(300 + day).await.is_empty());
    // Six hours late is still sent, later is not.
    assert_eq!(send(100 + 2 * day + 6 * 3600).await.len(), 1);
    assert!(send(101 + 3 * day + 6 * 3600).await.is_empty());
    let (schedule, _) = group.viva.daily(&ann).await.unwrap();
    assert_eq!(schedule.unwrap().due_at, Some(at(100 + 4 * day)));
}

#[tokio::test]
async fn wishes_for_a_daily_question_are_checked_word_by_word() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let fine = DailyWish { time: "8:00", zone: None, weekdays: None, topic: None };
    for (wish, notice) in [
        (DailyWish { time: "25:00", ..fine }, Notice::NotATime { given: "25:00".to_owned() }),
        (DailyWish { zone: Some("Mars"), ..fine }, Notice::NotAZone { given: "Mars".to_owned() }),
        (DailyWish { weekdays: Some("some"), ..fine }, Notice::NotDays { given: "some".to_owned() }),
        (DailyWish { topic: Some("nothing"), ..fine }, Notice::UnknownTopic { given: "nothing".to_owned() }),
    ] {
        assert_eq!(group.viva.set_daily(&ann, wish, at(0)).await.unwrap(), Err(notice));
    }
    assert!(!group.viva.stop_daily(&ann).await.unwrap());
    group.viva.set_daily(&ann, fine, at(0)).await.unwrap().unwrap();
    assert!(group.viva.stop_daily(&ann).await.unwrap());
}

#[tokio::test]
async fn a_community_decides_how_it_is_asked() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let changes = [Change::Mode(Some(Mode::Typed)), Change::Language(Some(Language::Zh))];
    let settings = group.viva.settings(&ann, &changes).await.unwrap();
    assert_eq!((settings.mode, settings.language), (Some(Mode::Typed), Some(Language::Zh)));
    let ann = group.member("Ann").await;
    assert_eq!(ann.language, Language::Zh);
    assert!(matches!(group.ask(&ann, "sum", 0).await.task, Task::Typed { .. }));
}

#[tokio::test]
async fn what_is_typed_is_completed_from_the_whole_bank() {
    let group = Group::new(SUM).await;
    let labels = |typed: &str| -> Vec<String> {
        group.viva.complete(typed, Language::En, 25).into_iter().map(|found| found.label).collect()
    };
    assert_eq!(labels("sum"), ["What is one and one?"]);
    assert_eq!(labels("one an"), ["What is one and one?"]);
    assert_eq!(labels("su"), ["What is one and one?"]);
    assert_eq!(labels(""), ["What is one and one?"]);
    assert_eq!(Viva::complete_zone("shang", 25), ["Asia/Shanghai"]);
    assert_eq!(Viva::complete_zone("new york", 25), ["America/New_York"]);
    assert_eq!(Viva::complete_zone("", 25).len(), 25);
}

/// Every daily question of a span of days, by the clock of its zone.
async fn sent(zone: &str, time: &str, from: &str, days: i64) -> Vec<String> {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let rules = jiff::tz::TimeZone::get(zone).unwrap();
    let wish = DailyWish { time, zone: Some(zone), weekdays: None, topic: None };
    let from: Timestamp = from.parse().unwrap();
    let (_, mut due_at) = group.viva.set_daily(&ann, wish, from).await.unwrap().unwrap();
    let mut times = Vec::new();
    while due_at < from + SignedDuration::from_hours(24 * days) {
        let mut rng = StdRng::seed_from_u64(0);
        let none = group.viva.due_pushes(
            "test",
            SignedDuration::ZERO,
            due_at - SignedDuration::from_secs(1),
            10,
            &mut rng,
        );
        assert!(none.await.unwrap().is_empty(), "{zone}: not before its minute");
        let due = group.viva.due_pushes("test", SignedDuration::ZERO, due_at, 10, &mut rng).await.unwrap();
        assert_eq!(due.len(), 1, "{zone} at {due_at}");
        group.viva.push_arrived(&due[0].push, "m", due_at).await.unwrap();
        times.push(due_at.to_zoned_datetime(rules.clone()).strftime("%d %H:%M").to_string());
        let (schedule, _) = group.viva.daily(&ann).await.unwrap();
        due_at = schedule.unwrap().due_at.unwrap();
    }
    times
}

#[tokio::test]
async fn daily_questions_keep_to_the_clock_of_their_zone() {
    for (zone, time, from, days, expected) in [
        ("Asia/Shanghai", "08:30", "2026-03-28T00:00:00Z", 3, &["28 08:30", "29 08:30", "30 08:30"][..]),
        ("Asia/Kathmandu", "00:00", "2026-03-28T00:00:00Z", 2, &["29 00:00", "30 00:00"]),
        // The hour from two to three is missing on the 29th: the next valid minute serves.
        ("Europe/Berlin", "02:30", "2026-03-27T12:00:00Z", 3, &["28 02:30", "29 03:00", "30 02:30"]),
        // And is there twice on 25 October: once is enough.
        ("Europe/Berlin", "02:30", "2026-10-23T12:00:00Z", 3, &["24 02:30", "25 02:30", "26 02:30"]),
        // Summer began at midnight in São Paulo, as long as there was one.
        ("America/Sao_Paulo", "00:15", "2018-11-02T12:00:00Z", 3, &["03 00:15", "04 01:00", "05 00:15"]),
        ("America/Sao_Paulo", "23:30", "2019-02-15T12:00:00Z", 3, &["15 23:30", "16 23:30", "17 23:30"]),
    ] {
        assert_eq!(sent(zone, time, from, days).await, expected, "{zone}");
    }
}

#[tokio::test]
async fn unanswered_days_are_counted_until_somebody_answers() {
    let group = Group::new(SUM).await;
    let ann = group.member("Ann").await;
    let wish = DailyWish { time: "00:00", zone: Some("UTC"), weekdays: None, topic: None };
    let (_, mut due_at) = group.viva.set_daily(&ann, wish, at(0)).await.unwrap().unwrap();
    let mut counted = Vec::new();
    for day in 1..=10 {
        let mut rng = StdRng::seed_from_u64(0);
        let due =
            group.viva.due_pushes("test", SignedDuration::ZERO, due_at, 1, &mut rng).await.unwrap().remove(0);
        group.viva.push_arrived(&due.push, "m", due_at).await.unwrap();
        counted.push(due.unanswered);
        if day == 9 {
            let right = letter(&due.asked, "two");
            group.viva.answer(&ann, due.asked.round, &Response::Words(&right), due_at).await.unwrap();
        }
        due_at += SignedDuration::from_hours(24);
    }
    assert_eq!(counted, [0, 1, 2, 3, 4, 5, 6, 7, 8, 0]);
}
