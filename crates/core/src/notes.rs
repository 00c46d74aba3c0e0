//! Notes become questions: any Markdown, in any of the habits people have.
//!
//! # The way of a file
//!
//! 1. The front matter is taken off (`front_matter`).
//! 2. Formulas are taken out and marks left in their place (`formulas`).
//! 3. Markdown and the HTML in it become blocks (`tree`, `html`, `stack`).
//! 4. The habit that explains the blocks best finds the questions ([`Habit`]); everything below a
//!    question until the next one is its answer.
//! 5. Each question is taken apart: its title (`title`, `slug`), gradings and links to the top
//!    (`metadata`), options (`options`) or quiz (`quiz`), and its key points (`key_points`).
//!
//! Reading never fails: whatever is wrong becomes a [`Diagnostic`], and the rest is read.
//! Files are found and opened by [`folder`].

mod diagnostic;
pub mod folder;
mod formulas;
mod front_matter;
mod habit;
mod html;
mod key_points;
mod metadata;
mod options;
mod pictures;
mod quiz;
mod slug;
mod stack;
mod title;
mod tree;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use habit::Habit;
pub(crate) use slug::slug as name_slug;

use crate::bank::{Choice, Deck, Entry, QuestionId, Skipped, Text};
use crate::document::{Block, Document, Inline, plain};
use crate::language::Language;
use crate::texts::Saying;
use diagnostic::Remarks;
use formulas::Masked;
use habit::{Reading, Role};
use stack::Placed;
use title::Title;

/// A file of notes, already opened.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The file as its owner calls it; diagnostics name it.
    pub path: &'a str,
    /// Where it lies in its bank, with `/` between folders; pictures are looked up from there.
    pub inside: &'a str,
    /// What it says.
    pub text: &'a str,
    /// Whether the bank has a file at a path inside it.
    pub has_file: &'a (dyn Fn(&str) -> bool + Sync),
}

/// What was read from one file.
#[derive(Debug)]
pub struct Page {
    /// The deck that the file is.
    pub deck: Deck,
    /// Its questions, in reading order.
    pub entries: Vec<Entry>,
    /// What there is to say about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one file of notes.
#[must_use]
pub fn read(source: &Source<'_>) -> Page {
    let mut remarks = Remarks::new(source.path, source.text);
    let (front, body_at) = front_matter::read(source.text, &mut remarks);
    let body = &source.text[body_at..];
    let language = front.language.unwrap_or_else(|| Language::of(body));

    let mut body_remarks = Remarks::new(source.path, body);
    let masked = Masked::new(body, &mut body_remarks);
    remarks.take_shifted(body_remarks, body_at);
    let mut tree = tree::build(&masked, body_at, &mut remarks);
    pictures::settle(&mut tree, source, &mut remarks);

    let reading = Reading::best(&tree.blocks, front.read_as);
    let mut reader = Reader {
        reading,
        language,
        topics: front.topics,
        title: front.title,
        remarks: &mut remarks,
        sections: Vec::new(),
        open: None,
        entries: Vec::new(),
        skipped: Vec::new(),
    };
    tree.blocks.into_iter().for_each(|placed| reader.take(placed));
    reader.close();
    let Reader { entries, skipped, title, .. } = reader;

    if body.trim().is_empty() {
        remarks.add(0, Code::Empty, Saying::of("remark-empty"));
    } else if entries.is_empty() && reading.habit != Habit::None {
        remarks.add(0, Code::NoQuestion, Saying::of("remark-no-question"));
    }
    let read_as = refine(reading, front.read_as, &entries);
    let stem = source.inside.rsplit('/').next().unwrap_or(source.inside);
    let title = title.unwrap_or_else(|| stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned());
    let deck = Deck { path: source.path.to_owned(), title, language, read_as, skipped };
    Page { deck, entries, diagnostics: remarks.finish() }
}

/// Names the habit more closely once the questions are known.
fn refine(reading: Reading, wanted: Option<Habit>, entries: &[Entry]) -> Habit {
    if let Some(wanted) = wanted {
        return wanted;
    }
    let most = |of: &dyn Fn(&Entry) -> bool| {
        !entries.is_empty() && entries.iter().filter(|e| of(e)).count() * 2 >= entries.len()
    };
    match reading.habit {
        _ if reading.finds_nothing() => Habit::None,
        Habit::Headings if most(&|entry| entry.explicit) => Habit::Authored,
        _ if most(&|entry| entry.lettered) => Habit::Options,
        habit => habit,
    }
}

/// A question whose answer is still being collected.
struct Open {
    at: usize,
    title: Vec<Inline>,
    blocks: Vec<Block>,
}

struct Reader<'r, 's> {
    reading: Reading,
    language: Language,
    topics: Vec<String>,
    title: Option<String>,
    remarks: &'r mut Remarks<'s>,
    sections: Vec<(u8, String)>,
    open: Option<Open>,
    entries: Vec<Entry>,
    skipped: Vec<Skipped>,
}

impl Reader<'_, '_> {
    fn take(&mut self, placed: Placed) {
        match self.reading.role(&placed) {
            Role::Question => {
                self.close();
                self.question(placed);
            }
            Role::Section(level) => {
                self.close();
                let Block::Heading { text, .. } = placed.block else { return };
                let name = plain(&text);
                let name =
                    name[title::split_number(&name).map_or(0, |(_, behind)| behind)..].trim().to_owned();
                self.sections.retain(|(above, _)| *above < level);
                if level == 1 && self.title.is_none() && self.entries.is_empty() {
                    self.title = Some(name);
                } else if !name.is_empty() {
                    self.sections.push((level, name));
                }
            }
            Role::Skip(reason) => {
                self.close();
                self.skip(&placed, reason);
            }
            Role::Answer if metadata::leads_to_top(&placed.block) => self.skip(&placed, "skip-top"),
            Role::Answer => match &mut self.open {
                Some(open) => open.blocks.push(placed.block),
                None if placed.block == Block::Rule => {}
                None => {
                    let reason = if is_contents(&placed.block) { "skip-contents" } else { "skip-before" };
                    self.skip(&placed, reason);
                }
            },
        }
    }

    fn skip(&mut self, placed: &Placed, reason: &'static str) {
        let line = self.remarks.line(placed.at);
        self.skipped.push(Skipped { line, reason });
    }

    fn question(&mut self, placed: Placed) {
        let at = placed.at;
        match placed.block {
            Block::Heading { text: title, .. } | Block::Paragraph(title) => {
                self.open = Some(Open { at, title, blocks: Vec::new() });
            }
            Block::Details { summary: title, blocks } => self.open = Some(Open { at, title, blocks }),
            Block::List { start, items } => {
                let offsets = placed.items.into_iter().chain(std::iter::repeat(at));
                for (item, at) in items.into_iter().zip(offsets) {
                    if !habit::heads_item(&item.blocks) {
                        let block = Block::List { start, items: vec![item] };
                        match &mut self.open {
                            Some(open) => open.blocks.push(block),
                            None => self
                                .skip(&Placed { block, at, html: false, items: Vec::new() }, "skip-before"),
                        }
                        continue;
                    }
                    self.close();
                    let mut blocks = item.blocks;
                    if let Block::Heading { text: title, .. } | Block::Paragraph(title) = blocks.remove(0) {
                        self.open = Some(Open { at, title, blocks });
                    }
                }
            }
            _ => {}
        }
    }

    /// Makes an entry of the question that is open, if any.
    fn close(&mut self) {
        let Some(Open { at, title, mut blocks }) = self.open.take() else { return };
        let title = Title::read(title, at, self.remarks);
        let (mut difficulty, mut frequency) = (title.difficulty, title.frequency);
        let mut seen = 0;
        blocks.retain(|block| {
            seen += 1;
            let found = (seen <= 4).then(|| metadata::gradings(block)).flatten();
            if let Some(gradings) = &found {
                difficulty = gradings.difficulty.or(difficulty);
                frequency = gradings.frequency.or(frequency);
            }
            found.is_none() && !metadata::leads_to_top(block)
        });
        while blocks.last() == Some(&Block::Rule) {
            blocks.pop();
        }
        let mut choices: Vec<Choice> = quiz::read(&mut blocks, at, self.remarks);
        let mut body = Vec::new();
        let mut answer = match options::read(blocks, at, self.remarks) {
            Ok(options) => {
                body = options.body;
                choices.push(options.choice);
                options.answer
            }
            Err(blocks) => blocks,
        };
        let lettered = !choices.is_empty() && title.id.is_none();
        if let [Block::Details { blocks, .. }] = answer.as_mut_slice() {
            answer = std::mem::take(blocks);
        }
        metadata::strip_answer_label(&mut answer);
        while answer.last() == Some(&Block::Rule) {
            answer.pop();
        }
        if answer.is_empty() {
            let message = Saying::of("remark-no-answer").with("title", &title.plain);
            self.remarks.add(at, Code::NoAnswer, message);
        }
        let explicit = title.id.is_some();
        let id = QuestionId(title.id.unwrap_or_else(|| slug::slug(&title.plain)));
        let topics = self.topics.iter().chain(self.sections.iter().map(|(_, name)| name)).cloned();
        let text = Text {
            language: self.language,
            body: body.into(),
            key_points: key_points::read(&title.plain, &answer),
            answer: Document::from(answer),
            aliases: title.aliases,
            topics: topics.chain(title.topics).collect(),
            difficulty,
            frequency,
            choices,
            title: title.text,
        };
        let line = self.remarks.line(at);
        self.entries.push(Entry { id, explicit, lettered, line, text });
    }
}

/// Whether a list holds nothing but links into the page.
fn is_contents(block: &Block) -> bool {
    let mut links = 0;
    let mut others = 0;
    crate::document::walk_blocks(std::slice::from_ref(block), &mut |node| {
        if let crate::document::Node::Inline(Inline::Link { url, .. }) = node {
            if url.starts_with('#') { links += 1 } else { others += 1 }
        }
    });
    matches!(block, Block::List { .. }) && links > others
}
