//! The log's root is that of RFC 6962, by the word of another implementation.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::{Digest, Sha256};

use crate::log::Root;

#[test]
fn a_root_is_that_of_another_implementation() {
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut ours = Root::default();
    for size in 0_u64..=130 {
        assert_eq!(ours.leaves(), size);
        assert_eq!(ours.hash().as_slice(), theirs.root().as_bytes().as_slice(), "{size} leaves");
        let leaf = format!("leaf {size}").into_bytes();
        ours.push(Sha256::new().chain_update([0]).chain_update(&leaf).finalize().into());
        theirs.push(leaf);
    }
}
