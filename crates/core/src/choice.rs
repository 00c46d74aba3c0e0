//! What people type at a multiple-choice exercise, and what it is worth.
//!
//! Options are known by the letters of the order they were shown in. Places below are places in
//! that order.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::bank::Choice;
use crate::reply::{Hint, Notice, ShownOption};
use crate::score::Mark;

/// Whether more than one option is right.
#[must_use]
pub fn several(choice: &Choice) -> bool {
    choice.options.iter().filter(|option| option.right).count() > 1
}

/// The letter of the option shown at `place`.
#[must_use]
pub fn letter(place: usize) -> char {
    char::from(b'A' + u8::try_from(place.min(25)).unwrap_or(25))
}

/// The letters of chosen places, as in `A C`.
#[must_use]
pub fn letters(chosen: &BTreeSet<usize>) -> String {
    chosen.iter().map(|&place| letter(place).to_string()).collect::<Vec<_>>().join(" ")
}

/// Reads an answer: letters (`a c`, `AC`, `A、C`, `选 A`), numbers (`1 3`) or the very text of an option.
///
/// # Errors
///
/// The notice to give if it names no option, one that there isn't, or several where one is right.
pub fn read(answer: &str, choice: &Choice, order: &[usize]) -> Result<BTreeSet<usize>, Notice> {
    let several = several(choice);
    let same = |place: &usize| {
        choice.options[order[*place]].text.plain().trim().to_lowercase() == answer.trim().to_lowercase()
    };
    // A letter is that letter, even if another option says just that.
    let is_letter = answer.trim().chars().count() == 1 && answer.trim().chars().all(char::is_alphabetic);
    if let Some(place) = (0..order.len()).find(same).filter(|_| !is_letter) {
        return Ok([place].into());
    }
    let not_an_option = || Notice::NotAnOption {
        given: answer.to_owned(),
        last: letter(order.len().saturating_sub(1)),
        several,
    };
    // Full-width letters and digits are the same ones.
    let folded: String = answer.nfkc().collect();
    let answer_part = folded.trim_start_matches(['选', '我', '答', '案', '是', ':', ' ', '(']);
    let mut chosen = BTreeSet::new();
    for word in answer_part
        .split([' ', ',', '、', ';', '/', '&', '+', '.', '。', '!', '(', ')', '和'])
        .filter(|word| !word.is_empty())
    {
        let places: Option<Vec<usize>> = match word.parse::<usize>() {
            Ok(number) => number.checked_sub(1).map(|place| vec![place]),
            Err(_) => word
                .chars()
                .map(|c| c.is_ascii_alphabetic().then(|| usize::from(c.to_ascii_uppercase() as u8 - b'A')))
                .collect(),
        };
        // A word of letters may be no answer at all, as a long one is not.
        let distinct = |places: &Vec<usize>| places.iter().collect::<BTreeSet<_>>().len() == places.len();
        let places =
            places.filter(|places| distinct(places) && places.iter().all(|place| *place < order.len()));
        chosen.extend(places.ok_or_else(not_an_option)?);
    }
    if chosen.is_empty() { Err(not_an_option()) } else { check(&chosen, choice, order) }
}

/// Whether places that were chosen are an answer: all of them are there, and only one if one is right.
///
/// # Errors
///
/// The notice to give if they are not.
pub fn check(chosen: &BTreeSet<usize>, choice: &Choice, order: &[usize]) -> Result<BTreeSet<usize>, Notice> {
    let several = several(choice);
    match chosen.last() {
        Some(last) if *last < order.len() && (several || chosen.len() == 1) => Ok(chosen.clone()),
        Some(last) if *last < order.len() => Err(Notice::OneOptionOnly),
        _ => Err(Notice::NotAnOption {
            given: letters(chosen),
            last: letter(order.len().saturating_sub(1)),
            several,
        }),
    }
}

/// How good a choice is: right if it names all right options and no other, partly right if it
/// names some of them and no other.
#[must_use]
pub fn mark(choice: &Choice, order: &[usize], chosen: &BTreeSet<usize>) -> Mark {
    let right: BTreeSet<usize> =
        (0..order.len()).filter(|&place| choice.options[order[place]].right).collect();
    if *chosen == right {
        Mark::Right
    } else if chosen.is_subset(&right) {
        Mark::Partial
    } else {
        Mark::Wrong
    }
}

/// The options as they look once somebody has chosen.
#[must_use]
pub fn shown(choice: &Choice, order: &[usize], chosen: &BTreeSet<usize>) -> Vec<ShownOption> {
    let options = order.iter().map(|&option| &choice.options[option]).enumerate();
    options
        .map(|(place, option)| ShownOption {
            letter: letter(place),
            text: option.text.clone(),
            right: option.right,
            chosen: chosen.contains(&place),
            explanation: option.explanation.clone(),
        })
        .collect()
}

/// The first wrong option that is shown, if taking it away leaves something to choose from.
#[must_use]
pub fn not_this(choice: &Choice, order: &[usize]) -> Option<Hint> {
    let place =
        (0..order.len()).find(|&place| !choice.options[order[place]].right).filter(|_| order.len() > 2)?;
    Some(Hint::NotThis { letter: letter(place), text: choice.options[order[place]].text.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::ChoiceOption;
    use crate::document::{Block, Document, Inline};

    fn choice(options: &[(&str, bool)]) -> Choice {
        let text = |text: &str| Document::from(vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])]);
        let option = |&(of, right): &(&str, bool)| ChoiceOption {
            text: text(of),
            right,
            explanation: Document::default(),
        };
        Choice {
            prompt: Document::default(),
            options: options.iter().map(option).collect(),
            explanation: Document::default(),
            lettered: false,
        }
    }

    #[test]
    fn what_people_type_is_understood() {
        let one = choice(&[("less data", false), ("early stopping", true), ("luck", false)]);
        let more = choice(&[("a", true), ("b", false), ("c", true), ("d", false)]);
        let order = [2, 0, 1];
        for (answer, expected) in [
            ("C", Ok(vec![2])),
            ("c.", Ok(vec![2])),
            ("3", Ok(vec![2])),
            ("选C", Ok(vec![2])),
            ("Ｃ", Ok(vec![2])),
            ("３", Ok(vec![2])),
            ("C。", Ok(vec![2])),
            ("（C）", Ok(vec![2])),
            ("答案是C", Ok(vec![2])),
            ("CCC", Err(())),
            ("Early Stopping", Ok(vec![2])),
            ("D", Err(())),
            ("0", Err(())),
            ("4", Err(())),
            ("A B", Err(())),
            ("stopping", Err(())),
            ("🙂", Err(())),
        ] {
            let read = read(answer, &one, &order)
                .map(|chosen| chosen.into_iter().collect::<Vec<_>>())
                .map_err(|_| ());
            assert_eq!(read, expected, "{answer:?}");
        }
        let languages = choice(&[("C", false), ("Java", false), ("Python", true)]);
        assert_eq!(read("C", &languages, &[0, 1, 2]), Ok([2].into()), "the letter, not the language");
        let order = [0, 1, 2, 3];
        for (answer, expected) in [
            ("A C", vec![0, 2]),
            ("ac", vec![0, 2]),
            ("A、C", vec![0, 2]),
            ("1,3", vec![0, 2]),
            ("A和C", vec![0, 2]),
        ] {
            assert_eq!(read(answer, &more, &order), Ok(expected.into_iter().collect()), "{answer:?}");
        }
    }

    #[test]
    fn only_all_right_options_are_right() {
        let choice = choice(&[("a", true), ("b", false), ("c", true)]);
        for (chosen, expected) in [
            (&[0, 2][..], Mark::Right),
            (&[0], Mark::Partial),
            (&[0, 1], Mark::Wrong),
            (&[0, 1, 2], Mark::Wrong),
        ] {
            assert_eq!(mark(&choice, &[0, 1, 2], &chosen.iter().copied().collect()), expected, "{chosen:?}");
        }
    }
}
