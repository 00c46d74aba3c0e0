//! What a platform's members do, at full speed and at a hundred a second, through the real program.
//!
//! `cargo bench -p viva-tests --bench load` builds the program as it is released, starts it on an empty SQLite file with
//! `synchronous=FULL`, and stands in for the platform: it sends events and notes when each answer comes. The stand-in is
//! in this process and has the same cores, so it counts against the program. Every answer that was acknowledged must
//! be in the file at the end.

#![expect(
    clippy::print_stdout,
    clippy::panic,
    reason = "a benchmark reports to the terminal and ends upon a surprise"
)]

#[path = "load/book.rs"]
mod book;
#[path = "load/discord.rs"]
mod discord;
#[path = "load/program.rs"]
mod program;
#[path = "load/telegram.rs"]
mod telegram;

#[tokio::main]
async fn main() {
    // `-- telegram` measures that platform alone.
    let only = std::env::args().nth(1).filter(|name| !name.starts_with("--"));
    if only.as_deref() != Some("telegram") {
        discord::run().await;
    }
    if only.as_deref() != Some("discord") {
        telegram::run().await;
    }
}
