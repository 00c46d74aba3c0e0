//! The pictures that notes come with, made fit to be sent.
//!
//! SVG is drawn; PNG, JPEG, WebP and GIF pass through as they are, or smaller where they are too
//! large. This module owns which formats there are and how large things may be; it opens no files
//! and no addresses, neither its caller's nor those that a figure names.

mod cost;
mod expansion;
mod raster;
mod vector;

use crate::NotDrawn;
use crate::guard::guarded;

/// The longest file that is looked at, in bytes.
pub const MAX_BYTES: usize = 32 << 20;

/// The longest SVG that is drawn, in bytes.
pub const MAX_SVG_BYTES: usize = 512 << 10;

/// How large a figure may be to be sent; platforms differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of the file.
    pub bytes: usize,
    /// The most pixels in a row or a column.
    pub side: u32,
}

/// What the bytes of a figure are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `image/png`
    Png,
    /// `image/jpeg`
    Jpeg,
    /// `image/webp`
    Webp,
    /// `image/gif`
    Gif,
}

impl Format {
    /// How names of such files end, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Gif => "gif",
        }
    }
}

/// A figure that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub format: Format,
    /// The width in pixels of the file.
    pub width: u32,
    /// The height in pixels of the file.
    pub height: u32,
}

/// Makes `file` fit to be sent, whatever its name says it is.
///
/// SVG is drawn at twice its size, or smaller to stay within `limits`, on the same panel as
/// formulas. Of an animation that is too large only the first picture is left.
///
/// # Errors
///
/// Says why if the file is none of the known formats, is broken, can't be made small enough, or
/// would take too long; and for SVG also if it holds a script, another document, an image or an
/// address, or a character that no face has.
pub fn draw(file: &[u8], limits: Limits) -> Result<Figure, NotDrawn> {
    if file.len() > MAX_BYTES {
        return Err(NotDrawn::TooLong { bytes: file.len(), limit: MAX_BYTES });
    }
    if !vector::is_svg(file) {
        return guarded(|| raster::fit(file, limits));
    }
    if file.len() > MAX_SVG_BYTES {
        return Err(NotDrawn::TooLong { bytes: file.len(), limit: MAX_SVG_BYTES });
    }
    let picture = guarded(|| vector::draw(file, limits.side))?;
    let figure =
        Figure { bytes: picture.png, format: Format::Png, width: picture.width, height: picture.height };
    if figure.bytes.len() <= limits.bytes { Ok(figure) } else { raster::fit(&figure.bytes, limits) }
}
