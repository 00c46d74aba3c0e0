//! A stand-in Discord: HTTP and gateway on one loopback port, which the real program is run against.
//!
//! It sends whole events, records every request, refuses what Discord refuses, and misbehaves on request. A test reads
//! as a story: servers, members, what they do and what they see; at its end [`Discord::violations`] must be empty. It
//! promises nothing about rate limits that no test planned, voice, reactions, or what people write themselves.
//!
//! ```ignore
//! let discord = Discord::start().await;
//! let guild = discord.guild("Study");
//! let anna = guild.member("Anna");
//! // … the program starts, with `discord.url()` and `discord.token()` …
//! let card = anna.command(&guild.general(), "quiz", [("topic", "overfitting")]).await;
//! let verdict = anna.press(&card, &card.button("B")).await;
//! assert!(verdict.is_private());
//! assert_eq!(discord.violations(), [""; 0]);
//! ```

mod clock;
mod events;
mod gateway;
mod interaction;
mod message;
mod mishap;
mod refusal;
mod rest;
pub mod rules;
pub mod schema;
mod story;
mod world;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::serve::ListenerExt;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

pub use clock::Clock;
pub use gateway::Identified;
pub use mishap::Mishap;
pub use story::{Button, Channel, Guild, Member, Response};
pub use world::{File, Id, Request, permissions};

use world::{Shared, User, World};

/// How long a story waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running stand-in. It stops when it is dropped.
#[derive(Debug)]
pub struct Discord {
    shared: Arc<Shared>,
    server: AbortHandle,
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Discord {
    /// Starts a Discord where nobody is yet.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound").to_string();
        let shared = Arc::new(Shared::new(address, World::default()));
        let me = shared.id();
        let (username, display, locale) = ("viva".to_owned(), "Viva".to_owned(), "en-US".to_owned());
        {
            let mut world = shared.world();
            world.application = me;
            world.token = token(me);
            world.users.insert(me, User { id: me, username, display, locale, bot: true });
        }
        let router = rest::router(Arc::clone(&shared));
        // Like Discord's own servers, which keep no small packet back for a larger one.
        let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("a socket"));
        let server = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Self { shared, server }
    }

    /// Where REST lies: what a program gets as the address of the API.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The only token that is accepted.
    #[must_use]
    pub fn token(&self) -> String {
        self.shared.world().token.clone()
    }

    /// The application's id, which is the bot user's too.
    #[must_use]
    pub fn application(&self) -> Id {
        self.shared.world().application
    }

    /// The clock that tokens and nonces age by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// A new server with the program in it and a channel `general`; who is connected is told.
    #[must_use]
    pub fn guild(&self, name: &str) -> Guild {
        Guild::found(&self.shared, name, true)
    }

    /// A new server that the program was not installed to: people bring it along themselves.
    #[must_use]
    pub fn foreign_guild(&self, name: &str) -> Guild {
        Guild::found(&self.shared, name, false)
    }

    /// The commands that are registered, as they were sent back.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.shared.world().commands.clone()
    }

    /// Every request so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.shared.world().requests.clone()
    }

    /// The sessions that were begun and not replaced.
    #[must_use]
    pub fn sessions(&self) -> Vec<Identified> {
        self.shared.world().sessions.iter().map(|session| session.said.clone()).collect()
    }

    /// What is in the file that a message's attachment has as its `url`.
    #[must_use]
    pub fn file(&self, url: &str) -> Option<Vec<u8>> {
        let path = url.strip_prefix(&self.url())?;
        self.shared.world().files.get(path).cloned()
    }

    /// Waits until a program is connected and has registered its commands.
    ///
    /// # Panics
    ///
    /// When that takes longer than half a minute.
    pub async fn ready(&self) {
        self.until("a program connects and registers its commands", |discord| {
            let world = discord.shared.world();
            world.registered && world.attended(None)
        })
        .await;
    }

    /// Waits until `holds`.
    ///
    /// # Panics
    ///
    /// When that takes longer than half a minute; `what` says what did not happen.
    pub async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(start.elapsed() < PATIENCE, "in vain: {what}; violations: {:#?}", self.violations());
            self.shared.news(&self.shared.changed).await;
        }
    }

    /// Every rule that was broken so far, a sentence each; with `VIVA_SPECS` set, also every body that Discord's own
    /// schema refuses.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        let (mut violations, requests) = {
            let world = self.shared.world();
            (world.violations.clone(), world.requests.clone())
        };
        for request in requests.iter().filter(|request| !request.body.is_null()) {
            let faults = schema::check_discord(&request.method, &request.path, &request.body);
            violations.extend(
                faults.into_iter().map(|fault| format!("{} {}: {fault}", request.method, request.path)),
            );
        }
        violations
    }

    /// The violations so far, which are forgotten: for tests that provoke some.
    pub fn forgive(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.world().violations)
    }

    /// From here on messages may leave `allowed_mentions` out or mention people.
    pub fn tolerate_mentions(&self) {
        self.shared.world().mentions_tolerated = true;
    }

    /// Says that this many shards are right.
    pub fn recommend_shards(&self, shards: u32) {
        self.shared.world().recommended_shards = shards;
    }

    /// Refuses every file as too large from now on.
    pub fn takes_no_files(&self) {
        self.shared.world().takes_no_files = true;
    }

    /// Asks those who connect from now on for a heartbeat this often.
    pub fn heartbeat_every(&self, time: Duration) {
        let time = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.shared.heartbeat.store(time, Ordering::SeqCst);
    }

    /// Lets the next `times` requests with this method, whose path contains `path`, go wrong.
    pub fn misbehave(&self, times: usize, method: &str, path: &str, mishap: Mishap) {
        self.shared.world().mishaps.plan(times, method, path, mishap);
    }

    /// Breaks all gateway connections without a word. Events wait for those who resume.
    pub fn drop_sockets(&self) {
        self.shared.world().hang_up(None);
    }

    /// Closes all gateway connections with a code.
    pub fn close_sockets(&self, code: u16) {
        self.shared.world().hang_up(Some(code));
    }

    /// Asks all programs to connect anew.
    pub fn ask_to_reconnect(&self) {
        self.shared.world().ask_back();
    }

    /// Refuses the next attempt to resume: the session is invalid.
    pub fn refuse_resume(&self) {
        self.shared.world().mishaps.unresumable += 1;
    }

    /// Sends each of the next `events` twice.
    pub fn double_events(&self, events: usize) {
        self.shared.world().mishaps.doubled += events;
    }

    /// Lets the next interaction reach the program this late, while its time runs.
    pub fn delay_interaction(&self, time: Duration) {
        self.shared.world().mishaps.late.push(time);
    }
}

/// A token of the shape that Discord's have: the id in base 64, then what nobody can read.
/// <https://docs.discord.com/developers/reference#authentication>
fn token(id: Id) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut encoded = String::new();
    for bytes in id.to_string().as_bytes().chunks(3) {
        let bits =
            (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(bytes.get(at).copied().unwrap_or(0)));
        for at in 0..=bytes.len() {
            encoded.push(char::from(LETTERS[bits >> (18 - 6 * at) & 63]));
        }
    }
    format!("{encoded}.GstaNd.in-for-nothing-but-a-loopback-socket")
}
