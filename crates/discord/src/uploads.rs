//! Requests with files. serenity gives files their numbers only in builders, none of which knows Components V2, so
//! the form is built here; address, token and the words of a refusal stay serenity's.
//! <https://docs.discord.com/developers/reference#uploading-files>

use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use serde::de::DeserializeOwned;
use serenity::all::{Http, Request};
use serenity::http::{ErrorResponse, HttpError};

/// How often Discord's wish to wait is granted.
const WAITS: u32 = 3;
/// The longest that one is granted.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A file on its way.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: Vec<u8>,
}

/// Sends `request`, which has no body, with a JSON body and files.
pub(crate) async fn send<T: DeserializeOwned>(
    client: &reqwest::Client,
    http: &Http,
    request: Request<'_>,
    body: &str,
    files: &[Upload],
) -> serenity::Result<T> {
    let failed = |error: reqwest::Error| serenity::Error::Http(HttpError::Request(error));
    let mut waits = WAITS;
    loop {
        let bare = request.clone().build(client, http.token(), http.proxy.as_deref())?;
        let mut bare = bare.build().map_err(failed)?;
        // It says that there is none.
        bare.headers_mut().remove(CONTENT_LENGTH);
        let method = bare.method().clone();
        let form = form(body, files).map_err(failed)?;
        let response = reqwest::RequestBuilder::from_parts(client.clone(), bare).multipart(form);
        let response = response.send().await.map_err(failed)?;
        if response.status().as_u16() == 429 && waits > 0 {
            waits -= 1;
            let seconds =
                response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            tokio::time::sleep(
                seconds.map_or(Duration::from_secs(1), Duration::from_secs_f64).min(LONGEST_WAIT),
            )
            .await;
            continue;
        }
        if !response.status().is_success() {
            let refused = ErrorResponse::from_response(response, method).await;
            return Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(refused)));
        }
        return response.json().await.map_err(failed);
    }
}

fn form(body: &str, files: &[Upload]) -> reqwest::Result<Form> {
    let json = Part::text(body.to_owned()).mime_str("application/json")?;
    let mut form = Form::new().part("payload_json", json);
    for (id, file) in files.iter().enumerate() {
        let kind = match file.name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("png") => "image/png",
            Some("jpg") => "image/jpeg",
            Some("webp") => "image/webp",
            Some("gif") => "image/gif",
            _ => "application/octet-stream",
        };
        let part = Part::bytes(file.content.clone()).file_name(file.name.clone()).mime_str(kind)?;
        form = form.part(format!("files[{id}]"), part);
    }
    Ok(form)
}
