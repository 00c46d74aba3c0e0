//! Makes the id of a question from the words of its heading.

use crate::language::is_han;

/// Longest slug, in characters; a longer one ends at the last whole word before.
const MAX_CHARS: usize = 48;

/// Words that come and go when a heading is lightly edited, so an id never holds them.
const FILLERS: [&str; 21] = [
    "a", "an", "the", "is", "are", "was", "do", "does", "did", "of", "in", "on", "for", "to", "and", "or",
    "you", "we", "please", "s", "it",
];
const CHINESE_FILLERS: [&str; 16] = [
    "什么是",
    "是什么",
    "有哪些",
    "哪些",
    "请简述",
    "简述",
    "请",
    "一下",
    "的",
    "了",
    "吗",
    "呢",
    "以及",
    "和",
    "与",
    "及",
];

/// A short readable slug of a heading's words, without its number and punctuation: lower case,
/// words joined by hyphens, Chinese words left as they are. Never empty.
///
/// Articles, auxiliaries and particles are left out, so that polishing a heading keeps its id.
pub(crate) fn slug(title: &str) -> String {
    let mut plain = title.to_lowercase();
    for filler in CHINESE_FILLERS {
        if !plain.is_ascii() && plain.contains(filler) {
            plain = plain.replace(filler, " ");
        }
    }
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let kept: Vec<&str> = words.iter().copied().filter(|word| !FILLERS.contains(word)).collect();
    let mut slug = String::new();
    for word in if kept.is_empty() { &words } else { &kept } {
        let room = MAX_CHARS.saturating_sub(slug.chars().count() + 1);
        if word.chars().count() <= room {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(word);
        } else if slug.is_empty() || word.chars().all(is_han) && room > 3 {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.extend(word.chars().take(room));
            break;
        } else {
            break;
        }
    }
    if slug.is_empty() {
        // Nothing but signs: name the signs, so that different headings stay different.
        slug = title.chars().take(12).map(|c| format!("{:x}", c as u32)).collect::<Vec<_>>().join("-");
    }
    if slug.is_empty() { "question".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_edits_keep_the_slug() {
        let check = |titles: &[&str], expected: &str| {
            for title in titles {
                assert_eq!(slug(title), expected, "of {title:?}");
            }
        };
        check(
            &["What is overfitting?", "What's overfitting", "what is the Overfitting ?"],
            "what-overfitting",
        );
        check(&["什么是过拟合？", "过拟合是什么？", "过拟合"], "过拟合");
        check(&["Dropout的作用？", "Dropout 的作用"], "dropout-作用");
        check(&["???"], "3f-3f-3f");
        check(&[""], "question");
    }
}
