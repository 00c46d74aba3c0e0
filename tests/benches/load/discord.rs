//! Discord: `/quiz` and presses of buttons over one gateway connection, answered by HTTP.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::ws::{Message, WebSocket};
use axum::extract::{Path, State, WebSocketUpgrade};
use axum::routing::{any, get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router, body::Bytes};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Mutex, Notify};

use super::book::{Book, Done, percentile};
use super::program::Program;

/// How many members there are.
const MEMBERS: u64 = 10_000;
/// How many servers they are in.
const SERVERS: u64 = 100;
/// How many events wait for their answers at full speed.
const UNDER_WAY: usize = 256;
/// How long full speed lasts.
const FULL_SPEED: Duration = Duration::from_secs(10);
/// How many events come at a hundred a second.
const AT_LEISURE: u32 = 1_500;
/// The pause between them.
const PAUSE: Duration = Duration::from_millis(10);
/// Every how manyth event is a `/quiz`.
const QUIZ: u64 = 10;

struct Shared {
    address: String,
    book: Book,
    events: Mutex<Option<UnboundedReceiver<String>>>,
    identified: Notify,
    next: AtomicU64,
}

/// Runs the program and reports.
pub(crate) async fn run() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let (book, mut answered) = Book::new();
    let (events, outgoing) = unbounded_channel();
    let shared = Arc::new(Shared {
        address: address.clone(),
        book,
        events: Mutex::new(Some(outgoing)),
        identified: Notify::new(),
        next: AtomicU64::new(1_000_000_000_000_000_000),
    });
    // Like the platform's own servers, which keep no small packet back for a larger one.
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("a socket"));
    tokio::spawn(axum::serve(listener, router(Arc::clone(&shared))).into_future());

    let program = Program::start(&[
        (
            "DISCORD_TOKEN",
            "MTAwMDAwMDAwMDAwMDAwMDAw.G00000.abcdefghijklmnopqrstuvwxyz0123456789AB".to_owned(),
        ),
        ("DISCORD_API_URL", format!("http://{address}")),
    ]);
    shared.identified.notified().await;
    println!("Discord: start to IDENTIFY {:.0} ms", program.started.elapsed().as_secs_f64() * 1e3);
    tokio::time::sleep(Duration::from_secs(2)).await;
    println!("  idle: {}", program.memory());

    let mut crowd = Crowd {
        shared,
        events,
        rng: StdRng::seed_from_u64(0x5eed),
        rounds: Vec::new(),
        asked: 0,
        pressed: HashSet::new(),
    };
    for _ in 0..200 {
        crowd.quiz();
        crowd.heard(answered.recv().await.expect("an answer"));
    }
    let took = crowd.leisurely(&mut answered).await;
    println!("  100 a second: p50 {:.2} ms, p99 {:.2} ms", millis(&took, 0.5), millis(&took, 0.99));
    let (began, before) = (Instant::now(), program.processor_time());
    let took = crowd.hurried(&mut answered).await;
    let (lasted, used) = (began.elapsed(), program.processor_time() - before);
    println!(
        "  full speed, {UNDER_WAY} under way: {:.0} interactions a second, {:.0} µs of processor time each, p50 {:.1} ms, p99 {:.1} ms, {}",
        took.len() as f64 / lasted.as_secs_f64(),
        used.as_secs_f64() * 1e6 / took.len() as f64,
        millis(&took, 0.5),
        millis(&took, 0.99),
        program.memory(),
    );
    assert_eq!(
        program.attempts().await,
        crowd.pressed.len(),
        "every answer that was acknowledged is in the database"
    );
    println!("  {} answers, all in the database", crowd.pressed.len());
}

fn millis(sorted: &[Duration], part: f64) -> f64 {
    percentile(sorted, part).as_secs_f64() * 1e3
}

/// The members, and the cards they see.
struct Crowd {
    shared: Arc<Shared>,
    events: UnboundedSender<String>,
    rng: StdRng,
    /// Channels with the buttons of the card that was posted there.
    rounds: Vec<(u64, Vec<String>)>,
    asked: u64,
    pressed: HashSet<(u64, usize)>,
}

impl Crowd {
    /// Does the next thing.
    fn act(&mut self) {
        if self.shared.next.load(Ordering::Relaxed).is_multiple_of(QUIZ) { self.quiz() } else { self.press() }
    }

    /// Somebody asks for a question, in a channel where none is open.
    fn quiz(&mut self) {
        self.asked += 1;
        let (member, channel) = (self.rng.random_range(0..MEMBERS), 1_000_000 + self.asked);
        let data = json!({ "id": "5", "name": "quiz", "type": 1, "options": [{ "name": "mode", "type": 4, "value": 0 }] });
        self.send(2, member, channel, data, Some(channel));
    }

    /// Somebody presses an option that they have not pressed before.
    fn press(&mut self) {
        loop {
            let (member, at) =
                (self.rng.random_range(0..MEMBERS), self.rng.random_range(0..self.rounds.len()));
            if self.pressed.insert((member, at)) {
                let (channel, buttons) = &self.rounds[at];
                let button = &buttons[self.rng.random_range(0..buttons.len())];
                let data = json!({ "custom_id": button, "component_type": 2, "id": 3 });
                return self.send(3, member, *channel, data, None);
            }
        }
    }

    fn send(&self, kind: u8, member: u64, channel: u64, data: Value, place: Option<u64>) {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let guild = 500_000 + channel % SERVERS;
        let mut event = json!({
            "id": id.to_string(), "application_id": "100000000000000000", "type": kind, "version": 1, "data": data,
            "token": format!("aW50ZXJhY3Rpb246{id:0>180}"), "channel_id": channel.to_string(), "locale": "en-GB",
            "channel": { "id": channel.to_string(), "type": 0, "guild_id": guild.to_string(), "name": "general", "flags": 0,
                "position": 0, "permissions": "2248473465835073", "nsfw": false },
            "guild_id": guild.to_string(), "guild": { "id": guild.to_string(), "locale": "en-GB", "features": [] },
            "guild_locale": "en-GB", "app_permissions": "274877942784", "context": 0, "entitlements": [],
            "attachment_size_limit": 10_485_760, "authorizing_integration_owners": { "0": guild.to_string() },
            "member": {
                "nick": null, "avatar": null, "roles": [], "joined_at": "2026-01-01T00:00:00.000000+00:00", "deaf": false,
                "mute": false, "flags": 0, "pending": false, "permissions": "2248473465835073", "premium_since": null,
                "communication_disabled_until": null,
                "user": { "id": (700_000 + member).to_string(), "username": format!("member{member}"), "discriminator": "0",
                    "global_name": format!("Member {member}"), "avatar": null, "bot": false, "public_flags": 0 },
            },
        });
        if kind == 3 {
            event["message"] = message(id ^ 1, channel);
        }
        self.shared.book.leaves(id, place);
        self.events.send(event.to_string()).expect("the gateway is there");
    }

    /// Notes the card that an answer shows.
    fn heard(&mut self, done: Done) -> Duration {
        if let Some((channel, answer)) = done.answer {
            let answer: Value = serde_json::from_slice(&answer).expect("JSON");
            let mut buttons = Vec::new();
            collect(&answer, &mut buttons);
            // A question with several right options has a menu, which nobody uses here.
            if !buttons.is_empty() {
                self.rounds.push((channel, buttons));
            }
        }
        done.after
    }

    /// A hundred events a second, whatever becomes of them.
    async fn leisurely(&mut self, answered: &mut UnboundedReceiver<Done>) -> Vec<Duration> {
        let mut took = Vec::new();
        let mut ticks = tokio::time::interval(PAUSE);
        for _ in 0..AT_LEISURE {
            ticks.tick().await;
            self.act();
            while let Ok(done) = answered.try_recv() {
                took.push(self.heard(done));
            }
        }
        while took.len() < AT_LEISURE as usize {
            took.push(self.heard(answered.recv().await.expect("an answer")));
        }
        took.sort_unstable();
        took
    }

    /// The next event as soon as another is answered.
    async fn hurried(&mut self, answered: &mut UnboundedReceiver<Done>) -> Vec<Duration> {
        let (mut took, began) = (Vec::new(), Instant::now());
        for _ in 0..UNDER_WAY {
            self.act();
        }
        let mut under_way = UNDER_WAY;
        while under_way > 0 {
            let done = answered.recv().await.expect("an answer");
            took.push(self.heard(done));
            if began.elapsed() < FULL_SPEED { self.act() } else { under_way -= 1 }
        }
        took.sort_unstable();
        took
    }
}

/// The buttons of options, wherever they are.
fn collect(value: &Value, buttons: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(id) =
                fields.get("custom_id").and_then(Value::as_str).filter(|id| id.starts_with("c:"))
            {
                buttons.push(id.to_owned());
            }
            fields.values().for_each(|value| collect(value, buttons));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, buttons)),
        _ => {}
    }
}

/// A message of Viva's, as small as a library takes it.
fn message(id: u64, channel: u64) -> Value {
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "content": "", "tts": false, "mention_everyone": false,
        "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": null, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": false, "type": 20, "flags": 32768, "components": [],
        "author": { "id": "100000000000000000", "username": "Viva", "discriminator": "0", "global_name": null, "avatar": null,
            "bot": true },
    })
}

fn router(shared: Arc<Shared>) -> Router {
    let application = json!({
        "id": "100000000000000000", "name": "Viva", "icon": null, "description": "", "bot_public": true,
        "bot_require_code_grant": false, "verify_key": "0".repeat(64), "team": null, "flags": 0, "summary": "",
    });
    Router::new()
        .route("/", get(gateway))
        .route("/api/v10/gateway", get(async |State(shared): State<Arc<Shared>>| {
            Json(json!({ "url": format!("ws://{}", shared.address) }))
        }))
        .route("/api/v10/gateway/bot", get(async |State(shared): State<Arc<Shared>>| {
            Json(json!({ "url": format!("ws://{}", shared.address), "shards": 1,
                "session_start_limit": { "total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1 } }))
        }))
        .route("/api/v10/oauth2/applications/@me", get(async move || Json(application)))
        .route("/api/v10/applications/{id}/commands", any(async || Json(json!([]))))
        .route("/api/v10/interactions/{id}/{token}/callback", post(callback))
        .route("/api/v10/channels/{channel}/messages/{id}", any(async |Path((channel, id)): Path<(u64, u64)>| {
            Json(message(id, channel))
        }))
        .with_state(shared)
}

async fn callback(
    State(shared): State<Arc<Shared>>,
    Path((id, _)): Path<(u64, String)>,
    body: Bytes,
) -> Json<Value> {
    shared.book.answered(id, &body);
    Json(
        json!({ "interaction": { "id": id.to_string(), "type": 3 }, "resource": { "type": 4, "message": message(id ^ 1, 1) } }),
    )
}

async fn gateway(State(shared): State<Arc<Shared>>, upgrade: WebSocketUpgrade) -> axum::response::Response {
    upgrade.on_upgrade(async move |socket| serve(&shared, socket).await)
}

async fn serve(shared: &Shared, mut socket: WebSocket) {
    let hello =
        json!({ "op": 10, "s": null, "t": null, "d": { "heartbeat_interval": 41_250, "_trace": [] } });
    socket.send(Message::text(hello.to_string())).await.expect("the program listens");
    let Some(mut events) = shared.events.lock().await.take() else { return };
    let mut sequence = 0;
    loop {
        let said = tokio::select! {
            event = events.recv(), if sequence > 0 => {
                sequence += 1;
                event.map(|event| format!(r#"{{"op":0,"s":{sequence},"t":"INTERACTION_CREATE","d":{event}}}"#))
            }
            heard = socket.recv() => {
                let Some(Ok(heard)) = heard else { return };
                let heard: Value = heard.to_text().ok().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
                match heard["op"].as_u64() {
                    Some(1) => Some(json!({ "op": 11, "s": null, "t": null, "d": null }).to_string()),
                    Some(2) => {
                        shared.identified.notify_one();
                        sequence = 1;
                        Some(json!({ "op": 0, "s": 1, "t": "READY", "d": {
                            "v": 10, "guilds": [], "session_id": "1", "session_type": "normal", "shard": [0, 1],
                            "resume_gateway_url": format!("ws://{}", shared.address),
                            "application": { "id": "100000000000000000", "flags": 0 },
                            "user": { "id": "100000000000000000", "username": "Viva", "discriminator": "0", "avatar": null,
                                "bot": true, "global_name": null, "verified": true, "mfa_enabled": false, "email": null },
                        } }).to_string())
                    }
                    _ => None,
                }
            }
        };
        if let Some(said) = said
            && socket.send(Message::text(said)).await.is_err()
        {
            return;
        }
    }
}
