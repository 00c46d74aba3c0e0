//! How fast notes are read, beside the bare Markdown parser on the same text in the same run.
//!
//! `cargo bench -p viva-core --bench notes`; the ratio of the two rows is what counts.

use divan::counter::BytesCount;
use viva_core::notes::{Source, read};

fn main() {
    divan::main();
}

/// About a megabyte of notes: what a study group writes in a year, in both languages.
fn notes() -> String {
    (0..900).fold(String::new(), |mut notes, n| {
        notes += &format!(
            "## {n}. Why does method {n} generalise?\n\n**Regularised** models trade `bias` for variance: the penalty $\\lambda \\|w_{n}\\|_2^2$ \
             keeps weights small, see [the notes](https://example.org/{n}).\n\n1. **Early stopping.** Watch the validation loss.\n\
             2. **Dropout.** Drop units with probability $p$.\n   - only while training\n   - never when testing\n\n\
             ```python\nloss = criterion(model(x), y) + {n} * penalty\n```\n\n\
             ## {n}、方法 {n} 为什么能提升泛化能力？\n\n<font color=red>正则化</font>在损失函数中加入惩罚项，限制模型复杂度，从而降低过拟合的风险。\n\n\
             $$ J(w) = L(w) + \\frac{{\\lambda}}{{2}} w^2 $$\n\n| 方法 | 作用 |\n|---|---|\n| 早停 | 控制训练轮数 |\n| 数据增强 | 扩充样本 |\n\n"
        );
        notes
    })
}

#[divan::bench]
fn bare_parser(bencher: divan::Bencher<'_, '_>) {
    let notes = notes();
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_TASKLISTS;
    bencher.counter(BytesCount::of_str(&notes)).bench_local(|| {
        pulldown_cmark::Parser::new_ext(&notes, options).into_offset_iter().map(divan::black_box_drop).count()
    });
}

#[divan::bench]
fn read_notes(bencher: divan::Bencher<'_, '_>) {
    let notes = notes();
    let source = Source { path: "notes.md", inside: "notes.md", text: &notes, has_file: &|_| true };
    bencher.counter(BytesCount::of_str(&notes)).bench_local(|| read(&source));
}
