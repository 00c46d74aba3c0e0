//! What may stand where in a message, and how long and how many. All limits:
//! <https://docs.discord.com/developers/components/reference>

use std::collections::HashSet;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::super::refusal::Faults;

/// The most components of a message, those inside others counted.
const COMPONENTS: usize = 40;
/// The most code points of all text displays together.
const TEXT: usize = 4000;
/// The most action rows of a message without the flag for Components V2.
const ROWS: usize = 5;
/// The most buttons of a row.
const BUTTONS: usize = 5;
/// Text displays of a section.
const SECTION: RangeInclusive<usize> = 1..=3;
/// Pictures of a media gallery.
const GALLERY: RangeInclusive<usize> = 1..=10;
/// Options of a select menu.
const OPTIONS: RangeInclusive<usize> = 1..=25;
/// Code points of a `custom_id`.
pub(super) const CUSTOM_ID: RangeInclusive<usize> = 1..=100;

/// Component types.
pub(super) const ROW: u64 = 1;
const BUTTON: u64 = 2;
pub(super) const STRING_SELECT: u64 = 3;
const SECTION_TYPE: u64 = 9;
pub(super) const TEXT_DISPLAY: u64 = 10;
const THUMBNAIL: u64 = 11;
const MEDIA_GALLERY: u64 = 12;
const FILE: u64 = 13;
const SEPARATOR: u64 = 14;
const CONTAINER: u64 = 17;

/// What may stand on a message, and in a container but for another container.
const LAYOUT: [u64; 6] = [ROW, SECTION_TYPE, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR];

/// One walk over a message's components.
pub(super) struct Walk<'a> {
    pub(super) faults: &'a mut Faults,
    custom_ids: HashSet<&'a str>,
    ids: HashSet<u64>,
    files: &'a [String],
    shown: HashSet<&'a str>,
    count: usize,
    text: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(files: &'a [String], faults: &'a mut Faults) -> Self {
        let (custom_ids, ids, shown) = Default::default();
        Self { faults, custom_ids, ids, files, shown, count: 0, text: 0 }
    }
}

/// Judges the components of a message.
pub(super) fn message(components: &Value, v2: bool, files: &[String], faults: &mut Faults) {
    let Some(list) = components.as_array() else { return };
    if !v2 && list.len() > ROWS {
        faults.add("components", "BASE_TYPE_MAX_LENGTH", format!("Must be {ROWS} or fewer in length."));
    }
    let mut walk = Walk::new(files, faults);
    for (at, component) in list.iter().enumerate() {
        let path = format!("components.{at}");
        let kind = component["type"].as_u64().unwrap_or(0);
        let allowed = if v2 { LAYOUT.contains(&kind) || kind == CONTAINER } else { kind == ROW };
        walk.placed(component, allowed, &path);
    }
    let (count, text) = (walk.count, walk.text);
    let hidden: Vec<_> = files.iter().filter(|file| !walk.shown.contains(file.as_str())).cloned().collect();
    if count > COMPONENTS {
        let message = format!("A message has at most {COMPONENTS} components; this has {count}.");
        faults.add("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message);
    }
    if text > TEXT {
        let message = format!("Your displayable text size of {text} exceeds maximum size of {TEXT}");
        faults.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message);
    }
    if v2 && !hidden.is_empty() {
        // Discord takes such a file and shows it to nobody, which no program means.
        let message = format!("No component shows {}.", hidden.join(", "));
        faults.add("attachments", "STAND_IN_HIDDEN_ATTACHMENT", message);
    }
}

impl<'a> Walk<'a> {
    /// Judges a component that stands where it is `allowed` or not.
    fn placed(&mut self, component: &'a Value, allowed: bool, path: &str) {
        self.count += 1;
        if let Some(id) = component["id"].as_u64().filter(|id| *id != 0)
            && !self.ids.insert(id)
        {
            self.faults.add(
                &format!("{path}.id"),
                "COMPONENT_ID_DUPLICATED",
                "Component id cannot be duplicated",
            );
        }
        if !allowed {
            let message = format!("A component of type {} may not stand here.", component["type"]);
            self.faults.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            return;
        }
        match component["type"].as_u64().unwrap_or(0) {
            ROW => self.row(component, path),
            BUTTON => self.button(component, path),
            STRING_SELECT..=8 => self.select(component, path),
            SECTION_TYPE => self.section(component, path),
            TEXT_DISPLAY => self.text_display(component, path),
            THUMBNAIL => self.media(component, path),
            MEDIA_GALLERY => {
                let items = self.list(component, "items", GALLERY, path);
                for (at, item) in items.iter().enumerate() {
                    self.media(item, &format!("{path}.items.{at}"));
                }
            }
            FILE => {
                let url = component["file"]["url"].as_str().unwrap_or("");
                if !url.starts_with("attachment://") {
                    let message = "A file component shows an attachment://.";
                    self.faults.add(&format!("{path}.file.url"), "URL_TYPE_INVALID_SCHEME", message);
                }
                self.link(url, &format!("{path}.file.url"));
            }
            SEPARATOR => self.separator(component, path),
            CONTAINER => {
                let inner = self.list(component, "components", 1..=COMPONENTS, path);
                for (at, child) in inner.iter().enumerate() {
                    let kind = child["type"].as_u64().unwrap_or(0);
                    self.placed(child, LAYOUT.contains(&kind), &format!("{path}.components.{at}"));
                }
            }
            _ => {}
        }
    }

    fn separator(&mut self, separator: &'a Value, path: &str) {
        let spacing = &separator["spacing"];
        if !spacing.is_null() && !matches!(spacing.as_u64(), Some(1 | 2)) {
            self.faults.add(&format!("{path}.spacing"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
        }
    }

    /// The list under `field`, noted unless it has as many items as it may.
    pub(super) fn list(
        &mut self,
        component: &'a Value,
        field: &str,
        range: RangeInclusive<usize>,
        path: &str,
    ) -> &'a [Value] {
        let list = component[field].as_array().map_or(&[][..], Vec::as_slice);
        if !range.contains(&list.len()) {
            let message = format!("Must be between {} and {} in length.", range.start(), range.end());
            self.faults.add(&format!("{path}.{field}"), "BASE_TYPE_BAD_LENGTH", message);
        }
        list
    }

    fn row(&mut self, row: &'a Value, path: &str) {
        let inner = self.list(row, "components", 1..=BUTTONS, path);
        let kinds: Vec<_> = inner.iter().map(|child| child["type"].as_u64().unwrap_or(0)).collect();
        let menu = kinds.len() == 1 && matches!(kinds[0], STRING_SELECT | 5..=8);
        for (at, (child, kind)) in inner.iter().zip(kinds).enumerate() {
            self.placed(child, kind == BUTTON || menu, &format!("{path}.components.{at}"));
        }
    }

    fn section(&mut self, section: &'a Value, path: &str) {
        let inner = self.list(section, "components", SECTION, path);
        for (at, child) in inner.iter().enumerate() {
            self.placed(child, child["type"] == TEXT_DISPLAY, &format!("{path}.components.{at}"));
        }
        let accessory = &section["accessory"];
        let kind = accessory["type"].as_u64().unwrap_or(0);
        self.placed(accessory, kind == BUTTON || kind == THUMBNAIL, &format!("{path}.accessory"));
    }

    pub(super) fn text_display(&mut self, display: &'a Value, path: &str) {
        let content = display["content"].as_str().unwrap_or("");
        self.text += content.chars().count();
        if content.is_empty() {
            self.faults.add(&format!("{path}.content"), "BASE_TYPE_REQUIRED", "This field is required");
        }
    }

    fn media(&mut self, item: &'a Value, path: &str) {
        self.link(item["media"]["url"].as_str().unwrap_or(""), &format!("{path}.media.url"));
        if let Some(description) = item["description"].as_str() {
            self.faults.length(&format!("{path}.description"), description, 1..=1024);
        }
    }

    fn link(&mut self, url: &'a str, path: &str) {
        if let Some(name) = url.strip_prefix("attachment://") {
            self.shown.insert(name);
            if !self.files.iter().any(|file| file == name) {
                let message = format!("The referenced attachment was not found: {name}");
                self.faults.add(path, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message);
            }
        } else if !url.starts_with("https://") && !url.starts_with("http://") {
            let message = "Scheme must be one of ('http', 'https', 'attachment').";
            self.faults.add(path, "URL_TYPE_INVALID_SCHEME", message);
        }
        self.faults.length(path, url, 1..=2048);
    }

    pub(super) fn custom_id(&mut self, component: &'a Value, path: &str) {
        let path = format!("{path}.custom_id");
        let Some(custom_id) = component["custom_id"].as_str() else {
            self.faults.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
            return;
        };
        self.faults.length(&path, custom_id, CUSTOM_ID);
        if !self.custom_ids.insert(custom_id) {
            let message = "Component custom id cannot be duplicated";
            self.faults.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }

    /// <https://docs.discord.com/developers/components/reference#button>
    fn button(&mut self, button: &'a Value, path: &str) {
        match button["style"].as_u64() {
            Some(1..=4) => {
                self.custom_id(button, path);
                if !button["url"].is_null() {
                    let message = "A custom id and url cannot both be specified";
                    self.faults.add(&format!("{path}.url"), "BUTTON_COMPONENT_CUSTOM_ID_URL", message);
                }
            }
            Some(5) => {
                let url = button["url"].as_str().unwrap_or("");
                self.faults.length(&format!("{path}.url"), url, 1..=512);
                if !button["custom_id"].is_null() {
                    let message = "A custom id and url cannot both be specified";
                    self.faults.add(&format!("{path}.custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL", message);
                }
            }
            Some(6) => {}
            _ => {
                self.faults.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of 1 to 6.")
            }
        }
        let label = button["label"].as_str().unwrap_or("");
        self.faults.length(&format!("{path}.label"), label, 0..=80);
        if label.is_empty() && !button["emoji"].is_object() && button["style"] != 6 {
            self.faults.add(path, "BUTTON_COMPONENT_EMPTY", "A button needs a label or an emoji.");
        }
    }

    /// <https://docs.discord.com/developers/components/reference#string-select>
    pub(super) fn select(&mut self, select: &'a Value, path: &str) {
        self.custom_id(select, path);
        if let Some(placeholder) = select["placeholder"].as_str() {
            self.faults.length(&format!("{path}.placeholder"), placeholder, 0..=150);
        }
        let least = select["min_values"].as_u64().unwrap_or(1);
        let most = select["max_values"].as_u64().unwrap_or(1);
        if least > most || !(1..=25).contains(&most) {
            let message = "Needs 0 to 25 values at least, 1 to 25 at most, in this order.";
            self.faults.add(&format!("{path}.max_values"), "SELECT_COMPONENT_VALUES_RANGE", message);
        }
        if select["type"] == STRING_SELECT {
            let options = self.list(select, "options", OPTIONS, path);
            self.options(options, most, path);
        }
    }

    fn options(&mut self, options: &'a [Value], most: u64, path: &str) {
        if most > options.len() as u64 {
            let message = "Must not be more than there are options.";
            self.faults.add(&format!("{path}.max_values"), "SELECT_COMPONENT_MAX_VALUES", message);
        }
        let mut values = HashSet::new();
        for (at, option) in options.iter().enumerate() {
            let path = format!("{path}.options.{at}");
            for field in ["label", "value"] {
                let text = option[field].as_str().unwrap_or("");
                self.faults.length(&format!("{path}.{field}"), text, 1..=100);
            }
            if let Some(description) = option["description"].as_str() {
                self.faults.length(&format!("{path}.description"), description, 1..=100);
            }
            if !values.insert(option["value"].as_str().unwrap_or("")) {
                let message = "The specified option value is already used";
                self.faults.add(
                    &format!("{path}.value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    message,
                );
            }
        }
        if options.iter().filter(|option| option["default"] == true).count() as u64 > most {
            let message = "More options are chosen beforehand than may be.";
            self.faults.add(&format!("{path}.options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", message);
        }
    }
}
