//! The program `viva`: command line, configuration, wiring and the console.

mod bank;
mod bundled;
mod check;
mod cli;
mod console;
mod doctor;
mod pictures;
mod platforms;
mod search;
mod show;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anstream::AutoStream;
use anyhow::Context;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tracing_subscriber::EnvFilter;
use viva_core::glossary::Glossary;
use viva_core::store::{Account, Place, Store};
use viva_core::texts::Texts;
use viva_core::viva::{Here, Viva};

use bank::Watch;
use cli::{Cli, Command, Options, language};
use console::Console;
use console::paint::Painter;
use platforms::Platforms;

/// Wrong usage, as `clap` has it.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let cli = cli::read();
    log_for(&cli.command);
    match run(cli) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "viva: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What is logged, to stderr: who runs a service wants to see it come up, and when; who chats does not.
fn log_for(command: &Command) {
    let serves = matches!(command, Command::Run);
    // The program says itself what SQLite refuses.
    let usual = if serves { "warn,viva=info,viva_discord=info,viva_telegram=info" } else { "warn,sqlx=off" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    if serves {
        log.init();
    } else {
        log.without_time().with_level(false).init();
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    // Whether there are colours is decided by who draws; this readies a terminal that needs it.
    let mut out = AutoStream::always_ansi(std::io::stdout().lock());
    let texts = Texts::of(language(cli.options.language));
    match cli.command {
        Command::Check { paths, pictures, format } => check::run(&paths, pictures, format, texts, &mut out),
        Command::Search { query, limit, format } => search::run(
            &bank::open(&cli.options)?,
            &query.join(" "),
            limit,
            format,
            language(cli.options.language),
            &mut out,
        ),
        Command::Show { query, platform, format, out: folder } => {
            let bank = bank::open(&cli.options)?;
            let (query, wanted) = (query.join(" "), (cli.options.language, texts));
            show::run(&bank, &query, platform, format, wanted, folder.as_deref(), &mut out)
        }
        Command::Doctor => {
            tokio::runtime::Runtime::new()?.block_on(doctor::run(&cli.options, texts, &mut out))
        }
        Command::Completions { shell } => {
            // Written as a whole: the generator takes a reader that has gone for a fault of its own.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut cli::command(texts), "viva", &mut script);
            out.write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Run => {
            drop(out);
            let Some(platforms) = Platforms::of_environment()? else {
                let _ = writeln!(std::io::stderr(), "viva: {}", texts.say("nothing-to-serve"));
                return Ok(ExitCode::from(USAGE));
            };
            tokio::runtime::Runtime::new()?.block_on(serve(&cli.options, platforms))
        }
        Command::Console => {
            drop(out);
            tokio::runtime::Runtime::new()?.block_on(chat(&cli.options))
        }
    }
}

/// Serves the chat platforms until a signal ends the program.
async fn serve(options: &Options, platforms: Platforms) -> anyhow::Result<ExitCode> {
    let (viva, _watch) = open(options).await?;
    platforms.serve(&viva, stop()).await?;
    viva.store().close().await;
    Ok(ExitCode::SUCCESS)
}

/// Resolves when the program is told to end.
async fn stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = term.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The bank and the store, put to work, and the bank followed.
async fn open(options: &Options) -> anyhow::Result<(Arc<Viva>, Option<Watch>)> {
    let store = Store::open(&database(options)?).await?;
    let (bank, faults) = bank::open_to_follow(options)?;
    let viva = Arc::new(Viva::new(bank, store, Glossary::bundled()));
    let watch = bank::watch(options, &viva, faults);
    Ok((viva, watch))
}

/// Where answers are kept.
fn database(options: &Options) -> anyhow::Result<String> {
    match &options.database {
        Some(url) => Ok(url.clone()),
        None => default_database(Texts::of(language(options.language))),
    }
}

async fn chat(options: &Options) -> anyhow::Result<ExitCode> {
    let (viva, _watch) = open(options).await?;

    let name =
        std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "me".to_owned());
    let terminal = Place { platform: "console", id: "local" };
    let account = Account { at: terminal, name: &name };
    let here = viva.meet(account, terminal, terminal, language(options.language)).await?;
    let here = Here { language: options.language.unwrap_or(here.language), ..here };

    let interactive = console::is_interactive();
    let painter = Painter::stdout(here.language);
    let rng = StdRng::from_rng(&mut rand::rng());
    let out = AutoStream::always_ansi(std::io::stdout());
    Console::new(Arc::clone(&viva), here, painter, rng, out).run(interactive).await?;
    viva.store().close().await;
    Ok(ExitCode::SUCCESS)
}

/// An SQLite file in the person's data folder, which is made if it is not there.
fn default_database(texts: &Texts) -> anyhow::Result<String> {
    let folders = directories::ProjectDirs::from("", "", "viva").with_context(|| texts.say("no-home"))?;
    let folder: PathBuf = folders.data_dir().to_owned();
    let named = || [("path", folder.display().to_string().into())];
    std::fs::create_dir_all(&folder).with_context(|| texts.tell("no-data-folder", named()))?;
    Ok(format!("sqlite:{}", folder.join("viva.db").display()))
}

/// Whether the reader of our output has gone, as in `viva check … | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
