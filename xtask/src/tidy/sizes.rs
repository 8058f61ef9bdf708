//! A file one can read in one sitting.

use super::{Source, none_of, sources};

const LINES: usize = 600;
const VUE_LINES: usize = 250;
const BYTES: usize = 512 * 1000;

#[test]
fn no_source_file_is_too_long() {
    let found = sources().iter().filter(|source| !source.is_generated()).filter_map(too_long).collect();
    none_of(found, "At 400 lines look for the second idea in a file; give it a file of its own.");
}

#[test]
fn no_file_is_heavy() {
    let all = sources();
    let found = all.iter().filter(|source| source.bytes.len() > BYTES && !source.is_generated());
    none_of(
        found.map(|source| format!("{} has {} kB", source.path, source.bytes.len() / 1000)).collect(),
        "Everyone who clones carries it for ever: make it while building, or make it smaller (at most 512 kB).",
    );
}

fn too_long(source: &Source) -> Option<String> {
    let limit = match () {
        () if source.has_ending(&["vue"]) => VUE_LINES,
        () if source.has_ending(&["rs", "ts"]) => LINES,
        () => return None,
    };
    let lines = source.text()?.lines().count();
    (lines > limit).then(|| format!("{} has {lines} lines (at most {limit})", source.path))
}
