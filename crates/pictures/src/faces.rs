//! The faces that travel with the program. Owns which there are and which one draws a character;
//! refuses the fonts of the system, which differ from machine to machine.
//!
//! Their licences are in `fonts/OFL.txt`, and `fonts/subset.sh` says how they were made.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, ID, Source};
use skrifa::GlyphId;

use crate::face::Face;

/// The faces for text, in the order in which they are asked for a character.
const TEXT: [&[u8]; 4] = [
    include_bytes!("../fonts/NotoSansCJKsc-GB2312.otf"),
    include_bytes!("../fonts/NotoSans-Letters.ttf"),
    include_bytes!("../fonts/NotoSansMath-Symbols.ttf"),
    include_bytes!("../fonts/NotoSansSymbols2-Marks.ttf"),
];

/// The faces of formulas, as the layout names them.
const KATEX: [&str; 19] = [
    "AMS-Regular",
    "Caligraphic-Regular",
    "Fraktur-Bold",
    "Fraktur-Regular",
    "Main-Bold",
    "Main-BoldItalic",
    "Main-Italic",
    "Main-Regular",
    "Math-BoldItalic",
    "Math-Italic",
    "SansSerif-Bold",
    "SansSerif-Italic",
    "SansSerif-Regular",
    "Script-Regular",
    "Size1-Regular",
    "Size2-Regular",
    "Size3-Regular",
    "Size4-Regular",
    "Typewriter-Regular",
];

static TEXT_FACES: LazyLock<Vec<Face>> = LazyLock::new(|| TEXT.into_iter().filter_map(Face::new).collect());

static KATEX_FACES: LazyLock<Vec<(&'static str, Face)>> = LazyLock::new(|| {
    let face = |name: &'static str| {
        let data = match ratex_katex_fonts::ttf_bytes(&format!("KaTeX_{name}.ttf"))? {
            Cow::Borrowed(data) => data,
            // Only builds for debugging read the files when they run.
            Cow::Owned(data) => data.leak(),
        };
        Some((name, Face::new(data)?))
    };
    KATEX.into_iter().filter_map(face).collect()
});

static DATABASE: LazyLock<(Arc<Database>, Vec<ID>)> = LazyLock::new(|| {
    let mut database = Database::new();
    let ids = TEXT.into_iter().flat_map(|data| database.load_font_source(Source::Binary(Arc::new(data))));
    let ids = ids.collect();
    (Arc::new(database), ids)
});

/// The face and the glyph that draw `c` in text, if any does.
pub(crate) fn text_glyph(c: char) -> Option<(&'static Face, GlyphId)> {
    TEXT_FACES.iter().find_map(|face| Some((face, face.glyph(c)?)))
}

/// Whether the face that everything is lettered in has `c`.
pub(crate) fn has_first(c: char) -> bool {
    TEXT_FACES.first().is_some_and(|face| face.glyph(c).is_some())
}

/// The face and the glyph that draw `c` in a formula. `name` is the layout's name of the face;
/// where that has no such glyph, a face for text may.
pub(crate) fn formula_glyph(name: &str, c: char) -> Option<(&'static Face, GlyphId)> {
    KATEX_FACES
        .iter()
        .find(|(known, _)| *known == name)
        .and_then(|(_, face)| Some((face, face.glyph(c)?)))
        .or_else(|| text_glyph(c))
}

/// The faces for text as the SVG library wants them.
pub(crate) fn database() -> Arc<Database> {
    Arc::clone(&DATABASE.0)
}

/// The face that everything is lettered in, as the SVG library names it.
pub(crate) fn first() -> Option<ID> {
    DATABASE.1.first().copied()
}

/// The face that letters `c` and is none of `tried`.
pub(crate) fn fallback(c: char, tried: &[ID]) -> Option<ID> {
    let (ids, faces) = (&DATABASE.1, &*TEXT_FACES);
    ids.iter().zip(faces).find(|(id, face)| !tried.contains(id) && face.glyph(c).is_some()).map(|(id, _)| *id)
}
