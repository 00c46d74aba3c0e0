//! A stand-in for Telegram's Bot API on loopback, for the real program to talk to.
//!
//! It keeps chats, members, messages and polls, delivers updates as Telegram does, refuses what Telegram refuses and
//! remembers every request. It draws nothing and has no accounts to log in to: the people in it are the test's.

mod body;
pub mod clock;
pub mod faults;
mod line;
pub mod methods;
pub mod rules;
pub mod schema;
mod server;
pub mod story;
#[cfg(test)]
mod tests;
pub mod updates;
mod webhook;
pub mod world;

pub use self::faults::Fault;
pub use self::story::Telegram;
pub use self::world::chat::Standing;
