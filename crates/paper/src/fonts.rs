//! The fonts of one folder. Each file is opened to see which faces it holds, and kept only once one of them is used.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use documents::request::Exit;
use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontInfo},
    utils::LazyHash,
};

use crate::Failure;

const ENDINGS: [&str; 4] = ["ttc", "ttf", "otc", "otf"];
/// A folder with more is not one for this program.
const MOST_FILES: usize = 64;
/// A face without it cannot write what Fengsi prints.
const NEEDED: char = '说';

/// Faces by number, and the files they come from.
pub(crate) struct Fonts {
    /// What the engine chooses from.
    pub(crate) book: LazyHash<FontBook>,
    faces: Vec<Face>,
    files: Vec<File>,
}

struct Face {
    file: usize,
    number: u32,
    font: OnceLock<Option<Font>>,
}

struct File {
    path: PathBuf,
    bytes: OnceLock<Option<Bytes>>,
}

impl Fonts {
    /// Which fonts lie in a folder; at least one must know Chinese.
    pub(crate) fn look_into(folder: &Path) -> Result<Self, Failure> {
        let mut book = FontBook::new();
        let (mut faces, mut files) = (Vec::new(), Vec::new());
        let mut knows_chinese = false;
        for path in paths_in(folder) {
            let Ok(bytes) = fs::read(&path) else { continue };
            for (number, info) in (0..).zip(FontInfo::iter(&bytes)) {
                knows_chinese |= info.coverage.contains(NEEDED as u32);
                book.push(info);
                faces.push(Face { file: files.len(), number, font: OnceLock::new() });
            }
            files.push(File { path, bytes: OnceLock::new() });
        }
        if !knows_chinese {
            return Err(Failure::new(Exit::NoFont, folder.display()));
        }
        Ok(Self { book: LazyHash::new(book), faces, files })
    }

    /// The face with this number in the book.
    pub(crate) fn face(&self, number: usize) -> Option<Font> {
        let face = self.faces.get(number)?;
        let load = || Font::new(self.bytes(face.file)?, face.number);
        face.font.get_or_init(load).clone()
    }

    fn bytes(&self, number: usize) -> Option<Bytes> {
        let file = self.files.get(number)?;
        file.bytes.get_or_init(|| fs::read(&file.path).ok().map(Bytes::new)).clone()
    }
}

/// In one order on every machine.
fn paths_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_font = |path: &PathBuf| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
    };
    let mut paths: Vec<PathBuf> = entries.filter(is_font).collect();
    paths.sort();
    paths.truncate(MOST_FILES);
    paths
}
