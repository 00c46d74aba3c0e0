//! What Telegram takes, each limit with the page that states it. Lengths of texts are counted in UTF-16 code
//! units, after entities: <https://core.telegram.org/api/entities#entity-length>.

/// A message's text. <https://core.telegram.org/bots/api#sendmessage>
pub const MESSAGE: usize = 4_096;

/// A page of a long answer: what a message takes, less a title and a page number.
pub const PAGE: usize = MESSAGE - 400;

/// A poll's question. <https://core.telegram.org/bots/api#sendpoll>
pub const POLL_QUESTION: usize = 300;

/// A poll's option. <https://core.telegram.org/bots/api#inputpolloption>
pub const POLL_OPTION: usize = 100;

/// Options of a poll. <https://core.telegram.org/bots/api#sendpoll>
pub const POLL_OPTIONS: std::ops::RangeInclusive<usize> = 2..=12;

/// What is shown to those who voted. <https://core.telegram.org/bots/api#sendpoll>
pub const POLL_EXPLANATION: usize = 200;

/// Lines of an explanation: it may have two line feeds. <https://core.telegram.org/bots/api#sendpoll>
pub const POLL_EXPLANATION_LINES: usize = 3;

/// What stands above a poll. <https://core.telegram.org/bots/api#sendpoll>
pub const POLL_DESCRIPTION: usize = 1_024;

/// How long a poll may be open, in seconds. <https://core.telegram.org/bots/api#sendpoll>
pub const POLL_OPEN: std::ops::RangeInclusive<i64> = 5..=2_628_000;

/// What a button carries back, in bytes. <https://core.telegram.org/bots/api#inlinekeyboardbutton>
pub const CALLBACK_DATA: usize = 64;

/// What is shown to whoever pressed a button. <https://core.telegram.org/bots/api#answercallbackquery>
pub const CALLBACK_ANSWER: usize = 200;

/// What a deep link carries: letters, digits, `_` and `-`. <https://core.telegram.org/bots/features#deep-linking>
pub const START_PARAMETER: usize = 64;

/// Results of an inline query. <https://core.telegram.org/bots/api#answerinlinequery>
pub const INLINE_RESULTS: usize = 50;

/// A photo's caption. <https://core.telegram.org/bots/api#sendphoto>
pub const CAPTION: usize = 1_024;

/// A photo, in bytes. <https://core.telegram.org/bots/api#sendphoto>
pub const PHOTO_BYTES: usize = 10 << 20;

/// A photo's width and height together, in pixels. <https://core.telegram.org/bots/api#sendphoto>
pub const PHOTO_SIDES: u32 = 10_000;

/// How many times as long as wide a photo may be, or as wide as long. <https://core.telegram.org/bots/api#sendphoto>
pub const PHOTO_RATIO: u32 = 20;

/// Photos of an album. <https://core.telegram.org/bots/api#sendmediagroup>
pub const ALBUM: usize = 10;

/// A rich message's text, in characters. <https://core.telegram.org/bots/api#rich-message-limits>
pub const RICH_TEXT: usize = 32_768;

/// A rich message's blocks. <https://core.telegram.org/bots/api#rich-message-limits>
pub const RICH_BLOCKS: usize = 500;

/// How deep blocks of a rich message nest. <https://core.telegram.org/bots/api#rich-message-limits>
pub const RICH_DEPTH: usize = 16;

/// Pictures of a rich message. <https://core.telegram.org/bots/api#rich-message-limits>
pub const RICH_MEDIA: usize = 50;

/// Columns of a rich message's table. <https://core.telegram.org/bots/api#rich-message-limits>
pub const RICH_COLUMNS: usize = 20;

/// The length of a text as Telegram counts it.
#[must_use]
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Cuts a text to so many units, the last of which says that something is missing.
#[must_use]
pub fn fit(text: &str, limit: usize) -> String {
    if units(text) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut length = 1;
    for c in text.chars() {
        length += c.len_utf16();
        if length > limit {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}
