//! Chats: who hears what, who may say what, and what becomes of groups.

use serde_json::json;

use super::Bot;
use crate::telegram::{Standing, Telegram};

#[tokio::test]
async fn privacy_mode_lets_only_commands_and_replies_through() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let anna = group.member("Anna");
    bot.says(group.id(), "In your own words?").await;
    let question = group.next_message().await;
    anna.says("hello all").await;
    anna.says("/quiz@other_bot").await;
    let said = anna.says("/quiz@viva_test_bot bias").await;
    anna.replies(&question, "it is variance").await;
    anna.edits(&said, "/quiz variance").await;
    let updates = bot.updates(5).await;
    assert_eq!(updates.len(), 3, "{updates:#?}");
    assert_eq!(updates[0]["message"]["entities"][0]["length"], 19);
    assert_eq!(updates[1]["message"]["reply_to_message"]["message_id"], question.id());
    assert_eq!(updates[2]["edited_message"]["text"], "/quiz variance");
    telegram.privacy_mode(false);
    anna.says("hello all").await;
    assert_eq!(bot.update().await["message"]["text"], "hello all");
}

#[tokio::test]
async fn an_anonymous_administrator_speaks_as_the_group() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let forum = telegram.forum("Study");
    let topic = forum.topic("Statistics");
    let boss = topic.anonymous_administrator("Boss");
    boss.says("/daily off").await;
    let message = bot.update().await["message"].clone();
    assert_eq!(message["sender_chat"]["id"], forum.id());
    assert_eq!(message["from"]["username"], "GroupAnonymousBot");
    assert_eq!(message["message_thread_id"], topic.thread().unwrap());
    let body = json!({"chat_id": forum.id(), "message_thread_id": topic.thread(), "text": "ok"});
    bot.ask("sendMessage", body).await;
    assert_eq!(topic.next_message().await.thread(), topic.thread());
    let nowhere = json!({"chat_id": forum.id(), "message_thread_id": 999, "text": "ok"});
    assert_eq!(bot.refused("sendMessage", nowhere).await, "Bad Request: message thread not found");
    let rulers = bot.ask("getChatAdministrators", json!({"chat_id": forum.id()})).await;
    assert_eq!(rulers[0]["is_anonymous"], true);
    let own = bot.ask("getChatMember", json!({"chat_id": forum.id(), "user_id": 7_000_000_001_i64})).await;
    assert_eq!(own["status"], "member");
}

#[tokio::test]
async fn a_chat_that_is_closed_says_why() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let say = |chat: i64| bot.refused("sendMessage", json!({"chat_id": chat, "text": "x"}));
    let anna = telegram.person("Anna");
    assert_eq!(say(anna.id()).await, "Forbidden: bot can't initiate conversation with a user");
    anna.says("/start").await;
    bot.update().await;
    bot.says(anna.id(), "hello").await;
    anna.blocks_the_bot().await;
    assert_eq!(bot.update().await["my_chat_member"]["new_chat_member"]["status"], "kicked");
    assert_eq!(say(anna.id()).await, "Forbidden: bot was blocked by the user");
    anna.unblocks_the_bot().await;
    bot.update().await;
    bot.says(anna.id(), "hello again").await;
    anna.deletes_account().await;
    assert_eq!(say(anna.id()).await, "Forbidden: user is deactivated");

    let group = telegram.supergroup("Study");
    let boss = group.owner("Boss");
    group.makes_bot(Standing::Kicked, &boss);
    bot.update().await;
    assert_eq!(say(group.id()).await, "Forbidden: bot was kicked from the supergroup chat");
    group.brings_in_the_bot(&boss);
    assert_eq!(bot.updates(5).await.len(), 2);
    group.forbids("polls");
    let poll = json!({"chat_id": group.id(), "question": "q", "options": [{"text": "a"}, {"text": "b"}]});
    let refusal = bot.refused("sendPoll", poll.clone()).await;
    assert_eq!(refusal, "Bad Request: not enough rights to send polls to the chat");
    group.makes_bot(Standing::Administrator, &boss);
    bot.update().await;
    bot.ask("sendPoll", poll).await;
    group.is_deleted();
    assert_eq!(say(group.id()).await, "Forbidden: the group chat was deleted");
    assert_eq!(say(-1).await, "Bad Request: chat not found");
    assert_eq!(telegram.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_sends_the_bot_after_it() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let anna = group.member("Anna");
    let new = group.becomes_supergroup();
    let updates = bot.updates(5).await;
    assert_eq!(updates[0]["message"]["migrate_to_chat_id"], new.id());
    assert_eq!(updates[1]["message"]["migrate_from_chat_id"], group.id());
    let answer = bot.raw("sendMessage", json!({"chat_id": group.id(), "text": "x"})).await.unwrap();
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], new.id());
    assert_eq!(answer["error_code"], 400);
    bot.says(new.id(), "here").await;
    new.welcomes(&anna).says("/topics").await;
    assert_eq!(bot.update().await["message"]["chat"]["type"], "supergroup");
}

#[tokio::test]
async fn a_channel_takes_only_anonymous_polls() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let channel = telegram.channel("News");
    channel.is_called("study_news");
    channel.posts("/daily 08:30 Europe/Berlin");
    assert_eq!(bot.update().await["channel_post"]["sender_chat"]["id"], channel.id());
    let mut poll =
        json!({"chat_id": "@study_news", "question": "q", "options": [{"text": "a"}, {"text": "b"}]});
    bot.ask("sendPoll", poll.clone()).await;
    let reader = telegram.person("Reader");
    reader.votes(&channel.next_poll().await, 0).await;
    assert_eq!(bot.update().await["poll"]["options"][0]["voter_count"], 1);
    poll["is_anonymous"] = false.into();
    assert!(bot.refused("sendPoll", poll).await.contains("can't be sent to channel chats"));
}

#[tokio::test]
async fn markup_and_length_are_refused_as_telegram_refuses_them() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let html = |text: &str| json!({"chat_id": group.id(), "text": text, "parse_mode": "HTML"});
    bot.ask("sendMessage", html("<tg-spoiler>&lt;b&gt;</tg-spoiler>")).await;
    let sent = group.next_message().await;
    assert_eq!(sent.text(), "<b>");
    assert!(sent.has("spoiler"));
    assert_eq!(telegram.violations(), Vec::<String>::new());
    let wrong = bot.refused("sendMessage", html("a <b")).await;
    assert_eq!(wrong, "Bad Request: can't parse entities: Unclosed start tag at byte offset 2");
    let long = bot.refused("sendMessage", html(&"😀".repeat(2049))).await;
    assert_eq!(long, "Bad Request: message is too long");
    let data = json!({"inline_keyboard": [[{"text": "a", "callback_data": "x".repeat(65)}]]});
    let body = json!({"chat_id": group.id(), "text": "x", "reply_markup": data});
    assert_eq!(bot.refused("sendMessage", body).await, "Bad Request: BUTTON_DATA_INVALID");
    assert_eq!(telegram.violations().len(), 3);
}

#[tokio::test]
async fn rich_messages_exist_until_they_do_not() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let body = json!({"chat_id": group.id(), "rich_message": {
        "html": "<h2>Bias</h2><details><summary>Answer</summary><tg-math-block>x^2</tg-math-block></details>"}});
    bot.ask("sendRichMessage", body.clone()).await;
    assert_eq!(group.next_message().await.text(), "Bias\nAnswer\nx^2");
    telegram.knows_rich_messages(false);
    let answer = bot.raw("SendRichMessage", body).await.unwrap();
    assert_eq!(answer["error_code"], 404);
    assert_eq!(telegram.violations(), Vec::<String>::new());
}
