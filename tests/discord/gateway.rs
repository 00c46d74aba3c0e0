//! The gateway: hello, identify, heartbeats, resume, and the events of each session in order.
//!
//! <https://docs.discord.com/developers/events/gateway>

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::events;
use super::world::{Id, Shared, World};

/// Intents: <https://docs.discord.com/developers/events/gateway#list-of-intents>
const GUILDS: u64 = 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
/// Members, presences and the contents of messages, which this application was not granted.
const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | 1 << 15;
/// How many events a session keeps for those who resume.
const KEPT: usize = 1000;
/// How often a heartbeat is asked for, in milliseconds.
pub(super) const HEARTBEAT: u64 = 41_250;

/// What goes down a socket.
#[derive(Debug)]
enum Frame {
    Text(String),
    Close(u16),
    /// The connection breaks, without a word.
    Break,
}

/// What a session was begun with.
#[derive(Clone, Debug)]
pub struct Identified {
    /// The session's id.
    pub id: String,
    /// The intents, as bits.
    pub intents: u64,
    /// The shard and how many there are.
    pub shard: (u64, u64),
    /// How often it was resumed.
    pub resumed: usize,
    /// How many heartbeats came.
    pub heartbeats: usize,
    /// Whether it is connected now.
    pub live: bool,
}

/// One session, connected or waiting to be resumed.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) said: Identified,
    sequence: u64,
    kept: VecDeque<(u64, String)>,
    line: Option<UnboundedSender<Frame>>,
    /// Whether the stand-in broke the connection, so that the program is expected back.
    awaited: bool,
}

impl Session {
    fn covers(&self, guild: Option<Id>) -> bool {
        // https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
        guild.map_or(0, |guild| (guild >> 22) % self.said.shard.1) == self.said.shard.0
    }

    fn send(&mut self, name: &str, data: &Value) {
        self.sequence += 1;
        let text = json!({ "op": 0, "s": self.sequence, "t": name, "d": data }).to_string();
        self.kept.push_back((self.sequence, text.clone()));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        self.write(Frame::Text(text));
    }

    fn write(&mut self, frame: Frame) {
        let sent = self.line.as_ref().is_some_and(|line| line.send(frame).is_ok());
        if !sent {
            self.line = None;
            self.said.live = false;
        }
    }
}

impl World {
    /// Whether a program is there for what happens in this server, or is expected back at any moment.
    pub(super) fn attended(&self, guild: Option<Id>) -> bool {
        self.sessions.iter().any(|session| session.covers(guild) && (session.said.live || session.awaited))
    }

    /// Tells those who are there for this server of something, if they care.
    pub(super) fn dispatch(&mut self, guild: Option<Id>, name: &str, data: &Value) {
        let wanted = match name {
            "INTERACTION_CREATE" => u64::MAX,
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" if guild.is_some() => GUILD_MESSAGES,
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" => DIRECT_MESSAGES,
            _ => GUILDS,
        };
        let doubled = self.mishaps.doubled > 0;
        self.mishaps.doubled = self.mishaps.doubled.saturating_sub(1);
        for session in self.sessions.iter_mut().filter(|session| session.covers(guild)) {
            if wanted != u64::MAX && session.said.intents & wanted == 0 {
                continue;
            }
            session.send(name, data);
            if doubled {
                session.send(name, data);
            }
        }
    }

    /// Breaks every connection, with a close code or without a word.
    pub(super) fn hang_up(&mut self, code: Option<u16>) {
        for session in self.sessions.iter_mut().filter(|session| session.said.live) {
            session.write(code.map_or(Frame::Break, Frame::Close));
            session.line = None;
            session.said.live = false;
            session.awaited = true;
        }
    }

    /// Asks every connected program to come back.
    /// <https://docs.discord.com/developers/events/gateway#resuming>
    pub(super) fn ask_back(&mut self) {
        for session in self.sessions.iter_mut().filter(|session| session.said.live) {
            session.write(Frame::Text(json!({ "op": 7, "d": null, "s": null, "t": null }).to_string()));
            session.awaited = true;
        }
    }
}

/// Serves one connection until it ends.
pub(super) async fn serve(shared: Arc<Shared>, mut socket: WebSocket) {
    let (line, mut frames) = unbounded_channel();
    let every = shared.heartbeat.load(Ordering::SeqCst);
    let hello = json!({ "op": 10, "s": null, "t": null, "d": { "heartbeat_interval": every, "_trace": [] } });
    let _ = line.send(Frame::Text(hello.to_string()));
    let mut connection = Connection { shared: Arc::clone(&shared), line, session: None };
    converse(&mut connection, &mut socket, &mut frames).await;
    let mut world = shared.world();
    let left = connection.session.as_deref();
    if let Some(session) = world.sessions.iter_mut().find(|session| Some(session.said.id.as_str()) == left) {
        // A session that was resumed on another connection meanwhile lives there.
        if session.line.as_ref().is_some_and(|line| line.same_channel(&connection.line)) {
            session.line = None;
            session.said.live = false;
        }
    }
    drop(world);
    shared.changed.notify_waiters();
}

async fn converse(
    connection: &mut Connection,
    socket: &mut WebSocket,
    frames: &mut UnboundedReceiver<Frame>,
) {
    loop {
        let frame = tokio::select! {
            frame = frames.recv() => frame,
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    let payload = serde_json::from_str(&text).unwrap_or(Value::Null);
                    match connection.hear(&payload) {
                        Ok(()) => continue,
                        Err(code) => Some(Frame::Close(code)),
                    }
                }
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
            },
        };
        let sent = match frame {
            Some(Frame::Text(text)) => socket.send(Message::Text(text.into())).await,
            Some(Frame::Close(code)) => {
                let frame = CloseFrame { code, reason: "".into() };
                let _ = socket.send(Message::Close(Some(frame))).await;
                return;
            }
            Some(Frame::Break) | None => return,
        };
        if sent.is_err() {
            return;
        }
    }
}

struct Connection {
    shared: Arc<Shared>,
    line: UnboundedSender<Frame>,
    session: Option<String>,
}

impl Connection {
    /// Hears one message; an error is the code to close with.
    /// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>
    fn hear(&mut self, payload: &Value) -> Result<(), u16> {
        let shared = Arc::clone(&self.shared);
        let mut world = shared.world();
        let heard = match payload["op"].as_u64() {
            Some(1) => {
                let mine = |session: &&mut Session| Some(&session.said.id) == self.session.as_ref();
                if let Some(session) = world.sessions.iter_mut().find(mine) {
                    session.said.heartbeats += 1;
                }
                self.say(&json!({ "op": 11, "d": null, "s": null, "t": null }));
                Ok(())
            }
            Some(2) if self.session.is_some() => Err(4005),
            Some(2) => self.identify(&mut world, &payload["d"]),
            Some(6) => self.resume(&mut world, &payload["d"]),
            Some(3 | 4 | 8 | 31) if self.session.is_some() => Ok(()),
            Some(3 | 4 | 8 | 31) => Err(4003),
            Some(_) => Err(4001),
            None => Err(4002),
        };
        if let Err(code) = heard {
            world.blame(format!("gateway: closed with {code} upon {payload}"));
        }
        drop(world);
        shared.changed.notify_waiters();
        heard
    }

    fn say(&self, payload: &Value) {
        // Who has gone hears nothing.
        let _ = self.line.send(Frame::Text(payload.to_string()));
    }

    fn identify(&mut self, world: &mut World, data: &Value) -> Result<(), u16> {
        let token = data["token"].as_str().unwrap_or("").trim_start_matches("Bot ");
        if token != world.token {
            return Err(4004);
        }
        let intents = data["intents"].as_u64().ok_or(4013_u16)?;
        if intents & PRIVILEGED != 0 {
            return Err(4014);
        }
        let shard = data["shard"].as_array().map_or((0, 1), |shard| {
            (
                shard.first().and_then(Value::as_u64).unwrap_or(0),
                shard.get(1).and_then(Value::as_u64).unwrap_or(0),
            )
        });
        if shard.0 >= shard.1 {
            return Err(4010);
        }
        for field in ["os", "browser", "device"] {
            if !data["properties"][field].is_string() {
                world.blame(format!("gateway: identify without properties.{field}"));
            }
        }
        world.identified += 1;
        // A process that died is not expected back once another took its place.
        world.sessions.retain(|session| session.said.live || session.said.shard != shard);
        let id = format!("{:032x}", self.shared.id());
        let said = Identified { id: id.clone(), intents, shard, resumed: 0, heartbeats: 0, live: true };
        let line = Some(self.line.clone());
        let mut session = Session { said, sequence: 0, kept: VecDeque::new(), line, awaited: false };
        let guilds = world.guilds.values().filter(|guild| guild.installed && session.covers(Some(guild.id)));
        let guilds: Vec<_> = guilds.map(|guild| (guild.id, events::guild_create(world, guild))).collect();
        let unavailable: Value =
            guilds.iter().map(|(id, _)| json!({ "id": id.to_string(), "unavailable": true })).collect();
        session.send("READY", &json!({
            "v": 10, "user": world.users.get(&world.application).map(events::own_user), "guilds": unavailable,
            "session_id": id, "session_type": "normal", "resume_gateway_url": format!("ws://{}", self.shared.address),
            "shard": [shard.0, shard.1], "application": { "id": world.application.to_string(), "flags": 0 },
            "private_channels": [], "relationships": [], "presences": [], "user_settings": {}, "auth": {},
            "guild_join_requests": [], "geo_ordered_rtc_regions": [], "game_relationships": [], "_trace": [],
        }));
        if intents & GUILDS != 0 {
            guilds.iter().for_each(|(_, guild)| session.send("GUILD_CREATE", guild));
        }
        world.sessions.push(session);
        self.session = Some(id);
        Ok(())
    }

    fn resume(&mut self, world: &mut World, data: &Value) -> Result<(), u16> {
        if data["token"].as_str().unwrap_or("").trim_start_matches("Bot ") != world.token {
            return Err(4004);
        }
        let wanted = data["session_id"].as_str().unwrap_or("");
        let refused = world.mishaps.unresumable > 0;
        world.mishaps.unresumable = world.mishaps.unresumable.saturating_sub(1);
        let known = world.sessions.iter().position(|session| session.said.id == wanted);
        let Some(at) = known.filter(|_| !refused) else {
            world.sessions.retain(|session| session.said.id != wanted);
            self.say(&json!({ "op": 9, "d": false, "s": null, "t": null }));
            return Ok(());
        };
        let session = &mut world.sessions[at];
        let seen = data["seq"].as_u64().ok_or(4007_u16)?;
        if seen > session.sequence {
            return Err(4007);
        }
        session.line = Some(self.line.clone());
        session.said.live = true;
        session.said.resumed += 1;
        session.awaited = false;
        let missed: Vec<_> =
            session.kept.iter().filter(|(at, _)| *at > seen).map(|(_, text)| text.clone()).collect();
        missed.into_iter().for_each(|text| session.write(Frame::Text(text)));
        session.send("RESUMED", &json!({ "_trace": [] }));
        self.session = Some(session.said.id.clone());
        Ok(())
    }
}
