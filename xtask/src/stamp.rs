//! Remembers what a step was last done for, by the content of its inputs, so that it is not done twice.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::repository::Repository;

/// Folders that hold results, never inputs.
const RESULTS: [&str; 6] = ["node_modules", "dist", "results", "test-results", "coverage", ".vite"];

/// A remembered sum over inputs.
pub(crate) struct Stamp {
    path: PathBuf,
    sum: String,
}

impl Stamp {
    /// Reads the inputs (files, or folders with everything below them) and looks up what was remembered.
    /// `also` adds what is no file, such as a version.
    pub(crate) fn of(repository: &Repository, name: &str, inputs: &[PathBuf], also: &str) -> Result<Self> {
        let mut files = Vec::new();
        for input in inputs {
            collect(input, &mut files)?;
        }
        files.sort();
        let mut hasher = DefaultHasher::new();
        hasher.write(also.as_bytes());
        for file in files {
            let place = file.strip_prefix(&repository.root).unwrap_or(&file);
            hasher.write(place.as_os_str().as_encoded_bytes());
            let content = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            hasher.write_usize(content.len());
            hasher.write(&content);
        }
        let path = repository.own_folder("stamps")?.join(name);
        Ok(Self { path, sum: format!("{:016x}", hasher.finish()) })
    }

    /// Whether the step was done for just these inputs.
    pub(crate) fn is_fresh(&self) -> bool {
        std::fs::read_to_string(&self.path).is_ok_and(|remembered| remembered == self.sum)
    }

    /// Remembers that the step is done.
    pub(crate) fn remember(&self) -> Result<()> {
        std::fs::write(&self.path, &self.sum).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Forgets it, before beginning what may be cut short.
    pub(crate) fn forget(&self) -> Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
        let entry = entry?.path();
        let is_result = entry.file_name().and_then(OsStr::to_str).is_some_and(|name| RESULTS.contains(&name));
        if !is_result {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_fresh_until_an_input_changes() {
        let folder = std::env::temp_dir().join(format!("fengsi-stamp-{}", std::process::id()));
        let repository = Repository { root: folder.clone(), target: folder.join("target") };
        let source = folder.join("source");
        std::fs::create_dir_all(source.join("dist")).unwrap();
        std::fs::write(source.join("a.ts"), "1").unwrap();
        let look =
            || Stamp::of(&repository, "pages", &[source.clone(), folder.join("absent")], "v1").unwrap();

        assert!(!look().is_fresh());
        look().remember().unwrap();
        assert!(look().is_fresh());
        std::fs::write(source.join("dist/a.js"), "result").unwrap();
        assert!(look().is_fresh(), "a result is no input");
        std::fs::write(source.join("a.ts"), "2").unwrap();
        assert!(!look().is_fresh());
        look().forget().unwrap();
        look().forget().unwrap();
        std::fs::remove_dir_all(folder).unwrap();
    }
}
