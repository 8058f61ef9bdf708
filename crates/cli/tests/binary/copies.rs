//! Copies of a site as operators make them.

use std::fs;

use crate::{
    program::{Run, Site},
    served::Server,
};

#[test]
fn a_served_site_is_backed_up_and_restored_elsewhere() {
    let site = Site::set_up();
    let server = Server::of(&site);
    assert_eq!(server.report("421321117204", "村口路灯不亮").0, 201);
    let (backups, key) = (site.folder().join("backups"), site.data().join("site.key"));
    let (backups, key) = (backups.to_str().unwrap(), key.to_str().unwrap());
    let said = site.run(&["backup", "--to", backups]).succeeds();
    assert!(said.contains("✓ backup ") && said.contains("region 421321: 1 events, root "), "{said}");
    let root = said.split("root ").nth(1).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(server.report("421321117204", "井盖不见了").0, 201);
    server.stop();

    let elsewhere = site.folder().join("elsewhere");
    let there = elsewhere.to_str().unwrap();
    let said = Run::of(&["restore", "--from", backups, "--data", there]).fails();
    assert!(said.contains("key file"), "{said}");
    let said = Run::of(&["restore", "--from", backups, "--data", there, "--key", key]).succeeds();
    assert!(said.contains("✓ everything holds") && said.contains(&root), "{said}");
    let again = Run::of(&["restore", "--from", backups, "--data", there]).fails();
    assert!(again.contains("there is a site already"), "{again}");
    // The number of what was lost is not given again, and the place says that it was restored.
    let server = Server::with(&["--data", there]);
    assert!(server.get("/api/v1/site").1.contains("\"restored\":{\"state_of\":"));
    let (_, receipt) = server.report("421321117204", "井盖不见了");
    assert!(receipt.contains("-1002\""), "{receipt}");
    server.stop();
}

#[test]
fn a_drill_restores_beside_and_leaves_nothing() {
    let site = Site::set_up();
    let server = Server::of(&site);
    assert_eq!(server.report("421321117204", "村口路灯不亮").0, 201);
    let within = site.folder().join("drill");
    let said = site.run(&["drill", "--within", within.to_str().unwrap()]).succeeds();
    assert!(said.contains("✓ the roots of both are the same"), "{said}");
    assert!(!within.exists());
    // Whoever serves it keeps it where it is.
    let said = site.run(&["grow", "--to", "postgres://nobody@127.0.0.1:1/nowhere"]).fails();
    assert!(said.contains("stop that first"), "{said}");
    server.stop();
    fs::create_dir(&within).unwrap();
    assert!(site.run(&["drill", "--within", within.to_str().unwrap()]).fails().contains("is there already"));
}
