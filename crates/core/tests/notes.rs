//! Reading notes: every habit, every mark, every formula, and whatever else people throw in.

use viva_core::bank::Choice;
use viva_core::document::{Block, Document, Inline, Node};
use viva_core::notes::{Code, Page, Source, read};

fn page(text: &str) -> Page {
    read(&Source { path: "notes.md", inside: "notes.md", text, has_file: &|path| path == "here.png" })
}

/// The ids of the questions, separated by spaces.
fn ids(page: &Page) -> String {
    page.entries.iter().map(|entry| entry.id.0.as_str()).collect::<Vec<_>>().join(" ")
}

fn codes(page: &Page) -> Vec<Code> {
    page.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn every_habit_is_told_apart() {
    let check = |text: &str, read_as: &str, expected: &str| {
        let page = page(text);
        assert_eq!(
            (page.deck.read_as.to_string().as_str(), ids(&page).as_str()),
            (read_as, expected),
            "in\n{text}"
        );
    };
    check(
        "# 目录\n- [1.什么是方差？](#1)\n\n<h2 id=\"1\">1.什么是方差？</h2>\n\n离散程度。\n\n### 优势\n\n#### 1. 直观\n\n好。\n\n\
         <h2 id='2'>2.什么是偏差？</h2>\n\n期望之差。\n",
        "html-headings",
        "方差 偏差",
    );
    check(
        "<h1>一、统计</h1>\n\n<h2>1.方差？</h2>\n\nx\n\n<h2>2.偏差？</h2>\n\ny\n",
        "html-headings",
        "方差 偏差",
    );
    check(
        "# Notes\n## Q7: Why bias?\nx\n### Answer\ny\n## Q8: Why variance?\nz\n",
        "headings",
        "why-bias why-variance",
    );
    check(
        "## 统计\n### 7. Why bias?\nx\n#### 1. One\n#### 2. Two\n### 8. Why variance?\nz\n",
        "headings",
        "why-bias why-variance",
    );
    check("## 1、什么是方差\nx\n## 2、什么是偏差\ny\n", "headings", "方差 偏差");
    check("# Deck\n## Bias\nx\n## Variance\ny\n## License\nMIT\n", "headings", "bias variance");
    check("## What is bias? {#bias}\nx\n## Variance {#variance}\ny\n", "authored", "bias variance");
    check(
        "## Trees\n\n**What is a tree? 👶**\n\nA thing.\n\n**Why prune it? ⭐️**\n\nIt **overfits**.\n\n## Nets\n\n**What is a net? 🚀**\n\nx\n",
        "bold-lines",
        "what-tree why-prune what-net",
    );
    check(
        "# Q\n<details><summary>Why bias?</summary>\n\nBecause.\n\n</details>\n<details>\n<summary><b>Why variance?</b></summary>\
         <br><b>\n\n- x\n\n</b></details>\n",
        "details",
        "why-bias why-variance",
    );
    check(
        "1.  ### Why bias?\n\n    Because.\n\n    **[⬆ back to top](#top)**\n\n2.  ### Why variance?\n\n    - x\n",
        "numbered-list",
        "why-bias why-variance",
    );
    check(
        "###### 1. What's printed?\n\n```js\nf()\n```\n\n- A: `1`\n- B: `2`\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n\
         #### Answer: B\n\nBecause.\n\n</p>\n</details>\n\n---\n\n###### 2. And here?\n\nA. one\nB. two\n\n答案：A\n",
        "options",
        "what-printed here",
    );
    check("---\nread_as: none\n---\n## Why?\nx\n", "none", "");
    check("---\nread_as: headings\n---\n## Bias\nx\n\n**Why?**\n\ny\n\n**How?**\n\nz\n", "headings", "bias");
}

#[test]
fn ids_survive_renumbering_moving_and_polish() {
    let before = ids(&page("## 1. What is the bias?\nx\n## 2. Why variance?\ny\n"));
    let after = ids(&page("## 12) Why variance\ny\n## 13) What is bias ?\nx\n"));
    assert_eq!(before.split(' ').rev().collect::<Vec<_>>().join(" "), after);
}

#[test]
fn lettered_options_become_a_choice() {
    let check = |text: &str, options: &[(&str, bool)], answer: &str| {
        let page = page(text);
        let [Choice { options: found, .. }] = page.entries[0].text.choices.as_slice() else {
            panic!("one choice expected in\n{text}\ngot {:#?}", page.entries)
        };
        let found: Vec<_> = found.iter().map(|option| (option.text.plain(), option.right)).collect();
        let found: Vec<_> = found.iter().map(|(text, right)| (text.as_str(), *right)).collect();
        assert_eq!(found, options, "in\n{text}");
        assert!(page.entries[0].text.answer.plain().contains(answer), "in\n{text}");
    };
    check(
        "## 1. What?\n- A: one\n- B: two\n\n<details><summary>Answer</summary>\n\n#### Answer: B\n\nSince.\n\n</details>\n",
        &[("one", false), ("two", true)],
        "Since.",
    );
    check(
        "## What?\n\nA. one\nB. two\nC. three\n\n**答案：A、C**\n\n因为。\n",
        &[("one", true), ("two", false), ("three", true)],
        "因为",
    );
    check(
        "## What?\n\n* A) one\n* B) two\n\n### Answer: A\n\nSo.\n",
        &[("one", true), ("two", false)],
        "So.",
    );
    check(
        "## What?\n\n- A. one\n- B. two\n\nCorrect answer is B\n",
        &[("one", false), ("two", true)],
        "Correct",
    );
    for (answer, right) in [
        ("答案：A和C", [true, false, true]),
        ("Answer: A and C", [true, false, true]),
        ("Answer: A/C", [true, false, true]),
        ("Answer: B because", [false, true, false]),
    ] {
        let page = page(&format!("## What?\n\n- A. one\n- B. two\n- C. three\n\n{answer}\n"));
        let found: Vec<bool> =
            page.entries[0].text.choices[0].options.iter().map(|option| option.right).collect();
        assert_eq!(found, right, "{answer}");
    }
    for answer in ["A good one.", "BERT is."] {
        let page = page(&format!("## What?\n\n- A. one\n- B. two\n\nAnswer: {answer}\n"));
        assert!(page.entries[0].text.choices.is_empty(), "{answer}");
    }
    let astray = page("## What?\n\n- A. one\n- B. two\n\nAnswer: E\n");
    assert_eq!(codes(&astray), [Code::NoRightOption]);
    assert!(astray.entries[0].text.answer.plain().contains("two"), "all of it is read as text");
}

#[test]
fn a_formula_without_an_end_takes_no_question_with_it() {
    let page = page("## Why?\n\n$$x = y\n\n## How?\n\n$$z = 1$$\n");
    assert_eq!(ids(&page), "why how");
    assert_eq!(codes(&page), [Code::UnclosedFormula]);
    assert_eq!(page.diagnostics[0].line, 3);
}

#[test]
fn slips_in_attributes_are_told() {
    for heading in
        ["Why? {#why difficulty=2", "Why? {#Bad_Id}", "Why? {#why difficulty=9}", "Why? {#why colour=2}"]
    {
        let page = page(&format!("## {heading}\n\nx\n"));
        assert_eq!(codes(&page), [Code::Attribute], "{heading}");
    }
}

#[test]
fn quizzes_are_read_with_their_explanations() {
    let text = "## Why? {#why}\nx\n### Quiz\n- [x] yes\n  > sure\n- [ ] no\n  > never\n\n> in short\n\nAnd then?\n\n- [ ] a\n- [x] b\n";
    let page = page(text);
    let [first, second] = page.entries[0].text.choices.as_slice() else { panic!("two exercises") };
    assert!(first.prompt.is_empty());
    assert_eq!(first.explanation.plain(), "in short");
    assert_eq!(first.options[1].explanation.plain(), "never");
    assert_eq!(second.prompt.plain(), "And then?");
    assert!(second.options[1].right);
    assert_eq!(page.entries[0].text.answer.plain(), "x");
}

/// A document as short text: every mark visible.
fn sketch(document: &Document) -> String {
    fn blocks(blocks: &[Block], out: &mut String) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            match block {
                Block::Heading { level, text } => *out += &format!("h{level}({})", inlines(text)),
                Block::Paragraph(text) => *out += &format!("p({})", inlines(text)),
                Block::List { start, items } => {
                    *out += &start.map_or("ul".to_owned(), |start| format!("ol{start}"));
                    for item in items {
                        out.push('[');
                        self::sketch_into(&item.blocks, out);
                        out.push(']');
                    }
                }
                Block::Quote(inner) => {
                    out.push_str("q(");
                    self::sketch_into(inner, out);
                    out.push(')');
                }
                Block::Code { language, text } => *out += &format!("code:{language}({text})"),
                Block::Formula(tex) => *out += &format!("$$({tex})"),
                Block::Table { header, rows, .. } => {
                    let row = |cells: &Vec<Vec<Inline>>| {
                        cells.iter().map(|c| inlines(c)).collect::<Vec<_>>().join("|")
                    };
                    *out += &format!("table({}", row(header));
                    rows.iter().for_each(|cells| *out += &format!(" / {}", row(cells)));
                    out.push(')');
                }
                Block::Details { summary, blocks } => {
                    *out += &format!("details({}: ", inlines(summary));
                    self::sketch_into(blocks, out);
                    out.push(')');
                }
                Block::Rule => out.push_str("hr"),
            }
        }
    }
    fn inlines(all: &[Inline]) -> String {
        all.iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.clone(),
                Inline::Emphasis(inner) => format!("<i {}>", inlines(inner)),
                Inline::Strong(inner) => format!("<b {}>", inlines(inner)),
                Inline::Strikethrough(inner) => format!("<s {}>", inlines(inner)),
                Inline::Highlight(inner) => format!("<mark {}>", inlines(inner)),
                Inline::Subscript(inner) => format!("<sub {}>", inlines(inner)),
                Inline::Superscript(inner) => format!("<sup {}>", inlines(inner)),
                Inline::Code(code) => format!("<code {code}>"),
                Inline::Formula(tex) => format!("$({tex})"),
                Inline::Link { url, text } => format!("<a {url} {}>", inlines(text)),
                Inline::Image { url, alt } => format!("<img {url} {alt}>"),
                Inline::Break => "⏎".to_owned(),
            })
            .collect()
    }
    let mut out = String::new();
    blocks(&document.blocks, &mut out);
    out
}

fn sketch_into(blocks: &[Block], out: &mut String) {
    out.push_str(&sketch(&Document::from(blocks.to_vec())));
}

#[test]
fn everything_notes_use_survives() {
    let check = |markdown: &str, expected: &str| {
        let page = page(&format!("## Why? {{#why}}\n\n{markdown}\n"));
        assert_eq!(sketch(&page.entries[0].text.answer), expected, "of\n{markdown}");
    };
    check("1. a\n2. b\n   - c\n   - d", "ol1[p(a)][p(b) ul[p(c)][p(d)]]");
    check("3. a\n\n4. b", "ol3[p(a)][p(b)]");
    check("- [x] a\n- [ ] b", "ul[p(a)][p(b)]");
    check("|a|b|\n|-|-|\n|$x$|c\\|d|", "table(a|b / $(x)|c|d)");
    check("```Python\nx = 1\n```\n\n```mermaid\ngraph\n```", "code:python(x = 1) code:mermaid(graph)");
    check("> a\n> > b", "q(p(a) q(p(b)))");
    check(
        "[a](https://x.y) ![b](https://x.y/z.png) ![](here.png)",
        "p(<a https://x.y a> <img https://x.y/z.png b> <img here.png >)",
    );
    check("<img src=\"here.png\" alt=\"b\" width=3>", "p(<img here.png b>)");
    check("**a** *b* ~~c~~ `d`", "p(<b a> <i b> <s c> <code d>)");
    check("a<br>b<br/>c", "p(a⏎b⏎c)");
    check("a<b>b</b><sub>c</sub><sup>d</sup>", "p(a<b b><sub c><sup d>)");
    check("<font color=DeepSkyBlue>过拟合</font>：模型", "p(<mark 过拟合>：模型)");
    check("<font color=red>**过拟合**</font>", "p(<mark <b 过拟合>>)");
    check("<div align=center>a <b>b</b></div>\n\nc", "p(a <b b>) p(c)");
    check("<p>a</p><p>b</p>", "p(a) p(b)");
    check("<details><summary>s</summary>\n\n- a\n\n</details>\n\nb", "details(s: ul[p(a)]) p(b)");
    check("a &lt; b &amp; c &nbsp;d &#x4e2d;", "p(a < b & c \u{a0}d 中)");
    check("👶 a 🚀", "p(👶 a 🚀)");
    check("<blink>a</blink> <x-y z='1'>b</x-y>", "p(a b)");
    check("a<script>alert(1)</script><!-- c -->b", "p(ab)");
    check("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "ul[p(a)][p(b) ul[p(c)]]");
    check("<table><tr><th>a</th><td>b</td></tr><tr><td>c<td>d</table>", "table(a|b / c|d)");
    check("<pre><code>x\n y</code></pre>", "code:(x\n y)");
    check("<blockquote>a</blockquote>", "q(p(a))");
    check("$x$，$ x $，$$y$$", "p($(x)，$(x)，$(y))");
    check("$$ a = b $$", "$$(a = b)");
    check("$$\na\n= b\n$$", "$$(a\n= b)");
    check("1. a\n\n   $$\n   b\n   $$\n\n2. c", "ol1[p(a) $$(b)][p(c)]");
    check("so $`a_b`$ is", "p(so $(a_b) is)");
    check("```math\na_b\n```", "$$(a_b)");
    check("it costs $5 and $6", "p(it costs $5 and $6)");
    check("`$a$` and\n\n    $b$", "p(<code $a$> and) code:($b$)");
    check(
        "其中 $f$是**函数**，$a_1 * b_1$和$a_2 * b_2$",
        "p(其中 $(f)是<b 函数>，$(a_1 * b_1)和$(a_2 * b_2))",
    );
    check("导数**$x$**为", "p(导数<b $(x)>为)");
    check("一行\n二行\nthree\nfour", "p(一行二行three four)");
    check("a[^1]\n\n[^1]: note", "p(a<sup [1]>) p([1] note)");
    check("a  \nb", "p(a⏎b)");
    check("---\n\na\n\n---", "hr p(a)");
    check("**难度评分：⭐⭐⭐ (3/5)  |  考察频率：⭐⭐⭐⭐ (4/5)**\n\na", "p(a)");
    check("**Answer:** a", "p(a)");
    check("### 答案：\n\na", "p(a)");
}

#[test]
fn gradings_are_metadata() {
    let page = page("## 什么是方差？ 🚀\n\n**难度评分：⭐⭐⭐ (3/5)  |  考察频率：⭐⭐⭐⭐ (4/5)**\n\na\n");
    assert_eq!((page.entries[0].text.difficulty, page.entries[0].text.frequency), (Some(3), Some(4)));
}

#[test]
fn key_points_follow_the_structure() {
    let check = |markdown: &str, expected: &[&str]| {
        let page = page(&format!("## What helps against overfitting? {{#o}}\n\n{markdown}\n"));
        let points: Vec<_> =
            page.entries[0].text.key_points.iter().map(|point| point.phrase.as_str()).collect();
        assert_eq!(points, expected, "of\n{markdown}");
    };
    check(
        "1. **Early stopping.** Watch it.\n2. Use dropout (randomly), often.\n3. 数据增强。很多",
        &["Early stopping", "dropout", "数据增强"],
    );
    check("#### 1. 冻结层（Freeze）\n\n- a\n- b\n\n#### 2. 低秩\n\nc", &["冻结层", "低秩"]);
    check("A **low bias** and a **high variance**.", &["low bias", "high variance"]);
    check("Just prose without structure. And more.", &[]);
    check("**优点**：\n\n- fast\n- cheap", &["fast", "cheap"]);
}

#[test]
fn bad_input_gets_a_remark_and_the_rest_is_read() {
    let deep = format!("## Why?\n{}x\n## How?\ny\n", "> ".repeat(10_000));
    let tags = format!("## Why?\n\n{}x\n\n## How?\ny\n", "<blockquote><b>".repeat(10_000));
    let lists = (0..500).fold("## Why?\n".to_owned(), |text, depth| text + &"  ".repeat(depth) + "- x\n")
        + "\n## How?\ny\n";
    for (text, code, questions) in [
        ("", Some(Code::Empty), 0),
        ("just prose", Some(Code::NoQuestion), 0),
        ("---\ntitle: [\n---\n## Why?\nx\n", Some(Code::FrontMatter), 1),
        ("---\ntitle: x\n## Why?\nx\n", Some(Code::FrontMatter), 1),
        ("---\nlanguage: fr\n---\n## Why?\nx\n", Some(Code::FrontMatter), 1),
        ("## Why?\n```\nx\n## How?\ny", Some(Code::UnclosedFence), 1),
        ("## Why?\n\n<details>\n\nx\n\n## How?\ny\n", Some(Code::UnclosedDetails), 2),
        ("## Why?\n$$ a\n\n## How?\ny\n", Some(Code::UnclosedFormula), 2),
        ("## Why?\n![](gone.png)\n", Some(Code::MissingImage), 1),
        ("## Why?\n![a](../../etc/passwd)\n", Some(Code::ImageOutside), 1),
        ("## Why?\n![a](here.png)\n", None, 1),
        ("## Why?\n## How?\nx\n", Some(Code::NoAnswer), 2),
        ("## Why? {#why}\nx\n### Quiz\n- [ ] a\n- [ ] b\n", Some(Code::NoRightOption), 1),
        ("## Why? {#why}\nx\n### Quiz\n- [x] a\n", Some(Code::TooFewOptions), 1),
        ("## Why? {#why level=3}\nx\n", Some(Code::Attribute), 1),
        (&deep, Some(Code::TooDeep), 2),
        (&tags, Some(Code::TooDeep), 2),
        (&lists, Some(Code::TooDeep), 2),
    ] {
        let page = page(text);
        let shown: String = text.chars().take(80).collect();
        assert_eq!(codes(&page).first().copied(), code, "in {shown:?}: {:?}", page.diagnostics);
        assert_eq!(page.entries.len(), questions, "in {shown:?}");
    }
}

#[test]
fn remarks_point_at_their_place() {
    let page = page("---\ntitle: x\n---\n\n## Why?\n\n$x$ 图：![](gone.png)\n");
    let remark = &page.diagnostics[0];
    assert_eq!((remark.line, remark.column), (7, 7), "{remark:?}");
}

#[test]
fn a_forged_mark_is_only_text() {
    let page = page("## Why?\n\u{e000}\u{e100}\u{e100}\u{e101} \u{e000}\u{e900} \u{e000} $x$\n");
    assert_eq!(page.entries.len(), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 512, failure_persistence: None, ..Default::default() })]

    /// Whatever is thrown at the reader, it neither panics nor nests deeper than a document may.
    #[test]
    fn reading_never_fails(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..60)) {
        let page = page(&pieces.concat());
        for entry in &page.entries {
            let json = serde_json::to_string(&entry.text.answer).unwrap();
            let back: Document = serde_json::from_str(&json).unwrap();
            proptest::prop_assert_eq!(&back, &entry.text.answer);
            entry.text.answer.walk(&mut |node| if let Node::Inline(Inline::Text(text)) = node {
                assert!(!text.contains('\u{e000}'), "a mark was left in {text:?}");
            });
        }
    }
}

const PIECES: &[&str] = &[
    "## Why? ",
    "## How {#how}\n",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "  ",
    "    ",
    "```",
    "~~~\n",
    "`",
    "$",
    "$$",
    "x_1",
    "\\",
    "中文",
    "**",
    "*",
    "~~",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<b>",
    "</b>",
    "<font color=red>",
    "</font>",
    "<h2>",
    "</h2>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<br>",
    "<img src=x.png>",
    "<!--",
    "-->",
    "![a](b.png)",
    "[c](#d)",
    "|a|b|\n|-|-|\n",
    "- [x] yes\n",
    "- [ ] no\n",
    "### Quiz\n",
    "A. one\n",
    "B. two\n",
    "Answer: B\n",
    "---\n",
    "&amp;",
    "[^1]",
    "[^1]: note\n",
    "👶",
    "\r\n",
    "\t",
    "\0",
    "<script>",
    "<p>",
    "<div>",
    "{#id}",
];
