//! Colours and widths: what a terminal gets and a pipe does not.

use viva_tests::Machine;

const ESCAPE: char = '\u{1b}';

const NOTES: &str = "# Sums\n\n## What is *one* and one? {#sum}\n\nIt is **two**, and two is what you get by counting \
    on your fingers, by asking a friend who can count, or by running this:\n\n```python\nprint(1 + 1)  # two\n```\n\n\
    | Way | What it takes | What it gives |\n|---|---|---|\n\
    | fingers | two hands, some patience and a quiet moment | certainty |\n\n\
    ### Quiz\n\n- [ ] one\n  > Too few.\n- [x] two\n  > Count.\n";

/// A screen without its colours.
fn bare(shown: &str) -> String {
    let mut parts = shown.split(ESCAPE);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[test]
fn a_talk_in_a_terminal_has_colours_and_one_in_a_pipe_has_none() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", NOTES);
    let said = "/quiz sum\n/reveal\n/quiz sum choice\nA\n/quit\n";
    let terminal = machine.terminal(&["console", "--bank", &notes], &[], 80, said);
    for shown in [
        "\u{1b}[1mWhat is \u{1b}[0m\u{1b}[1m\u{1b}[3mone\u{1b}[0m",
        "\u{1b}[1mtwo\u{1b}[0m",
        "# two\u{1b}[0m",
        "\u{1b}[1m\u{1b}[38;5;28m✓ ",
        "\u{1b}[1m\u{1b}[38;5;160m✗ ",
    ] {
        assert!(terminal.contains(shown), "{shown:?} is missing in\n{terminal:?}");
    }

    let pipe = machine.talk(&["--bank", &notes], said);
    assert!(pipe.contains("It is two, and two is"), "{pipe}");
    assert!(!pipe.contains(ESCAPE), "{pipe:?}");
}

#[test]
fn a_terminal_gets_lines_that_fit_it_and_the_same_words() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", NOTES);
    let show = ["show", "--bank", notes.as_str(), "sum"];
    let narrow = bare(&machine.terminal(&show, &[], 40, ""));
    for line in narrow.lines() {
        assert!(line.chars().count() <= 40, "{line:?}");
    }
    let pipe = String::from_utf8(machine.viva(&show, "").stdout).expect("UTF-8");
    assert!(pipe.lines().any(|line| line.chars().count() > 60), "{pipe}");
    assert_eq!(bare(&machine.terminal(&show, &[], 100, "")), pipe);
}

#[test]
fn who_wants_no_colours_gets_none_and_who_insists_gets_them() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", NOTES);
    let show = ["show", "--bank", notes.as_str(), "sum"];
    for (environment, colours) in [
        (&[][..], true),
        (&[("NO_COLOR", "1")], false),
        (&[("TERM", "dumb")], false),
        (&[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], true),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
    ] {
        let shown = machine.terminal(&show, environment, 80, "");
        assert_eq!(shown.contains(ESCAPE), colours, "{environment:?}: {shown:?}");
    }
}

#[test]
fn notes_cannot_command_a_terminal() {
    let machine = Machine::default();
    let notes = machine.write(
        "notes.md",
        "## Why red? {#red}\n\nA \u{1b}]0;title\u{7} bell, \u{9b}31m more.\n\n```python\nx = '\u{1b}[2J'\n```\n",
    );
    let shown = machine.terminal(&["show", "--bank", &notes, "red"], &[], 80, "");
    assert!(shown.contains(ESCAPE) && bare(&shown).contains("]0;title bell, 31m more."), "{shown:?}");
    assert!(bare(&shown).contains("x = '[2J'"), "{shown:?}");
    assert_eq!(shown.chars().find(|c| c.is_control() && !matches!(*c, '\n' | ESCAPE)), None, "{shown:?}");
}
