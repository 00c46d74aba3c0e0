//! Telegram: commands, presses and votes by long polling, answered by the methods of the Bot API.
//!
//! A vote has no answer; that it was taken shows in the database, which is waited for at the end.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::post;
use axum::serve::ListenerExt;
use axum::{Json, Router};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use super::book::{Book, Done, percentile};
use super::program::Program;

/// How many members there are.
const MEMBERS: u64 = 10_000;
/// How many updates wait for their answers at full speed.
const UNDER_WAY: usize = 256;
/// How long full speed lasts.
const FULL_SPEED: Duration = Duration::from_secs(10);
/// How many updates come at a hundred a second.
const AT_LEISURE: u32 = 1_500;
/// The pause between them.
const PAUSE: Duration = Duration::from_millis(10);
/// Updates that `getUpdates` gives at once. <https://core.telegram.org/bots/api#getupdates>
const AT_ONCE: usize = 100;
/// The id of the first chat.
const CHATS: i64 = -1_002_000_000_000;

struct Shared {
    book: Book,
    updates: Mutex<Vec<(u64, String)>>,
    come: Notify,
    asked: Notify,
    next: AtomicU64,
}

/// Runs the program and reports.
pub(crate) async fn run() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (book, mut answered) = Book::new();
    let shared = Arc::new(Shared {
        book,
        updates: Mutex::default(),
        come: Notify::new(),
        asked: Notify::new(),
        next: AtomicU64::new(1),
    });
    let router = Router::new().route("/{bot}/{method}", post(method)).with_state(Arc::clone(&shared));
    // Like the platform's own servers, which keep no small packet back for a larger one.
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("a socket"));
    tokio::spawn(axum::serve(listener, router).into_future());

    let bank = TempDir::new().expect("a temporary folder");
    let notes: String = (0..20).map(notes).collect();
    std::fs::write(bank.path().join("notes.md"), notes).expect("a file");
    let program = Program::start(&[
        ("TELEGRAM_TOKEN", "7000000001:AAE-load_token-of-no-use-anywhere0000".to_owned()),
        ("TELEGRAM_API_URL", url),
        ("VIVA_BANK", bank.path().display().to_string()),
    ]);
    shared.asked.notified().await;
    println!(
        "Telegram: start to the first getUpdates {:.0} ms",
        program.started.elapsed().as_secs_f64() * 1e3
    );
    tokio::time::sleep(Duration::from_secs(2)).await;
    println!("  idle: {}", program.memory());

    let mut crowd = Crowd {
        shared,
        rng: StdRng::seed_from_u64(0x5eed),
        cards: Vec::new(),
        polls: Vec::new(),
        asked: 0,
        answered: HashSet::new(),
        acts: 0,
    };
    for _ in 0..200 {
        crowd.quiz();
        crowd.heard(answered.recv().await.expect("an answer"));
    }
    let took = crowd.leisurely(&mut answered).await;
    println!("  100 a second: p50 {:.2} ms, p99 {:.2} ms", millis(&took, 0.5), millis(&took, 0.99));
    let (began, before, acts) = (Instant::now(), program.processor_time(), crowd.acts);
    let took = crowd.hurried(&mut answered).await;
    while program.attempts().await < crowd.answered.len() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (lasted, used, acts) = (began.elapsed(), program.processor_time() - before, crowd.acts - acts);
    println!(
        "  full speed, {UNDER_WAY} under way: {:.0} updates a second, {:.0} µs of processor time each, p50 {:.1} ms, p99 {:.1} ms, {}",
        acts as f64 / lasted.as_secs_f64(),
        used.as_secs_f64() * 1e6 / acts as f64,
        millis(&took, 0.5),
        millis(&took, 0.99),
        program.memory(),
    );
    assert_eq!(program.attempts().await, crowd.answered.len(), "every answer is in the database, once");
    println!("  {} answers, all in the database", crowd.answered.len());
}

/// Two questions: one that fits a poll, and one that needs a keyboard.
fn notes(n: usize) -> String {
    format!(
        "## What is {n} and one? {{#sum-{n}}}\n\nIt is **one more**, by **counting**.\n\n### Quiz\n\n- [ ] less\n- [x] more\n- [ ] the same\n\n\
         ## Which listing adds {n}? {{#listing-{n}}}\n\nThe **first** one.\n\n### Quiz\n\n- [x] `x + {n}`\n- [ ] `x - {n}`\n- [ ] `x * {n}`\n\n"
    )
}

fn millis(sorted: &[Duration], part: f64) -> f64 {
    percentile(sorted, part).as_secs_f64() * 1e3
}

/// The members, and what they see.
struct Crowd {
    shared: Arc<Shared>,
    rng: StdRng,
    /// Chats with a keyboard's presses.
    cards: Vec<(i64, Vec<String>)>,
    /// Polls, by number.
    polls: Vec<u64>,
    asked: i64,
    answered: HashSet<(u64, bool, usize)>,
    acts: u64,
}

impl Crowd {
    /// Does the next thing; whether it will be answered.
    fn act(&mut self) -> bool {
        match self.acts % 10 {
            0 => {
                self.quiz();
                true
            }
            1..=6 => {
                self.press();
                true
            }
            _ => {
                self.vote();
                false
            }
        }
    }

    /// Somebody asks for a question, in a chat where none is open.
    fn quiz(&mut self) {
        self.asked += 1;
        let chat = CHATS - self.asked;
        let member = self.rng.random_range(0..MEMBERS);
        let message = json!({ "message_id": 1, "date": 1_790_000_000, "chat": group(chat), "from": user(member), "text": "/quiz choice" });
        self.send("message", message, Some(chat.unsigned_abs()));
    }

    /// Somebody presses an option that they have not pressed before.
    fn press(&mut self) {
        let (member, at) = self.new_pair(false, self.cards.len());
        let (chat, presses) = &self.cards[at];
        let data = &presses[self.rng.random_range(0..presses.len())];
        let query = json!({
            "from": user(member), "chat_instance": "1", "data": data,
            "message": { "message_id": 2, "date": 1_790_000_000, "chat": group(*chat), "text": "Which listing adds?" },
        });
        self.send("callback_query", query, Some(0));
    }

    fn vote(&mut self) {
        let (member, at) = self.new_pair(true, self.polls.len());
        let option = self.rng.random_range(0..3);
        let vote =
            json!({ "poll_id": self.polls[at].to_string(), "user": user(member), "option_ids": [option] });
        self.send("poll_answer", vote, None);
    }

    fn new_pair(&mut self, poll: bool, count: usize) -> (u64, usize) {
        loop {
            let (member, at) = (self.rng.random_range(0..MEMBERS), self.rng.random_range(0..count));
            if self.answered.insert((member, poll, at)) {
                return (member, at);
            }
        }
    }

    fn send(&mut self, kind: &str, mut what: Value, place: Option<u64>) {
        self.acts += 1;
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let answered_by = match kind {
            "message" => place.unwrap_or_default(),
            _ => id,
        };
        if kind == "callback_query" {
            what["id"] = json!(id.to_string());
        }
        if place.is_some() {
            self.shared.book.leaves(answered_by, place.filter(|_| kind == "message"));
        }
        let update = format!(r#"{{"update_id":{id},"{kind}":{what}}}"#);
        self.shared.updates.lock().expect("nobody panicked").push((id, update));
        self.shared.come.notify_one();
    }

    /// Notes the card or the poll that an answer shows.
    fn heard(&mut self, done: Done) -> Duration {
        if let Some((chat, answer)) = done.answer {
            let answer: Value = serde_json::from_slice(&answer).expect("JSON");
            if answer.get("question").is_some() {
                self.polls.push(chat);
            } else {
                let rows = answer["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
                let buttons = rows.filter_map(Value::as_array).flatten();
                let presses = buttons.filter_map(|button| button["callback_data"].as_str());
                let presses: Vec<String> =
                    presses.filter(|press| press.starts_with("c:")).map(ToOwned::to_owned).collect();
                assert!(!presses.is_empty(), "no card: {answer}");
                self.cards.push((-i64::try_from(chat).expect("an id"), presses));
            }
        }
        done.after
    }

    /// A hundred updates a second, whatever becomes of them.
    async fn leisurely(&mut self, answered: &mut UnboundedReceiver<Done>) -> Vec<Duration> {
        let (mut took, mut expected) = (Vec::new(), 0);
        let mut ticks = tokio::time::interval(PAUSE);
        for _ in 0..AT_LEISURE {
            ticks.tick().await;
            expected += usize::from(self.act());
            while let Ok(done) = answered.try_recv() {
                took.push(self.heard(done));
            }
        }
        while took.len() < expected {
            took.push(self.heard(answered.recv().await.expect("an answer")));
        }
        took.sort_unstable();
        took
    }

    /// The next update as soon as another is answered.
    async fn hurried(&mut self, answered: &mut UnboundedReceiver<Done>) -> Vec<Duration> {
        let (mut took, began) = (Vec::new(), Instant::now());
        let mut under_way = 0;
        while under_way < UNDER_WAY {
            under_way += usize::from(self.act());
        }
        while under_way > 0 {
            let done = answered.recv().await.expect("an answer");
            took.push(self.heard(done));
            if began.elapsed() < FULL_SPEED {
                while !self.act() {}
            } else {
                under_way -= 1;
            }
        }
        took.sort_unstable();
        took
    }
}

fn user(member: u64) -> Value {
    json!({ "id": 700_000 + member, "is_bot": false, "first_name": format!("Member {member}"), "language_code": "en" })
}

fn group(id: i64) -> Value {
    json!({ "id": id, "type": "supergroup", "title": "Study" })
}

async fn method(
    State(shared): State<Arc<Shared>>,
    Path((_, method)): Path<(String, String)>,
    body: Bytes,
) -> Json<Value> {
    let given = match method.as_str() {
        "getMe" => {
            json!({ "id": 7_000_000_001_i64, "is_bot": true, "first_name": "Viva", "username": "viva_bot" })
        }
        "getUpdates" => return updates(&shared, &body).await,
        "sendMessage" | "sendPoll" => {
            let sent: Value = serde_json::from_slice(&body).unwrap_or_default();
            let chat = sent["chat_id"].as_i64().unwrap_or_default();
            shared.book.answered(chat.unsigned_abs(), &body);
            let mut message = json!({ "message_id": 2, "date": 1_790_000_000, "chat": group(chat) });
            if method == "sendPoll" {
                message["poll"] = json!({ "id": chat.unsigned_abs().to_string() });
            }
            message
        }
        "answerCallbackQuery" => {
            let sent: Value = serde_json::from_slice(&body).unwrap_or_default();
            let id = sent["callback_query_id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
            shared.book.answered(id, &body);
            json!(true)
        }
        _ => json!(true),
    };
    Json(json!({ "ok": true, "result": given }))
}

async fn updates(shared: &Shared, body: &[u8]) -> Json<Value> {
    shared.asked.notify_one();
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    let offset = sent["offset"].as_u64().unwrap_or_default();
    loop {
        let come = shared.come.notified();
        {
            let mut waiting = shared.updates.lock().expect("nobody panicked");
            waiting.retain(|(id, _)| *id >= offset);
            if !waiting.is_empty() {
                let updates = waiting.iter().take(AT_ONCE).map(|(_, update)| update.as_str());
                let updates: Vec<Box<serde_json::value::RawValue>> = updates
                    .map(|update| serde_json::value::RawValue::from_string(update.to_owned()).expect("JSON"))
                    .collect();
                return Json(json!({ "ok": true, "result": updates }));
            }
        }
        // Events that came meanwhile have left their word.
        let _ = tokio::time::timeout(Duration::from_secs(30), come).await;
    }
}
