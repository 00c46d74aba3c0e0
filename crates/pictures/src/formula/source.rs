//! What the source of a formula may say. Owns the repair of habits that KaTeX refuses, and the list of
//! what the layout gets wrong; changes nothing that it gets right.

use crate::NotDrawn;

/// Arrows as fences: the layout leaves them as small as letters.
const STUNTED: [&str; 6] =
    ["\\uparrow", "\\downarrow", "\\updownarrow", "\\Uparrow", "\\Downarrow", "\\Updownarrow"];

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

/// Refuses what would be drawn wrong.
pub(super) fn check(source: &str) -> Result<(), NotDrawn> {
    let fences = ["\\left", "\\right", "\\middle"].into_iter().flat_map(|fence| source.split(fence).skip(1));
    for delimiter in fences.map(str::trim_start) {
        if let Some(arrow) = STUNTED.into_iter().find(|arrow| delimiter.starts_with(arrow)) {
            return Err(NotDrawn::Unreadable(format!("{arrow} does not grow with what it encloses")));
        }
    }
    Ok(())
}
