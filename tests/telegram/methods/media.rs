//! Photos, documents and albums: uploaded, sent again by their id, or fetched from an address.
//!
//! <https://core.telegram.org/bots/api#sending-files> and <https://core.telegram.org/bots/api#sendphoto>.

use serde_json::{Map, Value, json};

use super::place::{draft, flood, visible};
use super::send::write;
use super::{Answer, Call, Refusal};
use crate::telegram::rules::text;
use crate::telegram::world::{Upload, World};

/// The file that a parameter names, as a `PhotoSize` or `Document`, and its bytes if they came along.
pub(super) fn named(
    world: &mut World,
    call: &Call,
    given: &str,
    photo: bool,
) -> Result<(Value, Option<Upload>), Refusal> {
    let wrong = || Refusal::blunder("Bad Request: wrong file identifier/HTTP URL specified");
    let part = given.strip_prefix("attach://");
    if let Some(part) = part {
        let upload = call.files.iter().find(|file| file.field == part);
        let upload = upload
            .cloned()
            .ok_or_else(|| Refusal::blunder("Bad Request: there is no file in the request"))?;
        let described = describe(&upload, photo)?;
        let id = format!("file-{}", world.fresh());
        world.files.insert(id.clone(), upload.clone());
        return Ok((identified(described, &id), Some(upload)));
    }
    if let Some(known) = world.files.get(given).cloned() {
        return Ok((identified(describe(&known, photo)?, given), Some(known)));
    }
    if world.forgotten.contains(given) {
        return Err(Refusal::new(400, "Bad Request: wrong file identifier/HTTP URL specified"));
    }
    if given.starts_with("https://") || given.starts_with("http://") {
        if world.switches.offline {
            return Err(Refusal::new(400, "Bad Request: failed to get HTTP URL content"));
        }
        let id = format!("file-{}", world.fresh());
        let described = if photo { json!({"width": 100, "height": 100}) } else { json!({}) };
        return Ok((identified(described, &id), None));
    }
    Err(wrong())
}

fn identified(mut described: Value, id: &str) -> Value {
    described["file_id"] = id.into();
    described["file_unique_id"] = format!("unique-{id}").into();
    described
}

/// Looks at a file as Telegram does.
fn describe(upload: &Upload, photo: bool) -> Result<Value, Refusal> {
    let size = upload.bytes.len();
    if size == 0 {
        return Err(Refusal::blunder("Bad Request: file must be non-empty"));
    }
    if size > 50 * 1024 * 1024 {
        return Err(Refusal { code: 413, ..Refusal::blunder("Request Entity Too Large") });
    }
    if !photo {
        return Ok(json!({"file_name": upload.name, "file_size": size}));
    }
    if size > 10 * 1024 * 1024 {
        return Err(Refusal::blunder("Bad Request: file is too big"));
    }
    let (width, height) =
        measure(&upload.bytes).ok_or_else(|| Refusal::blunder("Bad Request: IMAGE_PROCESS_FAILED"))?;
    let (long, short) = (width.max(height), width.min(height).max(1));
    if width + height > 10_000 || long > short * 20 {
        return Err(Refusal::blunder("Bad Request: PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(json!({"width": width, "height": height, "file_size": size}))
}

/// The size of a picture, all of which can be read.
fn measure(bytes: &[u8]) -> Option<(u32, u32)> {
    let picture = image::load_from_memory(bytes).ok()?;
    Some((picture.width(), picture.height()))
}

pub(super) fn photo(world: &mut World, call: &Call) -> Answer {
    one(world, call, "photo")
}

pub(super) fn document(world: &mut World, call: &Call) -> Answer {
    one(world, call, "document")
}

fn one(world: &mut World, call: &Call, kind: &'static str) -> Answer {
    let chat = visible(world, call, if kind == "photo" { "photos" } else { "documents" })?;
    let caption = text::caption(&call.body).map_err(Refusal::blunder)?;
    let (file, _) = named(world, call, call.text(kind), kind == "photo")?;
    let mut message = draft(world, chat, call)?;
    write(world, &mut message, "caption", caption);
    message.content.insert(kind.into(), held(kind, file));
    flood(world, chat, 1, call)?;
    let id = world.post(chat, message);
    Ok(world.show(chat, id))
}

/// A photo is a list of sizes, a document is itself.
pub(super) fn held(kind: &str, file: Value) -> Value {
    if kind == "photo" { json!([file]) } else { file }
}

pub(super) fn group(world: &mut World, call: &Call) -> Answer {
    let chat = visible(world, call, "photos")?;
    let media = call.list("media");
    if !(2..=10).contains(&media.len()) {
        return Err(Refusal::blunder("Bad Request: expected 2-10 items in the album"));
    }
    let kind = |item: &Value| item["type"].as_str().unwrap_or_default().to_owned();
    let documents = media.iter().filter(|item| kind(item) == "document").count();
    if documents != 0 && documents != media.len() {
        return Err(Refusal::blunder("Bad Request: document can't be mixed with other media types"));
    }
    let mut messages = Vec::new();
    for item in media {
        let kind = kind(item);
        let empty = Map::new();
        let caption = text::caption(item.as_object().unwrap_or(&empty)).map_err(Refusal::blunder)?;
        let (file, upload) = named(world, call, item["media"].as_str().unwrap_or_default(), kind == "photo")?;
        let mut message = draft(world, chat, call)?;
        message.files = upload.into_iter().collect();
        write(world, &mut message, "caption", caption);
        message.content.insert(kind.clone(), held(&kind, file));
        messages.push(message);
    }
    flood(world, chat, messages.len(), call)?;
    let album = world.fresh().to_string();
    let mut shown = Vec::new();
    for mut message in messages {
        message.content.insert("media_group_id".into(), album.clone().into());
        let id = world.post(chat, message);
        shown.push(world.show(chat, id));
    }
    Ok(Value::Array(shown))
}

pub(super) fn file(world: &mut World, call: &Call) -> Answer {
    let id = call.text("file_id");
    let known = world.files.get(id).ok_or_else(|| Refusal::blunder("Bad Request: invalid file_id"))?;
    Ok(identified(json!({"file_size": known.bytes.len(), "file_path": format!("files/{}", known.name)}), id))
}
