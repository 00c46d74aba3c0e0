//! Parameters in all the ways in which the Bot API takes them: <https://core.telegram.org/bots/api#making-requests>.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart};
use axum::http::{Request, header};
use serde_json::{Map, Value};

use super::world::Upload;

/// The largest request that a bot may send, and a little more.
const LIMIT: usize = 60 * 1024 * 1024;

/// Parameters that are text even when they look like a number or JSON.
const TEXTS: [&str; 22] = [
    "text",
    "caption",
    "question",
    "explanation",
    "description",
    "short_description",
    "name",
    "title",
    "url",
    "parse_mode",
    "question_parse_mode",
    "explanation_parse_mode",
    "description_parse_mode",
    "type",
    "photo",
    "document",
    "file_id",
    "callback_query_id",
    "inline_query_id",
    "inline_message_id",
    "next_offset",
    "secret_token",
];

/// Reads the parameters and the files.
pub(super) async fn read(request: Request<Body>) -> Result<(Map<String, Value>, Vec<Upload>), String> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let mut body = Map::new();
    for (key, value) in pairs(request.uri().query().unwrap_or_default()) {
        body.insert(key.clone(), typed(&key, value));
    }
    let mut files = Vec::new();
    if kind.starts_with("multipart/form-data") {
        form(request, &mut body, &mut files).await?;
        return Ok((body, files));
    }
    let bytes = to_bytes(request.into_body(), LIMIT).await.map_err(|error| error.to_string())?;
    if bytes.is_empty() {
        return Ok((body, files));
    }
    if kind.starts_with("application/x-www-form-urlencoded") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        body.extend(pairs(&text).map(|(key, value)| (key.clone(), typed(&key, value))));
        return Ok((body, files));
    }
    match serde_json::from_slice(&bytes).map_err(|error| error.to_string())? {
        Value::Object(object) => body.extend(object),
        Value::Null => {}
        other => return Err(format!("not an object: {other}")),
    }
    // Whoever sends an object as text inside JSON means the object.
    for (key, value) in &mut body {
        if let Value::String(text) = value
            && text.starts_with(['{', '['])
        {
            *value = typed(key, text.clone());
        }
    }
    Ok((body, files))
}

async fn form(
    request: Request<Body>,
    body: &mut Map<String, Value>,
    files: &mut Vec<Upload>,
) -> Result<(), String> {
    let mut request = request;
    axum::extract::DefaultBodyLimit::max(LIMIT).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| error.body_text())?;
    while let Some(part) = form.next_field().await.map_err(|error| error.body_text())? {
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(ToOwned::to_owned);
        let bytes = part.bytes().await.map_err(|error| error.body_text())?;
        if let Some(name) = file {
            // A file under the name of a parameter is that parameter.
            if ["photo", "document", "certificate"].contains(&field.as_str()) {
                body.insert(field.clone(), format!("attach://{field}").into());
            }
            files.push(Upload { field, name, bytes: bytes.to_vec() });
        } else {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            body.insert(field.clone(), typed(&field, text));
        }
    }
    Ok(())
}

/// What a parameter written as text means.
fn typed(key: &str, text: String) -> Value {
    if TEXTS.contains(&key) {
        return text.into();
    }
    match serde_json::from_str(&text) {
        Ok(Value::String(_)) | Err(_) => text.into(),
        Ok(value) => value,
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> + '_ {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key), decode(value))
    })
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%');
        bytes.push(escaped.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_and_typed() {
        let read: Vec<_> = pairs("a=%C3%A9+b&c&chat_id=-5").collect();
        assert_eq!(read[0], ("a".into(), "é b".into()));
        assert_eq!(typed("chat_id", "-5".into()), -5);
        assert_eq!(typed("text", "-5".into()), "-5");
        assert_eq!(typed("chat_id", "@name".into()), "@name");
    }
}
