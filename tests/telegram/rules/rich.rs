//! Rich messages: <https://core.telegram.org/bots/api#rich-messages>, with their limits as
//! <https://grammy.dev/ref/types/inputrichmessage> repeats them.
//!
//! HTML is read tag by tag, with entities as in classic messages; Markdown is only measured.

use serde_json::Value;

use super::html;

/// What the reader of a rich message sees, and what it is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rich {
    /// The text, with what is folded away.
    pub text: String,
    /// Blocks, items and rows.
    pub blocks: usize,
    /// Pictures, films and sounds.
    pub media: usize,
    /// How deep it is nested.
    pub depth: usize,
    /// The columns of the widest table.
    pub columns: usize,
    /// The tags in their order, without the closing ones.
    pub tags: Vec<String>,
}

/// Tags that count as blocks.
const BLOCKS: [&str; 23] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "footer",
    "hr",
    "tg-math-block",
    "ul",
    "ol",
    "li",
    "blockquote",
    "aside",
    "tg-collage",
    "tg-slideshow",
    "table",
    "tr",
    "details",
    "tg-map",
    "figure",
];
const MEDIA: [&str; 3] = ["img", "video", "audio"];
const INLINE: [&str; 33] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "tg-spoiler",
    "span",
    "mark",
    "sub",
    "sup",
    "code",
    "tg-emoji",
    "tg-math",
    "tg-time",
    "tg-reference",
    "br",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "summary",
    "figcaption",
    "cite",
    "input",
    "div",
    "source",
];
const VOID: [&str; 6] = ["hr", "br", "img", "tg-map", "input", "source"];

/// Reads an `InputRichMessage`.
///
/// # Errors
///
/// What the server answers to one that it does not take.
pub fn check(message: &Value) -> Result<Rich, String> {
    let rich = match (message["html"].as_str(), message["markdown"].as_str()) {
        (Some(html), None) => {
            parse(html).map_err(|error| format!("Bad Request: can't parse rich message: {error}"))?
        }
        (None, Some(markdown)) => Rich { text: markdown.to_owned(), ..Rich::default() },
        _ => return Err("Bad Request: exactly one of html and markdown must be specified".into()),
    };
    let within = [
        (rich.text.trim().is_empty(), "RICH_MESSAGE_EMPTY"),
        (rich.text.chars().count() > 32_768, "RICH_MESSAGE_TOO_LONG"),
        (rich.blocks > 500, "RICH_MESSAGE_TOO_MANY_BLOCKS"),
        (rich.depth > 16, "RICH_MESSAGE_TOO_DEEP"),
        (rich.media > 50, "RICH_MESSAGE_TOO_MUCH_MEDIA"),
        (rich.columns > 20, "RICH_MESSAGE_TOO_MANY_COLUMNS"),
    ];
    match within.iter().find(|(over, _)| *over) {
        Some((_, name)) => Err(format!("Bad Request: {name}")),
        None => Ok(rich),
    }
}

fn parse(source: &str) -> Result<Rich, String> {
    let mut rich = Rich::default();
    let mut open: Vec<String> = Vec::new();
    let mut cells = 0;
    let mut rest = source;
    while !rest.is_empty() {
        let at = source.len() - rest.len();
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            rich.text.push_str(&html::unescape(&rest[..end]));
            rest = &rest[end..];
            continue;
        };
        let end = tag_end(tag).ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
        let (inside, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            let name = name.trim().to_ascii_lowercase();
            match open.pop() {
                Some(expected) if expected == name => {}
                Some(expected) => {
                    return Err(format!(
                        "Unmatched end tag at byte offset {at}, expected \"</{expected}>\", found \"</{name}>\""
                    ));
                }
                None => return Err(format!("Unexpected end tag at byte offset {at}")),
            }
            continue;
        }
        let closed = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
        let name = inside[..end].to_ascii_lowercase();
        count(&name, &inside[end..], &mut cells, &mut rich)
            .map_err(|problem| format!("{problem} \"{name}\" at byte offset {at}"))?;
        rich.tags.push(name.clone());
        if !closed && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
        rich.depth = rich.depth.max(open.len());
    }
    match open.pop() {
        Some(tag) => Err(format!("Can't find end tag corresponding to start tag \"{tag}\"")),
        None => Ok(rich),
    }
}

/// Where a tag ends: at the first `>` outside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn count(name: &str, attributes: &str, cells: &mut usize, rich: &mut Rich) -> Result<(), &'static str> {
    if MEDIA.contains(&name) {
        rich.media += 1;
        rich.blocks += 1;
        let source = attributes.split("src=").nth(1).unwrap_or_default().trim_start_matches(['"', '\'']);
        if !source.starts_with("http://") && !source.starts_with("https://") {
            return Err("Wrong media URL in the tag");
        }
    } else if BLOCKS.contains(&name) {
        rich.blocks += 1;
    } else if !INLINE.contains(&name) {
        return Err("Unsupported start tag");
    }
    // Text of neighbouring blocks must not run together for who searches it.
    let apart = BLOCKS.contains(&name) || ["td", "th", "summary", "br", "caption"].contains(&name);
    if apart && !rich.text.is_empty() && !rich.text.ends_with('\n') {
        rich.text.push('\n');
    }
    match name {
        "tr" => *cells = 0,
        "td" | "th" => {
            let span =
                attributes.split("colspan=").nth(1).unwrap_or_default().trim_start_matches(['"', '\'']);
            let digits: String = span.chars().take_while(char::is_ascii_digit).collect();
            *cells += digits.parse().unwrap_or(1);
            rich.columns = rich.columns.max(*cells);
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn html(html: &str) -> Result<Rich, String> {
        check(&json!({ "html": html }))
    }

    #[test]
    fn blocks_rows_and_media_are_counted() {
        let rich = html(
            "<h2>A &amp; B</h2><p>x <tg-math>x^2</tg-math></p><hr/><details><summary>More</summary>\
             <table><tr><th colspan=\"2\">a</th><td>b</td></tr></table><img src=\"https://e.example/a.png\"/></details>",
        )
        .unwrap();
        assert_eq!(rich.text, "A & B\nx x^2\nMore\na\nb");
        assert_eq!((rich.blocks, rich.media, rich.columns, rich.depth), (7, 1, 3, 4));
    }

    #[test]
    fn each_limit_holds_and_one_past_it_does_not() {
        let row = |n: usize| format!("<table><tr>{}</tr></table>", "<td>x</td>".repeat(n));
        let deep = |n: usize| format!("{}x{}", "<blockquote>".repeat(n), "</blockquote>".repeat(n));
        for (fits, over) in [
            ("x".repeat(32_768), "x".repeat(32_769)),
            ("<p>x</p>".repeat(500), "<p>x</p>".repeat(501)),
            (row(20), row(21)),
            (deep(16), deep(17)),
        ] {
            assert!(html(&fits).is_ok());
            assert!(html(&over).is_err());
        }
        assert!(html("<p>x").is_err());
        assert!(html("<script>x</script>").is_err());
        assert!(html("<img src=\"attach://a\"/>x").is_err());
        assert!(check(&json!({"html": "a", "markdown": "b"})).is_err());
    }
}
