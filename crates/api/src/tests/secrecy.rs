//! Who reads what: a contact with its purpose, a complaint never by those it is about, a handler only what is theirs, and lists
//! that hold exactly what one may read.

use std::collections::BTreeSet;

use casework::{
    access,
    actor::Role,
    matter::{Class, Stage},
};
use serde_json::{Value, json};

use super::{
    access::matters,
    calls::{Stay, TestApp, encoded},
    database::{Database, on_both},
    deeds::{Hands, Reported, report},
    place::{self, OTHER_TOWN, POSTS, STAFF_NAME, TOWN},
};

fn ids(list: &Value) -> BTreeSet<String> {
    list["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn contact(app: &TestApp, who: &Stay, of: &Reported, purpose: &str) -> super::calls::Answer {
    app.get_as(who, &format!("/api/v1/matters/{}/contact?purpose={}", of.id, encoded(purpose))).await
}

async fn a_contact_is_read_for_a_purpose_and_its_owner_is_told(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    let mut body = report(Class::Service, "停水三天");
    body["contact"] = json!({ "name": "李大嫂", "phone": "138-0000 0000", "email": "li@example.org" });
    let of = Reported::of(&app.post("/api/v1/public/reports", &body).await.ok());
    app.get_as(&hands.intake, &format!("/api/v1/matters/{}/contact", of.id)).await.is_problem(422, "invalid");
    contact(&app, &hands.intake, &of, " ").await.is_problem(422, "invalid");
    for stranger in ["other_intake", "construction", "mediation", "neighbour", "system_admin", "audit_admin"]
    {
        contact(&app, &app.sign_in(stranger).await, &of, "想看看").await.is_problem(404, "not_found");
    }
    assert_eq!(app.follow(&of).await["readers"], json!([]), "what was refused is no reading");
    // The page itself does not hold it.
    let page = app.get_as(&hands.intake, &format!("/api/v1/matters/{}", of.id)).await.ok();
    assert_eq!(page["matter"]["contact"], json!({ "given": true }));
    assert!(!page.to_string().contains("13800000000") && !page.to_string().contains("李大嫂"));
    let read = contact(&app, &hands.intake, &of, "回电核实地址").await.ok();
    assert_eq!(read, json!({ "name": "李大嫂", "phone": "13800000000", "email": "li@example.org" }));
    hands.bring(&app, &of, Stage::Handling).await;
    contact(&app, &hands.handler, &of, "约定上门时间").await.ok();
    let follow = app.follow(&of).await;
    let told: Vec<_> = follow["readers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (&r["unit"]["id"], &r["role"], &r["purpose"]))
        .collect();
    let expected = [
        (&json!("421321117.construction"), &json!("handler"), &json!("约定上门时间")),
        (&json!("421321117.centre"), &json!("intake"), &json!("回电核实地址")),
    ];
    assert_eq!(told, expected);
    assert!(!follow.to_string().contains(STAFF_NAME), "{follow}");
    // No contact, nothing to read.
    let without = app.reported(Class::Service, "停电").await;
    contact(&app, &hands.intake, &without, "回电").await.is_problem(404, "not_found");
}

/// Somebody with two hats reads in the capacity that lets them, and that one is shown.
async fn a_reading_is_told_under_the_office_that_allows_it(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let grants = vec![
        place::grant(Role::Handler, "421321118.construction", OTHER_TOWN),
        place::grant(Role::Intake, "421321117.centre", TOWN),
    ];
    let account = place::account(0xBBBB, "two_hats", grants);
    app.store.add_accounts(&[account], place::at("2024-03-04T09:00")).await.unwrap();
    let mut body = report(Class::Service, "停水三天");
    body["contact"] = json!({ "phone": "13800000000" });
    let of = Reported::of(&app.post("/api/v1/public/reports", &body).await.ok());
    contact(&app, &app.sign_in("two_hats").await, &of, "回电").await.ok();
    assert_eq!(app.follow(&of).await["readers"][0]["unit"]["id"], "421321117.centre");
}

async fn the_unit_complained_about_learns_nothing(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    let photo = app.photo(None).await;
    let mut body = report(Class::Petition, "水利局长期不修渠");
    (body["photos"], body["contact"]) = (json!([photo]), json!({ "phone": "13800000000" }));
    let of = Reported::of(&app.post("/api/v1/public/reports", &body).await.ok());
    let beside = app.reported(Class::Petition, "水利局长期不修渠，另一条").await;
    let water = app.sign_in("water_overseer").await;
    let page = format!("/api/v1/matters/{}", of.id);
    app.get_as(&water, &page).await.ok();
    let about = json!({ "type": "admit", "about_unit": "421321.water" });
    app.does(&hands.intake, &of, about).await;
    for who in [&water, &app.sign_in("county_water").await] {
        for path in [
            page.clone(),
            format!("{page}/similar"),
            format!("{page}/contact?purpose=a"),
            format!("/api/v1/photos/{photo}"),
        ] {
            app.get_as(who, &path).await.is_problem(404, "not_found");
        }
        app.tries(who, &of, json!({ "type": "note", "words": "我们解释一下" }))
            .await
            .is_problem(404, "not_found");
        let lists = [
            "".to_owned(),
            format!("q={}", encoded("修渠")),
            format!("q={}", of.number),
            "owed_by=421321117.centre".to_owned(),
            "mine=done".to_owned(),
            "bbox=-180,-90,180,90".to_owned(),
        ];
        for query in lists {
            let list = app.get_as(who, &format!("/api/v1/matters?{query}")).await.ok();
            assert!(!ids(&list).contains(&of.id.to_string()), "{query}");
            assert_eq!(list["count"], ids(&list).len(), "{query}: the count gives it away");
        }
    }
    // What is similar to another matter does not name it either.
    let similar = format!("/api/v1/matters/{}/similar", beside.id);
    assert!(ids(&app.get_as(&hands.intake, &similar).await.ok()).contains(&of.id.to_string()));
    assert!(!ids(&app.get_as(&water, &similar).await.ok()).contains(&of.id.to_string()));
    // Nor does a command that would join the two tell more than of one that never was.
    assert_eq!(app.follow(&of).await["stage"], "screening");
}

async fn a_handler_sees_what_is_theirs_and_no_longer_when_it_is_not(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    let urban = app.sign_in("urban").await;
    let of = app.reported(Class::Hazard, "路面塌陷").await;
    let page = format!("/api/v1/matters/{}", of.id);
    hands.bring(&app, &of, Stage::Screening).await;
    app.get_as(&hands.handler, &page).await.is_problem(404, "not_found");
    app.does(&hands.dispatcher, &of, json!({ "type": "dispatch", "unit": "421321117.construction" })).await;
    assert_eq!(ids(&app.get_as(&hands.handler, "/api/v1/matters?owed_by=me").await.ok()).len(), 1);
    assert!(ids(&app.get_as(&urban, "/api/v1/matters").await.ok()).is_empty());
    let back = json!({ "type": "return", "basis": "not_our_duty", "reason": "归城管" });
    app.does(&hands.handler, &of, back).await;
    app.does(&hands.dispatcher, &of, json!({ "type": "dispatch", "unit": "421321117.urban" })).await;
    for query in ["", "mine=done", "owed_by=me", "owed_by=421321117.urban", "unit=421321117.urban"] {
        let list = app.get_as(&hands.handler, &format!("/api/v1/matters?{query}")).await.ok();
        assert!(ids(&list).is_empty(), "{query}");
        assert_eq!(list["count"], 0, "{query}");
    }
    app.get_as(&hands.handler, &page).await.is_problem(404, "not_found");
    app.get_as(&urban, &page).await.ok();
}

async fn a_list_holds_exactly_what_one_may_read(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let kept = matters::keep(&app).await;
    let site = app.store.site();
    for (name, role, unit, area) in POSTS.iter().filter(|(_, role, _, _)| role.reads_matters()) {
        let stay = app.sign_in(name).await;
        let staff = app.store.account_named(name).await.unwrap().unwrap().staff;
        let readable = kept.all().filter(|(_, matter)| access::may_read(matter, &staff, &site));
        let may: BTreeSet<String> = readable.map(|(of, _)| of.id.to_string()).collect();
        let list = app.get_as(&stay, "/api/v1/matters?limit=200").await.ok();
        let listed = ids(&list);
        assert_eq!(list["count"], listed.len(), "{name}");
        assert!(listed.is_subset(&may), "{name} reads what is not theirs");
        // Of what a unit helps with, lists hold what it owes an answer for.
        if *name != "urban" {
            assert_eq!(listed, may, "{role} of {unit} in {area}");
        }
        assert_eq!(page_by_page(&app, &stay).await, listed, "{name}: page by page");
        let words = format!("/api/v1/matters?limit=200&q={}", encoded("村口有一处问题"));
        let residents = kept.residents().map(|(of, _)| of.id.to_string());
        let expected: BTreeSet<String> = residents.filter(|id| listed.contains(id)).collect();
        assert_eq!(ids(&app.get_as(&stay, &words).await.ok()), expected, "{name}: by words");
    }
}

/// Everything that one may list, seven at a time.
async fn page_by_page(app: &TestApp, who: &Stay) -> BTreeSet<String> {
    let (mut all, mut after) = (BTreeSet::new(), String::new());
    loop {
        let page = app.get_as(who, &format!("/api/v1/matters?limit=7&after={after}")).await.ok();
        let new = ids(&page);
        assert!(new.is_disjoint(&all), "a row stands on two pages");
        all.extend(new);
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return all,
        }
    }
}

async fn a_code_opens_one_matter_and_can_be_replaced(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let (photo, intake) = (app.photo(None).await, app.sign_in("intake").await);
    let mut body = report(Class::Service, "停水三天");
    body["photos"] = json!([photo]);
    let of = Reported::of(&app.post("/api/v1/public/reports", &body).await.ok());
    let other = app.reported(Class::Service, "停电").await;
    app.get(&format!("/api/v1/public/reports/{}/photos/{photo}", of.code)).await.ok();
    app.get(&format!("/api/v1/public/reports/{}/photos/{photo}", other.code))
        .await
        .is_problem(404, "not_found");
    let shown = format!("{}-{}-{}", &of.code[..4], &of.code[4..8], &of.code[8..]).to_lowercase();
    assert_eq!(app.get(&format!("/api/v1/public/reports/{shown}")).await.ok()["number"], json!(of.number));
    // A picture that no report took is nobody's.
    let loose = app.photo(None).await;
    app.get_as(&intake, &format!("/api/v1/photos/{loose}")).await.is_problem(404, "not_found");
    let done = app.does(&intake, &of, json!({ "type": "replace_code", "reason": "当面核对" })).await;
    let new = done["code"].as_str().unwrap();
    assert_ne!(new, of.code);
    app.get(&format!("/api/v1/public/reports/{}", of.code)).await.is_problem(404, "not_found");
    app.get(&format!("/api/v1/public/reports/{}/photos/{photo}", of.code)).await.is_problem(404, "not_found");
    app.says(&of, "withdraw", json!({})).await.is_problem(404, "not_found");
    app.get(&format!("/api/v1/public/reports/{new}")).await.ok();
}

on_both!(
    a_contact_is_read_for_a_purpose_and_its_owner_is_told,
    a_reading_is_told_under_the_office_that_allows_it,
    the_unit_complained_about_learns_nothing,
    a_handler_sees_what_is_theirs_and_no_longer_when_it_is_not,
    a_list_holds_exactly_what_one_may_read,
    a_code_opens_one_matter_and_can_be_replaced,
);
