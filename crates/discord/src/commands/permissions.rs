//! What Viva may do in the channels of a server.

use serenity::all::{ChannelType, GuildChannel, GuildId, PartialChannel, Permissions};
use viva_core::texts::Texts;

use super::Context;

/// What Viva needs to post in a channel of this kind and was not granted, in words.
pub(crate) fn lacking(granted: Permissions, kind: ChannelType, texts: &Texts) -> Option<String> {
    let send = if is_thread(kind) {
        (Permissions::SEND_MESSAGES_IN_THREADS, "permission-threads")
    } else {
        (Permissions::SEND_MESSAGES, "permission-send")
    };
    let needed = [
        (Permissions::VIEW_CHANNEL, "permission-view"),
        send,
        (Permissions::ATTACH_FILES, "permission-attach"),
    ];
    let lacking: Vec<String> = needed
        .into_iter()
        .filter(|(needed, _)| !granted.contains(*needed))
        .map(|(_, key)| texts.say(key))
        .collect();
    (!lacking.is_empty() && !granted.administrator()).then(|| lacking.join(", "))
}

/// The text channels of a server, with what Viva was granted in each.
pub(crate) async fn granted(
    ctx: Context<'_>,
    guild: GuildId,
) -> serenity::Result<Vec<(GuildChannel, Permissions)>> {
    let http = &ctx.data().http;
    let server = http.get_guild(guild).await?;
    let me = http.get_member(guild, ctx.framework().bot_id).await?;
    let channels = http.get_channels(guild).await?.into_iter();
    let text = channels.filter(|channel| matches!(channel.kind, ChannelType::Text | ChannelType::News));
    Ok(text
        .map(|channel| {
            let granted = server.user_permissions_in(&channel, &me);
            (channel, granted)
        })
        .collect())
}

/// What Viva was granted in a channel of a server, or in the one that it is a thread of; `None` if there is no such
/// channel.
pub(crate) async fn granted_in(
    ctx: Context<'_>,
    guild: GuildId,
    channel: &PartialChannel,
) -> serenity::Result<Option<Permissions>> {
    let all = granted(ctx, guild).await?;
    let of = |id| all.iter().find(|(channel, _)| channel.id == id).map(|(_, granted)| *granted);
    Ok(of(channel.id).or_else(|| of(channel.parent_id?)))
}

/// What kind of channel a command was used in.
pub(crate) fn kind(ctx: Context<'_>) -> ChannelType {
    ctx.interaction.channel.as_ref().map_or(ChannelType::Text, |channel| channel.kind)
}

fn is_thread(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread)
}
