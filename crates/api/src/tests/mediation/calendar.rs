//! A mediator's calendar: what is set, moved, called off and held, what is free beside it, and the feed read back by the parser of
//! the crate that wrote it and by another that has nothing to do with it.

use axum::http::Method;
use calcard::{Entry, Parser};
use serde_json::{Value, json};

use crate::tests::dispute::Dispute;
use crate::tests::{
    calls::{Stay, TestApp},
    database::{Database, on_both},
    talk_feed::events,
};

fn session(starts_at: &str, form: &str) -> Value {
    json!({ "type": "set_session", "starts_at": starts_at, "minutes": 60, "form": form, "with": 1, "venue": "talk_room", "place": "村部一楼东头" })
}

async fn calendar(app: &TestApp, who: &Stay, from: &str) -> Value {
    app.get_as(who, &format!("/api/v1/calendar?from={from}&days=7")).await.ok()
}

/// The number, state and moves of each session, in order.
fn told(calendar: &Value) -> Vec<(u64, &str, u64)> {
    let told = |it: &Value| {
        (
            it["session"].as_u64().unwrap(),
            it["state"].as_str().unwrap().to_owned(),
            it["moves"].as_u64().unwrap(),
        )
    };
    let sessions = calendar["sessions"].as_array().unwrap();
    let states = ["set", "held", "cancelled"];
    let known = |state: String| *states.iter().find(|one| **one == state).unwrap();
    sessions.iter().map(told).map(|(no, state, moves)| (no, known(state), moves)).collect()
}

async fn feed(app: &TestApp, path: &str) -> String {
    let answer = app.get(path).await;
    assert_eq!(answer.headers["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(answer.status, 200);
    String::from_utf8(answer.bytes.to_vec()).unwrap()
}

/// Three sessions of one week: one is moved, one is called off, one is held.
async fn a_week(database: Database) -> Option<Dispute> {
    let dispute = Dispute::consented(database, "0201").await?;
    for command in [
        session("2024-03-05T10:00:00+08:00", "apart"),
        session("2024-03-06T14:00:00+08:00", "together"),
        session("2024-03-07T09:00:00+08:00", "together"),
        json!({ "type": "move_session", "session": 2, "starts_at": "2024-03-06T15:30:00+08:00", "minutes": 90, "reason": "甲某某要收秧" }),
        json!({ "type": "cancel_session", "session": 3, "reason": "乙某某住院" }),
    ] {
        dispute.mediates(command).await;
    }
    let dispute = dispute.later("2024-03-05T12:00").await;
    let held = json!({ "type": "hold_session", "session": 1, "minutes": 60, "started_at": "2024-03-05T10:00:00+08:00", "present": [1], "words": "单独听了甲某某" });
    dispute.mediates(held).await;
    Some(dispute)
}

async fn a_week_shows_what_became_of_each_session_and_what_is_free(database: Database) {
    let Some(dispute) = a_week(database).await else { return };
    let week = calendar(&dispute.app, &dispute.mediator, "2024-03-04").await;
    assert_eq!(told(&week), [(1, "held", 0), (2, "set", 1), (3, "cancelled", 0)]);
    let days = week["days"].as_array().unwrap();
    assert_eq!(days.len(), 7);
    assert_eq!((&days[0]["date"], &days[0]["free"]), (&json!("2024-03-04"), &json!([])), "it is past");
    let free = |starts_at: &str, ends_at: &str| json!({ "starts_at": starts_at, "ends_at": ends_at });
    // From now, at noon, until six: what was held in the morning is over.
    assert_eq!(days[1]["free"].as_array().unwrap().len(), 1);
    assert_eq!(
        days[2]["free"],
        json!([
            free("2024-03-06T00:00:00Z", "2024-03-06T07:30:00Z"),
            free("2024-03-06T09:00:00Z", "2024-03-06T10:00:00Z"),
        ])
    );
    assert_eq!(days[3]["free"].as_array().unwrap().len(), 1, "what was called off takes no time");
    let other = calendar(&dispute.app, &dispute.colleague, "2024-03-04").await;
    assert_eq!(other["sessions"], json!([]), "a calendar is its owner's");
}

async fn a_feed_is_read_by_two_readers_and_names_nobody(database: Database) {
    let Some(dispute) = a_week(database).await else { return };
    let app = &dispute.app;
    let make = async || app.post_as(&dispute.mediator, "/api/v1/calendar/feed", &json!({})).await;
    let made = make().await;
    assert_eq!(made.status, 201);
    let path = made.json["path"].as_str().unwrap().to_owned();
    let text = feed(app, &path).await;
    assert!(text.lines().all(|line| line.len() <= 75), "RFC 5545 folds lines at 75 bytes");
    for said in ["甲", "乙", "收秧", "住院", "村部一楼东头", "138", "单独听"] {
        assert!(!text.contains(said), "{said} is in the calendar: {text}");
    }
    let events = events(&text);
    assert_eq!(events.len(), 3);
    let of = |no: u8| &events[&format!("{}-{no}@sessions.fengsi", dispute.of.id)];
    let number = app.matter(&dispute.of).await.number.to_string();
    assert_eq!(of(1)["SUMMARY"], format!("单独谈话 · {number}"));
    assert_eq!(of(1)["DTSTART"], "20240305T020000Z", "ten at the site is two in UTC");
    assert_eq!((&*of(2)["DTSTART"], &*of(2)["DTEND"]), ("20240306T073000Z", "20240306T090000Z"), "moved");
    assert_eq!((&*of(2)["SEQUENCE"], &*of(2)["STATUS"]), ("1", "CONFIRMED"));
    assert_eq!((&*of(3)["SEQUENCE"], &*of(3)["STATUS"]), ("1", "CANCELLED"));

    let Entry::ICalendar(other) = Parser::new(&text).entry() else { panic!("another reader cannot read it") };
    assert_eq!(other.components.len(), events.len() + 1);
    let again = other.to_string();
    for line in ["DTSTART:20240306T073000Z", "STATUS:CANCELLED", "SEQUENCE:1"] {
        assert!(again.contains(line), "{again}");
    }

    let renewed = make().await.json["path"].as_str().unwrap().to_owned();
    app.get(&path).await.is_problem(404, "not_found");
    assert_eq!(feed(app, &renewed).await, text);
    let request = TestApp::request(Method::DELETE, "/api/v1/calendar/feed", Some(&dispute.mediator), None);
    assert_eq!(app.send(request).await.status, 204);
    app.get(&renewed).await.is_problem(404, "not_found");
}

on_both! {
    a_week_shows_what_became_of_each_session_and_what_is_free,
    a_feed_is_read_by_two_readers_and_names_nobody,
}
