//! What goes wrong on request: refused and lost answers. Each mishap waits for the request it is meant for.

use std::time::Duration;

/// How long requests may be under way that were sent before the refusal of another arrived, in milliseconds.
const UNDER_WAY: i64 = 50;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mishap {
    /// It is refused with 429, and the same route stays shut as long as that says.
    /// <https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit>
    TooMany {
        /// How long to wait.
        wait: Duration,
        /// Whether the whole API is shut, not this route alone.
        global: bool,
    },
    /// It is answered with this status from 500 on, and nothing is done.
    Broken(u16),
    /// It is done, but the answer is lost: what comes back is a 502.
    AnswerLost,
    /// It is done, but the answer takes this long.
    Slow(Duration),
}

/// Mishaps that wait, and routes that are shut.
#[derive(Debug, Default)]
pub(super) struct Mishaps {
    planned: Vec<Planned>,
    shut: Vec<Shut>,
    /// Each of the next events is sent twice.
    pub(super) doubled: usize,
    /// The next interactions reach the program this late.
    pub(super) late: Vec<Duration>,
    /// The next attempts to resume are refused.
    pub(super) unresumable: usize,
}

#[derive(Debug)]
struct Planned {
    method: String,
    path: String,
    left: usize,
    mishap: Mishap,
}

#[derive(Debug)]
struct Shut {
    /// Method and path, or nothing where all is shut.
    route: Option<(String, String)>,
    since: i64,
    until: i64,
}

impl Mishaps {
    /// Plans a mishap for the next `times` requests with this method whose path contains `path`.
    pub(super) fn plan(&mut self, times: usize, method: &str, path: &str, mishap: Mishap) {
        let (method, path) = (method.to_owned(), path.to_owned());
        self.planned.push(Planned { method, path, left: times, mishap });
    }

    /// How long the route is still shut, in milliseconds, and whether the program can have heard of it.
    pub(super) fn shut(&self, method: &str, path: &str, now: i64) -> Option<(i64, bool)> {
        // Interactions are answered whatever the global limit:
        // https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
        let free = path.starts_with("/interactions/") || path.starts_with("/webhooks/");
        let meant = |shut: &&Shut| match &shut.route {
            Some((its_method, its_path)) => its_method == method && its_path == path,
            None => !free,
        };
        let left = self.shut.iter().filter(meant).filter(|shut| shut.until > now);
        left.map(|shut| (shut.until - now, now - shut.since > UNDER_WAY)).max()
    }

    /// The mishap that meets this request.
    pub(super) fn next(&mut self, method: &str, path: &str, now: i64) -> Option<Mishap> {
        let meant = |plan: &&mut Planned| plan.left > 0 && plan.method == method && path.contains(&plan.path);
        let plan = self.planned.iter_mut().find(meant)?;
        plan.left -= 1;
        if let Mishap::TooMany { wait, global } = plan.mishap {
            let route = (!global).then(|| (method.to_owned(), path.to_owned()));
            let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
            self.shut.push(Shut { route, since: now, until: now.saturating_add(wait) });
        }
        Some(plan.mishap)
    }
}
