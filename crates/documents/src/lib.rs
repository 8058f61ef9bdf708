//! Paper: what the documents of a dossier say, and how they become DOCX, XLSX and one archive.
//!
//! Pure: values in, bytes out. No clock, no database, no files, no network; it knows none of our other crates. What a
//! document says is written once, as a [`page::Document`]: `docx` renders it here, the binary `fengsi-paper` renders the same
//! as PDF. It judges no mediation: a dossier that lacks something is printed with blanks, and `missing` says what.

mod text;

pub mod page;

pub mod dossier;
pub mod forms;

pub mod missing;
pub mod volume;

pub mod archive;
pub mod docx;
pub mod ledger;
pub mod request;

mod money;
mod wording;

pub use dossier::Dossier;
pub use forms::Form;
pub use text::Text;

#[cfg(test)]
mod tests;
