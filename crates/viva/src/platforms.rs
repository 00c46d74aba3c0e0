//! The chat platforms, as the environment sets them up.

use std::future::pending;
use std::sync::Arc;

use anyhow::Context;
use tokio::sync::watch;
use viva_core::viva::Viva;

/// Where Viva listens for updates if nobody says.
const LISTEN: &str = "127.0.0.1:8080";

/// How to reach the platforms that a token was given for.
pub(crate) struct Platforms {
    discord: Option<viva_discord::Settings>,
    telegram: Option<viva_telegram::Settings>,
}

impl Platforms {
    /// Reads the environment; `None` if no token says that Viva should serve anything.
    pub(crate) fn of_environment() -> anyhow::Result<Option<Self>> {
        let set = |name| {
            std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let discord = match set("DISCORD_TOKEN") {
            None => None,
            Some(token) => {
                let shards = set("VIVA_SHARDS").map(|range| range.parse()).transpose();
                let shards = shards.context("VIVA_SHARDS can't be used")?;
                Some(viva_discord::Settings { token, api_url: set("DISCORD_API_URL"), shards })
            }
        };
        let telegram = set("TELEGRAM_TOKEN").map(|token| viva_telegram::Settings {
            token,
            api_url: set("TELEGRAM_API_URL"),
            webhook: set("TELEGRAM_WEBHOOK_URL").map(|url| viva_telegram::Webhook {
                url,
                listen: set("TELEGRAM_WEBHOOK_LISTEN").unwrap_or_else(|| LISTEN.to_owned()),
            }),
        });
        let any = discord.is_some() || telegram.is_some();
        Ok(any.then_some(Self { discord, telegram }))
    }

    /// What they are called.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let named = [("Discord", self.discord.is_some()), ("Telegram", self.telegram.is_some())];
        named.into_iter().filter(|(_, set)| *set).map(|(name, _)| name).collect()
    }

    /// Serves all of them on one store until `stop` resolves, or until one can't go on: then the others leave in
    /// order as well.
    pub(crate) async fn serve(self, viva: &Arc<Viva>, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let (tell, told) = watch::channel(false);
        let stopping = || {
            let mut told = told.clone();
            async move {
                if told.wait_for(|stop| *stop).await.is_err() {
                    pending::<()>().await;
                }
            }
        };
        let discord = async {
            match self.discord {
                Some(settings) => {
                    let served = viva_discord::serve(settings, Arc::clone(viva), stopping()).await;
                    tell.send_replace(true);
                    anyhow::Ok(served?)
                }
                None => Ok(()),
            }
        };
        let telegram = async {
            match self.telegram {
                Some(settings) => {
                    let served = viva_telegram::serve(settings, Arc::clone(viva), stopping()).await;
                    tell.send_replace(true);
                    anyhow::Ok(served?)
                }
                None => Ok(()),
            }
        };
        let both = async {
            let (discord, telegram) = tokio::join!(discord, telegram);
            discord.and(telegram)
        };
        tokio::pin!(both);
        tokio::select! {
            ended = &mut both => ended,
            () = stop => {
                tell.send_replace(true);
                both.await
            }
        }
    }
}
