//! Viva on Telegram.
