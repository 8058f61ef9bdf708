//! The Ministry's table: what was concluded in a month, refusals apart, the same numbers in the spreadsheet.

use casework::matter::{Class, Stage};
use serde_json::{Value, json};

use super::{
    calls::{Stay, TestApp},
    database::{Database, on_both},
    deeds::{Hands, Reported},
};

/// A dispute of a category, taken on by the committee with two parties who consented.
async fn mediated(app: &TestApp, hands: &Hands, mediator: &Stay, category: &str) -> Reported {
    let dispute = app.reported(Class::Dispute, "两家起了争执").await;
    app.does(&hands.intake, &dispute, json!({ "type": "admit", "category": category })).await;
    app.does(&hands.dispatcher, &dispute, json!({ "type": "open_mediation", "unit": "421321117.mediation" }))
        .await;
    let parties = json!([{ "side": "applicant", "name": "甲某" }, { "side": "respondent", "name": "乙某" }]);
    app.does(
        mediator,
        &dispute,
        json!({ "type": "accept_mediation", "origin": "application", "parties": parties }),
    )
    .await;
    let consent = json!({ "type": "record_consent", "parties": [1, 2], "way": "spoken", "rights": "spoken" });
    app.does(mediator, &dispute, consent).await;
    dispute
}

async fn agreed(app: &TestApp, mediator: &Stay, dispute: &Reported) {
    let held = json!({ "type": "hold_session", "minutes": 30, "form": "apart", "with": 1, "present": [1], "words": "听了一方" });
    app.does(mediator, dispute, held).await;
    let clauses = json!([{ "by": 2, "words": "付清", "due_on": "2024-06-01", "fen": 300_000 }]);
    app.does(mediator, dispute, json!({ "type": "agree_orally", "facts": "经过", "clauses": clauses })).await;
}

async fn a_month_is_counted_as_the_ministry_asks(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let (hands, mediator) = (Hands::at(&app).await, app.sign_in("mediation").await);
    for category in ["0201", "0502"] {
        let dispute = mediated(&app, &hands, &mediator, category).await;
        agreed(&app, &mediator, &dispute).await;
    }
    let failed = mediated(&app, &hands, &mediator, "0201").await;
    let ended = |result: &str| json!({ "type": "conclude_mediation", "result": result, "words": "没谈拢", "roads": ["court"] });
    app.does(&mediator, &failed, ended("failed")).await;
    let refused = mediated(&app, &hands, &mediator, "0201").await;
    app.does(&mediator, &refused, ended("stopped")).await;
    // An agreement that the centre finds contested is none until it is made again.
    let contested = mediated(&app, &hands, &mediator, "0201").await;
    agreed(&app, &mediator, &contested).await;
    app.does(&hands.intake, &contested, json!({ "type": "fail", "reason": "一方说没有同意" })).await;
    assert_eq!(app.matter(&contested).await.stage, Stage::Mediating);

    let app = app.later("2024-04-08T09:00");
    let director = app.sign_in("city_director").await;
    let month: Value =
        app.get_as(&director, "/api/v1/mediation-statistics?area=421321&month=2024-03-15").await.ok();
    let total = json!({
        "code": "total", "cases": 3, "parties": 6, "agreements": 2, "failures": 1, "refused": 1, "oral": 2, "written": 0,
        "fen": 600_000, "due": 0, "performed": 0, "confirmed": 0
    });
    assert_eq!(month["total"], total);
    let of = |part: &str, code: &str| -> i64 {
        let lines = month[part].as_array().unwrap();
        lines.iter().find(|line| line["code"] == code).map_or(0, |line| line["cases"].as_i64().unwrap())
    };
    assert_eq!(
        (of("by_type", "medical"), of("by_type", "neighbours"), of("by_origin", "application")),
        (1, 2, 3)
    );
    for part in ["by_host", "by_origin", "by_type"] {
        for column in ["cases", "parties", "agreements", "failures", "refused", "oral", "fen"] {
            let lines = month[part].as_array().unwrap().iter();
            let sum: i64 = lines.map(|line| line[column].as_i64().unwrap()).sum();
            assert_eq!(json!(sum), total[column], "{part} {column}");
        }
    }
    let hosts = ["village", "community", "town", "street", "enterprise", "trade", "other"];
    let told = month["by_host"].as_array().unwrap().iter().map(|line| line["code"].as_str().unwrap());
    assert!(told.eq(hosts), "the lines of the form stand whether anything is in them or not");
    assert_eq!((month["by_type"].as_array().unwrap().len(), of("by_host", "town")), (18, 3));
    let next = app.get_as(&director, "/api/v1/mediation-statistics?area=421321&month=2024-04-01").await.ok();
    assert_eq!(next["total"]["cases"], 0);
    let sheet = app.get_as(&director, "/api/v1/mediation-statistics.xlsx?area=421321").await;
    assert_eq!(sheet.status, 200);
    assert!(sheet.bytes.starts_with(b"PK"), "a spreadsheet is a zip");
    let elsewhere = app.sign_in("intake").await;
    app.get_as(&elsewhere, "/api/v1/mediation-statistics?area=421303").await.is_problem(403, "not_allowed");
    assert!(app.store.verify(|_| {}).await.unwrap().findings.is_empty());
}

on_both! {
    a_month_is_counted_as_the_ministry_asks,
}
