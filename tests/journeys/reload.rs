//! Notes that change while the program runs.

use viva_tests::Machine;

const FIRST: &str = "## What is one? {#one}\n\nThe first number.\n";
const SECOND: &str = "## What is two? {#two}\n\nThe second number.\n";
const BROKEN: &str = "## What is three? {#three}\n\nMore.\n\n### Quiz\n\n- [ ] few\n- [ ] many\n";

#[test]
fn a_changed_bank_is_read_again_and_a_broken_one_is_not() {
    let machine = Machine::default();
    let notes = machine.write("notes/numbers.md", FIRST);
    let mut talk = machine.begin_talk(&["--bank", "notes"]);
    talk.say("/quiz one");
    talk.hear("What is one?");

    machine.write("notes/numbers.md", &[FIRST, SECOND].concat());
    talk.hear("the bank was read again");
    talk.say("/quiz two");
    talk.hear("What is two?");

    machine.write("notes/broken.md", BROKEN);
    talk.hear("broken.md:1");
    talk.hear("the old one stays");
    talk.say("/quiz three");
    talk.hear("Nothing");

    std::fs::remove_file(machine.folder().join("notes/broken.md")).unwrap();
    talk.hear("the bank was read again");
    // The open question is the one that was asked before the notes lost it.
    talk.say("/quiz two");
    talk.hear("What is two?");
    std::fs::write(notes, FIRST).unwrap();
    talk.hear("the bank was read again");
    talk.say("/reveal");
    talk.hear("The second number.");
}

#[test]
fn what_was_wrong_from_the_start_keeps_nothing_else_from_being_mended() {
    let machine = Machine::default();
    machine.write("notes/numbers.md", FIRST);
    machine.write("notes/broken.md", BROKEN);
    let mut talk = machine.begin_talk(&["--bank", "notes"]);
    talk.say("/quiz one");
    talk.hear("What is one?");
    machine.write("notes/numbers.md", &[FIRST, SECOND].concat());
    talk.hear("the bank was read again");
    talk.say("/quiz two");
    talk.hear("What is two?");
}

#[cfg(unix)]
#[test]
fn a_hangup_signal_reads_the_bank_again() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", FIRST);
    let mut talk = machine.begin_talk(&["--bank", &notes]);
    talk.say("/quiz one");
    talk.hear("What is one?");
    let sent = std::process::Command::new("kill").args(["-HUP", &talk.process().to_string()]).status();
    assert!(sent.unwrap().success());
    talk.hear("the bank was read again");
}
