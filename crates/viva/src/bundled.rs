//! The questions that come with the program.

use include_dir::{Dir, include_dir};
use viva_core::bank::{Bank, Figures};
use viva_core::glossary::Glossary;
use viva_core::notes::{self, Diagnostic, Page, Source};

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// Reads the bundled bank.
pub(crate) fn bank(glossary: &Glossary) -> (Bank, Vec<Diagnostic>) {
    Bank::new(
        ["en", "zh"].into_iter().filter_map(|folder| CONTENT.get_dir(folder)).flat_map(pages).collect(),
        glossary,
        Figures::Bundled(|path| CONTENT.get_file(path).map(include_dir::File::contents)),
    )
}

fn pages(folder: &Dir<'_>) -> Vec<Page> {
    let has_file = |path: &str| CONTENT.contains(path);
    let mut files: Vec<_> = folder.files().collect();
    files.sort_by_key(|file| file.path());
    files
        .into_iter()
        .filter_map(|file| {
            let path = file.path().to_str()?;
            let text = file.contents_utf8()?;
            Some(notes::read(&Source { path, inside: path, text, has_file: &has_file }))
        })
        .collect()
}
