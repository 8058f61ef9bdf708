//! Links between documents lead somewhere.

use std::path::Path;

use super::{none_of, sources};
use crate::repository::Repository;

#[test]
fn links_in_documents_lead_somewhere() {
    let root = Repository::find().unwrap().root;
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.has_ending(&["md"])) {
        let folder = root.join(Path::new(&source.path).parent().unwrap_or(Path::new("")));
        for target in targets(source.text().unwrap_or_default()) {
            if !folder.join(target).exists() {
                broken.push(format!("{} -> {target}", source.path));
            }
        }
    }
    none_of(broken, "Mend the link or write the page it promises.");
}

/// Files that a document links to; addresses and places inside the same page are left out.
fn targets(text: &str) -> Vec<&str> {
    let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ', '\n']).next());
    let files = links.map(|link| link.split('#').next().unwrap_or(link));
    files.filter(|file| !file.is_empty() && !file.contains("://") && !file.starts_with("mailto:")).collect()
}

#[test]
fn reads_links() {
    let text = "[a](b.md#c) ![p](d/e.png \"title\") [w](https://example.org) [h](#here)";
    assert_eq!(targets(text), ["b.md", "d/e.png"]);
}
