//! Viva on Telegram: it decodes an update, asks the core, and renders the reply.
//!
//! The rendering is pure and public, so that `viva show` and tests can see what Telegram is sent. What
//! touches Telegram is in [`serve`].

pub mod cards;
pub mod html;
pub mod limits;
pub mod messages;
pub mod payloads;
mod photos;
pub mod poll;
pub mod rich;

mod api;
mod bot;
mod clockwork;
mod commands;
mod error;
mod inline;
mod membership;
mod pressed;
mod scene;
mod serve;
pub mod shots;
mod updates;
mod voted;
mod webhook;

pub use api::ApiError;
pub use error::TelegramError;
pub use serve::{Settings, Webhook, serve};
