//! What a heading says apart from the question: its number, attributes and markers.

use super::diagnostic::{Code, Remarks};
use crate::document::{Inline, plain};
use crate::texts::Saying;

/// A heading taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// The words of the question.
    pub(crate) text: Vec<Inline>,
    /// The same without marks.
    pub(crate) plain: String,
    pub(crate) number: Option<u32>,
    pub(crate) id: Option<String>,
    pub(crate) topics: Vec<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) difficulty: Option<u8>,
    pub(crate) frequency: Option<u8>,
}

impl Title {
    /// Takes a heading apart; what is wrong with its attributes is said about the place `at`.
    pub(crate) fn read(mut text: Vec<Inline>, at: usize, remarks: &mut Remarks<'_>) -> Self {
        if let [Inline::Strong(_) | Inline::Emphasis(_) | Inline::Highlight(_)] = text.as_slice()
            && let Some(Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Highlight(inner)) =
                text.pop()
        {
            text = inner;
        }
        let mut title = Self::default();
        if let Some(Inline::Text(last)) = text.last_mut()
            && let Some((rest, attributes)) = split_attributes(last)
        {
            title.attributes(attributes, at, remarks);
            last.truncate(rest);
        }
        if let Some(Inline::Text(last)) = text.last()
            && last.rfind("{#").is_some_and(|open| !last[open..].contains('}'))
        {
            remarks.add(at, Code::Attribute, Saying::of("remark-attributes-open"));
        }
        title.take_markers(&mut text);
        if let Some(Inline::Text(first)) = text.first_mut()
            && let Some((number, rest)) = split_number(first)
        {
            title.number = Some(number);
            *first = first[rest..].trim_start().to_owned();
        }
        text.retain(|inline| {
            !matches!(inline, Inline::Text(text) if text.is_empty()) && *inline != Inline::Break
        });
        title.plain = plain(&text).trim().to_owned();
        title.text = text;
        title
    }

    fn attributes(&mut self, attributes: &str, at: usize, remarks: &mut Remarks<'_>) {
        for (key, value) in attribute_pairs(attributes) {
            let list =
                || value.split([',', '，', '、']).map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
            let grade = value.parse().ok().filter(|grade| (1..=5).contains(grade));
            match key {
                "#" => {
                    if value.contains(|c: char| !c.is_alphanumeric() && c != '-' || c.is_uppercase()) {
                        remarks.add(at, Code::Attribute, Saying::of("remark-id").with("id", value));
                    }
                    self.id = Some(value.to_owned());
                }
                "topics" => self.topics.extend(list()),
                "aliases" => self.aliases.extend(list()),
                "difficulty" if grade.is_some() => self.difficulty = grade,
                "frequency" if grade.is_some() => self.frequency = grade,
                "difficulty" | "frequency" => remarks.add(
                    at,
                    Code::Attribute,
                    Saying::of("remark-grade").with("key", key).with("value", value),
                ),
                _ => remarks.add(at, Code::Attribute, Saying::of("remark-attribute").with("key", key)),
            }
        }
    }

    /// Takes the difficulty marker off the end: one of 👶 ⭐️ 🚀, as English notes use them, or a row of stars.
    fn take_markers(&mut self, text: &mut Vec<Inline>) {
        while let Some(Inline::Text(last)) = text.last_mut() {
            let bare = last.trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '👶' | '⭐' | '🚀' | '\u{fe0f}')
            });
            let markers = &last[bare.len()..];
            let stars = markers.chars().filter(|&c| c == '⭐').count();
            if markers.contains('👶') {
                self.difficulty = Some(1);
            } else if markers.contains('🚀') {
                self.difficulty = Some(5);
            } else if stars > 0 {
                self.difficulty = Some(if stars == 1 { 3 } else { stars.min(5) as u8 });
            }
            let kept = bare.len();
            last.truncate(kept);
            if kept > 0 {
                break;
            }
            text.pop();
        }
    }
}

/// Whether a text reads as a question: by its mark, or by the word it begins with.
pub(crate) fn asks(text: &str) -> bool {
    const ENGLISH: [&str; 19] = [
        "what",
        "why",
        "how",
        "when",
        "where",
        "which",
        "who",
        "explain",
        "describe",
        "compare",
        "define",
        "is",
        "are",
        "do",
        "does",
        "can",
        "should",
        "derive",
        "implement",
    ];
    const CHINESE: [&str; 22] = [
        "什么",
        "为什么",
        "为何",
        "如何",
        "怎么",
        "怎样",
        "哪些",
        "哪个",
        "哪种",
        "简述",
        "介绍",
        "解释",
        "说说",
        "谈谈",
        "描述",
        "比较",
        "区别",
        "请",
        "是否",
        "有何",
        "多少",
        "手推",
    ];
    let text = text.trim_end();
    if text.ends_with(['?', '？']) {
        return true;
    }
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    ENGLISH.contains(&first.as_str()) || !text.is_ascii() && CHINESE.iter().any(|word| text.contains(word))
}

/// Splits `{#id key=value}` off the end; gives the length of the text before it.
fn split_attributes(text: &str) -> Option<(usize, &str)> {
    let inner = text.trim_end().strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let attributes = &inner[open + 1..];
    let plausible = attributes.starts_with('#') || attributes.contains('=');
    plausible.then(|| (text[..open].trim_end().len(), attributes))
}

/// The pairs of `#id key=value key="a value"`; the id has the key `#`.
fn attribute_pairs(attributes: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (key, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix('=') {
            None => ("", behind),
            Some(value) => match value.strip_prefix(['"', '“', '”']) {
                Some(quoted) => {
                    let end = quoted.find(['"', '“', '”']).unwrap_or(quoted.len());
                    (&quoted[..end], quoted[end..].trim_start_matches(['"', '“', '”']))
                }
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            },
        };
        pairs.push(match key.strip_prefix('#') {
            Some(id) => ("#", id),
            None => (key, value),
        });
        rest = behind.trim_start();
    }
    pairs
}

/// Splits a leading number off, as in `7. `, `Q7: `, `第3题：`, `十二、`; gives the offset behind it.
pub(crate) fn split_number(text: &str) -> Option<(u32, usize)> {
    let start = text.len() - text.trim_start().len();
    let body = &text[start..];
    let lower = body.get(..8).unwrap_or(body).to_ascii_lowercase();
    let prefixes = ["question", "问题", "题目", "q", "问", "第"];
    let prefix = prefixes.into_iter().find(|prefix| lower.starts_with(prefix)).map_or(0, str::len);
    let rest = body[prefix..].trim_start_matches([' ', '.']);
    let (number, digits) = leading_number(rest)?;
    let mut behind = &rest[digits..];
    // 1.2.3 counts by its first part, and needs no other sign behind it.
    let whole = behind.len();
    while let Some(more) =
        behind.strip_prefix('.').filter(|more| more.starts_with(|c: char| c.is_ascii_digit()))
    {
        behind = more.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let separated = behind.trim_start();
    let after = separated
        .trim_start_matches(['题', '问'])
        .trim_start_matches(['.', '、', ':', '：', ')', '）', '．', ']', '】']);
    let spaced = separated.len() < behind.len() || behind.is_empty();
    let divided = after.len() < separated.len() || spaced && (prefix > 0 || behind.len() < whole);
    divided.then(|| (number, text.len() - after.len()))
}

fn leading_number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=6).contains(&digits) {
        return Some((text[..digits].parse().ok()?, digits));
    }
    let mut value = 0;
    let mut unit = 0;
    let mut length = 0;
    for c in text.chars() {
        match "一二三四五六七八九".chars().position(|digit| digit == c) {
            Some(index) => unit = index as u32 + 1,
            None if c == '十' => value += std::mem::take(&mut unit).max(1) * 10,
            None if c == '百' => value += std::mem::take(&mut unit).max(1) * 100,
            None => break,
        }
        length += c.len_utf8();
    }
    (length > 0).then_some((value + unit, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_and_words_stay() {
        let check = |text: &str, number: Option<u32>, words: &str| {
            let source = text.to_owned();
            let title =
                Title::read(vec![Inline::Text(source.clone())], 0, &mut Remarks::new("notes.md", &source));
            assert_eq!((title.number, title.plain.as_str()), (number, words), "in {text:?}");
        };
        check("2.什么是过拟合？", Some(2), "什么是过拟合？");
        check("Q7: Why does it?", Some(7), "Why does it?");
        check("Question 12. Why?", Some(12), "Why?");
        check("1、什么是召回率", Some(1), "什么是召回率");
        check("十二、什么是召回率", Some(12), "什么是召回率");
        check("第3题：为什么", Some(3), "为什么");
        check("3D convolution?", None, "3D convolution?");
        check("1x1 convolutions?", None, "1x1 convolutions?");
        check("10 ways to overfit", None, "10 ways to overfit");
        check("1.2.3 Why?", Some(1), "Why?");
        check("1.2 、Why?", Some(1), "Why?");
        check("Quality?", None, "Quality?");
        check("Why? 👶", None, "Why?");
        check("Why? ⭐️", None, "Why?");
        check("12. Why {#why difficulty=2}", Some(12), "Why");
        check("L1 or L2?", None, "L1 or L2?");
    }

    #[test]
    fn attributes_are_read() {
        let mut remarks = Remarks::new("notes.md", "");
        let text = "Why? {#why difficulty=2 frequency=9 topics=\"a, b c\" aliases=\"x、y\" odd=1}";
        let title = Title::read(vec![Inline::Text(text.to_owned())], 0, &mut remarks);
        assert_eq!(title.id.as_deref(), Some("why"));
        assert_eq!(title.topics, ["a", "b c"]);
        assert_eq!(title.aliases, ["x", "y"]);
        assert_eq!((title.difficulty, title.frequency), (Some(2), None));
        assert_eq!(remarks.finish().len(), 2, "a bad frequency and an unknown key");
    }
}
