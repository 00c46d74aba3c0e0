//! Tables of formulas and what they look like.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{MAX_BYTES, Rendered, block, inline};

/// Formulas that one line does justice to.
const LINES: &[(&str, &str)] = &[
    (r"L + CW^{2}", "L + CW²"),
    (r"L + C|w|", "L + C|w|"),
    (r"w=0", "w = 0"),
    (r"C > |f^{'}(0)|", "C > |f′(0)|"),
    (r"y_{i} = \sigma(z_{i}) = \sigma(w_{i}x_{i} + b_{i})", "yᵢ = σ(zᵢ) = σ(wᵢxᵢ + bᵢ)"),
    (r"\sigma^{'}(x)", "σ′(x)"),
    (r"\frac{1}{4}", "¼"),
    (r"\sigma^{'}(x)|w| <= \frac{1}{4}", "σ′(x)|w| ≤ ¼"),
    (r"\sigma^{'}(x)|w| > 1", "σ′(x)|w| > 1"),
    (r" A ", "A"),
    (r"C = A \circ B", "C = A ∘ B"),
    (r"c_{ij} = a_{ij} \times b_{ij}", "cᵢⱼ = aᵢⱼ × bᵢⱼ"),
    (r"x^*", "x*"),
    (r"f(x, y) = x^2 - y^2", "f(x, y) = x² − y²"),
    (r"(0, 0)", "(0, 0)"),
    (r"-y^2", "−y²"),
    (r"f'(x)", "f′(x)"),
    (r"f''(x) + g'''(x)", "f″(x) + g‴(x)"),
    (r"x'^2", "x′²"),
    (r"f'_i", "f′ᵢ"),
    (r"\|\beta\|_2^2", "‖β‖₂²"),
    (r"\lVert w \rVert_1", "‖w‖₁"),
    (r"\left\| x \right\|", "‖x‖"),
    (r"\partial L/\partial w", "∂L/∂w"),
    (r"\frac{\partial L}{\partial w}", "∂L/∂w"),
    (r"\frac{dy}{dx}", "dy/dx"),
    (r"\sqrt{x+1}", "√(x+1)"),
    (r"\sqrt{2}", "√2"),
    (r"\sqrt{d_k}", "√dₖ"),
    (r"\sqrt[3]{x}", "∛x"),
    (r"\sqrt[n]{x+y}", "ⁿ√(x+y)"),
    (r"\sqrt{x}y", "√x y"),
    (r"\sqrt{x^2}", "√(x²)"),
    (r"\frac{a+b}{c+d}", "(a+b)/(c+d)"),
    (r"\frac14 + \frac12x", "¼ + ½x"),
    (r"\tfrac23", "⅔"),
    (r"\frac{a}{b}c", "(a/b)c"),
    (r"\frac{a}{b} + c", "a/b + c"),
    (r"\frac1n\sum_i x_i", "(1/n) ∑ᵢ xᵢ"),
    (r"\frac{1}{2\sigma^2}", "1/(2σ²)"),
    (r"\frac{a}{b}^2", "(a/b)²"),
    (r"{a \over b}", "a/b"),
    (r"\frac{TP}{TP+FN}", "TP/(TP+FN)"),
    (r"\frac{QK^T}{\sqrt{d_k}}", "QKᵀ/√dₖ"),
    (r"\frac{a \cdot b}{\|a\|\|b\|}", "(a⋅b)/(‖a‖‖b‖)"),
    (r"\frac{P(B|A)P(A)}{P(B)}", "P(B|A)P(A)/P(B)"),
    (r"\log\frac{p}{q}", "log(p/q)"),
    (r"\frac{-b}{2a}", "(−b)/(2a)"),
    (r"\frac{1}{-x}", "1/(−x)"),
    (r"\frac{\partial L}{\partial a}\frac{\partial a}{\partial z}", "(∂L/∂a)(∂a/∂z)"),
    (r"\frac{\partial^2 f}{\partial x\partial y}", "∂²f/∂x∂y"),
    (r"\frac{正确数}{总数}", "正确数/总数"),
    (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
    (r"\prod_{i=1}^n p(x_i;\theta)", "∏ᵢ₌₁ⁿ p(xᵢ; θ)"),
    (r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx"),
    (r"\sum_{x \in X} p(x)", "∑_(x∈X) p(x)"),
    (r"-\sum_i p_i \log p_i", "−∑ᵢ pᵢ log pᵢ"),
    (r"\lim_{n\to\infty} a_n", "lim_(n→∞) aₙ"),
    (r"\max_a Q(s,a)", "maxₐ Q(s, a)"),
    (r"\min_{\theta} L", "min_θ L"),
    (r"\argmax_x f(x)", "argmaxₓ f(x)"),
    (r"\operatorname*{arg\,min}_w L", "argmin_w L"),
    (r"\operatorname{softmax}(z)_i", "softmax(z)ᵢ"),
    (r"\arg\max_\theta p", "arg max_θ p"),
    (r"\log_2 n", "log₂ n"),
    (r"O(n \log n)", "O(n log n)"),
    (r"\sin^2 x", "sin² x"),
    (r"2\cos\theta", "2 cos θ"),
    (r"\log(1-\hat{y})", "log(1 − ŷ)"),
    (r"\hat{y}", "ŷ"),
    (r"\bar{x}", "x̄"),
    (r"\overline{x}", "x̄"),
    (r"\overline{AB}", "A̅B̅"),
    (r"\tilde{\theta}", "θ̃"),
    (r"\vec{v}", "v⃗"),
    (r"\dot{x} + \ddot{x}", "ẋ + ẍ"),
    (r"\hat{y}_i", "ŷᵢ"),
    (r"\hat{\mathbf{y}}", "𝐲̂"),
    (r"\underline{x}", "x̲"),
    (r"\cancel{x}", "x̶"),
    (r"\mathbb{E}[x]", "𝔼[x]"),
    (r"\mathbb R^n", "ℝⁿ"),
    (r"\mathbb{1}_{x}", "𝟙ₓ"),
    (r"\mathcal{L}(\theta)", "ℒ(θ)"),
    (r"\mathcal{N}(0, I)", "𝒩(0, I)"),
    (r"\mathfrak{g}", "𝔤"),
    (r"\mathbf{W}^T\mathbf{x}+\mathbf{b}", "𝐖ᵀ𝐱 + 𝐛"),
    (r"\boldsymbol{\theta}", "𝛉"),
    (r"\mathrm{KL}(p \| q)", "KL(p‖q)"),
    (r"\mathrm{d}x", "dx"),
    (r"\mathrm{Var}[X]", "Var[X]"),
    (r"\text{损失 loss}", "损失 loss"),
    (r"x \text{ 如果 } y", "x 如果 y"),
    (r"准确率 W", "准确率W"),
    (r"\alpha\beta\gamma\Delta\Omega", "αβγΔΩ"),
    (r"a \le b \ge c \neq d \approx e", "a ≤ b ≥ c ≠ d ≈ e"),
    (r"a \ll b \equiv c \propto d", "a ≪ b ≡ c ∝ d"),
    (r"x \in A \cup B \subseteq C", "x ∈ A ∪ B ⊆ C"),
    (r"x \notin A", "x ∉ A"),
    (r"x \not= y", "x ≠ y"),
    (r"\forall x \exists y", "∀x∃y"),
    (r"A \to B \Rightarrow C \iff D", "A → B ⇒ C ⟺ D"),
    (r"x \gets y \mapsto z", "x ← y ↦ z"),
    (r"\xrightarrow{d}", "─d─→"),
    (r"a, \ldots, b", "a, …, b"),
    (r"x_1 + \cdots + x_n", "x₁ + ⋯ + xₙ"),
    (r"\infty \nabla \partial \ell", "∞∇∂ℓ"),
    (r"a \pm b \times c \div d", "a ± b × c ÷ d"),
    (r"a=-b", "a = −b"),
    (r"x \to -x", "x → −x"),
    (r"2^{n-1}", "2ⁿ⁻¹"),
    (r"e^{-x}", "e⁻ˣ"),
    (r"e^{-x/2}", "e^(−x/2)"),
    (r"x_{i,j}", "x_(i,j)"),
    (r"w_{\text{out}}x", "wₒᵤₜx"),
    (r"W_q y", "W_q y"),
    (r"p_\theta(x)", "p_θ(x)"),
    (r"x_\theta^2", "x²_θ"),
    (r"W^{[1]}", "W^[1]"),
    (r"h_t^{(l)}", "hₜ⁽ˡ⁾"),
    (r"\theta^*", "θ*"),
    (r"X^\top X", "XᵀX"),
    (r"90^\circ", "90°"),
    (r"(X^\top X)^{-1}", "(XᵀX)⁻¹"),
    (r"{x^2}^3", "(x²)³"),
    (r"(a+b)^2", "(a + b)²"),
    (r"{ab}^2", "(ab)²"),
    (r"\left( \frac{a}{b} \right)", "(a/b)"),
    (r"\left(1+\frac1n\right)^n", "(1 + 1/n)ⁿ"),
    (r"\left.x\right|_{x=0}", "x|ₓ₌₀"),
    (r"\{0,1\}", "{0, 1}"),
    (r"\langle x, y \rangle", "⟨x, y⟩"),
    (r"\lfloor x \rfloor + \lceil y \rceil", "⌊x⌋ + ⌈y⌉"),
    (r"\left(a\middle|b\right)", "(a | b)"),
    (r"\Bigl( x \Bigr)", "(x)"),
    (r"\binom{n}{k}", "(n choose k)"),
    (r"x \bmod n", "x mod n"),
    (r"x \pmod n", "x (mod n)"),
    (r"1{,}000", "1,000"),
    (r"3.14 x", "3.14x"),
    (r"100\%", "100%"),
    (r"\$5", "$5"),
    (r"a\,b\quad c", "a b  c"),
    (r"\color{red}{x}", "x"),
    (r"\boxed{E = mc^2}", "E = mc²"),
    (r"\stackrel{def}{=}", "=ᵈᵉᶠ"),
    (r"\underset{x}{\min} f", "minₓ f"),
    (r"\ce{H2O}", "H₂O"),
    (r"\tag{3} a = b", "a = b   (3)"),
    (r"\begin{equation} a = b \end{equation}", "a = b"),
    (r"α ≤ x²", "α ≤ x²"),
];

/// Formulas that lose something on one line.
const LOSSY_LINES: &[(&str, &str)] = &[
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[1, 2; 3, 4]"),
    (r"|x| = \begin{cases} x & x \ge 0 \\ -x & \text{否则} \end{cases}", "|x| = {x, x ≥ 0; −x, 否则"),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b; = c"),
    (r"a \\ b", "a; b"),
    (r"\frac{1}{1+\frac{1}{x}}", "1/(1+1/x)"),
    (r"e^{-\frac{x}{y}}", "e^(−x/y)"),
    (r"\underbrace{a+b}_{n}", "(a + b)ₙ"),
    (r"\hat{AB}", "hat(AB)"),
    // Not LaTeX, or not enough of it: the source, on one line and without control characters.
    (r"\unknown{x}", r"\unknown{x}"),
    ("\\frac{a}{\n b", r"\frac{a}{ b"),
    (r"f''_i^2", r"f''_i^2"),
    ("x\0\u{1b}[31m}", "x [31m}"),
    (r"\begin{CD} A @>a>> B \end{CD}", r"\begin{CD} A @>a>> B \end{CD}"),
];

#[test]
fn lines() {
    for (tex, text) in LINES {
        assert_eq!(inline(tex), Rendered { text: (*text).to_owned(), faithful: true }, "{tex}");
    }
    for (tex, text) in LOSSY_LINES {
        assert_eq!(inline(tex), Rendered { text: (*text).to_owned(), faithful: false }, "{tex}");
    }
}

#[test]
fn blocks() {
    for (tex, picture) in BLOCKS {
        let lines: Vec<&str> = picture.trim_matches('\n').lines().collect();
        assert_eq!(block(tex), lines, "{tex}\n{}", block(tex).join("\n"));
    }
}

/// Input made to hurt: the time for it all must stay below what a person would notice.
#[test]
fn hostile_input_comes_back_quickly() {
    let doubling: String =
        ('b'..='y').map(|c| format!(r"\def\{c}{{\{0}\{0}}}", char::from(c as u8 - 1))).collect();
    let hostile = [
        "{".repeat(20_000),
        "}".repeat(20_000),
        "{".repeat(1000),
        format!("{}x{}", "{".repeat(24), "}".repeat(24)),
        r"\sqrt".repeat(400),
        r"\frac".repeat(400),
        r"\frac{1}{1+".repeat(20),
        format!("{}x{}", r"\frac{1}{1+".repeat(20), "}".repeat(20)),
        format!("{}x{}", "x^{".repeat(20), "}".repeat(20)),
        r"\left(".repeat(300),
        r"\begin{matrix}".repeat(100),
        format!("{}{}", r"\hat".repeat(30), "x"),
        "x^".repeat(900),
        r"\def\a{\a\a}\a".to_owned(),
        format!(r"{doubling}\def\a{{xxxxx}}\y"),
        r"\def\a#1{#1#1#1#1#1}\a{\a{\a{\a{\a{\a{x}}}}}}".to_owned(),
        format!(r"\begin{{matrix}}{}{}\end{{matrix}}", "&".repeat(900), r"\\".repeat(400)),
        r"\not".repeat(500),
        "\0".repeat(2000),
        "中".repeat(600),
        "'".repeat(2000),
    ];
    for tex in hostile {
        let begun = Instant::now();
        let (line, lines) = (inline(&tex), block(&tex));
        let taken = begun.elapsed();
        let start: String = tex.chars().take(40).collect();
        assert!(taken < Duration::from_millis(500), "{start}… took {taken:?}");
        assert!(!lines.is_empty() && !line.text.contains('\0'), "{start}…");
    }
}

#[test]
fn what_is_too_long_stays_source() {
    let long = "x".repeat(MAX_BYTES + 1);
    assert_eq!(inline(&long), Rendered { text: long.clone(), faithful: false });
    assert_eq!(block(&long), [long]);
    assert!(inline(&"x".repeat(MAX_BYTES)).faithful);
}

#[test]
fn the_deepest_formula_fits_a_small_stack() {
    let deep = format!("{}x{}", r"\sqrt{\frac{1}{".repeat(12), "}}".repeat(12));
    let walk = move || (inline(&deep), block(&deep));
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(walk).unwrap();
    thread.join().unwrap();
}

proptest! {
    #[test]
    fn nothing_panics(tokens in prop::collection::vec(token(), 0..40)) {
        let tex = tokens.concat();
        let line = inline(&tex);
        prop_assert!(!line.text.contains(|c: char| c.is_control()));
        let widths = block(&tex);
        prop_assert!(!widths.is_empty());
    }
}

fn token() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "{",
        "}",
        "^",
        "_",
        "&",
        r"\\",
        r"\frac",
        r"\sqrt",
        r"\left(",
        r"\right)",
        r"\left.",
        r"\right|",
        r"\begin{bmatrix}",
        r"\end{bmatrix}",
        r"\begin{cases}",
        r"\end{cases}",
        r"\begin{aligned}",
        r"\end{aligned}",
        r"\begin{array}{c|c}",
        r"\end{array}",
        r"\hline",
        r"\hat",
        r"\overline",
        r"\text{a 中}",
        r"\mathbb",
        r"\mathbf",
        r"\mathrm",
        r"\sum",
        r"\int",
        r"\max",
        r"\limits",
        r"\not",
        r"\in",
        r"\le",
        "'",
        "<",
        "=",
        "x",
        "1",
        "2",
        ".",
        "中",
        "(",
        ")",
        "[",
        "]",
        "|",
        r"\|",
        ",",
        " ",
        r"\quad",
        r"\,",
        r"\tag{1}",
        r"\underbrace",
        r"\overbrace",
        r"\xrightarrow",
        r"\binom",
        r"\over",
        r"\operatorname",
        r"\phantom",
        r"\color{red}",
        r"\cancel",
        r"\def",
        r"\a",
        "#",
        "%",
        "$",
        "~",
        r"\ce",
        "\0",
        "\u{301}",
        "😀",
        r"\middle|",
        r"\stackrel",
    ]);
    prop_oneof![9 => known.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

/// Formulas that may take several lines.
const BLOCKS: &[(&str, &str)] = &[];
