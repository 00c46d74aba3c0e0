//! The console: a chat with Viva in the terminal, or line by line from a pipe.
//!
//! It is an adapter like the ones for chat platforms: it reads lines, calls the core and renders
//! replies. The terminal is one venue and one community, its user one learner.

mod code;
pub(crate) mod ink;
pub(crate) mod paint;
mod render;
mod table;

use std::io::{IsTerminal, Write};
use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;
use rand::rngs::StdRng;
use tokio::io::{AsyncBufReadExt, BufReader};
use viva_core::bank::QuestionId;
use viva_core::ids::RoundId;
use viva_core::language::Language;
use viva_core::reply::{Notice, Reply, Response};
use viva_core::texts::Texts;
use viva_core::viva::{Here, Viva, Wish};

use paint::Painter;
use render::Renderer;
use viva_core::line::Line;

/// A chat with one person.
pub(crate) struct Console<W> {
    viva: Arc<Viva>,
    here: Here,
    painter: Painter,
    rng: StdRng,
    out: W,
    /// The questions that were offered last, to be picked by number.
    offered: Vec<QuestionId>,
    /// The round that was asked here last.
    round: Option<RoundId>,
}

impl<W: Write> Console<W> {
    pub(crate) fn new(viva: Arc<Viva>, here: Here, painter: Painter, rng: StdRng, out: W) -> Self {
        Self { viva, here, painter, rng, out, offered: Vec::new(), round: None }
    }

    /// Talks until the input ends or the person leaves.
    pub(crate) async fn run(mut self, interactive: bool) -> anyhow::Result<()> {
        self.round = self.viva.open_round(self.here.venue).await?;
        let bank = self.viva.bank();
        let topic = bank.topics().first().map(|topic| topic.name(self.here.language).to_owned());
        let welcome = [
            ("questions", bank.questions().len().into()),
            ("topic", topic.unwrap_or_else(|| "none".to_owned()).into()),
        ];
        let welcome = Texts::of(self.here.language).tell("welcome", welcome);
        self.say(&self.painter.fit(&welcome))?;
        if let Some(round) = self.round
            && let Some(card) = self.viva.card(round).await?
        {
            let asked = Renderer::new(self.here.language, &self.painter).reply(&Reply::Asked(card.asked));
            let still = Texts::of(self.here.language).say("still-open");
            self.say(&format!("{still}\n\n{asked}"))?;
        }
        let mut input = BufReader::new(tokio::io::stdin());
        let mut bytes = Vec::new();
        loop {
            if interactive {
                write!(self.out, "{} ", self.painter.dye(ink::HEADING, ">"))?;
                self.out.flush()?;
            }
            bytes.clear();
            if input.read_until(b'\n', &mut bytes).await.context("the input could not be read")? == 0 {
                break;
            }
            let line = String::from_utf8_lossy(&bytes);
            if !interactive && !line.trim().is_empty() {
                // A transcript from a pipe shows both sides of the talk.
                let prompt = self.painter.dye(ink::HEADING, ">");
                writeln!(self.out, "{prompt} {}", self.painter.line(line.trim()))?;
            }
            match Line::read(&line) {
                Line::Quit => break,
                line => self.take(line).await?,
            }
        }
        if interactive {
            writeln!(self.out)?;
        }
        let goodbye = Texts::of(self.here.language).say("goodbye");
        self.say(&goodbye)
    }

    fn say(&mut self, text: &str) -> anyhow::Result<()> {
        writeln!(self.out, "{text}\n")?;
        Ok(self.out.flush()?)
    }

    async fn take(&mut self, line: Line) -> anyhow::Result<()> {
        self.painter.refit();
        let text = match line {
            Line::Blank | Line::Quit => return Ok(()),
            Line::Help => Texts::of(self.here.language).say("help"),
            Line::Unknown { given, near } => {
                let arguments = [("given", given.into()), ("near", near.unwrap_or("none").into())];
                Texts::of(self.here.language).tell("unknown-command", arguments)
            }
            line => match self.request(line).await {
                Ok(reply) => {
                    match &reply {
                        Reply::Asked(asked) => self.round = Some(asked.round),
                        Reply::Suggested(suggested) => {
                            self.offered = suggested.questions.iter().map(|(id, _)| id.clone()).collect();
                        }
                        _ => {}
                    }
                    Renderer::new(self.here.language, &self.painter).reply(&reply)
                }
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "a request failed");
                    Texts::of(self.here.language).tell("store-failed", [("reason", error.to_string().into())])
                }
            },
        };
        self.say(&text)
    }

    async fn request(&mut self, line: Line) -> anyhow::Result<Reply> {
        let now = Timestamp::now();
        let nothing_open = Reply::Notice(Notice::NothingOpen);
        let offered = std::mem::take(&mut self.offered);
        Ok(match (line, self.round) {
            (Line::Quiz { query: Some(number), mode }, _) if pick(&offered, &number).is_some() => {
                let query = pick(&offered, &number).map(|id| id.0.clone());
                self.ask(&Wish { query, mode, lasts: None }, false, now).await?
            }
            (Line::Answer(number), _) if pick(&offered, &number).is_some() => {
                let query = pick(&offered, &number).map(|id| id.0.clone());
                self.ask(&Wish { query, mode: None, lasts: None }, false, now).await?
            }
            (Line::Answer(given), None) if !offered.is_empty() && given.parse::<usize>().is_ok() => {
                let last = offered.len();
                self.offered = offered;
                Reply::Notice(Notice::NotOffered { given, last })
            }
            (Line::Quiz { query, mode }, _) => {
                self.ask(&Wish { query, mode, lasts: None }, false, now).await?
            }
            (Line::Review { mode }, _) => self.ask(&Wish { mode, ..Wish::default() }, true, now).await?,
            (Line::Answer(answer), Some(round)) => {
                let reply = self.viva.answer(&self.here, round, &Response::Words(&answer), now).await?;
                if matches!(reply, Reply::Graded(_) | Reply::SelfGraded { .. }) {
                    // Nobody else is here to answer.
                    self.viva.close(round, now).await?;
                }
                reply
            }
            (Line::Reveal, Some(round)) => self.viva.reveal(&self.here, round, now).await?,
            (Line::Hint, Some(round)) => self.viva.hint(&self.here, round).await?,
            (Line::Skip, Some(round)) => self.viva.skip(&self.here, round, now).await?,
            (Line::Leaderboard { window, number, topic }, _) => {
                let (window, topic) = self.viva.window(&self.here, window, number, topic).await?;
                self.viva.leaderboard(&self.here, window, topic.as_deref(), 0, now).await?
            }
            (Line::Stats, _) => self.viva.record(&self.here, None, now).await?,
            (Line::Season(name), _) => self.viva.begin_season(&self.here, &name, now).await?,
            (Line::Topics, _) => self.viva.topics(self.here.language),
            (Line::Language(given), _) => match given.parse::<Language>() {
                Ok(language) => {
                    self.viva.speak(self.here.learner, language).await?;
                    self.here.language = language;
                    self.painter.language = language;
                    Reply::Language(language)
                }
                Err(_) => Reply::Notice(Notice::UnknownLanguage),
            },
            (Line::Answer(_) | Line::Reveal | Line::Hint | Line::Skip, None) => nothing_open,
            (Line::Blank | Line::Help | Line::Quit | Line::Unknown { .. }, _) => nothing_open,
        })
    }

    /// Asks what is wished for, or what is due.
    async fn ask(&mut self, wish: &Wish, due: bool, now: Timestamp) -> anyhow::Result<Reply> {
        if let Some(round) = self.round.take() {
            self.viva.close(round, now).await?;
        }
        let (viva, here, rng) = (&self.viva, &self.here, &mut self.rng);
        let reply = if due {
            viva.review(here, wish, now, rng).await
        } else {
            viva.quiz(here, wish, now, rng).await
        }?;
        if let Reply::Asked(asked) = &reply {
            // A terminal has no post to wait for.
            self.viva.posted(asked.round, None, now).await?;
        }
        Ok(reply)
    }
}

/// The offered question of a number that was typed.
fn pick<'o>(offered: &'o [QuestionId], number: &str) -> Option<&'o QuestionId> {
    offered.get(number.parse::<usize>().ok()?.checked_sub(1)?)
}

/// Whether a person sits at both ends, so that a prompt is welcome.
pub(crate) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}
