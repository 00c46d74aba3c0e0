//! prof
use viva_core::notes::{Source, read};
fn main() {
    let notes=(0..900).fold(String::new(), |mut notes, n| {
        notes += &format!(
            "## {n}. Why does method {n} generalise?\n\n**Regularised** models trade `bias` for variance: the penalty $\\lambda \\|w_{n}\\|_2^2$ \
             keeps weights small, see [the notes](https://example.org/{n}).\n\n1. **Early stopping.** Watch the validation loss.\n\
             2. **Dropout.** Drop units with probability $p$.\n   - only while training\n   - never when testing\n\n\
             ```python\nloss = criterion(model(x), y) + {n} * penalty\n```\n\n\
             ## {n}、方法 {n} 为什么能提升泛化能力？\n\n<font color=red>正则化</font>在损失函数中加入惩罚项，限制模型复杂度，从而降低过拟合的风险。\n\n\
             $$ J(w) = L(w) + \\frac{{\\lambda}}{{2}} w^2 $$\n\n| 方法 | 作用 |\n|---|---|\n| 早停 | 控制训练轮数 |\n| 数据增强 | 扩充样本 |\n\n"
        );
        notes
    });
    let s = Source { path: "n.md", inside: "n.md", text: &notes, has_file: &|_| true };
    for _ in 0..2 {
        std::hint::black_box(read(&s));
    }
}
