//! Where things lie: the root of the checkout and the folder for what is built.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout this program belongs to.
#[derive(Clone)]
pub(crate) struct Repository {
    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder; everything xtask makes lies below it.
    pub(crate) target: PathBuf,
}

impl Repository {
    pub(crate) fn find() -> Result<Self> {
        let package =
            std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&package).parent().context("xtask lies in no workspace")?.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The npm workspace.
    pub(crate) fn web(&self) -> PathBuf {
        self.root.join("web")
    }

    /// A folder of xtask's own below the target folder, made when missing.
    pub(crate) fn own_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.target.join("xtask").join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }

    /// The program as cargo leaves it.
    pub(crate) fn fengsi(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("fengsi")
    }
}
