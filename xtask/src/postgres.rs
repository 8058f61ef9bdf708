//! A private PostgreSQL for tests and benches: new for each run, gone after it, however the run ends.
//!
//! It is durable like a real one (fsync stays on) and closed to other users of the machine (a password
//! of its own, loopback only). Nothing of it survives: no stale locks, no left-over tables.

mod account;
mod cluster;
mod place;

use std::path::{Path, PathBuf};

use crate::tools;

pub(crate) use cluster::Cluster;

/// Whether a server can be started here.
pub(crate) fn is_installed() -> bool {
    programs().is_some()
}

/// The folder with `initdb` and `pg_ctl`. Debian keeps them off the path, one folder per version.
fn programs() -> Option<PathBuf> {
    if let Some(folder) = tools::find("initdb").as_deref().and_then(Path::parent)
        && folder.join("pg_ctl").is_file()
    {
        return Some(folder.to_path_buf());
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let numbered = versions.filter_map(|entry| {
        let number: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        (folder.join("initdb").is_file() && folder.join("pg_ctl").is_file()).then_some((number, folder))
    });
    numbered.max_by_key(|(number, _)| *number).map(|(_, folder)| folder)
}
