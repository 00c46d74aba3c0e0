//! Connections: how they begin, break and come back.

use serde_json::json;
use viva_tests::discord::Discord;

use super::program::Program;

#[tokio::test]
async fn a_program_identifies_and_sees_its_servers() {
    let discord = Discord::start().await;
    let guild = discord.guild("Study");
    let _elsewhere = discord.foreign_guild("Elsewhere");
    let mut program = Program::connect(&discord).await;
    program.identify(&json!({ "shard": [0, 1] })).await;
    let ready = program.event("READY").await;
    assert_eq!(ready["guilds"], json!([{ "id": guild.id().to_string(), "unavailable": true }]));
    let seen = program.event("GUILD_CREATE").await;
    assert_eq!(seen["channels"][0]["name"], "general");
    assert_eq!(seen["system_channel_id"], guild.general().id().to_string());
    let channel = guild.channel("exam");
    assert_eq!(program.event("CHANNEL_CREATE").await["id"], channel.id().to_string());
    program.say(&json!({ "op": 1, "d": program.sequence })).await;
    assert_eq!(program.hear().await.unwrap()["op"], 11);
    let session = &discord.sessions()[0];
    assert_eq!((session.intents, session.shard, session.heartbeats, session.live), (1, (0, 1), 1, true));
    assert_eq!(discord.violations(), [""; 0]);
}

#[tokio::test]
async fn who_may_not_connect_is_told_why() {
    for (changes, code) in [
        (json!({ "token": "Bot nobody" }), 4004),
        (json!({ "intents": 1 << 15 }), 4014),
        (json!({ "shard": [2, 2] }), 4010),
    ] {
        let discord = Discord::start().await;
        let mut program = Program::connect(&discord).await;
        program.identify(&changes).await;
        assert_eq!(program.hear().await, Err(code));
        assert_eq!(discord.violations().len(), 1);
    }
}

#[tokio::test]
async fn events_wait_for_those_who_resume() {
    let discord = Discord::start().await;
    let guild = discord.guild("Study");
    let mut program = Program::start(&discord).await;
    program.event("GUILD_CREATE").await;
    discord.drop_sockets();
    assert_eq!(program.hear().await, Err(0));
    let missed = guild.channel("missed");
    let mut again = Program::connect(&discord).await;
    let resume = json!({ "token": program.token, "session_id": program.session, "seq": program.sequence });
    again.say(&json!({ "op": 6, "d": resume })).await;
    assert_eq!(again.event("CHANNEL_CREATE").await["id"], missed.id().to_string());
    again.event("RESUMED").await;
    assert_eq!(discord.sessions()[0].resumed, 1);
    discord.close_sockets(4000);
    assert_eq!(again.hear().await, Err(4000));
    discord.refuse_resume();
    let mut third = Program::connect(&discord).await;
    third.say(&json!({ "op": 6, "d": resume })).await;
    let refused = third.hear().await.unwrap();
    assert_eq!((&refused["op"], &refused["d"]), (&json!(9), &json!(false)));
    third.identify(&json!({})).await;
    third.event("READY").await;
    discord.ask_to_reconnect();
    third.event("GUILD_CREATE").await;
    assert_eq!(third.hear().await.unwrap()["op"], 7);
    assert_eq!(discord.violations(), [""; 0]);
}

#[tokio::test]
async fn each_shard_hears_of_its_own_servers() {
    let discord = Discord::start().await;
    discord.recommend_shards(2);
    let mut shards = Vec::new();
    for shard in [0, 1] {
        let mut program = Program::connect(&discord).await;
        program.identify(&json!({ "shard": [shard, 2] })).await;
        program.event("READY").await;
        shards.push(program);
    }
    let (status, bot) = shards[0].ask("GET", "gateway/bot", &json!(null)).await;
    assert_eq!(
        (status, &bot["shards"], &bot["session_start_limit"]["remaining"]),
        (200, &json!(2), &json!(998))
    );
    for name in ["A", "B", "C", "D"] {
        let guild = discord.guild(name);
        let shard = usize::from((guild.id() >> 22) % 2 == 1);
        assert_eq!(shards[shard].event("GUILD_CREATE").await["name"], name);
    }
}
