//! No drawers: a file is named for its job.

use super::{none_of, sources};

const DRAWERS: [&str; 12] = [
    "util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "manager", "managers", "types",
    "models",
];

#[test]
fn no_file_or_folder_is_a_drawer() {
    let all = sources();
    let found = all.iter().filter(|source| {
        let mut parts = source.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        parts.any(|part| DRAWERS.contains(&part.to_ascii_lowercase().as_str()))
    });
    none_of(
        found.map(|source| source.path.clone()).collect(),
        "A drawer takes everything and says nothing: name the file for what is done in it.",
    );
}
