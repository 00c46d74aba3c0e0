//! Rounds: what was asked where, with which text, and until when it may be answered.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::places::read_language;
use super::sql::{Writing, sql};
use super::{Store, StoreError, time};
use crate::bank::{QuestionId, Text};
use crate::ids::{CommunityId, LearnerId, RoundId, VenueId};
use crate::language::Language;
use crate::score::Graded;

/// How many topics of a question have leaderboards; notes may name any number.
const TOPICS: usize = 8;

/// One way to ask a question, as a round keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exercise {
    /// Think, then look, then grade yourself.
    Reveal,
    /// Choose one or several options.
    Choice {
        /// Which of the text's choices it is.
        index: usize,
        /// The options in the order they are shown, each as its place in the text.
        order: Vec<usize>,
    },
    /// Answer in your own words.
    Typed,
}

/// A round that is about to be asked.
#[derive(Clone, Debug)]
pub struct NewRound<'a> {
    /// Where.
    pub venue: VenueId,
    /// On whose request; `None` if nobody's.
    pub asker: Option<LearnerId>,
    /// Which question.
    pub question: &'a QuestionId,
    /// The text it is asked with, which the round keeps whatever becomes of the bank.
    pub text: &'a Text,
    /// In which way.
    pub exercise: &'a Exercise,
    /// The language of the words around the question.
    pub language: Language,
    /// The topics whose leaderboards it counts on, in their canonical form; the first eight do.
    pub topics: &'a [String],
    /// When.
    pub at: Timestamp,
    /// For how long it may be answered once it is posted; `None` for as long as nobody closes it.
    pub lasts: Option<SignedDuration>,
}

/// One exercise asked in one venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its number.
    pub id: RoundId,
    /// Where it was asked.
    pub venue: VenueId,
    /// Whose leaderboard it counts on.
    pub community: CommunityId,
    /// On whose request; `None` if nobody's, or somebody's who was forgotten.
    pub asker: Option<LearnerId>,
    /// Which question it asks.
    pub question: QuestionId,
    /// The name of the text it was asked with; see [`Store::edition`].
    pub edition: String,
    /// In which way it asks.
    pub exercise: Exercise,
    /// The language of the words around the question.
    pub language: Language,
    /// The platform's id of the message that shows it.
    pub message: Option<String>,
    /// The topics whose leaderboards it counts on.
    pub topics: Vec<String>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When the platform confirmed that it was posted.
    pub posted_at: Option<Timestamp>,
    /// From when answers come too late; it moves when the post is confirmed.
    pub closes_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// One learner's answer in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundAnswer {
    /// Who.
    pub learner: LearnerId,
    /// By which name.
    pub name: String,
    /// What was said: the text, or the letters of the chosen options.
    pub answer: String,
    /// Its grade.
    pub graded: Graded,
    /// What it earned, without a bonus.
    pub points: u64,
    /// What being first earned.
    pub bonus: u64,
}

type RoundRow = (
    i64,
    i64,
    i64,
    Option<i64>,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

/// Builds a statement that selects whole rounds.
macro_rules! select_rounds {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, venue, community, asker, question, edition, exercise, language, message, topics, \
             asked_at, posted_at, closes_at, closed_at FROM rounds ",
            $rest
        ))
    };
}

impl Store {
    /// Opens a round, and remembers that its venue has seen the question. Answers count from now on,
    /// because a press may overtake the platform's confirmation; the time to answer starts with
    /// [`Store::posted`].
    ///
    /// # Errors
    ///
    /// If there is no such venue, or the database fails.
    pub async fn open_round(&self, new: NewRound<'_>) -> Result<Round, StoreError> {
        let mut writing = self.shared.pools.write().await?;
        let round = open_round(&mut writing, &new).await?;
        writing.commit().await?;
        Ok(round)
    }

    /// Notes that the platform confirmed the post at `at` as `message`, if messages have names there,
    /// and starts the time to answer; only the first call for a round does anything.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn posted(&self, id: RoundId, message: Option<&str>, at: Timestamp) -> Result<(), StoreError> {
        let update = "UPDATE rounds SET posted_at = $2, closes_at = closes_at + ($2 - asked_at), message = $3 \
            WHERE id = $1 AND posted_at IS NULL RETURNING id";
        self.change(sql(update).bind(id).bind(at).bind(message)).await.map(drop)
    }

    /// Notes that votes of the platform's own `poll` answer a round.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn polled(&self, id: RoundId, poll: &str) -> Result<(), StoreError> {
        let update = sql("UPDATE rounds SET poll = $2 WHERE id = $1 RETURNING id");
        self.change(update.bind(id).bind(poll)).await.map(drop)
    }

    /// The round that a poll's votes answer.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn round_of_poll(&self, poll: &str) -> Result<Option<Round>, StoreError> {
        let find = select_rounds!("WHERE poll = $1");
        self.shared.pools.maybe(find.bind(poll)).await?.map(read_round).transpose()
    }

    /// The round that a message of a venue shows.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn round_of_message(&self, venue: VenueId, message: &str) -> Result<Option<Round>, StoreError> {
        let find = select_rounds!("WHERE venue = $1 AND message = $2 ORDER BY id DESC LIMIT 1");
        self.shared.pools.maybe(find.bind(venue).bind(message)).await?.map(read_round).transpose()
    }

    /// Closes a round; whether this call did it, so that only one caller says so in the venue.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn close_round(&self, id: RoundId, at: Timestamp) -> Result<bool, StoreError> {
        let update = "UPDATE rounds SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL RETURNING id";
        Ok(self.change(sql(update).bind(id).bind(at)).await?.is_some())
    }

    /// The round, if there is one of that number.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn round(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        self.shared.pools.maybe(select_rounds!("WHERE id = $1").bind(id)).await?.map(read_round).transpose()
    }

    /// The latest open round of a venue.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn open_round_of(&self, venue: VenueId) -> Result<Option<Round>, StoreError> {
        let find = select_rounds!("WHERE venue = $1 AND closed_at IS NULL ORDER BY id DESC LIMIT 1");
        self.shared.pools.maybe(find.bind(venue)).await?.map(read_round).transpose()
    }

    /// The open rounds on a platform whose time is up at `now`, the longest overdue first, at most
    /// `limit`.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn due_rounds(
        &self,
        platform: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Round>, StoreError> {
        let find = select_rounds!(
            "WHERE closes_at <= $1 AND closed_at IS NULL \
             AND venue IN (SELECT id FROM venues WHERE platform = $2) ORDER BY closes_at, id LIMIT $3"
        );
        let find = find.bind(now).bind(platform).bind(limit);
        self.shared.pools.all(find).await?.into_iter().map(read_round).collect()
    }

    /// How many rounds are open in a venue at `now`, of anybody, and of one learner
    /// who has not answered them.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn open_rounds(
        &self,
        venue: VenueId,
        asker: LearnerId,
        now: Timestamp,
    ) -> Result<(u64, u64), StoreError> {
        let find = sql("SELECT count(*), count(CASE WHEN asker = $2 AND NOT EXISTS \
            (SELECT 1 FROM attempts a WHERE a.round = rounds.id AND a.learner = $2) THEN 1 END) FROM rounds \
            WHERE venue = $1 AND closed_at IS NULL AND (closes_at IS NULL OR closes_at > $3)");
        let counted: Option<(i64, i64)> =
            self.shared.pools.maybe(find.bind(venue).bind(asker).bind(now)).await?;
        let (all, own) = counted.unwrap_or_default();
        Ok((all.unsigned_abs(), own.unsigned_abs()))
    }

    /// Everybody's answer in a round, in the order they came; names are missing of who was forgotten.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn answers(&self, round: RoundId) -> Result<Vec<RoundAnswer>, StoreError> {
        let find = sql("SELECT a.learner, l.name, a.answer, a.graded, a.points, a.bonus FROM attempts a \
            JOIN learners l ON l.id = a.learner WHERE a.round = $1 ORDER BY a.at, a.learner");
        type Found = (i64, String, String, String, i64, i64);
        let rows: Vec<Found> = self.shared.pools.all(find.bind(round)).await?;
        let read = |(learner, name, answer, graded, points, bonus): Found| {
            Ok(RoundAnswer {
                learner: LearnerId(learner),
                name,
                answer,
                graded: serde_json::from_str(&graded).map_err(StoreError::corrupt("grade"))?,
                points: points.unsigned_abs(),
                bonus: bonus.unsigned_abs(),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// How many have answered a round.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn answered(&self, round: RoundId) -> Result<u64, StoreError> {
        let find = sql("SELECT count(*) FROM attempts WHERE round = $1").bind(round);
        let counted: Option<(i64,)> = self.shared.pools.maybe(find).await?;
        Ok(counted.map_or(0, |(answers,)| answers.unsigned_abs()))
    }

    /// The text that a round was asked with.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn edition(&self, hash: &str) -> Result<Option<Arc<Text>>, StoreError> {
        if let Some(text) = self.shared.editions.get(hash) {
            return Ok(Some(text));
        }
        let find = sql("SELECT text FROM editions WHERE hash = $1").bind(hash);
        let Some((text,)) = self.shared.pools.maybe::<(String,)>(find).await? else { return Ok(None) };
        let text: Arc<Text> = Arc::new(serde_json::from_str(&text).map_err(StoreError::corrupt("edition"))?);
        self.shared.editions.insert(hash.to_owned(), Arc::clone(&text));
        Ok(Some(text))
    }

    /// What a learner answered in a round, if anything.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn answer_of(&self, round: RoundId, learner: LearnerId) -> Result<Option<String>, StoreError> {
        let find = sql("SELECT answer FROM attempts WHERE round = $1 AND learner = $2");
        let found: Option<(String,)> = self.shared.pools.maybe(find.bind(round).bind(learner)).await?;
        Ok(found.map(|(answer,)| answer))
    }

    /// The questions that a venue has seen, with the time it last saw each.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn asked(&self, venue: VenueId) -> Result<Vec<(QuestionId, Timestamp)>, StoreError> {
        let find = sql("SELECT question, asked_at FROM asked WHERE venue = $1 ORDER BY asked_at, question");
        let rows: Vec<(String, i64)> = self.shared.pools.all(find.bind(venue)).await?;
        Ok(rows.into_iter().map(|(question, at)| (QuestionId(question), time(at))).collect())
    }
}

/// Opens a round as part of something greater.
pub(super) async fn open_round(writing: &mut Writing, new: &NewRound<'_>) -> Result<Round, StoreError> {
    let text = json(new.text)?;
    let edition = blake3::hash(text.as_bytes()).to_hex();
    let mut topics: Vec<&str> = Vec::new();
    for topic in new.topics.iter().map(|topic| topic.trim()).filter(|topic| !topic.is_empty()) {
        if topics.len() < TOPICS && !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    let find = sql("SELECT community FROM venues WHERE id = $1").bind(new.venue);
    let community: Option<(i64,)> = writing.maybe(find).await?;
    let (community,) = community.ok_or(StoreError::UnknownVenue(new.venue))?;
    let insert = "INSERT INTO editions (hash, text) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
    writing.run(sql(insert).bind(edition.as_str()).bind(&text)).await?;
    let insert = "INSERT INTO asked (venue, question, asked_at, times) VALUES ($1, $2, $3, 1) \
        ON CONFLICT (venue, question) DO UPDATE SET asked_at = excluded.asked_at, times = asked.times + 1";
    writing.run(sql(insert).bind(new.venue).bind(new.question).bind(new.at)).await?;
    let insert = "INSERT INTO rounds \
        (venue, community, asker, question, edition, exercise, language, topics, asked_at, closes_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        RETURNING id, venue, community, asker, question, edition, exercise, language, message, topics, \
        asked_at, posted_at, closes_at, closed_at";
    let insert = sql(insert)
        .bind(new.venue)
        .bind(community)
        .bind(new.asker)
        .bind(new.question)
        .bind(edition.as_str())
        .bind(&json(new.exercise)?)
        .bind(new.language.code())
        .bind(&json(&topics)?)
        .bind(new.at)
        .bind(new.lasts.map(|lasts| new.at.saturating_add(lasts).unwrap_or(Timestamp::MAX)));
    read_round(writing.one(insert).await?)
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(StoreError::corrupt("JSON"))
}

fn read_round(row: RoundRow) -> Result<Round, StoreError> {
    let (
        id,
        venue,
        community,
        asker,
        question,
        edition,
        exercise,
        language,
        message,
        topics,
        asked,
        posted,
        closes,
        closed,
    ) = row;
    Ok(Round {
        id: RoundId(id),
        venue: VenueId(venue),
        community: CommunityId(community),
        asker: asker.map(LearnerId),
        question: QuestionId(question),
        edition,
        exercise: serde_json::from_str(&exercise).map_err(StoreError::corrupt("exercise"))?,
        language: read_language(language)?.unwrap_or_default(),
        message,
        topics: read_topics(&topics)?,
        asked_at: time(asked),
        posted_at: posted.map(time),
        closes_at: closes.map(time),
        closed_at: closed.map(time),
    })
}

pub(super) fn read_topics(topics: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(topics).map_err(StoreError::corrupt("topics"))
}
