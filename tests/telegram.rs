//! A stand-in for Telegram's Bot API on loopback, for the real program to talk to.
//!
//! It keeps chats, members, messages and polls, delivers updates as Telegram does, refuses what Telegram refuses and
//! remembers every request. It draws nothing and has no accounts to log in to: the people in it are the test's.

pub mod clock;
pub mod rules;
pub mod schema;
