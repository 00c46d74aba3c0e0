//! The server: requests in, the world asked, answers out. It runs in a thread of its own, so that a test may block.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{Request as HttpRequest, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep, timeout_at};

use super::body;
use super::clock::Clock;
use super::faults::Fault;
use super::line::{Cut, Door};
use super::methods::{self, Call, Refusal, canonical};
use super::webhook;
use super::world::{Request, World};

/// What the server and the test share.
pub(super) struct Shared {
    world: Mutex<World>,
    pub(super) clock: Clock,
    pub(super) changed: watch::Sender<u64>,
    pub(super) token: String,
    pub(super) shut: Arc<AtomicBool>,
}

impl Shared {
    /// A world in which nothing happened yet.
    pub(super) fn new(token: &str) -> Self {
        Self {
            world: Mutex::default(),
            clock: Clock::default(),
            changed: watch::Sender::new(0),
            token: token.to_owned(),
            shut: Arc::default(),
        }
    }

    /// The world; the polls whose time is up are closed first.
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        if world.close_due(self.clock.millis()) {
            self.wake();
        }
        world
    }

    /// Lets everybody who waits look again.
    pub(super) fn wake(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

/// Starts the server and gives its port and what stops it.
pub(super) fn start(shared: Arc<Shared>) -> (u16, oneshot::Sender<()>) {
    let (stop, stopped) = oneshot::channel();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
    listener.set_nonblocking(true).expect("a listener that does not block");
    let port = listener.local_addr().expect("a port").port();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener = TcpListener::from_std(listener).expect("a listener");
            let door = Door { listener, shut: Arc::clone(&shared.shut) };
            let app = Router::new().fallback(handle).with_state(Arc::clone(&shared));
            tokio::spawn(tick(Arc::clone(&shared)));
            tokio::spawn(webhook::post(shared));
            let serve = axum::serve(door, app.into_make_service_with_connect_info::<Cut>());
            tokio::select! {
                _ = stopped => {}
                _ = serve => {}
            }
        });
    });
    (port, stop)
}

/// Closes polls in time, also when nobody asks.
async fn tick(shared: Arc<Shared>) {
    loop {
        drop(shared.world());
        sleep(Duration::from_millis(20)).await;
    }
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: HttpRequest<axum::body::Body>,
) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let Some((bot, method)) = path.split_once('/') else { return refuse(&Refusal::new(404, "Not Found")) };
    if bot.strip_prefix("bot") != Some(shared.token.as_str()) {
        return refuse(&Refusal::new(401, "Unauthorized"));
    }
    let Ok((body, files)) = body::read(request).await else {
        shared.world().complain(format!("{method}: the body could not be read"));
        return refuse(&Refusal::new(400, "Bad Request: can't parse request"));
    };
    let Some(method) = canonical(method) else {
        let mut world = shared.world();
        world.complain(format!("{method}: the stand-in has no such method"));
        return refuse(&Refusal::new(404, "Not Found: method not found"));
    };
    let now = shared.clock.millis();
    let call = Call { method, body, files, now };
    if method == "getUpdates" {
        let fault = shared.world().faults.take(method);
        return match fault {
            Some(Fault::Dropped) => dropped(&cut),
            Some(fault) => faulty(&fault),
            None => updates(&shared, &call).await,
        };
    }
    carry_out(&shared, &cut, call).await
}

/// Records a call, lets go wrong what shall, and does it.
async fn carry_out(shared: &Shared, cut: &Cut, call: Call) -> Response {
    let (fault, at) = {
        let mut world = shared.world();
        let (body, files) = (Value::Object(call.body.clone()), call.files.clone());
        let method = call.method.to_owned();
        world.requests.push(Request { method, body, files, at: call.now, status: 0 });
        (world.faults.take(call.method), world.requests.len() - 1)
    };
    let done = || {
        let mut world = shared.world();
        let answer = methods::call(&mut world, &call);
        let status = answer.as_ref().map_or_else(|refusal| refusal.code, |_| 200);
        world.note(at, status);
        drop(world);
        shared.wake();
        match answer {
            Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
            Err(refusal) => refuse(&refusal),
        }
    };
    match fault {
        None => done(),
        Some(Fault::Dropped) => dropped(cut),
        Some(Fault::Lost) => {
            done();
            dropped(cut)
        }
        Some(Fault::Slow(time)) => {
            let answer = done();
            sleep(time).await;
            answer
        }
        Some(fault) => {
            let answer = faulty(&fault);
            shared.world().note(at, answer.status().as_u16());
            shared.wake();
            answer
        }
    }
}

fn dropped(cut: &Cut) -> Response {
    cut.cut();
    StatusCode::OK.into_response()
}

fn faulty(fault: &Fault) -> Response {
    match fault {
        Fault::TooMany(seconds) => refuse(&Refusal::wait(*seconds)),
        Fault::Refused(code, description) => refuse(&Refusal::new(*code, description.clone())),
        _ => refuse(&Refusal::new(500, "Internal Server Error")),
    }
}

fn refuse(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(refusal.json())).into_response()
}

/// `getUpdates`: waits until there is something, the time is up, or somebody else asks.
async fn updates(shared: &Shared, call: &Call) -> Response {
    let number = |key: &str| call.body.get(key).and_then(|v| v.as_i64().or_else(|| v.as_str()?.parse().ok()));
    let (offset, limit) =
        (number("offset").unwrap_or_default(), number("limit").unwrap_or(100).clamp(1, 100));
    // The server waits 50 seconds at most.
    let seconds = u64::try_from(number("timeout").unwrap_or_default()).unwrap_or_default().min(50);
    let deadline = Instant::now() + Duration::from_secs(seconds);
    let mut changed = shared.changed.subscribe();
    let mine = {
        let mut world = shared.world();
        if world.queue.webhook.is_some() {
            return refuse(&Refusal::new(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the \
                 webhook first",
            ));
        }
        world.queue.allow(call.body.get("allowed_updates"));
        world.queue.polls += 1;
        world.queue.polls
    };
    shared.wake();
    loop {
        {
            let mut world = shared.world();
            if world.queue.polls != mine {
                return refuse(&Refusal::new(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                ));
            }
            let before = world.queue.delivered();
            let updates = world.queue.take(offset, usize::try_from(limit).unwrap_or(100));
            if world.queue.delivered() > before {
                // Somebody may wait for just that.
                shared.wake();
            }
            if !updates.is_empty() || Instant::now() >= deadline || shared.shut.load(Ordering::SeqCst) {
                return Json(json!({"ok": true, "result": updates})).into_response();
            }
        }
        // Whether something changed or the time is up is seen at the next turn.
        let _ = timeout_at(deadline, changed.changed()).await;
    }
}
