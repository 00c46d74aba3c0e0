use viva_core::document::{Alignment, Block, Document, Inline, Item};

use super::*;

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn paragraph(said: &str) -> Block {
    Block::Paragraph(text(said))
}

fn said(blocks: Vec<Block>) -> String {
    super::text(&Document::from(blocks))
}

#[test]
fn what_people_write_stays_text() {
    for (wrote, shown) in [
        ("@everyone", "@everyone"),
        ("<@&1>", "\\<@&1>"),
        ("[x](http://e.org)", "\\[x\\](http:\u{200b}//e.org)"),
        ("```rm```", "\\`\\`\\`rm\\`\\`\\`"),
        ("a_b_c *d* ||e|| ~~f~~", "a\\_b\\_c \\*d\\* \\|\\|e\\|\\| \\~\\~f\\~\\~"),
        ("# title", "\\# title"),
        ("- item", "\\- item"),
        ("> quote", "\\> quote"),
        ("1. first", "1\\. first"),
        ("-# small", "\\-# small"),
        ("a\\b", "a\\\\b"),
        ("bell\u{7}", "bell"),
    ] {
        assert_eq!(said(vec![paragraph(wrote)]), shown, "{wrote:?}");
    }
}

#[test]
fn blocks_look_as_they_do_on_discord() {
    let item = |blocks| Item { task: None, blocks };
    for (blocks, shown) in [
        (vec![Block::Heading { level: 1, text: text("Big") }, paragraph("Text.")], "## Big\n\nText."),
        (vec![Block::Heading { level: 5, text: text("Small") }], "**Small**"),
        (
            vec![Block::List {
                start: Some(9),
                items: vec![
                    item(vec![
                        paragraph("nine"),
                        Block::List { start: None, items: vec![item(vec![paragraph("inner")])] },
                    ]),
                    item(vec![paragraph("ten")]),
                ],
            }],
            "9. nine\n  - inner\n10. ten",
        ),
        (vec![Block::Quote(vec![paragraph("one"), paragraph("two")])], "> one\n> two"),
        (
            vec![Block::Code { language: "python".to_owned(), text: "print(\"```\")".to_owned() }],
            "```python\nprint(\"`\u{200b}`\u{200b}`\")\n```",
        ),
        (vec![Block::Formula("x^2".to_owned())], "> x²"),
        (
            vec![Block::Table {
                columns: vec![Alignment::None; 2],
                header: vec![text("名称"), text("n")],
                rows: vec![vec![text("a"), text("1")]],
            }],
            "```\n名称 │ n\n─────┼──\na    │ 1\n```",
        ),
        (
            vec![Block::Paragraph(vec![
                Inline::Strong(text("过拟合")),
                Inline::Text("是".to_owned()),
                Inline::Code("a`b".to_owned()),
                Inline::Emphasis(text(" x ")),
            ])],
            "**过拟合**是`` a`b `` *x* ",
        ),
        (
            vec![Block::Paragraph(vec![Inline::Link {
                url: "https://e.org/a_(b)".to_owned(),
                text: text("here"),
            }])],
            "[here](<https://e.org/a_(b%29>)",
        ),
    ] {
        assert_eq!(said(blocks), shown);
    }
}

#[test]
fn pictures_stand_where_they_stood() {
    let image = Inline::Image { url: "https://e.org/a.png".to_owned(), alt: "a curve".to_owned() };
    let mut inlines = text("Before.");
    inlines.push(image);
    inlines.extend(text("After."));
    let parts = components(&Document::from(vec![Block::Paragraph(inlines)]), &Drawn::default());
    assert!(
        matches!(&parts[..], [Component::Text { .. }, Component::Gallery { .. }, Component::Text { .. }]),
        "{parts:?}"
    );
}

#[test]
fn long_answers_become_pages() {
    let long = "All models are wrong, but some are useful. ".repeat(60);
    let pages =
        pages(&Document::from(vec![paragraph(&long), Block::Rule, paragraph(&long)]), &Drawn::default());
    assert_eq!(pages.len(), 2);
}
