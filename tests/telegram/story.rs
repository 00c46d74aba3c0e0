//! What a test says and asks: Telegram, its chats, the people in them and what the bot sends.
//!
//! Whoever waits here waits ten seconds of real time and then fails the test with what did happen.

pub mod chat;
pub mod member;
pub mod sent;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

use self::chat::ChatRoom;
use self::member::Member;
use super::clock::Clock;
use super::faults::Fault;
use super::methods::canonical;
use super::schema;
use super::server::{self, Shared};
use super::world::chat::{Chat, Closed, Kind, Person, Standing};
use super::world::{BOT, Request, World};

/// How long a test waits for the bot.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The token that the bot must have.
pub const TOKEN: &str = "7000000001:AAE-stand-in_token-of-no-use-anywhere0";

/// Telegram, as long as the test needs it.
pub struct Telegram {
    pub(super) shared: Arc<Shared>,
    port: u16,
    _stop: oneshot::Sender<()>,
}

impl Telegram {
    /// Starts a server in which nobody has an account yet.
    pub async fn start() -> Self {
        let shared = Arc::new(Shared::new(TOKEN));
        let (port, stop) = server::start(Arc::clone(&shared));
        tokio::task::yield_now().await;
        Self { shared, port, _stop: stop }
    }

    /// What the program is given as `TELEGRAM_API_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What the program is given as `TELEGRAM_TOKEN`.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.shared.token
    }

    /// The clock by which polls close and floods are counted.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// A group in which the bot is a member.
    #[must_use]
    pub fn group(&self, title: &str) -> ChatRoom {
        self.chat(Kind::Group, title)
    }

    /// A supergroup in which the bot is a member.
    #[must_use]
    pub fn supergroup(&self, title: &str) -> ChatRoom {
        self.chat(Kind::Supergroup, title)
    }

    /// A forum in which the bot is a member.
    #[must_use]
    pub fn forum(&self, title: &str) -> ChatRoom {
        self.chat(Kind::Forum, title)
    }

    /// A channel that the bot administers.
    #[must_use]
    pub fn channel(&self, title: &str) -> ChatRoom {
        self.chat(Kind::Channel, title)
    }

    fn chat(&self, kind: Kind, title: &str) -> ChatRoom {
        let mut world = self.shared.world();
        let number = world.fresh();
        let id = if kind == Kind::Group { -4_000_000 - number } else { -1_002_000_000_000 - number };
        let mut chat = Chat::new(id, kind, title);
        let standing = if kind == Kind::Channel { Standing::Administrator } else { Standing::Member };
        chat.members.insert(BOT, standing);
        world.chats.insert(id, chat);
        ChatRoom { shared: Arc::clone(&self.shared), id, thread: None }
    }

    /// Somebody with a telephone, in a private chat with the bot that nobody began yet.
    #[must_use]
    pub fn person(&self, name: &str) -> Member {
        let id = newcomer(&mut self.shared.world(), name);
        Member { shared: Arc::clone(&self.shared), id, chat: id, thread: None }
    }

    /// Lets the next call of `method` go wrong; `*` stands for any but `getUpdates`.
    pub fn fails(&self, method: &str, fault: Fault) {
        self.shared.world().faults.add(method, fault);
    }

    /// Whether floods are refused, which they are not from the start.
    pub fn limits_floods(&self, on: bool) {
        self.shared.world().switches.floods = on;
    }

    /// Whether `sendRichMessage` exists, which it does from the start.
    pub fn knows_rich_messages(&self, on: bool) {
        self.shared.world().switches.rich = on;
    }

    /// Whether the bot sees in groups only what is meant for it, which it does from the start.
    pub fn privacy_mode(&self, on: bool) {
        self.shared.world().switches.privacy = on;
    }

    /// Whether each update is delivered twice from now on.
    pub fn delivers_twice(&self, on: bool) {
        self.shared.world().switches.twice = on;
    }

    /// Forgets all files, as Telegram may at any time: their ids mean nothing from now on.
    pub fn forgets_files(&self) {
        let mut world = self.shared.world();
        let ids: Vec<String> = world.files.drain().map(|(id, _)| id).collect();
        world.forgotten.extend(ids);
    }

    /// Whether pictures on the web can't be fetched, which they can from the start.
    pub fn is_offline(&self, on: bool) {
        self.shared.world().switches.offline = on;
    }

    /// Delivers the newest update once more, under its old number.
    pub fn repeats_the_last_update(&self) {
        let mut world = self.shared.world();
        let update = world.queue.newest().expect("an update that still waits");
        world.queue.repeat(update);
        drop(world);
        self.shared.wake();
    }

    /// Delivers an update of any kind. Kinds that begin with `unknown` come without being asked for.
    pub fn delivers(&self, kind: &str, body: Value) {
        self.shared.world().tell(kind, body);
        self.shared.wake();
    }

    /// Breaks all connections and lets nobody in.
    pub fn goes_down(&self) {
        self.shared.shut.store(true, Ordering::SeqCst);
        self.shared.wake();
    }

    /// Comes back on the same port, with everything as it was.
    pub fn comes_back(&self) {
        self.shared.shut.store(false, Ordering::SeqCst);
    }

    /// Every request but `getUpdates`, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.shared.world().requests.clone()
    }

    /// The requests of one method.
    #[must_use]
    pub fn calls(&self, method: &str) -> Vec<Request> {
        let named = |request: &&Request| request.method.eq_ignore_ascii_case(method);
        self.shared.world().requests.iter().filter(named).cloned().collect()
    }

    /// How many messages were refused for coming too fast.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.shared.world().refused
    }

    /// The commands that were registered for a scope, such as `all_private_chats`, and a language.
    #[must_use]
    pub fn commands(&self, scope: &str, language: &str) -> Vec<String> {
        let world = self.shared.world();
        let list = world.commands.get(&(scope.to_owned(), language.to_owned()));
        let list = list.and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|command| command["command"].as_str()).map(ToOwned::to_owned).collect()
    }

    /// Where updates were asked to be posted, with `secret_token` and all.
    #[must_use]
    pub fn webhook(&self) -> Option<Value> {
        self.shared.world().queue.webhook.clone()
    }

    /// Waits until the bot asks for updates.
    pub async fn bot_is_there(&self) {
        self.shared.until("the bot to ask for updates", |world| (world.queue.polls > 0).then_some(())).await;
    }

    /// Waits until the bot has confirmed everything that it was sent.
    pub async fn bot_has_seen_all(&self) {
        self.shared
            .until("all updates to be confirmed", |world| (world.queue.waiting() == 0).then_some(()))
            .await;
    }

    /// Waits until `method` was called and answered `count` times in all.
    pub async fn called(&self, method: &str, count: usize) -> Vec<Request> {
        let what = format!("{count} calls of {method}");
        let name = canonical(method).expect("a method of the stand-in");
        let enough = |world: &mut World| {
            let answered = world.answered.get(name).copied().unwrap_or_default();
            (answered >= count).then_some(())
        };
        self.shared.until(&what, enough).await;
        self.calls(method)
    }

    /// Pressed buttons that the bot has not answered.
    #[must_use]
    pub fn unanswered(&self) -> usize {
        self.shared.world().presses.values().filter(|press| press.answer.is_none()).count()
    }

    /// All that the bot did and Telegram or its documentation forbids; a good bot's list is empty.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        let world = self.shared.world();
        let mut violations = world.violations.clone();
        let mut seen = std::collections::HashSet::new();
        for request in &world.requests {
            let checked = schema::check_telegram(&request.method, &request.body);
            violations.extend(checked.into_iter().filter(|complaint| seen.insert(complaint.clone())));
        }
        violations
    }
}

/// Adds a person, who has a private chat with the bot that is not begun.
pub(super) fn newcomer(world: &mut World, name: &str) -> i64 {
    let id = 500_000_000 + world.fresh();
    let person = Person { first: name.to_owned(), last: None, username: None, language: "en".to_owned() };
    world.people.insert(id, person);
    let mut chat = Chat::new(id, Kind::Private, name);
    chat.members.insert(BOT, Standing::Member);
    chat.members.insert(id, Standing::Member);
    chat.closed = Some(Closed::Unstarted);
    world.chats.insert(id, chat);
    id
}

impl Shared {
    /// Waits until `look` finds what it looks for.
    pub(super) async fn until<T>(&self, what: &str, mut look: impl FnMut(&mut World) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut changed = self.changed.subscribe();
        loop {
            if let Some(found) = look(&mut self.world()) {
                return found;
            }
            if timeout_at(deadline, changed.changed()).await.is_err() {
                let world = self.world();
                let calls = world
                    .requests
                    .iter()
                    .rev()
                    .take(8)
                    .map(|r| json!([r.method, r.body, r.status]).to_string());
                let calls: Vec<String> = calls.collect();
                panic!(
                    "waited for {what} in vain; violations: {:#?}; last calls: {calls:#?}",
                    world.violations
                );
            }
        }
    }
}
