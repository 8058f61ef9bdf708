//! Every dependency is used and says why it is there.

use super::{none_of, sources};
use crate::repository::Repository;

#[test]
fn every_workspace_dependency_is_used() {
    let all = sources();
    let manifests: Vec<&str> = all
        .iter()
        .filter(|source| source.path.ends_with("/Cargo.toml"))
        .filter_map(|source| source.text())
        .collect();
    let unused = declared().into_iter().filter(|name| {
        let uses = [format!("{name}.workspace"), format!("{name} = {{ workspace")];
        let is_used = |line: &str| uses.iter().any(|used| line.starts_with(used));
        !manifests.iter().any(|manifest| manifest.lines().any(is_used))
    });
    none_of(
        unused.collect(),
        "No crate uses it: take the line out of [workspace.dependencies] in Cargo.toml.",
    );
}

fn declared() -> Vec<String> {
    let manifest = std::fs::read_to_string(Repository::find().unwrap().root.join("Cargo.toml")).unwrap();
    let section = manifest.split("[workspace.dependencies]").nth(1).expect("the section is there");
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let named = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    named.map(|(name, _)| name.trim().to_owned()).collect()
}
