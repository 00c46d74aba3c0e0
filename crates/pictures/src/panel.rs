//! The opaque rounded card that everything is drawn on. Owns its colours, its shape and how large a
//! picture may be; knows nothing of what is on it.
//!
//! The card is nearly white with dark ink and a thin border, on every theme: a picture is drawn once
//! and shown to people whose theme nobody knows.

use resvg::tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};

use crate::NotDrawn;

/// The most pixels in a row or a column.
pub(crate) const MAX_SIDE: u32 = 4096;

/// The most pixels in all: 16 MB while it is drawn.
pub(crate) const MAX_PIXELS: f64 = 4.0 * 1024.0 * 1024.0;

/// How much longer than the other a side may be. Telegram refuses photos beyond 20
/// (<https://core.telegram.org/bots/api#sendphoto>).
const MAX_RATIO: f64 = 16.0;

/// Narrower pictures would be blown up by clients that stretch them.
const MIN_SIDE: f64 = 96.0;

/// How round the corners are, in pixels.
pub(crate) const RADIUS: f32 = 16.0;

/// The colour of the card, for SVG.
pub(crate) const PAPER: &str = "#fcfcfa";
/// The colour of letters and lines, for SVG.
pub(crate) const INK: &str = "#1c2024";
/// The colour of lesser letters, for SVG; 7:1 against the card.
pub(crate) const FAINT: &str = "#555b61";
/// The colour of rules and grids, for SVG.
pub(crate) const RULE: &str = "#d4d7da";

/// The colour of the card as red, green and blue.
pub(crate) const PAPER_RGB: [u8; 3] = [0xfc, 0xfc, 0xfa];
/// The colour of letters and lines as red, green and blue.
pub(crate) const INK_RGB: [u8; 3] = [0x1c, 0x20, 0x24];
const RULE_RGB: [u8; 3] = [0xd4, 0xd7, 0xda];

/// A card, and where on it to draw.
pub(crate) struct Panel {
    /// The card, with nothing on it yet.
    pub(crate) pixmap: Pixmap,
    /// The left and upper edge of what is drawn, in pixels.
    pub(crate) origin: (f32, f32),
}

impl Panel {
    /// A card for something `width` by `height` pixels large, in its middle, with `padding` pixels
    /// or more around.
    pub(crate) fn around(width: f64, height: f64, padding: f64) -> Result<Self, NotDrawn> {
        let mut outer = (width + 2.0 * padding, height + 2.0 * padding);
        outer.0 = outer.0.max(MIN_SIDE).max(outer.1 / MAX_RATIO).ceil();
        outer.1 = outer.1.max(MIN_SIDE).max(outer.0 / MAX_RATIO).ceil();
        let side = f64::from(MAX_SIDE);
        let fits = outer.0 <= side && outer.1 <= side && outer.0 * outer.1 <= MAX_PIXELS;
        let too_large = NotDrawn::TooLarge { width: outer.0, height: outer.1 };
        // Also false when a size is not a number.
        if !fits {
            return Err(too_large);
        }
        let mut pixmap = Pixmap::new(outer.0 as u32, outer.1 as u32).ok_or(too_large)?;
        card(&mut pixmap);
        let origin = (((outer.0 - width) / 2.0) as f32, ((outer.1 - height) / 2.0) as f32);
        Ok(Self { pixmap, origin })
    }

    /// Whether nothing was drawn inside the border.
    pub(crate) fn is_blank(&self) -> bool {
        let [r, g, b] = PAPER_RGB;
        let width = self.pixmap.width() as usize;
        let inset = RADIUS as usize;
        self.pixmap.pixels().chunks_exact(width).skip(2).take(self.pixmap.height() as usize - 4).all(|row| {
            row[inset..width - inset]
                .iter()
                .all(|pixel| [pixel.red(), pixel.green(), pixel.blue()] == [r, g, b])
        })
    }
}

/// Draws a card as large as the picture.
fn card(pixmap: &mut Pixmap) {
    let (width, height) = (pixmap.width() as f32, pixmap.height() as f32);
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(color(PAPER_RGB));
    if let Some(path) = rounded(0.0, 0.0, width, height, RADIUS) {
        pixmap.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }
    paint.set_color(color(RULE_RGB));
    if let Some(path) = rounded(0.5, 0.5, width - 1.0, height - 1.0, RADIUS - 0.5) {
        let border = Stroke { width: 1.0, ..Stroke::default() };
        pixmap.stroke_path(&path, &paint, &border, Transform::identity(), None);
    }
}

fn color([r, g, b]: [u8; 3]) -> Color {
    Color::from_rgba8(r, g, b, 255)
}

fn rounded(x: f32, y: f32, width: f32, height: f32, radius: f32) -> Option<resvg::tiny_skia::Path> {
    let rect = Rect::from_xywh(x, y, width, height)?;
    // How far the handles of a cubic are from its ends to look like a quarter of a circle.
    let handle = radius * (1.0 - 0.552_285);
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - handle, top, right, top + handle, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + handle, bottom, left, bottom - handle, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + handle, left + handle, top, left + radius, top);
    path.close();
    path.finish()
}
