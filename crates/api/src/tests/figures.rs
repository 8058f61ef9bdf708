//! Numbers: whole months of city and county are open, days and smaller areas need a sign-in that reaches them; small counts are
//! not published, nor those that would give them away.

use casework::matter::{Class, Stage};
use serde_json::{Value, json};

use super::{
    calls::{TestApp, command_id},
    database::{Database, on_both},
    deeds::{Hands, Reported},
    place::{OTHER_TOWN, TOWN, VILLAGE},
};

/// Seven matters in the town and two in the other, in March; of the seven one settled dispute, one hazard struck off, one merged.
async fn march(app: &TestApp) {
    let hands = Hands::at(app).await;
    let (dispute, hazard) =
        (app.reported(Class::Dispute, "宅基地纠纷").await, app.reported(Class::Hazard, "路面塌陷").await);
    hands.bring(app, &dispute, Stage::Closed).await;
    hands.bring(app, &hazard, Stage::Closed).await;
    let (first, second) =
        (app.reported(Class::Service, "停水").await, app.reported(Class::Service, "停水了").await);
    app.does(&hands.intake, &second, json!({ "type": "merge", "into": first.id })).await;
    for _ in 0..4 {
        app.reported(Class::Service, "停电").await;
    }
    for _ in 0..2 {
        let body = json!({ "id": command_id(), "place": { "area": "421321118201" }, "words": "停电", "class": "service" });
        Reported::of(&app.post("/api/v1/public/reports", &body).await.ok());
    }
}

fn sum(list: &Value, field: &str) -> i64 {
    list.as_array().unwrap().iter().map(|entry| entry[field].as_i64().unwrap()).sum()
}

async fn the_numbers_are_those_of_the_record(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    march(&app).await;
    let app = app.later("2024-05-06T09:00");
    let stay = app.sign_in("city_director").await;
    let county = app.get_as(&stay, "/api/v1/figures?area=421321&from=2024-03-01&to=2024-03-31").await.ok();
    assert_eq!(county["matters"], json!({ "reported": 9, "handled": 2, "open": 7 }));
    assert_eq!((&county["disputes"]["found"], &county["disputes"]["settled"]), (&json!(1), &json!(1)));
    assert_eq!((&county["hazards"]["found"], &county["hazards"]["struck_off"]), (&json!(1), &json!(1)));
    for part in ["by_class", "trend", "children"] {
        assert_eq!((sum(&county[part], "reported"), sum(&county[part], "handled")), (9, 2), "{part}");
    }
    let of = |code: &str| {
        let children = county["children"].as_array().unwrap();
        children.iter().find(|child| child["area"]["code"] == code).unwrap()["reported"].clone()
    };
    assert_eq!((of(TOWN), of(OTHER_TOWN)), (json!(7), json!(2)));
    let all = app.get_as(&stay, "/api/v1/figures?area=4213&from=2023-01-01&to=2024-04-30").await.ok();
    assert_eq!(all["matters"], county["matters"]);
    let before = app.get("/api/v1/figures?area=4213&from=2023-01-01&to=2023-12-31").await.ok();
    assert_eq!(before["matters"], json!({ "reported": 0, "handled": 0, "open": 0 }));
}

async fn days_and_towns_need_a_sign_in_that_reaches_them(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    march(&app).await;
    let app = app.later("2024-05-06T09:00");
    let path = |area: &str, from: &str, to: &str| format!("/api/v1/figures?area={area}&from={from}&to={to}");
    for area in ["4213", "421321", "421303"] {
        app.get(&path(area, "2024-03-01", "2024-04-30")).await.ok();
        for (from, to) in [
            ("2024-03-01", "2024-03-30"),
            ("2024-03-04", "2024-03-04"),
            ("2024-03-02", "2024-03-31"),
            ("2024-05-01", "2024-05-31"),
            ("2024-01-01", "2024-05-06"),
        ] {
            app.get(&path(area, from, to)).await.is_problem(401, "not_signed_in");
        }
        app.get(&format!("/api/v1/figures?area={area}")).await.is_problem(401, "not_signed_in");
    }
    for area in [TOWN, OTHER_TOWN, VILLAGE] {
        app.get(&path(area, "2024-03-01", "2024-03-31")).await.is_problem(401, "not_signed_in");
    }
    let day = |area: &str| path(area, "2024-03-04", "2024-03-04");
    // Own area, what lies in it, what it lies in; not the neighbour's.
    for (who, open, closed) in [
        ("intake", &["4213", "421321", TOWN, VILLAGE][..], &[OTHER_TOWN, "421303"][..]),
        ("construction", &[TOWN, VILLAGE][..], &[OTHER_TOWN][..]),
        ("county_director", &["4213", "421321", TOWN, OTHER_TOWN, VILLAGE][..], &["421303"][..]),
        ("neighbour", &[TOWN, "421321117205"][..], &[VILLAGE, OTHER_TOWN][..]),
        ("system_admin", &[][..], &["4213", "421321", TOWN][..]),
    ] {
        let stay = app.sign_in(who).await;
        for area in open {
            app.get_as(&stay, &day(area)).await.ok();
        }
        for area in closed {
            app.get_as(&stay, &day(area)).await.is_problem(403, "not_allowed");
        }
        app.get_as(&stay, &day("421321117204001")).await.is_problem(404, "not_found");
    }
}

/// Whoever is not signed in, or has nothing to do with the place, gets the sums without small counts.
async fn strangers_get_no_small_counts(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    march(&app).await;
    let app = app.later("2024-05-06T09:00");
    let path = |from: &str, to: &str| format!("/api/v1/figures?area=421321&from={from}&to={to}");
    let neighbour = app.sign_in("other_county_director").await;
    let (from, to) = ("2024-03-01", "2024-03-31");
    for county in [
        app.get(&path(from, to)).await.ok(),
        app.get(&path("2023-06-01", "2024-04-30")).await.ok(),
        app.get_as(&neighbour, &path(from, to)).await.ok(),
    ] {
        assert_eq!(county["matters"], json!({ "reported": 9, "handled": null, "open": null }));
        assert_eq!(
            (&county["disputes"]["found"], &county["disputes"]["settled"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!((&county["disputes"]["refused"], &county["hazards"]["found"]), (&json!(0), &Value::Null));
        let march = json!([{ "month": "2024-03", "reported": 9, "handled": null }]);
        assert_eq!(county["trend"], march);
        // One dispute and one hazard: seven services shown would say that the two are two.
        for one in county["by_class"].as_array().unwrap() {
            let hidden = matches!(one["class"].as_str(), Some("dispute" | "hazard" | "service"));
            assert_eq!(one["reported"], if hidden { Value::Null } else { json!(0) }, "{one}");
        }
        let children = county["children"].as_array().unwrap();
        assert_eq!(children.len(), 2);
        assert!(children.iter().all(|child| child["reported"].is_null()), "{children:?}");
    }
    let exact = app.sign_in("county_director").await;
    let county = app.get_as(&exact, &path(from, to)).await.ok();
    assert_eq!(county["matters"], json!({ "reported": 9, "handled": 2, "open": 7 }));
}

async fn small_counts_are_not_published(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    march(&app).await;
    let app = app.later("2024-05-06T09:00");
    let numbers = |area: &'static str| {
        let app = &app;
        async move { app.get(&format!("/api/v1/public/figures?area={area}")).await.ok() }
    };
    let month = |numbers: &Value, month: &str| {
        let months = numbers["months"].as_array().unwrap();
        assert_eq!(months.len(), 12);
        months.iter().find(|entry| entry["month"] == month).unwrap().clone()
    };
    let county = numbers("421321").await;
    // Nine reported; two handled are too few to be told.
    assert_eq!(month(&county, "2024-03"), json!({ "month": "2024-03", "reported": 9, "handled": null }));
    assert_eq!(month(&county, "2024-02"), json!({ "month": "2024-02", "reported": 0, "handled": 0 }));
    assert_eq!(county["total"], json!({ "reported": 9, "handled": null }));
    // The other town's two are too few; the seven of the first would give them away in the county's sum.
    for (town, handled) in [(OTHER_TOWN, json!(0)), (TOWN, Value::Null)] {
        let town = numbers(town).await;
        assert_eq!(
            month(&town, "2024-03"),
            json!({ "month": "2024-03", "reported": null, "handled": handled })
        );
        assert_eq!(month(&town, "2024-02"), json!({ "month": "2024-02", "reported": 0, "handled": 0 }));
        assert_eq!(town["total"], json!({ "reported": null, "handled": handled }));
    }
    // This month is not over: it is not among them.
    assert!(
        county["months"].as_array().unwrap().iter().all(|entry| entry["month"].as_str().unwrap() < "2024-05")
    );
    app.get("/api/v1/public/figures?area=421321117204001").await.is_problem(404, "not_found");
}

on_both!(
    the_numbers_are_those_of_the_record,
    days_and_towns_need_a_sign_in_that_reaches_them,
    strangers_get_no_small_counts,
    small_counts_are_not_published,
);
