//! The contract with `fengsi-paper`: one [`Request`] as JSON on its standard input, a PDF on its standard output, and an
//! [`Exit`] with one plain sentence on standard error where there is none.
//!
//! Only the values live here; this is how they are used. The program reads its input to the end before it writes, so nobody
//! waits for the other, and it ends by itself within [`SECONDS`]. Where it is not installed, Word files are made all the same.
//!
//! ```no_run
//! use std::{io::Write, process::{Command, Stdio}};
//! use documents::{Dossier, request::{Exit, PROGRAM, Request}, volume::volume};
//!
//! fn pdf(dossier: &Dossier) -> std::io::Result<Result<Vec<u8>, (Exit, String)>> {
//!     let request = Request::new(dossier.number.as_str(), volume(dossier)).to_json()?;
//!     let beside_fengsi = std::env::current_exe()?.with_file_name(PROGRAM);
//!     let mut command = Command::new(beside_fengsi);
//!     command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
//!     let mut child = command.spawn()?;
//!     if let Some(mut input) = child.stdin.take() {
//!         // Who refuses early closes the pipe early; the exit code says why.
//!         let _ = input.write_all(&request);
//!     }
//!     let output = child.wait_with_output()?;
//!     let sentence = String::from_utf8_lossy(&output.stderr).trim().to_owned();
//!     Ok(match Exit::of_code(output.status.code()) {
//!         Exit::Done => Ok(output.stdout),
//!         exit => Err((exit, sentence)),
//!     })
//! }
//! ```

use serde::{Deserialize, Serialize};

use crate::{page::Document, text::Text};

/// The version of this contract.
pub const VERSION: u32 = 1;
/// The program's name; it lies beside `fengsi`.
pub const PROGRAM: &str = "fengsi-paper";
/// At most so many bytes of request are read.
pub const REQUEST_BYTES: usize = 16 * 1024 * 1024;
/// At most so many blocks and rows are laid out.
pub const PIECES: usize = 20_000;
/// It ends after so many seconds, with or without a PDF.
pub const SECONDS: u64 = 30;
/// It holds at most so many bytes of memory.
pub const MEMORY_BYTES: u64 = 768 * 1024 * 1024;
/// Where Debian's `fonts-noto-cjk` lies.
pub const FONTS: &str = "/usr/share/fonts/opentype/noto";

/// What to lay out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// [`VERSION`].
    pub version: u32,
    /// What the file calls itself.
    pub title: Text,
    /// A folder with fonts; nothing is [`FONTS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fonts: Option<String>,
    /// The documents, each from a new page on.
    pub documents: Vec<Document>,
}

impl Request {
    /// A request of this version with the usual fonts.
    pub fn new(title: impl Into<Text>, documents: Vec<Document>) -> Self {
        Self { version: VERSION, title: title.into(), fonts: None, documents }
    }

    /// What the program reads.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Exit {
    /// The PDF is on standard output.
    #[error("the PDF was written")]
    Done,
    /// The request is no request of this version.
    #[error("the request could not be read")]
    NotUnderstood,
    /// The request has more bytes or pieces than the program takes.
    #[error("the request is too large")]
    TooLarge,
    /// The folder holds no font for Chinese.
    #[error("no font with Chinese characters was found; install fonts-noto-cjk or name another folder")]
    NoFont,
    /// It could not be laid out: a fault of the program.
    #[error("the documents could not be laid out")]
    NotLaidOut,
    /// It took longer than [`SECONDS`].
    #[error("laying out took too long")]
    TooSlow,
    /// It needed more than [`MEMORY_BYTES`]; also what a signal means.
    #[error("laying out needed too much memory")]
    TooMuchMemory,
    /// Nobody took the PDF.
    #[error("the PDF could not be written")]
    NotWritten,
}

impl Exit {
    /// Every way to end.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::NotUnderstood,
        Self::TooLarge,
        Self::NoFont,
        Self::NotLaidOut,
        Self::TooSlow,
        Self::TooMuchMemory,
        Self::NotWritten,
    ];

    /// The program's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NotUnderstood => 2,
            Self::TooLarge => 3,
            Self::NoFont => 4,
            Self::NotLaidOut => 5,
            Self::TooSlow => 6,
            Self::TooMuchMemory => 7,
            Self::NotWritten => 8,
        }
    }

    /// What an exit code means; without one a signal ended the program, and that is the wall around its memory.
    pub fn of_code(code: Option<i32>) -> Self {
        let Some(code) = code else { return Self::TooMuchMemory };
        let known = Self::ALL.into_iter().find(|exit| i32::from(exit.code()) == code);
        known.unwrap_or(Self::NotLaidOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_end_has_a_code_of_its_own() {
        for exit in Exit::ALL {
            assert_eq!(Exit::of_code(Some(exit.code().into())), exit);
        }
        assert_eq!(Exit::of_code(None), Exit::TooMuchMemory);
        assert_eq!(Exit::of_code(Some(101)), Exit::NotLaidOut);
    }
}
