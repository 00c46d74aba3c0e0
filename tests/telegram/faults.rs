//! What goes wrong on request: refusals, broken connections and answers that get lost.

use std::collections::VecDeque;
use std::time::Duration;

/// One thing that goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 429: wait this many seconds.
    TooMany(i64),
    /// 500: nothing was done.
    ServerError,
    /// Any refusal, with its status and its description.
    Refused(u16, String),
    /// The connection breaks before anything is done.
    Dropped,
    /// What was asked is done, and the connection breaks before the answer.
    Lost,
    /// The answer takes this long.
    Slow(Duration),
}

/// Faults that wait for their requests.
#[derive(Debug, Default)]
pub struct Faults {
    waiting: VecDeque<(String, Fault)>,
}

impl Faults {
    /// Lets the next call of `method` go wrong; `*` stands for any but `getUpdates`.
    pub fn add(&mut self, method: &str, fault: Fault) {
        self.waiting.push_back((method.to_ascii_lowercase(), fault));
    }

    /// What shall go wrong with this call.
    pub fn take(&mut self, method: &str) -> Option<Fault> {
        let method = method.to_ascii_lowercase();
        let meant = |wanted: &str| wanted == method || (wanted == "*" && method != "getupdates");
        let at = self.waiting.iter().position(|(wanted, _)| meant(wanted))?;
        self.waiting.remove(at).map(|(_, fault)| fault)
    }
}
