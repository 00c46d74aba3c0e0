//! What Viva replies: plain data that every adapter renders in its own way and language.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::bank::QuestionId;
use crate::document::{Document, Inline};
use crate::ids::{RoundId, VenueId};
use crate::language::Language;
use crate::score::{Recall, Verdict, Window};
use crate::store::{Revealers, Season, Standings, Tally};

/// What comes of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// A question, asked.
    Asked(Asked),
    /// Questions to choose from.
    Suggested(Suggested),
    /// What an answer is worth.
    Graded(Graded),
    /// A full answer.
    Revealed(Revealed),
    /// How a learner graded an answer that was revealed; it comes back in so many days.
    SelfGraded {
        /// Days until it is due again.
        days: i64,
    },
    /// A nudge.
    Hint(Hint),
    /// The open question was left.
    Skipped,
    /// A leaderboard.
    Standings {
        /// What it counts.
        window: Window,
        /// The topic it is of, as it is called; all topics if there is none.
        topic: Option<String>,
        /// Which page of it, from 0.
        page: u32,
        /// Who stands where.
        standings: Standings,
    },
    /// A learner's record.
    Record(Record),
    /// What there is to learn, with the number of questions of each topic.
    Topics(Vec<(String, usize)>),
    /// The language Viva speaks from now on.
    Language(Language),
    /// A season, begun.
    Season(Season),
    /// Something stood in the way.
    Notice(Notice),
}

/// A question as it was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The round that waits for answers.
    pub round: RoundId,
    /// Which question.
    pub question: QuestionId,
    /// What it says.
    pub title: Vec<Inline>,
    /// What stands below its title.
    pub body: Document,
    /// How hard it is, from 1 to 5.
    pub difficulty: Option<u8>,
    /// How it is to be answered.
    pub task: Task,
    /// The mode that was wished for and that this question does not have.
    pub lacks: Option<Mode>,
}

/// A round as its message shows it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What was asked.
    pub asked: Asked,
    /// Where.
    pub venue: VenueId,
    /// The platform's id of the message that shows it.
    pub message: Option<String>,
    /// The language of the words around the question.
    pub language: Language,
    /// How many have answered.
    pub answered: u64,
    /// From when answers come too late.
    pub closes_at: Option<Timestamp>,
    /// How it ended; `None` while it is open.
    pub outcome: Option<Outcome>,
}

/// How a round ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The options of a choice in the order they were shown, none of them chosen.
    pub options: Vec<ShownOption>,
    /// How many chose each of them.
    pub votes: Vec<u64>,
    /// What is said to everybody who chose; may be empty.
    pub explanation: Document,
    /// How many were right.
    pub right: u64,
    /// Who was the first to be right and earn points.
    pub first: Option<String>,
}

/// How somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response<'a> {
    /// In words, which may be letters or numbers of options, or a grade from 1 to 4.
    Words(&'a str),
    /// By the places of options in the order they are shown, from 0.
    Options(BTreeSet<usize>),
    /// By grading oneself.
    Recall(Recall),
}

/// How a question is to be answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// By thinking, looking and grading oneself.
    Reveal,
    /// By choosing.
    Choice {
        /// What is asked, if the title does not ask it.
        prompt: Document,
        /// The options in the order they are shown.
        options: Vec<Document>,
        /// Whether more than one is right.
        several: bool,
    },
    /// In one's own words.
    Typed {
        /// How many key points make a full answer.
        needed: usize,
    },
}

/// A way of asking that somebody wishes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Think, look, grade yourself.
    Reveal,
    /// Choose.
    Choice,
    /// Use your own words.
    Typed,
}

impl Mode {
    /// The mode of a name in either language.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.to_lowercase().as_str() {
            "reveal" | "先想后看" | "看答案" => Some(Self::Reveal),
            "choice" | "选择" | "选择题" => Some(Self::Choice),
            "typed" | "简答" | "简答题" => Some(Self::Typed),
            _ => None,
        }
    }

    /// Its name in messages and commands.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reveal => "reveal",
            Self::Choice => "choice",
            Self::Typed => "typed",
        }
    }
}

/// Questions that a query may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// What was looked for.
    pub query: String,
    /// Whether they only come near it.
    pub nearest: bool,
    /// The questions, best first; never empty.
    pub questions: Vec<(QuestionId, String)>,
}

/// What an answer is worth, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graded {
    /// What is said to it.
    pub verdict: Verdict,
    /// The answer that counts: this one, or the learner's first.
    pub answer: String,
    /// What it earns by itself.
    pub points: u64,
    /// What being first earned, if that was settled by this answer.
    pub bonus: u64,
    /// Whether it earns nothing because the learner had the question right within seven days.
    pub rested: bool,
    /// The options in the order they were shown, of a choice.
    pub options: Vec<ShownOption>,
    /// What is said to everybody who chose; may be empty.
    pub explanation: Document,
    /// The key points that were named, of an answer in own words.
    pub hit: Vec<String>,
    /// The key points that were not.
    pub missed: Vec<String>,
}

/// An option as it looks once somebody has answered.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownOption {
    /// Its letter.
    pub letter: char,
    /// What it says.
    pub text: Document,
    /// Whether it is right.
    pub right: bool,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Why it is right or wrong; may be empty.
    pub explanation: Document,
}

/// A full answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Revealed {
    /// The question.
    pub title: Vec<Inline>,
    /// The options that are right, if it was asked as a choice.
    pub right: Vec<ShownOption>,
    /// The answer; may be empty.
    pub answer: Document,
    /// Whether the learner should now say how well it was known.
    pub grade_yourself: bool,
}

/// A nudge towards an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Hint {
    /// An option that is wrong.
    NotThis {
        /// Its letter.
        letter: char,
        /// What it says.
        text: Document,
    },
    /// How a key point begins.
    Begins(String),
    /// What the question is about.
    Topics(Vec<String>),
    /// There is none.
    None,
}

/// How a community is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Its language; everybody's own if there is none.
    pub language: Option<Language>,
    /// How questions are asked when nobody says how; as each question allows if there is none.
    pub mode: Option<Mode>,
    /// Who may show an answer to all.
    pub revealers: Revealers,
    /// Whether answers come as rich messages, where the platform has such.
    pub rich: bool,
}

/// A learner's record.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Whose; the asking learner's own if there is none.
    pub of: Option<String>,
    /// How many answers counted.
    pub answered: u64,
    /// How many of them were right.
    pub right: u64,
    /// Points in all, in this community.
    pub points: u64,
    /// Points this week, in this community.
    pub week: u64,
    /// Days in a row with an answer, up to today or yesterday.
    pub streak: u32,
    /// The longest such run.
    pub best_streak: u32,
    /// How many questions are due for review.
    pub due: u64,
    /// The answers of the last half year, day by day, today last.
    pub days: Vec<(Date, u64)>,
    /// What was answered by topic, as the topics are called, the one with most answers first.
    pub topics: Vec<(String, Tally)>,
    /// What becomes of the learner's memory in the next two weeks, today first; empty if nothing is remembered, or if
    /// somebody else asks.
    pub forecast: Vec<Forecast>,
}

/// A day to come, for somebody's memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Which day.
    pub day: Date,
    /// The share of all answered questions that is expected to be recalled if none is repeated, from 0 to 1.
    pub recall: f64,
    /// How many questions become due on it; on the first day, all that are due.
    pub due: u64,
}

/// Why a request came to nothing, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// There are no questions at all.
    EmptyBank,
    /// Nothing comes near a query.
    NothingFound {
        /// What was looked for.
        query: String,
    },
    /// The learner has nothing to review.
    NothingDue,
    /// No question waits for an answer here.
    NothingOpen,
    /// A number that is none of those that were offered.
    NotOffered {
        /// What was typed.
        given: String,
        /// The last number that was.
        last: usize,
    },
    /// There was nothing in the answer.
    EmptyAnswer,
    /// It names an option that there isn't, or no option.
    NotAnOption {
        /// What was given.
        given: String,
        /// The letter of the last option.
        last: char,
        /// Whether several may be chosen.
        several: bool,
    },
    /// Several options were chosen where one is right.
    OneOptionOnly,
    /// It is no number from 1 to 4.
    NotAGrade {
        /// What was given.
        given: String,
    },
    /// There is no such topic.
    UnknownTopic {
        /// What was given.
        given: String,
    },
    /// Too many rounds are open.
    TooManyOpen {
        /// The learner's own ones, or all of the venue.
        own: bool,
    },
    /// The answer is shown to those who have answered, or when the round is over.
    AnswerFirst,
    /// Only who asked may do that yet.
    AskerFirst {
        /// How long until everybody may.
        wait: SignedDuration,
    },
    /// Only who asked may end a round before its time.
    NotYours,
    /// There is nothing stored about somebody.
    NoRecord {
        /// By the name they go by.
        name: String,
    },
    /// It is no time of a day.
    NotATime {
        /// What was given.
        given: String,
    },
    /// There is no such time zone.
    NotAZone {
        /// What was given.
        given: String,
    },
    /// It names no days of the week.
    NotDays {
        /// What was given.
        given: String,
    },
    /// A season needs a name.
    NamelessSeason,
    /// Viva speaks no such language.
    UnknownLanguage,
}
