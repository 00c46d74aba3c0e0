//! Updates that Telegram posts: only those that bring the secret which Viva told Telegram at its start.
//! <https://core.telegram.org/bots/api#setwebhook>

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use rand::RngExt;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

use crate::bot::Bot;
use crate::error::TelegramError;
use crate::payloads::SetWebhook;
use crate::serve::Webhook;
use crate::updates::{self, KINDS, Update};

/// The header that brings the secret.
const SECRET: &str = "X-Telegram-Bot-Api-Secret-Token";

struct Ears {
    secret: String,
    heard: UnboundedSender<Update>,
}

/// Listens, then tells Telegram where to post.
pub(crate) async fn listen(
    bot: &Arc<Bot>,
    hook: Webhook,
    heard: UnboundedSender<Update>,
) -> Result<JoinHandle<()>, TelegramError> {
    if !hook.url.starts_with("https://") && !hook.url.starts_with("http://") {
        return Err(TelegramError::Address(hook.url, "write TELEGRAM_WEBHOOK_URL as https://…"));
    }
    let listener = TcpListener::bind(&hook.listen)
        .await
        .map_err(|error| TelegramError::Listen(hook.listen.clone(), error))?;
    let mut rng = rand::rng();
    let secret: String = (0..4).map(|_| format!("{:016x}", rng.random::<u64>())).collect();
    let ears = Arc::new(Ears { secret: secret.clone(), heard });
    // Whatever stands before this may pass on any path.
    let router = Router::new().fallback(post(hear)).with_state(ears);
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "no updates can be heard any more");
        }
    });
    bot.api.call(&SetWebhook { url: hook.url, secret_token: secret, allowed_updates: &KINDS }).await?;
    Ok(serving)
}

async fn hear(State(ears): State<Arc<Ears>>, headers: HeaderMap, body: String) -> StatusCode {
    let given = headers.get(SECRET).map(|secret| secret.as_bytes()).unwrap_or_default();
    if !same(given, ears.secret.as_bytes()) {
        return StatusCode::UNAUTHORIZED;
    }
    match updates::read(&body) {
        Some(update) => match ears.heard.send(update) {
            Ok(()) => StatusCode::OK,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        // Telegram would post again and again what is no update.
        None => StatusCode::OK,
    }
}

/// Compares in the same time, wherever the difference is.
fn same(given: &[u8], secret: &[u8]) -> bool {
    given.len() == secret.len() && given.iter().zip(secret).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
