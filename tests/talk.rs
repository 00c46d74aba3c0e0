//! A talk with the running program, line by line.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// How long a reply may take before it counts as missing.
const PATIENCE: Duration = Duration::from_secs(20);

/// A console that waits for the next line; it is ended with the talk.
pub struct Talk {
    program: Child,
    input: ChildStdin,
    output: Receiver<String>,
}

impl Talk {
    pub(crate) fn with(mut program: Child) -> Self {
        let input = program.stdin.take().expect("its input is ours");
        let (sender, output) = channel();
        listen(program.stdout.take().expect("its output is ours"), sender.clone());
        listen(program.stderr.take().expect("its log is ours"), sender);
        Self { program, input, output }
    }

    /// The number of its process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.program.id()
    }

    /// Says a line.
    pub fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").expect("the program listens");
    }

    /// Waits until a line that holds `words` is printed or logged.
    pub fn hear(&self, words: &str) {
        let (patience, mut heard) = (Instant::now() + PATIENCE, String::new());
        while let Ok(line) = self.output.recv_timeout(patience.saturating_duration_since(Instant::now())) {
            if line.contains(words) {
                return;
            }
            heard += &line;
            heard.push('\n');
        }
        panic!("{words:?} was not heard, but\n{heard}");
    }
}

impl Talk {
    /// Tells the program to end, and waits for its exit status.
    #[cfg(unix)]
    pub fn stop(mut self) -> Option<i32> {
        let term = std::process::Command::new("kill").args(["-TERM", &self.process().to_string()]).status();
        assert!(term.expect("kill runs").success(), "the program has ended before");
        self.ends()
    }

    /// Waits for the end of a program that ends by itself.
    pub fn ends(&mut self) -> Option<i32> {
        let patience = Instant::now() + PATIENCE;
        while Instant::now() < patience {
            if let Some(status) = self.program.try_wait().expect("its status") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Passes on lines as they come.
fn listen(from: impl Read + Send + 'static, to: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if to.send(line).is_err() {
                break;
            }
        }
    });
}
