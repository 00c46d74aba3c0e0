//! Lettered options below a question, with the letter of the answer behind them.

use super::stack::begins_option;
use super::{Code, diagnostic::Remarks};
use crate::bank::{Choice, ChoiceOption};
use crate::choice::letter;
use crate::document::{Block, Document, Inline, plain};
use crate::texts::Saying;

/// A question's blocks taken apart at its options.
pub(crate) struct Options {
    /// What stands before the options.
    pub(crate) body: Vec<Block>,
    /// What stands behind them, the letter of the answer included.
    pub(crate) answer: Vec<Block>,
    pub(crate) choice: Choice,
}

/// Finds lettered options with a known answer among the blocks of the question at `at`; gives the blocks back if there
/// are none.
pub(crate) fn read(blocks: Vec<Block>, at: usize, remarks: &mut Remarks<'_>) -> Result<Options, Vec<Block>> {
    let Some(first) = blocks.iter().position(|block| lettered(block).is_some()) else { return Err(blocks) };
    let mut texts = Vec::new();
    let mut last = first;
    for block in &blocks[first..] {
        let Some(options) = lettered(block) else { break };
        texts.extend(options);
        last += 1;
    }
    let Some(letters) = texts.len().ge(&2).then(|| answer_letters(&blocks[last..])).flatten() else {
        return Err(blocks);
    };
    let options: Vec<ChoiceOption> = texts
        .into_iter()
        .enumerate()
        .map(|(index, text)| ChoiceOption {
            text,
            right: letters.contains(&char::from(b'A' + index as u8)),
            explanation: Document::default(),
        })
        .collect();
    if !options.iter().any(|option| option.right) {
        let named = letters.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
        let last = letter(options.len() - 1);
        let message = Saying::of("remark-letter").with("named", named).with("last", last);
        remarks.add(at, Code::NoRightOption, message);
        return Err(blocks);
    }
    let mut body = blocks;
    let behind = body.split_off(last);
    body.truncate(first);
    let answer = unfold(behind);
    let choice = Choice {
        prompt: Document::default(),
        options,
        explanation: Document::from(answer.clone()),
        lettered: true,
    };
    Ok(Options { body, answer, choice })
}

/// The options in a block: a list of lettered items, or a paragraph of lettered lines.
fn lettered(block: &Block) -> Option<Vec<Document>> {
    match block {
        Block::List { items, .. } => items
            .iter()
            .map(|item| {
                // Nearly every list is none of options: look before copying.
                if !matches!(item.blocks.first(), Some(Block::Paragraph(text)) if is_lettered(text)) {
                    return None;
                }
                let mut blocks = item.blocks.clone();
                if let Some(Block::Paragraph(text)) = blocks.first_mut() {
                    strip_letter(text);
                }
                blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.is_empty()));
                Some(Document::from(blocks))
            })
            .collect(),
        Block::Paragraph(text) => text
            .split(|inline| *inline == Inline::Break)
            .map(|line| {
                is_lettered(line).then(|| {
                    let mut line = line.to_vec();
                    strip_letter(&mut line);
                    Document::from(vec![Block::Paragraph(line)])
                })
            })
            .collect(),
        _ => None,
    }
}

/// Whether a line begins with `A. ` or its like.
fn is_lettered(line: &[Inline]) -> bool {
    matches!(line.first(), Some(Inline::Text(first)) if begins_option(first))
}

/// Takes `A. ` off the beginning of a lettered line.
fn strip_letter(line: &mut Vec<Inline>) {
    let Some(Inline::Text(first)) = line.first_mut() else { return };
    let rest: String = first.chars().skip(2).collect();
    *first = rest.trim_start().to_owned();
    if first.is_empty() {
        line.remove(0);
    }
}

/// The letters behind `Answer:` in the blocks after the options.
fn answer_letters(blocks: &[Block]) -> Option<Vec<char>> {
    let text = Document::from(blocks.to_vec()).plain();
    let lower = text.to_lowercase();
    let labels = ["correct answer", "answer", "正确答案", "参考答案", "答案"];
    labels.iter().find_map(|label| {
        lower.match_indices(label).find_map(|(at, _)| {
            let behind = text
                .get(at + label.len()..)?
                .trim_start_matches([' ', ':', '：', '\n', '*', '选', '是', 's', '(', '（'])
                .trim_start_matches("is ");
            let letters = named_letters(behind);
            (!letters.is_empty()).then_some(letters)
        })
    })
}

/// The letters at the beginning of a text: `C`, `AC`, `A, C`, `A 和 C`, `A and C`; no word such as `BERT`.
fn named_letters(text: &str) -> Vec<char> {
    let mut letters = Vec::new();
    let mut rest = text;
    loop {
        let (run, behind) = rest.split_at(ascii_run(rest));
        if run.is_empty() || !run.chars().all(|c| matches!(c, 'A'..='H')) {
            break;
        }
        // "A good model …" is an article, "A because …" is a letter.
        let word = behind.strip_prefix(' ').map(|behind| &behind[..ascii_run(behind)]).unwrap_or_default();
        let goes_on = word.is_empty()
            || !word.starts_with(|c: char| c.is_ascii_lowercase())
            || ["and", "because", "since", "as", "is"].contains(&word);
        if run == "A" && !goes_on {
            break;
        }
        letters.extend(run.chars());
        let behind = behind.trim_start_matches([' ', ',', '、', '，', '&', '/', ';', '；', '+', '和', '与']);
        rest = behind.strip_prefix("and ").unwrap_or(behind).trim_start();
    }
    letters
}

/// How many bytes of letters and digits a text begins with.
fn ascii_run(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len())
}

/// What a fold around the answer holds, without the fold.
fn unfold(blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Details { summary, blocks } => {
                // A bare "Answer" on the fold says nothing; "Answer: C" does.
                if plain(&summary).contains([':', '：']) {
                    out.push(Block::Paragraph(summary));
                }
                out.extend(blocks);
            }
            block => out.push(block),
        }
    }
    out
}
