//! Who may import whom. A crate exists only where an import must be forbidden; these tests forbid it.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

use super::none_of;
use crate::repository::Repository;

/// What pure rules can never need: runtimes, networks, databases.
const IMPURE: [&str; 11] = [
    "tokio",
    "async-std",
    "smol",
    "futures-util",
    "axum",
    "hyper",
    "http",
    "reqwest",
    "tower",
    "rusqlite",
    "sqlx",
];
const DRIVERS: [&str; 4] = ["rusqlite", "libsqlite3-sys", "sqlx", "tokio-postgres"];
/// A bench compares the server with the bare database, so it must reach past the store.
const EXCEPT: [(&str, &str); 1] = [("benches", "rusqlite")];

#[test]
fn the_rules_are_pure() {
    let map = Map::read();
    let reached = map.reached_from("casework");
    let impure =
        IMPURE.iter().filter(|name| reached.contains(**name)).map(|name| format!("casework -> {name}"));
    none_of(
        impure.collect(),
        "casework decides from what is passed in; take this to the crate that calls it.",
    );
    let own = map.members.iter().filter(|name| *name != "casework" && reached.contains(*name));
    none_of(
        own.map(|name| format!("casework -> {name}")).collect(),
        "casework depends on no other crate of ours: everything else depends on it.",
    );
}

#[test]
fn paper_is_pure_and_knows_no_record() {
    let map = Map::read();
    let reached = map.reached_from("documents");
    let impure =
        IMPURE.iter().filter(|name| reached.contains(**name)).map(|name| format!("documents -> {name}"));
    none_of(impure.collect(), "documents takes values and gives bytes; whoever calls it reads and writes.");
    for (member, allowed) in
        [("documents", &["documents", "casework"][..]), ("paper", &["paper", "documents"])]
    {
        let reached = map.reached_from(member);
        let strangers =
            map.members.iter().filter(|name| reached.contains(*name) && !allowed.contains(&name.as_str()));
        none_of(
            strangers.map(|name| format!("{member} -> {name}")).collect(),
            "Paper is made from values of its own: fill them where the record is known.",
        );
    }
}

#[test]
fn only_paper_carries_the_layout_engine() {
    let map = Map::read();
    let others = map.members.iter().filter(|name| *name != "paper");
    let carriers = others.filter(|member| map.reached_from(member).contains("typst"));
    none_of(
        carriers.cloned().collect(),
        "Start fengsi-paper instead: its engine takes longer to build than all the rest, and strangers' text is laid out behind a wall.",
    );
    let reached = map.reached_from("paper");
    let connected = IMPURE.iter().filter(|name| reached.contains(**name));
    none_of(connected.map(|name| format!("paper -> {name}")).collect(), "fengsi-paper opens no connection.");
}

#[test]
fn everything_but_paper_is_built_by_default() {
    let metadata = metadata();
    let by_default: BTreeSet<&PackageId> = metadata.workspace_default_members.iter().collect();
    let folder = metadata.workspace_root.join("crates");
    let packages = metadata.workspace_packages().into_iter();
    let crates = packages.filter(|package| package.manifest_path.starts_with(&folder));
    let wrong =
        crates.filter(|package| by_default.contains(&package.id) == (package.name.as_str() == "paper"));
    none_of(
        wrong.map(|package| package.name.to_string()).collect(),
        "default-members in Cargo.toml names every crate but paper, which would make the first build twice as long.",
    );
}

#[test]
fn only_the_store_names_a_database_driver() {
    let map = Map::read();
    let others = map.members.iter().filter(|name| *name != "store");
    let named = others.flat_map(|member| {
        let drivers = map.direct(member).into_iter().filter(|name| {
            DRIVERS.contains(&name.as_str()) && !EXCEPT.contains(&(member.as_str(), name.as_str()))
        });
        drivers.map(|driver| format!("{member} -> {driver}")).collect::<Vec<_>>()
    });
    none_of(named.collect(), "Ask the store: it alone knows that there are two databases.");
}

#[test]
fn the_interface_does_not_know_the_jobs() {
    let reached = Map::read().reached_from("api");
    assert!(
        !reached.contains("jobs"),
        "api only enqueues (through the store); what a job does is not its concern"
    );
}

#[test]
fn automation_stays_light() {
    let map = Map::read();
    let heavy = map.direct("xtask").into_iter().filter(|name| !["anyhow"].contains(&name.as_str()));
    none_of(
        heavy.collect(),
        "xtask is the first thing a newcomer builds: find a way with the standard library.",
    );
}

/// What depends on what, without what only tests need.
struct Map {
    members: BTreeSet<String>,
    names: BTreeMap<PackageId, String>,
    edges: BTreeMap<PackageId, Vec<PackageId>>,
}

impl Map {
    fn read() -> Self {
        let metadata = metadata();
        let members = metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
        let names =
            metadata.packages.iter().map(|package| (package.id.clone(), package.name.to_string())).collect();
        let nodes = metadata.resolve.expect("cargo resolves what it was asked for").nodes;
        let edges = nodes.into_iter().map(|node| {
            let normal = node.deps.into_iter().filter(|dependency| {
                dependency.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development)
            });
            (node.id, normal.map(|dependency| dependency.pkg).collect())
        });
        let edges = edges.collect();
        Self { members, names, edges }
    }

    fn direct(&self, name: &str) -> BTreeSet<String> {
        let id = self.id_of(name);
        self.edges[id].iter().map(|id| self.names[id].clone()).collect()
    }

    fn reached_from(&self, name: &str) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut ahead = vec![self.id_of(name)];
        while let Some(id) = ahead.pop() {
            for next in &self.edges[id] {
                if seen.insert(next) {
                    ahead.push(next);
                }
            }
        }
        seen.into_iter().map(|id| self.names[id].clone()).collect()
    }

    fn id_of(&self, name: &str) -> &PackageId {
        let found = self.names.iter().find(|(_, own)| *own == name);
        found.map(|(id, _)| id).unwrap_or_else(|| panic!("there is no crate {name}"))
    }
}

/// For this machine only: packages for other systems need not be downloaded.
fn metadata() -> Metadata {
    let mut rustc = crate::process::command("rustc", &Repository::find().unwrap().root);
    rustc.arg("-vV");
    let version = crate::process::output_of(rustc).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let mut command = MetadataCommand::new();
    command.current_dir(Repository::find().unwrap().root);
    command.other_options(["--filter-platform".to_owned(), host.to_owned()]);
    command.exec().unwrap()
}
