//! Whether an archive is still what was packed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{LIST, MANIFEST, Manifest, hexadecimal};

/// No archive of ours holds more; one that claims to is not unpacked.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// Why an archive is not what was packed.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    /// It cannot be opened.
    #[error("this is no archive that can be opened")]
    NoArchive,
    /// It would unpack to too much.
    #[error("the archive unpacks to more than this program takes")]
    TooLarge,
    /// Its list is missing or cannot be read.
    #[error("the archive holds no manifest that can be read")]
    NoManifest,
    /// A file is not in the list.
    #[error("{0} does not belong to the archive")]
    Stranger(String),
    /// A listed file is not there.
    #[error("{0} is missing in the archive")]
    Gone(String),
    /// A file is not the one in the list.
    #[error("{0} is not what was packed")]
    Changed(String),
}

/// Reads an archive and compares every file with the manifest. Returns the manifest and its hash; only who kept the hash
/// knows that the manifest itself is the one that was made.
pub fn verify(bytes: &[u8]) -> Result<(Manifest, String), Flaw> {
    let mut files = unpack(bytes)?;
    let manifest = files.remove(MANIFEST).ok_or(Flaw::NoManifest)?;
    let hash = hexadecimal(&Sha256::digest(&manifest));
    let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|_| Flaw::NoManifest)?;
    let listed = files.remove(LIST).ok_or_else(|| Flaw::Gone(LIST.to_owned()))?;
    if listed != super::list(&manifest).into_bytes() {
        return Err(Flaw::Changed(LIST.to_owned()));
    }
    for file in &manifest.files {
        let found = files.remove(&file.name).ok_or_else(|| Flaw::Gone(file.name.clone()))?;
        if found.len() as u64 != file.bytes || hexadecimal(&Sha256::digest(&found)) != file.sha256 {
            return Err(Flaw::Changed(file.name.clone()));
        }
    }
    match files.into_keys().next() {
        Some(name) => Err(Flaw::Stranger(name)),
        None => Ok((manifest, hash)),
    }
}

fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Flaw> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Flaw::NoArchive)?;
    let mut files = BTreeMap::new();
    let mut left = MOST_BYTES;
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).map_err(|_| Flaw::NoArchive)?;
        let name = file.name().map_err(|_| Flaw::NoArchive)?.into_owned();
        let mut content = Vec::new();
        // The length that a file claims is not believed.
        file.by_ref().take(left + 1).read_to_end(&mut content).map_err(|_| Flaw::Changed(name.clone()))?;
        left = left.checked_sub(content.len() as u64).ok_or(Flaw::TooLarge)?;
        if files.insert(name.clone(), content).is_some() {
            return Err(Flaw::Stranger(name));
        }
    }
    Ok(files)
}
