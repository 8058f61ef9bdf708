//! The short ways: refused before consent, stopped in mid-session, failed and handed to another road, violence at home, and what no
//! committee may take.

use serde_json::{Value, json};

use crate::tests::dispute::Dispute;
use crate::tests::{
    database::{Database, on_both},
    place::at,
};

/// A session together or apart, at ten on Tuesday.
fn session(form: &str) -> Value {
    json!({ "type": "set_session", "starts_at": "2024-03-05T10:00:00+08:00", "minutes": 60, "form": form, "with": 1, "venue": "committee" })
}

/// How many sessions stand in the calendars of the committee's mediators.
async fn calendar(dispute: &Dispute) -> usize {
    let mut sessions = 0;
    for name in ["mediation", "colleague"] {
        let account = dispute.app.store.account_named(name).await.unwrap().unwrap().account.id;
        let (from, until) = (at("2024-03-01T00:00"), at("2024-06-01T00:00"));
        sessions += dispute.app.store.sessions_of(account, from, until).await.unwrap().len();
    }
    sessions
}

async fn one_no_before_consent_ends_it_at_once(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    dispute.says(1, json!({ "type": "consent" })).await;
    let page = dispute.says(2, json!({ "type": "refuse", "words": "我不想谈" })).await;
    assert_eq!(
        (&page["stage"], &page["outcome"], &page["mediation"]["result"]),
        (&json!("closed"), &json!("refused"), &json!("refused"))
    );
    assert!(!page["roads"].as_array().unwrap().is_empty(), "the other roads are told");
    // What the other said to the mediator is not for this one, nor again for itself.
    for no in [1, 2] {
        let closing = dispute.page(no).await["closing"].clone();
        assert_eq!((closing["at"].is_string(), &closing["words"]), (true, &Value::Null));
    }
    for command in ["consent", "speak_in_private", "ask_other_mediator"] {
        assert!(!page["can"].as_array().unwrap().contains(&json!(command)), "{command} after the end");
    }
    dispute.tries(1, json!({ "type": "consent" })).await.is_problem(422, "not_in_this_stage");
    let follow = dispute.app.follow(&dispute.of).await;
    assert_eq!((&follow["stage"], &follow["outcome"]), (&json!("closed"), &json!("refused")));
    // Who said no is not the reporter's, and nobody has checked anything.
    let ended = follow["timeline"].as_array().unwrap().iter();
    let ended = ended.into_iter().find(|entry| entry["event"] == "mediation_concluded").unwrap();
    assert_eq!((&ended["actor"]["kind"], &ended["actor"]["party"]), (&json!("party"), &Value::Null));
    assert!(!ended["params"].to_string().contains("party"), "{ended}");
    assert_eq!(follow["steps"][3]["state"], "todo");
    dispute.is_sound().await;
}

async fn a_stop_in_mid_session_ends_it_and_frees_the_mediator(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    dispute.mediates(session("together")).await;
    assert_eq!(calendar(&dispute).await, 1);
    let line = dispute.line().await;
    assert_eq!(line["step"], "talks");
    assert_eq!(line["next"]["form"], "together");
    let dispute = dispute.later("2024-03-05T10:20").await;
    let page = dispute.says(1, json!({ "type": "refuse" })).await;
    assert_eq!((&page["stage"], &page["mediation"]["result"]), (&json!("closed"), &json!("stopped")));
    let held = json!({ "type": "hold_session", "session": 1, "minutes": 20, "present": [1, 2], "words": "中途停了" });
    dispute.app.tries(&dispute.mediator, &dispute.of, held).await.is_problem(422, "not_in_this_stage");
    assert_eq!(calendar(&dispute).await, 0);
    let line = dispute.line().await;
    assert_eq!((&line["step"], &line["next"]), (&json!("ended"), &Value::Null));
    dispute.is_sound().await;
}

/// Failed about wages; the arbitration commission returns it once, takes it then, and answers.
async fn what_failed_goes_to_labour_arbitration_and_its_answer_comes_back(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0701").await else { return };
    dispute.mediates(session("together")).await;
    let wrong = json!({ "type": "hand_over", "channel": "land_arbitration", "words": "请仲裁" });
    dispute.app.tries(&dispute.mediator, &dispute.of, wrong).await.is_problem(422, "channel_does_not_take");
    let over = json!({ "type": "hand_over", "channel": "labour_arbitration", "unit": "421321117.justice", "words": "谈不拢，可以申请仲裁" });
    dispute.mediates(over.clone()).await;
    // It stands still here; nobody else of the town has to do with it.
    dispute.app.tries(&dispute.mediator, &dispute.of, session("apart")).await.is_problem(422, "handed_over");
    let (there, elsewhere) = (dispute.app.sign_in("justice").await, dispute.app.sign_in("urban").await);
    let answer = |accept: bool| json!({ "type": "answer_hand_over", "accept": accept, "words": "收到材料" });
    dispute.app.tries(&elsewhere, &dispute.of, answer(true)).await.is_problem(404, "not_found");
    dispute.app.does(&there, &dispute.of, answer(false)).await;
    dispute.app.tries(&there, &dispute.of, answer(true)).await.is_problem(404, "not_found");
    dispute.mediates(over).await;
    dispute.app.does(&there, &dispute.of, answer(true)).await;
    dispute.app.tries(&there, &dispute.of, answer(true)).await.is_problem(422, "answered_already");
    let note = json!({ "type": "note_caucus", "party": 1, "words": "不该写" });
    dispute.app.tries(&there, &dispute.of, note).await.is_problem(403, "not_allowed");
    let page = dispute.page(2).await;
    let over = &page["mediation"]["hand_overs"];
    let states: Vec<_> = over.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!((states, &page["mediation"]["step"]), (vec!["returned", "accepted"], &json!("handed_over")));
    assert_eq!(over[1]["words"], json!(["谈不拢，可以申请仲裁", "收到材料"]));
    let decided = json!({ "type": "report_result", "settled": true, "words": "裁决支付工资八千元" });
    dispute.app.does(&there, &dispute.of, decided).await;
    let page = dispute.page(1).await;
    assert_eq!((&page["stage"], &page["mediation"]["result"]), (&json!("verifying"), &json!("failed")));
    assert_eq!(page["mediation"]["hand_overs"][1]["words"][2], "裁决支付工资八千元");
    assert_eq!(calendar(&dispute).await, 0);
    dispute.is_sound().await;
}

/// Anti-DV Act art. 14, 35: apart, the police, and the other party does not learn who said yes.
async fn who_spoke_of_violence_sits_apart(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    for no in [1, 2] {
        dispute.says(no, json!({ "type": "consent" })).await;
    }
    let refused = dispute.app.tries(&dispute.mediator, &dispute.of, session("together")).await;
    refused.is_problem(422, "safety_unanswered");
    dispute.says(1, json!({ "type": "answer_safety", "violence": true })).await;
    dispute.says(2, json!({ "type": "answer_safety", "violence": false })).await;
    let back = json!({ "type": "answer_safety", "violence": false });
    dispute.tries(1, back).await.is_problem(422, "nothing_to_change");
    dispute
        .app
        .tries(&dispute.mediator, &dispute.of, session("together"))
        .await
        .is_problem(422, "apart_only");
    dispute.mediates(session("apart")).await;
    dispute.mediates(json!({ "type": "tell_police", "reason": "怕对方动手，已报 110" })).await;
    let (own, other) = (dispute.page(1).await, dispute.page(2).await);
    assert_eq!(own["mediation"]["parties"][0]["violence"], true);
    assert_eq!(other["mediation"]["parties"][0]["violence"], Value::Null);
    assert_eq!(other["mediation"]["parties"][0]["safety_answered"], Value::Null);
    assert_eq!(other["mediation"]["sessions"], json!([]), "a session apart is not the other's to see");
    for page in [other, own, dispute.app.follow(&dispute.of).await] {
        assert!(!page.to_string().contains("110"), "{page}");
    }
    dispute.is_sound().await;
}

async fn what_is_at_court_is_shown_its_road(database: Database) {
    let Some(dispute) = Dispute::opened(database, "0201").await else { return };
    let decline = json!({ "type": "decline_mediation", "bar": "at_court", "words": "法院已受理，请等开庭" });
    dispute
        .app
        .tries(&dispute.hands.dispatcher, &dispute.of, decline.clone())
        .await
        .is_problem(403, "not_allowed");
    dispute.mediates(decline).await;
    let follow = dispute.app.follow(&dispute.of).await;
    assert_eq!((&follow["stage"], &follow["outcome"]), (&json!("closed"), &json!("guided")));
    assert!(follow["timeline"].to_string().contains("法院已受理，请等开庭"), "{follow}");
    dispute.is_sound().await;
}

async fn a_failure_tells_the_other_roads(database: Database) {
    let Some(dispute) = Dispute::consented(database, "0201").await else { return };
    let failed = |roads: Value| json!({ "type": "conclude_mediation", "result": "failed", "words": "差得太远，可以起诉", "roads": roads });
    dispute
        .app
        .tries(&dispute.mediator, &dispute.of, failed(json!([])))
        .await
        .is_problem(422, "roads_missing");
    dispute.mediates(failed(json!(["court"]))).await;
    let page = dispute.page(2).await;
    assert_eq!((&page["outcome"], &page["mediation"]["result"]), (&json!("failed"), &json!("failed")));
    let closing = &page["closing"];
    assert_eq!(
        (&closing["words"], &closing["roads"][0]["code"]),
        (&json!("差得太远，可以起诉"), &json!("court"))
    );
    let follow = dispute.app.follow(&dispute.of).await;
    assert_eq!(follow["reply"]["words"], "差得太远，可以起诉");
    dispute.is_sound().await;
}

on_both!(
    one_no_before_consent_ends_it_at_once,
    a_stop_in_mid_session_ends_it_and_frees_the_mediator,
    what_failed_goes_to_labour_arbitration_and_its_answer_comes_back,
    who_spoke_of_violence_sits_apart,
    what_is_at_court_is_shown_its_road,
    a_failure_tells_the_other_roads,
);
