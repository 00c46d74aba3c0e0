//! A drawing made of rectangles, lines and text, on its way to a picture.
//!
//! Owns the writing of SVG and the escaping of what goes into it, and the call of the library that
//! draws it. Coordinates are pixels of a page; y grows downwards.

use std::fmt::{Display, Write as _};
use std::sync::LazyLock;

use resvg::tiny_skia::Transform;
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};

use crate::panel::{FAINT, INK, Panel};
use crate::{NotDrawn, Picture, faces, lettering};

/// What is left free between the edge of the panel and a drawing, in pixels of a page.
const PADDING: f32 = 16.0;

/// Where a text stands from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters {
    pub(crate) size: f32,
    pub(crate) color: &'static str,
    pub(crate) bold: bool,
}

impl Letters {
    pub(crate) const TITLE: Self = Self { size: 18.0, color: INK, bold: true };
    pub(crate) const BODY: Self = Self { size: 15.0, color: INK, bold: false };
    pub(crate) const STRONG: Self = Self { bold: true, ..Self::BODY };
    pub(crate) const SMALL: Self = Self { size: 12.0, color: FAINT, bold: false };
}

/// A drawing in the making.
pub(crate) struct Drawing {
    body: String,
    width: f32,
    height: f32,
}

impl Drawing {
    pub(crate) fn new(width: f32, height: f32) -> Self {
        Self { body: String::new(), width, height }
    }

    /// A rectangle with corners as round as `radius`.
    pub(crate) fn rect(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), radius: f32, fill: &str) {
        self.add(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}"/>"#
        ));
    }

    /// A straight line one pixel wide.
    pub(crate) fn line(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), color: &str) {
        self.add(format_args!(
            r#"<path d="M{x1} {y1}L{x2} {y2}" stroke="{color}" stroke-width="1" fill="none"/>"#
        ));
    }

    /// Straight lines from point to point, `width` wide.
    pub(crate) fn curve(&mut self, points: &[(f32, f32)], width: f32, color: &str) {
        self.add(format_args!(
            r#"<polyline fill="none" stroke="{color}" stroke-width="{width}" stroke-linejoin="round" points=""#
        ));
        for (x, y) in points {
            self.add(format_args!("{x},{y} "));
        }
        self.body.push_str(r#""/>"#);
    }

    /// A dot `radius` large.
    pub(crate) fn dot(&mut self, (x, y): (f32, f32), radius: f32, color: &str) {
        self.add(format_args!(r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}"/>"#));
    }

    /// A triangle.
    pub(crate) fn triangle(&mut self, [a, b, c]: [(f32, f32); 3], color: &str) {
        self.add(format_args!(
            r#"<path d="M{} {}L{} {}L{} {}Z" fill="{color}"/>"#,
            a.0, a.1, b.0, b.1, c.0, c.1
        ));
    }

    /// One line of text with its baseline at `y`.
    pub(crate) fn text(&mut self, (x, y): (f32, f32), anchor: Anchor, letters: Letters, text: &str) {
        let Letters { size, color, bold } = letters;
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.add(format_args!(
            r#"<text x="{x}" y="{y}" font-size="{size}" fill="{color}" text-anchor="{anchor}""#
        ));
        if bold {
            // There is one weight of each face: a second one of Chinese would cost 1.6 MB.
            let width = size * 0.035;
            self.add(format_args!(r#" stroke="{color}" stroke-width="{width}""#));
        }
        self.add(format_args!(">{}</text>", Escaped(text)));
    }

    /// Draws it all.
    pub(crate) fn finish(self) -> Result<Picture, NotDrawn> {
        let Self { body, width, height } = self;
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{body}</svg>"#
        );
        let tree = Tree::from_str(&svg, &OPTIONS).map_err(|error| NotDrawn::Unreadable(error.to_string()))?;
        on_panel(&tree, Picture::DENSITY, PADDING)
    }

    fn add(&mut self, svg: impl Display) {
        // A string takes everything.
        let _ = write!(self.body, "{svg}");
    }
}

/// Draws `tree`, `scale` times as large as it says, on a panel with `padding` of its pixels around.
pub(crate) fn on_panel(tree: &Tree, scale: f32, padding: f32) -> Result<Picture, NotDrawn> {
    let size = tree.size();
    let (width, height) = (size.width() * scale, size.height() * scale);
    let mut panel = Panel::around(f64::from(width), f64::from(height), f64::from(padding * scale))?;
    let place = Transform::from_scale(scale, scale).post_translate(panel.origin.0, panel.origin.1);
    resvg::render(tree, place, &mut panel.pixmap.as_mut());
    if panel.is_blank() { Err(NotDrawn::Blank) } else { Picture::encode(panel.pixmap) }
}

/// How SVG is read: with our faces only, and without anything from outside.
pub(crate) static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| Options {
    fontdb: faces::database(),
    font_resolver: FontResolver {
        select_font: Box::new(|_, _| faces::first()),
        select_fallback: Box::new(|c, tried, _| faces::fallback(c, tried)),
    },
    image_href_resolver: ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    },
    ..Options::default()
});

/// Text that is only text in SVG.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// `text` if every character of it can be drawn.
pub(crate) fn lettered(text: &str) -> Result<&str, NotDrawn> {
    lettering::missing_glyph(text).map_or(Ok(text), |c| Err(NotDrawn::MissingGlyph(c)))
}
