//! The pictures that texts want: which parts of a document they are, and each of them drawn once.
//!
//! An adapter asks what a document wants ([`wanted`]), has it drawn ([`Album::draw`]) and renders the
//! document with what came of it ([`Drawn`]). What could not be drawn, or not in time, it says in text.
//! This crate stands between the documents of the core and `viva-pictures`, which knows no documents; it
//! knows no platform, and sends nothing.

mod album;
pub mod charts;
mod drawn;
mod latest;
mod plate;
mod subject;
mod words;

pub use album::{Album, Fallen};
pub use drawn::Drawn;
pub use latest::{Latest, Turn};
pub use plate::Plate;
pub use subject::{Subject, wanted, wanted_charts, wanted_inline};
pub use viva_pictures::figure::{Format, Limits};
pub use viva_pictures::missing_glyph;
pub use words::{aligned, cell, formula, is_bundled, is_laid_out, table};
