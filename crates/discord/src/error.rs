//! What can keep Viva off Discord.

use serenity::gateway::GatewayError;
use serenity::http::HttpError;
use viva_core::store::StoreError;

/// Why Viva can't serve Discord, or not go on.
#[derive(Debug, thiserror::Error)]
pub enum DiscordError {
    /// Discord does not know the token.
    #[error(
        "Discord refuses the token in DISCORD_TOKEN; copy it anew from the Bot page of your application \
         at https://discord.com/developers/applications"
    )]
    Token,
    /// A range of shards that can't be.
    #[error("{0:?} is no range of shards; write VIVA_SHARDS as FIRST-LAST/TOTAL, such as 0-3/16")]
    Shards(String),
    /// Discord, or the way there.
    #[error("Discord could not be reached or refused a request: {0}")]
    Discord(Box<serenity::Error>),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<serenity::Error> for DiscordError {
    fn from(error: serenity::Error) -> Self {
        match &error {
            serenity::Error::Gateway(GatewayError::InvalidAuthentication) => Self::Token,
            serenity::Error::Http(HttpError::UnsuccessfulRequest(refused))
                if refused.status_code.as_u16() == 401 =>
            {
                Self::Token
            }
            _ => Self::Discord(Box::new(error)),
        }
    }
}

/// The code and the words by which Discord refused a request; `None` if it did not get to that.
pub(crate) fn refusal(error: &serenity::Error) -> Option<(u16, isize, String)> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(refused)) => {
            Some((refused.status_code.as_u16(), refused.error.code, refused.error.message.clone()))
        }
        _ => None,
    }
}
