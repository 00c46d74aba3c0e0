//! Drawing, off the threads that serve chats, each subject once.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use quick_cache::sync::Cache;
use quick_cache::{OptionsBuilder, Weighter};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use viva_core::bank::Bank;
use viva_core::texts::Saying;
use viva_pictures::figure::{self, Limits};
use viva_pictures::{NotDrawn, Picture, formula, table};

use crate::drawn::Drawn;
use crate::plate::Plate;
use crate::subject::{Key, Subject};
use crate::words;

/// The most bytes of pictures that are kept: some thousand formulas. A formula takes less than a millisecond to draw
/// anew, so nothing is kept on the disk.
const ROOM: u64 = 24 << 20;
/// How many pictures that is, about.
const ITEMS: usize = 4_096;
/// What an entry takes besides its file, in bytes.
const ENTRY: u64 = 256;

/// What could not be drawn, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Fallen {
    /// What it is.
    pub subject: Subject,
    /// Why it was not drawn, or not read.
    pub reason: Saying,
}

/// A picture, or why there is none.
type Made = Result<Arc<Plate>, Saying>;

/// Draws pictures and keeps them.
pub struct Album {
    limits: Limits,
    kept: Cache<Key, Made, Weight>,
    /// One for each processor: more would only take turns.
    slots: Semaphore,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Made> for Weight {
    fn weight(&self, _: &Key, kept: &Made) -> u64 {
        ENTRY + kept.as_ref().map_or(0, |plate| plate.bytes.len() as u64)
    }
}

impl Album {
    /// An album for a platform that takes figures within `limits`.
    #[must_use]
    pub fn new(limits: Limits) -> Arc<Self> {
        let slots = std::thread::available_parallelism().map_or(1, usize::from);
        // One shard: a share of the room would be too small for a large figure.
        let options =
            OptionsBuilder::new().estimated_items_capacity(ITEMS).weight_capacity(ROOM).shards(1).build();
        let kept = match options {
            Ok(options) => Cache::with_options(options, Weight, Default::default(), Default::default()),
            Err(_) => Cache::with_weighter(ITEMS, ROOM, Weight),
        };
        Arc::new(Self { limits, kept, slots: Semaphore::new(slots) })
    }

    /// The pictures of `subjects`: of all, if those that are missing can be drawn `within` a time, else of those that
    /// were there. Drawing goes on, so that all are there the next time.
    pub async fn draw(self: &Arc<Self>, bank: &Arc<Bank>, subjects: Vec<Subject>, within: Duration) -> Drawn {
        let mut drawn = Drawn::default();
        let mut missing = Vec::new();
        for subject in subjects {
            let key = subject.key();
            match self.kept.get(&key) {
                Some(Ok(plate)) => drop(drawn.plates.insert(key, plate)),
                Some(Err(_)) => {}
                None => missing.push(subject),
            }
        }
        if missing.is_empty() {
            return drawn;
        }
        let (album, bank) = (Arc::clone(self), Arc::clone(bank));
        let work = tokio::spawn(async move {
            let _slot = album.slots.acquire().await;
            let album = Arc::clone(&album);
            let draw = move || {
                let made = missing.into_iter().map(|subject| (subject.key(), album.make(&bank, &subject)));
                made.filter_map(|(key, made)| Some((key, made.ok()?))).collect::<Vec<_>>()
            };
            spawn_blocking(draw).await
        });
        match timeout(within, work).await {
            Ok(Ok(Ok(made))) => drawn.plates.extend(made),
            Ok(_) => tracing::error!("drawing ended before its time"),
            Err(_) => drawn.late = true,
        }
        drawn
    }

    /// Draws `subject` here and now, or says why not.
    ///
    /// # Errors
    ///
    /// If it can't be drawn, or is not in the bank.
    pub fn draw_now(&self, bank: &Bank, subject: &Subject) -> Result<Arc<Plate>, Fallen> {
        self.make(bank, subject).map_err(|reason| Fallen { subject: subject.clone(), reason })
    }

    /// Draws `subjects` here and now, as far as they can be drawn.
    #[must_use]
    pub fn draw_all_now(&self, bank: &Bank, subjects: &[Subject]) -> Drawn {
        let made =
            subjects.iter().filter_map(|subject| Some((subject.key(), self.make(bank, subject).ok()?)));
        Drawn { plates: made.collect(), ..Drawn::default() }
    }

    fn make(&self, bank: &Bank, subject: &Subject) -> Made {
        let picture = |drawn: Result<Picture, NotDrawn>| {
            drawn
                .map(|picture| Arc::new(Plate::of_picture(subject.kind(), picture)))
                .map_err(|reason| words::reason(&reason))
        };
        match subject {
            Subject::Formula { tex, display } => {
                self.once(subject.key(), || picture(formula::draw(tex, Subject::style(*display))))
            }
            Subject::Chart(chart) => self.once(subject.key(), || picture(chart.draw())),
            Subject::Table(of) => self.once(subject.key(), || picture(table::draw(of))),
            Subject::Figure(path) => {
                // The file may be another one now, so what it holds is a part of the key.
                let file =
                    bank.figures().read(path, figure::MAX_BYTES).map_err(|error| words::unread(&error))?;
                self.once(subject.key().with(&file), || {
                    figure::draw(&file, self.limits)
                        .map(|figure| Arc::new(Plate::of_figure(figure)))
                        .map_err(|reason| words::reason(&reason))
                })
            }
        }
    }

    /// What is kept under `key`, made first if need be; whoever asks for it meanwhile waits for that.
    fn once(&self, key: Key, make: impl FnOnce() -> Made) -> Made {
        self.kept
            .get_or_insert_with(&key, || Ok::<_, Infallible>(make()))
            .unwrap_or_else(|never| match never {})
    }
}
