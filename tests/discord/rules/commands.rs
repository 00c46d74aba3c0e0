//! What commands may be called and hold.
//! <https://docs.discord.com/developers/interactions/application-commands#application-command-object>

use std::collections::HashSet;

use serde_json::Value;

use super::super::refusal::Faults;

/// The most slash commands of an application.
/// <https://docs.discord.com/developers/interactions/application-commands#registering-a-command>
const COMMANDS: usize = 100;
/// The most menu commands of each kind.
const MENU_COMMANDS: usize = 15;
/// The most options of a command and choices of an option.
const OPTIONS: usize = 25;
/// The most code points of a command's names, descriptions and values together.
const TOTAL: usize = 8000;

/// The locales that Discord knows. <https://docs.discord.com/developers/reference#locales>
pub(crate) const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko",
];

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

/// What is wrong with a whole set of commands.
pub(crate) fn commands(body: &Value) -> Faults {
    let mut faults = Faults::default();
    let Some(commands) = body.as_array() else {
        faults.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        return faults;
    };
    let mut names = HashSet::new();
    let mut counts = [0; 4];
    for (at, command) in commands.iter().enumerate() {
        let path = at.to_string();
        let kind = command["type"].as_u64().unwrap_or(1);
        counts[usize::try_from(kind.min(3)).unwrap_or(0)] += 1;
        if !names.insert((kind, command["name"].as_str().unwrap_or(""))) {
            let message = "Application command names must be unique";
            faults.add(&path, "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
        if kind == 1 {
            named(command, &path, &mut faults);
            options(&command["options"], 0, &path, &mut faults);
        } else {
            faults.length(&format!("{path}.name"), command["name"].as_str().unwrap_or(""), 1..=32);
        }
        let total = total(command);
        if total > TOTAL {
            let message = format!("Command exceeds maximum size ({TOTAL})");
            faults.add(&path, "APPLICATION_COMMAND_TOO_LARGE", message);
        }
    }
    if counts[1] > COMMANDS || counts[2] > MENU_COMMANDS || counts[3] > MENU_COMMANDS {
        faults.add(
            "",
            "BASE_TYPE_MAX_LENGTH",
            format!("At most {COMMANDS} commands and {MENU_COMMANDS} a menu."),
        );
    }
    faults
}

/// The text of the longest of each localized field, over the whole command.
fn total(node: &Value) -> usize {
    let longest = |field: &str| {
        let localized = node[format!("{field}_localizations")].as_object().into_iter().flatten();
        let texts = localized.map(|(_, text)| text).chain([&node[field]]);
        texts.filter_map(|text| text.as_str()).map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let value = node["value"].as_str().map_or(0, |value| value.chars().count());
    let lists = ["options", "choices"].into_iter().filter_map(|field| node[field].as_array()).flatten();
    longest("name") + longest("description") + value + lists.map(total).sum::<usize>()
}

fn localizations(
    node: &Value,
    field: &str,
    path: &str,
    faults: &mut Faults,
    check: fn(&str, &str, &mut Faults),
) {
    let texts = node[format!("{field}_localizations")].as_object().into_iter().flatten();
    for (locale, text) in texts {
        let path = format!("{path}.{field}_localizations.{locale}");
        if !LOCALES.contains(&locale.as_str()) {
            faults.add(&path, "ENUM_TYPE_COERCE", "Discord does not know this locale.");
        }
        check(&path, text.as_str().unwrap_or(""), faults);
    }
}

fn named(node: &Value, path: &str, faults: &mut Faults) {
    name(&format!("{path}.name"), node["name"].as_str().unwrap_or(""), faults);
    localizations(node, "name", path, faults, name);
    let description = |path: &str, text: &str, faults: &mut Faults| faults.length(path, text, 1..=100);
    description(&format!("{path}.description"), node["description"].as_str().unwrap_or(""), faults);
    localizations(node, "description", path, faults, description);
}

/// <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming>
fn name(path: &str, name: &str, faults: &mut Faults) {
    faults.length(path, name, 1..=32);
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'');
    if !name.chars().all(fits) || name.to_lowercase() != name {
        let message = format!("Command name is invalid: {name}");
        faults.add(path, "APPLICATION_COMMAND_INVALID_NAME", message);
    }
}

fn options(options: &Value, depth: usize, path: &str, faults: &mut Faults) {
    let options = options.as_array().map_or(&[][..], Vec::as_slice);
    if options.len() > OPTIONS {
        let message = format!("Must be {OPTIONS} or fewer in length.");
        faults.add(&format!("{path}.options"), "BASE_TYPE_MAX_LENGTH", message);
    }
    let mut names = HashSet::new();
    let mut optional = false;
    for (at, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{at}");
        named(option, &path, faults);
        if !names.insert(option["name"].as_str().unwrap_or("")) {
            let message = "Option names must be unique";
            faults.add(&format!("{path}.name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message);
        }
        if option["required"] == true && optional {
            let message = "Required options must be placed before non-required options";
            faults.add(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional |= option["required"] != true;
        match option["type"].as_u64() {
            Some(GROUP) if depth == 0 => self::options(&option["options"], 1, &path, faults),
            Some(SUBCOMMAND) if depth <= 1 => self::options(&option["options"], 2, &path, faults),
            Some(3..=11) => value_option(option, &path, faults),
            _ => {
                faults.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", "No option of this type goes here.")
            }
        }
    }
    let below =
        options.iter().filter(|option| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP))).count();
    if below != 0 && below != options.len() {
        let message =
            "Sub-command and sub-command group option types are mutually exclusive to all other types";
        faults.add(&format!("{path}.options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
}

fn value_option(option: &Value, path: &str, faults: &mut Faults) {
    let choices = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if choices.len() > OPTIONS {
        let message = format!("Must be {OPTIONS} or fewer in length.");
        faults.add(&format!("{path}.choices"), "BASE_TYPE_MAX_LENGTH", message);
    }
    if option["autocomplete"] == true
        && (!choices.is_empty() || !matches!(option["type"].as_u64(), Some(3 | 4 | 10)))
    {
        let message = "Autocomplete goes with texts and numbers that have no choices.";
        faults.add(&format!("{path}.autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE", message);
    }
    for (at, choice) in choices.iter().enumerate() {
        self::choice(choice, &format!("{path}.choices.{at}"), faults);
    }
}

/// Judges one choice, of an option or of an autocomplete answer.
/// <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure>
pub(super) fn choice(choice: &Value, path: &str, faults: &mut Faults) {
    let name = |path: &str, text: &str, faults: &mut Faults| faults.length(path, text, 1..=100);
    name(&format!("{path}.name"), choice["name"].as_str().unwrap_or(""), faults);
    localizations(choice, "name", path, faults, name);
    match &choice["value"] {
        Value::String(value) => faults.length(&format!("{path}.value"), value, 1..=100),
        Value::Number(_) => {}
        _ => faults.add(&format!("{path}.value"), "BASE_TYPE_REQUIRED", "This field is required"),
    }
}
