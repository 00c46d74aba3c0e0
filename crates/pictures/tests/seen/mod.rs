//! What tests see in pictures: whether there is ink, where it is, and whether it is what it was.

use std::path::Path;

use image::RgbaImage;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};

/// The colour of the panel.
const PAPER: [u8; 3] = [0xfc, 0xfc, 0xfa];

/// How wide the border of the panel is, which is no ink.
const BORDER: u32 = 3;

/// How much a channel may be off before a pixel counts as another one: faces are drawn with other
/// roundings on other machines.
const SLACK: u8 = 48;

/// Of a thousand pixels, how many may be other ones.
const OTHER_PIXELS: usize = 2;

/// A picture as its pixels.
pub(crate) fn pixels(png: &[u8]) -> RgbaImage {
    image::load_from_memory(png).unwrap().into_rgba8()
}

/// How far ink stays from the nearest edge, in pixels; `None` if there is none.
pub(crate) fn margin(image: &RgbaImage) -> Option<u32> {
    let (width, height) = image.dimensions();
    let corner = |x: u32, y: u32| x.min(width - 1 - x) < 18 && y.min(height - 1 - y) < 18;
    image
        .enumerate_pixels()
        .filter(|(x, y, pixel)| !corner(*x, *y) && (0..3).any(|n| pixel.0[n].abs_diff(PAPER[n]) > 60))
        .map(|(x, y, _)| x.min(y).min(width - 1 - x).min(height - 1 - y))
        .filter(|margin| *margin >= BORDER)
        .min()
}

/// Compares with the picture that a person looked at. `VIVA_BLESS=1` writes it anew: then look at
/// it before it is committed.
pub(crate) fn check_golden(name: &str, png: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name).with_extension("png");
    if std::env::var_os("VIVA_BLESS").is_some() {
        let file = std::fs::File::create(&path).unwrap();
        let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::NoFilter);
        pixels(png).write_with_encoder(encoder).unwrap();
    }
    let golden = pixels(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    let seen = pixels(png);
    assert_eq!(seen.dimensions(), golden.dimensions(), "{name} has another size");
    let others = seen
        .pixels()
        .zip(golden.pixels())
        .filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > SLACK))
        .count();
    let all = (seen.width() * seen.height()) as usize;
    assert!(others * 1000 <= all * OTHER_PIXELS, "{name}: {others} of {all} pixels look different");
}
