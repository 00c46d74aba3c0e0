//! Updates that come twice or late, floods, and connections that break.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Bot;
use crate::telegram::story::TOKEN;
use crate::telegram::{Fault, Standing, Telegram};

#[tokio::test]
async fn a_long_poll_waits_for_the_update_and_no_longer() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let anna = telegram.person("Anna");
    let began = Instant::now();
    let (updates, ()) = tokio::join!(bot.updates(5), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        anna.says("hello").await;
    });
    assert_eq!(updates.len(), 1);
    assert!((100..3000).contains(&began.elapsed().as_millis()));
    let began = Instant::now();
    assert!(bot.updates(1).await.is_empty());
    assert!(began.elapsed() >= Duration::from_millis(950));
    telegram.bot_has_seen_all().await;
}

#[tokio::test]
async fn a_webhook_is_posted_to_until_it_takes_the_update() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::http::{HeaderMap, StatusCode};
    static ATTEMPTS: AtomicUsize = AtomicUsize::new(0);
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let (heard, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let app = axum::Router::new().route(
        "/hook",
        axum::routing::post(async move |headers: HeaderMap, body: String| {
            let secret = headers["x-telegram-bot-api-secret-token"].to_str().unwrap().to_owned();
            heard.send((secret, body)).unwrap();
            // The first attempt finds nobody at home.
            if ATTEMPTS.fetch_add(1, Ordering::SeqCst) == 0 {
                StatusCode::BAD_GATEWAY
            } else {
                StatusCode::OK
            }
        }),
    );
    tokio::spawn(async move { axum::serve(listener, app).await });
    let anna = telegram.person("Anna");
    anna.says("hello").await;
    bot.ask("setWebhook", json!({"url": url, "secret_token": "s3cret"})).await;
    assert_eq!(bot.raw("getUpdates", json!({})).await.unwrap()["error_code"], 409);
    let first = hears.recv().await.unwrap();
    assert_eq!(first.0, "s3cret");
    assert_eq!(hears.recv().await.unwrap(), first, "it is posted again after a failure");
    telegram.bot_has_seen_all().await;
    bot.ask("deleteWebhook", json!({})).await;
    anna.says("again").await;
    assert_eq!(bot.update().await["message"]["text"], "again");
}

#[tokio::test]
async fn two_pollers_do_not_get_along() {
    let telegram = Telegram::start().await;
    let (old, new) = (Bot::of(&telegram), Bot::of(&telegram));
    let (answer, _) = tokio::join!(old.raw("getUpdates", json!({"timeout": 5})), async {
        telegram.bot_is_there().await;
        new.updates(0).await
    });
    assert_eq!(answer.unwrap()["error_code"], 409);
}

#[tokio::test]
async fn updates_are_delivered_twice_on_request() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let anna = telegram.person("Anna");
    telegram.delivers_twice(true);
    anna.says("hello").await;
    let first = bot.update().await;
    assert_eq!(bot.update().await, first);
    assert!(bot.updates(0).await.is_empty());
    telegram.delivers_twice(false);
    telegram.delivers("unknown_thing", json!({"a": 1}));
    telegram.repeats_the_last_update();
    assert_eq!(bot.updates(0).await.len(), 2);
}

#[tokio::test]
async fn reactions_come_only_to_whom_asks() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let anna = group.member("Anna");
    bot.says(group.id(), "hello").await;
    let sent = group.next_message().await;
    anna.reacts(&sent, "👍").await;
    assert!(bot.updates(0).await.is_empty());
    bot.ask("getUpdates", json!({"allowed_updates": ["message_reaction"]})).await;
    anna.reacts(&sent, "👍").await;
    assert!(bot.updates(0).await.is_empty(), "the bot is no administrator");
    group.makes_bot(Standing::Administrator, &anna);
    anna.reacts(&sent, "👍").await;
    assert_eq!(bot.update().await["message_reaction"]["new_reaction"][0]["emoji"], "👍");
}

#[tokio::test]
async fn what_shall_go_wrong_goes_wrong_once() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let body = json!({"chat_id": group.id(), "text": "x"});
    telegram.fails("sendMessage", Fault::TooMany(7));
    let answer = bot.raw("sendMessage", body.clone()).await.unwrap();
    assert_eq!((&answer["error_code"], &answer["parameters"]["retry_after"]), (&json!(429), &json!(7)));
    telegram.fails("*", Fault::ServerError);
    assert_eq!(bot.raw("sendMessage", body.clone()).await.unwrap()["error_code"], 500);
    telegram.fails("sendMessage", Fault::Dropped);
    bot.raw("sendMessage", body.clone()).await.unwrap_err();
    assert!(group.unread().is_empty(), "nothing was accepted so far");
    telegram.fails("sendMessage", Fault::Lost);
    bot.raw("sendMessage", body.clone()).await.unwrap_err();
    assert_eq!(group.unread().len(), 1, "the answer was lost, the message was not");
    telegram.fails("sendMessage", Fault::Slow(Duration::from_millis(200)));
    let began = Instant::now();
    bot.ask("sendMessage", body).await;
    assert!(began.elapsed() >= Duration::from_millis(200));
    let statuses: Vec<u16> = telegram.called("SendMessage", 4).await.iter().map(|call| call.status).collect();
    assert_eq!(statuses, [429, 500, 0, 200, 200]);
}

#[tokio::test]
async fn floods_are_refused_and_impatience_is_noted() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    telegram.limits_floods(true);
    let group = telegram.group("Study");
    for _ in 0..3 {
        bot.says(group.id(), "x").await;
    }
    let body = json!({"chat_id": group.id(), "text": "x"});
    let answer = bot.raw("sendMessage", body.clone()).await.unwrap();
    let wait = answer["parameters"]["retry_after"].as_u64().unwrap();
    assert_eq!(answer["description"], format!("Too Many Requests: retry after {wait}"));
    assert_eq!(telegram.violations(), Vec::<String>::new());
    bot.refused("sendMessage", body.clone()).await;
    assert_eq!((telegram.violations().len(), telegram.refused()), (1, 2));
    telegram.clock().advance(Duration::from_secs(wait));
    bot.ask("sendMessage", body).await;
}

#[tokio::test]
async fn a_server_that_went_down_comes_back_with_everything() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let anna = telegram.person("Anna");
    let (answer, ()) = tokio::join!(bot.raw("getUpdates", json!({"timeout": 5})), async {
        telegram.bot_is_there().await;
        telegram.goes_down();
    });
    answer.unwrap_err();
    anna.says("hello").await;
    bot.raw("getUpdates", json!({})).await.unwrap_err();
    telegram.comes_back();
    assert_eq!(bot.update().await["message"]["text"], "hello");
}

#[tokio::test]
async fn a_request_against_the_description_is_a_violation() {
    if std::env::var_os("VIVA_SPECS").is_none() {
        return;
    }
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    bot.ask("sendMessage", json!({"chat_id": group.id(), "text": "x", "reply_to_message_id": 1})).await;
    assert_eq!(telegram.violations(), ["sendMessage: unknown field \"reply_to_message_id\""]);
    assert!(!telegram.violations()[0].contains(TOKEN));
}
