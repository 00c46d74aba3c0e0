//! Polls that really run: votes, changed and taken back, until somebody or the time closes them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::World;
use super::chat::Standing;
use crate::telegram::rules::poll::Draft;

/// A poll.
#[derive(Debug, Clone)]
pub struct Poll {
    /// Its id.
    pub id: String,
    /// The chat it hangs in.
    pub chat: i64,
    /// Its message.
    pub message: i64,
    /// What the bot sent.
    pub draft: Draft,
    /// When it closes by itself, in Unix milliseconds.
    pub closes: Option<i64>,
    /// Whether it is closed.
    pub closed: bool,
    /// Who chose what; whoever took a vote back has none.
    pub votes: BTreeMap<i64, Vec<usize>>,
}

impl Poll {
    /// As a `Poll`, with the description when it stands in a message.
    #[must_use]
    pub fn json(&self, in_message: bool) -> Value {
        let draft = &self.draft;
        let voters = |n: usize| self.votes.values().filter(|chosen| chosen.contains(&n)).count();
        let options = draft.options.iter().enumerate();
        let options: Vec<Value> = options
            .map(|(n, text)| json!({"persistent_id": n.to_string(), "text": text, "voter_count": voters(n)}))
            .collect();
        let mut poll = json!({
            "id": self.id, "question": draft.question, "options": options,
            "total_voter_count": self.votes.len(), "is_closed": self.closed, "is_anonymous": draft.anonymous,
            "type": if draft.quiz { "quiz" } else { "regular" }, "allows_multiple_answers": draft.several,
            "allows_revoting": draft.revoting, "members_only": false,
        });
        if draft.quiz {
            poll["correct_option_ids"] = json!(draft.correct);
        }
        if let Some(explanation) = &draft.explanation {
            poll["explanation"] = explanation.clone().into();
            poll["explanation_entities"] = json!([]);
        }
        if let (Some(seconds), Some(closes)) = (draft.seconds, self.closes) {
            poll["open_period"] = seconds.into();
            poll["close_date"] = (closes / 1000).into();
        }
        if let Some(description) = draft.description.as_ref().filter(|_| in_message) {
            poll["description"] = description.clone().into();
        }
        poll
    }
}

impl World {
    /// Casts, changes or takes back a vote.
    ///
    /// # Errors
    ///
    /// Why the app would not let the person do that.
    pub fn vote(&mut self, poll: &str, person: i64, chosen: &[usize]) -> Result<(), String> {
        let Some(found) = self.polls.get_mut(poll) else { return Err("there is no such poll".into()) };
        if found.closed {
            return Err("the poll is closed".into());
        }
        if chosen.iter().any(|n| *n >= found.draft.options.len()) {
            return Err(format!("the poll has {} options", found.draft.options.len()));
        }
        if chosen.len() > 1 && !found.draft.several {
            return Err("the poll takes one answer".into());
        }
        if found.votes.contains_key(&person) && !found.draft.revoting {
            return Err("the poll takes no second vote".into());
        }
        match chosen {
            [] => found.votes.remove(&person),
            _ => found.votes.insert(person, chosen.to_vec()),
        };
        self.tell_vote(poll, person, chosen);
        Ok(())
    }

    /// Tells the bot of a vote, whether or not the app would have allowed it.
    pub fn tell_vote(&mut self, poll: &str, person: i64, chosen: &[usize]) {
        let Some(found) = self.polls.get(poll) else { return };
        if found.draft.anonymous {
            let body = found.json(false);
            self.tell("poll", body);
            return;
        }
        let ids: Vec<String> = chosen.iter().map(ToString::to_string).collect();
        let mut body = json!({"poll_id": poll, "option_ids": chosen, "option_persistent_ids": ids});
        // An administrator who speaks as the group votes as the group.
        match self.chats.get(&found.chat) {
            Some(chat) if chat.members.get(&person) == Some(&Standing::Anonymous) => {
                body["voter_chat"] = chat.json();
            }
            _ => body["user"] = self.user(person),
        }
        let state = found.json(false);
        self.tell("poll_answer", body);
        // The new count comes beside the answer: <https://github.com/eternnoir/pyTelegramBotAPI/issues/851>.
        self.tell("poll", state);
    }

    /// Closes a poll and tells the bot of its end.
    pub fn close_poll(&mut self, id: &str) {
        let Some(poll) = self.polls.get_mut(id) else { return };
        if poll.closed {
            return;
        }
        poll.closed = true;
        let body = poll.json(false);
        self.tell("poll", body);
    }
}
