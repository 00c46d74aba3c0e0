//! Rounds as chats see them: the card that shows one, who may look, and how it ends.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::ask::asked;
use super::{Here, Viva};
use crate::bank::Text;
use crate::choice;
use crate::document::Document;
use crate::ids::RoundId;
use crate::reply::{Card, Notice, Outcome, Reply, Revealed, ShownOption};
use crate::score::Verdict;
use crate::store::{Exercise, Revealers, Round, RoundAnswer, StoreError};

/// How long only the asker may show an answer to all.
const ASKERS_MINUTE: SignedDuration = SignedDuration::from_secs(60);

impl Viva {
    /// A round as its message shows it now.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn card(&self, round: RoundId) -> Result<Option<Card>, StoreError> {
        let Some(round) = self.store.round(round).await? else { return Ok(None) };
        let Some(text) = self.store.edition(&round.edition).await? else { return Ok(None) };
        let (answered, outcome) = if round.closed_at.is_none() {
            (self.store.answered(round.id).await?, None)
        } else {
            let answers = self.store.answers(round.id).await?;
            (answers.len() as u64, Some(outcome(&round, &text, &answers)))
        };
        Ok(Some(Card {
            asked: asked(round.id, &round.question, &text, &round.exercise),
            venue: round.venue,
            message: round.message,
            language: round.language,
            answered,
            closes_at: round.closes_at,
            outcome,
        }))
    }

    /// The options of a choice in the order they are shown, with those that are right, and what is said to
    /// everybody who chose: for platforms that grade by themselves. `None` if it is no choice.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn solution(&self, round: RoundId) -> Result<Option<(Vec<ShownOption>, Document)>, StoreError> {
        let Some(round) = self.store.round(round).await? else { return Ok(None) };
        let Some(text) = self.store.edition(&round.edition).await? else { return Ok(None) };
        let Exercise::Choice { index, order } = &round.exercise else { return Ok(None) };
        let Some(choice) = text.choices.get(*index) else { return Ok(None) };
        Ok(Some((choice::shown(choice, order, &Default::default()), choice.explanation.clone())))
    }

    /// Shows the full answer of `round` to one learner: at once where they grade themselves, else when
    /// they have answered or the round is over.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn show(&self, here: &Here, round: RoundId) -> Result<Reply, StoreError> {
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let answered = self.store.answer_of(round.id, here.learner).await?.is_some();
        let (open, by_oneself) = (round.closed_at.is_none(), round.exercise == Exercise::Reveal);
        if open && !answered && !by_oneself {
            return Ok(Reply::Notice(Notice::AnswerFirst));
        }
        Ok(revealed(&round.exercise, &text, open && !answered && by_oneself))
    }

    /// Shows the full answer of `round` to all: on the asker's request, on anybody's when the round is
    /// over, a minute old, or the community lets everyone.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn show_all(&self, here: &Here, round: RoundId, now: Timestamp) -> Result<Reply, StoreError> {
        let Some((round, text)) = self.round(here, round).await? else {
            return Ok(Reply::Notice(Notice::NothingOpen));
        };
        let open = round.closed_at.is_none();
        let free =
            !open || here.community.revealers == Revealers::Everyone || round.asker == Some(here.learner);
        let wait = (round.posted_at.unwrap_or(round.asked_at) + ASKERS_MINUTE).duration_since(now);
        if !free && wait.is_positive() {
            return Ok(Reply::Notice(Notice::AskerFirst { wait }));
        }
        if round.exercise != Exercise::Reveal {
            // What everybody can read is no question any more.
            self.store.close_round(round.id, now).await?;
        }
        Ok(revealed(&round.exercise, &text, open && round.exercise == Exercise::Reveal))
    }

    /// Ends a round before its time: on the asker's request, or on that of somebody who manages the
    /// venue. It gives the card as it is then, or why it could not be.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn end(
        &self,
        here: &Here,
        round: RoundId,
        manages: bool,
        now: Timestamp,
    ) -> Result<Result<Card, Notice>, StoreError> {
        let Some((found, _)) = self.round(here, round).await? else {
            return Ok(Err(Notice::NothingOpen));
        };
        if !manages && found.asker != Some(here.learner) {
            return Ok(Err(Notice::NotYours));
        }
        self.store.close_round(round, now).await?;
        Ok(self.card(round).await?.ok_or(Notice::NothingOpen))
    }

    /// Ends the rounds on a platform whose time is up, at most `limit`, and gives their cards. Only one
    /// process gets each.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn end_due(&self, platform: &str, now: Timestamp, limit: u32) -> Result<Vec<Card>, StoreError> {
        let mut cards = Vec::new();
        for round in self.store.due_rounds(platform, now, limit).await? {
            if self.store.close_round(round.id, now).await?
                && let Some(card) = self.card(round.id).await?
            {
                cards.push(card);
            }
        }
        Ok(cards)
    }
}

/// The full answer, whoever may see it.
pub(super) fn revealed(exercise: &Exercise, text: &Text, grade_yourself: bool) -> Reply {
    let right = match exercise {
        Exercise::Choice { index, order } => text.choices.get(*index).map(|choice| {
            let options = choice::shown(choice, order, &BTreeSet::new()).into_iter();
            options.filter(|option| option.right).collect()
        }),
        _ => None,
    };
    Reply::Revealed(Revealed {
        title: text.title.clone(),
        right: right.unwrap_or_default(),
        answer: text.answer.clone(),
        grade_yourself,
    })
}

fn outcome(round: &Round, text: &Text, answers: &[RoundAnswer]) -> Outcome {
    let is_right = |answer: &&RoundAnswer| answer.graded.verdict() == Verdict::Right;
    let mut outcome = Outcome {
        right: answers.iter().filter(is_right).count() as u64,
        first: answers
            .iter()
            .filter(is_right)
            .find(|answer| answer.graded.is_checked() && answer.points > 0)
            .map(|first| first.name.clone()),
        ..Outcome::default()
    };
    if let Exercise::Choice { index, order } = &round.exercise
        && let Some(choice) = text.choices.get(*index)
    {
        outcome.options = choice::shown(choice, order, &Default::default());
        outcome.explanation = choice.explanation.clone();
        outcome.votes = vec![0; order.len()];
        for chosen in answers.iter().filter_map(|answer| choice::read(&answer.answer, choice, order).ok()) {
            chosen.into_iter().for_each(|place| outcome.votes[place] += 1);
        }
    }
    outcome
}
