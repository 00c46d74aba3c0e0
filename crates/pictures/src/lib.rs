//! Formulas, figures, tables and charts as pictures for chats.
//!
//! Everything is drawn in this process, offline, without the fonts of the system, on an opaque
//! panel that is legible on a dark and on a light background. This crate owns how things look; it
//! knows no platform, no store and no language: words come in ready to be drawn. What it can't draw
//! well it refuses with the reason ([`NotDrawn`]), so that its caller sends text instead.
//!
//! All functions are plain computations of milliseconds to tens of milliseconds. Call them off the
//! threads that serve chats.

pub mod chart;
mod drawing;
mod face;
mod faces;
pub mod figure;
pub mod formula;
mod guard;
mod lettering;
mod not_drawn;
mod panel;
mod picture;
pub mod table;

pub use lettering::{missing_glyph, without_unknown};
pub use not_drawn::NotDrawn;
pub use picture::Picture;
