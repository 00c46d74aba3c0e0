//! Cutting a document into pages, for platforms whose messages have a limit.
//!
//! Pages are cut between blocks where that is possible. A block that is too long for a page of its own
//! is cut where it hurts least: between items, rows, lines, sentences or words, and only then between
//! characters as people see them. Nothing is lost and nothing is said twice.

use unicode_segmentation::UnicodeSegmentation;

use super::{Block, Document, Inline, Item};

/// Cuts `document` into pages of which `measure` says at most `limit`.
///
/// `measure` tells how long a run of blocks is once it is rendered; what it tells of a run must be at
/// least what it tells of a part. A single character is a page even if that is too long.
#[must_use]
pub fn split(document: &Document, limit: usize, measure: &dyn Fn(&[Block]) -> usize) -> Vec<Document> {
    let cutter = Cutter { limit, measure };
    let mut pages: Vec<Document> = Vec::new();
    let mut page: Vec<Block> = Vec::new();
    for block in document.blocks.iter().flat_map(|block| cutter.pieces(block)) {
        page.push(block);
        if page.len() > 1 && measure(&page) > limit {
            let last = page.pop();
            pages.push(std::mem::take(&mut page).into());
            page.extend(last);
        }
    }
    if !page.is_empty() {
        pages.push(page.into());
    }
    pages
}

struct Cutter<'m> {
    limit: usize,
    measure: &'m dyn Fn(&[Block]) -> usize,
}

impl Cutter<'_> {
    fn fits(&self, block: &Block) -> bool {
        (self.measure)(std::slice::from_ref(block)) <= self.limit
    }

    /// The block, or what it is cut into if it is too long.
    fn pieces(&self, block: &Block) -> Vec<Block> {
        if self.fits(block) {
            return vec![block.clone()];
        }
        match block {
            Block::Paragraph(inlines) => self.gather(&atoms(inlines), &|run| Block::Paragraph(join(run))),
            Block::Heading { level, text } => {
                self.gather(&atoms(text), &|run| Block::Heading { level: *level, text: join(run) })
            }
            Block::Code { language, text } => {
                let lines: Vec<&str> =
                    text.split('\n').flat_map(|line| self.code_line(language, line)).collect();
                self.gather(&lines, &|run| Block::Code { language: language.clone(), text: run.join("\n") })
            }
            Block::Quote(blocks) => self.nest(blocks, &Block::Quote),
            Block::List { start, items } => self.list(*start, items),
            Block::Details { summary, blocks } => {
                let mut pieces = self.pieces(&Block::Paragraph(summary.clone()));
                pieces.extend(blocks.iter().flat_map(|block| self.pieces(block)));
                pieces
            }
            Block::Table { columns, header, rows } => {
                let whole: Vec<_> =
                    std::iter::once(header).filter(|header| !header.is_empty()).chain(rows).collect();
                if whole.len() < 2 {
                    let cells = whole.into_iter().flatten();
                    return cells.flat_map(|cell| self.pieces(&Block::Paragraph(cell.clone()))).collect();
                }
                let table = |run: &[(bool, &Vec<Vec<Inline>>)]| {
                    let headed = run.first().is_some_and(|(headed, _)| *headed);
                    let rows = run.iter().skip(usize::from(headed)).map(|(_, row)| (*row).clone()).collect();
                    let header = if headed { header.clone() } else { Vec::new() };
                    Block::Table { columns: columns.clone(), header, rows }
                };
                let whole: Vec<_> = whole.into_iter().map(|row| (std::ptr::eq(row, header), row)).collect();
                let pieces = self.gather(&whole, &table);
                pieces
                    .iter()
                    .flat_map(|piece| if self.fits(piece) { vec![piece.clone()] } else { self.pieces(piece) })
                    .collect()
            }
            // A formula is one thing: half of it means nothing.
            Block::Formula(_) | Block::Rule => vec![block.clone()],
        }
    }

    /// Packs as many `parts` into each block as fit; one that does not fit alone has a block all the same.
    fn gather<T: Clone>(&self, parts: &[T], block: &dyn Fn(&[T]) -> Block) -> Vec<Block> {
        let (mut blocks, mut rest) = (Vec::new(), parts);
        while !rest.is_empty() {
            // The longest run that fits, by halves: what a run measures grows with it.
            let (mut fits, mut too_many) = (1, rest.len() + 1);
            while too_many - fits > 1 {
                let middle = fits.midpoint(too_many);
                if self.fits(&block(&rest[..middle])) { fits = middle } else { too_many = middle }
            }
            blocks.push(block(&rest[..fits]));
            rest = &rest[fits..];
        }
        blocks
    }

    /// Packs `blocks`, cut if need be, into as few of what holds them as possible.
    fn nest(&self, blocks: &[Block], hold: &dyn Fn(Vec<Block>) -> Block) -> Vec<Block> {
        let inner = Cutter { limit: self.limit, measure: &|run| (self.measure)(&[hold(run.to_vec())]) };
        let pieces: Vec<Block> = blocks.iter().flat_map(|block| inner.pieces(block)).collect();
        self.gather(&pieces, &|run| hold(run.to_vec()))
    }

    fn list(&self, start: Option<u64>, items: &[Item]) -> Vec<Block> {
        let number = |place: usize| start.map(|start| start + place as u64);
        let numbered: Vec<(usize, Item)> = items.iter().cloned().enumerate().collect();
        let list = |run: &[(usize, Item)]| Block::List {
            start: run.first().and_then(|(place, _)| number(*place)),
            items: run.iter().map(|(_, item)| item.clone()).collect(),
        };
        let mut blocks = Vec::new();
        for piece in self.gather(&numbered, &list) {
            match &piece {
                Block::List { start, items } if items.len() == 1 && !self.fits(&piece) => {
                    let task = items[0].task;
                    let hold = |blocks| Block::List { start: *start, items: vec![Item { task, blocks }] };
                    blocks.extend(self.nest(&items[0].blocks, &hold));
                }
                _ => blocks.push(piece),
            }
        }
        blocks
    }

    /// A line of a listing, cut between characters if it is too long for a page.
    fn code_line<'t>(&self, language: &str, line: &'t str) -> Vec<&'t str> {
        let fits =
            |text: &str| self.fits(&Block::Code { language: language.to_owned(), text: text.to_owned() });
        let (mut parts, mut rest) = (Vec::new(), line);
        while !fits(rest) && rest.graphemes(true).nth(1).is_some() {
            let ends: Vec<usize> = rest.grapheme_indices(true).map(|(at, _)| at).skip(1).collect();
            let fitting = ends.partition_point(|end| fits(&rest[..*end])).max(1);
            let (part, after) = rest.split_at(ends[fitting - 1]);
            parts.push(part);
            rest = after;
        }
        parts.push(rest);
        parts
    }
}

/// The smallest inlines that may stand on different pages: words with the space behind them, in the
/// marks they had; formulas, code and images whole.
fn atoms(inlines: &[Inline]) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in inlines {
        let within = |wrap: &dyn Fn(Vec<Inline>) -> Inline, inner: &[Inline]| -> Vec<Inline> {
            atoms(inner).into_iter().map(|atom| wrap(vec![atom])).collect()
        };
        match inline {
            Inline::Text(text) => out.extend(words(text).map(|word| Inline::Text(word.to_owned()))),
            Inline::Emphasis(inner) => out.extend(within(&Inline::Emphasis, inner)),
            Inline::Strong(inner) => out.extend(within(&Inline::Strong, inner)),
            Inline::Strikethrough(inner) => out.extend(within(&Inline::Strikethrough, inner)),
            Inline::Highlight(inner) => out.extend(within(&Inline::Highlight, inner)),
            Inline::Subscript(inner) => out.extend(within(&Inline::Subscript, inner)),
            Inline::Superscript(inner) => out.extend(within(&Inline::Superscript, inner)),
            Inline::Link { .. }
            | Inline::Code(_)
            | Inline::Formula(_)
            | Inline::Image { .. }
            | Inline::Break => {
                out.push(inline.clone());
            }
        }
    }
    out
}

/// The longest that a word may be before it is cut between characters; Chinese has no spaces.
const LONG_WORD: usize = 24;

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '\n', '，', '。', '；', '：', '、']).flat_map(|word| {
        let mut rest = Some(word);
        std::iter::from_fn(move || {
            let word = rest.take()?;
            let Some((cut, _)) = word.grapheme_indices(true).nth(LONG_WORD) else { return Some(word) };
            let (head, tail) = word.split_at(cut);
            rest = Some(tail);
            Some(head)
        })
    })
}

/// Puts atoms together again: neighbours in the same marks become one.
fn join(atoms: &[Inline]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for atom in atoms {
        match (out.last_mut(), atom) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(text),
            (Some(Inline::Emphasis(before)), Inline::Emphasis(inner))
            | (Some(Inline::Strong(before)), Inline::Strong(inner))
            | (Some(Inline::Strikethrough(before)), Inline::Strikethrough(inner))
            | (Some(Inline::Highlight(before)), Inline::Highlight(inner))
            | (Some(Inline::Subscript(before)), Inline::Subscript(inner))
            | (Some(Inline::Superscript(before)), Inline::Superscript(inner)) => {
                *before = join(&[std::mem::take(before), inner.clone()].concat());
            }
            _ => out.push(atom.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.to_owned())]
    }

    /// As an adapter might: every block on lines of its own, with marks that cost something.
    fn measure(blocks: &[Block]) -> usize {
        blocks
            .iter()
            .map(|block| {
                4 + format!("{block:?}").chars().filter(|c| c.is_alphanumeric()).count() / 4
                    + Document::from(vec![block.clone()]).plain().chars().count()
            })
            .sum()
    }

    fn squeezed(text: &str) -> String {
        text.split_whitespace().collect()
    }

    #[test]
    fn long_blocks_are_cut_where_it_hurts_least() {
        let long = "The quick brown fox jumps over the lazy dog. ".repeat(20);
        let item = |text: &str| Item {
            task: None,
            blocks: vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])],
        };
        for block in [
            Block::Paragraph(vec![
                Inline::Strong(text(&long)),
                Inline::Formula("x^2".repeat(5)),
                Inline::Text(long.clone()),
            ]),
            Block::List { start: Some(3), items: vec![item("short"), item(&long), item("end")] },
            Block::Quote(vec![
                Block::Paragraph(text(&long)),
                Block::Code { language: "py".into(), text: long.replace(". ", "\n") },
            ]),
            Block::Code { language: String::new(), text: "x".repeat(1000) },
            Block::Table {
                columns: Vec::new(),
                header: vec![text("a"), text("b")],
                rows: vec![vec![text(&long), text("y")], vec![text("z"), text(&long)]],
            },
            Block::Paragraph(text(&"过拟合".repeat(300))),
        ] {
            let document = Document::from(vec![Block::Paragraph(text("Before.")), block, Block::Rule]);
            let pages = split(&document, 200, &measure);
            assert!(pages.len() > 2, "{document:?}");
            for page in &pages {
                assert!(measure(&page.blocks) <= 200, "{}: {page:?}", measure(&page.blocks));
            }
            let told: String = pages.iter().map(Document::plain).collect::<Vec<_>>().join("\n");
            assert_eq!(squeezed(&told), squeezed(&document.plain()));
        }
    }

    #[test]
    fn what_fits_stays_whole_and_numbers_go_on() {
        let document = Document::from(vec![Block::Paragraph(text("One.")), Block::Paragraph(text("Two."))]);
        assert_eq!(split(&document, 4000, &measure), std::slice::from_ref(&document));
        assert_eq!(split(&Document::default(), 10, &measure), []);
        let item = |n: usize| Item { task: None, blocks: vec![Block::Paragraph(text(&format!("item {n}")))] };
        let list = Document::from(vec![Block::List { start: Some(1), items: (1..=40).map(item).collect() }]);
        let starts: Vec<_> = split(&list, 300, &measure)
            .into_iter()
            .flat_map(|page| page.blocks)
            .map(|block| match block {
                Block::List { start, items } => (start, items.len() as u64),
                other => panic!("{other:?}"),
            })
            .collect();
        let mut next = 1;
        for (start, length) in starts {
            assert_eq!(start, Some(next));
            next += length;
        }
        assert_eq!(next, 41);
    }

    proptest! {
        #[test]
        fn pages_say_what_the_document_says(words in prop::collection::vec("[a-z过拟合 *_`👩‍🔬]{0,40}", 0..20), limit in 60usize..400) {
            let blocks: Vec<Block> = words.iter().enumerate().map(|(at, word)| match at % 4 {
                0 => Block::Paragraph(text(word)),
                1 => Block::Quote(vec![Block::Paragraph(vec![Inline::Emphasis(text(word))])]),
                2 => Block::Code { language: "text".into(), text: word.clone() },
                _ => Block::List { start: None, items: vec![Item { task: Some(true), blocks: vec![Block::Heading { level: 4, text: text(word) }] }] },
            }).collect();
            let document = Document::from(blocks);
            let pages = split(&document, limit, &measure);
            let told: String = pages.iter().map(Document::plain).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(squeezed(&told), squeezed(&document.plain()));
        }
    }
}
