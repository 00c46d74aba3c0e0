//! Polls, buttons and inline queries.

use std::time::Duration;

use serde_json::{Value, json};

use super::Bot;
use crate::telegram::Telegram;

fn regular(chat: i64) -> Value {
    json!({"chat_id": chat, "question": "Which?", "options": [{"text": "a"}, {"text": "b"}], "is_anonymous": false})
}

#[tokio::test]
async fn votes_are_cast_changed_and_taken_back_until_the_time_is_up() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.supergroup("Study");
    let (anna, boss) = (group.member("Anna"), group.anonymous_administrator("Boss"));
    let mut body = regular(group.id());
    body["open_period"] = 30.into();
    bot.ask("sendPoll", body).await;
    let poll = group.next_poll().await;
    anna.votes(&poll, 0).await;
    assert_eq!(bot.update().await["poll_answer"]["option_ids"], json!([0]));
    anna.votes(&poll, 1).await;
    assert_eq!(bot.update().await["poll_answer"]["option_ids"], json!([1]));
    anna.retracts(&poll).await;
    assert_eq!(bot.update().await["poll_answer"]["option_ids"], json!([]));
    boss.votes(&poll, 1).await;
    let vote = bot.update().await;
    assert_eq!(vote["poll_answer"]["voter_chat"]["id"], group.id());
    assert!(vote["poll_answer"].get("user").is_none());
    assert!(!poll.is_closed());
    telegram.clock().advance(Duration::from_secs(31));
    poll.closed().await;
    let end = bot.update().await;
    assert_eq!(end["poll"]["is_closed"], true);
    assert_eq!(end["poll"]["options"][1]["voter_count"], 1);
    let stop = json!({"chat_id": group.id(), "message_id": poll.id()});
    assert_eq!(bot.refused("stopPoll", stop).await, "Bad Request: poll has already been closed");
}

#[tokio::test]
async fn a_quiz_takes_one_vote_and_the_bot_can_stop_it() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let anna = group.member("Anna");
    let mut body = regular(group.id());
    body["type"] = "quiz".into();
    body["correct_option_ids"] = json!([1]);
    bot.ask("sendPoll", body.clone()).await;
    let poll = group.next_poll().await;
    assert_eq!((poll.correct(), poll.wrong()), (vec![1], 0));
    anna.votes(&poll, 1).await;
    anna.forces_vote(&poll, &[0]).await;
    let answers = bot.updates(5).await;
    assert_eq!(answers.iter().filter(|update| update.get("poll_answer").is_some()).count(), 2);
    assert_eq!(answers[1]["poll"]["total_voter_count"], 1);
    let stopped = bot.ask("stopPoll", json!({"chat_id": group.id(), "message_id": poll.id()})).await;
    assert_eq!((&stopped["is_closed"], &stopped["total_voter_count"]), (&json!(true), &json!(1)));
    assert!(poll.is_closed());
    assert_eq!(telegram.violations(), Vec::<String>::new());
    body.as_object_mut().unwrap().remove("correct_option_ids");
    assert_eq!(bot.refused("sendPoll", body).await, "Bad Request: wrong correct option ID specified");
    assert_eq!(telegram.violations().len(), 1);
}

#[tokio::test]
#[should_panic(expected = "the poll takes no second vote")]
async fn nobody_votes_twice_in_a_quiz() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let group = telegram.group("Study");
    let anna = group.member("Anna");
    let mut body = regular(group.id());
    body["type"] = "quiz".into();
    body["correct_option_ids"] = json!([1]);
    bot.ask("sendPoll", body).await;
    let poll = group.next_poll().await;
    anna.votes(&poll, 1).await;
    anna.votes(&poll, 0).await;
}

#[tokio::test]
async fn a_button_is_answered_once_and_in_time() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let anna = telegram.person("Anna");
    anna.says("/start").await;
    bot.update().await;
    let markup = json!({"inline_keyboard": [[{"text": "Show", "callback_data": "r:1"}]]});
    let sent =
        bot.ask("sendMessage", json!({"chat_id": anna.id(), "text": "Think", "reply_markup": markup})).await;
    let mut message = anna.chat().next_message().await;
    let click = anna.clicks(&message, "Show").await;
    let query = bot.update().await["callback_query"].clone();
    assert_eq!((&query["data"], &query["message"]["text"]), (&json!("r:1"), &json!("Think")));
    let answer = json!({"callback_query_id": query["id"], "text": "There"});
    assert_eq!(telegram.unanswered(), 1);
    bot.ask("answerCallbackQuery", answer.clone()).await;
    assert_eq!(click.answer().await, "There");
    assert!(bot.refused("answerCallbackQuery", answer.clone()).await.contains("query is too old"));
    assert!(telegram.violations().is_empty(), "what was said once may be said again after a broken line");
    let mut another = answer;
    another["text"] = "Here".into();
    assert!(bot.refused("answerCallbackQuery", another).await.contains("query is too old"));
    assert_eq!(telegram.violations().len(), 1);

    anna.clicks(&message, "Show").await;
    let query = bot.update().await["callback_query"].clone();
    telegram.clock().advance(Duration::from_secs(20));
    let late = bot.refused("answerCallbackQuery", json!({"callback_query_id": query["id"]})).await;
    assert!(late.contains("query is too old"));
    assert_eq!(telegram.violations().len(), 1, "what comes late is bad luck");

    let place = json!({"chat_id": anna.id(), "message_id": sent["message_id"]});
    let edit = |text: &str| {
        let mut body = place.clone();
        body["text"] = text.into();
        body
    };
    bot.ask("editMessageText", edit("It is x")).await;
    assert_eq!(message.edited().await, "It is x");
    assert!(message.buttons().is_empty(), "a keyboard that is not sent again is gone");
    assert!(bot.refused("editMessageText", edit("It is x")).await.contains("message is not modified"));
    bot.ask("deleteMessage", place.clone()).await;
    message.deleted().await;
    assert!(bot.refused("deleteMessage", place).await.contains("message to delete not found"));
}

#[tokio::test]
async fn an_inline_query_is_asked_answered_and_chosen() {
    let telegram = Telegram::start().await;
    let bot = Bot::of(&telegram);
    let anna = telegram.person("Anna");
    let asked = anna.types_inline("overfitting").await;
    let query = bot.update().await["inline_query"].clone();
    assert_eq!(query["query"], "overfitting");
    let markup = json!({"inline_keyboard": [[{"text": "Show", "callback_data": "s:1"}]]});
    let result = json!({"type": "article", "id": "1", "title": "Overfitting", "reply_markup": markup,
        "input_message_content": {"message_text": "<b>What is it?</b>", "parse_mode": "HTML"}});
    let twice = json!({"inline_query_id": query["id"], "results": [result, result]});
    assert_eq!(bot.refused("answerInlineQuery", twice).await, "Bad Request: RESULT_ID_DUPLICATE");
    bot.ask("answerInlineQuery", json!({"inline_query_id": query["id"], "results": [result]})).await;
    let message = asked.chooses(0).await;
    assert_eq!(bot.update().await["chosen_inline_result"]["inline_message_id"], message);
    assert_eq!(asked.shared_text(&message, 0).await, "What is it?");
    anna.clicks_shared(&message, "s:1").await;
    assert_eq!(bot.update().await["callback_query"]["inline_message_id"], message);
    bot.ask("editMessageText", json!({"inline_message_id": message, "text": "It is x"})).await;
    assert_eq!(asked.shared_text(&message, 1).await, "It is x");
}
