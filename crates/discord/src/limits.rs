//! What Discord allows, each limit with the page that states it.

/// Characters in all texts of a message with Components V2.
/// <https://docs.discord.com/developers/components/reference#text-display>
pub const MESSAGE_TEXT: usize = 4_000;

/// Components of a message with Components V2, nested ones included.
/// <https://docs.discord.com/developers/components/overview>
pub const MESSAGE_COMPONENTS: usize = 40;

/// Buttons in an action row.
/// <https://docs.discord.com/developers/components/reference#action-row>
pub const ROW_BUTTONS: usize = 5;

/// Characters of a button's label.
/// <https://docs.discord.com/developers/components/reference#button>
pub const BUTTON_LABEL: usize = 80;

/// Options of a select menu.
/// <https://docs.discord.com/developers/components/reference#string-select>
pub const SELECT_OPTIONS: usize = 25;

/// Characters of an option's label, and of its value.
/// <https://docs.discord.com/developers/components/reference#string-select-select-option-structure>
pub const OPTION_LABEL: usize = 100;

/// Characters of a component's `custom_id`.
/// <https://docs.discord.com/developers/components/reference#anatomy-of-a-component>
pub const CUSTOM_ID: usize = 100;

/// Characters of a modal's title.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal>
pub const MODAL_TITLE: usize = 45;

/// Characters of a text input's label.
/// <https://docs.discord.com/developers/components/reference#text-input>
pub const INPUT_LABEL: usize = 45;

/// Characters that a text input takes.
/// <https://docs.discord.com/developers/components/reference#text-input>
pub const INPUT_TEXT: usize = 4_000;

/// Choices that an autocompletion may offer.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete>
pub const CHOICES: usize = 25;

/// Characters of a choice's name, and of its value.
/// <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure>
pub const CHOICE_NAME: usize = 100;

/// Pictures in a media gallery.
/// <https://docs.discord.com/developers/components/reference#media-gallery>
pub const GALLERY_ITEMS: usize = 10;

/// Files of a message.
/// <https://docs.discord.com/developers/reference#uploading-files>
pub const FILES: usize = 10;

/// Bytes of a file where nobody pays for more.
/// <https://docs.discord.com/developers/reference#uploading-files>
pub const FILE: usize = 10 << 20;

/// Characters of a picture's description.
/// <https://docs.discord.com/developers/components/reference#media-gallery-media-gallery-item-structure>
pub const DESCRIPTION: usize = 1_024;

/// Cuts a text to so many characters, the last of which says that something is missing.
#[must_use]
pub fn fit(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
