//! Inline mode: whoever types the bot's name and a few words in any chat gets questions to share.

use teloxide_core::types::InlineQuery;
use viva_album::Drawn;
use viva_core::texts::Texts;

use crate::bot::{Bot, Speaker};
use crate::html;
use crate::limits::{INLINE_RESULTS, fit};
use crate::messages::{lead, plain_title, title};
use crate::payloads::{AnswerInlineQuery, Article, Content, Keyboard, Preview};

/// How many questions are offered.
const OFFERED: usize = 20;
/// How long Telegram may answer the same query by itself, in seconds.
const CACHE: u32 = 60;
/// Units of a question's body when it is shared.
const BODY: usize = 2_000;

/// Offers what the words find; without words, what comes first.
pub(crate) async fn asked(bot: &Bot, query: &InlineQuery) {
    let who = Speaker::person(&query.from);
    let bank = bot.viva.bank();
    let words = query.query.trim();
    let found: Vec<usize> = if words.is_empty() {
        (0..bank.questions().len().min(OFFERED)).collect()
    } else {
        bank.search(words, OFFERED.min(INLINE_RESULTS)).hits.iter().map(|hit| hit.question).collect()
    };
    let texts = Texts::of(who.language);
    let results = found.into_iter().map(|at| {
        let question = &bank.questions()[at];
        let text = question.text(who.language);
        let body = html::pages_of(&text.body, BODY, &Drawn::in_words(), 1)
            .into_iter()
            .next()
            .unwrap_or_default()
            .html;
        let message = format!("❓ <b>{}</b>\n\n{body}", title(&text.title));
        let topics: Vec<&str> = bank.topics_of(&question.id).map(|topic| topic.name(who.language)).collect();
        let start = format!("q_{}", question.id.handle());
        Article {
            r#type: "article",
            id: question.id.handle(),
            title: fit(&plain_title(&text.title), 100),
            description: fit(&topics.join(", "), 100),
            input_message_content: Content {
                message_text: message.trim().to_owned(),
                parse_mode: "HTML",
                link_preview_options: Preview::default(),
            },
            reply_markup: Keyboard {
                inline_keyboard: vec![
                    lead(texts.say("button-answer"), &bot.me.username, &start).into_iter().collect(),
                ],
            },
        }
    });
    let answer = AnswerInlineQuery {
        inline_query_id: query.id.0.clone(),
        results: results.collect(),
        cache_time: CACHE,
        is_personal: true,
    };
    // Whoever types on does not wait for this one.
    if let Err(error) = bot.api.call(&answer).await {
        tracing::debug!(%error, "an inline query could not be answered");
    }
}
