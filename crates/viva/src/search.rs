//! `viva search`: the questions that a query finds.

use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;
use viva_core::bank::Bank;
use viva_core::document::plain;
use viva_core::language::Language;
use viva_core::texts::Texts;

use crate::cli::Format;
use crate::console::paint::harmless;

/// One found question; its names are a contract.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: String,
    score: f32,
}

pub(crate) fn run(
    bank: &Bank,
    query: &str,
    limit: usize,
    format: Format,
    language: Language,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let found = bank.search(query, limit);
    let row = |hit: &viva_core::search::Hit| {
        let question = &bank.questions()[hit.question];
        Row { id: &question.id.0, title: plain(&question.text(language).title), score: hit.score }
    };
    let rows: Vec<Row<'_>> = found.hits.iter().map(row).collect();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            writeln!(out)?;
        }
        Format::Text if rows.is_empty() => {
            writeln!(out, "{}", Texts::of(language).tell("search-nothing", [("query", query.into())]))?;
        }
        Format::Text => {
            for Row { id, title, score } in rows {
                writeln!(out, "{}", harmless(&format!("{score:.2}  {id}  {title}")))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
