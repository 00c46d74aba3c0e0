//! What is worth a picture: formulas that one line of text does no justice, tables that a chat can't lay out,
//! the figures of a bank, and charts.

use viva_core::document::{self, Block, Document, Inline, Node, walk_inlines};
use viva_pictures::formula::Style;
use viva_pictures::table::{Alignment, Table};

use crate::charts::Chart;
use crate::words;

/// Something to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A formula in LaTeX, without its delimiters.
    Formula {
        /// The formula.
        tex: String,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// A table.
    Table(Table),
    /// A picture of the bank, by its path.
    Figure(String),
    /// A chart.
    Chart(Box<Chart>),
}

/// The same for subjects that look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key([u8; 32]);

/// What `document` wants to have drawn, in reading order and each once, in a chat that has room for tables of so many
/// columns of a monospaced font.
#[must_use]
pub fn wanted(document: &Document, room: usize) -> Vec<Subject> {
    let mut wanted = Wanted::default();
    document.walk(&mut |node| wanted.visit(node, room));
    wanted.subjects
}

/// The same for a title.
#[must_use]
pub fn wanted_inline(inlines: &[Inline]) -> Vec<Subject> {
    let mut wanted = Wanted::default();
    walk_inlines(inlines, &mut |node| wanted.visit(node, 0));
    wanted.subjects
}

/// What is to be drawn to show `charts`.
#[must_use]
pub fn wanted_charts(charts: &[Chart]) -> Vec<Subject> {
    charts.iter().map(|chart| Subject::Chart(Box::new(chart.clone()))).collect()
}

#[derive(Default)]
struct Wanted {
    subjects: Vec<Subject>,
}

impl Wanted {
    fn visit(&mut self, node: Node<'_>, room: usize) {
        let subject = match node {
            Node::Block(Block::Formula(tex)) => Subject::formula(tex, true),
            Node::Inline(Inline::Formula(tex)) if !viva_core::formula::inline(tex).faithful => {
                Subject::formula(tex, false)
            }
            Node::Block(Block::Table { columns, header, rows })
                if !words::is_laid_out(header, rows, room) =>
            {
                Subject::table(columns, header, rows)
            }
            Node::Inline(Inline::Image { url, .. }) if words::is_bundled(url) => Subject::Figure(url.clone()),
            _ => return,
        };
        if !self.subjects.contains(&subject) {
            self.subjects.push(subject);
        }
    }
}

impl Subject {
    pub(crate) fn formula(tex: &str, display: bool) -> Self {
        Self::Formula { tex: tex.to_owned(), display }
    }

    pub(crate) fn table(
        columns: &[document::Alignment],
        header: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
    ) -> Self {
        let row = |row: &[Vec<Inline>]| row.iter().map(|of| words::cell(of)).collect();
        let alignments = columns.iter().map(|column| match column {
            document::Alignment::None | document::Alignment::Left => Alignment::Left,
            document::Alignment::Center => Alignment::Center,
            document::Alignment::Right => Alignment::Right,
        });
        let rows = rows.iter().map(|of| row(of)).collect();
        Self::Table(Table { header: row(header), rows, alignments: alignments.collect() })
    }

    /// What it says where it can't be seen; of a figure its path.
    #[must_use]
    pub fn source(&self) -> String {
        match self {
            Self::Formula { tex, .. } => tex.clone(),
            Self::Figure(path) => path.clone(),
            Self::Chart(chart) => chart.words.clone(),
            Self::Table(table) => {
                let rows =
                    std::iter::once(&table.header).filter(|header| !header.is_empty()).chain(&table.rows);
                rows.map(|row| row.join(" │ ")).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// What kind of thing it is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Formula { .. } => "formula",
            Self::Table(_) => "table",
            Self::Figure(_) => "figure",
            Self::Chart(_) => "chart",
        }
    }

    pub(crate) fn style(display: bool) -> Style {
        if display { Style::Display } else { Style::Inline }
    }

    pub(crate) fn key(&self) -> Key {
        let mut hash = blake3::Hasher::new();
        let mut text = |text: &str| {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        text(self.kind());
        match self {
            Self::Formula { tex, display } => {
                text(if *display { "display" } else { "inline" });
                text(tex);
            }
            Self::Figure(path) => text(path),
            Self::Chart(chart) => text(&format!("{chart:?}")),
            Self::Table(table) => {
                text(&format!("{:?}", table.alignments));
                for row in std::iter::once(&table.header).chain(&table.rows) {
                    text(&row.len().to_string());
                    row.iter().for_each(|cell| text(cell));
                }
            }
        }
        Key(*hash.finalize().as_bytes())
    }
}

impl Key {
    /// The key of a subject that looks as these bytes say.
    pub(crate) fn with(self, content: &[u8]) -> Self {
        let mut hash = blake3::Hasher::new();
        hash.update(&self.0);
        hash.update(content);
        Self(*hash.finalize().as_bytes())
    }
}
