//! A program made with serenity. What serenity can't read it drops, so each kind of event has to arrive here.

use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use serde_json::{Value, json};
use serenity::all::{
    ChannelType, ClientBuilder, Context, EventHandler, GatewayIntents, Guild, GuildChannel, HttpBuilder,
    Interaction, Message, MessageUpdateEvent, PartialGuildChannel, Ready, async_trait,
};
use viva_tests::discord::Discord;

use super::program::{card, commands, private};

/// Notes what it gets and answers every interaction.
struct Handler {
    seen: Arc<Mutex<Vec<String>>>,
}

impl Handler {
    fn saw(&self, what: impl Into<String>) {
        self.seen.lock().expect("nobody panicked").push(what.into());
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        let registered = context.http.create_global_commands(&commands()).await.expect("they are registered");
        self.saw(format!("ready {} {}", ready.user.name, registered.len()));
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        self.saw(format!("guild {} {} {}", guild.name, guild.channels.len(), guild.roles.len()));
    }

    async fn channel_create(&self, _: Context, channel: GuildChannel) {
        self.saw(format!("channel {}", channel.name));
    }

    async fn channel_update(&self, _: Context, _: Option<GuildChannel>, new: GuildChannel) {
        self.saw(format!("overwrites {}", new.permission_overwrites.len()));
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        self.saw(format!("deleted {}", channel.name));
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        assert_eq!(thread.kind, ChannelType::PublicThread);
        self.saw(format!("thread {}", thread.name));
    }

    async fn thread_delete(&self, _: Context, _: PartialGuildChannel, _: Option<GuildChannel>) {
        self.saw("thread deleted");
    }

    async fn message(&self, _: Context, message: Message) {
        self.saw(format!("message by {}", message.author.name));
    }

    async fn message_update(
        &self,
        _: Context,
        _: Option<Message>,
        _: Option<Message>,
        event: MessageUpdateEvent,
    ) {
        self.saw(format!("edited in {}", event.guild_id.map_or("direct", |_| "guild")));
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let (id, token) = (interaction.id(), interaction.token().to_owned());
        let answer = match &interaction {
            Interaction::Command(command) => {
                self.saw(format!("/{} by {}", command.data.name, command.user.display_name()));
                json!({ "type": 4, "data": card("Question", &["answer", "close"]) })
            }
            Interaction::Autocomplete(_) => {
                json!({ "type": 8, "data": { "choices": [{ "name": "n", "value": "v" }] } })
            }
            Interaction::Component(press) if press.data.custom_id == "answer" => {
                let input = json!({ "type": 4, "custom_id": "text", "label": "Answer", "style": 1 });
                let rows = json!([{ "type": 1, "components": [input] }]);
                json!({ "type": 9, "data": { "custom_id": "form", "title": "Answer", "components": rows } })
            }
            Interaction::Component(_) => json!({ "type": 7, "data": card("Closed", &["answer"]) }),
            Interaction::Modal(form) => {
                self.saw(format!("form {} by {}", form.data.custom_id, form.user.display_name()));
                json!({ "type": 4, "data": private("Thanks") })
            }
            _ => Value::Null,
        };
        context.http.create_interaction_response(id, &token, &answer, Vec::new()).await.expect("it is taken");
    }
}

#[tokio::test]
async fn serenity_reads_every_event() {
    let discord = Discord::start().await;
    let guild = discord.guild("Study");
    let anna = guild.member("Anna");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let http = HttpBuilder::new(discord.token()).proxy(discord.url()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let handler = Handler { seen: Arc::clone(&seen) };
    let mut client =
        ClientBuilder::new_with_http(http, intents).event_handler(handler).await.expect("a client");
    let running = tokio::spawn(async move { client.start().await });
    discord.ready().await;
    let channel = guild.channel("exam");
    let thread = guild.thread(&channel, "night");
    for place in [&channel, &thread, &anna.direct(), &anna.private_chat(&[&guild.owner()])] {
        assert_eq!(anna.complete(place, "quiz", ("topic", "o"), []).await.choices.len(), 1);
        let shown = anna.command(place, "quiz", [("member", &*anna.id().to_string())]).await;
        assert_eq!(shown.text(), "Question");
        let form = anna.press(&shown, "answer").await;
        let thanks = anna.submit(&form, [("text", "ridge")]).await;
        assert!(thanks.is_private(), "{thanks:?}");
        anna.press(&shown, "close").await;
        assert_eq!(shown.now().expect("it is there").text(), "Closed");
    }
    let crowd: Vec<_> = (0..50).map(|at| guild.member(&format!("Member {at}"))).collect();
    let shown = anna.command(&channel, "quiz", []).await;
    let close = shown.button("CLOSE");
    let presses = join_all(crowd.iter().map(|member| member.press(&shown, &close))).await;
    assert!(presses.iter().all(|press| press.kind == Some(7) && press.text() == "Closed"));
    discord.drop_sockets();
    assert_eq!(anna.command(&channel, "quiz", []).await.text(), "Question", "after it resumed");
    channel.forbid(1 << 11);
    thread.delete();
    channel.delete();
    let late = discord.guild("Late");
    drop(late);
    let has = |what: &str| seen.lock().unwrap().iter().any(|line| line == what);
    for what in [
        "ready viva 2",
        "guild Study 1 2",
        "channel exam",
        "thread night",
        "message by viva",
        "edited in guild",
        "edited in direct",
        "/quiz by Anna",
        "form form by Anna",
        "overwrites 1",
        "thread deleted",
        "deleted exam",
        "guild Late 1 2",
    ] {
        discord.until(what, |_| has(what)).await;
    }
    assert_eq!(discord.violations(), [""; 0]);
    assert!(discord.sessions().iter().any(|session| session.resumed == 1));
    running.abort();
}
