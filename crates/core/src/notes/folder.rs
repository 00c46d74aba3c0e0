//! Finds the files of a bank and reads them, several at a time.

use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Code, Diagnostic, Page, Source};
use crate::texts::Saying;

/// Largest file of notes, in bytes; a year of anybody's notes is a tenth of it.
pub const MAX_FILE: u64 = 8 << 20;

const EXTENSIONS: [&str; 3] = ["md", "markdown", "txt"];

/// Reads every file of notes in `paths`: files by themselves, folders with all below them.
///
/// Hidden folders are passed over, links are followed. The pages come in the order of `paths`,
/// and by name inside a folder. What can't be read is remarked on.
#[must_use]
pub fn read(paths: &[PathBuf]) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut files = Vec::new();
    let mut diagnostics = Vec::new();
    for path in paths {
        find(path, &mut files, &mut diagnostics);
    }
    let pages: Vec<Result<Page, Diagnostic>> =
        files.par_iter().map(|(root, file)| read_file(root, file)).collect();
    let mut read = Vec::with_capacity(pages.len());
    for page in pages {
        match page {
            Ok(page) => read.push(page),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (read, diagnostics)
}

fn remark(path: &Path, code: Code, message: Saying) -> Diagnostic {
    let path = path.display().to_string();
    Diagnostic { path, line: 1, column: 1, severity: code.severity(), code, message }
}

fn find(path: &Path, files: &mut Vec<(PathBuf, PathBuf)>, diagnostics: &mut Vec<Diagnostic>) {
    if path.is_file() {
        let root = path.parent().unwrap_or(Path::new("")).to_owned();
        return files.push((root, path.to_owned()));
    }
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let found = files.len();
    let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_notes(entry.path()) => {
                files.push((path.to_owned(), entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => {
                let at = error.path().unwrap_or(path);
                diagnostics.push(if error.loop_ancestor().is_some() {
                    remark(at, Code::SymlinkLoop, Saying::of("remark-symlink-loop"))
                } else {
                    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    remark(at, Code::Unreadable, Saying::of("remark-unreadable").with("reason", reason))
                });
            }
        }
    }
    if path.is_dir() && files.len() == found {
        diagnostics.push(remark(path, Code::NoQuestion, Saying::of("remark-no-notes")));
    }
}

fn is_notes(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn read_file(root: &Path, path: &Path) -> Result<Page, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        remark(path, Code::Unreadable, Saying::of("remark-unreadable").with("reason", error))
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large, even one that grows or never ends.
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE {
        let message = Saying::of("remark-too-large").with("limit", MAX_FILE >> 20);
        return Err(remark(path, Code::TooLarge, message));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = memchr::memchr_iter(b'\n', before).count() as u32 + 1;
        Diagnostic { line, ..remark(path, Code::NotUtf8, Saying::of("remark-not-utf8")) }
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    let inside = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let has_file = |inside: &str| root.join(inside).is_file();
    let path = path.display().to_string();
    Ok(super::read(&Source { path: &path, inside: &inside, text: &text, has_file: &has_file }))
}
