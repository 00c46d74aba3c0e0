//! SVG is drawn, pictures pass through, and what is too large comes out smaller.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop and say where")]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgba, RgbaImage};
use viva_pictures::NotDrawn;
use viva_pictures::figure::{self, Figure, Format, Limits};

const LIMITS: Limits = Limits { bytes: 8 << 20, side: 4096 };

fn svg(attributes: &str, body: &str) -> Vec<u8> {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>"#).into_bytes()
}

fn drawn(file: &[u8], limits: Limits) -> (Figure, DynamicImage) {
    let figure = figure::draw(file, limits).unwrap();
    let image = image::load_from_memory(&figure.bytes).unwrap();
    assert_eq!(image.dimensions(), (figure.width, figure.height));
    assert!(figure.bytes.len() <= limits.bytes && figure.width.max(figure.height) <= limits.side);
    (figure, image)
}

/// A picture that compresses badly, with a soft edge if it may.
fn noise(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        let n = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
        let [r, g, b, a] = n.to_be_bytes();
        Rgba([r, g, b, if x < 4 { a } else { 255 }])
    };
    let image = DynamicImage::from(RgbaImage::from_fn(width, height, pixel));
    let image = if format == ImageFormat::Jpeg { image.to_rgb8().into() } else { image };
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

#[test]
fn figures_of_the_bundled_bank_are_drawn() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/figures");
    let mut drawn = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let figure = figure::draw(&fs::read(&path).unwrap(), LIMITS);
        assert!(figure.is_ok(), "{}: {figure:?}", path.display());
        drawn += 1;
    }
    assert!(drawn > 0);
}

#[test]
fn svg_is_drawn_at_twice_its_size_or_as_large_as_fits() {
    fn check(attributes: &str, limits: Limits, width: u32, height: u32) {
        let file = svg(attributes, r##"<rect x="1" y="1" width="40%" height="40%" fill="#246"/>"##);
        let (figure, _) = drawn(&file, limits);
        assert_eq!((figure.width, figure.height), (width, height), "{attributes}");
    }
    check(r#"width="200" height="100""#, LIMITS, 432, 232);
    check(r#"viewBox="0 0 200 100""#, LIMITS, 432, 232);
    check(r#"width="200" height="100""#, Limits { side: 300, ..LIMITS }, 299, 166);
    check(r#"width="200000" height="100000""#, Limits { side: 1000, ..LIMITS }, 999, 516);
    check(r#"width="1" height="1""#, LIMITS, 96, 96);
}

#[test]
fn svg_may_hold_what_drawing_programs_write() {
    fn check(body: &str, rgb: [u8; 3]) {
        let (_, image) = drawn(&svg(r#"width="100" height="100""#, body), LIMITS);
        let near = |pixel: Rgba<u8>| (0..3).all(|n| pixel.0[n].abs_diff(rgb[n]) < 8);
        assert!(image.pixels().any(|(_, _, pixel)| near(pixel)), "{body}");
    }
    check(r#"<style>.a{fill:#c02040}</style><rect class="a" width="50" height="50"/>"#, [0xc0, 0x20, 0x40]);
    check(
        r##"<defs><g id="a"><rect width="50" height="50" fill="#c02040"/></g></defs><use href="#a"/>"##,
        [0xc0, 0x20, 0x40],
    );
    check(
        r##"<linearGradient id="g"><stop stop-color="#c02040"/></linearGradient><rect fill="url(#g)" width="50" height="50"/>"##,
        [0xc0, 0x20, 0x40],
    );
    check(
        r##"<a href="https://example.org"><rect width="50" height="50" fill="#c02040"/></a>"##,
        [0xc0, 0x20, 0x40],
    );
    check(
        r##"<marker id="m" orient="auto"><path d="M0 0L9 5L0 9z" fill="#c02040"/></marker><path d="M20 20H60" stroke="#123" marker-end="url(#m)"/>"##,
        [0xc0, 0x20, 0x40],
    );
    check(
        r##"<text x="5" y="50" font-size="40" fill="#c02040" font-family="Arial">中文 é</text>"##,
        [0xc0, 0x20, 0x40],
    );
}

#[test]
fn svg_with_a_document_type_is_drawn() {
    let mut file = b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
                     \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n"
        .to_vec();
    file.extend(svg(r#"width="10" height="10""#, r#"<rect width="5" height="5"/>"#));
    drawn(&file, LIMITS);
}

#[test]
fn what_svg_may_not_hold_is_named() {
    fn check(body: &str, why: &str) {
        let refusal = figure::draw(&svg(r#"width="9" height="9""#, body), LIMITS).unwrap_err().to_string();
        assert!(refusal.contains(why), "{body}: {refusal}");
    }
    check("<script>x</script>", "a script");
    check(r#"<rect onclick="x"/>"#, "a script");
    check(r#"<image href="data:image/png;base64,AA=="/>"#, "an image");
    check(r#"<use href="other.svg#a"/>"#, "a reference to other.svg#a");
    check(r#"<rect fill="url(https://example.org/#a)"/>"#, "a reference to https://example.org");
    check(r#"<foreignObject/>"#, "a document of another kind");
    check("<text>🎉</text>", "no glyph for '🎉'");
    check("<g>", "can't be read");
    check("", "nothing of it can be seen");
}

#[test]
fn pictures_within_the_limits_pass_through() {
    fn check(format: ImageFormat, expected: Format) {
        let file = noise(40, 30, format);
        let (figure, _) = drawn(&file, LIMITS);
        assert_eq!((figure.format, figure.width, figure.height), (expected, 40, 30));
        assert_eq!(figure.bytes, file, "{expected:?} was changed");
    }
    check(ImageFormat::Png, Format::Png);
    check(ImageFormat::Jpeg, Format::Jpeg);
    check(ImageFormat::WebP, Format::Webp);
    check(ImageFormat::Gif, Format::Gif);
}

#[test]
fn pictures_beyond_the_limits_become_smaller() {
    fn check(format: ImageFormat, limits: Limits, expected: Format, width: u32) {
        let (figure, _) = drawn(&noise(400, 300, format), limits);
        assert_eq!((figure.format, figure.width), (expected, width), "{format:?} within {limits:?}");
    }
    let side = Limits { side: 200, ..LIMITS };
    check(ImageFormat::Png, side, Format::Png, 200);
    check(ImageFormat::Jpeg, side, Format::Jpeg, 200);
    check(ImageFormat::WebP, side, Format::Png, 200);
    check(ImageFormat::Gif, side, Format::Png, 200);
    let bytes = |bytes| Limits { bytes, ..LIMITS };
    check(ImageFormat::Png, bytes(250_000), Format::Jpeg, 400);
    check(ImageFormat::Png, bytes(60_000), Format::Jpeg, 200);
    check(ImageFormat::Jpeg, bytes(60_000), Format::Jpeg, 200);
}

#[test]
fn broken_pictures_are_refused() {
    fn check(file: &[u8], why: &str) {
        let refusal = figure::draw(file, LIMITS).unwrap_err().to_string();
        assert!(refusal.contains(why), "{refusal}");
    }
    check(b"", "it is neither");
    check(b"%PDF-1.7", "it is neither");
    check(b"BM\0\0\0\0", "it is neither");
    check(&noise(40, 30, ImageFormat::Png)[..200], "can't be read");
    check(&vec![b' '; figure::MAX_BYTES + 1], "at most");
    let mut large = noise(4, 4, ImageFormat::Png);
    large[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    assert!(figure::draw(&large, LIMITS).is_err());
    let limits = Limits { bytes: 10, side: 100 };
    assert!(matches!(figure::draw(&noise(40, 30, ImageFormat::Png), limits), Err(NotDrawn::TooLarge { .. })));
}
