//! The local pictures of a bank. Owns where they may lie: inside the bank and nowhere else.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Where the pictures lie that a bank's notes name by a path.
#[derive(Clone, Debug)]
pub enum Figures {
    /// In these folders; the first that has a file of that path gives it.
    Folders(Vec<PathBuf>),
    /// In the program itself.
    Bundled(fn(&str) -> Option<&'static [u8]>),
}

impl Figures {
    /// Those of the files and folders of notes that a bank is read from.
    pub(super) fn beside(paths: &[PathBuf]) -> Self {
        let folder = |path: &PathBuf| {
            if path.is_file() { path.parent().unwrap_or(Path::new("")).to_owned() } else { path.clone() }
        };
        Self::Folders(paths.iter().map(folder).collect())
    }

    /// The file at `path`, as documents of the bank name it, of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// If there is no such file in the bank, it can't be read, or it is larger.
    pub fn read(&self, path: &str, limit: usize) -> io::Result<Vec<u8>> {
        let path = Path::new(path);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::new(io::ErrorKind::NotFound, "it lies outside of the bank"));
        }
        let bytes = match self {
            Self::Bundled(files) => path.to_str().and_then(files).map(<[u8]>::to_vec),
            Self::Folders(folders) => {
                let file = folders.iter().map(|folder| folder.join(path)).find(|file| file.is_file());
                let mut bytes = Vec::new();
                match file {
                    // One byte more than allowed tells a file that is too large, even one that grows.
                    Some(file) => {
                        File::open(file)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
                        Some(bytes)
                    }
                    None => None,
                }
            }
        };
        let bytes = bytes.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "it is not in the bank"))?;
        if bytes.len() > limit {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("it is larger than {limit} bytes"),
            ));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_bank_are_read() {
        let outside = tempfile::tempdir().expect("a folder");
        let bank = outside.path().join("bank");
        std::fs::create_dir_all(bank.join("figures")).expect("a folder");
        std::fs::write(outside.path().join("secret.png"), "no").expect("a file");
        std::fs::write(bank.join("figures/a.png"), "yes").expect("a file");
        let figures = Figures::beside(std::slice::from_ref(&bank));
        assert_eq!(figures.read("figures/a.png", 3).expect("a picture"), b"yes");
        for path in ["../secret.png", "figures/../../secret.png", "/etc/passwd", "none.png", ""] {
            assert!(figures.read(path, 3).is_err(), "{path}");
        }
        let larger = figures.read("figures/a.png", 2).expect_err("too large");
        assert_eq!(larger.kind(), io::ErrorKind::FileTooLarge);
    }
}
