//! What time it is for the stand-in: the machine's clock, which a test may push forward. Nothing here sleeps.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// The stand-in's clock. Interactions age by it, ids and time stamps are made from it.
#[derive(Debug, Default)]
pub struct Clock {
    ahead: AtomicI64,
}

impl Clock {
    /// Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        Timestamp::now().as_millisecond() + self.ahead.load(Ordering::SeqCst)
    }

    /// Lets `time` pass at once: tokens grow old, deadlines go by.
    pub fn advance(&self, time: Duration) {
        let step = i64::try_from(time.as_millis()).expect("a test does not outlive the century");
        self.ahead.fetch_add(step, Ordering::SeqCst);
    }

    /// The time as Discord writes it, such as `2026-01-02T03:04:05.678000+00:00`.
    #[must_use]
    pub fn stamp(&self) -> String {
        stamp(self.now())
    }
}

/// A time in Unix milliseconds as Discord writes it.
pub(super) fn stamp(milliseconds: i64) -> String {
    let time = Timestamp::from_millisecond(milliseconds).expect("a time that jiff knows");
    time.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
