//! Connecting to Telegram, hearing what it tells, and leaving in order.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use viva_core::viva::Viva;

use crate::api::{Api, ApiError};
use crate::bot::Bot;
use crate::error::TelegramError;
use crate::payloads::{DeleteWebhook, GetMe, GetUpdates};
use crate::updates::{self, KINDS, Update, What};
use crate::{clockwork, commands, inline, membership, pressed, voted, webhook};

/// How long what is in flight may take once Viva is told to stop.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long Telegram holds a request for updates open while there are none.
const LONG_POLL: Duration = Duration::from_secs(30);
/// How long to wait after updates could not be asked for.
const PAUSE: Duration = Duration::from_secs(1);
/// How long to wait at the most.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How Viva reaches Telegram.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: String,
    /// A Bot API server of one's own, instead of `https://api.telegram.org`.
    pub api_url: Option<String>,
    /// Where Telegram posts updates; Viva asks for them if there is none.
    pub webhook: Option<Webhook>,
}

/// Where updates are posted.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The address that Telegram posts to.
    pub url: String,
    /// Where Viva listens, such as `127.0.0.1:8080`; whatever serves the address passes requests on to it.
    pub listen: String,
}

/// Serves Telegram until `stop` resolves; then what is in flight ends first.
///
/// # Errors
///
/// If the token is refused, Telegram can't be reached at the start, or there is no place to listen.
pub async fn serve(
    settings: Settings,
    viva: Arc<Viva>,
    stop: impl Future<Output = ()>,
) -> Result<(), TelegramError> {
    let well_formed = settings.token.split_once(':').is_some_and(|(id, secret)| {
        id.parse::<u64>().is_ok()
            && !secret.is_empty()
            && secret.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    });
    if !well_formed {
        return Err(TelegramError::Token);
    }
    let api = Api::new(&settings.token, settings.api_url.as_deref())?;
    let me = api.call(&GetMe::default()).await.map_err(TelegramError::at_start)?;
    tracing::info!("to add Viva to a group, open https://t.me/{}?startgroup=hello", me.username);
    let bot = Arc::new(Bot::new(viva, api, me));
    let (heard, mut updates) = unbounded_channel();
    let ears = match settings.webhook {
        Some(hook) => webhook::listen(&bot, hook, heard).await?,
        None => {
            bot.api.call(&DeleteWebhook::default()).await?;
            tokio::spawn(ask(Arc::clone(&bot), heard))
        }
    };
    let clock = tokio::spawn(clockwork::run(Arc::clone(&bot)));
    let registering = tokio::spawn({
        let bot = Arc::clone(&bot);
        async move {
            if let Err(error) = commands::register(&bot.api).await {
                tracing::warn!(%error, "the commands could not be told to Telegram");
            }
        }
    });
    tokio::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            update = updates.recv() => match update {
                Some(update) => {
                    let bot = Arc::clone(&bot);
                    tokio::spawn(async move { handle(&bot, update).await });
                }
                None => break,
            },
        }
    }
    ears.abort();
    clock.abort();
    registering.abort();
    // Who handles something holds this for reading; whoever comes now comes too late.
    let _ended = tokio::time::timeout(FAREWELL, bot.busy.write()).await;
    Ok(())
}

/// Asks for updates, again and again.
async fn ask(bot: Arc<Bot>, heard: UnboundedSender<Update>) {
    let (mut offset, mut pause) = (0, PAUSE);
    loop {
        let request = GetUpdates { offset, timeout: LONG_POLL.as_secs(), allowed_updates: &KINDS };
        match bot.api.call_within(&request, LONG_POLL * 2).await {
            Ok(updates) => {
                pause = PAUSE;
                for json in updates {
                    if let Some(update) = updates::read(json.get()) {
                        // What was heard is not told again.
                        offset = offset.max(update.id + 1);
                        if heard.send(update).is_err() {
                            return;
                        }
                    }
                }
            }
            Err(error) => {
                match &error {
                    ApiError::Refused { code: 409, .. } => {
                        tracing::error!(
                            "another program asks for this bot's updates; end it, or get a token of its own for this one"
                        );
                    }
                    error => tracing::warn!(%error, "updates could not be asked for"),
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

async fn handle(bot: &Arc<Bot>, update: Update) {
    let _busy = bot.busy.read().await;
    let done = match &update.what {
        // Boxed: what these can lead to is nested too deeply for one future.
        What::Message(message) => Box::pin(commands::message(bot, message)).await,
        What::Press(query) => Box::pin(pressed::pressed(bot, query)).await,
        What::Vote(vote) => Box::pin(voted::voted(bot, vote)).await,
        What::Membership(change) => membership::changed(bot, change).await,
        What::Inline(query) => {
            inline::asked(bot, query).await;
            Ok(())
        }
        What::Nothing => Ok(()),
    };
    if let Err(error) = done {
        tracing::error!(%error, id = update.id, "an update could not be handled");
    }
}
