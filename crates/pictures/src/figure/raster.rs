//! PNG, JPEG, WebP and GIF. Owns when they pass through and how they are made smaller; refuses what
//! doesn't decode, since platforms would refuse it later and say less.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage};

use super::{Figure, Format, Limits};
use crate::NotDrawn;
use crate::panel::PAPER_RGB;

/// The most pixels in a row or a column of a file that is read.
const MAX_SIDE: u32 = 20_000;

/// The most memory that decoding may take, in bytes.
const MAX_ALLOC: u64 = 160 << 20;

/// Where JPEG has no visible faults in photographs and is a tenth of PNG.
const JPEG_QUALITY: u8 = 88;

/// How often a picture is halved to get its file small enough.
const MAX_HALVINGS: u32 = 4;

/// `file` if it is within `limits`, and else a smaller one.
pub(super) fn fit(file: &[u8], limits: Limits) -> Result<Figure, NotDrawn> {
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format();
    let mut reader = reader.map_err(|error| NotDrawn::Unreadable(error.to_string()))?;
    let format = match reader.format() {
        Some(ImageFormat::Png) => Format::Png,
        Some(ImageFormat::Jpeg) => Format::Jpeg,
        Some(ImageFormat::WebP) => Format::Webp,
        Some(ImageFormat::Gif) => Format::Gif,
        _ => return Err(NotDrawn::Unreadable("it is neither SVG, PNG, JPEG, WebP nor GIF".to_owned())),
    };
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(MAX_SIDE);
    bounds.max_image_height = Some(MAX_SIDE);
    bounds.max_alloc = Some(MAX_ALLOC);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if decoder.total_bytes() > MAX_ALLOC {
        return Err(NotDrawn::TooLarge { width: width.into(), height: height.into() });
    }
    let orientation = decoder.orientation().map_err(refusal)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    if file.len() <= limits.bytes && width.max(height) <= limits.side {
        return Ok(Figure { bytes: file.to_vec(), format, width, height });
    }
    image.apply_orientation(orientation);
    shrink(image, format, limits)
}

/// `image` in a file within `limits`: with as many pixels as may be, then as JPEG, then with fewer.
fn shrink(mut image: DynamicImage, format: Format, limits: Limits) -> Result<Figure, NotDrawn> {
    if image.width().max(image.height()) > limits.side {
        image = image.resize(limits.side, limits.side, FilterType::CatmullRom);
    }
    for _ in 0..=MAX_HALVINGS {
        let formats: &[Format] =
            if format == Format::Jpeg { &[Format::Jpeg] } else { &[Format::Png, Format::Jpeg] };
        for format in formats {
            let bytes = encode(&image, *format).map_err(refusal)?;
            if bytes.len() <= limits.bytes {
                return Ok(Figure { bytes, format: *format, width: image.width(), height: image.height() });
            }
        }
        image = image.thumbnail((image.width() / 2).max(1), (image.height() / 2).max(1));
    }
    Err(NotDrawn::TooLarge { width: image.width().into(), height: image.height().into() })
}

fn encode(image: &DynamicImage, format: Format) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    if format == Format::Jpeg {
        JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(&on_paper(image))?;
    } else {
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)?;
    }
    Ok(bytes)
}

/// `image` with the colour of the panel where it lets light through, which JPEG can't say.
fn on_paper(image: &DynamicImage) -> RgbImage {
    let rgba = image.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0;
        let over = |channel: u8, paper: u8| {
            let (channel, paper, a) = (u32::from(channel), u32::from(paper), u32::from(a));
            ((channel * a + paper * (255 - a)) / 255) as u8
        };
        image::Rgb([over(r, PAPER_RGB[0]), over(g, PAPER_RGB[1]), over(b, PAPER_RGB[2])])
    })
}

fn refusal(error: ImageError) -> NotDrawn {
    match error {
        ImageError::Limits(_) => NotDrawn::TooCostly("the picture has too many pixels"),
        error => NotDrawn::Unreadable(error.to_string()),
    }
}
