//! The limits of modals.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal>

use serde_json::Value;

use super::super::refusal::Faults;
use super::components::{CUSTOM_ID, ROW, STRING_SELECT, TEXT_DISPLAY, Walk};

const TEXT_INPUT: u64 = 4;
const LABEL: u64 = 18;

/// What is wrong with a modal.
pub(crate) fn modal(data: &Value) -> Faults {
    let mut faults = Faults::default();
    faults.length("custom_id", data["custom_id"].as_str().unwrap_or(""), CUSTOM_ID);
    faults.length("title", data["title"].as_str().unwrap_or(""), 1..=45);
    let components = data["components"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=5).contains(&components.len()) {
        faults.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let mut walk = Walk::new(&[], &mut faults);
    for (at, component) in components.iter().enumerate() {
        let path = format!("components.{at}");
        let (inner, path) = match component["type"].as_u64() {
            Some(ROW) => {
                let inner = walk.list(component, "components", 1..=1, &path);
                (inner.first(), format!("{path}.components.0"))
            }
            Some(LABEL) => {
                walk.faults.length(
                    &format!("{path}.label"),
                    component["label"].as_str().unwrap_or(""),
                    1..=45,
                );
                if let Some(description) = component["description"].as_str() {
                    walk.faults.length(&format!("{path}.description"), description, 1..=100);
                }
                (component.get("component"), format!("{path}.component"))
            }
            Some(TEXT_DISPLAY) => {
                walk.text_display(component, &path);
                continue;
            }
            _ => {
                let message = "A modal is made of rows, labels and text.";
                walk.faults.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
                continue;
            }
        };
        let labelled = component["type"] == LABEL;
        match inner {
            Some(input) if input["type"] == TEXT_INPUT => text_input(input, labelled, &path, &mut walk),
            Some(select) if labelled && matches!(select["type"].as_u64(), Some(STRING_SELECT | 5..=8)) => {
                walk.select(select, &path);
            }
            Some(_) if labelled => {}
            _ => walk.faults.add(&path, "UNION_TYPE_CHOICES", "Only a text input may stand here."),
        }
    }
    faults
}

/// <https://docs.discord.com/developers/components/reference#text-input>
fn text_input<'a>(input: &'a Value, labelled: bool, path: &str, walk: &mut Walk<'a>) {
    walk.custom_id(input, path);
    let faults = &mut *walk.faults;
    if !labelled {
        faults.length(&format!("{path}.label"), input["label"].as_str().unwrap_or(""), 1..=45);
    } else if !input["label"].is_null() {
        faults.add(&format!("{path}.label"), "COMPONENT_LABEL_TWICE", "The label component has the label.");
    }
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        faults.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    faults.length(&format!("{path}.value"), input["value"].as_str().unwrap_or(""), 0..=4000);
    faults.length(&format!("{path}.placeholder"), input["placeholder"].as_str().unwrap_or(""), 0..=100);
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(4000);
    if least > most || !(1..=4000).contains(&most) {
        let message = "Needs 0 to 4000 at least, 1 to 4000 at most, in this order.";
        faults.add(&format!("{path}.max_length"), "TEXT_INPUT_LENGTH_RANGE", message);
    }
}
