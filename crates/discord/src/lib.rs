//! Viva on Discord: it decodes an event, asks the core, and renders the reply.
//!
//! The rendering is pure and public, so that `viva show` and tests can see what Discord is sent. What
//! touches Discord is in [`serve`].

pub mod cards;
pub mod components;
pub mod limits;
pub mod markdown;
pub mod messages;

mod bot;
mod clockwork;
mod commands;
mod error;
mod pressed;
mod respond;
mod scene;
mod serve;
mod uploads;

pub use error::DiscordError;
pub use serve::{Settings, Shards, invitation, serve};
pub use uploads::Upload;
