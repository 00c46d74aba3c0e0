//! Replies as Telegram messages.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use viva_album::charts::Chart;
use viva_album::{Drawn, Plate};
use viva_core::document::{Block, Document, Inline, plain};
use viva_core::ids::{LearnerId, RoundId};
use viva_core::language::Language;
use viva_core::press::{Press, Setting};
use viva_core::reply::{Graded, Hint, Record, Revealed, Settings, Suggested};
use viva_core::score::{Recall, Window};
use viva_core::store::{Push, PushState, Schedule, Standings};
use viva_core::texts::Texts;
use viva_core::viva::Yesterday;

use crate::html::{self, Page, escape, name};
use crate::limits::{CALLBACK_ANSWER, CALLBACK_DATA, MESSAGE, fit};
use crate::payloads::{Button, Does, Keyboard, SendMessage};
use crate::shots::{self, Seen, Shot};

/// Rows of a leaderboard's page.
const ROWS: u64 = 10;
/// Units of a title that stands above something else.
const TITLE: usize = 300;
/// Buttons of topics or questions in one message.
const ENTRIES: usize = 40;

/// A message on its way: HTML, and buttons under it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The text.
    pub html: String,
    /// The buttons, row by row; those that Telegram could not carry are left out.
    pub rows: Vec<Vec<Button>>,
    /// A picture above the text.
    pub cover: Option<Arc<Plate>>,
    /// The pictures that follow.
    pub shots: Vec<Shot>,
}

impl Said {
    /// A text with no buttons.
    #[must_use]
    pub fn word(html: impl Into<String>) -> Self {
        Self { html: html.into(), ..Self::default() }
    }

    /// A text of Viva's own.
    #[must_use]
    pub fn own(key: &str, language: Language) -> Self {
        Self::word(escape(&own_words(key, language)))
    }

    /// The same with one more row of buttons.
    #[must_use]
    pub fn row(mut self, buttons: Vec<Option<Button>>) -> Self {
        let buttons: Vec<_> = buttons.into_iter().flatten().collect();
        if !buttons.is_empty() {
            self.rows.push(buttons);
        }
        self
    }

    /// The buttons, if there are any.
    #[must_use]
    pub fn keyboard(&self) -> Option<Keyboard> {
        (!self.rows.is_empty()).then(|| Keyboard { inline_keyboard: self.rows.clone() })
    }

    /// As it is sent to a chat.
    #[must_use]
    pub fn to(&self, chat_id: i64, message_thread_id: Option<i64>) -> SendMessage {
        SendMessage {
            chat_id,
            message_thread_id,
            text: self.html.clone(),
            parse_mode: "HTML",
            reply_markup: self.keyboard(),
            ..SendMessage::default()
        }
    }
}

/// A text of Viva's own without marks around commands, which Telegram makes links of by itself.
#[must_use]
pub fn own_words(key: &str, language: Language) -> String {
    Texts::of(language).say(key).replace('`', "")
}

/// A button that tells Viva something; `None` if Telegram could not carry it back.
#[must_use]
pub fn button(text: impl Into<String>, press: &Press) -> Option<Button> {
    let data = press.to_string();
    (data.len() <= CALLBACK_DATA)
        .then(|| Button { text: fit(&text.into(), 64), does: Does::CallbackData(data) })
}

/// A button that leads to a private chat with Viva, where `start` says what for.
#[must_use]
pub fn lead(text: impl Into<String>, bot: &str, start: &str) -> Option<Button> {
    Some(Button { text: text.into(), does: Does::Url(format!("https://t.me/{bot}?start={start}")) })
}

/// The verdict on an answer that was given by a reply.
#[must_use]
pub fn graded(graded: &Graded, round: RoundId, private: bool, language: Language) -> Said {
    let texts = Texts::of(language);
    let (verdict, earned) = texts.verdict(graded);
    let mut lines = vec![if earned.is_empty() {
        escape(&verdict)
    } else {
        format!("<b>{}</b>{}{}", escape(&verdict), texts.say("gap"), escape(&earned))
    }];
    for option in &graded.options {
        let mark = if option.right { "✅" } else { "▫️" };
        let chosen = if option.chosen {
            format!(" ← <b>{}</b>", escape(&texts.say("your-answer")))
        } else {
            String::new()
        };
        lines.push(format!("{mark} <b>{}</b>  {}{chosen}", option.letter, html::text(&option.text)));
        if (option.right || option.chosen) && !option.explanation.is_empty() {
            lines.push(format!("<i>{}</i>", escape(&one_line(&option.explanation))));
        }
    }
    for (key, mark, phrases) in [("points-hit", "✅", &graded.hit), ("points-missed", "▫️", &graded.missed)]
    {
        if !phrases.is_empty() {
            lines.push(format!("<b>{}</b>", escape(&texts.say(key))));
            // Others may still want to answer: what is missing is not shown to them by accident.
            let hide = key == "points-missed" && !private;
            let shown = phrases.iter().map(|phrase| match hide {
                true => format!("{mark} <tg-spoiler>{}</tg-spoiler>", escape(phrase)),
                false => format!("{mark} {}", escape(phrase)),
            });
            lines.extend(shown);
        }
    }
    if !graded.explanation.is_empty() {
        lines.push(format!("<i>{}</i>", escape(&one_line(&graded.explanation))));
    }
    let mut html = lines.join("\n");
    if html::length(&html) > MESSAGE {
        html = lines.swap_remove(0);
    }
    let said = Said::word(html);
    if !private {
        return said;
    }
    said.row(vec![
        button(texts.say("button-full-answer"), &Press::Show(round, 0)),
        button(texts.say("button-another"), &Press::Another),
    ])
}

/// The verdict on a pressed option, for the presser alone.
#[must_use]
pub fn verdict(graded: &Graded, language: Language) -> String {
    let texts = Texts::of(language);
    let (verdict, earned) = texts.verdict(graded);
    let mut text = format!("{verdict} {earned}").trim().to_owned();
    let chosen =
        graded.options.iter().find(|option| option.chosen).filter(|option| !option.explanation.is_empty());
    if let Some(option) = chosen {
        text += &format!("\n\n{}", one_line(&option.explanation));
    }
    fit(&text, CALLBACK_ANSWER)
}

/// One page of a full answer, with buttons to the others, and to grade oneself if that is due. To a chat with
/// others in it, it comes folded.
#[must_use]
pub fn revealed(
    revealed: &Revealed,
    round: RoundId,
    page: usize,
    bot: Option<&str>,
    language: Language,
    drawn: &Drawn,
) -> Said {
    let texts = Texts::of(language);
    let of_title = shots::of_title(&revealed.title, drawn);
    let mut pages = answer_pages(&revealed.answer, drawn, of_title.len() + 1, language);
    let (count, page) = (pages.len(), page.min(pages.len() - 1));
    let Page { html: mut text, shots } = pages.swap_remove(page);
    if bot.is_some() && !text.contains("<pre>") && !text.contains("<blockquote") {
        text = format!("<blockquote expandable>{text}</blockquote>");
    }
    let mut said = Said::word(format!("<b>{}</b>\n\n{text}", title(&revealed.title)));
    said.shots = if page == 0 { [of_title, shots].concat() } else { shots };
    if count > 1 {
        said.html += &format!("\n\n<i>{}/{count}</i>", page + 1);
        let mut row = Vec::new();
        match bot {
            // On a message for all, turning a page would turn it for all: the rest is read alone.
            Some(bot) => row.push(lead(texts.say("button-next"), bot, &format!("a_{round}"))),
            None => {
                if page > 0 {
                    row.push(button(texts.say("button-previous"), &Press::Turn(round, page - 1)));
                }
                if page + 1 < count {
                    row.push(button(texts.say("button-next"), &Press::Turn(round, page + 1)));
                }
            }
        }
        said = said.row(row);
    }
    if revealed.grade_yourself && (bot.is_some() || page + 1 == count) {
        said.html += &format!("\n\n<i>{}</i>", escape(&texts.say("grade-with-buttons")));
        said.rows.extend(grades(round, texts).rows);
    }
    said
}

/// Buttons to grade oneself.
#[must_use]
pub fn grades(round: RoundId, texts: &Texts) -> Said {
    let grade = |key: &str, recall| button(texts.say(key), &Press::Grade(round, recall));
    Said::default()
        .row(vec![grade("grade-again", Recall::Again), grade("grade-hard", Recall::Hard)])
        .row(vec![grade("grade-good", Recall::Good), grade("grade-easy", Recall::Easy)])
}

/// A full answer, page by page.
fn answer_pages(answer: &Document, drawn: &Drawn, first: usize, language: Language) -> Vec<Page> {
    let pages = html::pages(answer, drawn, first);
    if !pages.is_empty() {
        return pages;
    }
    vec![Page { html: escape(&Texts::of(language).say("answer-missing")), shots: Vec::new() }]
}

/// All pages of an answer with their pictures, as `viva show` prints them.
#[must_use]
pub fn answer_messages(of: &[Inline], answer: &Document, language: Language, drawn: &Drawn) -> Vec<Said> {
    let of_title = shots::of_title(of, drawn);
    let pages = answer_pages(answer, drawn, of_title.len() + 1, language).into_iter().enumerate();
    let said = |(at, page): (usize, Page)| Said {
        html: format!("<b>{}</b>\n\n{}", title(of), page.html),
        shots: if at == 0 { [of_title.clone(), page.shots].concat() } else { page.shots },
        ..Said::default()
    };
    pages.map(said).collect()
}

/// Inlines as a title that fits above something else.
#[must_use]
pub fn title(inlines: &[Inline]) -> String {
    html::fit(&html::line(inlines), &html::bare(inlines), TITLE)
}

/// Questions to choose from.
#[must_use]
pub fn suggested(suggested: &Suggested, language: Language) -> Said {
    let texts = Texts::of(language);
    let key = if suggested.nearest { "suggest-nearest-menu" } else { "suggest-several-menu" };
    let head = texts.tell(key, [("query", fit(&suggested.query, 200).into())]);
    let questions = suggested.questions.iter();
    questions.fold(Said::word(escape(&head)), |said, (id, title)| {
        said.row(vec![button(title.clone(), &Press::AskFor(id.handle()))])
    })
}

/// Things to choose from, one a row.
#[must_use]
pub fn menu(head: &str, entries: impl IntoIterator<Item = (String, Press)>) -> Said {
    let entries = entries.into_iter().take(ENTRIES);
    entries.fold(Said::word(escape(head)), |said, (text, press)| said.row(vec![button(text, &press)]))
}

/// A nudge, for the presser alone.
#[must_use]
pub fn hint(hint: &Hint, language: Language) -> String {
    let texts = Texts::of(language);
    let said = match hint {
        Hint::NotThis { letter, text } => {
            let option = format!("{letter}  {}", one_line(text));
            texts.tell("hint-choice", [("option", option.into())])
        }
        Hint::Begins(start) => texts.tell("hint-typed", [("start", start.as_str().into())]),
        Hint::Topics(topics) => texts.tell("hint-topics", [("topics", topics.join(", ").into())]),
        Hint::None => texts.say("hint-none-button"),
    };
    fit(&said, CALLBACK_ANSWER)
}

/// A page of a leaderboard, with buttons to other windows and pages.
#[must_use]
pub fn leaderboard(
    window: Window,
    topic: Option<(&str, &str)>,
    page: u32,
    standings: &Standings,
    language: Language,
) -> Said {
    let texts = Texts::of(language);
    let heading = texts.leaderboard_title(window, topic.map(|(_, name)| name));
    let mut lines = vec![format!("<b>{}</b>", escape(&heading)), String::new()];
    if standings.rows.is_empty() {
        lines.push(escape(&texts.say("leaderboard-empty")));
    }
    for row in &standings.rows {
        let place = match row.rank {
            1 => "🥇".to_owned(),
            2 => "🥈".to_owned(),
            3 => "🥉".to_owned(),
            rank => format!("<code>{rank:>2}</code>"),
        };
        let points = texts.tell("points", [("count", row.tally.points.into())]);
        lines.push(format!(
            "{place} <b>{}</b> · {points} · {}/{}",
            name(&fit(&row.name, 64)),
            row.tally.right,
            row.tally.answered
        ));
    }
    if let Some(me) = &standings.me {
        let own = texts
            .tell("leaderboard-own", [("rank", me.rank.into()), ("learners", standings.learners.into())]);
        lines.extend([String::new(), format!("<i>{}</i>", escape(&own))]);
    }
    let slug = topic.map_or("", |(slug, _)| slug);
    let board =
        |text: String, window, page| button(text, &Press::Board { window, page, topic: slug.to_owned() });
    let window_button = |other: Window| {
        let text = texts.window(other);
        board(if other == window { format!("· {text} ·") } else { text }, other, 0)
    };
    let said = Said::word(lines.join("\n"))
        .row(vec![window_button(Window::Today), window_button(Window::Week)])
        .row(vec![window_button(Window::Month), window_button(Window::All)]);
    let before =
        (page > 0).then(|| board(texts.say("button-previous"), window, page.saturating_sub(1))).flatten();
    let more = (u64::from(page) + 1) * ROWS < standings.learners;
    let after = more.then(|| board(texts.say("button-next"), window, page + 1)).flatten();
    said.row(vec![before, after])
}

/// A learner's record with its charts.
#[must_use]
pub fn record(record: &Record, charts: &[Chart], language: Language, drawn: &Drawn) -> Said {
    let mut lines: Vec<String> = Texts::of(language).record(record).iter().map(|line| escape(line)).collect();
    if lines.len() > 1 {
        lines[0] = format!("<b>{}</b>\n", lines[0]);
    }
    let shot = |chart: &Chart| {
        let seen = Seen::Uploaded(Arc::clone(drawn.chart(chart)?));
        Some(Shot { number: None, seen, words: chart.words.clone() })
    };
    Said { html: lines.join("\n"), shots: charts.iter().filter_map(shot).collect(), ..Said::default() }
}

/// The daily question before this one: its answer and its winners.
#[must_use]
pub fn yesterday(yesterday: &Yesterday, language: Language) -> String {
    let texts = Texts::of(language);
    let card = &yesterday.card;
    let asked = html::fit(&html::line(&card.asked.title), &html::bare(&card.asked.title), 150);
    let mut lines = vec![format!("<b>{}</b>: {asked}", escape(&texts.say("daily-yesterday")))];
    let right = card.outcome.iter().flat_map(|outcome| &outcome.options).filter(|option| option.right);
    lines.extend(right.map(|option| format!("✅ {}", escape(&fit(&one_line(&option.text), 150)))));
    let winners: Vec<String> = yesterday
        .winners
        .iter()
        .map(|row| {
            let points = texts.tell("points", [("count", row.tally.points.into())]);
            format!("{} ({points})", name(&fit(&row.name, 40)))
        })
        .collect();
    lines.push(if winners.is_empty() {
        format!("<i>{}</i>", escape(&texts.say("daily-nobody")))
    } else {
        // The names are escaped already.
        format!("🏆 {}", texts.tell("daily-winners", [("names", winners.join(", ").into())]))
    });
    lines.join("\n")
}

/// The daily question of a chat, and how its latest post went.
#[must_use]
pub fn daily_state(schedule: Option<&Schedule>, last: Option<&Push>, language: Language) -> Said {
    let texts = Texts::of(language);
    let mut lines = Vec::new();
    let zone = schedule.map_or(TimeZone::UTC, |schedule| schedule.daily.zone.rules().clone());
    match schedule {
        None => lines.push(texts.say("telegram-daily-none")),
        Some(schedule) => {
            lines.push(texts.daily(&schedule.daily));
            match (schedule.due_at, &schedule.stopped) {
                (Some(due), _) => lines.push(texts.tell("daily-next", [("when", clock(due, &zone).into())])),
                (None, Some(reason)) => {
                    lines
                        .push(texts.tell("telegram-daily-off-because", [("reason", reason.as_str().into())]));
                }
                (None, None) => lines.push(texts.say("telegram-daily-off")),
            }
        }
    }
    if let Some(push) = last {
        let key = match push.state {
            PushState::Posted => "daily-last-posted",
            PushState::Failed => "daily-last-failed",
            PushState::Ready | PushState::Leaving => "daily-last-sending",
        };
        let reason = push.detail.clone().unwrap_or_default();
        lines.push(texts.tell(key, [("when", clock(push.at, &zone).into()), ("reason", reason.into())]));
    }
    Said::word(escape(&lines.join("\n")))
}

/// A moment by the clock of a zone.
#[must_use]
pub fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M (%Z)").to_string()
}

/// How a community is set up, with a button for each setting.
#[must_use]
pub fn settings(settings: &Settings, language: Language) -> Said {
    let texts = Texts::of(language);
    let spoken = match settings.language {
        None => texts.say("settings-own-language"),
        Some(Language::En) => "English".to_owned(),
        Some(Language::Zh) => "中文".to_owned(),
    };
    let mode = match settings.mode {
        None => texts.say("settings-own-mode"),
        Some(mode) => texts.say(&format!("mode-{}", mode.name())),
    };
    let revealers = texts.say(&format!("revealers-{}", settings.revealers.name()));
    let rich = texts.say(if settings.rich { "rich-on" } else { "rich-off" });
    let entry = |key: &str, value: String, setting| {
        let text =
            texts.tell("setting-button", [("setting", texts.say(key).into()), ("value", value.into())]);
        (text, Press::Set(setting))
    };
    menu(
        &texts.say("settings-title"),
        [
            entry("setting-language", spoken, Setting::Language),
            entry("setting-mode", mode, Setting::Mode),
            entry("setting-revealers", revealers, Setting::Revealers),
            entry("setting-rich", rich, Setting::Rich),
        ],
    )
}

/// Asks once whether somebody really wants to be forgotten.
#[must_use]
pub fn forget(learner: LearnerId, language: Language) -> Said {
    let texts = Texts::of(language);
    Said::word(escape(&texts.say("telegram-forget-sure"))).row(vec![
        button(texts.say("button-forget"), &Press::Forget(learner)),
        button(texts.say("button-keep"), &Press::Keep),
    ])
}

/// A document on one line of plain text, formulas in Unicode.
pub(crate) fn one_line(document: &Document) -> String {
    let parts = document.blocks.iter().map(|block| match block {
        Block::Paragraph(inlines) => html::bare(inlines),
        other => Document::from(vec![other.clone()]).plain(),
    });
    parts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title as plain text.
pub(crate) fn plain_title(inlines: &[Inline]) -> String {
    let title = html::bare(inlines);
    if title.is_empty() { plain(inlines) } else { title }
}
