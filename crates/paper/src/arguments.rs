//! The few words after the program's name. Limits can only be made narrower.

use documents::request::{MEMORY_BYTES, SECONDS};

const HELP: &str = "\
Lay documents out as PDF.

Usage: fengsi-paper [--seconds N] [--memory-mib N] < request.json > file.pdf

  --seconds N      end after so many seconds (at most and by default 30)
  --memory-mib N   hold at most so much memory (at most and by default 768)
  --version        print the version

One request as JSON on standard input, one PDF on standard output. Exit codes: 0 done, 2 the request could not be read,
3 it is too large, 4 no font for Chinese, 5 it could not be laid out, 6 too slow, 7 too much memory, 8 nobody took the PDF;
one sentence on standard error says more. docs/adr/0011-paper-in-its-own-process.md describes the request.
";

/// What was asked for.
pub(crate) struct Arguments {
    /// Seconds until it ends.
    pub(crate) seconds: u64,
    /// Bytes that it may hold.
    pub(crate) memory_bytes: u64,
    answer: Option<String>,
}

impl Arguments {
    pub(crate) fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut read = Self { seconds: SECONDS, memory_bytes: MEMORY_BYTES, answer: None };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--help" | "-h" => read.answer = Some(HELP.to_owned()),
                "--version" => {
                    read.answer = Some(format!("fengsi-paper {}\n", env!("CARGO_PKG_VERSION")));
                }
                "--seconds" => read.seconds = number(&word, words.next())?.min(SECONDS),
                "--memory-mib" => {
                    let mib = number(&word, words.next())?;
                    read.memory_bytes = mib.saturating_mul(1024 * 1024).min(MEMORY_BYTES);
                }
                _ => return Err(format!("'{word}' is not understood here; --help shows what is")),
            }
        }
        Ok(read)
    }

    /// What to print instead of working.
    pub(crate) fn answer(&self) -> Option<&str> {
        self.answer.as_deref()
    }
}

fn number(name: &str, word: Option<String>) -> Result<u64, String> {
    word.and_then(|word| word.parse().ok()).ok_or_else(|| format!("{name} needs a number after it"))
}
