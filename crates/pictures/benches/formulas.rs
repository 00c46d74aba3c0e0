//! How fast formulas are drawn, beside the same libraries' own way through SVG in the same run.
//!
//! `cargo bench -p viva-pictures --bench formulas`. The rows `drawn` and `through_svg` do the same work from
//! source to PNG; their ratio is what counts. The first lines
//! are processes that have drawn nothing yet.

use std::process::Command;
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use ratex_layout::LayoutOptions;
use ratex_svg::{SvgColorSyntax, SvgOptions};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, FaceInfo, Source, Style as FaceStyle, Weight};
use resvg::usvg::{Options, Tree};
use viva_pictures::formula::{self, Style};

/// What notes hold, from short to long.
const FORMULAS: [&str; 8] = [
    r"x^2",
    r"\sigma'(x)|w| \le \frac14",
    r"F_1 = 2 \cdot \frac{P \times R}{P + R}",
    r"\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
    r"\theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\,\hat m_t",
    r"|x| = \begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}",
    r"\begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mn} \end{bmatrix}",
    r"\begin{align} (a+b)^2 &= a^2 + 2ab + b^2 \\ (a-b)^2 &= a^2 - 2ab + b^2 \end{align}",
];

#[expect(clippy::print_stdout, reason = "a benchmark reports to the terminal")]
fn main() {
    if let Some(way) = std::env::var_os(COLD) {
        let start = Instant::now();
        if way == "drawn" {
            black_box(formula::draw(FORMULAS[4], Style::Display).is_ok());
        } else {
            black_box(through_svg(FORMULAS[4], &OPTIONS));
        }
        println!("{}", start.elapsed().as_micros());
        return;
    }
    for way in ["drawn", "through_svg"] {
        if let Some(micros) = (0..11).filter_map(|_| cold(way)).min() {
            println!("the first formula of a process, {way}: {micros} µs");
        }
    }
    divan::main();
}

/// Names the way in which a process of its own draws one formula.
const COLD: &str = "VIVA_COLD";

/// How long the first formula takes, in microseconds.
fn cold(way: &str) -> Option<u64> {
    let output = Command::new(std::env::current_exe().ok()?).env(COLD, way).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

#[divan::bench]
fn drawn(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(FORMULAS.len())).bench_local(|| {
        FORMULAS.iter().filter(|tex| formula::draw(black_box(tex), Style::Display).is_ok()).count()
    });
}

#[divan::bench]
fn through_svg_warm(bencher: Bencher<'_, '_>) {
    LazyLock::force(&OPTIONS);
    bencher.counter(ItemsCount::new(FORMULAS.len())).bench_local(|| {
        FORMULAS.iter().filter(|tex| through_svg(black_box(tex), &OPTIONS).is_some()).count()
    });
}

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut database = Database::new();
    for face in FACES {
        let Some(data) = ratex_katex_fonts::ttf_bytes(&format!("KaTeX_{face}.ttf")) else { continue };
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(data.into_owned());
        for id in database.load_font_source(Source::Binary(data)) {
            // All of them say that they are upright and regular.
            let Some(info) = database.face(id).cloned() else { continue };
            database.remove_face(id);
            let style = if face.ends_with("Italic") { FaceStyle::Italic } else { FaceStyle::Normal };
            let weight = if face.contains("Bold") { Weight::BOLD } else { Weight::NORMAL };
            database.push_face_info(FaceInfo { style, weight, ..info });
        }
    }
    Options { fontdb: Arc::new(database), ..Options::default() }
});

const FACES: [&str; 20] = [
    "AMS-Regular",
    "Caligraphic-Bold",
    "Caligraphic-Regular",
    "Fraktur-Bold",
    "Fraktur-Regular",
    "Main-Bold",
    "Main-BoldItalic",
    "Main-Italic",
    "Main-Regular",
    "Math-BoldItalic",
    "Math-Italic",
    "SansSerif-Bold",
    "SansSerif-Italic",
    "SansSerif-Regular",
    "Script-Regular",
    "Size1-Regular",
    "Size2-Regular",
    "Size3-Regular",
    "Size4-Regular",
    "Typewriter-Regular",
];

/// What the libraries do without this crate, at the same size.
fn through_svg(tex: &str, options: &Options<'_>) -> Option<Vec<u8>> {
    let nodes = ratex_parser::parse(tex).ok()?;
    let list = ratex_layout::to_display_list(&ratex_layout::layout(&nodes, &LayoutOptions::default()));
    let look = SvgOptions { font_size: 30.0, padding: 21.0, ..SvgOptions::default() };
    let svg = ratex_svg::render_to_svg_with_color_syntax(&list, &look, SvgColorSyntax::Rgb);
    let tree = Tree::from_str(&svg, options).ok()?;
    let size = tree.size().to_int_size();
    let mut pixmap = Pixmap::new(size.width(), size.height())?;
    pixmap.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::default(), &mut pixmap.as_mut());
    pixmap.encode_png().ok()
}
