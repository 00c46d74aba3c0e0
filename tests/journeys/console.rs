//! Talks in the terminal.

use viva_tests::Machine;

const NOTES: &str = "# Sums\n\n## What is one and one? {#sum topics=\"arithmetic\"}\n\nIt is **two**, because of **Peano**.\n\n\
    ### Quiz\n\n- [ ] one\n  > Too few.\n- [x] two\n  > Count.\n- [ ] three\n  > Too many.\n";

/// The letter of an option in what was printed last.
fn letter(talk: &str, option: &str) -> char {
    let line = talk
        .lines()
        .rfind(|line| line.trim_end().ends_with(&format!("  {option}")))
        .expect("the option is shown");
    line.trim().chars().next().expect("a letter")
}

#[test]
fn a_talk_reads_like_a_conversation() {
    let talk = Machine::default().talk(&[], "/quiz overfitting\n/reveal\n/leaderboard\n");
    for said in [
        "> /quiz overfitting\nWhat is overfitting",
        "> /reveal\nAnswer: What is overfitting",
        "Early stopping",
        "> /leaderboard\n",
    ] {
        assert!(talk.contains(said), "{said:?} is missing in\n{talk}");
    }
}

#[test]
fn answers_are_graded_stored_and_ranked_across_restarts() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", NOTES);
    let bank = ["--bank", notes.as_str()];
    let asked = machine.talk(&bank, "/quiz sum\n");
    let right = letter(&asked, "two");
    // The round is still open: it waits in the store.
    let answered = machine.talk(&bank, &format!("{right}\n/leaderboard\n/stats\n"));
    assert!(answered.contains("Still open from last time:\n\nWhat is"), "{answered}");
    for said in ["✓ Right! +10 points.", "Count.", "→  1  ada  10 points · 1 of 1 right", "A streak of 1 day"]
    {
        assert!(answered.contains(said), "{said:?} is missing in\n{answered}");
    }
    let again = machine.talk(&bank, "/quiz sum typed\ntwo, by Peano\n/leaderboard today\n");
    assert!(again.contains("No points: you had this one right"), "{again}");
    assert!(again.contains("10 points · 2 of 2 right"), "{again}");
}

#[test]
fn slips_are_met_with_a_way_on() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", NOTES);
    let talk = machine.talk(&["--bank", &notes], "A\n/reveal\n/quizz\n/quiz\nZ\nA B\n/hint\n/quiz nonsense zzz\n/leaderboard week nowhere\n/language fr\n");
    for said in [
        "No question is open. /quiz asks one.",
        "Did you mean /quiz?",
        "“Z” is none of the options A to C.",
        "Only one option is right here",
        "Not this one:",
        "“nowhere” is not a topic here.",
        "Viva speaks English and Chinese.",
    ] {
        assert!(talk.contains(said), "{said:?} is missing in\n{talk}");
    }
}

#[test]
fn everything_is_said_in_chinese_too() {
    let talk = Machine::default()
        .talk(&["--language", "zh"], "/quiz 过拟合\n/reveal\n/leaderboard\n/stats\n/topics\n/help\n");
    assert!(talk.contains("什么是过拟合？"), "{talk}");
    for english in ["Answer", "Leaderboard", "points", "Topics", "Type "] {
        assert!(!talk.contains(english), "{english:?} was said in\n{talk}");
    }
}

#[test]
fn notes_cannot_command_the_terminal() {
    let machine = Machine::default();
    let notes = machine
        .write("notes.md", "## Why \u{1b}[31mred?\n\nA \u{1b}]0;title\u{7} bell and \u{9b}31m more.\n");
    let talk = machine.talk(&["--bank", &notes], "/quiz red\n/reveal\n/quiz \u{1b}[2J\n");
    assert!(!talk.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{talk:?}");
}

#[test]
fn a_place_that_cannot_be_used_is_named() {
    let machine = Machine::default();
    for (arguments, said) in [
        (&["console", "--bank", "nowhere"][..], "nowhere"),
        (&["console", "--database", "mysql://x"], "mysql"),
        (&["console", "--language", "fr"], "use en or zh"),
    ] {
        let output = machine.viva(arguments, "");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && error.contains(said), "{arguments:?}: {error}");
    }
    assert_eq!(machine.viva(&["run"], "").status.code(), Some(2));
}

#[test]
fn seasons_and_reviews_say_what_comes_next() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", NOTES);
    let bank = ["--bank", notes.as_str()];
    let right = letter(&machine.talk(&bank, "/quiz sum\n"), "two");
    let talk = machine.talk(
        &bank,
        &format!("/season\n/season Autumn\n{right}\n/leaderboard season\n/season Winter\n/leaderboard season\n/leaderboard season 1\n/review\n"),
    );
    for said in [
        "A season needs a name.",
        "Season 1, “Autumn”, begins now",
        "Leaderboard · Season 1\n",
        "Season 2, “Winter”, begins now",
        "Leaderboard · Season 2\nNobody has points here yet.",
        "Nothing is due for review.",
    ] {
        assert!(talk.contains(said), "{said:?} is missing in\n{talk}");
    }
    assert_eq!(talk.matches("10 points · 1 of 1 right").count(), 2, "{talk}");
}

#[test]
fn letters_of_the_notes_are_kept_and_a_reveal_names_what_is_right() {
    let machine = Machine::default();
    let notes =
        machine.write("notes.md", "## Which?\n\n- A. one\n- B. two\n- C. three\n- D. four\n\nAnswer: C\n");
    for _ in 0..5 {
        let talk = machine.talk(&["--bank", &notes], "/quiz which\n/reveal\n");
        assert!(talk.contains("  C  three\n"), "{talk}");
        assert!(talk.contains("  ✓ C  three\n\nC\n"), "{talk}");
    }
}

#[test]
fn an_offer_is_taken_by_its_number_alone() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", "## Why is one odd?\n\nx\n\n## Why is three odd?\n\ny\n");
    let talk = machine.talk(&["--bank", &notes], "/quiz odd\n9\n/quiz 2\n");
    assert!(talk.contains("Found for “odd”; pick one by its number:"), "{talk}");
    assert!(talk.contains("There is no number 9 above. Pick one from 1 to 2."), "{talk}");
    assert!(talk.contains("/quiz 2\nWhy is"), "{talk}");
}
