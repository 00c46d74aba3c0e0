//! Updates posted to a webhook, one after the other: <https://core.telegram.org/bots/api#setwebhook>.
//!
//! What the bot writes into its answer is not carried out as a call.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::server::Shared;

/// Posts what waits, again and again until it is taken.
pub(super) async fn post(shared: Arc<Shared>) {
    let mut changed = shared.changed.subscribe();
    loop {
        let next = shared.world().queue.to_post().filter(|_| !shared.shut.load(Ordering::SeqCst));
        let Some((hook, update)) = next else {
            // The sender lives as long as what is shared.
            let _ = changed.changed().await;
            continue;
        };
        let status = timeout(Duration::from_secs(10), deliver(&hook, &update)).await;
        if matches!(status, Ok(Ok(200..300))) {
            shared.world().queue.posted();
            shared.wake();
        } else {
            sleep(Duration::from_millis(200)).await;
        }
    }
}

/// Posts one update over plain HTTP and gives the status.
async fn deliver(hook: &Value, update: &Value) -> io::Result<u16> {
    let url = hook["url"].as_str().unwrap_or_default();
    let rest = url.strip_prefix("http://").ok_or(io::ErrorKind::Unsupported)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let body = update.to_string();
    let secret = hook["secret_token"].as_str();
    let secret =
        secret.map(|secret| format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n")).unwrap_or_default();
    let head = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nConnection: close\r\n{secret}\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    status.ok_or_else(|| io::ErrorKind::InvalidData.into())
}
