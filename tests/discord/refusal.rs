//! How Discord says no: a status, a code, and for bodies a tree of what is wrong where.
//!
//! <https://docs.discord.com/developers/reference#error-messages>

use serde_json::{Map, Value, json};

/// What is wrong with a body, each with the path to it (`components.0.label`).
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<Fault>,
}

#[derive(Debug)]
struct Fault {
    path: String,
    code: &'static str,
    message: String,
}

impl Faults {
    /// Notes that what lies at `path` is wrong.
    pub(super) fn add(&mut self, path: &str, code: &'static str, message: impl Into<String>) {
        self.found.push(Fault { path: path.to_owned(), code, message: message.into() });
    }

    /// Notes `text` as wrong unless its length is within `range`, in Unicode code points.
    pub(super) fn length(&mut self, path: &str, text: &str, range: std::ops::RangeInclusive<usize>) {
        let length = text.chars().count();
        if !range.contains(&length) {
            let message = format!("Must be between {} and {} in length.", range.start(), range.end());
            self.add(path, "BASE_TYPE_BAD_LENGTH", format!("{message} It is {length}."));
        }
    }

    /// Each fault as a line.
    pub(super) fn lines(&self) -> Vec<String> {
        self.found.iter().map(|fault| format!("{}: {} ({})", fault.path, fault.message, fault.code)).collect()
    }

    /// Refuses the body if anything is wrong with it.
    pub(super) fn verdict(self, under: &str) -> Result<(), Refusal> {
        if self.found.is_empty() {
            return Ok(());
        }
        let mut tree = json!({});
        for fault in &self.found {
            let mut node = &mut tree;
            for step in under.split('.').chain(fault.path.split('.')).filter(|step| !step.is_empty()) {
                node = node
                    .as_object_mut()
                    .map(|node| node.entry(step).or_insert_with(|| Value::Object(Map::new())))
                    .expect("every node of the tree is an object");
            }
            let error = json!({ "code": fault.code, "message": fault.message });
            match node["_errors"].as_array_mut() {
                Some(errors) => errors.push(error),
                None => node["_errors"] = json!([error]),
            }
        }
        Err(Refusal {
            status: 400,
            code: 50035,
            message: "Invalid Form Body".to_owned(),
            errors: Some(tree),
            blames: true,
        })
    }
}

/// One refused request.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The HTTP status.
    pub(super) status: u16,
    /// Discord's own code, from the list of JSON error codes.
    /// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
    pub(super) code: u64,
    /// Discord's sentence.
    pub(super) message: String,
    /// What is wrong where, if it is the body.
    pub(super) errors: Option<Value>,
    /// Whether a program that keeps the rules could never have been refused so.
    pub(super) blames: bool,
}

impl Refusal {
    /// The program broke a rule.
    pub(super) fn rule(status: u16, code: u64, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None, blames: true }
    }

    /// The world is so, and a program has to live with it: a deleted channel, a missing permission.
    pub(super) fn condition(status: u16, code: u64, message: &str) -> Self {
        Self { blames: false, ..Self::rule(status, code, message) }
    }

    /// A body with one fault.
    pub(super) fn body(path: &str, code: &'static str, message: &str) -> Self {
        let mut faults = Faults::default();
        faults.add(path, code, message);
        faults.verdict("").expect_err("there is a fault")
    }

    /// A channel that is not there, any more or at all.
    pub(super) fn unknown_channel() -> Self {
        Self::condition(404, 10003, "Unknown Channel")
    }

    /// A message that is not there.
    pub(super) fn unknown_message() -> Self {
        Self::condition(404, 10008, "Unknown Message")
    }

    /// The body of the answer.
    pub(super) fn json(&self) -> Value {
        let mut json = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            json["errors"] = errors.clone();
        }
        json
    }
}
