//! The heart of Viva: a bank of questions read from notes, the rules of a quiz and the store of
//! what learners did. It knows no chat platform; adapters call it and render what it returns.

pub mod bank;
pub mod choice;
pub mod document;
pub mod formula;
pub mod glossary;
pub mod grade;
pub mod ids;
pub mod language;
pub mod line;
pub mod notes;
pub mod pick;
pub mod press;
pub mod reply;
pub mod schedule;
pub mod score;
pub mod search;
pub mod store;
pub mod terms;
pub mod texts;
pub mod viva;
