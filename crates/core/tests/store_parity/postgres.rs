//! A PostgreSQL cluster for the time of a test run, on a Unix socket in a folder of its own.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};

use sqlx::{Connection, PgConnection};

/// A running server; it ends, and its folder goes, when the last test that uses it is done.
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    databases: AtomicU32,
}

impl Cluster {
    /// The cluster that all tests share while any of them runs.
    ///
    /// `None`, with a word about it, if the server is not installed.
    pub(crate) fn shared() -> Option<Arc<Self>> {
        static RUNNING: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut running = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(cluster) = running.upgrade() {
            return Some(cluster);
        }
        let Some(programs) = programs() else {
            let message =
                "PostgreSQL's initdb and postgres were not found (PATH, pg_config, /usr/lib/postgresql)";
            assert!(std::env::var_os("CI").is_none(), "{message}: in CI this test must not be skipped");
            eprintln!("SKIPPED on PostgreSQL: {message}");
            return None;
        };
        let cluster = Arc::new(Self::start(programs));
        *running = Arc::downgrade(&cluster);
        Some(cluster)
    }

    /// The address of a new, empty database.
    pub(crate) async fn database(&self) -> String {
        let name = format!("viva{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let host = self.folder.path().display().to_string().replace('/', "%2F");
        let address = |name: &str| format!("postgres://viva@{host}/{name}");
        let mut connection = PgConnection::connect(&address("postgres")).await.unwrap();
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        address(&name)
    }

    fn start(programs: PathBuf) -> Self {
        let folder = tempfile::Builder::new().prefix("viva-pg").tempdir_in("/tmp").unwrap();
        if is_root() {
            run(Command::new("chown").arg("nobody").arg(folder.path()));
        }
        let cluster = Self { folder, programs, databases: AtomicU32::new(0) };
        let trusting = ["-U", "viva", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"];
        run(cluster.program("initdb").args(trusting));
        let socket = cluster.folder.path().display();
        let options = format!("-k {socket} -c listen_addresses= -c fsync=off -c max_connections=200");
        run(cluster
            .program("pg_ctl")
            .args(["start", "-w", "-l"])
            .arg(cluster.folder.path().join("log"))
            .args(["-o", &options]));
        cluster
    }

    /// One of the server's programs, told where the data lies.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            // The server refuses to run as root.
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--clear-groups", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).arg("-D").arg(self.folder.path().join("data"));
        command
    }
}

impl Drop for Cluster {
    /// A panic passes here as well.
    fn drop(&mut self) {
        let stopped = self.program("pg_ctl").args(["stop", "-m", "fast"]).output();
        if !stopped.is_ok_and(|output| output.status.success()) {
            eprintln!("could not stop PostgreSQL in {}", self.folder.path().display());
        }
    }
}

/// The folder that `initdb` and `postgres` lie in.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let configured = Command::new("pg_config").arg("--bindir").output().ok();
    let configured = configured.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let mut installed: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    installed.sort();
    std::env::split_paths(&path)
        .chain(configured)
        .chain(installed.into_iter().rev())
        // Some are links to where all of them are.
        .filter_map(|folder| Some(folder.join("initdb").canonicalize().ok()?.parent()?.to_owned()))
        .find(|folder| folder.join("pg_ctl").is_file() && folder.join("postgres").is_file())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn run(command: &mut Command) {
    // Not piped: a server that was started would keep the pipe open.
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}
