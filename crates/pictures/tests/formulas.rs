//! Formulas draw with all of their ink on the panel, or say why they don't.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails should stop and say where")]

mod seen;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use seen::{check_golden, margin, pixels};
use viva_pictures::NotDrawn;
use viva_pictures::formula::{self, Style};

/// What is left free around a formula, less what anti-aliasing may blur.
const MARGIN: u32 = 25;

/// Draws `tex` and looks whether something is there and nothing is cut off.
fn check(tex: &str, style: Style) -> Result<(), String> {
    let picture = formula::draw(tex, style).map_err(|why| format!("{tex}\n    {why}"))?;
    let image = pixels(&picture.png);
    assert_eq!(image.dimensions(), (picture.width, picture.height), "{tex}");
    match margin(&image) {
        None => Err(format!("{tex}\n    is blank")),
        Some(margin) if margin < MARGIN => {
            Err(format!("{tex}\n    comes within {margin} pixels of the edge"))
        }
        Some(_) => Ok(()),
    }
}

fn check_all<'a>(formulas: impl IntoIterator<Item = &'a str>) -> usize {
    let results: Vec<_> = formulas
        .into_iter()
        .flat_map(|tex| [Style::Display, Style::Inline].map(|style| check(tex, style)))
        .collect();
    let failures: Vec<_> =
        results.iter().filter_map(|result| result.as_ref().err()).map(String::as_str).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    results.len() / 2
}

#[test]
fn formulas_of_all_kinds_are_drawn() {
    let table = include_str!("formulas.txt");
    let drawn = check_all(table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')));
    assert!(drawn >= 150, "only {drawn} formulas");
}

#[test]
fn what_cannot_be_drawn_well_falls_back() {
    fn check(tex: &str, why: &str) {
        match formula::draw(tex, Style::Display) {
            Err(refusal) => assert!(refusal.to_string().contains(why), "{tex}: {refusal}"),
            Ok(_) => panic!("{tex} was drawn"),
        }
    }
    check(r"\sideset{}{'}\sum_n a_n", r"\sideset");
    check(r"\prescript{}{2}{F}_1", r"\prescript");
    check(r"\left\uparrow \frac{a}{b} \right\Downarrow", "does not grow");
    check(r"\SI{3}{\metre}", r"\SI");
    check(r"\begin{tikzpicture} \end{tikzpicture}", "tikzpicture");
    check(r"\includegraphics{cat.png}", "includegraphics");
    check(r"\frac{a}{b", "can't be read");
    check(r"a & b", "can't be read");
    check(r"x^2^3", "can't be read");
    check("\\text{party 🎉}", "no glyph for '🎉' (U+1F389)");
    check("\\text{龘}", "no glyph");
    check("\\text{한국어}", "no glyph");
    check("\\text{עברית}", "no glyph");
    check("", "nothing of it can be seen");
    check("   ", "nothing of it can be seen");
    check(r"\quad", "nothing of it can be seen");
    check(r"\phantom{x}", "nothing of it can be seen");
    check(r"\rule{1000em}{1em}", "pixels large");
    check(r"\rule{1em}{1000em}", "pixels large");
}

#[test]
fn formulas_of_the_bundled_bank_are_drawn() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let drawn = check_notes(["en", "zh"].map(|language| content.join(language)));
    assert!(drawn > 50, "only {drawn} formulas were found");
}

#[test]
fn formulas_of_other_peoples_notes_are_drawn() {
    let Some(seeds) = std::env::var_os("VIVA_SEEDS") else {
        println!("skipped: VIVA_SEEDS names no folder of notes");
        return;
    };
    assert!(check_notes([seeds.into()]) > 0);
}

fn check_notes<const N: usize>(folders: [PathBuf; N]) -> usize {
    let files =
        folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let notes: Vec<_> =
        files.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).unwrap()).collect();
    check_all(notes.iter().flat_map(|notes| formulas(notes)))
}

/// The formulas of `notes`, between `$$`, `$`, `` $` `` and in `math` listings; other listings have
/// none.
fn formulas(notes: &str) -> Vec<&str> {
    let mut formulas = Vec::new();
    for (n, part) in notes.split("```").enumerate() {
        if n % 2 == 1 {
            formulas.extend(part.strip_prefix("math\n"));
            continue;
        }
        for (n, part) in part.split("$$").enumerate() {
            if n % 2 == 1 {
                formulas.push(part);
                continue;
            }
            for line in part.lines() {
                let unescaped = line.split('$').enumerate().filter(|(n, _)| n % 2 == 1).map(|(_, tex)| tex);
                formulas.extend(unescaped.map(|tex| tex.trim_matches('`')));
            }
        }
    }
    formulas.retain(|tex| !tex.trim().is_empty());
    formulas
}

#[test]
fn too_much_is_refused_before_it_is_read() {
    let limit = formula::MAX_BYTES;
    assert!(formula::draw(&"x\\\\ ".repeat(limit / 64), Style::Inline).is_ok());
    let bytes = limit + 1;
    let refusal = formula::draw(&"x".repeat(bytes), Style::Inline);
    assert_eq!(refusal, Err(NotDrawn::TooLong { bytes, limit }));
}

#[test]
fn light_colours_are_darkened_and_grounds_left_alone() {
    fn check(tex: &str, rgb: [u8; 3], is_there: bool) {
        let image = pixels(&formula::draw(tex, Style::Display).unwrap().png);
        let found = image.pixels().any(|pixel| pixel.0[..3].iter().zip(rgb).all(|(a, b)| a.abs_diff(b) < 3));
        assert_eq!(found, is_there, "{tex}");
    }
    check(r"\color{yellow} x", [255, 255, 0], false);
    check(r"\color{red} x", [255, 0, 0], true);
    check(r"\colorbox{black}{\color{white} x}", [0, 0, 0], true);
    check(r"\colorbox{black}{\color{yellow} x}", [255, 255, 0], true);
}

#[test]
fn pictures_have_sides_that_platforms_take() {
    fn check(tex: &str) {
        let picture = formula::draw(tex, Style::Display).unwrap();
        let (long, short) = (picture.width.max(picture.height), picture.width.min(picture.height));
        assert!(short >= 96 && long <= short * 17, "{tex}: {} by {}", picture.width, picture.height);
    }
    check("x");
    check(".");
    check(&"x+".repeat(40));
    check(r"\rule{30em}{1em}");
    check(r"\rule{0.1em}{60em}");
}

#[test]
fn formulas_look_as_they_did() {
    fn check(name: &str, tex: &str) {
        check_golden(name, &formula::draw(tex, Style::Display).unwrap().png);
    }
    check("quadratic", r"x_{1,2} = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a} \tag{1}");
    check("cases", r"f(x) = \begin{cases} 1, & \text{当 } x > 0 \text{ 时} \\ 0, & \text{否则} \end{cases}");
    check(
        "matrix",
        r"\left[\begin{array}{cc|c} 1 & \cdots & \hat\theta \\ \hdashline 4 & 5 & \color{blue} 6 \end{array}\right]",
    );
    check("chemistry", r"\ce{A <=>[k_1][k_2] B} + \underbrace{x}_{\xcancel{y}}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 600 }))]

    /// Parts of formulas put together anyhow are drawn whole or refused.
    #[test]
    fn no_formula_makes_the_libraries_give_up(parts in vec((any::<Index>(), 0..60_usize, 0..60_usize), 1..6)) {
        let table: Vec<_> = include_str!("formulas.txt").lines().collect();
        let part = |(line, from, to): &(Index, usize, usize)| {
            let line = table[line.index(table.len())].chars();
            line.skip(*from.min(to)).take(from.abs_diff(*to)).collect::<String>()
        };
        let tex: String = parts.iter().map(part).collect();
        match formula::draw(&tex, Style::Display) {
            Ok(picture) => prop_assert!(margin(&pixels(&picture.png)).is_none_or(|margin| margin >= MARGIN), "{}", tex),
            Err(why) => prop_assert_ne!(why, NotDrawn::GaveUp, "{}", tex),
        }
    }
}
