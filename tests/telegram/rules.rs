//! What Telegram refuses, as pure functions: markup, lengths, keyboards, polls, rich messages and floods.
//!
//! A rule knows no chat and no bot. It answers with the description that the Bot API gives, as far as it is known.

pub mod flood;
pub mod html;
pub mod keyboard;
pub mod poll;
pub mod rich;
pub mod text;

/// The length of a text as Telegram counts messages and captions: in UTF-16 code units.
#[must_use]
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
