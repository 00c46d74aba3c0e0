//! The command line: what it accepts and what it says about itself, in the reader's language.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use viva_core::language::Language;
use viva_core::texts::Texts;

// What follows has no words of its own: `command` takes them from the locales.

#[derive(Debug, Parser)]
#[command(name = "viva", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Debug, Args)]
pub(crate) struct Options {
    #[arg(long, global = true, value_name = "PATH", env = "VIVA_BANK", value_delimiter = PATHS, value_parser = path())]
    pub(crate) bank: Vec<PathBuf>,

    #[arg(long, global = true, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    pub(crate) database: Option<String>,

    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) language: Option<Language>,
}

/// What stands between the paths of `VIVA_BANK`, as in PATH.
const PATHS: char = if cfg!(windows) { ';' } else { ':' };

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Console,
    Run,
    Check {
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[arg(long)]
        pictures: bool,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    Search {
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        #[arg(long, value_name = "N", default_value_t = 5, value_parser = at_least_one)]
        limit: usize,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    Show {
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        #[arg(long = "for", value_enum, value_name = "PLATFORM", default_value_t = Platform::Console)]
        platform: Platform,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Where pictures are written, instead of messages being printed.
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    Doctor,
    Completions {
        shell: clap_complete::Shell,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Platform {
    Console,
    Discord,
    Telegram,
    TelegramRich,
}

/// Reads a path, even an empty one.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// Reads a number of things to print.
fn at_least_one(given: &str) -> Result<usize, String> {
    given.parse().ok().filter(|limit| *limit > 0).ok_or_else(|| "a number from 1 on is needed".to_owned())
}

/// Reads the command line; ends the program if it asks for help or can't be used.
pub(crate) fn read() -> Cli {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let texts = Texts::of(language(named(&arguments)));
    let mut command = command(texts);
    let matches = command.get_matches_mut();
    let mut cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit());
    // A variable that is set to nothing is not set.
    cli.options.bank.retain(|path| !path.as_os_str().is_empty());
    cli.options.database = cli.options.database.filter(|url| !url.is_empty());
    cli
}

/// The language that is asked for, or that of the system.
pub(crate) fn language(asked_for: Option<Language>) -> Language {
    let of_system = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .and_then(|value| value.parse().ok())
    };
    asked_for.or_else(of_system).unwrap_or_default()
}

/// The language that arguments name, which is needed before all of them are understood: in what can't be, too.
fn named(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--language") {
            Some("") => return arguments.next()?.parse().ok(),
            Some(rest) => return rest.strip_prefix('=')?.parse().ok(),
            None => {}
        }
    }
    None
}

/// What the command line accepts, with its words in one language.
pub(crate) fn command(texts: &Texts) -> clap::Command {
    let names: Vec<_> =
        Cli::command().get_subcommands().map(|subcommand| subcommand.get_name().to_owned()).collect();
    let version = worded(Arg::new("version").short('V').long("version").action(ArgAction::Version), texts);
    let command = Cli::command().disable_version_flag(true);
    let command =
        described(command, "cli", texts).subcommand_help_heading(texts.say("cli-commands")).arg(version);
    let mut command = names.into_iter().fold(command, |command, name| {
        let key = format!("cli-{name}");
        command.mut_subcommand(name, |subcommand| described(subcommand, &key, texts))
    });
    // `help` is there only once all is built.
    command.build();
    if let Some(help) = command.find_subcommand_mut("help") {
        *help = std::mem::take(help).about(texts.say("cli-help"));
    }
    command
}

fn described(command: clap::Command, key: &str, texts: &Texts) -> clap::Command {
    let (about, more) = (texts.say(key), texts.say(&format!("{key}-more")));
    let long = if more.is_empty() { about.clone() } else { format!("{about}\n\n{more}") };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let command = command
        .about(about)
        .long_about(long)
        .help_template(texts.say("cli-template"))
        .disable_help_flag(true);
    command.mut_args(|argument| worded(argument, texts)).arg(worded(help, texts))
}

fn worded(argument: Arg, texts: &Texts) -> Arg {
    let heading = texts.say(if argument.is_positional() { "cli-arguments" } else { "cli-options" });
    let key = format!("cli-argument-{}", argument.get_id());
    let argument = argument.help_heading(heading).help(texts.say(&key));
    // Defaults, values and variables are named in the help, where they are in the reader's language.
    match argument.get_action() {
        ArgAction::Set | ArgAction::Append => {
            argument.hide_possible_values(true).hide_default_value(true).hide_env(true)
        }
        _ => argument,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_described_in_both_languages() {
        for language in [Language::En, Language::Zh] {
            let command = command(Texts::of(language));
            let described = |command: &clap::Command| {
                let mut help = command.clone().render_long_help().to_string();
                help += &command.clone().render_help().to_string();
                assert!(!help.contains("cli-"), "{help}");
                help
            };
            let mut whole = described(&command);
            let subcommands = command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help");
            subcommands.for_each(|subcommand| whole += &described(subcommand));
            let english = ["Usage", "Options", "Print", "default:", "possible", "env:"];
            if language == Language::Zh {
                assert!(english.iter().all(|word| !whole.contains(word)), "{whole}");
            }
        }
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let of = |line: &str| named(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("viva --language zh run"), Some(Language::Zh));
        assert_eq!(of("viva run --language=en"), Some(Language::En));
        assert_eq!(of("viva run --nonsense"), None);
    }
}
