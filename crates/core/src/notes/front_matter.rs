//! The YAML between `---` lines at the top of a file.

use serde::Deserialize;

use super::diagnostic::{Code, Remarks};
use super::habit::Habit;
use crate::language::Language;
use crate::texts::Saying;

/// What a file says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) topics: Vec<String>,
    pub(crate) read_as: Option<Habit>,
}

/// Reads the front matter of `source`, if it begins with one; also gives the length of what was read.
pub(crate) fn read(source: &str, remarks: &mut Remarks<'_>) -> (FrontMatter, usize) {
    let Some(opening) = source.strip_prefix("---").and_then(|rest| rest.find('\n').map(|end| (rest, end)))
    else {
        return (FrontMatter::default(), 0);
    };
    let (rest, line_end) = opening;
    if !rest[..line_end].trim().is_empty() {
        return (FrontMatter::default(), 0);
    }
    let start = 3 + line_end + 1;
    let mut end = start;
    for line in source[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return (parse(&source[start..end], start, remarks), end + line.len());
        }
        // A rule at the top of a file without front matter ends in prose or a heading.
        if line.starts_with('#') && line[1..].starts_with(['#', ' ']) && line.contains(['?', '？'])
            || end - start > 8_000
        {
            break;
        }
        end += line.len();
    }
    remarks.add(0, Code::FrontMatter, Saying::of("remark-front-matter-open"));
    (FrontMatter::default(), 0)
}

fn parse(yaml: &str, at: usize, remarks: &mut Remarks<'_>) -> FrontMatter {
    if yaml.trim().is_empty() {
        return FrontMatter::default();
    }
    serde_saphyr::from_str(yaml).unwrap_or_else(|error| {
        let place = error.location().and_then(|location| {
            let line = usize::try_from(location.line()).ok()?.checked_sub(1)?;
            Some(yaml.split_inclusive('\n').take(line).map(str::len).sum::<usize>())
        });
        let reason = error.to_string();
        let reason = reason.lines().next().unwrap_or_default().trim_start_matches("error: ").trim();
        remarks.add(
            at + place.unwrap_or(0),
            Code::FrontMatter,
            Saying::of("remark-front-matter").with("reason", reason),
        );
        FrontMatter::default()
    })
}
