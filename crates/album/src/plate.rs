//! A picture, ready to be sent.

use viva_pictures::Picture;
use viva_pictures::figure::{Figure, Format};

/// A file with a picture in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Plate {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub format: Format,
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    kind: &'static str,
    content: String,
}

impl Plate {
    fn new(kind: &'static str, bytes: Vec<u8>, format: Format, (width, height): (u32, u32)) -> Self {
        let content = blake3::hash(&bytes).to_hex()[..32].to_owned();
        Self { bytes, format, width, height, kind, content }
    }

    pub(crate) fn of_picture(kind: &'static str, picture: Picture) -> Self {
        Self::new(kind, picture.png, Format::Png, (picture.width, picture.height))
    }

    pub(crate) fn of_figure(figure: Figure) -> Self {
        Self::new("figure", figure.bytes, figure.format, (figure.width, figure.height))
    }

    /// A name for the file that tells what it is, and is another for every other content.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}.{}", self.kind, &self.content[..12], self.format.extension())
    }

    /// What the file holds, in 32 hexadecimal digits.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }
}

impl std::fmt::Debug for Plate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} × {})", self.name(), self.width, self.height)
    }
}
