//! Somebody who can write to the database changes one thing behind the store's back: `verify` finds it and names the matter.

use casework::{
    id::{MatterId, Number},
    matter::{Class, Report},
    text::TextKind,
};

use super::{
    here::{Here, with_sqlite},
    mediations::{consented, session},
    sample::{
        OTHER_VILLAGE, VILLAGE, at, command, dispatcher, full_report, handler, intake, mediator, report,
        report_from,
    },
};
use crate::{Finding, photos::PhotoSize, value::Statement};

super::on_both! {
    a_changed_event_is_found,
    a_moved_event_is_found,
    a_missing_event_is_found,
    changed_words_are_found,
    a_changed_projection_is_found,
    a_changed_total_is_found,
    a_changed_index_is_found,
    a_changed_number_is_found,
    a_changed_calendar_is_found,
    a_changed_access_code_is_found,
    a_changed_command_is_found,
    a_changed_photo_is_found,
    a_changed_picture_is_found,
    a_log_in_another_order_is_found,
    erased_words_are_no_damage,
}

/// A matter with a few events between two others.
struct Victim<'a> {
    here: &'a Here,
    id: MatterId,
    number: Number,
}

const TABLES: [&str; 13] = [
    "events",
    "commands",
    "regions",
    "numbers",
    "matters",
    "texts",
    "photos",
    "queue",
    "acted",
    "figures",
    "cells",
    "sessions",
    "party_codes",
];

impl<'a> Victim<'a> {
    async fn begin(here: &'a Here) -> Self {
        here.reported(report(Class::Hazard)).await;
        let answer = here.reported(Report { photos: vec![here.photo().await], ..full_report() }).await;
        here.does(intake(), answer.matter, command!(admit)).await;
        here.does(intake(), answer.matter, command!(note, "words": "等老王回来")).await;
        here.does(dispatcher(), answer.matter, command!(dispatch, "unit": "421321117.construction")).await;
        here.reported(Report { photos: vec![here.photo().await], ..report(Class::Hazard) }).await;
        here.does(handler(), answer.matter, command!(sign_for)).await;
        here.is_sound().await;
        let victim = Self { here, id: answer.matter, number: answer.number };
        victim.save().await;
        victim
    }

    /// A dispute with a session that is set and two parties, beside another.
    async fn mediated(here: &'a Here) -> Self {
        here.reported(report(Class::Hazard)).await;
        let id = consented(here, VILLAGE).await;
        here.does(mediator(), id, session(at("2024-03-06T10:00"))).await;
        here.is_sound().await;
        let victim = Self { here, id, number: here.matter(id).await.number };
        victim.save().await;
        victim
    }

    /// Remembers everything as it is.
    async fn save(&self) {
        for table in TABLES {
            self.here.sql(Statement::new(format!("drop table if exists saved_{table}"))).await;
            self.here
                .sql(Statement::new(format!("create table saved_{table} as select * from {table}")))
                .await;
        }
    }

    /// Puts everything back.
    async fn restore(&self) {
        for table in TABLES {
            self.here.sql(Statement::new(format!("delete from {table}"))).await;
            self.here.sql(Statement::new(format!("insert into {table} select * from saved_{table}"))).await;
        }
    }

    /// The victim's rows of a table.
    fn rows(&self, key: &str) -> String {
        let id = self.id.uuid.simple();
        let sqlite = self.here.store.database.is_sqlite();
        let literal = if sqlite { format!("x'{id}'") } else { format!("'\\x{id}'::bytea") };
        format!("region = 421321 and {key} = {literal}")
    }

    /// Its event of a version.
    fn event(&self, version: u32) -> String {
        format!("{} and version = {version}", self.rows("record"))
    }

    /// Changes one row; it is found and the victim named. Then everything is put back.
    async fn change(&self, statement: impl Into<Statement>) {
        let statement = statement.into();
        let sql = statement.sql.clone();
        let found = self.found(statement).await;
        assert!(
            found.iter().any(|finding| finding.matter.as_ref() == Some(&self.number)),
            "{sql}: {found:?}"
        );
    }

    /// Changes one row; it is found. Then everything is put back.
    async fn found(&self, statement: impl Into<Statement>) -> Vec<Finding> {
        let statement = statement.into();
        let sql = statement.sql.clone();
        assert_eq!(self.here.sql(statement).await, 1, "{sql}");
        let report = self.here.verify().await;
        assert!(report.wrong > 0, "nobody saw: {sql}");
        self.restore().await;
        report.findings
    }
}

impl From<String> for Statement {
    fn from(sql: String) -> Self {
        Self::new(sql)
    }
}

async fn a_changed_event_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    let centre = "body = replace(body, '421321117.centre', '421321118.centre')";
    victim.change(format!("update events set {centre} where {}", victim.event(2))).await;
    for change in [
        "at = at + 1",
        "command = leaf",
        "leaf = command",
        "kind = 1",
        "kind = 7",
        "body = '{}'",
        "body = 'no JSON'",
        "version = 9",
    ] {
        for version in [1, 4] {
            victim.change(format!("update events set {change} where {}", victim.event(version))).await;
        }
    }
    here.is_sound().await;
}

async fn a_moved_event_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    let seq = here.number(&format!("select seq from events where {}", victim.event(3))).await;
    for (from, to) in [(seq, 999), (seq + 1, seq), (999, seq + 1)] {
        let moved = format!("update events set seq = {to} where region = 421321 and seq = {from}");
        here.sql(Statement::new(moved)).await;
    }
    let found = here.verify().await.findings;
    assert!(
        found.iter().filter(|finding| finding.matter.as_ref() == Some(&victim.number)).count() >= 2,
        "{found:?}"
    );
    victim.restore().await;
    let other = "(select id from matters where number like '%0001')";
    victim
        .change(format!("update events set version = 77, record = {other} where {}", victim.event(3)))
        .await;
    here.is_sound().await;
}

async fn a_missing_event_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    // The third, a note, changes nothing in the matter's state but the count of its events.
    for version in 1..=5 {
        victim.change(format!("delete from events where {}", victim.event(version))).await;
    }
    let last = "region = 421321 and seq = (select max(seq) from events where region = 421321)";
    victim.change(format!("delete from events where {last}")).await;
    here.is_sound().await;
}

async fn changed_words_are_found(here: &Here) {
    let victim = Victim::begin(here).await;
    for kind in ["report", "address", "contact", "note"] {
        let kind: TextKind = serde_json::from_value(kind.into()).unwrap();
        let of = format!("{} and kind = {}", victim.rows("record"), kind.index());
        let rows = here.rows(&format!("select sealed from texts where {of}")).await;
        let sealed = rows[0].blob(0).unwrap();
        let mut changed = sealed.to_vec();
        changed[20] ^= 1;
        for bytes in [&changed, &sealed[1..], &[9; 40], &[]] {
            victim
                .change(Statement::new(format!("update texts set sealed = $1 where {of}")).bind(bytes))
                .await;
        }
        victim.change(format!("update texts set kind = 5 - kind where {of}")).await;
    }
    let key = format!("update matters set data_key = id where {}", victim.rows("id"));
    victim.change(key).await;
    here.is_sound().await;
}

async fn a_changed_projection_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    for change in [
        "state = replace(state, '13', '14')",
        "state = '{}'",
        "about_unit = '421321117.construction'",
        "centre = '421321118.centre'",
        "lead = '421321117.urban'",
        "lead = null",
        "area = '421321117205'",
        "number = 'SZ-421321117-20240304-9999'",
        "version = version + 1",
        "class = class + 1",
        "category = '9999'",
        "stage = stage + 1",
        "urgency = urgency + 1",
        "outcome = 1",
        "source = source + 1",
        "paused = 1",
        "due_at = due_at + 1",
        "warn_at = warn_at + 1",
        "reported_at = reported_at + 1",
        "changed_at = changed_at + 1",
        "wake_at = wake_at + 1",
        "cell = cell + 1",
        "lon = lon + 1",
        "lat = null",
        "code_key = code_key + 1",
    ] {
        victim.change(format!("update matters set {change} where {}", victim.rows("id"))).await;
    }
    for change in
        ["unit = '421321117.urban'", "role = role + 1", "due_at = due_at + 1", "warn_at = 0", "paused = 1"]
    {
        victim.change(format!("update queue set {change} where {}", victim.rows("matter"))).await;
    }
    for table in ["queue", "acted"] {
        let one = format!(
            "{} {}",
            victim.rows("matter"),
            if table == "acted" { "and reported = 0 and at = (select max(at) from acted)" } else { "" }
        );
        victim.change(format!("delete from {table} where {one}")).await;
    }
    let gone = victim.found(format!("delete from matters where {}", victim.rows("id"))).await;
    let expected =
        Finding { matter: Some(victim.number.clone()), what: "the matter has events but no row".to_owned() };
    assert!(gone.contains(&expected), "{gone:?}");
    here.is_sound().await;
}

async fn a_changed_total_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    for change in [
        "update figures set handled = handled + 1 where area = '421321117204'",
        "update figures set open = open - 1 where area = '421321'",
        "delete from figures where area = '421321117'",
        "update cells set open = open + 1 where zoom = 14",
        "delete from cells where zoom = 8",
        "update regions set events = events + 1 where region = 421321",
        "delete from regions",
        &format!("delete from commands where {}", victim.event(2)),
    ] {
        victim.found(change.to_owned()).await;
    }
    here.is_sound().await;
}

async fn a_changed_index_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    let words = format!("{} and kind = 0", victim.rows("record"));
    if here.store.database.is_sqlite() {
        victim.found("insert into grams (rowid, tokens) values (99999, 'abcdef')".to_owned()).await;
        here.sql(Statement::new("delete from grams where rowid = 99999")).await;
        victim.found("insert into grams (rowid, tokens) values (99999, 'nothexadecimal')".to_owned()).await;
        here.sql(Statement::new("delete from grams where rowid = 99999")).await;
        here.is_sound().await;
        let waits = format!("doc = (select doc from texts where {words})");
        victim.change(format!("update grams_waiting set tokens = ' abcdef ' where {waits}")).await;
        victim.change(format!("delete from grams_waiting where {waits}")).await;
    } else {
        victim.change(format!("update texts set grams[1] = grams[1] + 1 where {words}")).await;
        victim.change(format!("update texts set grams = null where {words}")).await;
        victim
            .change(format!("update texts set grams = '{{1}}' where {} and kind = 2", victim.rows("record")))
            .await;
        here.is_sound().await;
    }
}

async fn a_changed_number_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    // The only matter of another town.
    let other = here.reported(report_from(OTHER_VILLAGE, Class::Hazard, "路面塌陷")).await.number;
    victim.save().await;
    for change in [
        "update numbers set last = last - 1 where town = '421321118'",
        "update numbers set last = last + 1 where town = '421321118'",
        "update numbers set town = '421321119' where town = '421321118'",
        "update numbers set day = day + 1 where town = '421321118'",
        "update numbers set region = 421303 where town = '421321118'",
        "delete from numbers where town = '421321118'",
    ] {
        let found = victim.found(change.to_owned()).await;
        assert!(found.iter().any(|finding| finding.matter.as_ref() == Some(&other)), "{change}: {found:?}");
    }
    victim.found("insert into numbers values (421321, '421321119', 20240304, 1)".to_owned()).await;
    here.is_sound().await;
}

async fn a_changed_calendar_is_found(here: &Here) {
    let victim = Victim::mediated(here).await;
    let of = victim.rows("matter");
    let other = "(select id from matters where number like '%0001')";
    for change in [
        "mediator = matter",
        "starts_at = starts_at + 1",
        "ends_at = ends_at - 1",
        "state = 2 - state",
        "no = no + 1",
        "region = 421303",
        &format!("matter = {other}"),
    ] {
        victim.change(format!("update sessions set {change} where {of}")).await;
    }
    victim.change(format!("delete from sessions where {of}")).await;
    let more = "insert into sessions select region, matter, 9, mediator, starts_at, ends_at, state from sessions where";
    victim.change(format!("{more} {of}")).await;
    here.is_sound().await;
}

async fn a_changed_access_code_is_found(here: &Here) {
    let victim = Victim::mediated(here).await;
    let of = format!("{} and no = 1", victim.rows("matter"));
    let other = "(select id from matters where number like '%0001')";
    for change in ["code_key = code_key + 1", "no = 9", "region = 421303", &format!("matter = {other}")] {
        victim.change(format!("update party_codes set {change} where {of}")).await;
    }
    victim.change(format!("delete from party_codes where {of}")).await;
    let more = "insert into party_codes select region, code_key, matter, 9, 0, 0 from party_codes where";
    victim.change(format!("{more} {of}")).await;
    here.is_sound().await;
}

async fn a_changed_command_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    for version in [1, 3, 5] {
        let of = format!("{} and version = {version}", victim.rows("record"));
        for change in ["version = version + 1", "standing = standing + 1", "record = mac", "region = 421303"]
        {
            victim.change(format!("update commands set {change} where {of}")).await;
        }
        let other = "(select id from matters where number like '%0001')";
        victim.change(format!("update commands set record = {other} where {of}")).await;
        victim.change(format!("delete from commands where {of}")).await;
    }
    let of = format!("{} and version = 2", victim.rows("record"));
    let more = "insert into commands select region, mac, record, version, standing, mac from commands where";
    victim.change(format!("{more} {of}")).await;
    here.is_sound().await;
}

async fn a_changed_photo_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    let of = victim.rows("matter");
    let other = "(select id from matters where number like '%0001')";
    for change in [
        &format!("matter = {other}"),
        "region = 421303",
        "id = matter",
        "file = matter",
        "file = (select p.file from photos p where p.id <> photos.id)",
        "data_key = id",
        "data_key = (select p.data_key from photos p where p.id <> photos.id)",
        "width = width + 1",
        "height = height - 1",
        "bytes = bytes + 1",
        "version = version + 1",
        "created_at = created_at - 1",
    ] {
        victim.change(format!("update photos set {change} where {of}")).await;
    }
    victim.change(format!("delete from photos where {of}")).await;
    let more = "insert into photos select region, matter, data_key, file, data_key, width, height, bytes, version, created_at from photos where";
    victim.change(format!("{more} {of}")).await;
    here.is_sound().await;
}

async fn a_changed_picture_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    let photo = here.store.photos(victim.id).await.unwrap()[0].id;
    for size in [PhotoSize::Full, PhotoSize::Thumb] {
        let path = here.store.photo_path(photo, size);
        let bytes = std::fs::read(&path).unwrap();
        let mut changed = bytes.clone();
        changed[40] ^= 1;
        for instead in [Some(&changed[..]), Some(&bytes[1..]), Some(&[]), None] {
            match instead {
                Some(instead) => std::fs::write(&path, instead).unwrap(),
                None => std::fs::remove_file(&path).unwrap(),
            }
            let found = here.verify().await.findings;
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].matter.as_ref(), Some(&victim.number));
        }
        std::fs::write(&path, bytes).unwrap();
    }
    here.is_sound().await;
}

/// Somebody who can also make the leaves anew lets two events of a matter change places.
async fn a_log_in_another_order_is_found(here: &Here) {
    let victim = Victim::begin(here).await;
    for (from, to) in [(2, 99), (3, 2), (99, 3)] {
        let moved = format!("update events set version = {to} where {}", victim.event(from));
        here.sql(Statement::new(moved)).await;
    }
    let what = "event 3 of the record stands in the log before an older one".to_owned();
    let expected = Finding { matter: Some(victim.number.clone()), what };
    let found = here.verify().await.findings;
    assert!(found.contains(&expected), "{found:?}");
    victim.restore().await;
    here.is_sound().await;
}

async fn erased_words_are_no_damage(here: &Here) {
    let victim = Victim::begin(here).await;
    let gone = Statement::new(format!("delete from texts where {} and kind = 2", victim.rows("record")));
    here.sql(gone).await;
    let report = here.verify().await;
    assert_eq!((report.findings.len(), report.erased), (0, 1));
    assert_eq!((report.matters, report.texts), (3, 5));
}

/// What is not even text: SQLite keeps any bytes.
#[test]
fn bytes_that_are_no_text_are_found_on_sqlite() {
    with_sqlite(|runtime, here| {
        runtime.block_on(async {
            let victim = Victim::begin(here).await;
            let of = victim.rows("matter");
            victim
                .change(format!("update events set body = cast(x'7bff' as text) where {}", victim.event(2)))
                .await;
            victim
                .change(format!(
                    "update matters set state = cast(x'7bff' as text) where {}",
                    victim.rows("id")
                ))
                .await;
            victim.change(format!("update queue set unit = cast(x'7bff' as text) where {of}")).await;
        });
    });
}
