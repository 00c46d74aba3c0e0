//! Interactions and messages, by bare requests.

use std::io::Cursor;
use std::time::Duration;

use serde_json::{Value, json};
use viva_tests::discord::{Discord, Guild, Member, Mishap, permissions};

use super::program::{Program, card, private};

async fn scene() -> (Discord, Guild, Member, Program) {
    let discord = Discord::start().await;
    let guild = discord.guild("Study");
    let anna = guild.member("Anna");
    let program = Program::start(&discord).await;
    (discord, guild, anna, program)
}

#[tokio::test]
async fn a_quiz_is_played() {
    let (discord, guild, anna, mut program) = scene().await;
    let ben = guild.member("Ben");
    let general = guild.general();
    let run = async {
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!(event["data"]["options"][0]["value"], "overfitting");
        assert_eq!(event["data"]["resolved"]["users"][ben.id().to_string()]["global_name"], "Ben");
        assert_eq!(event["member"]["user"]["global_name"], "Anna");
        assert_eq!(event["authorizing_integration_owners"], json!({ "0": guild.id().to_string() }));
        assert_eq!(event["context"], 0);
        assert_eq!(program.answer(&event, 4, &card("What is it?", &["a", "b"])).await.0, 204);
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!((&event["type"], &event["data"]["custom_id"]), (&json!(3), &json!("b")));
        assert_eq!(event["message"]["components"][0]["components"][0]["content"], "What is it?");
        assert_eq!(program.answer(&event, 4, &private("Right!")).await.0, 204);
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!(program.answer(&event, 7, &card("It is over.", &["full"])).await.0, 204);
    };
    let play = async {
        let member = ben.id().to_string();
        let options = [("topic", "overfitting"), ("member", member.as_str()), ("count", "3")];
        let shown = anna.command(&general, "quiz", options).await;
        assert_eq!(shown.text(), "What is it?");
        let verdict = ben.press(&shown, &shown.button("B")).await;
        assert!(verdict.is_private() && verdict.after.is_some());
        assert_eq!(verdict.text(), "Right!");
        anna.press(&shown, "a").await;
        assert_eq!(shown.now().expect("it is there").text(), "It is over.");
    };
    tokio::join!(run, play);
    let posts = general.posts();
    assert_eq!(posts.len(), 1, "what is private is no post");
    assert_eq!(posts[0].buttons()[0].custom_id, "full");
    assert_eq!(discord.violations(), [""; 0]);
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_in_time() {
    let (discord, guild, anna, mut program) = scene().await;
    let general = guild.general();
    let run = async {
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!(program.answer(&event, 7, &private("x")).await.1["code"], 50035);
        assert_eq!(program.answer(&event, 4, &json!({})).await.1["code"], 50035);
        assert_eq!(program.answer(&event, 4, &private("one")).await.0, 204);
        let (status, twice) = program.answer(&event, 4, &private("two")).await;
        assert_eq!((status, &twice["code"]), (400, &json!(40060)));
        let event = program.event("INTERACTION_CREATE").await;
        discord.clock().advance(Duration::from_secs(4));
        let (status, late) = program.answer(&event, 4, &private("late")).await;
        assert_eq!((status, &late["code"]), (404, &json!(10062)));
    };
    let play = async {
        assert_eq!(anna.command(&general, "quiz", []).await.text(), "one");
        assert!(anna.command(&general, "quiz", []).await.failed());
    };
    tokio::join!(run, play);
    let violations = discord.forgive();
    assert_eq!(violations.len(), 5, "{violations:#?}");
    for (violation, said) in violations.iter().zip(["does not answer", "allowed_mentions", "40060"]) {
        assert!(violation.contains(said), "{violation}");
    }
    assert!(violations.iter().any(|violation| violation == "quiz: not answered within 3000 ms"));
}

#[tokio::test]
async fn a_token_lasts_a_quarter_of_an_hour() {
    let (discord, guild, anna, mut program) = scene().await;
    let general = guild.general();
    let run = async {
        let event = program.event("INTERACTION_CREATE").await;
        let hook = Program::webhook(&event);
        assert_eq!(program.ask("POST", &hook, &private("early")).await.1["code"], 10015);
        assert_eq!(program.answer(&event, 5, &json!({ "flags": 64 })).await.0, 204);
        let original = format!("{hook}/messages/@original");
        assert_eq!(program.ask("PATCH", &original, &card("Done", &["a"])).await.0, 200);
        let (status, more) = program.ask("POST", &hook, &card("More", &["b"])).await;
        assert_eq!((status, &more["flags"]), (200, &json!(32768)));
        assert_eq!(program.ask("GET", &original, &Value::Null).await.0, 200);
        let path = format!("{hook}/messages/{}", more["id"].as_str().unwrap());
        assert_eq!(program.ask("DELETE", &path, &Value::Null).await.0, 204);
        assert_eq!(program.ask("GET", &path, &Value::Null).await.1["code"], 10008);
        discord.clock().advance(Duration::from_mins(15));
        assert_eq!(program.ask("POST", &hook, &card("Late", &["b"])).await.1["code"], 50027);
    };
    let play = async {
        let done = anna.command(&general, "quiz", []).await;
        assert_eq!((done.text().as_str(), done.is_private()), ("Done", true));
    };
    tokio::join!(run, play);
    assert_eq!(discord.forgive().len(), 2);
}

#[tokio::test]
async fn who_came_with_a_person_has_five_more_messages() {
    let (discord, _, anna, mut program) = scene().await;
    let elsewhere = discord.foreign_guild("Elsewhere");
    elsewhere.welcome(&anna);
    let run = async {
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!(event["authorizing_integration_owners"], json!({ "1": anna.id().to_string() }));
        program.answer(&event, 4, &card("x", &["a"])).await;
        for at in 0..6 {
            let (status, answer) = program.ask("POST", &Program::webhook(&event), &private("y")).await;
            assert_eq!(status, if at < 5 { 200 } else { 400 }, "{answer}");
        }
        let path = format!("channels/{}/messages", elsewhere.general().id());
        assert_eq!(program.ask("POST", &path, &private("z")).await.1["code"], 50001);
    };
    let general = elsewhere.general();
    let (shown, ()) = tokio::join!(anna.command(&general, "quiz", []), run);
    assert_eq!(shown.text(), "x");
    assert!(!anna.is_offered(&general, "daily set"), "it is for servers with the program");
    assert_eq!(discord.forgive().len(), 1);
}

#[tokio::test]
async fn suggestions_and_forms_come_back() {
    let (discord, guild, anna, mut program) = scene().await;
    let place = guild.thread(&guild.general(), "night shift");
    anna.speaks("zh-CN");
    let run = async {
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!(
            event["data"]["options"][0],
            json!({ "name": "topic", "type": 3, "value": "over", "focused": true })
        );
        assert_eq!((&event["locale"], &event["channel"]["type"]), (&json!("zh-CN"), &json!(11)));
        let choices: Vec<_> = (0..26).map(|at| json!({ "name": format!("n{at}"), "value": "v" })).collect();
        assert_eq!(program.answer(&event, 8, &json!({ "choices": choices })).await.0, 400);
        assert_eq!(program.answer(&event, 8, &json!({ "choices": choices[..25] })).await.0, 204);
        let event = program.event("INTERACTION_CREATE").await;
        let input =
            json!({ "type": 4, "custom_id": "answer", "label": "Answer", "style": 2, "max_length": 9 });
        let rows = json!([{ "type": 1, "components": [input] }]);
        let form = json!({ "custom_id": "form", "title": "t".repeat(46), "components": rows });
        assert_eq!(program.answer(&event, 9, &form).await.0, 400);
        let form = json!({ "custom_id": "form", "title": "Your answer", "components": rows });
        assert_eq!(program.answer(&event, 9, &form).await.0, 204);
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!((&event["type"], &event["data"]["custom_id"]), (&json!(5), &json!("form")));
        assert_eq!(event["data"]["components"][0]["components"][0]["value"], "ridge");
        assert_eq!(program.answer(&event, 4, &private("Half right")).await.0, 204);
    };
    let play = async {
        let suggested = anna.complete(&place, "quiz", ("topic", "over"), []).await;
        assert_eq!((suggested.choices.len(), suggested.choices[24].0.as_str()), (25, "n24"));
        let form = anna.command(&place, "quiz", []).await;
        assert_eq!(anna.submit(&form, [("answer", "ridge")]).await.text(), "Half right");
    };
    tokio::join!(run, play);
    assert_eq!(discord.forgive().len(), 2);
}

#[tokio::test]
async fn posts_need_permissions_and_keep_nonces() {
    let (discord, guild, _, program) = scene().await;
    let (open, mute, hidden, gone) =
        (guild.general(), guild.channel("mute"), guild.channel("hidden"), guild.channel("gone"));
    mute.forbid(permissions::SEND_MESSAGES);
    hidden.forbid(permissions::VIEW_CHANNEL);
    gone.delete();
    for (channel, status, code) in [(&mute, 403, 50013), (&hidden, 403, 50001), (&gone, 404, 10003)] {
        let (got, answer) =
            program.ask("POST", &format!("channels/{}/messages", channel.id()), &card("x", &["a"])).await;
        assert_eq!((got, &answer["code"]), (status, &json!(code)));
    }
    let path = format!("channels/{}/messages", open.id());
    let mut body = card("Daily", &["a"]);
    body["nonce"] = json!("2026-01-02");
    body["enforce_nonce"] = json!(true);
    discord.misbehave(1, "POST", "/messages", Mishap::AnswerLost);
    assert_eq!(program.ask("POST", &path, &body).await.0, 502);
    let (_, first) = program.ask("POST", &path, &body).await;
    assert_eq!(open.posts().len(), 1, "the same nonce is the same post");
    discord.clock().advance(Duration::from_mins(6));
    let (_, second) = program.ask("POST", &path, &body).await;
    assert_ne!(first["id"], second["id"]);
    let path = format!("{path}/{}", first["id"].as_str().unwrap());
    assert_eq!(program.ask("PATCH", &path, &card("Closed", &["b"])).await.0, 200);
    assert_eq!(open.posts()[0].text(), "Closed");
    assert_eq!(discord.violations(), [""; 0]);
}

#[tokio::test]
async fn files_come_with_messages() {
    let (discord, guild, _, program) = scene().await;
    let mut picture = Cursor::new(Vec::new());
    image::GrayImage::new(4, 4).write_to(&mut picture, image::ImageFormat::Png).expect("a picture");
    let picture = picture.into_inner();
    let path = format!("channels/{}/messages", guild.general().id());
    let body = json!({ "flags": 32768, "allowed_mentions": { "parse": [] },
        "attachments": [{ "id": 0, "filename": "picture.png" }],
        "components": [{ "type": 12, "items": [{ "media": { "url": "attachment://picture.png" } }] }] });
    let (status, message) = program.upload("POST", &path, &body, "picture.png", picture.clone()).await;
    assert_eq!(status, 200, "{message}");
    let url = message["components"][0]["items"][0]["media"]["url"].as_str().expect("an address");
    assert_eq!(discord.file(url).as_deref(), Some(&picture[..]));
    assert_eq!(guild.general().posts()[0].files(), [("picture.png".to_owned(), picture)]);
    assert_eq!(discord.violations(), [""; 0]);
    let (status, answer) =
        program.upload("POST", &path, &body, "picture.png", vec![0; 10 * 1024 * 1024 + 1]).await;
    assert_eq!((status, &answer["code"]), (413, &json!(40005)));
    let unreadable = program.upload("POST", &path, &body, "picture.png", b"PNG".to_vec()).await;
    assert_eq!((unreadable.0, &unreadable.1["code"]), (400, &json!(50046)));
    let hidden = card("x", &["a"]);
    assert_eq!(program.upload("POST", &path, &hidden, "a.txt", Vec::new()).await.1["code"], 50035);
    assert_eq!(discord.forgive().len(), 3);
}

#[tokio::test]
async fn what_is_told_to_wait_waits() {
    let (discord, guild, _, program) = scene().await;
    let path = format!("channels/{}/messages", guild.general().id());
    let wait = Duration::from_millis(400);
    discord.misbehave(1, "POST", "/messages", Mishap::TooMany { wait, global: false });
    let (status, answer) = program.ask("POST", &path, &card("x", &["a"])).await;
    assert_eq!((status, &answer["retry_after"]), (429, &json!(0.4)));
    assert_eq!(program.ask("POST", &path, &card("x", &["a"])).await.0, 429);
    assert_eq!(discord.violations(), [""; 0], "it may have been under way");
    tokio::time::sleep(wait / 4).await;
    assert_eq!(program.ask("POST", &path, &card("x", &["a"])).await.0, 429);
    assert!(discord.forgive()[0].contains("before it may"));
    tokio::time::sleep(wait).await;
    assert_eq!(program.ask("POST", &path, &card("x", &["a"])).await.0, 200);
    discord.misbehave(1, "POST", "/messages", Mishap::Broken(503));
    assert_eq!(program.ask("POST", &path, &card("x", &["a"])).await.0, 503);
    assert_eq!(guild.general().posts().len(), 1);
    let asked = discord.requests();
    assert_eq!(
        asked
            .iter()
            .filter(|request| request.path.ends_with("/messages"))
            .map(|request| request.status)
            .collect::<Vec<_>>(),
        [429, 429, 429, 200, 503]
    );
    assert_eq!(discord.violations(), [""; 0]);
    assert_eq!(program.ask("GET", "no/such/route", &Value::Null).await.0, 404);
    assert_eq!(discord.violations().len(), 1);
}

#[tokio::test]
async fn what_comes_twice_or_late_is_nobodys_fault() {
    let (discord, guild, anna, mut program) = scene().await;
    let direct = anna.direct();
    discord.double_events(1);
    discord.delay_interaction(Duration::from_millis(0));
    let run = async {
        for status in [204, 400] {
            let event = program.event("INTERACTION_CREATE").await;
            assert_eq!((&event["context"], &event["user"]["global_name"]), (&json!(1), &json!("Anna")));
            assert!(event["member"].is_null());
            assert_eq!(program.answer(&event, 4, &card("x", &["a"])).await.0, status);
        }
        discord.delay_interaction(Duration::from_millis(3100));
        let event = program.event("INTERACTION_CREATE").await;
        assert_eq!(program.answer(&event, 4, &card("x", &["a"])).await.0, 404);
    };
    let play = async {
        let shown = anna.command(&direct, "quiz", []).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(anna.forge(&shown, "somebody:else").await.failed());
    };
    tokio::join!(run, play);
    drop(guild);
    assert_eq!(discord.violations(), [""; 0]);
}

#[tokio::test]
async fn discord_offers_what_a_person_may_run() {
    let (_discord, guild, anna, _program) = scene().await;
    let general = guild.general();
    assert!(!anna.is_offered(&general, "daily set"));
    guild.grant(&anna, permissions::MANAGE_GUILD);
    assert!(anna.is_offered(&general, "daily set"));
    assert!(guild.owner().is_offered(&general, "daily set"));
    assert!(!anna.is_offered(&general, "nothing"));
    assert!(!anna.is_offered(&anna.private_chat(&[&guild.owner()]), "daily set"));
    assert!(anna.is_offered(&anna.private_chat(&[&guild.owner()]), "quiz"));
}
