//! Talk days over HTTP: a day from its plan to its published answers, every cell of its table, and what nobody may read.

use casework::{
    access::talk_days::{TalkDeed, allows},
    actor::Role,
    id::TalkDayId,
    matter::Stage,
    talk_day::{TalkCommandKind, TalkState},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    calls::{Answer, Stay, TestApp, command_id},
    database::{Database, on_both},
    place::{POSTS, TOWN, VILLAGE},
};

/// A plan for the village.
pub(super) fn plan(slot: &str) -> Value {
    json!({ "area": VILLAGE, "slot": slot, "begins": "09:00", "ends": "11:00", "place_words": "老槐树下的板凳" })
}

/// A talk day that the village lead planned.
pub(super) async fn planned(app: &TestApp, slot: &str) -> String {
    let lead = app.sign_in("village_lead").await;
    let body = json!({ "id": command_id(), "plan": plan(slot) });
    let done = app.post_as(&lead, "/api/v1/talk-days", &body).await.ok();
    done["talk_day_id"].as_str().unwrap().to_owned()
}

/// Sends a command, based on the version that stands.
pub(super) async fn says(app: &TestApp, who: &Stay, day: &str, command: Value) -> Answer {
    let id: TalkDayId = day.parse().unwrap();
    let version = app.store.talk_day(id).await.unwrap().map_or(0, |row| row.day.version);
    let body = json!({ "id": command_id(), "base_version": version, "command": command });
    app.post_as(who, &format!("/api/v1/talk-days/{day}/commands"), &body).await
}

fn note(words: &str) -> Value {
    json!({ "type": "note_item", "topic": "request", "words": words })
}

async fn page(app: &TestApp, who: &Stay, day: &str) -> Value {
    app.get_as(who, &format!("/api/v1/talk-days/{day}")).await.ok()
}

async fn public(app: &TestApp, area: &str) -> Value {
    app.get(&format!("/api/v1/public/areas/{area}/talk-days")).await.ok()
}

fn dates(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap()).collect()
}

/// The matter of an item, as the phone reports it.
async fn becomes_a_matter(app: &TestApp, who: &Stay, day: &str, item: u32) -> Answer {
    let body = json!({
        "id": command_id(), "source": "talk_day", "place": { "area": VILLAGE }, "words": "村口路灯坏了",
        "class": "environment", "talk_day": { "day": day, "item": item }
    });
    app.post_as(who, "/api/v1/matters", &body).await
}

async fn a_day_from_its_plan_to_its_answers(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let (lead, worker) = (app.sign_in("village_lead").await, app.sign_in("grid_worker").await);
    // By custom, before anybody planned anything.
    let next = app.get_as(&lead, "/api/v1/talk-days?which=next").await.ok();
    assert_eq!(dates(&next["items"]), ["2024-03-04", "2024-03-14", "2024-03-24", "2024-04-04"]);
    assert_eq!((&next["items"][0]["version"], &next["items"][0]["state"]), (&json!(0), &Value::Null));
    let id = next["items"][0]["id"].as_str().unwrap().to_owned();
    app.get_as(&lead, &format!("/api/v1/talk-days/{id}")).await.is_problem(404, "not_found");
    assert_eq!(planned(&app, "2024-03-04").await, id, "the id of a day is known before it is planned");
    assert_eq!(planned(&app, "2024-03-04").await, id, "who plans it again finds it planned");

    says(&app, &worker, &id, note("村口路灯坏了，是老李说的")).await.ok();
    says(&app, &lead, &id, json!({ "type": "hold", "people": 23 })).await.ok();
    says(&app, &lead, &id, note("水渠堵了")).await.ok();
    says(&app, &lead, &id, note("账目看不懂")).await.ok();
    says(&app, &lead, &id, json!({ "type": "answer", "item": 3, "words": "当场念了账" })).await.ok();
    let promise = json!({ "type": "promise", "item": 2, "due": "2024-03-13", "words": "十天内清通" });
    says(&app, &lead, &id, promise).await.ok();
    let receipt = becomes_a_matter(&app, &lead, &id, 1).await.ok();
    let shown = page(&app, &lead, &id).await;
    assert_eq!(shown["item_list"][0]["matter"]["number"], receipt["number"]);
    assert_eq!(shown["item_list"][0]["matter"]["stage"], json!(Stage::Reported));
    let outcomes: Vec<_> = (0..3).map(|nth| shown["item_list"][nth]["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["matter", "promised", "answered"]);
    let matter =
        app.get_as(&lead, &format!("/api/v1/matters/{}", receipt["matter_id"].as_str().unwrap())).await;
    assert_eq!(matter.ok()["matter"]["talk_day"], json!({ "day": id, "item": 1 }));
    becomes_a_matter(&app, &lead, &id, 1).await.is_problem(422, "item_is_a_matter");
    becomes_a_matter(&app, &lead, &id, 9).await.is_problem(422, "unknown_item");

    let answers = json!([
        { "item": 1, "words": "路灯已上报镇里" }, { "item": 2, "words": "水渠十天内清通" }, { "item": 3, "words": "账目已公开" }
    ]);
    says(&app, &lead, &id, json!({ "type": "publish", "answers": answers })).await.ok();
    let told = public(&app, VILLAGE).await;
    assert_eq!(told["published"][0]["people"], 23);
    assert_eq!(told["published"][0]["items"][1]["words"], json!(["水渠十天内清通"]));
    assert_eq!(told["published"][0]["items"][1]["promise"]["due"], "2024-03-13");
    assert_eq!(dates(&told["next"]), ["2024-03-04", "2024-03-14", "2024-03-24", "2024-04-04"]);
    for said in ["老李", "当场念了账", "村口路灯坏了"] {
        assert!(!told.to_string().contains(said), "{said} was said, not published: {told}");
    }
    assert_eq!(public(&app, TOWN).await["published"], told["published"]);
}

async fn what_is_open_is_carried_to_the_next_day(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let lead = app.sign_in("village_lead").await;
    let (first, second) = (planned(&app, "2024-03-04").await, planned(&app, "2024-03-14").await);
    says(&app, &lead, &first, note("水渠堵了")).await.ok();
    says(&app, &lead, &first, note("路灯坏了")).await.ok();
    says(&app, &lead, &first, json!({ "type": "answer", "item": 2, "words": "已修" })).await.ok();
    let carried = page(&app, &lead, &second).await["carried"].clone();
    assert_eq!(
        (&carried[0]["date"], carried[0]["items"].as_array().unwrap().len()),
        (&json!("2024-03-04"), 1)
    );
    assert_eq!(carried[0]["items"][0]["words"], "水渠堵了");
    let open = app.get_as(&app.sign_in("director").await, "/api/v1/talk-days?which=open").await.ok();
    assert_eq!(dates(&open["items"]), ["2024-03-04"]);
    says(&app, &lead, &first, json!({ "type": "answer", "item": 1, "words": "已清" })).await.ok();
    assert_eq!(page(&app, &lead, &second).await["carried"], json!([]));
}

async fn rules_and_places_are_set_by_the_centre(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let (director, lead) = (app.sign_in("director").await, app.sign_in("village_lead").await);
    let place = json!({ "kind": "room", "name": "逢四说事室", "address": "村委会一楼", "hours": "逢四上午" });
    let path = format!("/api/v1/talk-places/{}", Uuid::now_v7());
    let given = |area: &str| json!({ "area": area, "place": place });
    app.put_as(&lead, &path, &given(VILLAGE)).await.is_problem(403, "not_allowed");
    let kept = app.put_as(&director, &path, &given(VILLAGE)).await.ok();
    app.put_as(&director, &path, &given("421321117205")).await.is_problem(404, "not_found");
    app.put_as(&director, &path, &given("421321117")).await.is_problem(422, "not_a_village");
    let rule_path = format!("/api/v1/areas/{VILLAGE}/talk-rule");
    let rule = |recurrence: &str, place: &Value| json!({ "recurrence": recurrence, "rest_days": "next_working_day", "begins": "15:00", "place": place });
    app.put_as(&lead, &rule_path, &rule("FREQ=WEEKLY;BYDAY=TH", &Value::Null))
        .await
        .is_problem(403, "not_allowed");
    let bad = app.put_as(&director, &rule_path, &rule("every fourth day", &Value::Null)).await;
    bad.is_problem(422, "bad_recurrence");
    let lost = app.put_as(&director, &rule_path, &rule("FREQ=WEEKLY;BYDAY=TH", &json!(Uuid::nil()))).await;
    lost.is_problem(422, "unknown_choice");
    app.put_as(&director, &rule_path, &rule("FREQ=WEEKLY;BYDAY=TH", &kept["id"])).await.ok();
    let next = public(&app, VILLAGE).await["next"].clone();
    // 4 April 2024 is a rest day (清明).
    assert_eq!(dates(&next), ["2024-03-07", "2024-03-14", "2024-03-21", "2024-03-28"]);
    assert_eq!((&next[0]["begins"], &next[0]["place"]["name"]), (&json!("15:00"), &json!("逢四说事室")));
    let habits = app.get(&format!("/api/v1/public/areas/{TOWN}/talk-rules")).await.ok();
    let own = habits["items"].as_array().unwrap().iter().find(|item| item["village"]["code"] == VILLAGE);
    assert_eq!(own.unwrap()["rule"]["recurrence"], "FREQ=WEEKLY;BYDAY=TH");
    app.get("/api/v1/public/areas/4213/talk-days").await.is_problem(404, "not_found");
}

/// A talk day in each state.
async fn in_each_state(app: &TestApp, lead: &Stay) -> Vec<(TalkState, String)> {
    let mut days = Vec::new();
    for (state, slot, commands) in [
        (TalkState::Planned, "2024-03-04", vec![]),
        (TalkState::Held, "2024-03-03", vec![json!({ "type": "hold", "people": 3 })]),
        (
            TalkState::Published,
            "2024-03-02",
            vec![json!({ "type": "hold", "people": 3 }), json!({ "type": "publish", "answers": [] })],
        ),
        (TalkState::Cancelled, "2024-03-01", vec![json!({ "type": "cancel", "reason": "下雪" })]),
    ] {
        let day = planned(app, slot).await;
        for command in commands {
            says(app, lead, &day, command).await.ok();
        }
        days.push((state, day));
    }
    days
}

/// A command that is refused for want of what it names, not for want of a right; the day stays as it is.
fn harmless(kind: TalkCommandKind) -> Value {
    match kind {
        TalkCommandKind::MoveDay => {
            json!({ "type": "move", "date": "2024-03-05", "place_words": "村部", "reason": "" })
        }
        TalkCommandKind::CancelDay => json!({ "type": "cancel", "reason": " " }),
        TalkCommandKind::HoldDay => json!({ "type": "hold", "people": 1_000_000 }),
        TalkCommandKind::NoteItem => note(" "),
        TalkCommandKind::AnswerItem => json!({ "type": "answer", "item": 99, "words": "好" }),
        TalkCommandKind::PromiseItem => {
            json!({ "type": "promise", "item": 99, "due": "2024-03-13", "words": "好" })
        }
        TalkCommandKind::SettlePromise => {
            json!({ "type": "settle_promise", "item": 99, "kept": true, "words": "好" })
        }
        TalkCommandKind::RecordMatter => {
            json!({ "type": "record_matter", "item": 99, "matter": format!("421321-{}", Uuid::nil()) })
        }
        TalkCommandKind::PublishDay => {
            json!({ "type": "publish", "answers": [{ "item": 99, "words": "好" }] })
        }
        TalkCommandKind::TellMore => json!({ "type": "tell_more", "item": 99, "words": "好" }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cell_of_the_table_is_tried() {
    let app = TestApp::new().await;
    let days = in_each_state(&app, &app.sign_in("village_lead").await).await;
    for (name, role, _, area) in POSTS {
        let stay = app.sign_in(name).await;
        let reaches = VILLAGE.starts_with(area);
        for (state, day) in &days {
            let read = app.get_as(&stay, &format!("/api/v1/talk-days/{day}")).await;
            let reads = reaches && allows(TalkDeed::Read, *state, role);
            assert_eq!(read.status, if reads { 200 } else { 404 }, "{name} reads {state}");
            for kind in TalkCommandKind::ALL {
                let answer = says(&app, &stay, day, harmless(*kind)).await;
                let deed = TalkDeed::from(*kind);
                let due = if !reads {
                    (404, "not_found")
                } else if allows(deed, *state, role) {
                    (422, "")
                } else if TalkState::ALL.iter().any(|state| allows(deed, *state, role)) {
                    (422, "not_in_this_state")
                } else {
                    (403, "not_allowed")
                };
                let code = answer.json["code"].as_str().unwrap();
                let right = answer.status == due.0
                    && if due.1.is_empty() { code != "not_in_this_state" } else { code == due.1 };
                assert!(right, "{kind} of {state} by {name}: {} {code} instead of {due:?}", answer.status);
            }
        }
    }
    assert!(POSTS.iter().any(|(_, role, ..)| *role == Role::VillageLead));
    for (state, day) in days {
        let row = app.store.talk_day(day.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!((row.day.state, row.day.items.len()), (state, 0), "a refusal left a trace");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_of_a_talk_day_that_one_may_not_read_is_none() {
    let app = TestApp::new().await;
    let lead = app.sign_in("village_lead").await;
    let day = planned(&app, "2024-03-04").await;
    says(&app, &lead, &day, note("路灯")).await.ok();
    // Another village's worker, and the village's own, who may note but not report for a talk day.
    becomes_a_matter(&app, &app.sign_in("neighbour").await, &day, 1).await.is_problem(404, "not_found");
    becomes_a_matter(&app, &app.sign_in("grid_worker").await, &day, 1).await.is_problem(403, "not_allowed");
    let mut other =
        json!({ "id": command_id(), "source": "grid_worker", "place": { "area": VILLAGE }, "words": "路灯" });
    other["talk_day"] = json!({ "day": day, "item": 1 });
    app.post_as(&lead, "/api/v1/matters", &other).await.is_problem(422, "unknown_choice");
    app.get_as(&app.sign_in("neighbour").await, &format!("/api/v1/talk-days?which=next&area={VILLAGE}"))
        .await
        .is_problem(403, "not_allowed");
}

on_both! {
    a_day_from_its_plan_to_its_answers,
    what_is_open_is_carried_to_the_next_day,
    rules_and_places_are_set_by_the_centre,
}
