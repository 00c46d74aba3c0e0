//! A program in a few lines: it connects, waits for events and answers what the test tells it to.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use viva_tests::discord::Discord;

/// The intents that a program without messages takes.
const GUILDS: u64 = 1;

/// A connected program.
pub(super) struct Program {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(super) url: String,
    pub(super) token: String,
    pub(super) sequence: u64,
    pub(super) session: String,
    http: reqwest::Client,
}

impl Program {
    /// Connects, identifies and registers `/quiz topic` and `/daily set time`.
    pub(super) async fn start(discord: &Discord) -> Self {
        let mut program = Self::connect(discord).await;
        program.identify(&json!({})).await;
        let ready = program.event("READY").await;
        program.session = ready["session_id"].as_str().expect("an id").to_owned();
        let path = format!("applications/{}/commands", discord.application());
        let (status, answer) = program.ask("PUT", &path, &commands()).await;
        assert_eq!(status, 200, "{answer}");
        program
    }

    pub(super) async fn connect(discord: &Discord) -> Self {
        let http = reqwest::Client::new();
        let mut program = Self {
            socket: connect_async(discord.url().replace("http", "ws")).await.expect("a gateway").0,
            url: format!("{}/api/v10", discord.url()),
            token: discord.token(),
            sequence: 0,
            session: String::new(),
            http,
        };
        assert_eq!(program.hear().await.expect("a hello")["op"], 10);
        program
    }

    pub(super) async fn identify(&mut self, changes: &Value) {
        let properties = json!({ "os": "linux", "browser": "test", "device": "test" });
        let mut data = json!({ "token": self.token, "intents": GUILDS, "properties": properties });
        for (field, value) in changes.as_object().into_iter().flatten() {
            data[field] = value.clone();
        }
        self.say(&json!({ "op": 2, "d": data })).await;
    }

    pub(super) async fn say(&mut self, payload: &Value) {
        self.socket.send(Message::Text(payload.to_string().into())).await.expect("an open socket");
    }

    /// The next payload, or the code that the connection closed with; 0 if it just broke.
    pub(super) async fn hear(&mut self) -> Result<Value, u16> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let payload: Value = serde_json::from_str(&text).expect("JSON");
                    self.sequence = payload["s"].as_u64().unwrap_or(self.sequence);
                    return Ok(payload);
                }
                Some(Ok(Message::Close(frame))) => return Err(frame.map_or(0, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(0),
            }
        }
    }

    /// Waits for an event and gives its data.
    pub(super) async fn event(&mut self, name: &str) -> Value {
        loop {
            let payload = self.hear().await.expect("an open socket");
            if payload["t"] == name {
                return payload["d"].clone();
            }
        }
    }

    /// Sends a request.
    pub(super) async fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let method = method.parse().expect("a method");
        let request = self.http.request(method, format!("{}/{path}", self.url));
        let request = request.header("Authorization", format!("Bot {}", self.token));
        let request = if body.is_null() { request } else { request.json(body) };
        read(request.send().await.expect("an answer")).await
    }

    /// Sends a request with a file.
    pub(super) async fn upload(
        &self,
        method: &str,
        path: &str,
        body: &Value,
        name: &str,
        bytes: Vec<u8>,
    ) -> (u16, Value) {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form =
            reqwest::multipart::Form::new().text("payload_json", body.to_string()).part("files[0]", part);
        let request = self.http.request(method.parse().expect("a method"), format!("{}/{path}", self.url));
        let request = request.header("Authorization", format!("Bot {}", self.token)).multipart(form);
        read(request.send().await.expect("an answer")).await
    }

    /// Answers an interaction.
    pub(super) async fn answer(&self, interaction: &Value, kind: u64, data: &Value) -> (u16, Value) {
        let [id, token] = ["id", "token"].map(|field| interaction[field].as_str().expect("a text"));
        let path = format!("interactions/{id}/{token}/callback");
        self.ask("POST", &path, &json!({ "type": kind, "data": data })).await
    }

    /// The path of an interaction's webhook.
    pub(super) fn webhook(interaction: &Value) -> String {
        let [application, token] =
            ["application_id", "token"].map(|field| interaction[field].as_str().expect("a text"));
        format!("webhooks/{application}/{token}")
    }
}

async fn read(response: reqwest::Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// The commands of the program.
pub(super) fn commands() -> Value {
    json!([
        { "name": "quiz", "description": "Asks", "integration_types": [0, 1], "contexts": [0, 1, 2], "options": [
            { "type": 3, "name": "topic", "description": "About", "autocomplete": true },
            { "type": 4, "name": "count", "description": "How many", "min_value": 1, "max_value": 5 },
            { "type": 6, "name": "member", "description": "Whom" },
        ] },
        { "name": "daily", "description": "Each day", "default_member_permissions": "32", "options": [
            { "type": 1, "name": "set", "description": "Sets", "options": [
                { "type": 3, "name": "time", "description": "When", "required": true },
            ] },
        ] },
    ])
}

/// A card of components, with buttons.
pub(super) fn card(text: &str, buttons: &[&str]) -> Value {
    let button = |id: &&str| json!({ "type": 2, "style": 1, "label": id.to_uppercase(), "custom_id": id });
    let row = json!({ "type": 1, "components": buttons.iter().map(button).collect::<Vec<_>>() });
    let components = json!([{ "type": 17, "components": [{ "type": 10, "content": text }, row] }]);
    json!({ "flags": 32768, "components": components, "allowed_mentions": { "parse": [] } })
}

/// A private text.
pub(super) fn private(text: &str) -> Value {
    json!({ "flags": 64, "content": text, "allowed_mentions": { "parse": [] } })
}
