//! The heart of Viva: a bank of questions read from notes, the rules of a quiz and the store of
//! what learners did. It knows no chat platform; adapters call it and render what it returns.

pub mod bank;
pub mod document;
pub mod formula;
pub mod language;
