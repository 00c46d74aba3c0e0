//! What was drawn for a text.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use viva_core::document::{Alignment, Inline};
use viva_pictures::Picture;

use crate::charts::Chart;
use crate::plate::Plate;
use crate::subject::{Key, Subject};

/// The pictures of a text, as far as they are there.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    pub(crate) plates: HashMap<Key, Arc<Plate>>,
    pub(crate) late: bool,
    pub(crate) imagined: bool,
    pub(crate) in_words: bool,
}

/// Stands for pictures that are only imagined.
static IMAGINED: LazyLock<Arc<Plate>> = LazyLock::new(|| {
    Arc::new(Plate::of_picture("picture", Picture { png: Vec::new(), width: 1, height: 1 }))
});

impl Drawn {
    /// As if there were a picture of everything: to find out how much room pictures may take.
    #[must_use]
    pub fn imagined() -> Self {
        Self { imagined: true, ..Self::default() }
    }

    /// As if there were no pictures in the world, not even those on the web.
    #[must_use]
    pub fn in_words() -> Self {
        Self { in_words: true, ..Self::default() }
    }

    /// Whether nothing is to be shown as a picture.
    #[must_use]
    pub fn is_in_words(&self) -> bool {
        self.in_words
    }

    /// Whether something was still being drawn when time was up.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// The picture of a subject.
    #[must_use]
    pub fn of(&self, subject: &Subject) -> Option<&Arc<Plate>> {
        if self.imagined { Some(&*IMAGINED) } else { self.plates.get(&subject.key()) }
    }

    /// The picture of a formula.
    #[must_use]
    pub fn formula(&self, tex: &str, display: bool) -> Option<&Arc<Plate>> {
        if self.is_empty() {
            return None;
        }
        if !display && viva_core::formula::inline(tex).faithful {
            return None;
        }
        self.of(&Subject::formula(tex, display))
    }

    /// The picture of a table, in a chat that has room for so many columns.
    #[must_use]
    pub fn table(
        &self,
        columns: &[Alignment],
        header: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
        room: usize,
    ) -> Option<&Arc<Plate>> {
        if self.is_empty() || crate::words::is_laid_out(header, rows, room) {
            return None;
        }
        self.of(&Subject::table(columns, header, rows))
    }

    /// The picture of the bank at a path.
    #[must_use]
    pub fn figure(&self, path: &str) -> Option<&Arc<Plate>> {
        if self.is_empty() || !crate::words::is_bundled(path) {
            return None;
        }
        self.of(&Subject::Figure(path.to_owned()))
    }

    /// The picture of a chart.
    #[must_use]
    pub fn chart(&self, chart: &Chart) -> Option<&Arc<Plate>> {
        self.of(&Subject::Chart(Box::new(chart.clone())))
    }

    fn is_empty(&self) -> bool {
        self.plates.is_empty() && !self.imagined
    }
}
