//! Which questions name a term, and how much each is about it.
//!
//! The weight of a term in a question follows BM25F (Robertson, Zaragoza and Taylor, "Simple BM25
//! extension to multiple weighted fields", CIKM 2004): the occurrences in all fields are added up,
//! each divided by the relative length of its field and multiplied with the field's weight, and only
//! the sum is saturated. The lengths are taken relative to fixed ones instead of the bank's
//! averages, so that a question weighs the same in every bank and one pass is enough.

use rustc_hash::FxHashMap;

use crate::terms::Term;

/// A part of a question that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The question itself.
    Title,
    /// Another name of it.
    Alias,
    /// What it is about.
    Topic,
    /// What a full answer names.
    KeyPoint,
    /// The answer, and what else is read.
    Body,
}

/// Where in a question a term was found, from the least to the most telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Body,
    KeyPoint,
    /// In a topic, title or alias, but as a part of a longer term.
    HeadingPart,
    /// As a topic, or in the title or an alias.
    Heading,
}

impl Field {
    /// What an occurrence in a field of `length` terms adds to a term's weight.
    fn weight(self, length: usize) -> f32 {
        let (weight, usual, slope) = match self {
            Self::Title => (6.0, 5.0, 0.4),
            Self::Alias => (5.0, 3.0, 0.4),
            Self::Topic => (3.0, 2.0, 0.0),
            Self::KeyPoint => (0.8, 6.0, 0.3),
            Self::Body => (0.3, 150.0, 0.6),
        };
        weight / (1.0 - slope + slope * length as f32 / usual)
    }

    fn place(self, part: bool) -> Place {
        match self {
            Self::Title | Self::Alias | Self::Topic if part => Place::HeadingPart,
            Self::Title | Self::Alias | Self::Topic => Place::Heading,
            Self::KeyPoint => Place::KeyPoint,
            Self::Body => Place::Body,
        }
    }
}

/// How much less a term counts that is only part of a longer one.
const PART: f32 = 0.4;

/// The weight at which a term counts half of what it can: BM25's k₁.
const HALF: f32 = 2.0;

/// A weight in 14 bits and a place in 2.
#[derive(Clone, Copy, Debug)]
pub(super) struct Impact(u16);

impl Impact {
    const FULL: f32 = 16_383.0;

    fn new(weight: f32, place: Place) -> Self {
        let saturated = weight / (weight + HALF);
        Self((saturated * Self::FULL) as u16 | (place as u16) << 14)
    }

    /// From 0 to 1.
    pub(super) fn weight(self) -> f32 {
        f32::from(self.0 & 0x3fff) / Self::FULL
    }

    pub(super) fn place(self) -> Place {
        match self.0 >> 14 {
            0 => Place::Body,
            1 => Place::KeyPoint,
            2 => Place::HeadingPart,
            _ => Place::Heading,
        }
    }
}

/// For every term the questions that name it, in order.
#[derive(Debug, Default)]
pub(super) struct Postings {
    slots: FxHashMap<Term, u32>,
    /// Where the questions of each slot begin, and the last end.
    offsets: Vec<u32>,
    questions: Vec<u32>,
    impacts: Vec<Impact>,
}

impl Postings {
    /// The questions that name `term`, with its impact there.
    pub(super) fn of(&self, term: Term) -> (&[u32], &[Impact]) {
        let Some(&slot) = self.slots.get(&term) else { return (&[], &[]) };
        let range = self.offsets[slot as usize] as usize..self.offsets[slot as usize + 1] as usize;
        (&self.questions[range.clone()], &self.impacts[range])
    }

    /// How many bytes it holds.
    pub(super) fn memory_bytes(&self) -> usize {
        self.slots.capacity() * (size_of::<(Term, u32)>() + 1)
            + self.offsets.capacity() * size_of::<u32>()
            + self.questions.capacity() * size_of::<u32>()
            + self.impacts.capacity() * size_of::<Impact>()
    }

    /// Joins what was drafted for successive questions.
    pub(super) fn join(drafts: Vec<Draft>) -> Self {
        let mut slots: FxHashMap<Term, u32> = FxHashMap::default();
        let mut counts: Vec<u32> = Vec::new();
        let mut globals: Vec<Vec<u32>> = Vec::with_capacity(drafts.len());
        for draft in &drafts {
            let mut global = vec![0; draft.counts.len()];
            for (&term, &local) in &draft.slots {
                let slot = *slots.entry(term).or_insert(counts.len() as u32);
                if slot as usize == counts.len() {
                    counts.push(0);
                }
                counts[slot as usize] += draft.counts[local as usize];
                global[local as usize] = slot;
            }
            globals.push(global);
        }

        let mut offsets = Vec::with_capacity(counts.len() + 1);
        let mut total = 0;
        offsets.push(0);
        for count in counts {
            total += count;
            offsets.push(total);
        }

        let mut free = offsets.clone();
        let mut questions = vec![0; total as usize];
        let mut impacts = vec![Impact(0); total as usize];
        for (draft, global) in drafts.iter().zip(&globals) {
            let mut at = 0;
            for (question, &end) in (draft.first..).zip(&draft.ends) {
                for &(local, impact) in &draft.entries[at..end as usize] {
                    let place = &mut free[global[local as usize] as usize];
                    questions[*place as usize] = question;
                    impacts[*place as usize] = impact;
                    *place += 1;
                }
                at = end as usize;
            }
        }
        Self { slots, offsets, questions, impacts }
    }
}

/// The postings of a run of questions, by question.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The first question's place in the bank.
    first: u32,
    slots: FxHashMap<Term, u32>,
    /// How many questions name the term of each slot.
    counts: Vec<u32>,
    /// The slots and impacts of all questions.
    entries: Vec<(u32, Impact)>,
    /// Where the entries of each question end.
    ends: Vec<u32>,
    /// What the question at hand says about the term of each slot.
    tallies: Vec<Tally>,
    /// The slots whose tallies are in use.
    touched: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Tally {
    /// The sum over the text at hand.
    text: f32,
    /// The greatest sum of a text so far: a question in two languages isn't about more.
    best: f32,
    place: Place,
}

impl Tally {
    const NONE: Self = Self { text: 0.0, best: 0.0, place: Place::Body };
}

impl Draft {
    pub(super) fn new(first: u32) -> Self {
        Self { first, ..Self::default() }
    }

    /// Adds a field of `length` terms, of which `terms` are some.
    pub(super) fn field(&mut self, field: Field, length: usize, terms: &[Term], part: bool) {
        let weight = field.weight(length) * if part { PART } else { 1.0 };
        let place = field.place(part);
        for &term in terms {
            let slot = *self.slots.entry(term).or_insert(self.tallies.len() as u32);
            if slot as usize == self.tallies.len() {
                self.tallies.push(Tally::NONE);
                self.counts.push(0);
            }
            let tally = &mut self.tallies[slot as usize];
            if tally.text == 0.0 && tally.best == 0.0 {
                self.touched.push(slot);
            }
            tally.text += weight;
            tally.place = tally.place.max(place);
        }
    }

    /// Ends a text of the question at hand.
    pub(super) fn end_text(&mut self) {
        for &slot in &self.touched {
            let tally = &mut self.tallies[slot as usize];
            tally.best = tally.best.max(tally.text);
            tally.text = 0.0;
        }
    }

    /// Ends the question at hand.
    pub(super) fn end_question(&mut self) {
        for slot in self.touched.drain(..) {
            let tally = std::mem::replace(&mut self.tallies[slot as usize], Tally::NONE);
            self.counts[slot as usize] += 1;
            self.entries.push((slot, Impact::new(tally.best, tally.place)));
        }
        self.ends.push(self.entries.len() as u32);
    }
}
