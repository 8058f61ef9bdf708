//! What the documents say, never which bytes they are: outlines under snapshot, text read back out of the files.

mod archive;
mod awkward;
mod contract;
mod docx;
mod forms;
mod ledger;
mod missing;
mod outline;
mod package;

use crate::Dossier;

const SAMPLE: &str = include_str!("../examples/dossier/sample.json");

/// A complete dossier: the one that the example writes.
fn sample() -> Dossier {
    serde_json::from_str(SAMPLE).unwrap()
}
