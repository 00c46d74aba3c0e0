//! Turns a piece of HTML, as it stands between Markdown, into the few things a document knows.
//!
//! It knows tags, not trees: how they nest is the tree builder's concern. A tag that means nothing
//! here is dropped and its text kept; scripts, styles and comments are dropped whole.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// What a piece of HTML amounts to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text, with entities decoded.
    Text(String),
    /// The start of an element; `at` is its offset in the piece.
    Open { element: Element, at: usize },
    /// The end of an element.
    Close(Element),
    /// A picture.
    Image { url: String, alt: String },
    /// A line break.
    Break,
    /// A horizontal rule.
    Rule,
}

/// An element that holds others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    Strong,
    Emphasis,
    Strikethrough,
    Highlight,
    Subscript,
    Superscript,
    Code,
    Link(String),
    /// Something that only ends the paragraph before it and behind it.
    Section,
    Heading(u8),
    List {
        ordered: bool,
        start: u64,
    },
    Item,
    Quote,
    Listing,
    Details,
    Summary,
    Table,
    Row,
    Cell,
}

impl Element {
    /// Whether an end tag of `other`'s kind closes this one.
    pub(crate) fn pairs_with(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Reads a piece of HTML. `hidden` is the script or style that was open before it, if any, and
/// then the one that is open behind it.
pub(crate) fn pieces(html: &str, hidden: &mut Option<Vec<u8>>) -> Vec<Piece> {
    let mut out = Vec::new();
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::EndTag(tag) if hidden.as_deref() == Some(&tag.name[..]) => *hidden = None,
            _ if hidden.is_some() => {}
            Token::StartTag(tag) if matches!(&tag.name[..], b"script" | b"style") => {
                *hidden = (!tag.self_closing).then(|| tag.name.to_vec());
            }
            Token::String(text) => out.push(Piece::Text(String::from_utf8_lossy(&text.value).into_owned())),
            Token::StartTag(tag) => out.extend(open(&tag)),
            Token::EndTag(tag) => out.extend(element(&tag.name, |_| None).map(Piece::Close)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    out
}

fn open(tag: &StartTag<usize>) -> Option<Piece> {
    let attribute = |name: &str| {
        let value = tag.attributes.get(name.as_bytes())?;
        Some(String::from_utf8_lossy(&value.value).into_owned())
    };
    match &tag.name[..] {
        b"br" => Some(Piece::Break),
        b"hr" => Some(Piece::Rule),
        b"img" => {
            let url = attribute("src")?;
            Some(Piece::Image { url, alt: attribute("alt").unwrap_or_default() })
        }
        name => element(name, attribute).map(|element| Piece::Open { element, at: tag.span.start }),
    }
}

fn element(name: &[u8], attribute: impl Fn(&str) -> Option<String>) -> Option<Element> {
    Some(match name {
        b"b" | b"strong" => Element::Strong,
        b"i" | b"em" | b"cite" | b"dfn" | b"var" => Element::Emphasis,
        b"s" | b"del" | b"strike" => Element::Strikethrough,
        b"font" | b"mark" | b"u" | b"ins" => Element::Highlight,
        b"sub" => Element::Subscript,
        b"sup" => Element::Superscript,
        b"code" | b"kbd" | b"samp" | b"tt" => Element::Code,
        b"a" => Element::Link(attribute("href").unwrap_or_default()),
        b"h1" => Element::Heading(1),
        b"h2" => Element::Heading(2),
        b"h3" => Element::Heading(3),
        b"h4" => Element::Heading(4),
        b"h5" => Element::Heading(5),
        b"h6" => Element::Heading(6),
        b"ul" => Element::List { ordered: false, start: 1 },
        b"ol" => {
            let start = attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
            Element::List { ordered: true, start }
        }
        b"li" => Element::Item,
        b"blockquote" => Element::Quote,
        b"pre" => Element::Listing,
        b"details" => Element::Details,
        b"summary" => Element::Summary,
        b"table" => Element::Table,
        b"tr" => Element::Row,
        b"td" | b"th" => Element::Cell,
        b"p" | b"div" | b"center" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"aside"
        | b"nav" | b"figure" | b"figcaption" | b"dl" | b"dt" | b"dd" | b"picture" | b"video" => {
            Element::Section
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_lose_their_brackets_and_text_stays() {
        let check =
            |html: &str, expected: &[Piece]| assert_eq!(pieces(html, &mut None), expected, "in {html:?}");
        let text = |text: &str| Piece::Text(text.to_owned());
        check("<font color=DeepSkyBlue>", &[Piece::Open { element: Element::Highlight, at: 0 }]);
        check("<blink>a &lt; b</blink>", &[text("a < b")]);
        check("a<script>x()</script>b<!-- c -->", &[text("a"), text("b")]);
        check("<img src='a.png' alt=\"x\">", &[Piece::Image { url: "a.png".into(), alt: "x".into() }]);
        check("<BR/>", &[Piece::Break]);
    }
}
