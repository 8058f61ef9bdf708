//! The long way: consent on two phones, another mediator, two sessions, a written agreement of three clauses, signed by link and on
//! paper, performed late, confirmed by the court.

use serde_json::{Value, json};

use crate::tests::dispute::Dispute;
use crate::tests::{
    database::{Database, on_both},
    place::STAFF_NAME,
};

/// Three clauses: party 2 pays and clears the ditch, party 1 moves its fence.
fn clauses() -> Value {
    json!([
        { "by": 2, "words": "付清修沟的钱三千元", "due_on": "2024-03-20", "fen": 300_000 },
        { "by": 2, "words": "把排水沟改回原处", "due_on": "2024-04-10" },
        { "by": 1, "words": "把围栏往里移半米", "due_on": "2024-04-10" },
    ])
}

/// Party 2 asks for another mediator; the committee names the colleague.
async fn another_mediator(dispute: &Dispute) {
    let before = dispute.page(2).await;
    assert!(before["mediation"]["mediator"]["name"].as_str().unwrap().contains(STAFF_NAME));
    let page = dispute.says(2, json!({ "type": "ask_other_mediator" })).await;
    assert_eq!(page["mediation"]["mediator"], Value::Null);
    let offered: Vec<_> = page["mediators"].as_array().unwrap().iter().map(|one| &one["account"]).collect();
    assert_eq!(offered, [&json!(Dispute::colleague_account())], "who stepped back is not offered again");
    // Who stepped back does nothing more in it, and reads no more of it than any stranger.
    let note = json!({ "type": "note_caucus", "party": 1, "words": "还想记一笔" });
    dispute.app.tries(&dispute.mediator, &dispute.of, note).await.is_problem(404, "not_found");
    dispute.party(&dispute.mediator, 1, "回电").await.is_problem(404, "not_found");
    let name = json!({ "type": "name_mediator", "mediator": Dispute::colleague_account() });
    dispute.app.does(&dispute.colleague, &dispute.of, name).await;
    let page = dispute.page(1).await;
    assert_eq!(page["mediation"]["mediator"]["account"], json!(Dispute::colleague_account()));
}

/// One session together, which was set, and one apart on the spot.
async fn two_sessions(dispute: Dispute) -> Dispute {
    let (of, colleague) = (&dispute.of, &dispute.colleague);
    let times = json!([{ "starts_at": "2024-03-05T09:00:00+08:00", "minutes": 120 }]);
    let proposed = json!({ "type": "propose_times", "times": times, "words": "晚上也行" });
    let page = dispute.says(1, proposed).await;
    let me = &page["mediation"]["parties"][0];
    assert_eq!((me["times"].as_array().unwrap().len(), &me["times_words"]), (1, &json!("晚上也行")));
    assert!(!dispute.page(2).await.to_string().contains("晚上也行"));
    assert_eq!(
        dispute.page(2).await["mediation"]["parties"][0]["times"],
        json!([]),
        "one's times are one's own"
    );
    let set = json!({ "type": "set_session", "starts_at": "2024-03-05T10:00:00+08:00", "minutes": 60, "form": "together", "venue": "talk_room", "place": "村部一楼" });
    dispute.app.does(colleague, of, set.clone()).await;
    let again = dispute.app.tries(colleague, of, set).await;
    again.is_problem(422, "mediator_busy");
    assert!(!again.json["params"]["free"].as_array().unwrap().is_empty(), "{}", again.json);
    let moved = json!({ "type": "move_session", "session": 1, "starts_at": "2024-03-05T10:30:00+08:00", "minutes": 60, "reason": "村里修路" });
    dispute.app.does(colleague, of, moved).await;
    for no in [1, 2] {
        let session = dispute.page(no).await["mediation"]["sessions"][0].clone();
        assert_eq!((&session["place"], &session["reason"]), (&json!("村部一楼"), &json!("村里修路")));
        assert_eq!((&session["parties"], &session["participants"]), (&json!([1, 2]), &json!([])));
    }
    let row = dispute.app.get_as(colleague, "/api/v1/matters").await.ok()["items"][0].clone();
    assert_eq!((&row["id"], &row["mediating"]["step"]), (&json!(of.id.to_string()), &json!("talks")));
    let dispute = dispute.later("2024-03-05T12:00").await;
    let held = json!({ "type": "hold_session", "session": 1, "minutes": 60, "started_at": "2024-03-05T10:00:00+08:00", "present": [1, 2], "words": "双方各自说了经过" });
    dispute.app.does(&dispute.colleague, &dispute.of, held).await;
    let apart = json!({ "type": "hold_session", "minutes": 20, "form": "apart", "with": 1, "venue": "doorstep", "present": [1], "words": "单独听了一方" });
    dispute.app.does(&dispute.colleague, &dispute.of, apart).await;
    assert_eq!(dispute.page(1).await["mediation"]["sessions"].as_array().unwrap().len(), 2);
    assert_eq!(dispute.page(2).await["mediation"]["sessions"].as_array().unwrap().len(), 1);
    dispute
}

/// Written, changed once, signed by link and on paper, sealed.
async fn agreement(dispute: &Dispute) {
    let (app, of, colleague) = (&dispute.app, &dispute.of, &dispute.colleague);
    let propose = json!({ "type": "propose_agreement", "facts": "排水沟改道引起", "clauses": clauses() });
    app.does(colleague, of, propose.clone()).await;
    dispute.one_time_code(&dispute.hands.intake, 2).await.is_problem(403, "not_allowed");
    dispute.signs(colleague, 2, 1).await.ok();
    // What changed after it was signed is signed anew.
    app.does(colleague, of, propose).await;
    let page = dispute.page(2).await;
    assert_eq!(
        (&page["mediation"]["agreement"]["version"], &page["mediation"]["agreement"]["signatures"]),
        (&json!(2), &json!([]))
    );
    dispute.signs(colleague, 2, 1).await.is_problem(403, "wrong_one_time_code");
    dispute.signs(colleague, 2, 2).await.ok();
    let scan = app.photo(Some(colleague)).await;
    app.does(colleague, of, json!({ "type": "sign_on_paper", "version": 2, "party": 1, "photos": [scan] }))
        .await;
    assert_eq!(app.matter(of).await.stage.as_str(), "mediating", "without the seal it holds nothing");
    app.does(colleague, of, json!({ "type": "seal_agreement", "version": 2 })).await;
    assert_eq!(app.matter(of).await.stage.as_str(), "verifying");
    let page = dispute.page(1).await;
    let clauses = page["mediation"]["agreement"]["clauses"].as_array().unwrap();
    assert_eq!((clauses.len(), &clauses[0]["fen"]), (3, &json!(300_000)));
    assert!(page["mediation"]["agreement"]["effective_at"].is_string());
    assert_eq!(page["mediation"]["confirmation"]["state"], "open");
    let signed = page["mediation"]["agreement"]["signatures"].as_array().unwrap();
    let ways: Vec<_> = signed.iter().map(|one| (&one["party"], &one["way"])).collect();
    assert_eq!(ways, [(&json!(2), &json!("page")), (&json!(1), &json!("paper"))]);
}

/// Reminded three days before the day, late after it, performed two days later.
async fn performance(dispute: Dispute) -> Dispute {
    let (app, of, hands) = (&dispute.app, &dispute.of, &dispute.hands);
    app.does(&hands.intake, of, json!({ "type": "pass", "words": "双方都说谈成了" })).await;
    app.does(&hands.intake, of, json!({ "type": "call_back", "answer": "satisfied" })).await;
    let dispute = dispute.later("2024-03-17T08:59").await;
    assert_eq!(dispute.last_event(&dispute.colleague).await, "closed");
    let dispute = dispute.later("2024-03-17T09:01").await;
    assert_eq!(dispute.last_event(&dispute.colleague).await, "clause_reminded");
    assert_eq!(dispute.page(2).await["mediation"]["agreement"]["clauses"][0]["overdue"], false);
    let dispute = dispute.later("2024-03-21T00:01").await;
    assert_eq!(dispute.last_event(&dispute.colleague).await, "clause_overdue");
    for no in [1, 2] {
        assert_eq!(dispute.page(no).await["mediation"]["agreement"]["clauses"][0]["overdue"], true);
    }
    let dispute = dispute.later("2024-03-22T10:00").await;
    let paid = |clause| json!({ "type": "record_performance", "clause": clause, "result": "performed" });
    dispute.tries(2, paid(1)).await.is_problem(422, "other_side_says");
    let page = dispute.says(1, paid(1)).await;
    let clause = &page["mediation"]["agreement"]["clauses"][0];
    assert_eq!((&clause["result"], &clause["performed_on"]), (&json!("performed"), &json!("2024-03-22")));
    let visit = json!({ "type": "visit", "words": "沟已挖开一半" });
    dispute.app.does(&dispute.colleague, &dispute.of, visit).await;
    dispute
}

/// Both want the court to confirm it; the court does.
async fn confirmation(dispute: &Dispute) {
    let (app, of, colleague) = (&dispute.app, &dispute.of, &dispute.colleague);
    let result =
        json!({ "type": "record_confirmation", "result": "confirmed", "words": "（2024）鄂1321民特1号" });
    app.tries(colleague, of, result.clone()).await.is_problem(422, "not_applied");
    app.does(colleague, of, json!({ "type": "ask_parties", "about": { "kind": "confirmation" } })).await;
    let yes = |question| json!({ "type": "answer_question", "question": question, "yes": true });
    let page = dispute.says(1, yes(1)).await;
    assert_eq!(
        (&page["mediation"]["questions"][0]["yes"], &page["mediation"]["confirmation"]["state"]),
        (&json!([1]), &json!("open"))
    );
    dispute.tries(1, yes(1)).await.is_problem(422, "answered_already");
    let page = dispute.says(2, yes(1)).await;
    assert_eq!(page["mediation"]["confirmation"]["state"], "applied");
    app.does(colleague, of, result).await;
    for no in [1, 2] {
        let page = dispute.page(no).await;
        assert_eq!(page["mediation"]["confirmation"]["state"], "confirmed");
        assert_eq!(page["mediation"]["confirmation"]["words"], "（2024）鄂1321民特1号");
    }
}

async fn neighbours_come_to_an_agreement_that_the_court_confirms(database: Database) {
    let Some(dispute) = Dispute::accepted(database, "0201").await else { return };
    let page = dispute.page(1).await;
    for command in ["consent", "refuse", "answer_safety", "ask_other_mediator", "speak_in_private"] {
        assert!(page["can"].as_array().unwrap().contains(&json!(command)), "{command}: {}", page["can"]);
    }
    assert_eq!((&page["me"], &page["mediation"]["step"]), (&json!(1), &json!("consent")));
    for no in [1, 2] {
        let page = dispute.says(no, json!({ "type": "consent" })).await;
        assert_eq!(page["mediation"]["parties"][usize::from(no) - 1]["consent"]["way"], "page");
        dispute.says(no, json!({ "type": "answer_safety", "violence": false })).await;
    }
    another_mediator(&dispute).await;
    let dispute = two_sessions(dispute).await;
    agreement(&dispute).await;
    let dispute = performance(dispute).await;
    confirmation(&dispute).await;
    dispute.is_sound().await;
}

on_both!(neighbours_come_to_an_agreement_that_the_court_confirms);
