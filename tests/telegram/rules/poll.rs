//! Polls and quizzes: <https://core.telegram.org/bots/api#sendpoll>.

use serde_json::{Map, Value};

use super::text::formatted;
use super::units;

/// A poll that may be sent.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The question.
    pub question: String,
    /// The options.
    pub options: Vec<String>,
    /// Whether there are right answers.
    pub quiz: bool,
    /// The right answers.
    pub correct: Vec<usize>,
    /// What a wrong answer is told, without its markup.
    pub explanation: Option<String>,
    /// What stands above the poll, without its markup.
    pub description: Option<String>,
    /// Whether nobody learns who voted.
    pub anonymous: bool,
    /// Whether several options can be chosen.
    pub several: bool,
    /// Whether a vote can be changed.
    pub revoting: bool,
    /// When it closes by itself, counted in seconds from now.
    pub seconds: Option<i64>,
    /// Markup that is swallowed without a word.
    pub dubious: Vec<String>,
}

/// Reads the parameters of `sendPoll`.
///
/// # Errors
///
/// What the server answers to a poll that it does not take.
pub fn draft(params: &Map<String, Value>, now: i64) -> Result<Draft, String> {
    let flag = |key: &str| params.get(key).and_then(Value::as_bool);
    let quiz = match params.get("type").and_then(Value::as_str) {
        Some("quiz") => true,
        None | Some("regular" | "") => false,
        Some(_) => return Err("Bad Request: unsupported poll type specified".into()),
    };
    let mut draft = Draft {
        quiz,
        anonymous: flag("is_anonymous").unwrap_or(true),
        several: flag("allows_multiple_answers").unwrap_or(false),
        revoting: flag("allows_revoting").unwrap_or(!quiz),
        ..Draft::default()
    };
    draft.question = formatted(params, "question", "question_parse_mode", "question_entities")?.text;
    match draft.question.chars().count() {
        0 => return Err("Bad Request: text must be non-empty".into()),
        1..=300 => {}
        _ => return Err("Bad Request: poll question length must not exceed 300".into()),
    }
    options(params, &mut draft)?;
    answers(params, &mut draft)?;
    note(params, &mut draft)?;
    draft.seconds = period(params, now)?;
    Ok(draft)
}

fn options(params: &Map<String, Value>, draft: &mut Draft) -> Result<(), String> {
    let list = params
        .get("options")
        .and_then(Value::as_array)
        .ok_or("Bad Request: can't parse options JSON object")?;
    // One option alone has been allowed since Bot API 9.0, though a quiz with one option is no quiz.
    if list.is_empty() || (draft.quiz && list.len() < 2) {
        return Err("Bad Request: poll must have at least 2 option".into());
    }
    if list.len() > 12 {
        return Err("Bad Request: poll can't have more than 12 options".into());
    }
    for option in list {
        let option = match option {
            Value::Object(option) => formatted(option, "text", "text_parse_mode", "text_entities")?.text,
            Value::String(option) => option.trim().to_owned(),
            _ => return Err("Bad Request: can't parse InputPollOption: expected an Object".into()),
        };
        match option.chars().count() {
            0 => return Err("Bad Request: text must be non-empty".into()),
            1..=100 => draft.options.push(option),
            _ => return Err("Bad Request: poll options length must not exceed 100".into()),
        }
    }
    Ok(())
}

fn answers(params: &Map<String, Value>, draft: &mut Draft) -> Result<(), String> {
    if !draft.quiz {
        return Ok(());
    }
    let several = params.get("correct_option_ids").and_then(Value::as_array).cloned();
    // The name until Bot API 9.6, which servers still take.
    let one = params.get("correct_option_id").cloned().map(|id| vec![id]);
    let ids = several.or(one).unwrap_or_default();
    let ids: Option<Vec<usize>> = ids.iter().map(|id| usize::try_from(id.as_u64()?).ok()).collect();
    let wrong = "Bad Request: wrong correct option ID specified";
    let ids = ids.ok_or(wrong)?;
    let rising = ids.windows(2).all(|pair| pair[0] < pair[1]);
    if ids.is_empty() || !rising || ids.iter().any(|id| *id >= draft.options.len()) {
        return Err(wrong.into());
    }
    if ids.len() > 1 && !draft.several {
        return Err("Bad Request: several correct options need a poll that allows multiple answers".into());
    }
    draft.correct = ids;
    Ok(())
}

fn note(params: &Map<String, Value>, draft: &mut Draft) -> Result<(), String> {
    if draft.quiz {
        let explanation = formatted(params, "explanation", "explanation_parse_mode", "explanation_entities")?;
        if units(&explanation.text) > 200 {
            return Err("Bad Request: message caption is too long".into());
        }
        if explanation.text.matches('\n').count() > 2 {
            return Err("Bad Request: QUIZ_EXPLANATION_TOO_MANY_LINES".into());
        }
        draft.dubious.extend(explanation.dubious);
        draft.explanation = Some(explanation.text).filter(|text| !text.is_empty());
    }
    let description = formatted(params, "description", "description_parse_mode", "description_entities")?;
    if units(&description.text) > 1024 {
        return Err("Bad Request: message caption is too long".into());
    }
    draft.dubious.extend(description.dubious);
    draft.description = Some(description.text).filter(|text| !text.is_empty());
    Ok(())
}

fn period(params: &Map<String, Value>, now: i64) -> Result<Option<i64>, String> {
    let number = |key: &str| params.get(key).and_then(Value::as_i64).filter(|seconds| *seconds != 0);
    let seconds = match (number("open_period"), number("close_date")) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err("Bad Request: open_period and close_date can't be used together".into());
        }
        (Some(period), None) => period,
        (None, Some(date)) => date - now,
    };
    if !(5..=2_628_000).contains(&seconds) {
        return Err("Bad Request: POLL_CLOSE_PERIOD_INVALID".into());
    }
    Ok(Some(seconds))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(key: &str, value: Value) -> Result<Draft, String> {
        let mut params = json!({
            "question": "What is bias?", "type": "quiz", "is_anonymous": false,
            "options": [{"text": "a"}, {"text": "b"}, {"text": "c"}], "correct_option_ids": [1],
        });
        params[key] = value;
        draft(params.as_object().unwrap(), 1000)
    }

    #[test]
    fn a_quiz_is_taken_at_its_limits_and_refused_past_them() {
        let many = |n: usize| json!(vec![json!({"text": "x"}); n]);
        for (key, value, fits) in [
            ("question", json!("é".repeat(300)), true),
            ("question", json!("é".repeat(301)), false),
            ("question", json!("  "), false),
            ("options", many(2), true),
            ("options", many(12), true),
            ("options", many(13), false),
            ("options", json!([{"text": "x".repeat(100)}, {"text": "y"}]), true),
            ("options", json!([{"text": "x".repeat(101)}, {"text": "y"}]), false),
            ("explanation", json!("x".repeat(200)), true),
            ("explanation", json!("x".repeat(201)), false),
            ("explanation", json!("a\nb\nc"), true),
            ("explanation", json!("a\nb\nc\nd"), false),
            ("open_period", json!(5), true),
            ("open_period", json!(4), false),
            ("open_period", json!(2_628_000), true),
            ("open_period", json!(2_628_001), false),
            ("close_date", json!(1005), true),
            ("close_date", json!(1004), false),
            ("description", json!("x".repeat(1025)), false),
            ("correct_option_ids", json!([]), false),
            ("correct_option_ids", json!([3]), false),
            ("correct_option_ids", json!([0, 1]), false),
        ] {
            assert_eq!(with(key, value.clone()).is_ok(), fits, "{key} = {value}");
        }
    }
}
