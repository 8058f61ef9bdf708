//! Both databases take the same steps.

use std::collections::BTreeSet;

use super::{none_of, sources};

#[test]
fn both_databases_have_the_same_migrations() {
    let sqlite = names_in("crates/store/migrations/sqlite/");
    let postgres = names_in("crates/store/migrations/postgres/");
    let lonely = sqlite.symmetric_difference(&postgres).cloned().collect();
    none_of(
        lonely,
        "Each migration exists for both databases under one name, also where one has nothing to do.",
    );
}

fn names_in(folder: &str) -> BTreeSet<String> {
    let all = sources();
    all.iter().filter_map(|source| source.path.strip_prefix(folder)).map(str::to_owned).collect()
}
