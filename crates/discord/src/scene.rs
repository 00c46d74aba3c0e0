//! A message and the pictures that it wants: it is said with those that are there in time, and once more when the
//! others are.

use std::time::Duration;

use viva_album::{Drawn, Subject};

use crate::bot::Bot;
use crate::components::Message;

/// How long somebody who asked for something waits for a picture.
pub(crate) const AT_ONCE: Duration = Duration::from_millis(100);
/// How long a picture is waited for where nobody does.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A message, to be said with pictures.
pub(crate) struct Scene {
    wanted: Vec<Subject>,
    render: Box<dyn Fn(&Drawn) -> Message + Send + Sync>,
    /// Whether it is said again, with all pictures, by whoever said it without.
    pub(crate) again: bool,
}

impl Scene {
    /// What `render` makes of the pictures of `wanted`.
    pub(crate) fn of(
        wanted: Vec<Subject>,
        render: impl Fn(&Drawn) -> Message + Send + Sync + 'static,
    ) -> Self {
        Self { wanted, render: Box::new(render), again: true }
    }

    /// The same for a message that is drawn anew by others.
    pub(crate) fn redrawn(self) -> Self {
        Self { again: false, ..self }
    }

    /// The message, and whether it lacks a picture that is still being drawn.
    pub(crate) async fn shown(&self, bot: &Bot, within: Duration) -> (Message, bool) {
        let drawn = bot.album.draw(&bot.viva.bank(), self.wanted.clone(), within).await;
        ((self.render)(&drawn), drawn.is_late())
    }
}

impl From<Message> for Scene {
    fn from(message: Message) -> Self {
        Self { wanted: Vec::new(), render: Box::new(move |_| message.clone()), again: false }
    }
}
