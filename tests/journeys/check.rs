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
