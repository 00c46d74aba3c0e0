//! Viva on Discord.
