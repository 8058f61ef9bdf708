//! The built binary as operators use it: its help, a site from setup to verify, the doctor, tables in and out.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it goes wrong"
)]

mod copies;
mod kills;
mod program;
mod served;

use std::fs;

use program::{Run, Site};

const SUBCOMMANDS: [&str; 13] = [
    "setup",
    "serve",
    "demo",
    "verify",
    "import",
    "export",
    "backup",
    "restore",
    "drill",
    "grow",
    "doctor",
    "openapi",
    "lifecycle",
];

#[test]
fn help_teaches() {
    insta::assert_snapshot!("help", Run::of(&["--help"]).succeeds());
    for subcommand in SUBCOMMANDS {
        insta::assert_snapshot!(format!("help_{subcommand}"), Run::of(&[subcommand, "--help"]).succeeds());
    }
    let said = Run::of(&[]).fails();
    assert!(said.contains("Usage"), "{said}");
    let said = Run::of(&["sevre"]).fails();
    assert!(said.contains("serve"), "a slip of the finger is told what was meant: {said}");
}

#[test]
fn a_site_is_made_served_reported_to_and_verified() {
    let site = Site::set_up();
    let server = served::Server::of(&site);
    assert_eq!(server.get("/health"), (200, "{\"status\":\"ok\"}".to_owned()));
    let (status, receipt) = server.report("421321117204", "村口路灯不亮");
    assert_eq!(status, 201, "{receipt}");
    assert!(receipt.contains("\"number\":\"SX-421321117-"), "{receipt}");
    // A second process on the same folder may look while the first serves.
    assert!(site.run(&["verify"]).succeeds().contains("✓ everything holds"));
    server.stop();
    let verified = site.run(&["verify"]).succeeds();
    assert!(
        verified.contains("region 421321: 1 events, root ") && verified.contains("1 matters"),
        "{verified}"
    );
    // What was reported cannot be read in the files.
    for entry in fs::read_dir(site.data()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = fs::read(&path).unwrap();
            assert!(
                !bytes.windows(12).any(|part| part == "村口路灯".as_bytes()),
                "{} holds the words",
                path.display()
            );
        }
    }
}

#[test]
fn a_folder_without_a_site_is_told_how_to_make_one() {
    let site = Site::nowhere();
    for subcommand in ["serve", "verify", "export"] {
        let said = site.run(&[subcommand]).fails();
        assert!(said.contains("fengsi setup --data"), "{subcommand}: {said}");
    }
    assert!(!site.data().exists(), "asking makes nothing");
}

#[test]
fn the_doctor_says_what_is_wrong_and_how_to_mend_it() {
    let nowhere = Site::nowhere();
    let said = nowhere.run(&["doctor"]).fails();
    assert!(said.contains("✗ key file") && said.contains("→") && said.contains("fengsi setup"), "{said}");

    let site = Site::set_up();
    let said = site.run(&["doctor"]).fails();
    assert!(said.contains("✓ only its owner reads the key file"), "{said}");
    assert!(said.contains("✗ 0 of them have an outline\n  → `fengsi import shapes"), "{said}");
    assert!(said.contains("✓ no follow-up was given up"), "{said}");
    let shapes = site.write("shapes.geojson", program::SHAPES);
    assert!(site.run(&["import", "shapes", &shapes]).succeeds().contains("1 outlines taken"));
    assert!(site.run(&["doctor"]).said().contains("✓ 1 of them have an outline"));

    program::open_to_everybody(&site.data().join("site.key"));
    let said = site.run(&["doctor"]).fails();
    assert!(said.contains("✗ only its owner reads the key file\n  → chmod 600"), "{said}");
}

#[test]
fn tables_go_in_with_an_error_file_and_come_out_without_personal_text() {
    let site = Site::set_up();
    let matters = site.write(
        "matters.csv",
        "area,lon,lat,words,class,category,address,name,phone,email\n\
         421321117204,,,村口路灯不亮,environment,0101,三组,李大嫂,13800000000,\n\
         421321117999,,,不在册的村,,,,,,\n\
         421321117204,,,,service,,,,,\n\
         421321117204,,,停水三天,C,,,,,\n\
         421321117204,,,停电,weather,,,,,\n",
    );
    for _ in 0..2 {
        // The second time records nothing twice.
        let said = site.run(&["import", "matters", &matters]).fails();
        assert!(said.contains("2 of 5 matters taken"), "{said}");
        let errors = fs::read_to_string(site.folder().join("matters.errors.csv")).unwrap();
        let rows: Vec<_> = errors.lines().map(|line| line.split(',').next().unwrap()).collect();
        assert_eq!(rows, ["row", "3", "4", "6"], "{errors}");
    }
    let table = site.folder().join("out.csv");
    let said = site.run(&["export", "--to", table.to_str().unwrap()]).succeeds();
    assert!(said.contains("2 matters written"), "{said}");
    let text = fs::read_to_string(table).unwrap();
    assert!(text.starts_with("\u{feff}number,class,category,"), "{text}");
    assert_eq!(text.lines().count(), 3);
    for secret in ["路灯", "停水", "李大嫂", "13800000000", "三组"] {
        assert!(!text.contains(secret), "{text}");
    }
    let said = site.run(&["import", "matters", "nowhere.csv"]).fails();
    assert!(said.contains("nowhere.csv cannot be read"), "{said}");
}

#[test]
fn units_and_people_are_imported_or_named_by_their_row() {
    let site = Site::set_up();
    let units =
        site.write("units.csv", "area,service,kind,name,name_en\n421321117,water,department,柳林镇水务站,\n");
    assert!(site.run(&["import", "units", &units]).succeeds().contains("1 units taken"));
    let head = "name,display_name,password,role,unit,area\n";
    let good = format!("{head}water,水务办理人,a-long-password,handler,421321117.water,421321117\n");
    assert!(
        site.run(&["import", "accounts", &site.write("people.csv", &good)])
            .succeeds()
            .contains("1 accounts taken")
    );
    for (row, reason) in [
        ("x,甲,a-long-password,king,421321117.water,421321117", "row 2"),
        ("x,甲,a-long-password,handler,421321117.gas,421321117", "there is no unit 421321117.gas"),
        ("x,甲,a-long-password,handler,421321117.water,429999", "there is no area 429999"),
        ("x,甲,short,handler,421321117.water,421321117", "at least 10 characters"),
    ] {
        let said =
            site.run(&["import", "accounts", &site.write("people.csv", &format!("{head}{row}\n"))]).fails();
        assert!(said.contains(reason), "{said}");
    }
}
