//! The HTTP side: reads each request, records it, lets what was planned go wrong, and hands it to its route.

mod channels;
mod commands;
mod interactions;
mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, State, WebSocketUpgrade};
use axum::http::{HeaderMap, Request as HttpRequest, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Router, http};
use serde_json::{Value, json};

use super::events;
use super::mishap::Mishap;
use super::refusal::Refusal;
use super::rules::{self, Around, UPLOAD};
use super::world::{File, Id, Request, Shared, World};
pub(super) use channels::open_direct;
pub(super) use interactions::DEADLINE;

/// The most bytes of a request that are read at all.
const READ: usize = 64 * 1024 * 1024;
/// Where the API lies.
const BASE: &str = "/api/v10";

/// A status and a body; null is no body.
type Answer = Result<(u16, Value), Refusal>;

/// One request, read.
struct Call {
    method: String,
    path: String,
    query: String,
    body: Value,
    files: Vec<File>,
    authorization: String,
}

impl Call {
    /// The files' numbers and names.
    fn named(&self) -> Vec<(usize, String)> {
        let number = |part: &str| part.strip_prefix("files[")?.strip_suffix(']')?.parse().ok();
        self.files.iter().map(|file| (number(&file.part).unwrap_or(usize::MAX), file.name.clone())).collect()
    }

    fn asks(&self, parameter: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(parameter)?.strip_prefix('='))
    }

    /// Refuses the body of a message, under `under`, unless it is as Discord wants it.
    fn message(
        &self,
        world: &World,
        body: &Value,
        before: Option<&Value>,
        under: &str,
    ) -> Result<(), Refusal> {
        let named = self.named();
        let largest = if world.takes_no_files { 0 } else { UPLOAD };
        if self.files.iter().any(|file| file.bytes.len() > largest) {
            return Err(Refusal::rule(413, 40005, "Request entity too large"));
        }
        for file in &self.files {
            let is_picture = [".png", ".jpg", ".webp", ".gif"].iter().any(|end| file.name.ends_with(end));
            // Discord takes such a file and shows a broken picture, which no program means.
            if is_picture && image::load_from_memory(&file.bytes).is_err() {
                return Err(Refusal::rule(400, 50046, "Invalid asset"));
            }
        }
        let around = Around { before, files: &named, quiet: !world.mentions_tolerated };
        rules::message(body, around).verdict(under)?;
        if before.is_none() && rules::is_empty(body, self.files.len()) {
            return Err(Refusal::rule(400, 50006, "Cannot send an empty message"));
        }
        Ok(())
    }
}

/// All routes.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", any(gateway))
        .fallback(answer)
        .layer(DefaultBodyLimit::disable())
        .with_state(shared)
}

async fn gateway(State(shared): State<Arc<Shared>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| super::gateway::serve(shared, socket))
}

async fn answer(State(shared): State<Arc<Shared>>, request: HttpRequest<Body>) -> Response {
    let call = match read(request).await {
        Ok(call) => call,
        Err(sentence) => {
            shared.world().blame(sentence);
            return respond(400, &json!({ "message": "400: Bad Request", "code": 0 }), &[]);
        }
    };
    if let Some(bytes) = shared.world().files.get(&call.path) {
        return bytes.clone().into_response();
    }
    let now = shared.clock.now();
    let (at, mishap) = {
        let mut world = shared.world();
        world.requests.push(Request {
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.clone(),
            body: call.body.clone(),
            files: call.files.clone(),
            at: now,
            status: 0,
        });
        let at = world.requests.len() - 1;
        if let Some((left, knew)) = world.mishaps.shut(&call.method, &call.path, now) {
            world.requests[at].status = 429;
            let line = format!("{} {}: asked again {left} ms before it may", call.method, call.path);
            if knew {
                world.blame(line);
            }
            return too_many(Duration::from_millis(u64::try_from(left).unwrap_or(0)), false);
        }
        (at, world.mishaps.next(&call.method, &call.path, now))
    };
    let early = match mishap {
        Some(Mishap::TooMany { wait, global }) => Some((429, too_many(wait, global))),
        Some(Mishap::Broken(status)) => Some((
            status,
            respond(status, &json!({ "message": "500: Internal Server Error", "code": 0 }), &[]),
        )),
        _ => None,
    };
    if let Some((status, response)) = early {
        shared.world().requests[at].status = status;
        return response;
    }
    let (mut status, mut body) = match route(&shared, &call) {
        Ok(answer) => answer,
        Err(refusal) => {
            if refusal.blames {
                let line = format!("{} {}: {} {}", call.method, call.path, refusal.status, refusal.json());
                shared.world().blame(line);
            }
            (refusal.status, refusal.json())
        }
    };
    match mishap {
        Some(Mishap::AnswerLost) => {
            (status, body) = (502, json!({ "message": "502: Bad Gateway", "code": 0 }))
        }
        Some(Mishap::Slow(time)) => tokio::time::sleep(time).await,
        _ => {}
    }
    shared.world().requests[at].status = status;
    shared.changed.notify_waiters();
    respond(status, &body, &[])
}

async fn read(request: HttpRequest<Body>) -> Result<Call, String> {
    let (parts, body) = request.into_parts();
    let method = parts.method.to_string();
    let path = parts.uri.path().to_owned();
    let place = format!("{method} {path}");
    let header = |headers: &HeaderMap, name| {
        headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let kind = header(&parts.headers, header::CONTENT_TYPE).unwrap_or_default();
    let authorization = header(&parts.headers, header::AUTHORIZATION).unwrap_or_default();
    let query = parts.uri.query().unwrap_or("").to_owned();
    let bytes = to_bytes(body, READ).await.map_err(|error| format!("{place}: {error}"))?;
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).map_err(|error| format!("{place}: {error}"));
    let (body, files) = if kind.starts_with("multipart/form-data") {
        let (text, files) = multipart(parts, bytes).await.map_err(|error| format!("{place}: {error}"))?;
        (text.map_or(Ok(Value::Null), |text| json(text.as_bytes()))?, files)
    } else if bytes.is_empty() {
        (Value::Null, Vec::new())
    } else {
        (json(&bytes)?, Vec::new())
    };
    let path = path.strip_prefix(BASE).map_or(path.clone(), str::to_owned);
    Ok(Call { method, path, query, body, files, authorization })
}

/// <https://docs.discord.com/developers/reference#uploading-files>
async fn multipart(parts: http::request::Parts, bytes: Bytes) -> Result<(Option<String>, Vec<File>), String> {
    let request = HttpRequest::from_parts(parts, Body::from(bytes));
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| error.to_string())?;
    let (mut text, mut files) = (None, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| error.to_string())? {
        let part = field.name().unwrap_or("").to_owned();
        let name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|error| error.to_string())?;
        match name {
            None if part == "payload_json" => text = Some(String::from_utf8_lossy(&bytes).into_owned()),
            Some(name) => files.push(File { part, name, bytes: bytes.to_vec() }),
            None => return Err(format!("a part {part:?} that is neither payload_json nor a file")),
        }
    }
    Ok((text, files))
}

fn respond(status: u16, body: &Value, headers: &[(&'static str, String)]) -> Response {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    let body = if body.is_null() {
        Body::empty()
    } else {
        response = response.header(header::CONTENT_TYPE, "application/json");
        Body::from(body.to_string())
    };
    response.body(body).expect("statuses and headers are valid")
}

/// <https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit>
fn too_many(wait: Duration, global: bool) -> Response {
    let seconds = wait.as_secs_f64();
    let body = json!({ "message": "You are being rate limited.", "retry_after": seconds, "global": global });
    let mut headers = vec![
        ("retry-after", format!("{}", seconds.ceil())),
        ("x-ratelimit-limit", "1".to_owned()),
        ("x-ratelimit-remaining", "0".to_owned()),
        ("x-ratelimit-reset-after", format!("{seconds:.3}")),
        ("x-ratelimit-bucket", "standin".to_owned()),
        ("x-ratelimit-scope", if global { "global" } else { "user" }.to_owned()),
    ];
    if global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    }
    respond(429, &body, &headers)
}

fn route(shared: &Shared, call: &Call) -> Answer {
    let mut world = shared.world();
    let world = &mut *world;
    let segments: Vec<_> = call.path.trim_matches('/').split('/').collect();
    let by_token = matches!(segments[..], ["interactions", _, _, "callback"] | ["webhooks", _, _, ..]);
    if !by_token && call.authorization != format!("Bot {}", world.token) {
        return Err(Refusal::condition(401, 0, "401: Unauthorized"));
    }
    match (call.method.as_str(), &segments[..]) {
        ("GET", ["gateway"]) => Ok((200, json!({ "url": format!("ws://{}", shared.address) }))),
        ("GET", ["gateway", "bot"]) => Ok((
            200,
            json!({
                "url": format!("ws://{}", shared.address), "shards": world.recommended_shards.max(1),
                "session_start_limit": {
                    "total": 1000, "remaining": 1000 - world.identified.min(1000), "reset_after": 86_400_000,
                    "max_concurrency": 1,
                },
            }),
        )),
        ("GET", ["users", "@me"]) => {
            Ok((200, world.users.get(&world.application).map_or(Value::Null, events::own_user)))
        }
        ("POST", ["users", "@me", "channels"]) => channels::direct(shared, world, call),
        ("GET", ["users", id]) => {
            let user = number(id).and_then(|id| world.users.get(&id));
            user.map(|user| (200, events::user(user))).ok_or(Refusal::condition(404, 10013, "Unknown User"))
        }
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Ok((200, events::application(shared, world)))
        }
        (_, ["applications", id, "commands", ..]) if number(id) == Some(world.application) => {
            commands::commands(shared, world, call, &segments[3..])
        }
        ("POST", ["interactions", id, token, "callback"]) => {
            interactions::callback(shared, world, call, id, token)
        }
        (_, ["webhooks", application, token, rest @ ..]) => {
            webhooks::webhook(shared, world, call, (number(application), token), rest)
        }
        ("GET", ["guilds", id, rest @ ..]) => guild(world, number(id), rest),
        (_, ["channels", id, rest @ ..]) => channels::channel(shared, world, call, number(id), rest),
        _ => Err(unknown()),
    }
}

fn guild(world: &World, id: Option<Id>, rest: &[&str]) -> Answer {
    let guild = id.and_then(|id| world.guilds.get(&id)).filter(|guild| guild.installed);
    let guild = guild.ok_or(Refusal::condition(404, 10004, "Unknown Guild"))?;
    match rest {
        [] => Ok((200, events::guild(world, guild))),
        ["roles"] => Ok((200, events::roles(world, guild))),
        ["channels"] => {
            let here =
                world.channels.values().filter(|channel| channel.guild == Some(guild.id) && !channel.deleted);
            Ok((
                200,
                here.filter(|channel| channel.kind == 0)
                    .map(|channel| events::channel(world, channel))
                    .collect(),
            ))
        }
        ["members", id] if *id == "@me" || number(id) == Some(world.application) => {
            Ok((200, events::own_member(world, guild)))
        }
        ["members", id] => match number(id).map(|id| events::member(world, guild, id)) {
            Some(member) if !member.is_null() => Ok((200, member)),
            _ => Err(Refusal::condition(404, 10007, "Unknown Member")),
        },
        _ => Err(unknown()),
    }
}

/// A route that does not exist, here at least.
fn unknown() -> Refusal {
    Refusal::rule(404, 0, "404: Not Found")
}

fn number(text: &str) -> Option<Id> {
    text.parse().ok()
}
