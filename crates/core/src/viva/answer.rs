//! Answering: grading by the text that was asked, saving, and showing what is right.

use std::sync::Arc;

use jiff::Timestamp;

use super::rounds::revealed;
use super::{Here, Viva};
use crate::bank::Text;
use crate::choice;
use crate::grade;
use crate::ids::RoundId;
use crate::reply::{Graded, Hint, Notice, Reply, Response};
use crate::score::{self, Answer, Mark, Recall, Verdict};
use crate::store::{Exercise, Round, StoreError};

impl Viva {
    /// Grades an answer to `round`, which must be one of this venue's, and saves it.
    ///
    /// # Errors
    ///
    /// If the store fails; the answer does not count then.
    pub async fn answer(
        &self,
        here: &Here,
        round: RoundId,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Result<Reply, StoreError> {
        if matches!(response, Response::Words(words) if words.trim().is_empty()) {
            return Ok(Reply::Notice(Notice::EmptyAnswer));
        }
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let (graded, mut reply) = match self.assess(&round.exercise, &text, response) {
            Ok(assessed) => assessed,
            Err(notice) => return Ok(Reply::Notice(notice)),
        };
        let saved =
            Answer { round: round.id, learner: here.learner, text: reply.answer.clone(), graded, at: now };
        let recorded = self.store.record(saved).await?;
        if recorded.verdict == Verdict::Already
            && let Some(first) = self.store.answer_of(round.id, here.learner).await?
            && let Ok((_, graded)) = self.assess(&round.exercise, &text, &Response::Words(&first))
        {
            return Ok(Reply::Graded(Graded { verdict: Verdict::Already, ..graded }));
        }
        reply.verdict = recorded.verdict;
        reply.points = recorded.points;
        reply.bonus = if recorded.bonus == Some(here.learner) { score::FIRST_BONUS } else { 0 };
        reply.rested = recorded.rests_until.is_some();
        if let (score::Graded::Reveal(_), Some(due)) = (graded, recorded.due_at) {
            return Ok(Reply::SelfGraded { days: (due.duration_since(now).as_secs() + 43_200) / 86_400 });
        }
        Ok(Reply::Graded(reply))
    }

    /// What an answer is worth by itself, before anything is known of who gave it and when.
    fn assess(
        &self,
        exercise: &Exercise,
        text: &Text,
        response: &Response<'_>,
    ) -> Result<(score::Graded, Graded), Notice> {
        let mut reply = Graded::default();
        let graded = match (exercise, response) {
            (Exercise::Reveal, Response::Recall(recall)) => score::Graded::Reveal(*recall),
            (Exercise::Reveal, Response::Words(words)) => {
                let grade = recall(words.trim()).ok_or(Notice::NotAGrade { given: (*words).to_owned() })?;
                score::Graded::Reveal(grade)
            }
            (Exercise::Choice { index, order }, Response::Options(_) | Response::Words(_)) => {
                let choice = text.choices.get(*index).ok_or(Notice::NothingOpen)?;
                let chosen = match response {
                    Response::Words(words) => choice::read(words.trim(), choice, order)?,
                    Response::Options(places) => choice::check(places, choice, order)?,
                    Response::Recall(_) => return Err(Notice::NothingOpen),
                };
                reply.answer = choice::letters(&chosen);
                reply.options = choice::shown(choice, order, &chosen);
                reply.explanation = choice.explanation.clone();
                score::Graded::Choice(choice::mark(choice, order, &chosen))
            }
            (Exercise::Typed, Response::Words(words)) => {
                reply.answer = words.trim().to_owned();
                let coverage = grade::grade(words, text, self.glossary);
                let phrase = |&at: &usize| text.key_points[at].phrase.clone();
                reply.hit = coverage.hit.iter().map(phrase).collect();
                reply.missed = coverage.missed.iter().map(phrase).collect();
                let mark = match (coverage.is_right(), coverage.hit.is_empty()) {
                    (true, _) => Mark::Right,
                    (false, true) => Mark::Wrong,
                    (false, false) => Mark::Partial,
                };
                score::Graded::Typed { mark, coverage: (coverage.share * 1000.0).round() as u16 }
            }
            // A button of another kind of question: forged, or of a round that it does not belong to.
            _ => return Err(Notice::NothingOpen),
        };
        if let score::Graded::Reveal(recall) = graded {
            reply.answer = (recall as u8 + 1).to_string();
        }
        reply.verdict = graded.verdict();
        Ok((graded, reply))
    }

    /// Shows the full answer of `round`. A round that has only been looked at can't be answered
    /// any more, except by grading oneself where that is the exercise.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn reveal(&self, here: &Here, round: RoundId, now: Timestamp) -> Result<Reply, StoreError> {
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let grade_yourself = round.exercise == Exercise::Reveal && round.closed_at.is_none();
        if !grade_yourself {
            self.store.close_round(round.id, now).await?;
        }
        Ok(revealed(&round.exercise, &text, grade_yourself))
    }

    /// Gives a nudge towards the answer of `round`; asking twice gives the same one.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn hint(&self, here: &Here, round: RoundId) -> Result<Reply, StoreError> {
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let hint = match &round.exercise {
            Exercise::Choice { index, order } => {
                text.choices.get(*index).and_then(|choice| choice::not_this(choice, order))
            }
            Exercise::Typed => text.key_points.first().map(|point| Hint::Begins(beginning(&point.phrase))),
            Exercise::Reveal if text.topics.is_empty() => None,
            Exercise::Reveal => Some(Hint::Topics(text.topics.clone())),
        };
        Ok(Reply::Hint(hint.unwrap_or(Hint::None)))
    }

    /// Leaves `round` without an answer.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn skip(&self, here: &Here, round: RoundId, now: Timestamp) -> Result<Reply, StoreError> {
        if self.round(here, round).await?.is_none() {
            return Ok(Reply::Notice(Notice::NothingOpen));
        }
        self.store.close_round(round, now).await?;
        Ok(Reply::Skipped)
    }

    /// A round of this venue with the text it was asked with.
    pub(super) async fn round(
        &self,
        here: &Here,
        round: RoundId,
    ) -> Result<Option<(Round, Arc<Text>)>, StoreError> {
        let Some(round) = self.store.round(round).await?.filter(|round| round.venue == here.venue) else {
            return Ok(None);
        };
        let text = self.store.edition(&round.edition).await?;
        Ok(text.map(|text| (round, text)))
    }
}

/// Reads the number by which a learner grades an answer that was revealed.
fn recall(answer: &str) -> Option<Recall> {
    match answer {
        "1" => Some(Recall::Again),
        "2" => Some(Recall::Hard),
        "3" => Some(Recall::Good),
        "4" => Some(Recall::Easy),
        _ => None,
    }
}

/// How a phrase begins: its first letters, about a third of it.
fn beginning(phrase: &str) -> String {
    let letters = phrase.chars().count().div_ceil(3);
    format!("{}…", phrase.chars().take(letters).collect::<String>().trim_end())
}
