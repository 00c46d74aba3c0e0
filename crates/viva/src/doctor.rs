//! `viva doctor`: whether there is all that Viva needs, and how to mend what is missing.

use std::io::Write;
use std::process::ExitCode;

use viva_core::store::Store;
use viva_core::texts::Texts;

use crate::cli::Options;
use crate::console::paint::harmless;
use crate::platforms::Platforms;
use crate::{bank, database, pictures};

/// How many things that are sent as text are named.
const NAMED: usize = 5;

/// Looks at everything, and says what it finds; fails with status 1 if something keeps Viva from working.
pub(crate) async fn run(options: &Options, texts: &Texts, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut well = true;
    match bank::open(options) {
        Ok(bank) => {
            let (questions, files) = (bank.questions().len(), bank.decks().len());
            if questions == 0 {
                well = false;
                writeln!(out, "✗ {}", texts.say("doctor-no-question"))?;
            } else {
                let counts = [("questions", questions.into()), ("files", files.into())];
                writeln!(out, "✓ {}", texts.tell("doctor-notes", counts))?;
            }
            let report = pictures::all(&bank, viva_discord::markdown::TABLE_WIDTH, texts);
            let counts = [("drawn", report.drawn.into()), ("fallen", report.fell_back.len().into())];
            if report.fell_back.is_empty() {
                writeln!(out, "✓ {}", texts.tell("doctor-pictures", counts))?;
            } else {
                writeln!(out, "! {}", texts.tell("doctor-fallen", counts))?;
            }
            for fallen in report.fell_back.iter().take(NAMED) {
                writeln!(out, "    {}", harmless(&fallen.told(texts)))?;
            }
            if report.fell_back.len() > NAMED {
                writeln!(out, "    {}", texts.say("doctor-more-fallen"))?;
            }
        }
        Err(error) => {
            well = false;
            writeln!(
                out,
                "✗ {}",
                texts.tell("doctor-notes-failed", [("error", format!("{error:#}").into())])
            )?;
        }
    }
    let opened = match database(options) {
        Ok(url) => Store::open(&url).await.map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    match opened {
        Ok(store) => {
            writeln!(out, "✓ {}", texts.say("doctor-database"))?;
            store.close().await;
        }
        Err(error) => {
            well = false;
            let error = format!("{error:#}");
            writeln!(out, "✗ {}", texts.tell("doctor-database-failed", [("error", error.into())]))?;
        }
    }
    match Platforms::of_environment() {
        Ok(Some(platforms)) => {
            let names = platforms.names().join(&texts.say("doctor-and"));
            writeln!(out, "✓ {}", texts.tell("doctor-tokens", [("platforms", names.into())]))?;
        }
        Ok(None) => writeln!(out, "! {}", texts.say("doctor-no-token"))?,
        Err(error) => {
            well = false;
            let error = format!("{error:#}");
            writeln!(out, "✗ {}", texts.tell("doctor-tokens-failed", [("error", error.into())]))?;
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
