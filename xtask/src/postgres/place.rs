//! Where a cluster lies: a numbered place below the target folder, one per run, so that runs can overlap.

use std::fs::{DirBuilder, File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::account::Account;
use crate::repository::Repository;

/// So many runs may overlap in one checkout.
const PLACES: u32 = 16;

/// A folder that is ours while this value lives.
pub(super) struct Place {
    /// The folder, empty but for what a killed run left in it.
    pub(super) folder: PathBuf,
    /// Whether it lies outside the target folder and must not stay.
    pub(super) is_temporary: bool,
    _lock: File,
}

impl Place {
    /// Takes the first free place.
    pub(super) fn take(repository: &Repository, account: Account) -> Result<Self> {
        let all = repository.target.join("pg");
        std::fs::create_dir_all(&all).with_context(|| format!("cannot make {}", all.display()))?;
        for number in 1..=PLACES {
            let path = all.join(format!("{number}.lock"));
            let file = File::create(&path).with_context(|| format!("cannot open {}", path.display()))?;
            match file.try_lock() {
                Ok(()) => return Self::prepare(all.join(number.to_string()), account, file),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
        }
        bail!("{PLACES} runs hold all places in {}; let one of them end", all.display())
    }

    fn prepare(inside: PathBuf, account: Account, lock: File) -> Result<Self> {
        std::fs::create_dir_all(&inside).with_context(|| format!("cannot make {}", inside.display()))?;
        account.own(&inside)?;
        if account.can_enter(&inside) {
            return Ok(Self { folder: inside, is_temporary: false, _lock: lock });
        }
        // The checkout lies where the server's user may not go (in somebody's home folder, say).
        let name = format!("fengsi-pg-{}-{}", std::process::id(), super::cluster::random_hex(4)?);
        let outside = std::env::temp_dir().join(name);
        // Fails when the name exists, so nobody can lay a folder there for us.
        DirBuilder::new()
            .mode(0o700)
            .create(&outside)
            .with_context(|| format!("cannot make {}", outside.display()))?;
        account.own(&outside)?;
        Ok(Self { folder: outside, is_temporary: true, _lock: lock })
    }
}
