//! A message and the pictures that it wants: it is said with those that are there in time, and mended when the others
//! are.

use std::time::Duration;

use viva_album::{Drawn, Subject};

use crate::bot::Bot;
use crate::messages::Said;

/// How long somebody who asked for something waits for a picture.
pub(crate) const AT_ONCE: Duration = Duration::from_millis(100);
/// How long a picture is waited for where nobody does.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A message, to be said with pictures.
pub(crate) struct Scene {
    wanted: Vec<Subject>,
    render: Box<dyn Fn(&Drawn) -> Said + Send + Sync>,
}

impl Scene {
    /// What `render` makes of the pictures of `wanted`.
    pub(crate) fn of(wanted: Vec<Subject>, render: impl Fn(&Drawn) -> Said + Send + Sync + 'static) -> Self {
        Self { wanted, render: Box::new(render) }
    }

    /// The message, and whether it lacks a picture that is still being drawn.
    pub(crate) async fn shown(&self, bot: &Bot, within: Duration) -> (Said, bool) {
        let drawn = bot.album.draw(&bot.viva.bank(), self.wanted.clone(), within).await;
        ((self.render)(&drawn), drawn.is_late())
    }

    /// The message without any picture.
    pub(crate) fn in_words(&self) -> Said {
        (self.render)(&Drawn::in_words())
    }
}

impl From<Said> for Scene {
    fn from(said: Said) -> Self {
        Self { wanted: Vec::new(), render: Box::new(move |_| said.clone()) }
    }
}

impl From<&Said> for Scene {
    fn from(said: &Said) -> Self {
        said.clone().into()
    }
}
