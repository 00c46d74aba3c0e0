//! The program as it is released, and what it uses of the machine.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::Connection;
use tempfile::TempDir;

/// The running program.
pub(crate) struct Program {
    child: Child,
    folder: TempDir,
    pub(crate) started: Instant,
}

impl Program {
    /// Starts `viva run` on a new database.
    pub(crate) fn start(environment: &[(&str, String)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let mut command = Command::new(viva_tests::built(true));
        command
            .arg("run")
            .env_remove("VIVA_BANK")
            .env("DATABASE_URL", format!("sqlite:{}", folder.path().join("viva.db").display()))
            .env("RUST_LOG", "warn")
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null());
        let started = Instant::now();
        Self { child: command.spawn().expect("the program starts"), folder, started }
    }

    /// Processor time so far, of all its threads.
    pub(crate) fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks: u64 =
            after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
        // Linux counts in hundredths of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
        Duration::from_millis(ticks * 10)
    }

    /// Resident memory, and how much of it is the program's own: the rest is what was read of its file, which the
    /// system may drop.
    pub(crate) fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let mebibytes = |name| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
        };
        format!("{:.1} MiB resident, {:.1} of them its own", mebibytes("VmRSS:"), mebibytes("RssAnon:"))
    }

    /// How many answers lie in its database.
    pub(crate) async fn attempts(&self) -> usize {
        let url = format!("sqlite:{}", self.folder.path().join("viva.db").display());
        let mut database = sqlx::SqliteConnection::connect(&url).await.expect("the database");
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM attempts")
            .fetch_one(&mut database)
            .await
            .expect("a count");
        usize::try_from(count).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
