//! The rules of the ledger, one by one, and its laws on batches made up at random.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::score::{Mark, Recall};

const START: i64 = 1_700_000_000;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(START + seconds).expect("a small number")
}

/// Rounds 1 and 2 ask the same question, round 3 another; learners 1 to 5.
fn facts() -> Facts {
    let mut facts = Facts::default();
    for (round, question) in [(1, "dropout"), (2, "dropout"), (3, "norms")] {
        let round_facts = RoundFacts {
            community: CommunityId(1),
            question: QuestionId(question.to_owned()),
            topics: vec!["regularization".to_owned()],
            closes_at: None,
            closed: false,
            race: Race::default(),
        };
        facts.rounds.insert(RoundId(round), round_facts);
    }
    facts.communities.insert(CommunityId(1), CommunityFacts::default());
    facts.learners.extend((1..=5).map(|id| (LearnerId(id), LearnerFacts::default())));
    facts
}

fn answer(round: i64, learner: i64, graded: Graded, seconds: i64) -> Answer {
    Answer {
        round: RoundId(round),
        learner: LearnerId(learner),
        text: "A".to_owned(),
        graded,
        at: at(seconds),
    }
}

const RIGHT: Graded = Graded::Choice(Mark::Right);
const WRONG: Graded = Graded::Choice(Mark::Wrong);

/// Verdict, points, and who was paid the bonus.
type Said = (Verdict, u64, Option<i64>);

/// Enters `answers` and compares (verdict, points, bonus) of each.
fn check(mut facts: Facts, change: impl Fn(&mut Facts), answers: &[(Answer, Said)]) -> Changes {
    change(&mut facts);
    let mut ledger = Ledger::new(facts);
    for (answer, expected) in answers {
        let recorded = ledger.enter(answer).expect("known round and learner");
        let got = (recorded.verdict, recorded.points, recorded.bonus.map(|LearnerId(id)| id));
        assert_eq!(got, *expected, "{answer:?}");
    }
    ledger.into_changes()
}

#[test]
fn the_first_answer_counts() {
    let expected = [
        (answer(1, 1, WRONG, 0), (Verdict::Wrong, 0, None)),
        (answer(1, 1, RIGHT, 1), (Verdict::Already, 0, None)),
    ];
    let changes = check(facts(), |_| {}, &expected);
    assert_eq!((changes.attempts.len(), changes.memories.len(), changes.streaks.len()), (1, 1, 1));
}

#[test]
fn the_bonus_waits_for_a_second_answer_and_goes_to_the_first_right_one() {
    let alone = [(answer(1, 1, RIGHT, 0), (Verdict::Right, 10, None))];
    check(facts(), |_| {}, &alone);
    let then_wrong = [
        (answer(1, 1, RIGHT, 0), (Verdict::Right, 10, None)),
        (answer(1, 2, WRONG, 1), (Verdict::Wrong, 0, Some(1))),
        (answer(1, 3, RIGHT, 2), (Verdict::Right, 10, None)),
    ];
    let changes = check(facts(), |_| {}, &then_wrong);
    assert_eq!(changes.bonuses, [(RoundId(1), LearnerId(1))]);
    let wrong_first = [
        (answer(1, 1, WRONG, 0), (Verdict::Wrong, 0, None)),
        (answer(1, 2, WRONG, 1), (Verdict::Wrong, 0, None)),
        (answer(1, 3, RIGHT, 2), (Verdict::Right, 10, Some(3))),
        (answer(1, 4, RIGHT, 3), (Verdict::Right, 10, None)),
    ];
    check(facts(), |_| {}, &wrong_first);
}

#[test]
fn a_bonus_paid_later_lands_on_the_day_it_was_won() {
    let midnight = SignedDuration::from_secs((START / 86_400 + 1) * 86_400 - START).as_secs();
    let expected = [
        (answer(1, 1, RIGHT, midnight - 1), (Verdict::Right, 10, None)),
        (answer(1, 2, WRONG, midnight), (Verdict::Wrong, 0, Some(1))),
    ];
    let changes = check(facts(), |_| {}, &expected);
    let days: Vec<_> = changes
        .gains
        .iter()
        .filter(|((board, learner), _)| {
            let board = &changes.boards[*board];
            (board.span, board.topic.as_str(), *learner) == ("day", "", LearnerId(1))
        })
        .map(|((board, _), gain)| (changes.boards[*board].starts, gain.points))
        .collect();
    assert_eq!(days, [(START / 86_400, 15)]);
}

#[test]
fn what_was_answered_right_rests_for_seven_days() {
    let week = 7 * 86_400;
    let expected = [
        (answer(1, 1, RIGHT, 0), (Verdict::Right, 10, None)),
        (answer(2, 1, RIGHT, week - 1), (Verdict::Right, 0, None)),
        // Who earns nothing is not first: the bonus is learner 2's.
        (answer(2, 2, RIGHT, week - 1), (Verdict::Right, 10, Some(2))),
        (answer(3, 1, RIGHT, week - 1), (Verdict::Right, 10, None)),
    ];
    let changes = check(facts(), |_| {}, &expected);
    assert_eq!(changes.attempts.len(), 4, "attempts count all the same");

    let mut ledger = Ledger::new(facts());
    ledger.enter(&answer(1, 1, RIGHT, 0)).expect("known");
    let rested = ledger.enter(&answer(2, 1, RIGHT, week - 1)).expect("known");
    assert_eq!(rested.rests_until, Some(at(week)));

    let mastered = |since| {
        move |facts: &mut Facts| {
            let key = (LearnerId(1), CommunityId(1), QuestionId("dropout".to_owned()));
            facts.mastered.insert(key, at(since));
        }
    };
    check(facts(), mastered(-week), &[(answer(2, 1, RIGHT, 0), (Verdict::Right, 10, None))]);
    check(facts(), mastered(1 - week), &[(answer(2, 1, RIGHT, 0), (Verdict::Right, 0, None))]);
}

#[test]
fn a_closed_round_takes_nothing() {
    let close = |facts: &mut Facts| {
        facts.rounds.get_mut(&RoundId(1)).expect("round 1").closed = true;
        facts.rounds.get_mut(&RoundId(2)).expect("round 2").closes_at = Some(at(30));
    };
    let expected = [
        (answer(1, 1, RIGHT, 0), (Verdict::Closed, 0, None)),
        (answer(2, 1, RIGHT, 30), (Verdict::Closed, 0, None)),
        (answer(2, 1, RIGHT, 29), (Verdict::Right, 10, None)),
    ];
    let changes = check(facts(), close, &expected);
    assert_eq!(changes.attempts.len(), 1);
}

#[test]
fn a_reveal_counts_for_streak_and_memory_only() {
    let expected = [(answer(1, 1, Graded::Reveal(Recall::Easy), 0), (Verdict::Right, 0, None))];
    let changes = check(facts(), |_| {}, &expected);
    assert_eq!((changes.gains.len(), changes.races.len()), (0, 0));
    assert_eq!((changes.attempts.len(), changes.memories.len(), changes.streaks.len()), (1, 1, 1));
}

#[test]
fn a_season_counts_from_its_beginning() {
    let seasons = |facts: &mut Facts| {
        let community = facts.communities.get_mut(&CommunityId(1)).expect("the community");
        community.seasons = vec![(1, at(10)), (2, at(20))];
    };
    for (seconds, season) in [(9, None), (10, Some(1)), (19, Some(1)), (20, Some(2))] {
        let changes = check(facts(), seasons, &[(answer(1, 1, RIGHT, seconds), (Verdict::Right, 10, None))]);
        let found = changes.boards.iter().find(|board| board.span == "season").map(|board| board.starts);
        assert_eq!(found, season, "{seconds} seconds in");
    }
}

#[test]
fn an_unknown_round_or_learner_is_told_apart() {
    let mut ledger = Ledger::new(facts());
    assert_eq!(ledger.enter(&answer(9, 1, RIGHT, 0)), Err(Unknown::Round(RoundId(9))));
    assert_eq!(ledger.enter(&answer(1, 9, RIGHT, 0)), Err(Unknown::Learner(LearnerId(9))));
    assert!(ledger.into_changes().attempts.is_empty());
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let graded = prop_oneof![
        Just(RIGHT),
        Just(WRONG),
        Just(Graded::Reveal(Recall::Good)),
        (0..=1000_u16).prop_map(|coverage| Graded::Typed { mark: Mark::Partial, coverage }),
        Just(Graded::Typed { mark: Mark::Right, coverage: 900 }),
    ];
    (1..=3_i64, 1..=5_i64, graded, 0..1_000_000_i64)
        .prop_map(|(round, learner, graded, seconds)| answer(round, learner, graded, seconds))
}

proptest! {
    #[test]
    fn the_laws_hold(answers in prop::collection::vec(any_answer(), 0..40)) {
        let mut ledger = Ledger::new(facts());
        let recorded: Vec<_> = answers.iter().map(|answer| ledger.enter(answer).expect("known")).collect();
        let changes = ledger.into_changes();

        let pairs: FxHashSet<_> =
            changes.attempts.iter().map(|attempt| (attempt.answer.round, attempt.answer.learner)).collect();
        prop_assert_eq!(pairs.len(), changes.attempts.len(), "one attempt a learner and round");
        let counted = recorded.iter().filter(|recorded| recorded.verdict != Verdict::Already).count();
        prop_assert_eq!(counted, changes.attempts.len());

        let rounds: FxHashSet<_> = changes.bonuses.iter().map(|(round, _)| round).collect();
        prop_assert_eq!(rounds.len(), changes.bonuses.len(), "one bonus a round");
        for (round, first) in &changes.bonuses {
            let mut right = changes.attempts.iter().filter(|attempt| attempt.answer.round == *round && attempt.points > 0 && attempt.answer.graded.verdict() == Verdict::Right);
            prop_assert_eq!(right.next().map(|attempt| attempt.answer.learner), Some(*first));
            prop_assert!(changes.races[round].answers >= 2);
        }

        let earned: u64 = changes.attempts.iter().map(|attempt| attempt.points).sum();
        let earned = earned + FIRST_BONUS * changes.bonuses.len() as u64;
        for topic in ["", "regularization"] {
            for span in ["day", "week", "month", "all"] {
                let gained: u64 = changes
                    .gains
                    .iter()
                    .filter(|((board, _), _)| (changes.boards[*board].span, &*changes.boards[*board].topic) == (span, topic))
                    .map(|(_, gain)| gain.points)
                    .sum();
                prop_assert_eq!(gained, earned, "{} {}", span, topic);
            }
        }
    }

    /// Entering in one batch or in two is the same, as long as the facts between are carried over.
    #[test]
    fn batches_may_be_cut_anywhere(answers in prop::collection::vec(any_answer(), 0..30), cut in 0..30_usize) {
        let mut whole = Ledger::new(facts());
        let expected: Vec<_> = answers.iter().map(|answer| whole.enter(answer)).collect();
        let mut first = Ledger::new(facts());
        let cut = cut.min(answers.len());
        let mut got: Vec<_> = answers[..cut].iter().map(|answer| first.enter(answer)).collect();
        let mut second = Ledger::new(first.facts);
        got.extend(answers[cut..].iter().map(|answer| second.enter(answer)));
        prop_assert_eq!(got, expected);
    }
}
