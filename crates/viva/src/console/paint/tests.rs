//! What documents look like in a terminal and in a pipe.

use viva_core::document::Alignment;

use super::*;

const ESCAPE: char = '\u{1b}';

fn terminal(columns: usize) -> Painter {
    Painter { ink: Ink { on: true }, screen: Some(columns), language: Language::En }
}

fn pipe() -> Painter {
    Painter::plain(Language::En)
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

fn code(language: &str, text: &str) -> Block {
    Block::Code { language: language.to_owned(), text: text.to_owned() }
}

fn table(header: &[&str], rows: &[&[&str]]) -> Block {
    let cells = |row: &[&str]| row.iter().map(|cell| vec![text(cell)]).collect::<Vec<_>>();
    Block::Table {
        columns: vec![Alignment::None; header.len()],
        header: cells(header),
        rows: rows.iter().map(|row| cells(row)).collect(),
    }
}

/// One of everything.
fn everything(words: &str) -> Document {
    let marked = vec![
        Inline::Strong(vec![text(words), Inline::Emphasis(vec![text(words)])]),
        Inline::Strikethrough(vec![text(words)]),
        Inline::Highlight(vec![text(words)]),
        Inline::Code(words.to_owned()),
        Inline::Formula(words.to_owned()),
        Inline::Link { url: words.to_owned(), text: vec![text(words), Inline::Break] },
        Inline::Image { url: words.to_owned(), alt: words.to_owned() },
    ];
    let item = |task, block| viva_core::document::Item { task, blocks: vec![block] };
    let mut blocks = vec![
        Block::Heading { level: 2, text: marked.clone() },
        Block::Paragraph(marked.clone()),
        Block::Quote(vec![paragraph(words)]),
        code("python", words),
        code(words, words),
        Block::Formula(words.to_owned()),
        table(&[words, "b"], &[&[words, words]]),
        Block::Details { summary: marked, blocks: vec![paragraph(words)] },
        Block::Rule,
    ];
    let items = blocks.iter().cloned().map(|block| item(None, block)).collect();
    blocks.push(Block::List { start: Some(9), items });
    blocks.push(Block::List { start: None, items: vec![item(Some(true), paragraph(words))] });
    Document { blocks }
}

/// A text without the colours that the painter gave it.
fn bare(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn marks_become_styles_on_a_terminal_and_nest() {
    let inlines = [
        Inline::Strong(vec![text("bold "), Inline::Emphasis(vec![text("both")])]),
        Inline::Strikethrough(vec![text("gone")]),
        Inline::Code("x = 1".to_owned()),
        Inline::Link { url: "https://example.org".to_owned(), text: vec![text("there")] },
    ];
    assert_eq!(
        terminal(80).inlines(&inlines, PLAIN),
        "\u{1b}[1mbold \u{1b}[0m\u{1b}[1m\u{1b}[3mboth\u{1b}[0m\u{1b}[9mgone\u{1b}[0m\
         \u{1b}[38;5;133mx = 1\u{1b}[0m\u{1b}[4m\u{1b}[38;5;31mthere\u{1b}[0m\
         \u{1b}[38;5;243m (https://example.org)\u{1b}[0m"
    );
    assert_eq!(pipe().inlines(&inlines, ink::STRONG), "bold bothgone`x = 1`there (https://example.org)");
}

#[test]
fn a_pipe_gets_not_one_escape_sequence() {
    let drawn = pipe().document(&everything("words of *any* kind"));
    assert!(!drawn.contains(ESCAPE), "{drawn:?}");
    assert!(terminal(80).document(&everything("words of any kind")).contains(ESCAPE));
}

#[test]
fn the_notes_own_control_characters_never_arrive() {
    let bad = "a\u{1b}[31mb\u{1b}]0;title\u{7}c\u{9b}31md\u{8}\u{85}\u{7f}\re";
    for painter in [terminal(60), pipe()] {
        let drawn = bare(&painter.document(&everything(bad)));
        assert!(drawn.contains("a[31mb]0;titlec31mde"), "{drawn}");
        let left = drawn.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(left, None, "in {drawn:?}");
        // What the painter added itself are colours and weights and nothing else.
        let drawn = painter.document(&everything(bad));
        for command in drawn.split(ESCAPE).skip(1) {
            let end = command.find(|c: char| !matches!(c, '[' | ';' | '0'..='9'));
            assert_eq!(end.map(|end| &command[end..=end]), Some("m"), "{command:?}");
        }
    }
}

#[test]
fn prose_fits_the_terminal_and_is_never_too_wide_to_read() {
    let document = Document { blocks: vec![paragraph(&"every word counts ".repeat(40))] };
    for (columns, widest) in [(200, MAX_WIDTH), (100, 100), (57, 57), (30, 30)] {
        let drawn = terminal(columns).document(&document);
        let width = drawn.lines().map(ink::width).max().unwrap();
        assert!(width <= widest && width > widest - 10, "{columns}: {width}");
    }
}

#[test]
fn nothing_but_code_and_formulas_is_wider_than_the_terminal() {
    let words = "several words 过拟合 that need more than one line of a narrow terminal ".repeat(3);
    let mut document = everything(&words);
    let fits = |block: &Block| !matches!(block, Block::Code { .. } | Block::Formula(_));
    document.blocks.retain(fits);
    for block in &mut document.blocks {
        if let Block::List { items, .. } = block {
            items.retain(|item| item.blocks.iter().all(fits));
        }
    }
    for columns in [40, 66, 90, 140] {
        let painter = terminal(columns);
        for line in painter.document(&document).lines().chain(painter.beside("  ✓ A  ", &document).lines())
        {
            assert!(ink::width(line) <= columns, "{columns}: {line:?}");
        }
    }
}

#[test]
fn a_table_may_use_what_prose_leaves_free_and_folds_beyond_it() {
    let wide = "cell ".repeat(12);
    let wide = wide.trim_end();
    let document = Document { blocks: vec![table(&["one", "two"], &[&[wide, wide]])] };
    assert_eq!(bare(&terminal(130).document(&document)), pipe().document(&document));
    let folded = terminal(60).document(&document);
    assert!(folded.lines().count() > 4, "{folded}");
}

#[test]
fn a_listing_keeps_its_text_and_gains_colours() {
    let source = "def f(x):\n\treturn \"{x}\"  # 过拟合";
    let document = Document { blocks: vec![code("python", source)] };
    let drawn = terminal(80).document(&document);
    assert_eq!(bare(&drawn), pipe().document(&document));
    assert_eq!(pipe().document(&document), "    [python]\n    def f(x):\n        return \"{x}\"  # 过拟合");
    assert!(drawn.contains("\u{1b}[38;5;161mreturn\u{1b}[0m"), "{drawn:?}");
}

#[test]
fn bars_and_marks_keep_their_own_colour_beside_styled_text() {
    let bold = Inline::Strong(vec![text(&"bold ".repeat(12))]);
    let drawn =
        terminal(30).document(&Document { blocks: vec![Block::Quote(vec![Block::Paragraph(vec![bold])])] });
    assert!(drawn.lines().count() > 1);
    for line in drawn.lines() {
        assert!(line.starts_with("\u{1b}[38;5;243m│ \u{1b}[0m\u{1b}[1mbold"), "{line:?}");
        assert!(line.ends_with("\u{1b}[0m"), "{line:?}");
    }
}
