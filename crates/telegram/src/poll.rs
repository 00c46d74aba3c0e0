//! Native quiz polls, and the decision which questions become one.
//!
//! Telegram shows, counts and explains a poll by itself, so whatever fits its limits goes out as one. The rest
//! becomes a message with a keyboard.

use viva_core::document::{Block, Document, Inline, plain};
use viva_core::reply::{Asked, ShownOption, Task};

use crate::html::{self, fits};
use crate::limits::{
    POLL_DESCRIPTION, POLL_EXPLANATION, POLL_EXPLANATION_LINES, POLL_OPEN, POLL_OPTION, POLL_OPTIONS,
    POLL_QUESTION,
};

/// A choice as Telegram's own poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// What is asked.
    pub question: String,
    /// What stands above it, as HTML; may be empty.
    pub description: String,
    /// What can be chosen, in the order that the round keeps.
    pub options: Vec<String>,
    /// The places of the right ones, rising.
    pub right: Vec<usize>,
    /// What is shown to those who voted; may be empty.
    pub explanation: String,
    /// How long it is open, in seconds.
    pub seconds: Option<i64>,
}

/// The poll that a question becomes; `None` if it does not fit one or is no choice.
#[must_use]
pub fn poll(
    asked: &Asked,
    solution: &[ShownOption],
    explanation: &Document,
    seconds: Option<i64>,
) -> Option<Poll> {
    let Task::Choice { prompt, options, .. } = &asked.task else { return None };
    if !POLL_OPTIONS.contains(&options.len()) || solution.len() != options.len() || asked.lacks.is_some() {
        return None;
    }
    let options: Vec<String> =
        options.iter().map(|option| short(option, POLL_OPTION)).collect::<Option<_>>()?;
    let title = words(&asked.title).filter(|title| fits(title, POLL_QUESTION))?;
    // Where the title does not ask what is to be chosen, the prompt does, and the title stands above it.
    let (question, mut above) = match short(prompt, POLL_QUESTION) {
        _ if prompt.is_empty() => (title, Document::default()),
        Some(prompt) => {
            (prompt, Document::from(vec![Block::Paragraph(vec![Inline::Strong(asked.title.clone())])]))
        }
        None => (title, prompt.clone()),
    };
    above.blocks.extend(asked.body.blocks.iter().cloned());
    let description = html::text(&above);
    if html::length(&description) > POLL_DESCRIPTION {
        return None;
    }
    let right: Vec<usize> = (0..solution.len()).filter(|&at| solution[at].right).collect();
    if right.is_empty() {
        return None;
    }
    Some(Poll {
        question,
        description,
        options,
        explanation: told(solution, &right, explanation),
        right,
        seconds: seconds.map(|seconds| seconds.clamp(*POLL_OPEN.start(), *POLL_OPEN.end())),
    })
}

/// Why the right options are right, as far as it fits.
fn told(solution: &[ShownOption], right: &[usize], explanation: &Document) -> String {
    let of_right = right.iter().map(|&at| &solution[at].explanation);
    let parts: Vec<String> = std::iter::once(explanation)
        .chain(of_right)
        .filter(|part| !part.is_empty())
        .map(|part| part.blocks.iter().map(one_line).collect::<Vec<_>>().join(" "))
        .take(POLL_EXPLANATION_LINES)
        .collect();
    crate::limits::fit(&parts.join("\n"), POLL_EXPLANATION)
}

fn one_line(block: &Block) -> String {
    match block {
        Block::Paragraph(inlines) => html::bare(inlines),
        other => Document::from(vec![other.clone()]).plain().split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// A document of one paragraph that loses nothing as plain text of at most `limit` units.
fn short(document: &Document, limit: usize) -> Option<String> {
    match &document.blocks[..] {
        [Block::Paragraph(inlines)] => words(inlines).filter(|text| fits(text, limit)),
        _ => None,
    }
}

/// Inlines as plain text, unless code, a picture or a formula would suffer.
fn words(inlines: &[Inline]) -> Option<String> {
    let suffers = |inline: &Inline| match inline {
        Inline::Code(_) | Inline::Image { .. } | Inline::Break => true,
        Inline::Formula(tex) => !viva_core::formula::inline(tex).faithful,
        _ => false,
    };
    fn all<'i>(inlines: &'i [Inline], out: &mut Vec<&'i Inline>) {
        for inline in inlines {
            out.push(inline);
            all(inline.children().unwrap_or_default(), out);
        }
    }
    let mut every = Vec::new();
    all(inlines, &mut every);
    let text = html::bare(inlines);
    (!every.into_iter().any(suffers) && !plain(inlines).trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use viva_core::bank::QuestionId;
    use viva_core::ids::RoundId;

    use super::*;

    fn document(text: &str) -> Document {
        Document::from(vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])])
    }

    /// A question, its options and what explains it; which of its parts fit a poll is up to a test.
    fn made(title: &str, options: &[Document], explanation: &str, body: &str) -> Option<Poll> {
        let asked = Asked {
            round: RoundId(1),
            question: QuestionId("q".to_owned()),
            title: vec![Inline::Text(title.to_owned())],
            body: if body.is_empty() { Document::default() } else { document(body) },
            difficulty: None,
            task: Task::Choice { prompt: Document::default(), options: options.to_vec(), several: false },
            lacks: None,
        };
        let solution: Vec<ShownOption> = options
            .iter()
            .enumerate()
            .map(|(at, text)| ShownOption {
                letter: 'A',
                text: text.clone(),
                right: at == 1,
                chosen: false,
                explanation: Document::default(),
            })
            .collect();
        poll(&asked, &solution, &document(explanation), Some(3_600))
    }

    fn some(count: usize) -> Vec<Document> {
        (0..count).map(|at| document(&format!("option {at}"))).collect()
    }

    #[test]
    fn a_choice_becomes_a_poll_up_to_each_limit() {
        let wide = |length: usize| vec![document(&"x".repeat(length)), document("y")];
        let code = vec![
            Document::from(vec![Block::Paragraph(vec![Inline::Code("f(x)".to_owned())])]),
            document("y"),
        ];
        let formula = |tex: &str| {
            vec![Document::from(vec![Block::Paragraph(vec![Inline::Formula(tex.to_owned())])]), document("y")]
        };
        for (what, poll, fits) in [
            ("a title at its limit", made(&"t".repeat(POLL_QUESTION), &some(4), "", ""), true),
            ("a title past it", made(&"t".repeat(POLL_QUESTION + 1), &some(4), "", ""), false),
            ("two options", made("t", &some(2), "", ""), true),
            ("one option", made("t", &some(1), "", ""), false),
            ("twelve options", made("t", &some(12), "", ""), true),
            ("thirteen options", made("t", &some(13), "", ""), false),
            ("an option at its limit", made("t", &wide(POLL_OPTION), "", ""), true),
            ("an option past it", made("t", &wide(POLL_OPTION + 1), "", ""), false),
            (
                "an option of emoji past it in units",
                made("t", &[document(&"🙂".repeat(51)), document("y")], "", ""),
                false,
            ),
            ("a body at its limit", made("t", &some(2), "", &"b".repeat(POLL_DESCRIPTION)), true),
            ("a body past it", made("t", &some(2), "", &"b".repeat(POLL_DESCRIPTION + 1)), false),
            ("code in an option", made("t", &code, "", ""), false),
            ("a formula that is text", made("t", &formula("x^2"), "", ""), true),
            (
                "a formula that is not",
                made("t", &formula("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}"), "", ""),
                false,
            ),
        ] {
            assert_eq!(poll.is_some(), fits, "{what}");
        }
    }

    #[test]
    fn what_explains_is_cut_and_the_right_places_are_told() {
        let poll = made("t", &some(3), &"word ".repeat(100), "").unwrap();
        assert_eq!(poll.right, [1]);
        assert!(fits(&poll.explanation, POLL_EXPLANATION) && poll.explanation.ends_with('…'));
    }
}
