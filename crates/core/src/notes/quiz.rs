//! The `### Quiz` section of an authored question: task lists become multiple-choice exercises.

use super::diagnostic::{Code, Remarks};
use crate::bank::{Choice, ChoiceOption};
use crate::document::{Block, Document, Item, plain};
use crate::texts::Saying;

/// Splits the quiz section off a question's blocks and reads it.
pub(crate) fn read(blocks: &mut Vec<Block>, at: usize, remarks: &mut Remarks<'_>) -> Vec<Choice> {
    let heads_quiz = |block: &Block| match block {
        Block::Heading { text, .. } => {
            let text = plain(text).trim().to_lowercase();
            matches!(text.as_str(), "quiz" | "quizzes" | "测验" | "小测" | "小测验" | "自测")
        }
        _ => false,
    };
    let Some(start) = blocks.iter().position(heads_quiz) else { return Vec::new() };
    let section = blocks.split_off(start);
    let mut choices: Vec<Choice> = Vec::new();
    let mut prompt = Vec::new();
    let mut behind_list = false;
    for block in section.into_iter().skip(1) {
        match block {
            Block::List { items, .. } if items.iter().any(|item| item.task.is_some()) => {
                let options = items.into_iter().map(option).collect();
                let prompt = Document::from(std::mem::take(&mut prompt));
                choices.push(Choice { prompt, options, explanation: Document::default(), lettered: false });
                behind_list = true;
            }
            Block::Quote(blocks) if behind_list => {
                if let Some(choice) = choices.last_mut() {
                    choice.explanation.blocks.extend(blocks);
                }
            }
            block => {
                behind_list = false;
                prompt.push(block);
            }
        }
    }
    choices.retain(|choice| is_sound(choice, at, remarks));
    choices
}

/// An item's first block is the option, the rest is its explanation.
fn option(item: Item) -> ChoiceOption {
    let mut blocks = item.blocks.into_iter();
    let text = blocks.by_ref().take(1).collect::<Vec<_>>();
    let explanation = blocks
        .flat_map(|block| match block {
            Block::Quote(blocks) => blocks,
            block => vec![block],
        })
        .collect::<Vec<_>>();
    ChoiceOption { text: text.into(), right: item.task == Some(true), explanation: explanation.into() }
}

fn is_sound(choice: &Choice, at: usize, remarks: &mut Remarks<'_>) -> bool {
    let prompt = choice.prompt.plain();
    let first = choice.options.first().map(|option| option.text.plain()).unwrap_or_default();
    let asked = prompt.lines().chain(first.lines()).next().unwrap_or_default();
    let (code, key) = if choice.options.len() < 2 {
        (Code::TooFewOptions, "remark-too-few-options")
    } else if choice.options.iter().any(|option| option.text.is_empty()) {
        (Code::EmptyOption, "remark-empty-option")
    } else if !choice.options.iter().any(|option| option.right) {
        (Code::NoRightOption, "remark-no-right-option")
    } else {
        return true;
    };
    remarks.add(at, code, Saying::of(key).with("asked", asked));
    false
}
