//! Accuracy by topic: a bar a topic. Owns its look; shares are computed here, so that a bar and its
//! number never disagree.

use super::{BLUE, HEAD, TRACK, WIDTH, fitted, title};
use crate::drawing::{Anchor, Drawing, Letters};
use crate::panel::PAPER;
use crate::{NotDrawn, Picture, lettering};

/// The most topics that are drawn; more are cut off at the end.
const MAX_ROWS: usize = 25;

const ROW: f32 = 32.0;
const BAR: f32 = 16.0;
const BASELINE: f32 = 21.5;

/// What [`topics`] draws.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    /// What is counted, in the reader's language.
    pub title: String,
    /// The topics in the order in which they are drawn.
    pub topics: Vec<Topic>,
}

/// How many answers on a topic were right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// The name of the topic, in the reader's language.
    pub name: String,
    /// Right answers.
    pub right: u64,
    /// Answers; [`Topic::right`] is at most as many.
    pub answered: u64,
}

impl Topic {
    /// The share of right answers, from 0 to 1; none without answers.
    fn share(&self) -> Option<f32> {
        (self.answered > 0).then(|| (self.right as f32 / self.answered as f32).min(1.0))
    }

    fn percent(&self) -> String {
        self.share().map_or("–".to_owned(), |share| format!("{:.0}%", share * 100.0))
    }

    fn counts(&self) -> String {
        format!("{}/{}", self.right, self.answered)
    }
}

/// Draws up to 25 topics, with marks at every quarter.
///
/// # Errors
///
/// [`NotDrawn::Blank`] if there are none.
pub fn topics(chart: &Topics) -> Result<Picture, NotDrawn> {
    let topics = &chart.topics[..chart.topics.len().min(MAX_ROWS)];
    if topics.is_empty() {
        return Err(NotDrawn::Blank);
    }
    let mut drawing = Drawing::new(WIDTH, HEAD + topics.len() as f32 * ROW);
    title(&mut drawing, &chart.title, WIDTH);
    let widest = |text: &dyn Fn(&Topic) -> String, letters: Letters| {
        topics.iter().map(|topic| lettering::width(&text(topic), letters.size)).fold(0.0, f32::max)
    };
    let name_width = widest(&|topic| fitted(&topic.name, Letters::BODY, 220.0), Letters::BODY) + 1.0;
    let counts_width = widest(&Topic::counts, Letters::SMALL);
    let percent_end = WIDTH - counts_width - 12.0;
    let bar = name_width + 14.0;
    let bar_width = percent_end - 48.0 - bar;
    for (n, topic) in topics.iter().enumerate() {
        let top = HEAD + n as f32 * ROW;
        let baseline = top + BASELINE;
        let name = fitted(&topic.name, Letters::BODY, name_width);
        drawing.text((0.0, baseline), Anchor::Start, Letters::BODY, &name);
        let y = top + (ROW - BAR) / 2.0;
        drawing.rect((bar, y), (bar_width, BAR), 4.0, TRACK);
        if let Some(share) = topic.share().filter(|share| *share > 0.0) {
            drawing.rect((bar, y), ((bar_width * share).max(4.0), BAR), 4.0, BLUE);
        }
        for quarter in 1..4 {
            let x = bar + bar_width * quarter as f32 / 4.0;
            drawing.line((x, y), (x, y + BAR), PAPER);
        }
        drawing.text((percent_end, baseline), Anchor::End, Letters::STRONG, &topic.percent());
        drawing.text((WIDTH, baseline), Anchor::End, Letters::SMALL, &topic.counts());
    }
    drawing.finish()
}
