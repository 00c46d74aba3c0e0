//! A finished picture. Owns the encoding; refuses nothing.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use resvg::tiny_skia::Pixmap;

use crate::NotDrawn;

/// A PNG, drawn at [`Picture::DENSITY`] pixels for each pixel of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The PNG file: RGBA, eight bits a channel.
    pub png: Vec<u8>,
    /// The width in pixels of the file.
    pub width: u32,
    /// The height in pixels of the file.
    pub height: u32,
}

impl Picture {
    /// How many pixels there are for each pixel of a page: two, for sharp letters on dense screens.
    pub const DENSITY: f32 = 2.0;

    /// Encodes what was drawn.
    pub(crate) fn encode(pixmap: Pixmap) -> Result<Self, NotDrawn> {
        let (width, height) = (pixmap.width(), pixmap.height());
        let mut png = Vec::with_capacity(16 << 10);
        // Twice as large as what takes ten times as long.
        PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
            .write_image(&pixmap.take_demultiplied(), width, height, ExtendedColorType::Rgba8)
            .map_err(|_| NotDrawn::GaveUp)?;
        Ok(Self { png, width, height })
    }
}
