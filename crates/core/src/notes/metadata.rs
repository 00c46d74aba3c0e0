//! Lines of an answer that are about the question, not part of what it says.

use crate::document::{Block, Inline, plain};

/// The gradings on a line such as `难度评分：⭐⭐⭐ (3/5) | 考察频率：4/5`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Gradings {
    pub(crate) difficulty: Option<u8>,
    pub(crate) frequency: Option<u8>,
}

/// Reads a paragraph that holds nothing but gradings.
pub(crate) fn gradings(block: &Block) -> Option<Gradings> {
    let Block::Paragraph(inlines) = block else { return None };
    if !(1..=6).contains(&inlines.len()) {
        return None;
    }
    let text = plain(inlines);
    if text.len() > 200 || !text.contains([':', '：']) {
        return None;
    }
    let mut found = Gradings::default();
    for field in text.split(['|', '｜', '\n', ';', '；']).map(str::trim).filter(|field| !field.is_empty()) {
        let (key, value) = field.split_once([':', '：'])?;
        let grade = grade(value)?;
        match key.trim().to_lowercase().as_str() {
            "难度评分" | "难度" | "难度等级" | "难度系数" | "difficulty" | "level" => {
                found.difficulty = Some(grade)
            }
            "考察频率" | "频率" | "出现频率" | "考频" | "重要性" | "frequency" | "importance" => {
                found.frequency = Some(grade)
            }
            _ => return None,
        }
    }
    (found != Gradings::default()).then_some(found)
}

/// A grade from 1 to 5, written as `3/5`, as a digit, as stars or as a word.
fn grade(value: &str) -> Option<u8> {
    let digit = value.chars().find(char::is_ascii_digit).and_then(|digit| digit.to_digit(10));
    let stars = value.chars().filter(|c| matches!(c, '⭐' | '★' | '🌟')).count();
    let grade = match digit {
        Some(digit) => digit as u8,
        None if stars > 0 => stars.min(5) as u8,
        None => match value.trim().to_lowercase().as_str() {
            "easy" | "low" | "简单" | "容易" | "低" => 1,
            "medium" | "中等" | "中" => 3,
            "hard" | "high" | "困难" | "难" | "高" => 5,
            _ => return None,
        },
    };
    (1..=5).contains(&grade).then_some(grade)
}

/// Whether a paragraph is only a link back to the top of the page.
pub(crate) fn leads_to_top(block: &Block) -> bool {
    let Block::Paragraph(inlines) = block else { return false };
    fn links_inside(inlines: &[Inline]) -> bool {
        inlines.iter().any(|inline| {
            matches!(inline, Inline::Link { url, .. } if url.starts_with('#'))
                || inline.children().is_some_and(links_inside)
        })
    }
    if !links_inside(inlines) {
        return false;
    }
    let text = plain(inlines).to_lowercase();
    let top = ["top", "顶部", "目录", "⬆", "↑", "table of contents", "返回"];
    text.chars().count() < 40 && top.iter().any(|word| text.contains(word))
}

/// Takes an `Answer:` that introduces an answer off its beginning, as a heading, a bold line or a bold word.
pub(crate) fn strip_answer_label(blocks: &mut Vec<Block>) {
    let label = |text: &str| {
        let text = text.trim().trim_end_matches([':', '：']).trim().to_lowercase();
        matches!(
            text.as_str(),
            "answer" | "answers" | "solution" | "答案" | "解答" | "回答" | "参考答案" | "答"
        )
    };
    match blocks.first_mut() {
        Some(Block::Heading { text, .. }) if label(&plain(text)) => {
            blocks.remove(0);
        }
        Some(Block::Paragraph(text)) => {
            if let Some(Inline::Strong(first) | Inline::Emphasis(first)) = text.first()
                && label(&plain(first))
            {
                text.remove(0);
                if let Some(Inline::Text(next)) = text.first_mut() {
                    *next = next.trim_start_matches([':', '：', ' ']).to_owned();
                }
            } else if let Some(Inline::Text(first)) = text.first_mut()
                && let Some((head, rest)) = first.split_once([':', '：'])
                && label(head)
            {
                *first = rest.trim_start().to_owned();
            }
            if text.iter().all(|inline| {
                matches!(inline, Inline::Text(text) if text.trim().is_empty()) || *inline == Inline::Break
            }) {
                blocks.remove(0);
            }
        }
        _ => {}
    }
}

/// Longer titles, in bytes, head nothing that is listed below.
const MAX_BOILERPLATE: usize = 24;

/// Whether a title heads something that is no question: a contents list, a licence, thanks.
pub(crate) fn is_boilerplate(title: &str) -> Option<&'static str> {
    let title = title.trim().trim_end_matches([':', '：']);
    if title.len() > MAX_BOILERPLATE {
        return None;
    }
    let title = title.to_lowercase();
    let words: String = title.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let reason = match words.trim() {
        "目录" | "contents" | "table of contents" | "toc" | "index" | "导航" => "skip-contents",
        "license" | "licence" | "许可" | "许可证" | "版权" | "copyright" => "skip-licence",
        "contributing" | "contribution" | "contributions" | "how to contribute" | "贡献" | "贡献指南"
        | "contributors" | "acknowledgements" | "acknowledgments" | "致谢" | "credits" | "authors" => {
            "skip-contributions"
        }
        "references" | "reference" | "参考" | "参考文献" | "参考资料" | "further reading" | "延伸阅读"
        | "resources" | "相关链接" | "links" => "skip-references",
        "introduction" | "preface" | "前言" | "简介" | "about" | "readme" | "关于" => {
            "skip-introduction"
        }
        _ => return None,
    };
    Some(reason)
}
