//! Connecting to Discord, and leaving it in order.

use std::ops::Range;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serenity::all::{
    Client, FullEvent, GatewayIntents, Guild, HttpBuilder, Interaction, Permissions, UnavailableGuild,
};
use viva_core::store::Place;
use viva_core::viva::Viva;

use crate::bot::{Bot, PLATFORM, language, now};
use crate::error::DiscordError;
use crate::respond::posted;
use crate::{clockwork, commands, messages, pressed};

/// How long what is in flight may take once Viva is told to stop.
const FAREWELL: Duration = Duration::from_secs(5);
/// Since when Viva has been in a server that counts as new to it.
const NEW: SignedDuration = SignedDuration::from_mins(5);

/// The least that Viva needs in a server.
const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::ATTACH_FILES);

/// How Viva reaches Discord.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: String,
    /// Where requests go instead of `https://discord.com`, such as a proxy that minds rate limits.
    pub api_url: Option<String>,
    /// Which of how many shards this process runs; as many as Discord recommends if it is not said.
    pub shards: Option<Shards>,
}

/// Some of a number of shards, as in `0-3/16`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shards {
    range: Range<u32>,
    total: u32,
}

impl FromStr for Shards {
    type Err = DiscordError;

    fn from_str(text: &str) -> Result<Self, DiscordError> {
        let error = || DiscordError::Shards(text.to_owned());
        let number = |part: &str| part.trim().parse::<u32>().map_err(|_| error());
        let (range, total) = text.split_once('/').ok_or_else(error)?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last, total) = (number(first)?, number(last)?, number(total)?);
        if first > last || last >= total {
            return Err(error());
        }
        Ok(Self { range: first..last + 1, total })
    }
}

/// Serves Discord until `stop` resolves; then what is in flight ends first.
///
/// # Errors
///
/// If the token is refused, Discord can't be reached at the start, or the connection is lost for good.
pub async fn serve(
    settings: Settings,
    viva: Arc<Viva>,
    stop: impl Future<Output = ()>,
) -> Result<(), DiscordError> {
    let mut http = HttpBuilder::new(&settings.token);
    if let Some(url) = &settings.api_url {
        // Whatever stands there minds the limits: serenity's own limiter does not go through it.
        http = http.proxy(url).ratelimiter_disabled(true);
    }
    let http = http.build();
    let application = http.get_current_application_info().await?;
    http.set_application_id(application.id);
    tracing::info!("to add Viva to a server, open {}", invitation(application.id.get()));

    let options = poise::FrameworkOptions {
        commands: commands::all(),
        event_handler: |framework, event| Box::pin(handle(framework.user_data, event)),
        on_error: |error| Box::pin(report(error)),
        initialize_owners: false,
        ..poise::FrameworkOptions::default()
    };
    let made: Arc<OnceLock<Arc<Bot>>> = Arc::default();
    let making = Arc::clone(&made);
    let framework = poise::Framework::builder()
        .options(options)
        .setup(move |context, _ready, framework| {
            Box::pin(async move {
                let commands = poise::builtins::create_application_commands(&framework.options().commands);
                context.http.create_global_commands(&commands).await?;
                let bot = making.get_or_init(|| Arc::new(Bot::new(viva, Arc::clone(&context.http))));
                tokio::spawn(clockwork::run(Arc::clone(bot)));
                Ok(Arc::clone(bot))
            })
        })
        .build();
    let mut client = serenity::client::ClientBuilder::new_with_http(http, GatewayIntents::GUILDS)
        .framework(framework)
        .await?;
    let manager = Arc::clone(&client.shard_manager);
    tokio::select! {
        ended = start(&mut client, settings.shards) => Ok(ended?),
        () = stop => {
            // Who handles something holds this for reading; whoever comes now comes too late.
            let _ended = match made.get() {
                Some(bot) => tokio::time::timeout(FAREWELL, bot.busy.write()).await.ok(),
                None => None,
            };
            manager.shutdown_all().await;
            Ok(())
        }
    }
}

async fn start(client: &mut Client, shards: Option<Shards>) -> serenity::Result<()> {
    match shards {
        None => client.start_autosharded().await,
        Some(Shards { range, total }) => client.start_shard_range(range, total).await,
    }
}

/// The link that adds Viva to a server with what it needs and no more.
#[must_use]
pub fn invitation(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        PERMISSIONS.bits()
    )
}

async fn handle(bot: &Arc<Bot>, event: &FullEvent) -> Result<(), DiscordError> {
    match event {
        FullEvent::InteractionCreate { interaction: Interaction::Component(pressed) } => {
            // Boxed: what a press can lead to is nested too deeply for one future.
            Box::pin(pressed::component(bot, pressed)).await
        }
        FullEvent::InteractionCreate { interaction: Interaction::Modal(form) } => {
            Box::pin(pressed::form(bot, form)).await
        }
        FullEvent::GuildCreate { guild, .. } => greet(bot, guild).await,
        FullEvent::ChannelDelete { channel, .. } => {
            lost(bot, &channel.id.to_string(), "Unknown Channel").await
        }
        FullEvent::GuildDelete { incomplete: UnavailableGuild { id, unavailable: false, .. }, .. } => {
            tracing::info!(guild = %id, "Viva was removed from a server");
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Says hello where Viva is new, once, if there is a place for that.
async fn greet(bot: &Arc<Bot>, guild: &Guild) -> Result<(), DiscordError> {
    let _busy = bot.busy.read().await;
    let joined = Timestamp::from_second(guild.joined_at.unix_timestamp()).unwrap_or(Timestamp::MIN);
    let Some(channel) = guild.system_channel_id.filter(|_| now().duration_since(joined) < NEW) else {
        return Ok(());
    };
    let id = guild.id.to_string();
    if bot.viva.store().greet(Place { platform: PLATFORM, id: &id }, now()).await? {
        let hello = messages::hello(language(&guild.preferred_locale));
        if let Err(error) = posted(bot, channel, &hello).await {
            tracing::info!(%error, "Viva may not say hello there");
        }
    }
    Ok(())
}

/// Turns off what was planned for a channel that is gone.
async fn lost(bot: &Arc<Bot>, channel: &str, reason: &str) -> Result<(), DiscordError> {
    let place = Place { platform: PLATFORM, id: channel };
    if let Some(venue) = bot.viva.store().find_venue(place).await? {
        bot.viva.lost(venue, reason).await?;
    }
    Ok(())
}

async fn report(error: poise::FrameworkError<'_, Arc<Bot>, DiscordError>) {
    tracing::error!(%error, "an event could not be handled");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_read_as_they_are_written() {
        for (text, range) in [("0-3/16", Some(0..4)), ("5/6", Some(5..6)), (" 0 - 0 / 1", Some(0..1))] {
            assert_eq!(text.parse::<Shards>().ok().map(|shards| shards.range), range, "{text}");
        }
        for text in ["", "3", "3-1/4", "0-4/4", "a-b/c", "0-1/"] {
            assert!(text.parse::<Shards>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_invitation_asks_for_the_least() {
        assert!(
            invitation(7).ends_with("client_id=7&scope=bot+applications.commands&permissions=274877942784")
        );
    }
}
