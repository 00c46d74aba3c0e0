//! How often a search finds what a learner meant, on queries written by hand.
//!
//! It prints recall at 1 and at 5 and the mean reciprocal rank, habit by habit, for the bundled bank
//! and for the notes that `VIVA_SEEDS` names. Run it with `-- --nocapture` to see them.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use viva_core::bank::Bank;
use viva_core::glossary::Glossary;

/// The ids of the bundled bank, in the order of the subjects in the notes of `VIVA_SEEDS`.
const SUBJECTS: [&str; 13] = [
    "class-imbalance",
    "overfitting",
    "underfitting",
    "regularization",
    "norms",
    "dropout",
    "f1-threshold",
    "l1-sparsity",
    "vanishing-exploding-gradients",
    "eda",
    "peft",
    "hadamard-product",
    "saddle-point",
];
/// What a bank must reach at the first place.
const WANTED: f64 = 0.95;

/// The labelled queries: question, habit, what was typed.
type Labelled = BTreeMap<String, BTreeMap<String, Vec<String>>>;

#[derive(Default)]
struct Score {
    queries: usize,
    first: usize,
    in_five: usize,
    reciprocal: f64,
}

impl Score {
    fn add(&mut self, rank: Option<usize>) {
        self.queries += 1;
        self.first += usize::from(rank == Some(1));
        self.in_five += usize::from(rank.is_some_and(|rank| rank <= 5));
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / rank as f64);
    }

    fn print(&self, habit: &str) {
        let share = |count: f64| count / self.queries as f64;
        println!(
            "  {habit:<14}{:>4}   {:.3}   {:.3}   {:.3}",
            self.queries,
            share(self.first as f64),
            share(self.in_five as f64),
            share(self.reciprocal)
        );
    }
}

/// Runs all queries on a bank in which `places` say where each subject stands.
fn check(name: &str, bank: &Bank, places: &BTreeMap<&str, usize>) {
    let labelled: Labelled = toml::from_str(include_str!("search_queries.toml")).unwrap();
    let mut habits: BTreeMap<&str, Score> = BTreeMap::new();
    let mut all = Score::default();
    let mut missed = Vec::new();
    for (id, by_habit) in &labelled {
        let wanted = *places.get(id.as_str()).unwrap_or_else(|| panic!("{name} has no {id}"));
        for (habit, query) in
            by_habit.iter().flat_map(|(habit, list)| list.iter().map(move |query| (habit, query)))
        {
            let hits = bank.search(query, SUBJECTS.len()).hits;
            let rank = hits.iter().position(|hit| hit.question == wanted).map(|place| place + 1);
            habits.entry(habit).or_default().add(rank);
            all.add(rank);
            if rank != Some(1) {
                missed.push(format!("{query:?} ({habit}) finds {id} at {rank:?}"));
            }
        }
    }
    println!("\n{name}: recall@1, recall@5, mean reciprocal rank");
    habits.iter().for_each(|(habit, score)| score.print(habit));
    all.print("all");
    missed.iter().for_each(|line| println!("  missed: {line}"));
    assert!(all.queries >= 150, "{} queries are too few", all.queries);
    assert!(all.first as f64 >= WANTED * all.queries as f64, "recall@1 of {name} is below {WANTED}");
}

#[test]
fn the_bundled_bank_is_found() {
    let content = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let (bank, _) = Bank::open(&[content], Glossary::bundled());
    let place = |id: &&'static str| {
        (*id, bank.questions().iter().position(|question| question.id.0 == **id).unwrap())
    };
    check("the bundled bank", &bank, &SUBJECTS.iter().map(place).collect());
}

#[test]
fn notes_of_other_people_are_found() {
    let Some(seeds) = std::env::var_os("VIVA_SEEDS").map(PathBuf::from) else {
        assert!(std::env::var_os("CI").is_none(), "VIVA_SEEDS must be set where nothing may skip");
        println!("skipped: set VIVA_SEEDS to a folder of real notes to run this");
        return;
    };
    let (bank, _) = Bank::open(&[seeds], Glossary::bundled());
    assert_eq!(bank.questions().len(), SUBJECTS.len());
    check("other notes", &bank, &SUBJECTS.iter().copied().zip(0..).collect());
}
