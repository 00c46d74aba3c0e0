//! The command line: what it accepts and what it says about itself.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use viva_core::language::Language;

/// Turns notes into quizzes, answer reveals and leaderboards.
///
/// Viva reads questions and answers from Markdown notes and asks them in a chat: in this terminal
/// with `viva console`, elsewhere with `viva run`.
#[derive(Debug, Parser)]
#[command(name = "viva", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) options: Options,
}

/// What every command accepts.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// A file or folder of notes (.md, .markdown, .txt); may be given several times [default: the bundled questions]
    #[arg(long, global = true, value_name = "PATH", env = "VIVA_BANK", value_delimiter = PATHS)]
    pub(crate) bank: Vec<PathBuf>,

    /// Where answers are kept: sqlite:FILE or postgres://… [default: a file in your data folder]
    #[arg(long, global = true, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    pub(crate) database: Option<String>,

    /// The language Viva speaks: en or zh [default: that of your system]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) language: Option<Language>,
}

/// What stands between the paths of `VIVA_BANK`, as in PATH.
const PATHS: char = if cfg!(windows) { ';' } else { ':' };

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Chat with Viva in this terminal
    Console,
    /// Serve Discord and Telegram, with the bots' tokens in DISCORD_TOKEN and TELEGRAM_TOKEN
    ///
    /// DISCORD_API_URL sends requests to a proxy instead of discord.com; VIVA_SHARDS, such as 0-3/16, runs a
    /// part of the shards, so that several processes can share a database. TELEGRAM_API_URL
    /// names a Bot API server of your own instead of api.telegram.org; TELEGRAM_WEBHOOK_URL has Telegram post updates
    /// there instead of being asked for them, and Viva listens on TELEGRAM_WEBHOOK_LISTEN, 127.0.0.1:8080 if unset.
    Run,
    /// Say what is found in notes, and what is wrong with them
    ///
    /// Exit status: 0 without errors, 1 with errors, 2 for wrong usage.
    Check {
        /// Files and folders of notes
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Draw every formula, table and figure too, and say which are sent as text because they can't be drawn
        #[arg(long)]
        pictures: bool,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Find questions
    Search {
        /// What to look for, in any language
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// How many to print at most
        #[arg(long, value_name = "N", default_value_t = 5)]
        limit: usize,
        /// How to print them
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Print a question and its answer as a platform would get them
    Show {
        /// What to look for, in any language, or a question's id
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// For which platform
        #[arg(long = "for", value_enum, value_name = "PLATFORM", default_value_t = Platform::Console)]
        platform: Platform,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Write every picture of the question and its answer into this folder, instead of printing messages
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    /// Say whether Viva has what it needs: notes, a database, glyphs for pictures, tokens
    ///
    /// Exit status: 0 if it has, 1 if something is missing.
    Doctor,
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Platform {
    /// The terminal
    Console,
    /// Messages of Discord, as the program sends them
    Discord,
    /// Messages of Telegram that every app shows, as the program sends them
    Telegram,
    /// Rich messages of Telegram, for up-to-date apps
    TelegramRich,
}
