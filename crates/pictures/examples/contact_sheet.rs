//! Draws formulas onto sheets, to be looked at: `contact_sheet FORMULAS FOLDER`.
//!
//! `FORMULAS` has one formula a line; lines that start with `#` are left out.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::error::Error;
use std::path::Path;

use image::RgbaImage;
use image::imageops::overlay;
use viva_pictures::formula::{self, Style};

const WIDTH: i64 = 1700;
const HEIGHT: i64 = 2400;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(source), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("contact_sheet FORMULAS FOLDER".into());
    };
    let mut sheets = Sheets { folder: folder.as_ref(), sheet: dark(), at: (0, 0), row: 0, written: 0 };
    for tex in
        std::fs::read_to_string(source)?.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match formula::draw(tex, Style::Display) {
            Ok(picture) => sheets.add(&image::load_from_memory(&picture.png)?.into_rgba8())?,
            Err(why) => println!("{tex}\n    {why}"),
        }
    }
    sheets.write()
}

struct Sheets<'a> {
    folder: &'a Path,
    sheet: RgbaImage,
    at: (i64, i64),
    row: i64,
    written: usize,
}

impl Sheets<'_> {
    fn add(&mut self, picture: &RgbaImage) -> Result<(), Box<dyn Error>> {
        let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
        if self.at.0 + width > WIDTH {
            self.at = (0, self.at.1 + self.row + 8);
            self.row = 0;
        }
        if self.at.1 + height > HEIGHT {
            self.write()?;
        }
        overlay(&mut self.sheet, picture, self.at.0, self.at.1);
        self.at.0 += width + 8;
        self.row = self.row.max(height);
        Ok(())
    }

    fn write(&mut self) -> Result<(), Box<dyn Error>> {
        self.sheet.save(self.folder.join(format!("sheet-{:02}.png", self.written)))?;
        self.written += 1;
        (self.sheet, self.at, self.row) = (dark(), (0, 0), 0);
        Ok(())
    }
}

/// A sheet as dark as a dark theme.
fn dark() -> RgbaImage {
    RgbaImage::from_pixel(WIDTH as u32, HEIGHT as u32, image::Rgba([0x31, 0x33, 0x38, 255]))
}
