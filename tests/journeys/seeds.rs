//! The notes that Viva was made for, which are not ours: read, found, shown, nothing lost.

use std::path::Path;

use viva_tests::{Machine, seeds};

fn ids(report: &serde_json::Value) -> Vec<String> {
    let questions = report["questions"].as_array().into_iter().flatten();
    questions.filter_map(|question| question["id"].as_str().map(str::to_owned)).collect()
}

fn text_of(seeds: &Path) -> String {
    let mut files: Vec<_> =
        std::fs::read_dir(seeds).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")).collect()
}

#[test]
fn everything_is_read_and_accounted_for() {
    let Some(seeds) = seeds() else { return };
    let (status, report) = Machine::default().json(&["check", &seeds.display().to_string()]);
    assert_eq!(status, 0, "{:#}", report["diagnostics"]);
    assert_eq!(ids(&report).len(), 13);
    assert_eq!(report["files"][0]["read_as"], "html-headings");
    let codes: Vec<_> =
        report["diagnostics"].as_array().into_iter().flatten().map(|d| d["code"].clone()).collect();
    assert_eq!(codes, ["missing-image"]);
    let source = text_of(&seeds);
    let sum = |field: &str| {
        report["questions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|q| q.pointer(field)?.as_u64())
            .sum::<u64>()
    };
    assert_eq!(sum("/images") as usize, source.matches("![").count());
    assert_eq!(sum("/code_blocks") as usize * 2, source.matches("```").count());
    assert_eq!(sum("/formulas/display") as usize * 2, source.matches("$$").count());
    let dollars = source.matches('$').count() - 2 * source.matches("$$").count();
    assert_eq!(sum("/formulas/inline") as usize * 2, dollars);
}

#[test]
fn ids_do_not_change_when_questions_are_renumbered() {
    let Some(seeds) = seeds() else { return };
    let machine = Machine::default();
    let (_, before) = machine.json(&["check", &seeds.display().to_string()]);
    let source = text_of(&seeds);
    let renumbered =
        (1..=13).rev().fold(source, |text, n| text.replace(&format!("\">{n}."), &format!("\">{}、", n + 30)));
    let renumbered = machine.write("renumbered.md", &renumbered);
    let (_, after) = machine.json(&["check", &renumbered]);
    assert_eq!(ids(&before), ids(&after));
}

#[test]
fn people_see_no_markup_and_miss_no_words() {
    let Some(seeds) = seeds() else { return };
    let machine = Machine::default();
    let bank = seeds.display().to_string();
    let (_, report) = machine.json(&["check", &bank]);
    let mut all = String::new();
    for id in ids(&report) {
        let (_, shown) = machine.json(&["show", &id, "--bank", &bank]);
        for part in ["question", "answer"] {
            let texts = shown[part].as_array().into_iter().flatten().filter_map(|text| text.as_str());
            texts.for_each(|text| all.push_str(text));
        }
    }
    for markup in ["$", "<font", "<h2", "](", "**"] {
        // `**` is Python's power in a listing.
        let times = all.replace("X**2 - Y**2", "").matches(markup).count();
        assert_eq!(times, 0, "{markup:?} is left in what people see");
    }
    // Every run of Chinese of the answers is there, whatever markup stood around it.
    let body = text_of(&seeds);
    let body = &body[body.find("<h2").expect("a heading")..];
    let seen: String = all.chars().filter(|c| c.is_alphanumeric()).collect();
    let prose = body.lines().filter(|line| !line.starts_with("<h2"));
    for run in prose.flat_map(|line| line.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c))) {
        assert!(seen.contains(run), "{run:?} was lost");
    }
}

#[test]
fn a_talk_on_them_works() {
    let Some(seeds) = seeds() else { return };
    let talk = Machine::default().talk(
        &["--bank", &seeds.display().to_string(), "--language", "zh"],
        "/quiz overfitting\n早停，数据增强，dropout，正则化，降低模型复杂度，集成学习\n/reveal\n/leaderboard\n",
    );
    assert!(talk.contains("✓ 答对了！"), "{talk}");
    assert!(talk.contains("答案：什么是过拟合"), "{talk}");
}
