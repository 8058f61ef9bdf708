//! The registers over HTTP: kept by the director of the area, read with what is to be mended, exported for the court; and who
//! is suggested for a dispute.

use casework::{matter::Class, matter::Stage};
use serde_json::{Value, json};

use super::{
    calls::{Stay, TestApp},
    database::{Database, on_both},
    deeds::Hands,
    place::{OTHER_TOWN, TOWN, VILLAGE},
};

/// A mediator of the town's committee.
pub(super) const MEDIATOR: &str = "00000000-0000-7000-8000-000000000001";
/// A named studio.
pub(super) const STUDIO: &str = "00000000-0000-7000-8000-000000000002";
/// A local method.
pub(super) const METHOD: &str = "00000000-0000-7000-8000-000000000003";
/// The town's committee.
pub(super) const COMMITTEE: &str = "421321117.mediation";
const COUNTY_COMMITTEE: &str = "421321.mediation";

pub(super) fn mediator(base_version: u32) -> Value {
    json!({ "base_version": base_version, "mediator": {
        "unit": COMMITTEE, "name": "马调解", "kind": "full_time", "specialties": ["02", "0701"], "area": TOWN,
        "term": { "from": "2022-04-01", "until": "2025-03-31" }, "account": "mediation", "active": true } })
}

pub(super) fn committee(base_version: u32) -> Value {
    json!({ "base_version": base_version, "committee": {
        "unit": COMMITTEE, "kind": "town", "approved_by": "柳林镇人民政府", "director": "赵主任", "members": 5,
        "includes_a_woman": true, "minority_represented": "not_relevant",
        "term": { "from": "2022-04-01", "until": "2025-03-31" }, "admits": [] } })
}

pub(super) fn studio(base_version: u32) -> Value {
    json!({ "base_version": base_version, "studio": {
        "unit": COMMITTEE, "name": "老马调解工作室", "lead": MEDIATOR, "specialties": ["01"],
        "approved_by": "随县司法局", "hours": "周一至周五上午" } })
}

pub(super) fn method(base_version: u32) -> Value {
    json!({ "base_version": base_version, "method": {
        "name": "先看后谈", "area": TOWN, "categories": ["02"], "active": true,
        "steps": [
            { "name": "看现场", "advice": "请双方指给您看。", "forms": ["hold_session"] },
            { "name": "写清楚", "forms": ["propose_agreement"] } ] } })
}

pub(super) fn at_method() -> String {
    format!("/api/v1/methods/{METHOD}")
}

fn at_mediator() -> String {
    format!("/api/v1/mediators/{MEDIATOR}")
}

fn at_committee() -> String {
    format!("/api/v1/committees/{COMMITTEE}")
}

/// One entry of each, kept by the town's director.
pub(super) async fn fill(app: &TestApp) {
    let director = app.sign_in("director").await;
    app.put_as(&director, &at_mediator(), &mediator(0)).await.ok();
    app.put_as(&director, &at_committee(), &committee(0)).await.ok();
    app.put_as(&director, &format!("/api/v1/studios/{STUDIO}"), &studio(0)).await.ok();
    app.put_as(&director, &at_method(), &method(0)).await.ok();
}

/// A body with one field of its entry changed.
pub(super) fn with(mut body: Value, field: &str, value: Value) -> Value {
    let entry = body.as_object_mut().unwrap().values_mut().find(|value| value.is_object()).unwrap();
    entry[field] = value;
    body
}

async fn a_director_keeps_the_registers_of_the_own_area(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    fill(&app).await;
    let director = app.sign_in("director").await;
    let read = app.get_as(&director, &at_mediator()).await.ok();
    assert_eq!(
        (&read["version"], &read["name"], &read["account"]),
        (&json!(1), &json!("马调解"), &json!("mediation"))
    );
    assert_eq!(
        (&read["may_change"], &read["open"], &read["findings"]),
        (&json!(true), &json!(0), &json!([]))
    );
    assert_eq!(read["changes"].as_array().unwrap().len(), 1);
    assert_eq!(
        app.put_as(&director, &at_mediator(), &mediator(0)).await.ok()["version"],
        1,
        "a repeat is harmless"
    );

    let volunteer = with(mediator(1), "kind", json!("volunteer"));
    assert_eq!(app.put_as(&director, &at_mediator(), &volunteer).await.ok()["version"], 2);
    let stale = app.put_as(&director, &at_mediator(), &mediator(1)).await;
    stale.is_problem(409, "entry_changed");
    assert_eq!(stale.json["current_version"], 2);
    let read = app.get_as(&director, &at_mediator()).await.ok();
    assert_eq!(read["changes"][0]["fields"], json!(["kind"]));
    assert_eq!(read["changes"][0]["unit"]["id"], "421321117.centre");

    let county = app.sign_in("county_director").await;
    let to_county = with(with(mediator(2), "unit", json!(COUNTY_COMMITTEE)), "account", Value::Null);
    app.put_as(&director, &at_mediator(), &to_county).await.is_problem(403, "not_allowed");
    assert_eq!(app.put_as(&county, &at_mediator(), &to_county).await.ok()["version"], 3);
    // It is the county's now.
    app.put_as(&director, &at_mediator(), &mediator(3)).await.is_problem(403, "not_allowed");
    let elsewhere = app.sign_in("other_county_director").await;
    app.put_as(&elsewhere, &at_committee(), &committee(1)).await.is_problem(403, "not_allowed");
    assert_eq!(app.get_as(&elsewhere, &at_committee()).await.ok()["may_change"], false);
}

/// Articles 8 and 9: what is lacking is kept, found with its article, and gone once it is mended.
async fn a_composition_is_found_and_mended(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let director = app.sign_in("director").await;
    let lacking = with(with(committee(0), "members", json!(2)), "includes_a_woman", json!(false));
    let lacking = with(lacking, "term", json!({ "from": "2020-04-01", "until": "2024-04-01" }));
    let kept = app.put_as(&director, &at_committee(), &lacking).await.ok();
    assert_eq!(
        kept["findings"],
        json!([
            { "code": "term_ends", "on": "2024-04-01", "days": 28 },
            { "code": "few_members", "members": 2, "least": 3, "article": 8 },
            { "code": "no_woman", "article": 8 },
            { "code": "term_too_long", "years": 3, "article": 9 },
        ])
    );
    let overseer = app.sign_in("overseer").await;
    let list = app.get_as(&overseer, &format!("/api/v1/committees?area={TOWN}&to_mend=true")).await.ok();
    assert_eq!((&list["count"], &list["to_mend"]), (&json!(1), &json!(1)));
    assert_eq!(list["items"][0]["may_change"], false);
    let mended = app.put_as(&director, &at_committee(), &committee(1)).await.ok();
    assert_eq!(mended["findings"], json!([]));
    let list = app.get_as(&overseer, &format!("/api/v1/committees?area={TOWN}&to_mend=true")).await.ok();
    assert_eq!((&list["items"], &list["count"], &list["to_mend"]), (&json!([]), &json!(1), &json!(0)));
}

async fn what_cannot_be_kept_is_refused_with_its_field(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let director = app.sign_in("director").await;
    let unknown = json!("00000000-0000-7000-8000-000000000009");
    for (field, value, code) in [
        ("name", json!("  "), "words_missing"),
        ("name", json!("名\u{0}"), "words_unreadable"),
        ("unit", json!("421321117.nobody"), "unknown_unit"),
        ("unit", json!("421321117.justice"), "wrong_kind_of_unit"),
        ("area", json!(OTHER_TOWN), "unit_elsewhere"),
        ("area", json!("421321117299"), "place_unknown"),
        ("area", json!("12x"), "invalid"),
        ("specialties", json!(["8888"]), "unknown_category"),
        ("term", json!({ "from": "2024-02-01", "until": "2024-01-31" }), "term_backwards"),
        ("term", json!({ "from": "2024-02-30", "until": "2024-03-31" }), "invalid"),
        ("studio", unknown.clone(), "unknown_choice"),
        // Of the committee's mediator, of somebody else and of nobody the answer is the same.
        ("account", json!("intake"), "unknown_choice"),
        ("account", json!("nobody"), "unknown_choice"),
        ("kind", json!("famous"), "invalid"),
        ("phone", json!("13800000000"), "invalid"),
    ] {
        let sent = with(mediator(0), field, value);
        app.put_as(&director, &at_mediator(), &sent).await.is_problem(422, code);
    }
    app.put_as(&director, &at_mediator(), &mediator(7)).await.is_problem(409, "entry_changed");
    let other = with(committee(0), "unit", json!(COUNTY_COMMITTEE));
    app.put_as(&director, &at_committee(), &other).await.is_problem(422, "invalid");
    let no_lead = with(studio(0), "lead", unknown);
    app.put_as(&director, &format!("/api/v1/studios/{STUDIO}"), &no_lead)
        .await
        .is_problem(422, "unknown_choice");
    app.get_as(&director, &at_mediator()).await.is_problem(404, "not_found");
    for query in
        ["specialty=8888", "specialty=%25", "kind=famous", "area=x", "after=x", "studio=1", "limit=-1"]
    {
        let path = format!("/api/v1/mediators?{query}");
        app.get_as(&director, &path).await.is_problem(422, "invalid");
    }
}

/// Field practice §2.2: who is not admitted is told why, and who would take it.
async fn a_committee_that_does_not_take_it_says_who_would(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    fill(&app).await;
    let county = app.sign_in("county_director").await;
    let medical = json!({ "base_version": 0, "committee": {
        "unit": COUNTY_COMMITTEE, "kind": "medical", "approved_by": "随县司法局", "members": 5, "includes_a_woman": true,
        "minority_represented": "not_relevant", "term": { "from": "2022-04-01", "until": "2025-03-31" },
        "admits": ["0502"], "parties": "with_organisation" } });
    let path = format!("/api/v1/committees/{COUNTY_COMMITTEE}");
    assert_eq!(app.put_as(&county, &path, &medical).await.ok()["parties"], "with_organisation");
    let of = app.reported(Class::Dispute, "隔壁改了排水沟，水都淌到我家来").await;
    hands.bring(&app, &of, Stage::Screening).await;
    let open = json!({ "type": "open_mediation", "unit": COUNTY_COMMITTEE });
    let told = app.tries(&hands.dispatcher, &of, open).await;
    told.is_problem(422, "committee_does_not_admit");
    assert_eq!(told.json["params"]["because"], "category");
    assert_eq!(told.json["params"]["takers"][0]["unit"], COMMITTEE);
}

/// Article 10: the county tells the court who is on which committee.
async fn the_registers_are_exported_for_the_court(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    fill(&app).await;
    let director = app.sign_in("director").await;
    let formula = with(mediator(1), "name", json!("=1+1"));
    app.put_as(&director, &at_mediator(), &formula).await.ok();
    let county = app.sign_in("county_director").await;
    let table = async |path: &str| {
        let answer = app.get_as(&county, path).await;
        assert_eq!(
            (answer.status, answer.headers["content-type"].to_str().unwrap()),
            (200, "text/csv; charset=utf-8")
        );
        String::from_utf8(answer.bytes.to_vec()).unwrap()
    };
    insta::assert_snapshot!("committees_for_the_court", table("/api/v1/committees/export?area=421321").await);
    insta::assert_snapshot!("mediators_for_the_court", table("/api/v1/mediators/export").await);
    assert_eq!(table("/api/v1/committees/export?area=421303").await.lines().count(), 1);
}

/// Articles 19 and 23: parties choose among those who serve their place and are in office.
async fn residents_see_whom_they_may_choose(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    fill(&app).await;
    let director = app.sign_in("director").await;
    app.put_as(&director, &at_mediator(), &with(mediator(1), "studio", json!(STUDIO))).await.ok();
    let list = async |area: &str| app.get(&format!("/api/v1/public/mediators?area={area}")).await.ok();
    let seen = list(VILLAGE).await;
    assert_eq!(
        seen["items"],
        json!([{
            "name": "马调解",
            "unit": { "id": COMMITTEE, "name": "421321117 mediation" },
            "area": { "code": TOWN, "name": "柳林镇", "level": "town", "parent": "421321" },
            "specialties": [
                { "code": "02", "name": "邻里纠纷", "name_en": "Neighbours" },
                { "code": "0701", "name": "劳动合同、劳务派遣", "name_en": "Contracts of work" },
            ],
            "studio": "老马调解工作室",
        }])
    );
    assert_eq!(list(OTHER_TOWN).await["items"], json!([]));
    let ended = with(mediator(2), "term", json!({ "from": "2021-03-04", "until": "2024-03-03" }));
    app.put_as(&director, &at_mediator(), &ended).await.ok();
    assert_eq!(list(VILLAGE).await["items"], json!([]), "a term that has ended");
    app.get("/api/v1/public/mediators?area=999999").await.is_problem(404, "not_found");
    app.get("/api/v1/public/mediators").await.is_problem(422, "invalid");
}

async fn suggested(app: &TestApp, who: &Stay, id: impl std::fmt::Display) -> Value {
    app.get_as(who, &format!("/api/v1/matters/{id}/mediators")).await.ok()["items"].clone()
}

async fn a_mediator_is_suggested_with_the_reason(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    fill(&app).await;
    let dispatcher = app.sign_in("dispatcher").await;
    let hands = Hands::at(&app).await;
    let dispute = app.reported(Class::Dispute, "邻居装修占了楼道").await;
    assert_eq!(suggested(&app, &dispatcher, dispute.id).await, json!([]), "not admitted yet");
    hands.bring(&app, &dispute, Stage::Screening).await;
    let items = suggested(&app, &dispatcher, dispute.id).await;
    assert_eq!(items.as_array().unwrap().len(), 1);
    assert_eq!(items[0]["mediator"], json!({ "id": MEDIATOR, "name": "马调解" }));
    assert_eq!(items[0]["unit"]["id"], COMMITTEE);
    let near = json!({ "code": "near", "area": TOWN, "level": "town" });
    // The words were guessed to be about neighbours, whom the mediator knows.
    let why = |matters: u32| json!([near, { "code": "specialty" }, { "code": "open", "matters": matters }]);
    assert_eq!(items[0]["reasons"], why(0));

    let mediated = app.reported(Class::Dispute, "邻居养鸡太吵").await;
    hands.bring(&app, &mediated, Stage::Mediating).await;
    let items = suggested(&app, &dispatcher, dispute.id).await;
    assert_eq!(items[0]["reasons"], why(1));
    assert_eq!(suggested(&app, &dispatcher, mediated.id).await.as_array().unwrap().len(), 1);
    let hazard = app.reported(Class::Hazard, "路面塌陷").await;
    hands.bring(&app, &hazard, Stage::Screening).await;
    assert_eq!(suggested(&app, &dispatcher, hazard.id).await, json!([]), "no dispute");
}

on_both!(
    a_director_keeps_the_registers_of_the_own_area,
    a_composition_is_found_and_mended,
    what_cannot_be_kept_is_refused_with_its_field,
    the_registers_are_exported_for_the_court,
    residents_see_whom_they_may_choose,
    a_committee_that_does_not_take_it_says_who_would,
    a_mediator_is_suggested_with_the_reason,
);
