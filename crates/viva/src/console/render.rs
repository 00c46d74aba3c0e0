//! Replies as a person reads them in a terminal.

use viva_core::choice::letter;
use viva_core::document::Document;
use viva_core::language::Language;
use viva_core::reply::{Asked, Graded, Hint, Record, Reply, Revealed, Suggested, Task};
use viva_core::score::{Verdict, Window};
use viva_core::store::Standings;
use viva_core::texts::Texts;

use super::ink::{self, PLAIN, STRONG};
use super::paint::{Painter, indented};

/// Renders replies in one language.
pub(crate) struct Renderer<'p> {
    texts: &'static Texts,
    painter: &'p Painter,
}

impl<'p> Renderer<'p> {
    pub(crate) fn new(language: Language, painter: &'p Painter) -> Self {
        Self { texts: Texts::of(language), painter }
    }

    /// The lines that a reply makes, without a final newline.
    pub(crate) fn reply(&self, reply: &Reply) -> String {
        match reply {
            Reply::Asked(asked) => self.asked(asked),
            Reply::Suggested(suggested) => self.suggested(suggested),
            Reply::Graded(graded) => self.graded(graded),
            Reply::Revealed(revealed) => self.revealed(revealed),
            Reply::SelfGraded { days } => lines([
                self.texts.tell("self-graded", [("days", (*days).into())]),
                self.texts.say("next-quiz"),
            ]),
            Reply::Hint(hint) => self.hint(hint),
            Reply::Skipped => self.texts.say("skipped"),
            Reply::Standings { window, topic, standings, .. } => {
                self.standings(*window, topic.as_deref(), standings)
            }
            Reply::Record(record) => self.record(record),
            Reply::Topics(topics) => self.topics(topics),
            Reply::Season(season) => self.texts.tell(
                "season-begun",
                [("number", season.number.into()), ("name", self.painter.line(&season.name).into())],
            ),
            Reply::Language(_) => self.texts.say("language-set"),
            Reply::Notice(notice) => self.painter.fit(&self.painter.line(&self.texts.notice(notice))),
        }
    }

    fn asked(&self, asked: &Asked) -> String {
        let mut out = Vec::new();
        if let Some(mode) = asked.lacks {
            out.push(self.texts.tell("mode-missing", [("mode", mode.name().into())]));
            out.push(String::new());
        }
        let mut title = self.painter.inlines(&asked.title, STRONG);
        if let Some(grade) = asked.difficulty {
            let difficulty = self.texts.tell("difficulty", [("grade", grade.into())]);
            let aside = self.texts.tell("aside", [("what", difficulty.into())]);
            title += &self.painter.dye(ink::FAINT, &aside);
        }
        out.push(self.painter.fit(&title));
        out.extend(self.block(&asked.body));
        let how = match &asked.task {
            Task::Reveal => self.texts.say("ask-reveal"),
            Task::Typed { needed } => self.texts.tell("ask-typed", [("points", (*needed).into())]),
            Task::Choice { prompt, options, several } => {
                out.extend(self.block(prompt));
                out.push(String::new());
                for (place, option) in options.iter().enumerate() {
                    let letter = self.painter.dye(STRONG, &letter(place).to_string());
                    out.push(self.painter.beside(&format!("  {letter}  "), option));
                }
                self.texts.say(if *several { "ask-choice-several" } else { "ask-choice-one" })
            }
        };
        out.push(String::new());
        out.push(self.painter.fit(&how));
        lines(out)
    }

    /// A document below what stands before it; nothing if it is empty.
    fn block(&self, document: &Document) -> Option<String> {
        (!document.is_empty()).then(|| format!("\n{}", self.painter.document(document)))
    }

    fn suggested(&self, suggested: &Suggested) -> String {
        let key = if suggested.nearest { "suggest-nearest" } else { "suggest-several" };
        let query = self.painter.line(&suggested.query);
        let mut out = vec![self.texts.tell(key, [("query", query.into())])];
        for (number, (_, title)) in (1..).zip(&suggested.questions) {
            out.push(indented(&format!("  {number}  "), &self.painter.line(title)));
        }
        lines(out)
    }

    fn graded(&self, graded: &Graded) -> String {
        let style = match graded.verdict {
            Verdict::Right => ink::RIGHT,
            Verdict::Partial => ink::PARTLY,
            Verdict::Wrong => ink::WRONG,
            Verdict::Closed | Verdict::Already => return self.painter.line(&self.texts.verdict(graded).0),
        };
        let (verdict, earned) = self.texts.verdict(graded);
        let mut out = vec![self.painter.fit(&format!(
            "{}{}{earned}",
            self.painter.dye(style, &verdict),
            self.texts.say("gap")
        ))];
        for option in &graded.options {
            let (mark, style) = if option.right { ("✓", ink::RIGHT) } else { ("✗", ink::WRONG) };
            let mark = self.painter.dye(style, &format!("{mark} {}", option.letter));
            let mut text = self.painter.beside(&format!("  {mark}  "), &option.text);
            if option.chosen {
                text += &self.painter.dye(style, &format!("  ← {}", self.texts.say("your-answer")));
            }
            out.push(text);
            if !option.explanation.is_empty() {
                out.push(self.painter.beside("       ", &option.explanation));
            }
        }
        for (key, mark, style, phrases) in [
            ("points-hit", "✓", ink::RIGHT, &graded.hit),
            ("points-missed", "·", ink::PARTLY, &graded.missed),
        ] {
            if !phrases.is_empty() {
                out.push(self.texts.say(key));
                let mark = format!("  {} ", self.painter.dye(style, mark));
                out.extend(phrases.iter().map(|phrase| indented(&mark, &self.painter.line(phrase))));
            }
        }
        out.extend(self.block(&graded.explanation));
        out.push(self.texts.say("next-reveal"));
        lines(out)
    }

    fn revealed(&self, revealed: &Revealed) -> String {
        let title = self.painter.inlines(&revealed.title, STRONG);
        let head = self.texts.tell("answer-of", [("title", title.into())]);
        let mut out = vec![self.painter.fit(&head), String::new()];
        for option in &revealed.right {
            let head = format!("  {} {}  ", self.painter.dye(ink::RIGHT, "✓"), option.letter);
            out.push(indented(&head, &self.painter.document(&option.text)));
        }
        if !revealed.right.is_empty() {
            out.push(String::new());
        }
        out.push(if revealed.answer.is_empty() {
            self.texts.say("answer-missing")
        } else {
            self.painter.document(&revealed.answer)
        });
        out.push(String::new());
        let next = self.texts.say(if revealed.grade_yourself { "grade-yourself" } else { "next-quiz" });
        out.push(self.painter.fit(&next));
        lines(out)
    }

    fn hint(&self, hint: &Hint) -> String {
        match hint {
            Hint::NotThis { letter, text } => {
                let option = format!("{letter}  {}", self.painter.document(text));
                self.texts.tell("hint-choice", [("option", option.into())])
            }
            Hint::Begins(start) => {
                self.texts.tell("hint-typed", [("start", self.painter.line(start).into())])
            }
            Hint::Topics(topics) => {
                self.texts.tell("hint-topics", [("topics", self.painter.line(&topics.join(", ")).into())])
            }
            Hint::None => self.texts.say("hint-none"),
        }
    }

    fn standings(&self, window: Window, topic: Option<&str>, standings: &Standings) -> String {
        let head = self.painter.line(&self.texts.leaderboard_title(window, topic));
        if standings.rows.is_empty() {
            return lines([head, self.texts.say("leaderboard-empty")]);
        }
        let mut out = vec![self.painter.dye(STRONG, &head)];
        let own = standings.me.as_ref().map(|me| me.learner);
        let width = standings.rows.iter().map(|row| self.painter.width_of(&row.name)).max().unwrap_or(0);
        for row in &standings.rows {
            let points = self.texts.tell("points", [("count", row.tally.points.into())]);
            let row_text = self.texts.tell(
                "leaderboard-row",
                [
                    ("points", points.into()),
                    ("right", row.tally.right.into()),
                    ("answered", row.tally.answered.into()),
                ],
            );
            let name = self.painter.line(&row.name);
            let pad = " ".repeat(width.saturating_sub(self.painter.width_of(&row.name)));
            let (mark, style) = if Some(row.learner) == own { ("→", STRONG) } else { (" ", PLAIN) };
            let line = format!("{mark}{:>3}  {name}{pad}  {row_text}", row.rank);
            out.push(self.painter.dye(style, &line));
        }
        if let Some(me) = &standings.me {
            out.push(self.texts.tell(
                "leaderboard-own",
                [("rank", me.rank.into()), ("learners", standings.learners.into())],
            ));
        }
        lines(out)
    }

    fn record(&self, record: &Record) -> String {
        let mut out = self.texts.record(record);
        if let [title, _, ..] = &mut out[..] {
            *title = self.painter.dye(STRONG, title);
        }
        lines(out)
    }

    fn topics(&self, topics: &[(String, usize)]) -> String {
        if topics.is_empty() {
            return self.texts.say("topics-none");
        }
        let mut out = vec![self.painter.dye(STRONG, &self.texts.say("topics-title"))];
        out.extend(topics.iter().map(|(name, count)| format!("  {count:>3}  {}", self.painter.line(name))));
        lines(out)
    }
}

fn lines(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().collect::<Vec<_>>().join("\n")
}
