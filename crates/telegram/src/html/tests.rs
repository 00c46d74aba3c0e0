use viva_core::notes::{Source, read};

use super::*;

fn answer(notes: &str) -> Document {
    let source = Source {
        path: "n.md",
        inside: "n.md",
        text: &format!("## What is it?\n\n{notes}\n"),
        has_file: &|_| true,
    };
    read(&source).entries.remove(0).text.answer
}

#[test]
fn what_notes_use_becomes_marks_that_telegram_knows() {
    for (notes, html) in [
        ("a **b** *c* ~~d~~ `e<f`", "a <b>b</b> <i>c</i> <s>d</s> <code>e&lt;f</code>"),
        ("x < y & z", "x &lt; y &amp; z"),
        ("- one\n- two\n  1. deep\n  2. deeper", "• one\n• two\n   1. deep\n   2. deeper"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("> said\n> twice", "<blockquote>said twice</blockquote>"),
        (
            "```python\nif a < b:\n    pass\n```",
            "<pre><code class=\"language-python\">if a &lt; b:\n    pass</code></pre>",
        ),
        ("$x^2$ and money $5", "x² and money $5"),
        ("[here](https://e.example/?a=1&b=2)", "<a href=\"https://e.example/?a=1&amp;b=2\">here</a>"),
        ("![a figure](https://e.example/a.png)", "🖼 <a href=\"https://e.example/a.png\">a figure</a>"),
        ("### Part **one**\n\ntext", "<b>Part one</b>\n\ntext"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<pre>a │ b\n──┼──\n1 │ 2</pre>"),
    ] {
        assert_eq!(text(&answer(notes)), html, "{notes}");
    }
}

#[test]
fn lengths_are_counted_as_telegram_counts_them() {
    for (html, units) in [("a&lt;b", 3), ("<b>中</b>", 1), ("👩‍🔬", 5), ("<a href=\"x\">ab</a>", 2)] {
        assert_eq!(length(html), units, "{html}");
    }
}

#[test]
fn a_long_answer_becomes_pages_that_fit() {
    let notes = "过拟合 means **memory** < insight & more. ".repeat(600)
        + "\n\n```\n"
        + &"x = 1\n".repeat(900)
        + "```\n";
    let document = answer(&notes);
    let pages = pages(&document, &Drawn::in_words(), 1);
    assert!(pages.len() > 5);
    assert!(pages.iter().all(|page| length(&page.html) <= PAGE));
}

#[test]
fn names_come_out_as_text() {
    assert_eq!(name("<b>\u{202e}x"), "\u{2068}&lt;b&gt;x\u{2069}");
}
