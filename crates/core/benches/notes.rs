//! How fast notes are read, beside the bare Markdown parser on the same text in the same run.
//!
//! `cargo bench -p viva-core --bench notes`; the ratio of the two rows is what counts.

use divan::counter::BytesCount;
use pulldown_cmark::Options;
use viva_core::notes::{Source, read};

fn main() {
    divan::main();
}

/// About a megabyte of notes in both languages: questions of one to two kilobytes, as people write
/// them, with lists, tables, listings and formulas between paragraphs.
fn notes() -> String {
    let english = "A model that fits its training data too closely has learned the accidents of one sample, so the \
         error on new data stays high even though the loss keeps falling; what helps is whatever keeps the model \
         from using that freedom, and every method below does so in its own way and at its own price.\n\n";
    let chinese = "模型在训练集上表现很好、在新数据上却明显变差，说明它记住了样本中的偶然因素，而没有学到真正的规律；下面的方法\
         都在以不同的方式限制模型的自由度，各有代价，实践中常常组合使用，并用验证集来判断效果。\n\n";
    (0..450).fold(String::new(), |mut notes, n| {
        notes += &format!(
            "## {n}. Why does method {n} generalise?\n\n**Regularised** models trade `bias` for variance: the penalty \
             $\\lambda \\|w_{n}\\|_2^2$ keeps weights small, see [the notes](https://example.org/{n}).\n\n{english}{english}\
             1. **Early stopping.** Watch the validation loss and keep the best checkpoint.\n\
             2. **Dropout.** Drop units with probability $p$ in every step.\n   - only while training\n   - never when testing\n\n\
             ```python\nfor x, y in loader:\n    loss = criterion(model(x), y) + {n} * penalty\n    loss.backward()\n```\n\n{english}\
             ## {n}、方法 {n} 为什么能提升泛化能力？\n\n<font color=red>正则化</font>在损失函数中加入惩罚项。\n\n{chinese}{chinese}\
             $$ J(w) = L(w) + \\frac{{\\lambda}}{{2}} w^2 $$\n\n| 方法 | 作用 |\n|---|---|\n| 早停 | 控制训练轮数 |\n\
             | 数据增强 | 扩充样本 |\n\n{chinese}"
        );
        notes
    })
}

#[divan::bench]
fn bare_parser(bencher: divan::Bencher<'_, '_>) {
    let notes = notes();
    // The same syntax as Viva reads.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
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
