//! Replies as Discord messages.

use viva_album::charts::{self, Chart};
use viva_album::{Drawn, Subject, wanted_inline};
use viva_core::document::{Document, Inline};
use viva_core::ids::{LearnerId, RoundId};
use viva_core::language::Language;
use viva_core::reply::{Asked, Graded, Hint, Record, Revealed, Settings, Suggested};
use viva_core::score::{Recall, Verdict, Window};
use viva_core::store::{Push, PushState, Schedule, Standings};
use viva_core::texts::Texts;
use viva_core::viva::Yesterday;

use crate::cards::colour;
use crate::components::{Component, Control, GalleryItem, Message, SelectOption, Style};
use crate::limits::{CUSTOM_ID, DESCRIPTION, OPTION_LABEL, SELECT_OPTIONS, fit};
use crate::markdown::{self, TABLE_WIDTH, escape};
use viva_core::press::Press;

/// Rows of a leaderboard's page.
const ROWS: u64 = 10;

/// The verdict on an answer, for the one who gave it.
#[must_use]
pub fn graded(graded: &Graded, round: RoundId, language: Language) -> Message {
    let texts = Texts::of(language);
    let (verdict, earned) = texts.verdict(graded);
    let colour = match graded.verdict {
        Verdict::Right => colour::RIGHT,
        Verdict::Partial => colour::PARTLY,
        Verdict::Wrong => colour::WRONG,
        Verdict::Already | Verdict::Closed => colour::OVER,
    };
    let mut parts = vec![Component::text(if earned.is_empty() {
        escape(&verdict)
    } else {
        format!("**{}**{}{}", escape(&verdict), texts.say("gap"), escape(&earned))
    })];
    let mut lines = Vec::new();
    for option in &graded.options {
        let mark = if option.right { "✅" } else { "▫️" };
        let chosen =
            if option.chosen { format!("  ← **{}**", texts.say("your-answer")) } else { String::new() };
        lines.push(format!("{mark} **{}**  {}{chosen}", option.letter, markdown::text(&option.text)));
        if !option.explanation.is_empty() {
            let explanation = markdown::text(&option.explanation);
            lines.extend(explanation.lines().map(|line| format!("> {line}")));
        }
    }
    for (key, mark, phrases) in [("points-hit", "✅", &graded.hit), ("points-missed", "▫️", &graded.missed)]
    {
        if !phrases.is_empty() {
            lines.push(format!("**{}**", texts.say(key)));
            lines.extend(phrases.iter().map(|phrase| format!("{mark} {}", escape(phrase))));
        }
    }
    if !lines.is_empty() {
        parts.push(Component::text(fit(&lines.join("\n"), 3_000)));
    }
    if !graded.explanation.is_empty() {
        parts.push(Component::text(fit(&markdown::text(&graded.explanation), 600)));
    }
    let full = Control::button(Style::Primary, texts.say("button-full-answer"), &Press::Show(round, 0));
    let another = Control::button(Style::Secondary, texts.say("button-another"), &Press::Another);
    parts.push(Component::row(vec![full, another]));
    Message::private(vec![Component::container(Some(colour), parts)])
}

/// What a full answer wants to have drawn.
#[must_use]
pub fn wanted(title: &[Inline], answer: &Document) -> Vec<Subject> {
    let mut subjects = wanted_inline(title);
    subjects.extend(viva_album::wanted(answer, TABLE_WIDTH));
    subjects
}

/// One page of a full answer, with buttons to the others, and to grade oneself if that is due.
#[must_use]
pub fn revealed(
    revealed: &Revealed,
    round: RoundId,
    page: usize,
    public: bool,
    language: Language,
    drawn: &Drawn,
) -> Message {
    let texts = Texts::of(language);
    let pages = if revealed.answer.is_empty() {
        vec![vec![Component::text(texts.say("answer-missing"))]]
    } else {
        markdown::pages(&revealed.answer, drawn)
    };
    let count = pages.len();
    let page = page.min(count - 1);
    let mut parts = vec![Component::text(format!("### {}", fit(&markdown::line(&revealed.title), 500)))];
    parts.extend(markdown::pictures_of_line(&revealed.title, drawn).into_iter().take(1));
    parts.extend(pages.into_iter().nth(page).unwrap_or_default());
    if count > 1 {
        // On a message for all, turning a page would turn it for all: the rest is read alone.
        let turn = |page| if public { Press::Show(round, page) } else { Press::Turn(round, page) };
        let at = format!("{}/{count}", page + 1);
        let mut row = Vec::new();
        if page > 0 {
            row.push(Control::button(Style::Secondary, texts.say("button-previous"), &turn(page - 1)));
        }
        if page + 1 < count {
            row.push(Control::button(
                Style::Secondary,
                format!("{} ({at})", texts.say("button-next")),
                &turn(page + 1),
            ));
        }
        parts.push(Component::row(row));
    }
    if revealed.grade_yourself && (public || page + 1 == count) {
        parts.push(Component::text(format!("-# {}", texts.say("grade-with-buttons"))));
        parts.push(Component::row(grades(round, texts)));
    }
    let components = vec![Component::container(Some(colour::RIGHT), parts)];
    if public { Message::public(components) } else { Message::private(components) }
}

fn grades(round: RoundId, texts: &Texts) -> Vec<Control> {
    let grades = [
        (Recall::Again, "grade-again"),
        (Recall::Hard, "grade-hard"),
        (Recall::Good, "grade-good"),
        (Recall::Easy, "grade-easy"),
    ];
    let button =
        |(recall, key)| Control::button(Style::Secondary, texts.say(key), &Press::Grade(round, recall));
    grades.into_iter().map(button).collect()
}

/// A page of a question that is too long for its card.
#[must_use]
pub fn question_page(asked: &Asked, page: usize, drawn: &Drawn) -> Message {
    let mut pages = crate::cards::question_pages(asked, drawn);
    let (count, page) = (pages.len(), page.min(pages.len().saturating_sub(1)));
    if count == 0 {
        return Message::private(vec![Component::text(markdown::line(&asked.title))]);
    }
    let mut parts = pages.swap_remove(page);
    if page + 1 < count {
        let label = format!("{}/{count} →", page + 2);
        let next = Control::button(Style::Secondary, label, &Press::ReadOn(asked.round, page + 1));
        parts.push(Component::row(vec![next]));
    }
    Message::private(vec![Component::container(Some(colour::OPEN), parts)])
}

/// How long until a question that somebody graded comes back.
#[must_use]
pub fn self_graded(days: i64, language: Language) -> Message {
    Message::word(Texts::of(language).tell("self-graded", [("days", days.into())]))
}

/// Questions to choose from.
#[must_use]
pub fn suggested(suggested: &Suggested, language: Language) -> Message {
    let texts = Texts::of(language);
    let key = if suggested.nearest { "suggest-nearest-menu" } else { "suggest-several-menu" };
    let head = texts.tell(key, [("query", escape(&fit(&suggested.query, 200)).into())]);
    let options = suggested.questions.iter().take(SELECT_OPTIONS).map(|(id, title)| SelectOption {
        label: fit(title, OPTION_LABEL),
        value: id.0.clone(),
        description: None,
    });
    let options: Vec<_> = options.filter(|option| option.value.chars().count() <= OPTION_LABEL).collect();
    if options.is_empty() {
        return Message::word(head);
    }
    let menu = Control::select(&Press::Ask, texts.say("pick-question"), options);
    Message::private(vec![Component::text(head), Component::row(vec![menu])])
}

/// A nudge.
#[must_use]
pub fn hint(hint: &Hint, language: Language) -> Message {
    let texts = Texts::of(language);
    Message::word(match hint {
        Hint::NotThis { letter, text } => {
            let option = format!("**{letter}**  {}", markdown::text(text));
            texts.tell("hint-choice", [("option", option.into())])
        }
        Hint::Begins(start) => texts.tell("hint-typed", [("start", escape(start).into())]),
        Hint::Topics(topics) => texts.tell("hint-topics", [("topics", escape(&topics.join(", ")).into())]),
        Hint::None => texts.say("hint-none-button"),
    })
}

/// A page of a leaderboard, with buttons to other windows and pages.
#[must_use]
pub fn leaderboard(
    window: Window,
    topic: Option<(&str, &str)>,
    page: u32,
    standings: &Standings,
    chart: Option<Component>,
    language: Language,
) -> Vec<Component> {
    let texts = Texts::of(language);
    let title = texts.leaderboard_title(window, topic.map(|(_, name)| name));
    let mut parts = vec![Component::text(format!("### {}", escape(&title)))];
    if standings.rows.is_empty() {
        parts.push(Component::text(texts.say("leaderboard-empty-chat")));
    } else if let Some(chart) = chart {
        parts.push(chart);
    } else {
        let lines = standings.rows.iter().map(|row| {
            let place = match row.rank {
                1 => "🥇".to_owned(),
                2 => "🥈".to_owned(),
                3 => "🥉".to_owned(),
                rank => format!("`{rank:>2}`"),
            };
            let points = texts.tell("points", [("count", row.tally.points.into())]);
            format!(
                "{place} **{}** · {points} · {}/{}",
                escape(&fit(&row.name, 80)),
                row.tally.right,
                row.tally.answered
            )
        });
        parts.push(Component::text(lines.collect::<Vec<_>>().join("\n")));
    }
    if let Some(me) = &standings.me {
        let own = texts
            .tell("leaderboard-own", [("rank", me.rank.into()), ("learners", standings.learners.into())]);
        parts.push(Component::text(format!("-# {own}")));
    }
    let slug = topic.map_or("", |(slug, _)| slug);
    let board = |window, page| {
        let press = Press::Board { window, page, topic: slug.to_owned() };
        // A topic whose name is too long for a button has no buttons to carry it.
        (press.to_string().chars().count() <= CUSTOM_ID).then_some(press)
    };
    let windows = [Window::Today, Window::Week, Window::Month, Window::All].into_iter().filter_map(|other| {
        let style = if other == window { Style::Primary } else { Style::Secondary };
        board(other, 0).map(|press| {
            let button = Control::button(style, texts.window(other), &press);
            if other == window && page == 0 { button.disabled() } else { button }
        })
    });
    let windows: Vec<_> = windows.collect();
    if !windows.is_empty() {
        parts.push(Component::row(windows));
    }
    let mut turn = Vec::new();
    if page > 0 {
        turn.extend(
            board(window, page - 1)
                .map(|press| Control::button(Style::Secondary, texts.say("button-previous"), &press)),
        );
    }
    if (u64::from(page) + 1) * ROWS < standings.learners {
        turn.extend(
            board(window, page + 1)
                .map(|press| Control::button(Style::Secondary, texts.say("button-next"), &press)),
        );
    }
    // Two buttons may not mean the same: the first page has a window's button of its own.
    if page == 1 {
        turn.remove(0);
    }
    if !turn.is_empty() {
        parts.push(Component::row(turn));
    }
    vec![Component::container(Some(colour::OPEN), parts)]
}

/// The chart of a page of a leaderboard, if names on it can be drawn as they are.
#[must_use]
pub fn leaderboard_chart(
    window: Window,
    topic: Option<&str>,
    standings: &Standings,
    language: Language,
) -> Option<Chart> {
    let texts = Texts::of(language);
    let names = standings.rows.iter().chain(&standings.me).map(|row| row.name.as_str());
    if names.into_iter().any(|name| viva_album::missing_glyph(name).is_some()) {
        return None;
    }
    charts::leaderboard(standings, &texts.leaderboard_title(window, topic), texts)
}

/// A chart, if it was drawn.
#[must_use]
pub fn charted(chart: &Chart, drawn: &Drawn) -> Option<Component> {
    let words = Some(fit(&chart.words, DESCRIPTION));
    drawn.chart(chart).map(|plate| Component::gallery(vec![GalleryItem::uploaded(plate, words)]))
}

/// A learner's record with its charts.
#[must_use]
pub fn record(record: &Record, charts: &[Chart], language: Language, drawn: &Drawn) -> Message {
    let lines: Vec<String> = Texts::of(language).record(record).iter().map(|line| escape(line)).collect();
    let text = match &lines[..] {
        [title, rest @ ..] if !rest.is_empty() => format!("### {title}\n{}", rest.join("\n")),
        _ => lines.join("\n"),
    };
    let mut parts = vec![Component::text(text)];
    parts.extend(charts.iter().filter_map(|chart| charted(chart, drawn)));
    Message::public(vec![Component::container(Some(colour::OPEN), parts)])
}

/// What there is to learn: a menu of topics, or of the questions of one.
#[must_use]
pub fn browse(head: String, press: &Press, options: Vec<SelectOption>, language: Language) -> Message {
    let texts = Texts::of(language);
    let options: Vec<_> = options
        .into_iter()
        .filter(|option| option.value.chars().count() <= OPTION_LABEL)
        .map(|option| SelectOption { label: fit(&option.label, OPTION_LABEL), ..option })
        .take(SELECT_OPTIONS)
        .collect();
    if options.is_empty() {
        return Message::word(texts.say("topics-none-chat"));
    }
    let key = if *press == Press::Browse { "pick-topic" } else { "pick-question" };
    let menu = Control::select(press, texts.say(key), options);
    Message::private(vec![Component::text(head), Component::row(vec![menu])])
}

/// The daily question before this one: its answer and its winners.
#[must_use]
pub fn yesterday(yesterday: &Yesterday, language: Language) -> Vec<Component> {
    let texts = Texts::of(language);
    let card = &yesterday.card;
    let title = fit(&markdown::line(&card.asked.title), 300);
    let mut text = format!("**{}**\n{title}", texts.say("daily-yesterday"));
    let right = card.outcome.iter().flat_map(|outcome| &outcome.options).filter(|option| option.right);
    for option in right {
        text += &format!("\n✅ **{}**  {}", option.letter, fit(&markdown::text(&option.text), 300));
    }
    let winners: Vec<String> = yesterday
        .winners
        .iter()
        .map(|row| {
            let points = texts.tell("points", [("count", row.tally.points.into())]);
            format!("**{}** ({points})", escape(&fit(&row.name, 80)))
        })
        .collect();
    text += "\n-# ";
    text += &if winners.is_empty() {
        texts.say("daily-nobody")
    } else {
        texts.tell("daily-winners", [("names", winners.join(", ").into())])
    };
    let full =
        Control::button(Style::Secondary, texts.say("button-full-answer"), &Press::Show(card.asked.round, 0));
    vec![Component::container(Some(colour::OVER), vec![Component::text(text), Component::row(vec![full])])]
}

/// The daily question of a channel, and how its latest post went.
#[must_use]
pub fn daily_state(schedule: Option<&Schedule>, last: Option<&Push>, language: Language) -> Message {
    let texts = Texts::of(language);
    let mut lines = Vec::new();
    match schedule {
        None => lines.push(texts.say("daily-none")),
        Some(schedule) => {
            lines.push(escape(&texts.daily(&schedule.daily)));
            match (schedule.due_at, &schedule.stopped) {
                (Some(due), _) => {
                    let when = format!("<t:{0}:F> (<t:{0}:R>)", due.as_second());
                    lines.push(texts.tell("daily-next", [("when", when.into())]));
                }
                (None, Some(reason)) => {
                    lines.push(texts.tell("daily-off-because", [("reason", escape(reason).into())]))
                }
                (None, None) => lines.push(texts.say("daily-off")),
            }
        }
    }
    if let Some(push) = last {
        let when = format!("<t:{}:f>", push.at.as_second());
        let key = match push.state {
            PushState::Posted => "daily-last-posted",
            PushState::Failed => "daily-last-failed",
            PushState::Ready | PushState::Leaving => "daily-last-sending",
        };
        let reason = escape(push.detail.as_deref().unwrap_or_default());
        lines.push(texts.tell(key, [("when", when.into()), ("reason", reason.into())]));
    }
    Message::word(lines.join("\n"))
}

/// How a server is set up.
#[must_use]
pub fn settings(settings: &Settings, language: Language) -> Message {
    let texts = Texts::of(language);
    let spoken = settings
        .language
        .map_or_else(|| texts.say("settings-own-language"), |language| language.code().to_owned());
    let mode = settings
        .mode
        .map_or_else(|| texts.say("settings-own-mode"), |mode| texts.say(&format!("mode-{}", mode.name())));
    let revealers = texts.say(&format!("revealers-{}", settings.revealers.name()));
    Message::word(texts.tell(
        "settings-are",
        [("language", spoken.into()), ("mode", mode.into()), ("revealers", revealers.into())],
    ))
}

/// Asks once whether somebody really wants to be forgotten.
#[must_use]
pub fn forget(learner: LearnerId, language: Language) -> Message {
    let texts = Texts::of(language);
    let yes = Control::button(Style::Danger, texts.say("button-forget"), &Press::Forget(learner));
    let no = Control::button(Style::Secondary, texts.say("button-keep"), &Press::Keep);
    Message::private(vec![Component::text(texts.say("forget-sure")), Component::row(vec![yes, no])])
}

/// A hello with three things to try.
#[must_use]
pub fn hello(language: Language) -> Message {
    let parts = vec![Component::text(Texts::of(language).say("hello-discord"))];
    Message::public(vec![Component::container(Some(colour::OPEN), parts)])
}

/// A text of Viva's own.
#[must_use]
pub fn own_words(key: &str, language: Language) -> Message {
    Message::word(Texts::of(language).say(key))
}

/// A full answer as everybody would get it, page by page: for `viva show`.
#[must_use]
pub fn answer_messages(
    title: &[Inline],
    answer: &Document,
    language: Language,
    drawn: &Drawn,
) -> Vec<Message> {
    let revealed_whole =
        Revealed { title: title.to_vec(), right: Vec::new(), answer: answer.clone(), grade_yourself: false };
    let count = markdown::pages(answer, drawn).len().max(1);
    (0..count).map(|page| revealed(&revealed_whole, RoundId(0), page, false, language, drawn)).collect()
}
