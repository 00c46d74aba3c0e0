//! Finds the formulas of a source text before Markdown sees it.
//!
//! Markdown would read the `_` and `*` of a formula as emphasis, and the parser's own math
//! extension refuses `$ x $`. So every formula is taken out first and a *mark* is left in its
//! place: characters of the private use area that Markdown treats like letters and that name the
//! formula. The tree builder turns marks back, into formulas in prose and into the very source in
//! code. What is inside fences and code spans is never taken out.

use std::borrow::Cow;
use std::ops::Range;

use super::diagnostic::{Code, Remarks};
use crate::texts::Saying;

/// Longest formula between single dollars, in bytes; beyond it a dollar is just a dollar.
const MAX_INLINE: usize = 1_000;
/// Longest formula between double dollars, in bytes.
const MAX_DISPLAY: usize = 8_000;

const LEAD: char = '\u{e000}';
const DIGIT: u32 = 0xe100;
const BASE: usize = 2_048;
/// A mark is the lead and three digits, each three bytes long in UTF-8.
const MARK_LEN: usize = 12;

/// A formula that was taken out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Formula<'a> {
    /// The LaTeX without its delimiters.
    pub(crate) tex: Cow<'a, str>,
    /// Whether it stands on lines of its own.
    pub(crate) display: bool,
    /// Where it stood, with its delimiters.
    span: Range<usize>,
    /// Where its mark stands in the marked text.
    mark: usize,
}

/// A source text with marks in place of its formulas.
pub(crate) struct Masked<'a> {
    source: &'a str,
    text: Cow<'a, str>,
    formulas: Vec<Formula<'a>>,
}

/// A part of a text that may hold marks.
pub(crate) enum Part<'t, 'a> {
    Text(&'t str),
    Formula(&'t Formula<'a>),
}

impl<'a> Masked<'a> {
    /// Takes the formulas out of `source`.
    pub(crate) fn new(source: &'a str, remarks: &mut Remarks<'_>) -> Self {
        let mut formulas = Scanner { source, bytes: source.as_bytes(), at: 0 }.formulas(remarks);
        if formulas.is_empty() {
            return Self { source, text: Cow::Borrowed(source), formulas };
        }
        let mut text = String::with_capacity(source.len());
        let mut from = 0;
        for (index, formula) in formulas.iter_mut().enumerate() {
            text.push_str(&source[from..formula.span.start]);
            formula.mark = text.len();
            text.push(LEAD);
            for place in [BASE * BASE, BASE, 1] {
                text.extend(char::from_u32(DIGIT + (index / place % BASE) as u32));
            }
            from = formula.span.end;
        }
        text.push_str(&source[from..]);
        Self { source, text: Cow::Owned(text), formulas }
    }

    /// The text with its marks.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where in the source the byte `at` of the marked text stands.
    pub(crate) fn origin(&self, at: usize) -> usize {
        let marks_before = self.formulas.partition_point(|formula| formula.mark <= at);
        let Some(last) = marks_before.checked_sub(1).map(|last| &self.formulas[last]) else { return at };
        match (at - last.mark).checked_sub(MARK_LEN) {
            None => last.span.start,
            Some(behind) => last.span.end + behind,
        }
    }

    /// Splits a text at its marks.
    pub(crate) fn parts<'t>(&'t self, text: &'t str, mut each: impl FnMut(Part<'t, 'a>)) {
        if self.formulas.is_empty() {
            return each(Part::Text(text));
        }
        let mut rest = text;
        while let Some(found) = memchr::memmem::find(rest.as_bytes(), &[0xee, 0x80, 0x80]) {
            let Some(formula) = self.named(&rest[found..]) else {
                let (before, after) = rest.split_at(found + LEAD.len_utf8());
                each(Part::Text(before));
                rest = after;
                continue;
            };
            if found > 0 {
                each(Part::Text(&rest[..found]));
            }
            each(Part::Formula(formula));
            rest = &rest[found + MARK_LEN..];
        }
        if !rest.is_empty() {
            each(Part::Text(rest));
        }
    }

    /// A text of the marked source as it stood in the source itself.
    pub(crate) fn unmask(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.parts(text, |part| match part {
            Part::Text(text) => out.push_str(text),
            Part::Formula(formula) => out.push_str(&self.source[formula.span.clone()]),
        });
        out
    }

    fn named(&self, mark: &str) -> Option<&Formula<'a>> {
        let mut index = 0;
        let mut digits = mark.chars().skip(1);
        for _ in 0..3 {
            let digit = (digits.next()? as u32).checked_sub(DIGIT)? as usize;
            if digit >= BASE {
                return None;
            }
            index = index * BASE + digit;
        }
        self.formulas.get(index)
    }
}

/// Walks a source from one character of interest to the next.
struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn formulas(mut self, remarks: &mut Remarks<'_>) -> Vec<Formula<'a>> {
        let mut found = Vec::new();
        while let Some(next) = memchr::memchr3(b'$', b'`', b'~', &self.bytes[self.at..]) {
            self.at += next;
            let run = self.run_length();
            match self.bytes[self.at] {
                b'$' => match self.dollar(run, remarks) {
                    Some(formula) => {
                        self.at = formula.span.end;
                        found.push(formula);
                    }
                    None => self.at += run,
                },
                _ if run >= 3 && self.begins_line() => self.skip_fence(run, remarks),
                b'`' => self.skip_code_span(run),
                _ => self.at += run,
            }
        }
        found
    }

    fn run_length(&self) -> usize {
        let byte = self.bytes[self.at];
        self.bytes[self.at..].iter().take_while(|&&b| b == byte).count()
    }

    fn line_start(&self) -> usize {
        memchr::memrchr(b'\n', &self.bytes[..self.at]).map_or(0, |end| end + 1)
    }

    /// Whether only indentation, quote bars and a list marker stand before this place.
    fn begins_line(&self) -> bool {
        self.source[self.line_start()..self.at]
            .trim_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')')
            })
            .is_empty()
    }

    fn skip_fence(&mut self, run: usize, remarks: &mut Remarks<'_>) {
        let fence = self.bytes[self.at];
        let opened = self.at;
        let line_end = |from: usize| memchr::memchr(b'\n', &self.bytes[from..]).map(|end| from + end + 1);
        let mut line = line_end(self.at);
        if fence == b'`' && self.source[self.at + run..line.unwrap_or(self.bytes.len())].contains('`') {
            // Backticks behind backticks: a code span that begins a line.
            return self.skip_code_span(run);
        }
        while let Some(start) = line {
            line = line_end(start);
            let text = self.source[start..line.unwrap_or(self.bytes.len())]
                .trim_matches([' ', '\t', '\r', '\n', '>']);
            if text.len() >= run && text.bytes().all(|b| b == fence) {
                self.at = line.unwrap_or(self.bytes.len());
                return;
            }
        }
        let fence = &self.source[opened..opened + run];
        remarks.add(opened, Code::UnclosedFence, Saying::of("remark-unclosed-fence").with("fence", fence));
        self.at = self.bytes.len();
    }

    fn skip_code_span(&mut self, run: usize) {
        let mut at = self.at + run;
        self.at = at;
        while let Some(next) = memchr::memchr2(b'`', b'\n', &self.bytes[at..]) {
            at += next;
            if self.bytes[at] == b'\n' {
                if self.blank_line_follows(at) {
                    return;
                }
                at += 1;
                continue;
            }
            let closing = self.bytes[at..].iter().take_while(|&&b| b == b'`').count();
            at += closing;
            if closing == run {
                self.at = at;
                return;
            }
        }
    }

    fn blank_line_follows(&self, newline: usize) -> bool {
        let rest = &self.bytes[newline + 1..];
        let ink = rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r'));
        ink.is_none_or(|ink| rest[ink] == b'\n')
    }

    fn dollar(&self, run: usize, remarks: &mut Remarks<'_>) -> Option<Formula<'a>> {
        let backslashes = self.bytes[..self.at].iter().rev().take_while(|&&b| b == b'\\').count();
        if backslashes % 2 == 1 {
            return None;
        }
        match run {
            1 if self.bytes.get(self.at + 1) == Some(&b'`') => self.backticked(),
            1 => self.inline(),
            2 => self.display(remarks),
            _ => None,
        }
    }

    /// ``$`x`$``, the form that GitHub recommends next to other marks.
    fn backticked(&self) -> Option<Formula<'a>> {
        let inside = self.at + 2;
        let window = &self.bytes[inside..self.bytes.len().min(inside + MAX_INLINE)];
        let end = inside + memchr::memmem::find(window, b"`$")?;
        let tex = &self.source[inside..end];
        (!tex.contains('\n')).then(|| self.formula(tex, false, end + 2))
    }

    fn inline(&self) -> Option<Formula<'a>> {
        let inside = self.at + 1;
        let mut at = inside;
        loop {
            at += memchr::memchr3(b'$', b'\n', b'`', &self.bytes[at..])?;
            if at - inside > MAX_INLINE || self.bytes[at] == b'`' {
                return None;
            }
            match self.bytes[at] {
                b'\n' if self.blank_line_follows(at) => return None,
                b'$' if self.bytes[at - 1] != b'\\' => break,
                _ => at += 1,
            }
        }
        let tex = &self.source[inside..at];
        let behind = self.bytes.get(at + 1).copied();
        (behind != Some(b'$') && reads_as_formula(tex, behind)).then(|| self.formula(tex, false, at + 1))
    }

    fn display(&self, remarks: &mut Remarks<'_>) -> Option<Formula<'a>> {
        let inside = self.at + 2;
        let window = &self.bytes[inside..self.bytes.len().min(inside + MAX_DISPLAY)];
        // A heading is in no formula: what is behind it belongs to another question.
        let length = memchr::memmem::find(window, b"$$")
            .filter(|length| !self.source[inside..inside + length].lines().any(is_heading));
        let Some(length) = length else {
            if !self.bytes.get(inside).is_none_or(u8::is_ascii_digit) {
                remarks.add(self.at, Code::UnclosedFormula, Saying::of("remark-unclosed-formula"));
            }
            return None;
        };
        let tex = &self.source[inside..inside + length];
        (!tex.trim().is_empty()).then(|| self.formula(tex, true, inside + length + 2))
    }

    fn formula(&self, tex: &'a str, display: bool, end: usize) -> Formula<'a> {
        let quoted = || self.source[self.line_start()..self.at].trim_start().starts_with('>');
        let tex = if tex.contains('\n') && quoted() {
            Cow::Owned(
                tex.lines().map(|line| line.trim_start_matches(['>', ' '])).collect::<Vec<_>>().join("\n"),
            )
        } else {
            Cow::Borrowed(tex)
        };
        let tex = match tex {
            Cow::Borrowed(tex) => Cow::Borrowed(tex.trim()),
            Cow::Owned(tex) => Cow::Owned(tex.trim().to_owned()),
        };
        let display = display && (self.begins_line() || self.source[self.at..end].contains('\n'));
        Formula { tex, display: display && self.ends_line(end), span: self.at..end, mark: 0 }
    }

    /// Whether only a full stop or the like stands behind `at` on its line.
    fn ends_line(&self, at: usize) -> bool {
        let end = memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |end| at + end);
        !self.source[at..end].contains(|c: char| c.is_alphanumeric() || matches!(c, '$' | '<'))
    }
}

/// Whether a line is a Markdown heading.
fn is_heading(line: &str) -> bool {
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&hashes) && line[hashes..].starts_with(' ')
}

/// Tells a formula between single dollars from two sums of money.
///
/// A command such as `\sigma` or `\,` always makes a formula. Without one, the dollars must hug the text
/// on both sides or on neither, no digit may follow the second dollar (`$5 and $6`), and a text
/// that begins with a number and goes on in words (`$5 or 6`) is money.
fn reads_as_formula(tex: &str, behind: Option<u8>) -> bool {
    let trimmed = tex.trim();
    if trimmed.is_empty() {
        return false;
    }
    let begins_command = |byte: u8| byte.is_ascii_alphabetic() || b",;:!|{}".contains(&byte);
    let command = trimmed.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && begins_command(pair[1]));
    if command {
        return true;
    }
    let open = tex.starts_with(char::is_whitespace);
    let closed = tex.ends_with(char::is_whitespace);
    if open != closed || behind.is_some_and(|b| b.is_ascii_digit()) {
        return false;
    }
    let operator = trimmed.contains(['=', '<', '>', '^', '_', '+', '*', '|', '{']);
    let words = |letters: usize| {
        let letters = move |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= letters;
        trimmed.split_whitespace().filter(letters).count()
    };
    let han = trimmed.chars().any(crate::language::is_han);
    let money = trimmed.starts_with(|c: char| c.is_ascii_digit()) && (words(2) > 0 || han);
    operator && words(3) < 4 || !money && words(3) < 3 && !han
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let mut remarks = Remarks::new("notes.md", source);
        let masked = Masked::new(source, &mut remarks);
        let found: Vec<_> = masked.formulas.iter().map(|formula| formula.tex.as_ref()).collect();
        assert_eq!(found, expected, "in {source:?}");
        assert_eq!(masked.unmask(masked.text()), source, "unmasking gives the source back");
        for formula in &masked.formulas {
            assert_eq!(masked.origin(formula.mark), formula.span.start);
            assert_eq!(masked.origin(formula.mark + MARK_LEN), formula.span.end);
        }
    }

    #[test]
    fn every_notation_is_found_and_money_is_not() {
        for (source, expected) in [
            ("$x$", &["x"][..]),
            ("两个矩阵 $ A $ 和 $ B $，", &["A", "B"]),
            ("为$\\sigma^{'}(x)$的最大值是$\\frac{1}{4}$ ，", &["\\sigma^{'}(x)", "\\frac{1}{4}"]),
            ("权值 $L + CW^{2}$", &["L + CW^{2}"]),
            ("$$ C = A \\circ B $$", &["C = A \\circ B"]),
            ("$$\na\n= b\n$$\n", &["a\n= b"]),
            ("1. x\n\n   $$\n   a\n   $$\n", &["a"]),
            ("> $$\n> a\n> b\n> $$", &["a\nb"]),
            ("``$`a_b`$``", &[]),
            ("so $`a_b`$ is", &["a_b"]),
            ("|$w$|$x=0$|", &["w", "x=0"]),
            ("it costs $5 and $6.", &[]),
            ("from $5-$10, or US$5 and US$6", &[]),
            ("$5 or 6$ more", &[]),
            ("每月 $5，比 $6 便宜", &[]),
            ("a \\$5 note and $y$", &["y"]),
            ("`$a$` and $b$", &["b"]),
            ("```sh\necho $A $B\n```\n$c$", &["c"]),
            ("~~~\n$a$\n~~~\n$c$", &["c"]),
            ("a $ lonely dollar", &[]),
            ("$a\n\nb$", &[]),
            ("$$$", &[]),
            ("$0.5$ is a number", &["0.5"]),
            ("看，$2\\,TP$ 增加 $2s$，", &["2\\,TP", "2s"]),
        ] {
            check(source, expected);
        }
    }
}
