//! Two desks at one matter, and the same command sent twice: one wins, the other sees why; a repeat is answered, not carried out
//! again; a refusal changes nothing.

use casework::matter::{Class, Stage};
use serde_json::{Value, json};

use super::{
    calls::{Stay, TestApp, command_id},
    database::{Database, on_both},
    deeds::{Hands, Reported, report},
};

async fn send(
    app: &TestApp,
    who: &Stay,
    of: &Reported,
    id: &str,
    version: u32,
    command: &Value,
) -> super::calls::Answer {
    let body = json!({ "id": id, "base_version": version, "command": command });
    app.post_as(who, &format!("/api/v1/matters/{}/commands", of.id), &body).await
}

async fn one_wins_and_the_other_sees_why(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    let director = app.sign_in("director").await;
    let of = app.reported(Class::Hazard, "路面塌陷").await;
    hands.bring(&app, &of, Stage::Screening).await;
    let seen = app.matter(&of).await.version;
    let to = |unit: &str| json!({ "type": "dispatch", "unit": unit });
    send(&app, &hands.dispatcher, &of, &command_id(), seen, &to("421321117.construction")).await.ok();
    let events = app.store.head().await.unwrap();
    let stale = send(&app, &director, &of, &command_id(), seen, &to("421321117.urban")).await;
    stale.is_problem(409, "stale");
    assert_eq!(stale.json["current_version"], seen + 1);
    let changed = stale.json["changed"].as_array().unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!((&changed[0]["event"], &changed[0]["version"]), (&json!("dispatched"), &json!(seen + 1)));
    assert_eq!(changed[0]["params"]["unit"]["id"], "421321117.construction");
    assert!(changed[0]["actor"]["name"].as_str().unwrap().contains("dispatcher"));
    // What only adds a fact is not stale; a version that never was is.
    send(&app, &director, &of, &command_id(), 99, &json!({ "type": "escalate", "reason": "跨镇" }))
        .await
        .is_problem(409, "stale");
    assert_eq!(app.store.head().await.unwrap(), events, "a stale command left a trace");
    send(&app, &director, &of, &command_id(), seen, &json!({ "type": "note", "words": "备注" })).await.ok();
    // Those who may not read it learn nothing of what changed.
    let stranger = app.sign_in("other_intake").await;
    let asked = send(&app, &stranger, &of, &command_id(), 1, &to("421321117.urban")).await;
    asked.is_problem(404, "not_found");
}

async fn many_at_once_and_one_wins(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    let of = app.reported(Class::Hazard, "路面塌陷").await;
    hands.bring(&app, &of, Stage::Screening).await;
    let seen = app.matter(&of).await.version;
    let units = ["421321117.construction", "421321117.urban", "421321117.justice"];
    let all = (0..9).map(|n| {
        let command = json!({ "type": "dispatch", "unit": units[n % 3] });
        let (app, stay, of) = (&app, &hands.dispatcher, &of);
        async move { send(app, stay, of, &command_id(), seen, &command).await }
    });
    let answers = futures_util::future::join_all(all).await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(won, 1);
    for lost in answers.iter().filter(|answer| answer.status != 200) {
        lost.is_problem(409, "stale");
        assert_eq!(lost.json["changed"][0]["event"], "dispatched");
    }
    assert_eq!(app.matter(&of).await.version, seen + 1);
}

async fn a_repeat_is_answered_and_not_carried_out_again(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    let of = app.reported(Class::Service, "停水").await;
    let (id, admit) = (command_id(), json!({ "type": "admit" }));
    let first = send(&app, &hands.intake, &of, &id, 1, &admit).await.ok();
    assert_eq!((&first["repeated"], &first["version"]), (&json!(false), &json!(2)));
    send(
        &app,
        &hands.dispatcher,
        &of,
        &command_id(),
        2,
        &json!({ "type": "dispatch", "unit": "421321117.construction" }),
    )
    .await
    .ok();
    let events = app.store.head().await.unwrap();
    for _ in 0..2 {
        let mut again = send(&app, &hands.intake, &of, &id, 1, &admit).await.ok();
        assert_eq!(again["repeated"], true);
        again["repeated"] = json!(false);
        assert_eq!(again, first, "a repeat gets the first answer");
    }
    send(&app, &hands.intake, &of, &id, 1, &json!({ "type": "admit", "urgency": "urgent" }))
        .await
        .is_problem(409, "command_id_reused");
    send(&app, &hands.intake, &of, &id, 1, &json!({ "type": "ask", "words": "在哪？" }))
        .await
        .is_problem(409, "command_id_reused");
    assert_eq!(app.store.head().await.unwrap(), events);
}

async fn a_report_that_is_sent_twice_is_one_matter(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let body = report(Class::Service, "停水三天");
    let first = app.post("/api/v1/public/reports", &body).await;
    let again = app.post("/api/v1/public/reports", &body).await;
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(first.json, again.json);
    let mut other = body.clone();
    other["words"] = json!("停电三天");
    app.post("/api/v1/public/reports", &other).await.is_problem(409, "command_id_reused");
    let of = Reported::of(&first.json);
    let urge = json!({ "id": command_id(), "words": "快一点" });
    for _ in 0..3 {
        app.post(&format!("/api/v1/public/reports/{}/urge", of.code), &urge).await.ok();
    }
    assert_eq!(app.matter(&of).await.urged, 1);
    // Nobody else's command is repeated under a resident's id.
    let intake = app.sign_in("intake").await;
    let taken = urge["id"].as_str().unwrap();
    send(&app, &intake, &of, taken, 2, &json!({ "type": "admit" }))
        .await
        .is_problem(409, "command_id_reused");
}

async fn a_refusal_changes_nothing(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let hands = Hands::at(&app).await;
    let of = app.reported(Class::Hazard, "路面塌陷").await;
    hands.bring(&app, &of, Stage::Handling).await;
    let (before, events) = (app.matter(&of).await, app.store.head().await.unwrap());
    let photo = app.photo(Some(&hands.handler)).await;
    for (command, code) in [
        (json!({ "type": "complete", "result": "done", "words": "修好了" }), "co_handler_owes"),
        (json!({ "type": "ask_extension", "days": 99, "reason": "等配件" }), "days_out_of_bounds"),
        (json!({ "type": "suspend", "because": "lunch", "until": "2024-03-08" }), "unknown_choice"),
        (json!({ "type": "progress", "words": " " }), "words_missing"),
        (json!({ "type": "progress", "words": "看\u{0}过" }), "words_unreadable"),
        (json!({ "type": "progress", "words": "长".repeat(2_001) }), "words_too_long"),
        (json!({ "type": "progress", "words": "看过", "photos": vec![photo; 10] }), "too_many_photos"),
        (json!({ "type": "progress", "words": "看过", "photos": [command_id()] }), "unknown_photo"),
    ] {
        let id = command_id();
        send(&app, &hands.handler, &of, &id, before.version, &command).await.is_problem(422, code);
        assert_eq!(
            (app.matter(&of).await, app.store.head().await.unwrap()),
            (before.clone(), events),
            "{command}"
        );
        // The id of a refused command is free: mended, it may be sent again.
        send(&app, &hands.handler, &of, &id, before.version, &json!({ "type": "escalate", "reason": "" }))
            .await
            .is_problem(403, "not_allowed");
    }
    let again = app.reported(Class::Hazard, "路面塌陷").await;
    assert_ne!(again.number, of.number);
}

on_both!(
    one_wins_and_the_other_sees_why,
    many_at_once_and_one_wins,
    a_repeat_is_answered_and_not_carried_out_again,
    a_report_that_is_sent_twice_is_one_matter,
    a_refusal_changes_nothing,
);
