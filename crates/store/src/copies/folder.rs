//! A folder with backups. They share what they have in common: a piece or a picture that is there already is not written again,
//! so that a backup that was stopped goes on, and the next one adds what is new.
//!
//! Pieces are sealed with a key of the site and named by a keyed hash of what stands in them. Whoever has the folder without
//! the site's key file reads none of it, and cannot change any of it unseen.

use std::{
    fmt, fs,
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use jiff::{Timestamp, tz::TimeZone};

use super::manifest::{FORMAT, Manifest};
use crate::{
    error::{Error, Result},
    keys::Keys,
    log::hex,
};

/// The name of a backup: the moment at which it was made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupName(String);

impl BackupName {
    fn at(moment: Timestamp) -> Self {
        Self(moment.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string())
    }
}

impl fmt::Display for BackupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for BackupName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
        plain.then(|| Self(text.to_owned())).ok_or_else(|| {
            Error::Setup(format!("{text:?} is not the name of a backup; one looks like 20261122T210531Z"))
        })
    }
}

/// The whole backups in a folder, oldest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn backups(folder: &Path) -> Result<Vec<BackupName>> {
    let mut names = Vec::new();
    match fs::read_dir(folder.join("backups")) {
        Ok(entries) => {
            for entry in entries {
                let name = entry?.file_name();
                if let Some(name) = name.to_str().and_then(|name| name.strip_suffix(".json")) {
                    names.push(name.parse()?);
                }
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    names.sort();
    Ok(names)
}

/// The folder, opened with the key of its site.
pub(super) struct BackupFolder {
    folder: PathBuf,
    keys: Keys,
}

impl BackupFolder {
    pub(super) fn new(folder: &Path, keys: Keys) -> Self {
        Self { folder: folder.to_owned(), keys }
    }

    /// Keeps a piece; its name, and how many bytes were written for it.
    pub(super) fn keep_piece(&self, plain: &[u8]) -> Result<(String, u64)> {
        let name = hex(&self.keys.copy_name(plain));
        let path = self.piece_path(&name);
        if path.exists() {
            return Ok((name, 0));
        }
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(plain)?;
        let sealed = self.keys.seal_copy(&packed.finish()?, name.as_bytes())?;
        write_whole(&path, &sealed)?;
        Ok((name, sealed.len() as u64))
    }

    /// The rows of a piece.
    pub(super) fn piece(&self, name: &str) -> Result<Vec<u8>> {
        let sealed = fs::read(self.piece_path(name)).map_err(|error| {
            missing(error, || {
                format!("the backup is not whole: its piece {name} is missing. Choose another with --backup")
            })
        })?;
        let packed = self.keys.open_copy(&sealed, name.as_bytes())?;
        let mut plain = Vec::new();
        DeflateDecoder::new(packed.as_slice()).read_to_end(&mut plain)?;
        if hex(&self.keys.copy_name(&plain)) == name {
            return Ok(plain);
        }
        Err(Error::Damaged(format!("the piece {name} holds something else")))
    }

    fn piece_path(&self, name: &str) -> PathBuf {
        self.folder.join("pieces").join(name.get(..2).unwrap_or("00")).join(name)
    }

    /// Where a picture of a site lies in the folder: under the same name as in the site's own.
    pub(super) fn picture_path(&self, in_site: &Path) -> PathBuf {
        self.folder.join(in_site)
    }

    /// Writes the list, last of all: from now on the backup is there.
    pub(super) fn keep_manifest(&self, manifest: &Manifest) -> Result<BackupName> {
        let name = BackupName::at(manifest.made_at);
        let list = serde_json::to_string(manifest).map_err(Error::damaged)?;
        let mark = hex(&self.keys.copy_name(list.as_bytes()));
        write_whole(&self.manifest_path(&name), format!("{list}\n{mark}\n").as_bytes())?;
        Ok(name)
    }

    /// The list of a backup.
    pub(super) fn manifest(&self, name: &BackupName) -> Result<Manifest> {
        let path = self.manifest_path(name);
        let text = fs::read_to_string(&path).map_err(|error| {
            missing(error, || format!("there is no backup {name} in {}", self.folder.display()))
        })?;
        let (list, mark) = text.trim_end().rsplit_once('\n').unwrap_or_default();
        if hex(&self.keys.copy_name(list.as_bytes())) != mark {
            return Err(Error::Setup(format!(
                "{} was changed, or belongs to another site's key file",
                path.display()
            )));
        }
        let manifest: Manifest = serde_json::from_str(list).map_err(Error::damaged)?;
        if manifest.format != FORMAT {
            return Err(Error::Setup(format!(
                "the backup {name} has form {}, this program reads form {FORMAT}: use the version that made it",
                manifest.format
            )));
        }
        Ok(manifest)
    }

    fn manifest_path(&self, name: &BackupName) -> PathBuf {
        self.folder.join("backups").join(format!("{name}.json"))
    }
}

/// What to say of a file that is not there; any other error stays what it is.
fn missing(error: std::io::Error, say: impl FnOnce() -> String) -> Error {
    if error.kind() == ErrorKind::NotFound { Error::Setup(say()) } else { error.into() }
}

/// Writes a file that is there as a whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension("new");
    let mut file = fs::File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(fs::rename(&draft, path)?)
}
