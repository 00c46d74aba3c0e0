//! What can keep Viva off Telegram.

use viva_core::store::StoreError;

use crate::api::ApiError;

/// Why Viva can't serve Telegram, or not go on.
#[derive(Debug, thiserror::Error)]
pub enum TelegramError {
    /// Telegram does not know the token.
    #[error(
        "Telegram refuses the token in TELEGRAM_TOKEN; ask @BotFather on Telegram for it again with /token, or for a new bot with /newbot"
    )]
    Token,
    /// An address that can't be.
    #[error("{0:?} is no address; {1}")]
    Address(String, &'static str),
    /// No place to listen for updates.
    #[error(
        "Viva can't listen on {0} for Telegram's updates: {1}; name another place in TELEGRAM_WEBHOOK_LISTEN"
    )]
    Listen(String, std::io::Error),
    /// Telegram, or the way there.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl TelegramError {
    /// What a refusal at the start means: Telegram answers 401 to a token that was revoked and 404 to one that
    /// never was. <https://core.telegram.org/bots/api#authorizing-your-bot>
    pub(crate) fn at_start(error: ApiError) -> Self {
        match error {
            ApiError::Refused { code: 401 | 404, .. } => Self::Token,
            error => Self::Api(error),
        }
    }
}
