//! Who learns what. A distinctive word stands in each kind of text; then everybody with an account, the reporter and both parties read
//! everything that they can reach, and the list of those who found each word must be exactly the right one.

use std::collections::BTreeMap;

use casework::{actor::Role, matter::Class};
use serde_json::{Value, json};

use crate::tests::dispute::Dispute;
use crate::tests::{
    calls::{Stay, command_id, encoded},
    database::{Database, on_both},
    place::{self, POSTS},
};

/// A word for each kind of text, and who may find it. Staff by their sign-in names.
const SECRETS: [(&str, &[&str]); 11] = [
    // A private room is its party's and the mediator's.
    ("甲让到三千", &["mediation", "party 1"]),
    ("甲悄悄说的", &["mediation", "party 1"]),
    ("乙最少要五千", &["mediation", "party 2"]),
    // A session is for those who were its parties.
    ("双方当面说的", &["mediation", "party 1", "party 2"]),
    ("单独听甲说的", &["mediation", "party 1"]),
    // What the committee must know to go on.
    ("已报派出所处置", &["colleague", "mediation"]),
    ("乙不想再谈了", &["colleague", "mediation"]),
    // Names are for the parties, the committee and the centre that answers for it.
    ("甲某某", &["colleague", "director", "dispatcher", "intake", "mediation", "party 1", "party 2"]),
    // Phone and address are read for a purpose, which is written down.
    ("13872221357", &["colleague", "director", "dispatcher", "intake", "mediation"]),
    ("三组东头", &["colleague", "director", "dispatcher", "intake", "mediation"]),
    // Where they meet.
    ("村部一楼", &["colleague", "director", "dispatcher", "intake", "mediation", "party 1"]),
];

/// Each word is said but the last.
async fn everything_is_said(dispute: &Dispute) {
    dispute.says(1, json!({ "type": "speak_in_private", "words": "甲悄悄说的" })).await;
    for command in [
        json!({ "type": "note_caucus", "party": 1, "words": "甲让到三千" }),
        json!({ "type": "note_caucus", "party": 2, "words": "乙最少要五千" }),
        json!({ "type": "set_session", "starts_at": "2024-03-05T10:00:00+08:00", "minutes": 60, "form": "apart", "with": 1, "venue": "talk_room", "place": "村部一楼" }),
        json!({ "type": "hold_session", "minutes": 1, "form": "together", "present": [1, 2], "words": "双方当面说的" }),
        json!({ "type": "hold_session", "minutes": 1, "form": "apart", "with": 1, "present": [1], "words": "单独听甲说的" }),
        json!({ "type": "tell_police", "reason": "已报派出所处置" }),
    ] {
        dispute.mediates(command).await;
    }
}

/// All that one member of staff can reach of the matter.
async fn reachable(dispute: &Dispute, who: &Stay) -> String {
    let (app, id) = (&dispute.app, dispute.of.id);
    let mut paths = vec![
        format!("/api/v1/matters/{id}"),
        format!("/api/v1/matters/{id}/similar"),
        format!("/api/v1/matters/{id}/mediators"),
        format!("/api/v1/matters/{id}/parties/1?purpose={}", encoded("回访")),
        format!("/api/v1/matters/{id}/contact?purpose={}", encoded("回访")),
        "/api/v1/matters".to_owned(),
        "/api/v1/mediators".to_owned(),
        "/api/v1/mediators/export".to_owned(),
        "/api/v1/committees/export".to_owned(),
        "/api/v1/figures".to_owned(),
    ];
    // The search echoes no words, so that whatever is found in its answer came from a matter.
    paths.extend(SECRETS.iter().map(|(secret, _)| format!("/api/v1/matters?q={}", encoded(secret))));
    let mut all = String::new();
    for path in paths {
        all.push_str(&String::from_utf8_lossy(&app.get_as(who, &path).await.bytes));
    }
    // What happened since, as a desk that looks at an old version is told.
    let stale = json!({ "id": command_id(), "base_version": 1, "command": { "type": "archive" } });
    let answer = app.post_as(who, &format!("/api/v1/matters/{id}/commands"), &stale).await;
    all + &answer.json.to_string()
}

/// Who found which word.
async fn found_by(dispute: &Dispute) -> BTreeMap<&'static str, Vec<String>> {
    let names = POSTS.iter().map(|(name, ..)| *name).chain(["colleague"]);
    let mut reached = Vec::new();
    for name in names {
        let stay = dispute.app.sign_in(name).await;
        reached.push((name.to_owned(), reachable(dispute, &stay).await));
    }
    for no in [1, 2] {
        reached.push((format!("party {no}"), dispute.page(no).await.to_string()));
    }
    reached.push(("reporter".to_owned(), dispute.app.follow(&dispute.of).await.to_string()));
    let finders = |secret: &str| {
        let mut finders: Vec<_> =
            reached.iter().filter(|(_, all)| all.contains(secret)).map(|(name, _)| name.clone()).collect();
        finders.sort();
        finders
    };
    SECRETS.iter().map(|(secret, _)| (*secret, finders(secret))).collect()
}

async fn each_word_reaches_those_whom_it_is_for(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    everything_is_said(&dispute).await;
    dispute.says(2, json!({ "type": "refuse", "words": "乙不想再谈了" })).await;
    let found = found_by(&dispute).await;
    for (secret, may) in SECRETS {
        assert_eq!(found[secret], may, "{secret}");
    }
    // Nobody finds the matter by a word of its mediation; by the report's they do.
    for (secret, _) in SECRETS {
        let path = format!("/api/v1/matters?q={}", encoded(secret));
        assert_eq!(dispute.app.get_as(&dispute.mediator, &path).await.ok()["items"], json!([]), "{secret}");
    }
    let path = format!("/api/v1/matters?q={}", encoded("排水沟"));
    assert_eq!(dispute.app.get_as(&dispute.mediator, &path).await.ok()["items"].as_array().unwrap().len(), 1);
}

/// The rooms close behind a mediator who steps back, with another hat on too, and open for the next.
async fn who_stepped_back_reads_no_more(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    everything_is_said(&dispute).await;
    let before = dispute.desk(&dispute.mediator).await.to_string();
    assert!(before.contains("甲让到三千") && before.contains("双方当面说的"));
    dispute.mediates(json!({ "type": "declare_conflict", "reason": "当事人是我表弟" })).await;
    let path = format!("/api/v1/matters/{}", dispute.of.id);
    dispute.app.get_as(&dispute.mediator, &path).await.is_problem(404, "not_found");
    // The same person at the centre's window reads what the centre may, and gets no key to the rooms.
    let account = dispute.app.store.account_named("mediation").await.unwrap().unwrap();
    let post = POSTS.iter().position(|(name, ..)| *name == "mediation").unwrap() as u128 + 1;
    let mut grants = account.staff.grants.clone();
    grants.push(place::grant(Role::Intake, "421321117.centre", place::TOWN));
    let two_hats = place::account(post, "mediation", grants);
    dispute.app.store.add_accounts(&[two_hats], place::at("2024-03-04T09:00")).await.unwrap();
    let two_hats = dispute.app.sign_in("mediation").await;
    let desk = dispute.desk(&two_hats).await.to_string();
    for secret in ["甲让到三千", "甲悄悄说的", "双方当面说的", "单独听甲说的", "已报派出所处置", "表弟"]
    {
        assert!(!desk.contains(secret), "{secret} is read by who stepped back");
    }
    let party = dispute.party(&two_hats, 1, "回访").await.ok();
    assert_eq!((&party["name"], &party["code"]), (&json!("甲某某"), &Value::Null));
    // Who comes next reads on.
    let name = json!({ "type": "name_mediator", "mediator": Dispute::colleague_account() });
    dispute.app.does(&dispute.colleague, &dispute.of, name).await;
    let after = dispute.desk(&dispute.colleague).await.to_string();
    assert!(after.contains("甲让到三千") && after.contains("单独听甲说的"), "{after}");
}

/// Scans of signed pages are pictures of names and fingers.
async fn a_scan_is_seen_by_those_near(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    let (app, of) = (&dispute.app, &dispute.of);
    let [record, page] = [app.photo(Some(&dispute.mediator)).await, app.photo(Some(&dispute.mediator)).await];
    let clauses = json!([{ "by": 1, "words": "挪围栏", "due_on": "2024-03-20" }]);
    for command in [
        json!({ "type": "hold_session", "minutes": 1, "form": "together", "present": [1, 2], "words": "谈成了", "photos": [record] }),
        json!({ "type": "propose_agreement", "facts": "经过", "clauses": clauses }),
        json!({ "type": "sign_on_paper", "version": 1, "party": 1, "photos": [page] }),
    ] {
        dispute.mediates(command).await;
    }
    let names = POSTS.iter().map(|(name, ..)| *name).chain(["colleague"]);
    let (mut of_record, mut of_page) = (Vec::new(), Vec::new());
    for name in names {
        let stay = app.sign_in(name).await;
        for (photo, seen) in [(&record, &mut of_record), (&page, &mut of_page)] {
            let answer = app.get_as(&stay, &format!("/api/v1/photos/{photo}")).await;
            match answer.status {
                200 => seen.push(name),
                _ => answer.is_problem(404, "not_found"),
            }
            let desk = app.get_as(&stay, &format!("/api/v1/matters/{}", of.id)).await;
            let named = desk.json.to_string().contains(photo.as_str());
            assert_eq!(named, seen.contains(&name), "{name} is told of {photo}");
        }
    }
    assert_eq!(of_record, ["mediation"]);
    assert_eq!(of_page, ["intake", "dispatcher", "director", "mediation", "colleague"]);
    for photo in [&record, &page] {
        let path = format!("/api/v1/public/reports/{}/photos/{photo}", of.code);
        app.get(&path).await.is_problem(404, "not_found");
    }
}

/// Whoever reads how a party is reached says what for; the party sees office and purpose, not the name.
async fn a_party_sees_who_read_of_it(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    let path = format!("/api/v1/matters/{}/parties/1", dispute.of.id);
    dispute.app.get_as(&dispute.mediator, &path).await.is_problem(422, "invalid");
    dispute.party(&dispute.mediator, 1, " ").await.is_problem(422, "invalid");
    dispute.party(&dispute.mediator, 9, "回电").await.is_problem(404, "not_found");
    for stranger in ["construction", "neighbour", "other_intake", "system_admin", "audit_admin"] {
        let stay = dispute.app.sign_in(stranger).await;
        dispute.party(&stay, 1, "想看看").await.is_problem(404, "not_found");
    }
    let village = dispute.app.sign_in("grid_worker").await;
    dispute.party(&village, 1, "想看看").await.is_problem(403, "not_allowed");
    let party = dispute.party(&dispute.mediator, 1, "约定时间").await.ok();
    assert_eq!((&party["phone"], party["code"].is_string()), (&json!("13872221357"), true));
    // Within the hour for something else: that is said too.
    dispute.party(&dispute.mediator, 1, "送达协议").await.ok();
    let centre = dispute.party(&dispute.hands.intake, 1, "回访").await.ok();
    assert_eq!((&centre["phone"], &centre["code"]), (&json!("13872221357"), &Value::Null));
    let page = dispute.page(1).await;
    let readers: Vec<_> = page["readers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|read| {
            (
                read["unit"]["id"].as_str().unwrap(),
                read["role"].as_str().unwrap(),
                read["purpose"].as_str().unwrap(),
            )
        })
        .collect();
    for read in [
        ("421321117.mediation", "mediator", "约定时间"),
        ("421321117.mediation", "mediator", "送达协议"),
        ("421321117.centre", "intake", "回访"),
    ] {
        assert!(readers.contains(&read), "{readers:?}");
    }
    assert!(!readers.iter().any(|(.., purpose)| *purpose == "想看看"), "what was refused is no reading");
    assert!(!page["readers"].to_string().contains(place::STAFF_NAME), "{page}");
}

/// Another matter of the same resident says nothing of this one.
async fn a_listener_hears_a_number_and_nothing_else(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    let mut changes = dispute.app.store.changes();
    everything_is_said(&dispute).await;
    let mut heard = 0;
    while let Ok(changed) = changes.try_recv() {
        heard += 1;
        let said = format!("{changed:?}");
        for (secret, _) in SECRETS {
            assert!(!said.contains(secret), "{said}");
        }
    }
    assert_eq!(heard, 7);
    let beside = dispute.app.reported(Class::Dispute, "隔壁改了排水沟，水都淌到我家来").await;
    let follow = dispute.app.follow(&beside).await.to_string();
    assert!(SECRETS.iter().all(|(secret, _)| !follow.contains(secret)), "{follow}");
}

on_both!(
    each_word_reaches_those_whom_it_is_for,
    who_stepped_back_reads_no_more,
    a_scan_is_seen_by_those_near,
    a_party_sees_who_read_of_it,
    a_listener_hears_a_number_and_nothing_else,
);
