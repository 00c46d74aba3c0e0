//! What the journeys share: the real binary, run with a store of its own.

// A whole server is one large JSON literal.
#![recursion_limit = "256"]
#![expect(clippy::panic, clippy::print_stderr, reason = "a test fails by panicking and says when it skips")]

pub mod discord;
pub mod telegram;
mod terminal;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

mod talk;

pub use talk::Talk;

/// The program as Cargo builds it.
static BINARY: LazyLock<PathBuf> = LazyLock::new(|| built(false));

/// Builds the program, as it is developed or as it is released, and says where it is.
///
/// # Panics
///
/// If it does not build.
#[must_use]
pub fn built(released: bool) -> PathBuf {
    let mut build = escargot::CargoBuild::new().package("viva").bin("viva");
    if released {
        build = build.release();
    }
    // What Cargo tells a test of its own package would make build scripts of dependencies run again.
    for (name, _) in std::env::vars_os() {
        let of_package = name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if of_package {
            build = build.env_remove(name);
        }
    }
    build.run().expect("the program builds").path().to_owned()
}

/// What decides about colours; a journey sets for itself what it needs.
const COLOUR: [&str; 5] = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "CI"];

/// A person's machine: a folder with a database in it.
pub struct Machine {
    folder: TempDir,
}

impl Default for Machine {
    fn default() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder") }
    }
}

impl Machine {
    /// The folder that everything of this machine lies in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// `viva` with `arguments`, on a database that lasts as long as the machine, not yet started.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*BINARY);
        command
            .args(arguments)
            .current_dir(self.folder())
            .env_remove("VIVA_BANK")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env_remove("DISCORD_TOKEN")
            .env_remove("TELEGRAM_TOKEN")
            .env("DATABASE_URL", format!("sqlite:{}", self.folder().join("viva.db").display()))
            .env("LANG", "en_GB.UTF-8")
            .env("USER", "ada")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in COLOUR {
            command.env_remove(name);
        }
        command
    }

    /// Runs `viva` with `arguments` and `input` to its end.
    #[must_use]
    pub fn viva(&self, arguments: &[&str], input: &str) -> Output {
        let mut running = self.command(arguments).spawn().expect("the program starts");
        let mut stdin = running.stdin.take().expect("its input is ours");
        // A program that ends early need not read what is left.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        running.wait_with_output().expect("the program ends")
    }

    /// What a talk in the console prints, which must end well.
    #[must_use]
    pub fn talk(&self, arguments: &[&str], input: &str) -> String {
        let output = self.viva(&[&["console"], arguments].concat(), input);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Starts a talk in the console that goes on line by line.
    #[must_use]
    pub fn begin_talk(&self, arguments: &[&str]) -> Talk {
        let mut command = self.command(&[&["console"], arguments].concat());
        Talk::with(command.env("RUST_LOG", "info").spawn().expect("the program starts"))
    }

    /// Starts `viva run` in an environment that names its platforms.
    #[must_use]
    pub fn serve(&self, environment: &[(&str, String)], arguments: &[&str]) -> Talk {
        let mut command = self.command(&[&["run"], arguments].concat());
        command.envs(environment.iter().map(|(name, value)| (*name, value)));
        Talk::with(command.env("RUST_LOG", "info,serenity=error").spawn().expect("the program starts"))
    }

    /// What a command prints as JSON, with its exit status.
    #[must_use]
    pub fn json(&self, arguments: &[&str]) -> (i32, serde_json::Value) {
        let output = self.viva(&[arguments, &["--format", "json"]].concat(), "");
        let value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        (output.status.code().unwrap_or(-1), value)
    }

    /// Writes a file of notes and gives its path.
    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("a folder");
        }
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    }
}

/// The folder of notes that are not ours, if `VIVA_SEEDS` names it; says so when it does not.
#[must_use]
pub fn seeds() -> Option<PathBuf> {
    let seeds = std::env::var_os("VIVA_SEEDS").map(PathBuf::from);
    match &seeds {
        Some(path) => assert!(path.is_dir(), "VIVA_SEEDS must be a folder of notes"),
        None if std::env::var_os("CI").is_some() => panic!("VIVA_SEEDS must be set where nothing may skip"),
        None => eprintln!("skipped: set VIVA_SEEDS to a folder of real notes to run this"),
    }
    seeds
}
