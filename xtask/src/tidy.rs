//! Rules that a machine can watch over, as ordinary tests: `cargo test --package xtask`.
//!
//! Each failure names the files and what to do. STYLE.md gives the reasons.

mod boundaries;
mod dependencies;
mod functions;
mod leftovers;
mod links;
mod migrations;
mod names;
mod people;
mod sizes;

use crate::process;
use crate::repository::Repository;

/// A file of the repository: tracked, or new and not ignored.
struct Source {
    path: String,
    bytes: Vec<u8>,
}

impl Source {
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|text| !text.contains('\0'))
    }

    fn has_ending(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.rsplit_once('.').is_some_and(|(_, own)| own == *ending))
    }

    /// Written by a program, never by hand.
    fn is_generated(&self) -> bool {
        let snapshot = self.has_ending(&["snap"]) || self.path.contains("__snapshots__/");
        let lock = self.path.ends_with("package-lock.json") || self.path == "Cargo.lock";
        snapshot || lock || self.path.ends_with("/schema.ts") || self.path == "openapi.json"
    }

    /// The rules' own words, which would find themselves.
    fn is_tidy(&self) -> bool {
        self.path.starts_with("xtask/src/tidy")
    }
}

fn sources() -> Vec<Source> {
    let repository = Repository::find().unwrap();
    let mut git = process::command("git", &repository.root);
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = process::output_of(git).unwrap();
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    // A file that was just deleted is still listed.
    paths
        .filter_map(|path| {
            let bytes = std::fs::read(repository.root.join(path)).ok()?;
            Some(Source { path: path.to_owned(), bytes })
        })
        .collect()
}

/// Fails with every finding and with what to do about them.
#[track_caller]
fn none_of(findings: Vec<String>, advice: &str) {
    assert!(findings.is_empty(), "\n  {}\n\n{advice}\n", findings.join("\n  "));
}
