//! `/privacy`: what is stored about somebody, for them to have or to delete.

use viva_core::texts::Texts;

use super::Context;
use crate::components::Message;
use crate::error::DiscordError;
use crate::messages;
use crate::scene::Scene;

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
        let message = Message::word(Texts::of(here.language).say("exported"));
        Ok(Scene::from(message.with_file("viva.json", format!("{all:#}").into_bytes())))
    })
    .await?;
    Ok(())
}

/// Deletes all that is stored about somebody, once they have said so twice.
#[poise::command(slash_command)]
async fn forget(ctx: Context<'_>) -> Result<(), DiscordError> {
    let _busy = ctx.data().busy.read().await;
    super::answer(ctx, true, |here, _| async move {
        Ok(Scene::from(messages::forget(here.learner, here.language)))
    })
    .await?;
    Ok(())
}
