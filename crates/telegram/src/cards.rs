//! Cards: a round as a message with a keyboard, while it is open and once it is over; and as a poll.

use viva_album::{Drawn, Subject};
use viva_core::choice::letter;
use viva_core::document::Document;
use viva_core::language::Language;
use viva_core::press::Press;
use viva_core::reply::{Asked, Card, Outcome, Task};
use viva_core::texts::Texts;

use crate::html::{self, Page, escape, name};
use crate::limits::{MESSAGE, POLL_DESCRIPTION, fit};
use crate::messages::{Said, button, lead, one_line};
use crate::payloads::{Keyboard, PollOption, SendPoll};
use crate::poll::Poll;
use crate::shots::{self, Shot};

/// Units of a card's body; a longer one goes on in the full answer's chat.
const BODY: usize = 1_800;
/// Units of all options together up to which a card shows them whole.
const OPTIONS: usize = 1_200;
/// Units that one option is cut to where all together are too long.
const OPTION: usize = 90;
/// Buttons in a row.
const ROW: usize = 6;

/// Where a card stands: buttons can't answer one person alone in a group, so they lead to a private chat.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// The bot's name, for links to it.
    pub bot: &'a str,
    /// Whether nobody else is there.
    pub private: bool,
}

/// A round as its message shows it, with `above` before it.
#[must_use]
pub fn card(card: &Card, above: &str, stage: Stage<'_>, drawn: &Drawn) -> Said {
    let texts = Texts::of(card.language);
    let mut parts: Vec<String> = Vec::new();
    if !above.is_empty() {
        parts.push(above.to_owned());
    }
    let mut shots = shots::of_title(&card.asked.title, drawn);
    parts.extend(question(&card.asked, card.language, drawn, &mut shots));
    let said = match &card.outcome {
        None => {
            parts.extend(task(&card.asked, card.language, drawn, &mut shots));
            let answered = texts.tell("card-answered", [("count", card.answered.into())]);
            if !stage.private {
                parts.push(format!("<i>{}</i>", escape(&answered)));
            }
            Said {
                html: parts.join("\n\n"),
                rows: rows(&card.asked, card.language, stage),
                shots,
                cover: None,
            }
        }
        Some(outcome) => {
            parts.extend(ended(card, outcome, drawn, &mut shots));
            Said { html: parts.join("\n\n"), rows: rows_over(card, stage), shots, cover: None }
        }
    };
    if html::length(&said.html) <= MESSAGE {
        return said;
    }
    // Whatever is too long is cut to its words; the whole stands in the full answer.
    let short = format!(
        "<b>{}</b>\n\n{}",
        crate::messages::title(&card.asked.title),
        escape(&fit(&one_line(&card.asked.body), 900))
    );
    Said { html: short, shots: Vec::new(), ..said }
}

/// The title and what stands below it.
fn question(asked: &Asked, language: Language, drawn: &Drawn, shots: &mut Vec<Shot>) -> Vec<String> {
    let texts = Texts::of(language);
    let mut parts = Vec::new();
    if let Some(mode) = asked.lacks {
        parts.push(format!("<i>{}</i>", escape(&texts.tell("mode-missing", [("mode", mode.name().into())]))));
    }
    let mut title = format!("❓ <b>{}</b>", crate::messages::title(&asked.title));
    if let Some(grade) = asked.difficulty {
        title += &format!("\n<i>{}</i>", escape(&texts.tell("difficulty", [("grade", grade.into())])));
    }
    parts.push(title);
    let mut pages = html::pages_of(&asked.body, BODY, drawn, shots.len() + 1);
    if !pages.is_empty() {
        let more = pages.len() > 1;
        let mut first = pages.swap_remove(0);
        first.html += if more { " …" } else { "" };
        parts.push(first.html);
        shots.extend(first.shots);
    }
    parts
}

/// What is to be done, and the options.
fn task(asked: &Asked, language: Language, drawn: &Drawn, shots: &mut Vec<Shot>) -> Vec<String> {
    let texts = Texts::of(language);
    match &asked.task {
        Task::Reveal => vec![escape(&texts.say("card-reveal"))],
        Task::Typed { needed } => {
            vec![escape(&texts.tell("telegram-card-typed", [("points", (*needed).into())]))]
        }
        Task::Choice { prompt, options, several } => {
            let mut parts = Vec::new();
            if !prompt.is_empty() {
                parts.push(shown(prompt, drawn, shots));
            }
            parts.push(listed(options, drawn, shots));
            if *several {
                parts.push(escape(&texts.say("telegram-card-letters")));
            }
            parts
        }
    }
}

/// What stands before the options.
fn shown(prompt: &Document, drawn: &Drawn, shots: &mut Vec<Shot>) -> String {
    let page = html::pictured(prompt, drawn, shots.len() + 1);
    shots.extend(page.shots);
    html::fit(&page.html, &one_line(prompt), 900)
}

/// The options behind their letters; very long ones are cut, and whole in the full answer.
fn listed(options: &[Document], drawn: &Drawn, shots: &mut Vec<Shot>) -> String {
    let mut texts = Vec::new();
    for option in options {
        let page = html::pictured(option, drawn, shots.len() + 1);
        shots.extend(page.shots);
        texts.push(page.html);
    }
    let long = texts.iter().map(|text| html::length(text)).sum::<usize>() > OPTIONS;
    let lines = options.iter().zip(texts).enumerate().map(|(place, (option, text))| {
        let text = if long { escape(&fit(&one_line(option), OPTION)) } else { text };
        behind(&format!("<b>{}</b>", letter(place)), &text)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A text behind a mark; a listing begins on a line of its own.
fn behind(mark: &str, text: &str) -> String {
    if text.starts_with("<pre>") { format!("{mark}\n{text}") } else { format!("{mark}  {text}") }
}

/// What can be pressed while a round is open.
fn rows(asked: &Asked, language: Language, stage: Stage<'_>) -> Vec<Vec<crate::payloads::Button>> {
    let texts = Texts::of(language);
    let round = asked.round;
    let say = |key: &str, press: Press| button(texts.say(key), &press);
    let mut said = Said::default();
    if question_pages(asked, &Drawn::in_words()).len() > 1 {
        let rest = match stage.private {
            true => say("button-read-on", Press::ReadOn(round, 1)),
            false => lead(texts.say("button-read-on"), stage.bot, &format!("b_{round}")),
        };
        said = said.row(vec![rest]);
    }
    match &asked.task {
        Task::Reveal => {
            let show = if stage.private {
                say("button-show-me", Press::Show(round, 0))
            } else {
                lead(texts.say("button-show-me"), stage.bot, &format!("a_{round}"))
            };
            let all = if stage.private { None } else { say("button-show-all", Press::ShowAll(round)) };
            said = said.row(vec![show, all]);
        }
        Task::Typed { .. } => {}
        Task::Choice { options, several, .. } => {
            if !several {
                let places: Vec<usize> = (0..options.len()).collect();
                for row in places.chunks(ROW) {
                    let letters =
                        row.iter().map(|&at| button(letter(at).to_string(), &Press::Choose(round, at)));
                    said = said.row(letters.collect());
                }
            }
        }
    }
    let hint = if asked.task == Task::Reveal { None } else { say("button-hint", Press::Hint(round)) };
    said.row(vec![hint, say("button-end", Press::End(round))]).rows
}

/// What can be pressed once it is over.
fn rows_over(card: &Card, stage: Stage<'_>) -> Vec<Vec<crate::payloads::Button>> {
    let texts = Texts::of(card.language);
    let round = card.asked.round;
    let full = if stage.private {
        button(texts.say("button-full-answer"), &Press::Show(round, 0))
    } else {
        lead(texts.say("button-full-answer"), stage.bot, &format!("a_{round}"))
    };
    Said::default().row(vec![full, button(texts.say("button-another"), &Press::Another)]).rows
}

/// The buttons under a poll; `None` in a channel, where nobody plays.
#[must_use]
pub fn poll_keyboard(card: &Card, stage: Stage<'_>) -> Keyboard {
    let rows = match &card.outcome {
        None => {
            let texts = Texts::of(card.language);
            let round = card.asked.round;
            let row = vec![
                button(texts.say("button-hint"), &Press::Hint(round)),
                button(texts.say("button-end"), &Press::End(round)),
            ];
            Said::default().row(row).rows
        }
        Some(_) => rows_over(card, stage),
    };
    Keyboard { inline_keyboard: rows }
}

/// A poll on its way, with `above` in its description; `None` if that leaves no room for it.
#[must_use]
pub fn poll_message(poll: &Poll, above: &str, chat: (i64, Option<i64>), anonymous: bool) -> Option<SendPoll> {
    let parts: Vec<&str> = [above, &poll.description].into_iter().filter(|part| !part.is_empty()).collect();
    let description = parts.join("\n\n");
    if html::length(&description) > POLL_DESCRIPTION {
        return None;
    }
    Some(SendPoll {
        chat_id: chat.0,
        message_thread_id: chat.1,
        question: poll.question.clone(),
        options: poll.options.iter().map(|text| PollOption { text: text.clone() }).collect(),
        is_anonymous: anonymous,
        r#type: "quiz",
        allows_multiple_answers: poll.right.len() > 1,
        correct_option_ids: poll.right.clone(),
        explanation: poll.explanation.clone(),
        description_parse_mode: (!description.is_empty()).then_some("HTML"),
        description,
        open_period: poll.seconds,
        disable_notification: false,
        reply_markup: None,
    })
}

/// How a round ended.
fn ended(card: &Card, outcome: &Outcome, drawn: &Drawn, shots: &mut Vec<Shot>) -> Vec<String> {
    let texts = Texts::of(card.language);
    let mut parts = Vec::new();
    if let Task::Choice { prompt, .. } = &card.asked.task
        && !prompt.is_empty()
    {
        parts.push(shown(prompt, drawn, shots));
    }
    if !outcome.options.is_empty() {
        let long =
            outcome.options.iter().map(|option| html::length(&html::text(&option.text))).sum::<usize>()
                > OPTIONS;
        let lines = outcome.options.iter().zip(&outcome.votes).map(|(option, votes)| {
            let mark = if option.right { "✅" } else { "▫️" };
            let page = html::pictured(&option.text, drawn, shots.len() + 1);
            shots.extend(page.shots);
            let text = if long { escape(&fit(&one_line(&option.text), OPTION)) } else { page.html };
            let votes = texts.tell("card-votes", [("count", (*votes).into())]);
            behind(&format!("{mark} <b>{}</b> · {votes}", option.letter), &text)
        });
        parts.push(lines.collect::<Vec<_>>().join("\n"));
    }
    let over = texts.tell("card-over", [("answered", card.answered.into()), ("right", outcome.right.into())]);
    let mut small = vec![escape(&over)];
    if let Some(first) = &outcome.first {
        small.push(texts.tell("card-first", [("name", name(first).into())]));
    }
    parts.push(format!("<i>{}</i>", small.join(" · ")));
    parts
}

/// What stands below a question's title, page by page; a card shows the first.
#[must_use]
pub fn question_pages(asked: &Asked, drawn: &Drawn) -> Vec<Page> {
    html::pages_of(&asked.body, BODY, drawn, shots::of_title(&asked.title, drawn).len() + 1)
}

/// What a card wants to have drawn.
#[must_use]
pub fn wanted(asked: &Asked) -> Vec<Subject> {
    let mut documents = vec![&asked.body];
    if let Task::Choice { prompt, options, .. } = &asked.task {
        documents.push(prompt);
        documents.extend(options);
    }
    shots::wanted(&asked.title, &documents)
}
