//! Opens the bank that the command line names, and follows its changes while the program runs.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use viva_core::bank::Bank;
use viva_core::glossary::Glossary;
use viva_core::language::Language;
use viva_core::notes::{Code, Diagnostic, Severity};
use viva_core::texts::{Saying, Texts};
use viva_core::viva::Viva;

use crate::bundled;
use crate::cli::{Options, language};

/// How long a bank must be left alone before it is read again: editors write in several steps.
const CALM: Duration = Duration::from_millis(300);
/// How long it is waited for at the most.
const PATIENCE: Duration = Duration::from_secs(3);

/// Reads the bank that is named, or the bundled one; what is wrong with it goes to the log.
///
/// A bank is used with its errors at the start: there is no older one to keep.
pub(crate) fn open(options: &Options) -> anyhow::Result<Bank> {
    open_to_follow(options).map(|(bank, _)| bank)
}

/// The same with the errors that it has from the start.
pub(crate) fn open_to_follow(options: &Options) -> anyhow::Result<(Bank, Faults)> {
    if let Some(missing) = options.bank.iter().find(|path| !path.exists()) {
        let missing = missing.display().to_string();
        anyhow::bail!(Texts::of(language(options.language)).tell("bank-missing", [("path", missing.into())]));
    }
    let (bank, diagnostics) = read(&options.bank);
    log(&diagnostics);
    if bank.questions().is_empty() && !options.bank.is_empty() {
        tracing::warn!("no question was found in this bank; `viva check` says why");
    }
    Ok((bank, faults(&diagnostics)))
}

/// The errors of a bank, wherever in their files they are now.
type Faults = HashSet<(String, Code, Saying)>;

fn faults(diagnostics: &[Diagnostic]) -> Faults {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|error| (error.path.clone(), error.code, error.message.clone())).collect()
}

fn read(paths: &[PathBuf]) -> (Bank, Vec<Diagnostic>) {
    if paths.is_empty() { bundled::bank(Glossary::bundled()) } else { Bank::open(paths, Glossary::bundled()) }
}

/// What is wrong with a bank, in the language of the log.
fn log(diagnostics: &[Diagnostic]) {
    let told = |diagnostic: &Diagnostic| diagnostic.told(Texts::of(Language::En));
    for diagnostic in diagnostics {
        match diagnostic.severity {
            Severity::Error => tracing::error!("{}", told(diagnostic)),
            Severity::Warning => tracing::info!("{}", told(diagnostic)),
            Severity::Note => tracing::debug!("{}", told(diagnostic)),
        }
    }
}

/// Keeps a bank followed for as long as it lives.
pub(crate) struct Watch {
    _watcher: Option<RecommendedWatcher>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads the bank again whenever its files change, and on SIGHUP where there are signals.
pub(crate) fn watch(options: &Options, viva: &Arc<Viva>, faults: Faults) -> Option<Watch> {
    if options.bank.is_empty() {
        return None;
    }
    let (changed, changes) = mpsc::channel(1);
    let watcher = watcher(&options.bank, changed.clone())
        .inspect_err(|error| {
            tracing::warn!("changes of the bank are not followed: {error}; send SIGHUP to read it again")
        })
        .ok();
    let task = tokio::spawn(follow(options.bank.clone(), Arc::clone(viva), faults, changes, changed));
    Some(Watch { _watcher: watcher, task })
}

fn watcher(paths: &[PathBuf], changed: mpsc::Sender<()>) -> notify::Result<RecommendedWatcher> {
    let banks = paths.to_vec();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let concerns = |event: notify::Event| {
            !event.kind.is_access() && event.paths.iter().any(|path| is_of(path, &banks))
        };
        if event.is_ok_and(concerns) {
            // A full channel already says that something changed.
            let _ = changed.try_send(());
        }
    })?;
    for path in paths {
        // An editor replaces a file by another: only its folder sees that.
        let (watched, mode) = if path.is_file() {
            (path.parent().filter(|parent| !parent.as_os_str().is_empty()), RecursiveMode::NonRecursive)
        } else {
            (Some(path.as_path()), RecursiveMode::Recursive)
        };
        watcher.watch(watched.unwrap_or(".".as_ref()), mode)?;
    }
    Ok(watcher)
}

/// Whether a file that changed may be of one of the banks: a database beside the notes is not, a folder is.
fn is_of(path: &Path, banks: &[PathBuf]) -> bool {
    let is_notes = |path: &Path| {
        path.extension()
            .is_none_or(|extension| ["md", "markdown", "txt"].iter().any(|known| extension == *known))
    };
    banks
        .iter()
        .any(|bank| if bank.is_file() { bank.file_name() == path.file_name() } else { is_notes(path) })
}

/// Replaces the bank after each change, once the files have been calm for a moment.
async fn follow(
    paths: Vec<PathBuf>,
    viva: Arc<Viva>,
    mut known: Faults,
    mut changes: mpsc::Receiver<()>,
    changed: mpsc::Sender<()>,
) {
    #[cfg(unix)]
    tokio::spawn(async move {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut hangups) = signal(SignalKind::hangup()) {
            while hangups.recv().await.is_some() {
                let _ = changed.try_send(());
            }
        }
    });
    #[cfg(not(unix))]
    drop(changed);
    while changes.recv().await.is_some() {
        let patience = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < patience
            && let Ok(Some(())) = tokio::time::timeout(CALM, changes.recv()).await
        {}
        let paths = paths.clone();
        let Ok((bank, diagnostics)) = tokio::task::spawn_blocking(move || read(&paths)).await else {
            continue;
        };
        log(&diagnostics);
        // What was wrong from the start keeps nothing else from being mended.
        let faults = faults(&diagnostics);
        if !faults.is_subset(&known) || bank.questions().is_empty() {
            tracing::error!(
                "the changed bank has new errors, so the old one stays; mend them and save again"
            );
        } else {
            known = faults;
            tracing::info!(questions = bank.questions().len(), "the bank was read again");
            viva.replace_bank(bank);
        }
    }
}
