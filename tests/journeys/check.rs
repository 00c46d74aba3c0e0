//! `viva check`, `search` and `show`: what they print is a contract.

use viva_tests::Machine;

#[test]
fn a_report_has_the_promised_fields_and_status() {
    let machine = Machine::default();
    let good = machine.write("good.md", "## Why $x$? {#why difficulty=2}\n\n- **One** $$y$$\n- **Two** ![](https://example.org/a.png)\n\n```py\nx\n```\n\n|a|\n|-|\n|b|\n");
    let (status, report) = machine.json(&["check", &good]);
    assert_eq!(status, 0);
    let question = &report["questions"][0];
    for (field, value) in [
        ("id", serde_json::json!("why")),
        ("line", serde_json::json!(1)),
        ("language", serde_json::json!("en")),
        ("difficulty", serde_json::json!(2)),
        ("key_points", serde_json::json!(["One", "Two"])),
        ("exercises", serde_json::json!({"reveal": 1, "choice": 0, "typed": 1})),
        ("formulas", serde_json::json!({"inline": 2, "display": 0})),
        ("images", serde_json::json!(1)),
        ("code_blocks", serde_json::json!(1)),
        ("tables", serde_json::json!(1)),
    ] {
        assert_eq!(question[field], value, "{field} in {report:#}");
    }
    assert_eq!(report["files"][0]["read_as"], "authored");
    assert_eq!(report["files"][0]["questions"], 1);
}

#[test]
fn broken_files_are_named_and_the_rest_is_read() {
    let machine = Machine::default();
    let folder = machine.folder().join("bank");
    for (name, bytes) in [
        ("bank/good.md", b"## Why?\n\nBecause.\n".to_vec()),
        ("bank/latin.md", b"## Pourquoi ?\n\ncaf\xe9\n".to_vec()),
        ("bank/empty.md", Vec::new()),
        ("bank/large.md", vec![b'x'; 50 << 20]),
    ] {
        let path = machine.write(name, "");
        std::fs::write(path, bytes).expect("a file");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(&folder, folder.join("loop")).expect("a link");
    let (status, report) = machine.json(&["check", &folder.display().to_string()]);
    assert_eq!(status, 1);
    assert_eq!(report["questions"].as_array().map(Vec::len), Some(1), "{report:#}");
    let codes: Vec<&str> =
        report["diagnostics"].as_array().into_iter().flatten().filter_map(|d| d["code"].as_str()).collect();
    for code in ["not-utf8", "empty", "too-large", "symlink-loop"] {
        assert!(
            codes.contains(&code) || code == "symlink-loop" && cfg!(not(unix)),
            "{code} is missing in {codes:?}"
        );
    }
    assert_eq!(machine.viva(&["check"], "").status.code(), Some(2), "a path is required");
}

#[test]
fn equal_and_similar_questions_are_told() {
    let machine = Machine::default();
    let notes = machine.write(
        "notes.md",
        "## Why does dropout work? {#a}\nx\n## Why does dropout work {#b}\ny\n## How? {#a}\nz\n",
    );
    let (status, report) = machine.json(&["check", &notes]);
    assert_eq!(status, 1, "a duplicate id is an error");
    let ids: Vec<&str> =
        report["questions"].as_array().into_iter().flatten().filter_map(|q| q["id"].as_str()).collect();
    assert_eq!(ids, ["a", "b", "a-2"]);
    let codes: Vec<&str> =
        report["diagnostics"].as_array().into_iter().flatten().filter_map(|d| d["code"].as_str()).collect();
    assert_eq!(codes, ["duplicate-id", "near-duplicate"]);
}

#[test]
fn the_bundled_bank_is_found_and_shown() {
    let machine = Machine::default();
    let (_, found) = machine.json(&["search", "overfiting", "--limit", "3"]);
    assert_eq!(found[0]["id"], "overfitting", "{found:#}");
    assert!(found[0]["score"].is_number() && found[0]["title"].is_string());
    let (_, shown) = machine.json(&["show", "overfitting", "--language", "zh", "--for", "console"]);
    assert!(shown["question"][0].as_str().is_some_and(|title| title.contains("过拟合")), "{shown:#}");
    assert!(shown["answer"][0].as_str().is_some_and(|answer| answer.contains("早停")), "{shown:#}");
}

/// A formula, a figure that is not there, and a formula that no font has.
const PICTURED: &str = "## Why? {#why}\n\n$$\\frac{a}{b}$$\n\n![gone](gone.png)\n\n$$\\text{🦊}$$\n\n| 方法 |\n| --- |\n| 早停 |\n";

#[test]
fn pictures_are_drawn_and_what_is_not_is_named() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", PICTURED);
    let (status, report) = machine.json(&["check", "--pictures", &notes]);
    assert_eq!(status, 0, "text in a picture's place is no error");
    assert_eq!(report["pictures"]["drawn"], 2, "{report:#}");
    let fallen: Vec<_> = report["pictures"]["fell_back"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|fallen| (fallen["kind"].as_str().unwrap_or_default(), fallen["line"].as_u64()))
        .collect();
    assert_eq!(fallen, [("figure", Some(1)), ("formula", Some(1))]);
    for (language, words) in [
        (
            "en",
            ["the figure “gone.png” is sent as text: it is not in the bank", "no glyph for “🦊” (U+1F98A)"],
        ),
        ("zh", ["图片“gone.png”以文字发送：题库里没有这个文件", "字体里没有“🦊”（U+1F98A）"]),
    ] {
        let output = machine.viva(&["--language", language, "check", "--pictures", &notes], "");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        for word in words {
            assert!(said.contains(word), "{word} is missing in\n{said}");
        }
    }
}

#[test]
fn the_pictures_of_a_question_are_written_in_reading_order() {
    let machine = Machine::default();
    let notes = machine.write("notes.md", PICTURED);
    let out = machine.folder().join("pictures");
    let shown = machine.viva(&["--bank", &notes, "show", "why", "--out", &out.display().to_string()], "");
    assert!(shown.status.success());
    let mut names: Vec<_> = std::fs::read_dir(&out)
        .expect("the folder was made")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    assert_eq!(names, ["01-formula.png", "04-table.png"]);
    for name in &names {
        let picture = image::open(out.join(name)).expect("a picture");
        assert!(picture.width() > 40 && picture.height() > 40, "{name}");
    }
    let said = String::from_utf8(shown.stdout).expect("UTF-8");
    assert_eq!(said.lines().count(), 4, "{said}");
    assert!(said.lines().nth(1).is_some_and(|line| line.starts_with("02: the figure “gone.png”")), "{said}");
    let taken = machine.viva(&["--bank", &notes, "show", "why", "--out", &notes], "");
    assert_eq!(taken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&taken.stderr).contains("name another with --out"));
}

#[test]
fn a_doctor_finds_what_is_missing() {
    let machine = Machine::default();
    let healthy = machine.viva(&["doctor"], "");
    let said = String::from_utf8(healthy.stdout).expect("UTF-8");
    assert!(healthy.status.success(), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with('✓')).count(), 3, "{said}");
    assert!(said.contains("! chats: no token is set"), "{said}");
    let notes = machine.write("notes.md", PICTURED);
    let with_gaps = machine.viva(&["doctor", "--bank", &notes], "");
    let said = String::from_utf8(with_gaps.stdout).expect("UTF-8");
    assert!(with_gaps.status.success() && said.contains("2 can be drawn, 2 are sent as text"), "{said}");
    for broken in [["--bank", "nowhere.md"], ["--database", "sqlite:/nowhere/viva.db"]] {
        let ill = machine.viva(&["doctor", broken[0], broken[1]], "");
        let said = String::from_utf8(ill.stdout).expect("UTF-8");
        assert_eq!(ill.status.code(), Some(1), "{said}");
        assert!(said.lines().any(|line| line.starts_with('✗') && line.contains("nowhere")), "{said}");
    }
}
