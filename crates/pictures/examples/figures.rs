//! Draws figures: `figures FOLDER FILE..` writes each FILE into FOLDER as it would be sent.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::error::Error;
use std::path::Path;

use viva_pictures::figure::{self, Limits};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("figures FOLDER FILE..")?;
    for file in arguments {
        let name = Path::new(&file).file_stem().ok_or("a file has a name")?;
        match figure::draw(&std::fs::read(&file)?, Limits { bytes: 8 << 20, side: 4096 }) {
            Ok(figure) => {
                let path = Path::new(&folder).join(name).with_extension(figure.format.extension());
                std::fs::write(path, figure.bytes)?;
            }
            Err(why) => println!("{file}: {why}"),
        }
    }
    Ok(())
}
