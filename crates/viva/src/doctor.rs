//! `viva doctor`: whether there is all that Viva needs, and how to mend what is missing.

use std::io::Write;
use std::process::ExitCode;

use viva_core::store::Store;

use crate::cli::Options;
use crate::platforms::Platforms;
use crate::{bank, database, pictures};

/// How many things that are sent as text are named.
const NAMED: usize = 5;

/// Looks at everything, and says what it finds; fails with status 1 if something keeps Viva from working.
pub(crate) async fn run(options: &Options, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut well = true;
    match bank::open(options) {
        Ok(bank) => {
            let (questions, files) = (bank.questions().len(), bank.decks().len());
            if questions == 0 {
                well = false;
                writeln!(out, "✗ notes: no question was found; `viva check` says why")?;
            } else {
                writeln!(out, "✓ notes: {questions} questions in {files} files")?;
            }
            let report = pictures::all(&bank, viva_discord::markdown::TABLE_WIDTH);
            match report.fell_back.len() {
                0 => writeln!(out, "✓ pictures: all {} can be drawn", report.drawn)?,
                fallen => {
                    writeln!(out, "! pictures: {} can be drawn, {fallen} are sent as text:", report.drawn)?;
                    for fallen in report.fell_back.iter().take(NAMED) {
                        writeln!(out, "    {fallen}")?;
                    }
                    if fallen > NAMED {
                        writeln!(out, "    … `viva check --pictures` names all")?;
                    }
                }
            }
        }
        Err(error) => {
            well = false;
            writeln!(out, "✗ notes: {error:#}")?;
        }
    }
    let opened = match database(options) {
        Ok(url) => Store::open(&url).await.map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    match opened {
        Ok(store) => {
            writeln!(out, "✓ database: open and up to date")?;
            store.close().await;
        }
        Err(error) => {
            well = false;
            writeln!(out, "✗ database: {error:#}")?;
        }
    }
    match Platforms::of_environment() {
        Ok(Some(platforms)) => {
            writeln!(out, "✓ chats: tokens are set for {}", platforms.names().join(" and "))?
        }
        Ok(None) => writeln!(
            out,
            "! chats: no token is set; `viva run` needs DISCORD_TOKEN or TELEGRAM_TOKEN, `viva console` none"
        )?,
        Err(error) => {
            well = false;
            writeln!(out, "✗ chats: {error:#}")?;
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
