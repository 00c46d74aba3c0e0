//! Being let in and put out: a hello where Viva is new, and silence where it is not wanted.

use teloxide_core::types::ChatMemberUpdated;
use viva_core::store::{Place, StoreError};
use viva_core::viva::Change;

use crate::bot::{Bot, Event, PLATFORM, Speaker, Spot, now};
use crate::commands::sent;
use crate::messages::Said;

/// Handles a change of the bot's own membership.
pub(crate) async fn changed(bot: &Bot, update: &ChatMemberUpdated) -> Result<(), StoreError> {
    let id = update.chat.id.0.to_string();
    let place = Place { platform: PLATFORM, id: &id };
    if !update.new_chat_member.is_present() {
        tracing::info!(chat = id, "Viva was put out of a chat");
        return bot.viva.store().stop_schedules(place, "Viva is not in this chat any more").await;
    }
    let is_new = !update.old_chat_member.is_present();
    if !is_new
        || update.chat.is_private()
        || update.chat.is_channel()
        || !bot.viva.store().greet(place, now()).await?
    {
        return Ok(());
    }
    let spot = Spot { chat: update.chat.id.0, thread: None, channel: false };
    let event = Event { who: Speaker::person(&update.from), spot, message: 0 };
    let here = bot.meet(&event).await?;
    // Whoever lets Viva in speaks the language of the group, most likely; /settings tells otherwise.
    if here.community.language.is_none() {
        bot.viva.settings(&here, &[Change::Language(Some(event.who.language))]).await?;
    }
    let hello = Said::own("hello-telegram", event.who.language);
    sent(bot.send(hello.to(spot.chat, None)).await);
    Ok(())
}
