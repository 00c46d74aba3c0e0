//! What bodies are refused for.

use serde_json::{Value, json};
use viva_tests::discord::{Discord, rules::message_faults, schema};

use super::program::{Program, card, commands};

#[track_caller]
fn check(body: &Value, expected: &[&str]) {
    let faults = message_faults(body);
    assert_eq!(faults.len(), expected.len(), "{faults:#?}");
    for (fault, expected) in faults.iter().zip(expected) {
        assert!(fault.contains(expected), "{fault:?} does not say {expected:?}");
    }
}

fn v2(components: Value) -> Value {
    json!({ "flags": 32768, "components": components, "allowed_mentions": { "parse": [] } })
}

fn text(length: usize) -> Value {
    json!({ "type": 10, "content": "字".repeat(length) })
}

fn button(custom_id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": "x", "custom_id": custom_id })
}

fn row(components: Value) -> Value {
    json!({ "type": 1, "components": components })
}

fn select(options: usize) -> Value {
    let options: Vec<_> = (0..options).map(|at| json!({ "label": "x", "value": at.to_string() })).collect();
    json!({ "type": 3, "custom_id": "menu", "options": options })
}

#[test]
fn a_card_of_components_is_fine() {
    check(&card("What is overfitting?", &["a", "b", "c"]), &[]);
    check(&v2(json!([text(4000)])), &[]);
    check(&v2(json!(vec![text(1); 40])), &[]);
    check(&v2(json!([row(json!([select(25)]))])), &[]);
}

#[test]
fn limits_hold_at_their_edges() {
    check(
        &v2(json!([text(2000), { "type": 17, "components": [text(2001)] }])),
        &["4001 exceeds maximum size of 4000"],
    );
    check(&v2(json!(vec![text(1); 41])), &["has 41"]);
    check(&v2(json!([{ "type": 17, "components": vec![text(1); 40] }])), &["has 41"]);
    check(
        &v2(json!([row(json!((0..6).map(|at| button(&at.to_string())).collect::<Vec<_>>()))])),
        &["between 1 and 5"],
    );
    check(
        &v2(json!([row(json!([select(26)]))])),
        &["components.0.components.0.options: Must be between 1 and 25"],
    );
    check(&v2(json!([row(json!([select(0)]))])), &["options", "max_values"]);
    check(&v2(json!([row(json!([button(&"i".repeat(101))]))])), &["custom_id: Must be between 1 and 100"]);
    let mut long = button("a");
    long["label"] = json!("l".repeat(81));
    check(&v2(json!([row(json!([long]))])), &["label: Must be between 0 and 80"]);
    check(&v2(json!([text(0)])), &["content: This field is required"]);
}

#[test]
fn components_stand_where_they_may() {
    check(&v2(json!([button("a")])), &["components.0.type: A component of type 2 may not stand here"]);
    check(
        &v2(json!([{ "type": 17, "components": [{ "type": 17, "components": [text(1)] }] }])),
        &["type 17"],
    );
    check(&v2(json!([row(json!([button("a"), select(2)]))])), &["type 3"]);
    check(&v2(json!([row(json!([text(1)]))])), &["type 10"]);
    let section =
        |inner: Value, accessory: Value| json!([{ "type": 9, "components": inner, "accessory": accessory }]);
    check(&v2(section(json!([text(1)]), button("a"))), &[]);
    check(&v2(section(json!(vec![text(1); 4]), button("a"))), &["between 1 and 3"]);
    check(&v2(section(json!([text(1)]), text(1))), &["accessory.type"]);
}

#[test]
fn custom_ids_and_ids_are_unique() {
    check(&card("x", &["a", "a"]), &["Component custom id cannot be duplicated"]);
    let twice = json!([{ "type": 10, "content": "x", "id": 7 }, { "type": 10, "content": "y", "id": 7 }]);
    check(&v2(twice), &["Component id cannot be duplicated"]);
}

#[test]
fn components_ban_what_was_before_them() {
    let mut body = card("x", &["a"]);
    body["content"] = json!("y");
    body["embeds"] = json!([{ "title": "z" }]);
    check(&body, &["'content' field cannot", "'embeds' field cannot"]);
    let plain = json!({ "content": "x", "components": [text(1)], "allowed_mentions": { "parse": [] } });
    check(&plain, &["type 10 may not stand here"]);
}

#[test]
fn nobody_is_mentioned() {
    check(&json!({ "content": "x" }), &["allowed_mentions"]);
    check(&json!({ "content": "x", "allowed_mentions": { "parse": ["everyone"] } }), &["allowed_mentions"]);
    check(
        &json!({ "content": "x", "allowed_mentions": { "parse": [], "users": ["1"] } }),
        &["allowed_mentions"],
    );
}

#[test]
fn media_refer_to_files_that_are_there() {
    let gallery = |url: &str| v2(json!([{ "type": 12, "items": [{ "media": { "url": url } }] }]));
    check(&gallery("https://example.org/a.png"), &[]);
    check(&gallery("attachment://a.png"), &["The referenced attachment was not found: a.png"]);
    check(&gallery("ftp://example.org"), &["Scheme must be"]);
}

#[tokio::test]
async fn commands_are_judged_whole() {
    let discord = Discord::start().await;
    let program = Program::start(&discord).await;
    let path = format!("applications/{}/commands", discord.application());
    let with = |field: &str, value: Value| {
        let mut commands = commands();
        commands[0][field] = value;
        commands
    };
    let option = |name: &str| json!({ "type": 3, "name": name, "description": "x" });
    let cases = [
        (with("name", json!("Quiz")), "0.name"),
        (with("name", json!("a b")), "0.name"),
        (with("description", json!("")), "0.description"),
        (with("name_localizations", json!({ "zh-CN": "测验" })), ""),
        (with("name_localizations", json!({ "zh": "测验" })), "0.name_localizations.zh"),
        (with("options", json!([option("a"), option("a")])), "0.options.1.name"),
        (with("options", json!((0..26).map(|at| option(&at.to_string())).collect::<Vec<_>>())), "0.options"),
        (json!(vec![commands()[0].clone(); 2]), "1"),
        (
            json!(
                (0..101).map(|at| json!({ "name": at.to_string(), "description": "x" })).collect::<Vec<_>>()
            ),
            "_errors",
        ),
    ];
    for (body, place) in cases {
        let (status, answer) = program.ask("PUT", &path, &body).await;
        if place.is_empty() {
            assert_eq!(status, 200, "{answer}");
            continue;
        }
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{place}: {answer}");
        let node = place.split('.').fold(&answer["errors"], |node, step| &node[step]);
        assert!(node["_errors"].is_array() || node.is_array(), "{place}: {answer}");
    }
    assert_eq!(discord.forgive().len(), 8);
}

#[test]
fn the_schema_speaks_where_it_is_at_hand() {
    let path = "channels/1/messages";
    let refused = |body: &Value| !schema::check_discord("POST", path, body).is_empty();
    assert!(!refused(&card("x", &["a"])));
    if std::env::var_os("VIVA_SPECS").is_some() {
        assert!(refused(&json!({ "flags": 32768, "components": [{ "type": 10 }] })));
        assert!(refused(&json!({ "content": 7 })));
        assert!(!refused(&json!({ "content": "x", "attachments": [{ "id": 0, "filename": "a.png" }] })));
        assert!(!schema::check_discord("POST", "no/such/route", &json!({})).is_empty());
        let modal =
            json!({ "type": 9, "data": { "custom_id": "m", "title": "t".repeat(46), "components": [] } });
        assert!(!schema::check_discord("POST", "interactions/1/x/callback", &modal).is_empty());
    }
}
