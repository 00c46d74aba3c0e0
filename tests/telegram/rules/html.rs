//! `parse_mode=HTML` as the Bot API server reads it: a short list of tags, balanced, and six ways to write an entity.
//!
//! The rules are those of <https://core.telegram.org/bots/api#html-style>; what is answered to broken markup is what the
//! server's own tests expect: <https://github.com/tdlib/td/blob/master/test/message_entities.cpp>.

use serde_json::{Map, Value, json};

/// A text without its markup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// What people read.
    pub text: String,
    /// The spans, as `MessageEntity` objects, in the order in which they begin.
    pub entities: Vec<Value>,
    /// What the server swallows without a word, but the documentation forbids.
    pub dubious: Vec<String>,
}

struct Open {
    tag: String,
    start: usize,
    at: usize,
    attributes: Vec<(String, String)>,
}

const TAGS: &str = "a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote";

/// Reads `html`.
///
/// # Errors
///
/// What the server says after `Bad Request: can't parse entities: `.
pub fn parse(html: &str) -> Result<Parsed, String> {
    let mut parsed = Parsed::default();
    let mut units = 0;
    let mut open: Vec<Open> = Vec::new();
    let mut rest = html;
    while let Some(next) = rest.chars().next() {
        let at = html.len() - rest.len();
        if next == '&'
            && let Some((character, length)) = entity(rest)
        {
            units += character.len_utf16();
            parsed.text.push(character);
            rest = &rest[length..];
        } else if let Some(tag) = rest.strip_prefix("</") {
            rest = close(tag, at, units, &mut open, &mut parsed)?;
        } else if let Some(tag) = rest.strip_prefix('<') {
            let (tag, attributes, after) = start(tag, at)?;
            if tag == "span"
                && !attributes.iter().any(|(name, value)| name == "class" && value == "tg-spoiler")
            {
                return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"));
            }
            doubt(&tag, &open, &mut parsed.dubious);
            open.push(Open { tag, start: units, at, attributes });
            rest = after;
        } else {
            units += next.len_utf16();
            parsed.text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    if let Some(open) = open.pop() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", open.tag));
    }
    parsed
        .entities
        .sort_by_key(|entity| (entity["offset"].as_u64(), std::cmp::Reverse(entity["length"].as_u64())));
    Ok(parsed)
}

/// The character that `rest` begins with as an entity, and how many bytes that takes.
///
/// Other named entities are no entities: `&nbsp;` is read as written.
fn entity(rest: &str) -> Option<(char, usize)> {
    for (name, character) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if rest.starts_with(name) {
            return Some((character, name.len()));
        }
    }
    let digits = rest.strip_prefix("&#")?;
    let (digits, radix, skipped) = match digits.strip_prefix('x') {
        Some(digits) => (digits, 16, 3),
        None => (digits, 10, 2),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let character = char::from_u32(u32::from_str_radix(&digits[..length], radix).ok()?)?;
    let semicolon = usize::from(digits[length..].starts_with(';'));
    (character != '\0').then_some((character, skipped + length + semicolon))
}

type Start<'a> = (String, Vec<(String, String)>, &'a str);

/// Reads a start tag after its `<`, which stands at byte `at`.
fn start(tag: &str, at: usize) -> Result<Start<'_>, String> {
    let space = |c: char| c.is_ascii_whitespace();
    let end = tag
        .find(|c: char| space(c) || c == '>')
        .ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
    let name = tag[..end].to_ascii_lowercase();
    if !TAGS.split(' ').any(|tag| tag == name) {
        return Err(format!("Unsupported start tag \"{name}\" at byte offset {at}"));
    }
    let unclosed = || format!("Unclosed start tag \"{name}\" at byte offset {at}");
    let mut attributes = Vec::new();
    let mut rest = tag[end..].trim_ascii_start();
    while !rest.starts_with('>') {
        let end = rest.find(|c: char| space(c) || c == '=' || c == '>').ok_or_else(unclosed)?;
        let attribute = rest[..end].to_ascii_lowercase();
        if attribute.is_empty() {
            return Err(format!("Empty attribute name in the tag \"{name}\" at byte offset {at}"));
        }
        rest = rest[end..].trim_ascii_start();
        let mut value = String::new();
        if let Some(written) = rest.strip_prefix('=') {
            let written = written.trim_ascii_start();
            let quote = written.chars().next().ok_or_else(unclosed)?;
            if quote == '"' || quote == '\'' {
                let end = written[1..]
                    .find(quote)
                    .ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
                value = unescape(&written[1..=end]);
                rest = written[end + 2..].trim_ascii_start();
            } else {
                let end = written
                    .find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'))
                    .ok_or_else(unclosed)?;
                if !written[end..].starts_with(|c: char| space(c) || c == '>') {
                    return Err(format!(
                        "Unexpected end of name token in the tag \"{name}\" at byte offset {at}"
                    ));
                }
                value = written[..end].to_ascii_lowercase();
                rest = written[end..].trim_ascii_start();
            }
        }
        attributes.push((attribute, value));
        if rest.is_empty() {
            return Err(unclosed());
        }
    }
    Ok((name, attributes, &rest[1..]))
}

pub(crate) fn unescape(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(next) = rest.chars().next() {
        let (character, length) = entity(rest).filter(|_| next == '&').unwrap_or((next, next.len_utf8()));
        out.push(character);
        rest = &rest[length..];
    }
    out
}

/// Reads an end tag after its `</`, which stands at byte `at`, and gives what follows it.
fn close<'a>(
    tag: &'a str,
    at: usize,
    units: usize,
    stack: &mut Vec<Open>,
    parsed: &mut Parsed,
) -> Result<&'a str, String> {
    let open = stack.pop().ok_or_else(|| format!("Unexpected end tag at byte offset {at}"))?;
    let end = tag.find('>').ok_or_else(|| format!("Unclosed end tag at byte offset {at}"))?;
    let name = tag[..end].trim_ascii_end().to_ascii_lowercase();
    if name.contains(|c: char| c.is_ascii_whitespace()) {
        return Err(format!("Unclosed end tag at byte offset {at}"));
    }
    if !name.is_empty() && name != open.tag {
        let expected = open.tag;
        return Err(format!(
            "Unmatched end tag at byte offset {at}, expected \"</{expected}>\", found \"</{name}>\""
        ));
    }
    let length = units - open.start;
    if length > 0
        && let Some(mut entity) = span(&open, stack, &parsed.text)
    {
        entity.insert("offset".into(), open.start.into());
        entity.insert("length".into(), length.into());
        parsed.entities.push(Value::Object(entity));
    }
    Ok(&tag[end + 1..])
}

/// The entity that a tag makes, without its place; none for a link to nowhere and for `<code>` inside `<pre>`.
fn span(open: &Open, stack: &[Open], text: &str) -> Option<Map<String, Value>> {
    let attribute = |name: &str| open.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let entity = match open.tag.as_str() {
        "b" | "strong" => json!({"type": "bold"}),
        "i" | "em" => json!({"type": "italic"}),
        "u" | "ins" => json!({"type": "underline"}),
        "s" | "strike" | "del" => json!({"type": "strikethrough"}),
        "tg-spoiler" | "span" => json!({"type": "spoiler"}),
        "tg-emoji" => json!({"type": "custom_emoji", "custom_emoji_id": attribute("emoji-id")?}),
        "tg-time" => json!({"type": "date_time", "unix_time": attribute("unix")?.parse::<i64>().ok()?}),
        "blockquote" if attribute("expandable").is_some() => json!({"type": "expandable_blockquote"}),
        "blockquote" => json!({"type": "blockquote"}),
        "pre" => json!({"type": "pre"}),
        "code" => {
            let inside = stack.last().is_some_and(|outer| outer.tag == "pre");
            if inside {
                return None;
            }
            json!({"type": "code"})
        }
        _ => {
            let written: String = text
                .encode_utf16()
                .skip(open.start)
                .map(|u| char::from_u32(u.into()))
                .map(|c| c.unwrap_or(' '))
                .collect();
            let url = attribute("href").map_or(written, ToOwned::to_owned);
            if !url.contains('.') && !url.contains("://") {
                return None;
            }
            json!({"type": "text_link", "url": url})
        }
    };
    match entity {
        Value::Object(entity) => Some(entity),
        _ => None,
    }
}

/// What the documentation forbids and the server swallows: quotes in quotes, anything inside code.
fn doubt(tag: &str, open: &[Open], dubious: &mut Vec<String>) {
    let inside = |name: &str| open.iter().find(|outer| outer.tag == name);
    if tag == "blockquote" && inside("blockquote").is_some() {
        dubious.push("a blockquote inside a blockquote is lost".into());
    }
    if let Some(outer) = inside("code").or_else(|| inside("pre").filter(|_| tag != "code")) {
        dubious.push(format!("<{tag}> inside <{}> at byte offset {} is lost", outer.tag, outer.at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_loses_its_tags_and_keeps_its_spans() {
        let parsed = parse("😀 <b>a <i>b</i></b> &lt;c&gt; &amp;&quot; &#65;&#x42; &nbsp; & x").unwrap();
        assert_eq!(parsed.text, "😀 a b <c> &\" AB &nbsp; & x");
        assert_eq!(
            parsed.entities,
            vec![
                json!({"type": "bold", "offset": 3, "length": 3}),
                json!({"type": "italic", "offset": 5, "length": 1}),
            ]
        );
        let link =
            parse(r#"<a href="https://a.example/?b=1&amp;c=2">x</a><blockquote expandable>y</blockquote>"#)
                .unwrap();
        assert_eq!(link.entities[0]["url"], "https://a.example/?b=1&c=2");
        assert_eq!(link.entities[1]["type"], "expandable_blockquote");
        let code = parse("<pre><code class=\"language-rust\">fn</code></pre>").unwrap();
        assert_eq!(code.entities, vec![json!({"type": "pre", "offset": 0, "length": 2})]);
        assert!(code.dubious.is_empty());
    }

    #[test]
    fn a_wrong_tag_is_refused_as_telegram_refuses_it() {
        for (html, wanted) in [
            ("<p>x</p>", "Unsupported start tag \"p\" at byte offset 0"),
            ("a < b", "Unsupported start tag \"\" at byte offset 2"),
            ("é <b", "Unclosed start tag at byte offset 3"),
            ("<b>x", "Can't find end tag corresponding to start tag \"b\""),
            ("x</b>", "Unexpected end tag at byte offset 1"),
            ("<b><i>x</b></i>", "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\""),
            ("<b>x</b", "Unclosed end tag at byte offset 4"),
            ("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
            ("<a =\"x\">y</a>", "Empty attribute name in the tag \"a\" at byte offset 0"),
            ("<a href=\"x>y</a>", "Unclosed start tag at byte offset 0"),
            ("<br/>", "Unsupported start tag \"br/\" at byte offset 0"),
        ] {
            assert_eq!(parse(html).unwrap_err(), wanted, "{html}");
        }
    }

    #[test]
    fn what_is_swallowed_in_silence_is_said() {
        let nested = parse("<blockquote>a<blockquote>b</blockquote></blockquote>").unwrap();
        assert_eq!(nested.dubious.len(), 1);
        assert_eq!(parse("<code>a<b>b</b></code>").unwrap().dubious.len(), 1);
    }
}
