//! The stand-in is held to its word by a client that knows nothing but the Bot API.

mod chats;
mod faults;
mod polls;

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::{Telegram, schema};

/// A bot made of bare requests.
pub(super) struct Bot {
    base: String,
    http: reqwest::Client,
    offset: std::sync::atomic::AtomicI64,
}

impl Bot {
    pub(super) fn of(telegram: &Telegram) -> Self {
        let base = format!("{}/bot{}", telegram.url(), telegram.token());
        Self { base, http: reqwest::Client::new(), offset: 0.into() }
    }

    pub(super) async fn raw(&self, method: &str, body: Value) -> reqwest::Result<Value> {
        self.http.post(format!("{}/{method}", self.base)).json(&body).send().await?.json().await
    }

    /// The result, which must be well.
    pub(super) async fn ask(&self, method: &str, body: Value) -> Value {
        let answer = self.raw(method, body).await.unwrap();
        assert_eq!(answer["ok"], true, "{method}: {answer}");
        answer["result"].clone()
    }

    /// The description of a refusal.
    pub(super) async fn refused(&self, method: &str, body: Value) -> String {
        let answer = self.raw(method, body).await.unwrap();
        assert_eq!(answer["ok"], false, "{method}: {answer}");
        answer["description"].as_str().unwrap().to_owned()
    }

    pub(super) async fn says(&self, chat: i64, text: &str) -> Value {
        self.ask("sendMessage", json!({"chat_id": chat, "text": text})).await
    }

    /// The updates that wait, or that come within the time; each of them whole.
    pub(super) async fn updates(&self, timeout: u64) -> Vec<Value> {
        let offset = self.offset.load(std::sync::atomic::Ordering::SeqCst);
        let body = json!({"offset": offset, "timeout": timeout});
        let updates = self.ask("getUpdates", body).await.as_array().unwrap().clone();
        for update in &updates {
            let next = update["update_id"].as_i64().unwrap() + 1;
            self.offset.store(next, std::sync::atomic::Ordering::SeqCst);
            let known = update.as_object().unwrap().keys().all(|key| !key.starts_with("unknown"));
            if known {
                assert_eq!(schema::check_type("Update", update), Vec::<String>::new(), "{update}");
            }
        }
        updates
    }

    /// The one update that waits, but for counts that come with votes.
    pub(super) async fn update(&self) -> Value {
        let mut updates = self.updates(5).await;
        if updates.len() > 1 {
            updates.retain(|update| update["poll"]["is_closed"] != false);
        }
        assert_eq!(updates.len(), 1, "{updates:?}");
        updates[0].clone()
    }

    async fn upload(&self, method: &str, form: Form) -> Value {
        let url = format!("{}/{method}", self.base);
        self.http.post(url).multipart(form).send().await.unwrap().json().await.unwrap()
    }
}

/// A picture of nothing.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

#[tokio::test]
async fn the_story_of_a_quiz_reads_as_it_happens() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let anna = group.member("Anna");
    anna.says("/quiz overfitting").await;
    assert_eq!(bot.update().await["message"]["text"], "/quiz overfitting");
    let sent = bot
        .ask(
            "SendPoll",
            json!({"chat_id": group.id(), "question": "What is it?", "type": "quiz", "is_anonymous": false,
                "options": [{"text": "a"}, {"text": "b"}, {"text": "c"}], "correct_option_ids": [2],
                "explanation": "<b>c</b>, of course", "explanation_parse_mode": "HTML", "open_period": 60,
                "description": "Think."}),
        )
        .await;
    assert_eq!(schema::check_type("Message", &sent), Vec::<String>::new());
    assert_eq!(sent["poll"]["explanation"], "c, of course");
    let poll = group.next_poll().await;
    anna.votes(&poll, 2).await;
    let vote = bot.update().await;
    assert_eq!(vote["poll_answer"]["option_ids"], json!([2]));
    assert_eq!(vote["poll_answer"]["user"]["first_name"], "Anna");
    bot.says(group.id(), "Anna has it.").await;
    assert_eq!(group.next_message().await.text(), "Anna has it.");
    assert_eq!(telegram.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn the_bot_is_itself_and_nobody_without_the_token_is() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let me = bot.ask("GetMe", json!({})).await;
    assert_eq!(me["username"], "viva_test_bot");
    assert_eq!(schema::check_type("User", &me), Vec::<String>::new());
    let url = format!("{}/bot1:no/getMe", telegram.url());
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(bot.refused("getNothing", json!({})).await, "Not Found: method not found");
    assert_eq!(telegram.violations().len(), 1);
}

#[tokio::test]
async fn commands_are_kept_per_scope_and_language() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let list = |name: &str| json!([{"command": name, "description": "Ask"}]);
    bot.ask("setMyCommands", json!({"commands": list("quiz")})).await;
    let scope = json!({"type": "all_private_chats"});
    bot.ask("setMyCommands", json!({"commands": list("topics"), "scope": scope, "language_code": "zh"}))
        .await;
    assert_eq!(telegram.commands("default", ""), ["quiz"]);
    assert_eq!(telegram.commands("all_private_chats", "zh"), ["topics"]);
    let got = bot.ask("getMyCommands", json!({"scope": scope, "language_code": "zh"})).await;
    assert_eq!(got[0]["command"], "topics");
    bot.ask("deleteMyCommands", json!({"scope": scope, "language_code": "zh"})).await;
    assert!(telegram.commands("all_private_chats", "zh").is_empty());
    assert_eq!(
        bot.refused("setMyCommands", json!({"commands": list("Quiz")})).await,
        "Bad Request: BOT_COMMAND_INVALID"
    );
    bot.ask("setMyDescription", json!({"description": "Quizzes", "language_code": "en"})).await;
    let description = bot.ask("getMyDescription", json!({"language_code": "en"})).await;
    assert_eq!(description, json!({"description": "Quizzes"}));
    assert_eq!(telegram.violations().len(), 1);
}

#[tokio::test]
async fn files_arrive_whole_and_can_be_sent_again() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let id = group.id().to_string();
    let picture = |w, h| Part::bytes(png(w, h)).file_name("formula.png");
    // As teloxide sends it: a part for the file, and a parameter that names it.
    let form = Form::new()
        .text("chat_id", id.clone())
        .text("photo", "attach://first")
        .text("caption", "<i>see</i>")
        .text("parse_mode", "HTML")
        .part("first", picture(300, 80));
    let answer = bot.upload("SendPhoto", form).await;
    assert_eq!(answer["result"]["photo"][0]["width"], 300);
    let sent = group.next_message().await;
    assert_eq!((sent.text(), sent.files()[0].name.clone()), ("see".into(), "formula.png".into()));
    assert!(sent.has("italic"));
    let known = answer["result"]["photo"][0]["file_id"].clone();
    bot.ask("sendPhoto", json!({"chat_id": group.id(), "photo": known})).await;
    let media =
        json!([{"type": "photo", "media": known}, {"type": "photo", "media": "attach://b", "caption": "b"}]);
    let form =
        Form::new().text("chat_id", id.clone()).text("media", media.to_string()).part("b", picture(10, 10));
    let album = bot.upload("sendMediaGroup", form).await;
    assert_eq!(album["result"].as_array().unwrap().len(), 2);
    let form = Form::new()
        .text("chat_id", id.clone())
        .part("document", Part::bytes(b"a,b".to_vec()).file_name("a.csv"));
    assert_eq!(bot.upload("sendDocument", form).await["result"]["document"]["file_name"], "a.csv");
    assert_eq!(telegram.violations(), Vec::<String>::new());
    for (width, height) in [(9000, 2000), (210, 10)] {
        let form = Form::new().text("chat_id", id.clone()).part("photo", picture(width, height));
        let answer = bot.upload("sendPhoto", form).await;
        assert_eq!(answer["description"], "Bad Request: PHOTO_INVALID_DIMENSIONS");
    }
    let long = json!({"chat_id": group.id(), "photo": known, "caption": "x".repeat(1025)});
    assert_eq!(bot.refused("sendPhoto", long).await, "Bad Request: message caption is too long");
    assert_eq!(telegram.violations().len(), 3);
}
