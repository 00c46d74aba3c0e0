//! Cards: a round as everybody sees it, while it is open and once it is over.

use viva_album::{Drawn, Subject, wanted_inline};
use viva_core::choice::letter;
use viva_core::document::{Document, plain};
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::reply::{Asked, Card, Outcome, Task};
use viva_core::texts::Texts;

use crate::components::{Component, Control, SelectOption, Style};
use crate::limits::{FILES, OPTION_LABEL, ROW_BUTTONS, SELECT_OPTIONS, fit};
use crate::markdown::{self, TABLE_WIDTH, escape};
use viva_core::press::Press;

/// The colours of frames; they hold up on dark and on light.
pub(crate) mod colour {
    pub(crate) const OPEN: u32 = 0x33_66_cc;
    pub(crate) const OVER: u32 = 0x8a_94_a6;
    pub(crate) const RIGHT: u32 = 0x1f_8a_5b;
    pub(crate) const PARTLY: u32 = 0xd9_73_0d;
    pub(crate) const WRONG: u32 = 0xc6_28_28;
}

/// Characters of a body beside options.
const BODY: usize = 700;
/// Pictures of a body beside options; one more may be the title's.
const BODY_FILES: usize = 4;
/// Pictures of options and what stands before them.
const CHOICE_FILES: usize = FILES - BODY_FILES - 1;
/// Characters of a title that a card shows.
const TITLE: usize = 500;
/// Characters of the prompt above options that a card shows.
const PROMPT: usize = 700;
/// Characters of all options up to which a card shows them whole. Title, body, prompt and options leave some hundred of
/// what a message may hold for all else.
const OPTIONS_TEXT: usize = 1_700;
/// Characters that one option is cut to where all together are too long.
const OPTION_TEXT: usize = 240;

/// What a card wants to have drawn.
#[must_use]
pub fn wanted(card: &Card) -> Vec<Subject> {
    let mut subjects = wanted_inline(&card.asked.title);
    subjects.extend(viva_album::wanted(&card.asked.body, TABLE_WIDTH));
    if let Task::Choice { prompt, options, .. } = &card.asked.task {
        subjects.extend(viva_album::wanted(prompt, TABLE_WIDTH));
        subjects.extend(options.iter().flat_map(|option| viva_album::wanted(option, TABLE_WIDTH)));
    }
    subjects
}

/// A round as its message shows it.
#[must_use]
pub fn card(card: &Card, drawn: &Drawn) -> Vec<Component> {
    let texts = Texts::of(card.language);
    let mut parts = question(&card.asked, card.language, drawn);
    let mut pictured = Vec::new();
    if let Task::Choice { prompt, options, .. } = &card.asked.task {
        let pictures = markdown::pictures(prompt, "", drawn).into_iter();
        let of_options = options
            .iter()
            .enumerate()
            .flat_map(|(place, option)| markdown::pictures(option, &format!("{}: ", letter(place)), drawn));
        pictured.extend(pictures.chain(of_options).take(CHOICE_FILES));
    }
    let round = card.asked.round;
    match &card.outcome {
        None => {
            parts.extend(controls(&card.asked, pictured, card.language));
            let mut small = vec![texts.tell("card-answered", [("count", card.answered.into())])];
            if let Some(end) = card.closes_at {
                let end = format!("<t:{}:R>", end.as_second());
                small.push(texts.tell("card-closes", [("when", end.into())]));
            }
            parts.push(Component::text(format!("-# {}", small.join(" · "))));
            vec![Component::container(Some(colour::OPEN), parts)]
        }
        Some(outcome) => {
            parts.extend(ended(card, outcome, pictured));
            let full =
                Control::button(Style::Primary, texts.say("button-full-answer"), &Press::Show(round, 0));
            let another = Control::button(Style::Secondary, texts.say("button-another"), &Press::Another);
            parts.push(Component::row(vec![full, another]));
            vec![Component::container(Some(colour::OVER), parts)]
        }
    }
}

/// The title and what stands below it; of a long one the first page, with a way to the rest.
fn question(asked: &Asked, language: Language, drawn: &Drawn) -> Vec<Component> {
    let texts = Texts::of(language);
    let mut parts = Vec::new();
    if let Some(mode) = asked.lacks {
        parts.push(Component::text(format!(
            "-# {}",
            texts.tell("mode-missing", [("mode", mode.name().into())])
        )));
    }
    let mut title = format!("### {}", fit(&markdown::line(&asked.title), TITLE));
    if let Some(grade) = asked.difficulty {
        title += &format!("\n-# {}", texts.tell("difficulty", [("grade", grade.into())]));
    }
    parts.push(Component::text(title));
    parts.extend(markdown::pictures_of_line(&asked.title, drawn).into_iter().take(1));
    // A body beside options has less room than an answer that stands alone.
    let mut pages = markdown::pages_of(&asked.body, BODY, BODY_FILES, drawn);
    if !pages.is_empty() {
        let more = pages.len() > 1;
        parts.append(&mut pages[0]);
        if more {
            let read_on = Control::button(
                Style::Secondary,
                texts.say("button-read-on"),
                &Press::ReadOn(asked.round, 0),
            );
            parts.push(Component::row(vec![read_on]));
        }
    }
    parts
}

/// The options with their pictures, and what can be pressed.
fn controls(asked: &Asked, pictured: Vec<Component>, language: Language) -> Vec<Component> {
    let texts = Texts::of(language);
    let round = asked.round;
    let button = |style, key: &str, press: Press| Control::button(style, texts.say(key), &press);
    let end = button(Style::Secondary, "button-end", Press::End(round));
    let hint = button(Style::Secondary, "button-hint", Press::Hint(round));
    match &asked.task {
        Task::Reveal => vec![
            Component::text(texts.say("card-reveal")),
            Component::row(vec![
                button(Style::Primary, "button-show-me", Press::Show(round, 0)),
                button(Style::Secondary, "button-show-all", Press::ShowAll(round)),
                end,
            ]),
        ],
        Task::Typed { needed } => vec![
            Component::text(texts.tell("card-typed", [("points", (*needed).into())])),
            Component::row(vec![button(Style::Primary, "button-answer", Press::Write(round)), hint, end]),
        ],
        Task::Choice { prompt, options, several } => {
            let mut parts = Vec::new();
            if !prompt.is_empty() {
                parts.push(Component::text(fit(&markdown::text(prompt), PROMPT)));
            }
            parts.push(Component::text(listed(options)));
            parts.extend(pictured);
            if *several || options.len() > ROW_BUTTONS {
                let menu = menu(round, options, *several, language);
                parts.push(Component::row(vec![menu]));
            } else {
                let letters = (0..options.len()).map(|place| {
                    Control::button(Style::Primary, letter(place).to_string(), &Press::Choose(round, place))
                });
                parts.push(Component::row(letters.collect()));
            }
            parts.push(Component::row(vec![hint, end]));
            parts
        }
    }
}

/// The options behind their letters; very long ones are cut, and whole in the full answer.
fn listed(options: &[Document]) -> String {
    let texts: Vec<String> = options.iter().map(markdown::text).collect();
    let long = texts.iter().map(|text| text.chars().count()).sum::<usize>() > OPTIONS_TEXT;
    let lines = options.iter().zip(texts).enumerate().map(|(place, (option, text))| {
        let text = if long { escape(&fit(&option.plain(), room_of(options.len()))) } else { text };
        behind(&format!("**{}**", letter(place)), &text)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Characters of one of so many options, where all together are too long.
fn room_of(options: usize) -> usize {
    OPTION_TEXT.min(OPTIONS_TEXT / options.max(1))
}

/// A text behind a mark; one of several lines begins on a line of its own.
fn behind(mark: &str, text: &str) -> String {
    if text.starts_with("```") || text.contains("\n```") {
        format!("{mark}\n{text}")
    } else {
        format!("{mark}  {text}")
    }
}

fn menu(round: RoundId, options: &[Document], several: bool, language: Language) -> Control {
    let entries: Vec<SelectOption> = options
        .iter()
        .take(SELECT_OPTIONS)
        .enumerate()
        .map(|(place, option)| SelectOption {
            label: fit(&format!("{}  {}", letter(place), one_line(option)), OPTION_LABEL),
            value: place.to_string(),
            description: None,
        })
        .collect();
    let key = if several { "choose-several" } else { "choose-one" };
    let placeholder = Texts::of(language).say(key);
    match Control::select(&Press::ChooseSeveral(round), placeholder, entries) {
        Control::Select { r#type, custom_id, placeholder, min_values, options, .. } => {
            let max_values = if several { options.len() } else { 1 };
            Control::Select { r#type, custom_id, placeholder, min_values, max_values, options }
        }
        button @ Control::Button { .. } => button,
    }
}

/// A document on one line of plain text.
pub(crate) fn one_line(document: &Document) -> String {
    let inline = document.blocks.iter().map(|block| match block {
        viva_core::document::Block::Paragraph(inlines) => shown(inlines),
        other => Document::from(vec![other.clone()]).plain(),
    });
    inline.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Inlines as plain text, formulas in Unicode.
pub(crate) fn shown(inlines: &[viva_core::document::Inline]) -> String {
    use viva_core::document::Inline;
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Formula(tex) => viva_core::formula::inline(tex).text,
            other => match other.children() {
                Some(inner) => shown(inner),
                None => plain(std::slice::from_ref(other)),
            },
        })
        .collect()
}

/// How a round ended.
fn ended(card: &Card, outcome: &Outcome, pictured: Vec<Component>) -> Vec<Component> {
    let texts = Texts::of(card.language);
    let mut parts = Vec::new();
    if let Task::Choice { prompt, .. } = &card.asked.task
        && !prompt.is_empty()
    {
        parts.push(Component::text(fit(&markdown::text(prompt), PROMPT)));
    }
    if !outcome.options.is_empty() {
        let long =
            outcome.options.iter().map(|option| option.text.plain().len()).sum::<usize>() > OPTIONS_TEXT;
        let lines = outcome.options.iter().zip(&outcome.votes).map(|(option, votes)| {
            let mark = if option.right { "✅" } else { "▫️" };
            let text = if long {
                escape(&fit(&option.text.plain(), room_of(outcome.options.len())))
            } else {
                markdown::text(&option.text)
            };
            let votes = texts.tell("card-votes", [("count", (*votes).into())]);
            behind(&format!("{mark} **{}** · {votes}", option.letter), &text)
        });
        parts.push(Component::text(lines.collect::<Vec<_>>().join("\n")));
    }
    parts.extend(pictured);
    let mut small =
        vec![texts.tell("card-over", [("answered", card.answered.into()), ("right", outcome.right.into())])];
    if let Some(first) = &outcome.first {
        small.push(texts.tell("card-first", [("name", escape(first).into())]));
    }
    parts.push(Component::text(format!("-# {}", small.join(" · "))));
    parts
}

/// What an open round says, page by page, for whoever wants to read all of it.
#[must_use]
pub fn question_pages(asked: &Asked, drawn: &Drawn) -> Vec<Vec<Component>> {
    let mut whole = asked.body.clone();
    if let Task::Choice { prompt, .. } = &asked.task {
        whole.blocks.extend(prompt.blocks.iter().cloned());
    }
    markdown::pages(&whole, drawn)
}
