//! Habits of note-takers that KaTeX refuses. Owns their repair; changes nothing that it reads.

/// `tex` as the parser takes it: no control characters but line ends, which end comments, and no
/// apostrophe where a superscript is expected already.
pub(super) fn tidy(tex: &str) -> String {
    let printable: String = tex.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    // Both mean a prime, but the parser takes the first for two superscripts.
    let mut tidy = printable.replace("^{'}", "'").replace("^{''}", "''");
    // Zero-width marks come along when formulas are copied from pages.
    tidy.retain(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'));
    tidy
}
