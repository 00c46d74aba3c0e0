//! What people send to break things fails soon and takes little memory.
//!
//! A test of its own, since it looks at the memory of the whole process.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails should stop and say where")]

use std::time::{Duration, Instant};

use viva_pictures::NotDrawn;
use viva_pictures::figure::{self, Limits};
use viva_pictures::formula::{self, Style};
use viva_pictures::table::{self, Table};

const LIMITS: Limits = Limits { bytes: 8 << 20, side: 4096 };

/// How much memory the process has had at its highest, in KiB, if the system says.
fn highest_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}

/// Runs `draw`, which must refuse, and returns how long it took at best, since other programs run
/// beside, and why.
fn refused<T>(name: &str, draw: impl Fn() -> Result<T, NotDrawn>) -> (Duration, String) {
    let once = |_| {
        let start = Instant::now();
        let Err(why) = draw() else { panic!("{name} was drawn") };
        assert_ne!(why, NotDrawn::GaveUp, "{name}");
        (start.elapsed(), why.to_string())
    };
    (0..5).map(once).min().unwrap()
}

fn formulas() -> Vec<(&'static str, String)> {
    vec![
        ("a macro that calls itself", r"\def\a{\a}\a".to_owned()),
        ("a macro that doubles itself", r"\def\a{\a\a}\a".to_owned()),
        ("two macros in a ring", r"\def\a{\b}\def\b{\a}\a".to_owned()),
        ("a macro that grows", r"\def\a#1{\a{#1#1}}\a{x}".to_owned()),
        ("macros a thousandfold", laughs(8, 8, "x")),
        ("fractions a thousandfold", laughs(5, 8, r"\frac{x}{y}")),
        ("roots a thousandfold", laughs(5, 8, r"\sqrt{x}")),
        ("arrays a thousandfold", laughs(5, 8, r"\begin{matrix}x&x\\x&x\end{matrix}")),
        ("20,000 braces", "{".repeat(20_000) + &"}".repeat(20_000)),
        ("1,000 braces", "{".repeat(1000) + &"}".repeat(1000)),
        ("1,000 open braces", "{".repeat(1000)),
        ("300 fences", r"\left(".repeat(300)),
        ("300 roots", r"\sqrt".repeat(300)),
        ("1,000 scripts", "x^".repeat(1000)),
        ("a rule 1,000 em wide", r"\rule{1000em}{1em}".to_owned()),
        (
            "a rule as large as numbers go",
            r"\rule{99999999999999999999em}{99999999999999999999em}".to_owned(),
        ),
        ("a gap as large as numbers go", r"x\hspace{99999999999999999em}y".to_owned()),
        ("a dashed line without end", r"\begin{array}{:c:}\rule{1em}{100000em}\end{array}".to_owned()),
        ("an empty row as high as numbers go", r"\begin{matrix}x\\[99999999em]y\end{matrix}".to_owned()),
        (
            "columns without end",
            format!(r"\begin{{array}}{{*{{9999999}}{{c}}}}{}x\end{{array}}", "&".repeat(500)),
        ),
        ("the largest letters", r"\Huge ".to_owned() + &r"\sum".repeat(300)),
        ("1 MB of letters", "x".repeat(1 << 20)),
        ("a file of the system", r"\input{/etc/passwd}".to_owned()),
        ("a picture from elsewhere", r"\includegraphics{https://example.org/x.png}".to_owned()),
    ]
}

/// Macros, each of which is the one before `times` times.
fn laughs(times: usize, levels: u8, seed: &str) -> String {
    let name = |level: u8| format!(r"\{}", char::from(b'A' + level));
    let mut tex = format!(r"\def{}{{{seed}}}", name(0));
    for level in 1..levels {
        tex += &format!(r"\def{}{{{}}}", name(level), name(level - 1).repeat(times));
    }
    tex + &name(levels - 1)
}

fn figures() -> Vec<(&'static str, String)> {
    let svg = |body: &str| {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">{body}</svg>"#
        )
    };
    let mut uses = String::from(r#"<rect id="u0" width="9" height="9"/>"#);
    let mut masks = String::from(r#"<mask id="m0"><rect width="9" height="9"/></mask>"#);
    for n in 1..40 {
        let before = n - 1;
        uses += &format!(r##"<g id="u{n}"><use href="#u{before}"/><use href="#u{before}"/></g>"##);
        masks += &format!(
            r#"<mask id="m{n}"><rect mask="url(#m{before})" width="9" height="9"/><rect mask="url(#m{before})" width="9" height="9"/></mask>"#
        );
    }
    masks += r#"<rect mask="url(#m39)" width="9" height="9"/>"#;
    vec![
        ("a script", svg("<script>alert(1)</script>")),
        ("an event", svg(r#"<rect onload="alert(1)" width="9" height="9"/>"#)),
        ("a file", svg(r#"<image href="file:///etc/passwd" width="9" height="9"/>"#)),
        ("an address", svg(r#"<use xlink:href="https://example.org/x.svg#a"/>"#)),
        (
            "an address in style",
            svg(r#"<rect style="fill:url( 'https://example.org/x.svg#a')" width="9" height="9"/>"#),
        ),
        (
            "a style sheet from elsewhere",
            svg("<style>@import url(https://example.org/x.css);</style><rect/>"),
        ),
        ("another document", svg("<foreignObject><p>x</p></foreignObject>")),
        (
            "a filter",
            svg(r#"<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter><rect filter="url(#f)"/>"#),
        ),
        ("an instruction", svg("<rect/>").replacen("<svg", "<?xml-stylesheet href='x.css'?><svg", 1)),
        ("entities", format!("<!DOCTYPE svg [<!ENTITY a \"x\">]>{}", svg("&a;"))),
        (
            "an entity of a file",
            format!("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{}", svg("&a;")),
        ),
        ("uses of uses", svg(&uses)),
        ("masks of masks", svg(&masks)),
        ("a ring of uses", svg(r##"<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>"##)),
        ("100,000 groups in groups", svg(&("<g>".repeat(50_000) + &"</g>".repeat(50_000)))),
        (
            "1,000 groups in groups",
            svg(&("<g>".repeat(1000) + "<rect width='9' height='9'/>" + &"</g>".repeat(1000))),
        ),
        ("100,000 elements", svg(&"<a/>".repeat(100_000))),
        (
            "5,000 large gradients",
            svg(&format!(
                r##"<linearGradient id="g"><stop stop-color="#123"/><stop offset="1" stop-color="#fff"/></linearGradient>{}"##,
                r##"<rect width="100%" height="100%" fill="url(#g)"/>"##.repeat(9000)
            )),
        ),
        ("a million dashes", svg(r#"<path stroke="red" stroke-dasharray="0.0001" d="M0 0H100"/>"#)),
        (
            "a marker at 100,000 corners",
            svg(&format!(
                r##"<marker id="m"><path d="M0 0h1v1z"/><path d="M0 0h1v1z"/></marker><path marker-mid="url(#m)" d="M0 0{}"/>"##,
                "h1".repeat(100_000)
            )),
        ),
        (
            "dashes to the end of numbers",
            svg(r#"<path stroke="red" stroke-dasharray="4 2" d="M0 0 80 1e30 9 9"/>"#),
        ),
        (
            "dashes beyond numbers",
            svg(r#"<path stroke="red" style="stroke-dasharray: 4 2" d="M0 0 90 1e40A10 10 0 0 1 5 5"/>"#),
        ),
        (
            "many dashes of a style sheet",
            svg(&format!(
                "<style>path{{stroke:red;stroke-dasharray:.01}}</style>{}",
                "<path d='M0 0H100'/>".repeat(50)
            )),
        ),
        ("an arc without end", svg(r#"<path d="M90 1e40A10 10 0 0 1 5 5"/>"#)),
        ("a long arc", svg(r#"<path d="M90 10000000000000000000000000000000A10 10 0 0 1 5 5"/>"#)),
        // Drawing this one ends the process.
        ("a shape that reaches far", svg(r#"<path d="M0 0L4 2L0 1e9z"/>"#)),
        (
            "a pattern that reaches far",
            svg(
                r##"<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M0 0L4 2L0 1e9z"/></pattern><rect fill="url(#p)" width="99" height="99"/>"##,
            ),
        ),
        (
            "a pattern with a huge tile",
            svg(
                r##"<pattern id="p" width="99999" height="99999" patternUnits="userSpaceOnUse"><path d="M0 0L4 2z"/></pattern><rect fill="url(#p)" width="99" height="99"/>"##,
            ),
        ),
        (
            "a hundred layers",
            svg(&("<g opacity='.9'>".repeat(100)
                + "<rect width='1999' height='1999'/>"
                + &"</g>".repeat(100))),
        ),
        ("an empty drawing", svg("")),
        ("a drawing without end", svg("<rect width='9' height='9'/>").replace("100", "1e30")),
        ("no drawing", "<svg".to_owned()),
        ("a page", "<html><svg></svg></html>".to_owned()),
        ("emoji", svg("<text>🎉</text>")),
        ("no file at all", String::new()),
        ("1 MB", svg(&"<g/>".repeat(300_000))),
    ]
}

#[test]
fn hostile_input_fails_soon_and_takes_little() {
    // The faces are read once.
    formula::draw("x", Style::Display).unwrap();
    let before = highest_kib();
    // A build without optimisation takes several times as long; the promise is about the other.
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });
    let mut slow = Vec::new();
    let mut note = |name: &str, (took, why): (Duration, String), limit: Duration| {
        println!("{took:>12.1?}  {name}: {why}");
        if took > limit {
            slow.push(format!("{name} took {took:.1?}"));
        }
    };
    for (name, tex) in formulas() {
        note(name, refused(name, || formula::draw(&tex, Style::Display)), limit);
    }
    // Reading half a megabyte of SVG takes a while.
    let limit = 4 * limit;
    for (name, svg) in figures() {
        note(name, refused(name, || figure::draw(svg.as_bytes(), LIMITS)), limit);
    }
    let after = highest_kib();
    let cells = Table { rows: vec![vec!["x".to_owned(); 500]; 500], ..Table::default() };
    note("many cells", refused("many cells", || table::draw(&cells)), limit);
    let text = Table { rows: vec![vec!["长".repeat(1 << 20)]], ..Table::default() };
    note("a cell of 3 MB", refused("a cell of 3 MB", || table::draw(&text)), limit);
    assert!(slow.is_empty(), "{}", slow.join("\n"));
    match before.zip(after) {
        None => println!("the system does not say how much memory was used"),
        Some((before, after)) => {
            let grown = (after - before) / 1024;
            println!("memory grew by {grown} MiB");
            assert!(grown < 64, "{grown} MiB");
        }
    }
}
