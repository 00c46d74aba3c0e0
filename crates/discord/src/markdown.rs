//! Documents in Discord's Markdown. What notes and people wrote stays text: nothing in it can format,
//! mention or link.
//!
//! <https://support.discord.com/hc/en-us/articles/210298617>

use viva_album::{Drawn, Subject, wanted_inline};
use viva_core::document::{Block, Document, Inline, Item, plain, split};
use viva_core::formula;

use crate::components::{Component, GalleryItem};
use crate::limits::{DESCRIPTION, FILES, GALLERY_ITEMS, fit};

/// The widest table, in columns of a monospaced font, that a telephone shows without breaking lines.
pub const TABLE_WIDTH: usize = 42;
/// Characters of a page; the rest of a message is for what stands around it.
const PAGE_TEXT: usize = 3_200;
/// Components of a page; the rest of a message is for what stands around it.
const PAGE_COMPONENTS: usize = 24;

/// A part of a rendered document, in reading order.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    /// On the web.
    Remote(GalleryItem),
    /// To be uploaded.
    Uploaded(GalleryItem),
    Rule,
}

/// A document as components, cut into pages that each fit a message with room around them. Where it is cut does not
/// depend on which pictures are there.
#[must_use]
pub fn pages(document: &Document, drawn: &Drawn) -> Vec<Vec<Component>> {
    // One file less: a title may have a formula too.
    pages_of(document, PAGE_TEXT, FILES - 1, drawn)
}

/// The same with pages of so many characters and files.
#[must_use]
pub fn pages_of(document: &Document, characters: usize, files: usize, drawn: &Drawn) -> Vec<Vec<Component>> {
    let measure = |blocks: &[Block]| measure(blocks, characters, files);
    split(document, characters, &measure).iter().map(|page| components(page, drawn)).collect()
}

/// A document as components, all in one.
#[must_use]
pub fn components(document: &Document, drawn: &Drawn) -> Vec<Component> {
    let mut components: Vec<Component> = Vec::new();
    for piece in pieces(&document.blocks, drawn) {
        match (piece, components.last_mut()) {
            (Piece::Rule, _) => components.push(Component::separator()),
            (Piece::Text(text), _) => components.push(Component::text(text)),
            (Piece::Remote(item), Some(Component::Gallery { items, .. }))
                if items.len() < GALLERY_ITEMS && !items.iter().any(GalleryItem::is_uploaded) =>
            {
                items.push(item);
            }
            // Beside each other, formulas would be cut to squares.
            (Piece::Remote(item) | Piece::Uploaded(item), _) => {
                components.push(Component::gallery(vec![item]));
            }
        }
    }
    components
}

/// A document as text alone, for places where nothing else may stand.
#[must_use]
pub fn text(document: &Document) -> String {
    let texts = pieces(&document.blocks, &Drawn::default()).into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Remote(item) | Piece::Uploaded(item) => item.in_words(),
        Piece::Rule => "———".to_owned(),
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// The pictures of what stands as text alone, `mark` before the words that stand for each.
#[must_use]
pub fn pictures(document: &Document, mark: &str, drawn: &Drawn) -> Vec<Component> {
    pictures_of(&viva_album::wanted(document, TABLE_WIDTH), mark, drawn)
}

/// The pictures of a title.
#[must_use]
pub fn pictures_of_line(inlines: &[Inline], drawn: &Drawn) -> Vec<Component> {
    pictures_of(&wanted_inline(inlines), "", drawn)
}

fn pictures_of(subjects: &[Subject], mark: &str, drawn: &Drawn) -> Vec<Component> {
    let picture = |subject: &Subject| {
        let alt = alt_text(&format!("{mark}{}", alt_of(subject)));
        Some(Component::gallery(vec![GalleryItem::uploaded(drawn.of(subject)?, alt)]))
    };
    subjects.iter().filter_map(picture).collect()
}

/// What stands for a picture.
fn alt_of(subject: &Subject) -> String {
    match subject {
        Subject::Formula { tex, .. } => viva_album::formula(tex),
        Subject::Table(_) | Subject::Figure(_) | Subject::Chart(_) => subject.source(),
    }
}

/// Inlines as text on one line of Markdown; pictures as their alternative text.
#[must_use]
pub fn line(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, &mut out);
    out.replace('\n', " ")
}

fn alt_text(alt: &str) -> Option<String> {
    (!alt.trim().is_empty()).then(|| fit(alt.trim(), DESCRIPTION))
}

/// How much of a page blocks take, in characters; a component counts as its share of the components, a picture as its
/// share of the files.
fn measure(blocks: &[Block], page: usize, files: usize) -> usize {
    let in_words = pieces(blocks, &Drawn::default());
    let characters: usize = in_words
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.chars().count(),
            Piece::Remote(_) | Piece::Uploaded(_) | Piece::Rule => 0,
        })
        .sum();
    let pictured = pieces(blocks, &Drawn::imagined());
    let uploads = pictured.iter().filter(|piece| matches!(piece, Piece::Uploaded(_))).count();
    // Rounded up: no more than what fits.
    characters.max((pictured.len() * page).div_ceil(PAGE_COMPONENTS)).max((uploads * page).div_ceil(files))
}

fn pieces(blocks: &[Block], drawn: &Drawn) -> Vec<Piece> {
    let mut writer = Writer { pieces: Vec::new(), text: String::new(), drawn };
    writer.blocks(blocks, "", "");
    writer.finish();
    writer.pieces
}

/// Writes blocks one below the other.
struct Writer<'d> {
    pieces: Vec<Piece>,
    text: String,
    drawn: &'d Drawn,
}

impl Writer<'_> {
    /// Ends the text so far.
    fn finish(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches('\n');
        if !text.trim().is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    /// `first` stands before the first line of the first block, `other` before all further lines.
    fn blocks(&mut self, blocks: &[Block], first: &str, other: &str) {
        for (at, block) in blocks.iter().enumerate() {
            // Discord sets paragraphs apart by nothing but an empty line.
            if at > 0 && other.is_empty() && !self.text.is_empty() {
                self.text.push('\n');
            }
            self.block(block, if at == 0 { first } else { other }, other);
        }
    }

    fn lines(&mut self, text: &str, first: &str, other: &str) {
        for (at, line) in text.lines().enumerate() {
            self.text.push_str(if at == 0 { first } else { other });
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn fence(&mut self, language: &str, text: &str, prefix: &str) {
        // Three backticks would end the fence; a zero-width space between them does not show.
        let text = text.replace("```", "`\u{200b}`\u{200b}`");
        let language: String =
            language.chars().filter(|c| c.is_ascii_alphanumeric() || "+-#".contains(*c)).collect();
        // Inside a list an indented fence would not be one; inside a quotation it stays quoted.
        let prefix = if prefix.contains('>') { prefix } else { "" };
        self.lines(&format!("```{language}\n{text}\n```"), prefix, prefix);
    }

    fn block(&mut self, block: &Block, first: &str, other: &str) {
        match block {
            Block::Heading { level, text } => {
                let mut said = String::new();
                push(text, &mut said);
                let said = said.replace('\n', " ");
                let heading = if *level <= 3 && first.is_empty() {
                    format!("{} {said}", "#".repeat((*level).max(2).into()))
                } else {
                    format!("**{said}**")
                };
                self.lines(&heading, first, other);
            }
            Block::Paragraph(inlines) => self.paragraph(inlines, first, other),
            Block::List { start, items } => {
                for (at, item) in items.iter().enumerate() {
                    self.item(
                        item,
                        start.map(|start| start.saturating_add(at as u64)),
                        if at == 0 { first } else { other },
                        other,
                    );
                }
            }
            Block::Quote(blocks) => {
                let inside = format!("{other}> ");
                self.blocks(blocks, &format!("{first}> "), &inside);
            }
            Block::Code { language, text } => {
                self.mark(first);
                self.fence(language, text, other);
            }
            Block::Formula(tex) if let Some(plate) = self.drawn.formula(tex, true) => {
                self.mark(first);
                self.upload(GalleryItem::uploaded(plate, alt_text(&viva_album::formula(tex))));
            }
            Block::Formula(tex) => match &formula::block(tex)[..] {
                [line] => self.lines(&format!("> {}", escape(line)), first, other),
                lines => {
                    self.mark(first);
                    self.fence("", &lines.join("\n"), other);
                }
            },
            Block::Table { columns, header, rows }
                if let Some(plate) = self.drawn.table(columns, header, rows, TABLE_WIDTH) =>
            {
                self.mark(first);
                self.upload(GalleryItem::uploaded(plate, alt_text(&viva_album::table(header, rows))));
            }
            Block::Table { header, rows, .. } => self.table(header, rows, first, other),
            Block::Details { summary, blocks } => {
                let mut said = String::new();
                push(summary, &mut said);
                self.lines(&format!("**{}**", said.replace('\n', " ")), first, other);
                self.blocks(blocks, other, other);
            }
            Block::Rule => {
                self.finish();
                self.pieces.push(Piece::Rule);
            }
        }
    }

    /// Writes what stands before a block that begins on a line of its own.
    fn mark(&mut self, first: &str) {
        if first.contains(['-', '.', '☐', '☑']) {
            self.text.push_str(first.trim_end());
            self.text.push('\n');
        }
    }

    fn item(&mut self, item: &Item, number: Option<u64>, first: &str, other: &str) {
        let mark = match (item.task, number) {
            (Some(true), _) => "- ☑ ".to_owned(),
            (Some(false), _) => "- ☐ ".to_owned(),
            (None, Some(number)) => format!("{number}. "),
            (None, None) => "- ".to_owned(),
        };
        let inside = format!("{other}  ");
        if item.blocks.is_empty() {
            self.lines(mark.trim_end(), first, other);
        }
        for (at, block) in item.blocks.iter().enumerate() {
            let first = if at == 0 { format!("{first}{mark}") } else { inside.clone() };
            self.block(block, &first, &inside);
        }
    }

    /// Ends the text so far, and shows a picture.
    fn upload(&mut self, item: GalleryItem) {
        self.finish();
        self.pieces.push(Piece::Uploaded(item));
    }

    /// A paragraph; pictures that Discord can fetch or is sent stand between its lines, those of formulas below it.
    fn paragraph(&mut self, inlines: &[Inline], first: &str, other: &str) {
        let mut run: Vec<Inline> = Vec::new();
        let mut first = first;
        for inline in inlines {
            let piece = match inline {
                Inline::Image { url, alt } if is_remote(url) => {
                    Some(Piece::Remote(GalleryItem::new(url.clone(), alt_text(alt))))
                }
                Inline::Image { url, alt } => self
                    .drawn
                    .figure(url)
                    .map(|plate| Piece::Uploaded(GalleryItem::uploaded(plate, alt_text(alt)))),
                _ => None,
            };
            match piece {
                Some(piece) => {
                    if !run.is_empty() {
                        self.run(&std::mem::take(&mut run), first, other);
                        first = other;
                    }
                    self.finish();
                    self.pieces.push(piece);
                }
                None => run.push(inline.clone()),
            }
        }
        self.run(&run, first, other);
        for subject in wanted_inline(inlines) {
            let of_its_own =
                |inline: &Inline| matches!(inline, Inline::Image { url, .. } if *url == subject.source());
            if inlines.iter().any(of_its_own) {
                continue;
            }
            if let Some(plate) = self.drawn.of(&subject) {
                self.upload(GalleryItem::uploaded(plate, alt_text(&alt_of(&subject))));
            }
        }
    }

    fn run(&mut self, inlines: &[Inline], first: &str, other: &str) {
        let mut said = String::new();
        push(inlines, &mut said);
        let lines: Vec<String> = said.lines().map(guarded).collect();
        self.lines(&lines.join("\n"), first, other);
    }

    /// A table with aligned columns, or row by row if a telephone could not show that.
    fn table(&mut self, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], first: &str, other: &str) {
        if let Some(table) = viva_album::aligned(header, rows, TABLE_WIDTH) {
            self.mark(first);
            return self.fence("", &table, other);
        }
        let bold = |row: &[Vec<Inline>]| -> String {
            let cells = row.iter().map(|cell| format!("**{}**", line(cell)));
            cells.collect::<Vec<_>>().join(" │ ")
        };
        let mut lines: Vec<String> = Vec::new();
        if !header.is_empty() {
            lines.push(bold(header));
        }
        lines.extend(rows.iter().map(|row| {
            let mut cells = row.iter().map(|cell| line(cell));
            let name = cells.next().filter(|name| !name.is_empty()).map(|name| format!("**{name}**"));
            format!("- {}", name.into_iter().chain(cells).collect::<Vec<_>>().join(" │ "))
        }));
        self.lines(&lines.join("\n"), first, other);
    }
}

fn is_remote(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Inlines in Markdown.
fn push(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        let inner = inline.children().unwrap_or_default();
        let mut wrap = |mark: &str| {
            let mut said = String::new();
            push(inner, &mut said);
            // Marks around nothing, or around space, would show.
            let (left, right) = (said.len() - said.trim_start().len(), said.trim_end().len());
            if left >= right {
                out.push_str(&said);
            } else {
                out.push_str(&said[..left]);
                for (at, line) in said[left..right].split('\n').enumerate() {
                    out.push_str(if at == 0 { "" } else { "\n" });
                    out.push_str(&format!("{mark}{line}{mark}"));
                }
                out.push_str(&said[right..]);
            }
        };
        match inline {
            Inline::Text(text) => out.push_str(&escape(text)),
            Inline::Emphasis(_) => wrap("*"),
            Inline::Strong(_) => wrap("**"),
            Inline::Strikethrough(_) => wrap("~~"),
            Inline::Highlight(_) => wrap("__"),
            Inline::Subscript(_) | Inline::Superscript(_) => push(inner, out),
            Inline::Code(code) => out.push_str(&code_span(code)),
            Inline::Formula(tex) => out.push_str(&escape(&formula::inline(tex).text)),
            Inline::Link { url, .. } if is_remote(url) && !plain(inner).trim().is_empty() => {
                let mut said = String::new();
                push(inner, &mut said);
                out.push_str(&link(&said, url));
            }
            Inline::Link { .. } => push(inner, out),
            Inline::Image { url, alt } if alt.is_empty() => out.push_str(&format!("🖼 {}", escape(url))),
            Inline::Image { alt, .. } => out.push_str(&format!("🖼 {}", escape(alt))),
            Inline::Break => out.push('\n'),
        }
    }
}

/// A link to `url` that says `said`, which is Markdown already.
pub(crate) fn link(said: &str, url: &str) -> String {
    let url: String = url.chars().filter(|c| !c.is_whitespace() && !"<>".contains(*c)).collect();
    format!("[{said}](<{}>)", url.replace(')', "%29"))
}

fn code_span(code: &str) -> String {
    let code = code.replace('\n', " ");
    if !code.contains('`') {
        return format!("`{code}`");
    }
    // Discord knows one and two backticks; a zero-width space parts those that would end the span.
    format!("`` {} ``", code.replace("``", "`\u{200b}`"))
}

/// A text in which Discord finds nothing to format, to mention or to link.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars().filter(|c| !c.is_control() || *c == '\n') {
        if matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' | '@' | '#' | ':')
            && !is_harmless(c)
        {
            out.push('\\');
        }
        out.push(c);
    }
    out.replace("://", ":\u{200b}//")
}

/// What formats only in company that is escaped already, or at the beginning of a line.
fn is_harmless(c: char) -> bool {
    matches!(c, ':' | '#' | '@' | '>')
}

/// A line of prose that does not begin like a heading, a list or small print.
fn guarded(line: &str) -> String {
    let trimmed = line.trim_start();
    let number = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
    if trimmed.starts_with(['#', '>'])
        || trimmed.starts_with("- ")
        || trimmed.starts_with("-# ")
        || trimmed.starts_with("+ ")
    {
        return format!("\\{trimmed}");
    }
    if number.len() < trimmed.len() && number.starts_with(". ") {
        return format!("{}\\{number}", &trimmed[..trimmed.len() - number.len()]);
    }
    line.to_owned()
}

#[cfg(test)]
mod tests;
