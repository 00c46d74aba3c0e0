//! What every handler shares: the core, the way to Discord, and the cards that have to be drawn anew.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serenity::all::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, ChannelId, GuildId, Http, InteractionContext,
    Member, MessageId, User,
};
use tokio::sync::RwLock;
use viva_album::{Album, Latest, Limits};
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::reply::Card;
use viva_core::store::{Account, Place, StoreError};
use viva_core::viva::{Here, Viva};

use crate::cards;
use crate::components::Message;
use crate::limits::FILE;
use crate::respond::{edited, replaced};
use crate::scene::{PATIENCE, Scene};

/// The name of this platform in the store.
pub(crate) const PLATFORM: &str = "discord";
/// How often a card is drawn anew at the most, however fast people press.
const CALM: Duration = Duration::from_secs(3);
/// How long a round may be answered where Viva can edit its card later.
const LASTS: SignedDuration = SignedDuration::from_hours(1);
/// How long where it can't: an interaction's token is good for 15 minutes.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages>
const LASTS_BY_TOKEN: SignedDuration = SignedDuration::from_mins(10);
/// The most pixels in a row or a column of a figure: more than any screen shows of it.
const SIDE: u32 = 4_096;
/// Stands before an interaction's token where a message has no other handle.
const TOKEN: char = '@';

/// Viva on Discord.
pub(crate) struct Bot {
    pub(crate) viva: Arc<Viva>,
    pub(crate) http: Arc<Http>,
    /// For requests with files.
    pub(crate) client: reqwest::Client,
    pub(crate) album: Arc<Album>,
    /// Held for reading by whoever handles something, for writing by whoever waits for all to end.
    pub(crate) busy: RwLock<()>,
    /// What messages show that wait for pictures.
    pub(crate) latest: Latest<MessageId>,
    stirred: Mutex<HashSet<RoundId>>,
}

/// Somebody who does something somewhere.
pub(crate) struct Event<'e> {
    pub(crate) user: &'e User,
    pub(crate) member: Option<&'e Member>,
    pub(crate) guild: Option<GuildId>,
    pub(crate) channel: ChannelId,
    pub(crate) locale: &'e str,
    pub(crate) context: Option<InteractionContext>,
    pub(crate) owners: &'e AuthorizingIntegrationOwners,
    pub(crate) token: &'e str,
}

impl Event<'_> {
    /// Whether Viva itself is in this place, and not only with the person.
    fn is_member(&self) -> bool {
        let in_guild = |owner: &AuthorizingIntegrationOwner| {
            matches!(owner, AuthorizingIntegrationOwner::GuildInstall(_))
        };
        match self.context {
            Some(InteractionContext::PrivateChannel) => false,
            Some(InteractionContext::Guild) => self.owners.0.iter().any(in_guild),
            _ => true,
        }
    }

    /// Whether nobody else can answer here.
    pub(crate) fn is_alone(&self) -> bool {
        self.guild.is_none() && self.context == Some(InteractionContext::BotDm)
    }

    /// How long a round here may be answered.
    pub(crate) fn lasts(&self) -> SignedDuration {
        if self.is_member() { LASTS } else { LASTS_BY_TOKEN }
    }

    /// By which the card of a round is found again.
    pub(crate) fn handle(&self, message: MessageId) -> String {
        if self.is_member() { message.to_string() } else { format!("{TOKEN}{}", self.token) }
    }

    /// Whether the person may manage the messages of others here.
    pub(crate) fn manages(&self) -> bool {
        let permissions = self.member.and_then(|member| member.permissions);
        permissions.is_some_and(|granted| granted.manage_messages() || granted.manage_guild())
    }

    fn name(&self) -> &str {
        let nick = self.member.and_then(|member| member.nick.as_deref());
        nick.or(self.user.global_name.as_deref()).unwrap_or(&self.user.name)
    }
}

impl Bot {
    pub(crate) fn new(viva: Arc<Viva>, http: Arc<Http>) -> Self {
        // Half of what Discord takes: several files share a request.
        let album = Album::new(Limits { bytes: FILE / 2, side: SIDE });
        Self {
            viva,
            http,
            client: reqwest::Client::new(),
            album,
            busy: RwLock::new(()),
            stirred: Mutex::default(),
            latest: Latest::default(),
        }
    }

    /// Who speaks, and where.
    pub(crate) async fn meet(&self, event: &Event<'_>) -> Result<Here, StoreError> {
        let (user, channel) = (event.user.id.to_string(), event.channel.to_string());
        let community = event.guild.map_or_else(|| channel.clone(), |guild| guild.to_string());
        let place = |id| Place { platform: PLATFORM, id };
        let account = Account { at: place(&user), name: event.name() };
        self.viva.meet(account, place(&channel), place(&community), language(event.locale)).await
    }

    /// Draws a round's card anew, soon; presses in between share one drawing.
    pub(crate) fn stir(self: &Arc<Self>, channel: ChannelId, round: RoundId) {
        if !self.stirred.lock().unwrap_or_else(PoisonError::into_inner).insert(round) {
            return;
        }
        let bot = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(CALM).await;
            bot.stirred.lock().unwrap_or_else(PoisonError::into_inner).remove(&round);
            let _busy = bot.busy.read().await;
            let open =
                async || bot.viva.card(round).await.map(|card| card.filter(|card| card.outcome.is_none()));
            let card = match open().await {
                // What it is drawn with comes first: meanwhile the round may end.
                Ok(Some(card)) => {
                    bot.album.draw(&bot.viva.bank(), cards::wanted(&card), PATIENCE).await;
                    open().await
                }
                other => other,
            };
            match card {
                // Once it is over, whoever ended it draws it for the last time.
                Ok(Some(card)) => bot.draw(channel, &card).await,
                Ok(_) => {}
                Err(error) => tracing::error!(%error, %round, "a card could not be read"),
            }
        });
    }

    /// Shows a round's card as it is now.
    pub(crate) async fn draw(&self, channel: ChannelId, card: &Card) {
        let Some(handle) = &card.message else { return };
        let of = card.clone();
        let scene = Scene::of(cards::wanted(card), move |drawn| Message::public(cards::card(&of, drawn)));
        let (message, _) = scene.shown(self, PATIENCE).await;
        let drawn = match (handle.strip_prefix(TOKEN), handle.parse::<u64>()) {
            (Some(token), _) => edited(self, token, &message).await,
            (None, Ok(id)) if id > 0 => replaced(self, channel, MessageId::new(id), &message).await,
            (None, _) => return,
        };
        if let Err(error) = drawn {
            tracing::warn!(%error, round = %card.asked.round, "a card could not be drawn anew");
        }
    }
}

/// The language of a locale such as `zh-TW`; English for those that Viva does not speak.
pub(crate) fn language(locale: &str) -> Language {
    locale.parse().unwrap_or_default()
}

pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
