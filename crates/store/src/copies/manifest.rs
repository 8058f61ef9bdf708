//! What a backup consists of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::tables::Table;

/// The form of this list and of the pieces that it names.
pub(super) const FORMAT: u32 = 1;

/// A backup, as its list says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    pub(super) made_at: Timestamp,
    /// The name of the site, so that people see what they have before them.
    pub(super) site: String,
    /// Which key file it belongs to.
    pub(super) key_mark: String,
    /// The migrations that its tables went through.
    pub(super) migrations: Vec<String>,
    /// Events of each region and the root of its log.
    pub(super) regions: BTreeMap<u32, (u64, String)>,
    pub(super) tables: Vec<CopiedTable>,
    /// Pictures that belong to it.
    pub(super) pictures: u64,
}

/// A table as it was copied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CopiedTable {
    #[serde(flatten)]
    pub(super) table: Table,
    pub(super) rows: u64,
    /// The hash of all rows.
    pub(super) digest: String,
    /// The names of its pieces, in order, with their rows.
    pub(super) pieces: Vec<(String, u64)>,
}

impl Manifest {
    pub(super) fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}
