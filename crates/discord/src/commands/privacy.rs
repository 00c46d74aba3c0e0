//! `/privacy`: what is stored about somebody, for them to have or to delete.

use serenity::all::CreateAttachment;
use viva_core::texts::Texts;

use super::Context;
use crate::components::Message;
use crate::error::DiscordError;
use crate::messages;
use crate::respond::Answer;

/// What is stored about you.
#[poise::command(
    slash_command,
    subcommands("export", "forget"),
    subcommand_required,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(crate) async fn privacy(_ctx: Context<'_>) -> Result<(), DiscordError> {
    Ok(())
}

/// Gives all that is stored about somebody, as a file for them alone.
#[poise::command(slash_command)]
async fn export(ctx: Context<'_>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, _| async move {
        let all = ctx.data().viva.export(&here).await?;
        let mut message = Message::word(Texts::of(here.language).say("exported"));
        message.components.push(crate::components::Component::file("viva.json"));
        let file = CreateAttachment::bytes(format!("{all:#}").into_bytes(), "viva.json");
        Ok(Answer::File(message, file))
    })
    .await?;
    Ok(())
}

/// Deletes all that is stored about somebody, once they have said so twice.
#[poise::command(slash_command)]
async fn forget(ctx: Context<'_>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, _| async move {
        Ok(Answer::Post(messages::forget(here.learner, here.language)))
    })
    .await?;
    Ok(())
}
