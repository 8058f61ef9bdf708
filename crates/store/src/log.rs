//! The transparency log of a region: leaf hashes and the tree's root, as RFC 6962 §2.1 builds them.
//!
//! A leaf covers everything an event row holds, so that a changed byte, a moved row or a gap is found.

use casework::record::RecordKind;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Length of a hash.
pub const HASH_BYTES: usize = 32;

/// What a leaf is taken over, besides the event itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeafOf<'a> {
    pub(crate) region: u32,
    pub(crate) seq: i64,
    pub(crate) kind: RecordKind,
    pub(crate) record: Uuid,
    pub(crate) version: u32,
    pub(crate) at: i64,
    pub(crate) command: Uuid,
    pub(crate) body: &'a str,
}

/// The leaf hash of one event: SHA-256(0x00 ‖ canonical bytes).
pub(crate) fn leaf_hash(of: LeafOf<'_>) -> [u8; HASH_BYTES] {
    Sha256::new()
        .chain_update([0])
        .chain_update(b"fengsi event v1\n")
        .chain_update(of.region.to_be_bytes())
        .chain_update(of.seq.to_be_bytes())
        .chain_update(of.kind.index().to_be_bytes())
        .chain_update(of.record.as_bytes())
        .chain_update(of.version.to_be_bytes())
        .chain_update(of.at.to_be_bytes())
        .chain_update(of.command.as_bytes())
        .chain_update(of.body.as_bytes())
        .finalize()
        .into()
}

/// Builds the root from leaf hashes in order, with memory for one hash a level.
#[derive(Debug, Default)]
pub struct Root {
    /// Complete subtrees, largest first, with their sizes.
    peaks: Vec<(u64, [u8; HASH_BYTES])>,
    leaves: u64,
}

impl Root {
    /// Adds the next leaf.
    pub fn push(&mut self, leaf: [u8; HASH_BYTES]) {
        let (mut size, mut hash) = (1, leaf);
        while let Some((_, left)) = self.peaks.pop_if(|(other, _)| *other == size) {
            hash = node(&left, &hash);
            size *= 2;
        }
        self.peaks.push((size, hash));
        self.leaves += 1;
    }

    /// How many leaves there are.
    #[must_use]
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The root of the leaves so far; of none, the hash of nothing.
    #[must_use]
    pub fn hash(&self) -> [u8; HASH_BYTES] {
        let mut peaks = self.peaks.iter().rev().map(|(_, hash)| *hash);
        match peaks.next() {
            None => Sha256::digest([]).into(),
            Some(smallest) => peaks.fold(smallest, |right, left| node(&left, &right)),
        }
    }
}

fn node(left: &[u8; HASH_BYTES], right: &[u8; HASH_BYTES]) -> [u8; HASH_BYTES] {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A hash as hexadecimal text.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
