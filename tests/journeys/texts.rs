//! What people read: every message of the locales is said somewhere.

use std::path::Path;

/// Messages whose names are put together from what they are about.
const COMPOSED: [&str; 5] = ["cli", "command-", "option-", "mode-", "revealers-"];

fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            *out += &std::fs::read_to_string(&path).expect("UTF-8");
        }
    }
}

#[test]
fn no_message_is_left_over() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut source = String::new();
    sources(&crates, &mut source);
    let english = std::fs::read_to_string(crates.join("core/locales/en.ftl")).expect("a locale");
    let named = english.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let keys: Vec<&str> = named.filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect();
    assert!(keys.len() > 100);
    let said = |key: &str| {
        COMPOSED.iter().any(|prefix| key.starts_with(prefix)) || source.contains(&format!("\"{key}\""))
    };
    let left_over: Vec<_> = keys.into_iter().filter(|key| !said(key)).collect();
    assert_eq!(left_over, [""; 0]);
}
