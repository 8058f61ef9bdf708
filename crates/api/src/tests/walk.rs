//! One matter through all hands, over HTTP, on both databases; after each step the resident's page tells the truth.

use casework::{actor::Role, matter::Owes};
use serde_json::{Value, json};

use super::{
    calls::{Stay, TestApp, command_id},
    database::{Database, on_both},
    deeds::Reported,
    place::STAFF_NAME,
};

/// Words between colleagues; the resident never reads them.
const NOTE: &str = "内部备注：先看电表箱";

/// The matter on its way, with what the resident was told at each step.
struct Walk {
    app: TestApp,
    matter: Reported,
    told: Vec<String>,
}

impl Walk {
    /// The resident reports with a photo.
    async fn begin(app: TestApp) -> Self {
        let photo = app.photo(None).await;
        let report = json!({
            "id": command_id(), "place": { "lon": 113.1, "lat": 31.5 }, "words": "村口路面塌陷，晚上看不见",
            "class": "hazard", "address": "雁子河村三组路口", "photos": [photo],
            "contact": { "name": "李大嫂", "phone": "138 0000 0000" },
        });
        let receipt = app.post("/api/v1/public/reports", &report).await;
        assert_eq!(receipt.status, 201);
        let matter = Reported::of(&receipt.json);
        let mut walk = Self { app, matter, told: Vec::new() };
        walk.look("reported").await;
        walk
    }

    /// A member of staff does something; then the resident looks.
    async fn step(&mut self, who: &Stay, command: Value) {
        let done = self.app.does(who, &self.matter, command).await;
        let now = self.app.matter(&self.matter).await;
        assert_eq!((&done["version"], &done["stage"]), (&json!(now.version), &json!(now.stage)));
    }

    async fn then(&mut self, who: &Stay, command: Value, event: &str) {
        self.step(who, command).await;
        self.look(event).await;
    }

    /// What the resident sees must be what is, and must end with this event.
    async fn look(&mut self, event: &str) {
        let follow = self.app.follow(&self.matter).await;
        let now = self.app.matter(&self.matter).await;
        let site = self.app.store.site();
        let told = |field: &str| follow["now"][field].clone();
        assert_eq!((&follow["stage"], told("stage")), (&json!(now.stage), json!(now.stage)));
        assert_eq!(follow["version"], now.version);
        assert_eq!((follow["outcome"].as_str(), told("outcome").as_str()), (outcome(&now), outcome(&now)));
        let owing = now.owing_unit(&site);
        let unit = |owed: &Value| owed["unit"]["id"].as_str().map(str::to_owned);
        assert_eq!(told("owed_by")["kind"], json!(now.owes()));
        assert_eq!(unit(&told("owed_by")), owing.as_ref().map(|(unit, _)| unit.0.clone()));
        assert_eq!(
            told("owed_by")["role"].as_str(),
            owing.as_ref().map(|(_, role): &(_, Role)| role.as_str())
        );
        assert_eq!(now.owes() == Owes::Nobody, told("due_at").is_null(), "{follow}");
        assert_eq!(
            now.clock.as_ref().map(|clock| json!(clock.due_at)),
            Some(told("due_at")).filter(|due| !due.is_null())
        );
        let last = follow["timeline"].as_array().unwrap().last().unwrap();
        assert_eq!(last["event"], event, "{last}");
        self.nothing_secret(&follow);
        self.told.push(line(&follow));
    }

    /// No name of a member of staff, no note between colleagues, no contact.
    fn nothing_secret(&self, follow: &Value) {
        let text = follow.to_string();
        for secret in [STAFF_NAME, NOTE, "李大嫂", "13800000000", "noted", &self.matter.id.to_string()] {
            assert!(!text.contains(secret), "the resident reads {secret}: {text}");
        }
    }
}

fn outcome(matter: &casework::matter::Matter) -> Option<&'static str> {
    matter.outcome.map(casework::matter::Outcome::as_str)
}

/// One line for each step: what the page says.
fn line(follow: &Value) -> String {
    let words = |list: &Value, of: &dyn Fn(&Value) -> String| {
        list.as_array().unwrap().iter().map(of).collect::<Vec<_>>().join(" ")
    };
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let entry = follow["timeline"].as_array().unwrap().last().unwrap().clone();
    let by = match entry["actor"]["unit"]["id"].as_str() {
        Some(unit) => format!("{unit} {}", text(&entry["actor"]["role"])),
        None => text(&entry["actor"]["kind"]),
    };
    let step = follow["steps"].as_array().unwrap().iter().find(|step| step["state"] == "current");
    format!(
        "{event} by {by}: {said}, {photos} photos\n  stage {stage}{outcome}, owed by {kind} {unit} {role}; at step {step}\n  can {can}; cannot {cannot}",
        event = text(&entry["event"]),
        said = text(&entry["words"]),
        photos = entry["photos"].as_array().unwrap().len(),
        stage = text(&follow["stage"]),
        outcome = follow["outcome"].as_str().map(|outcome| format!(" ({outcome})")).unwrap_or_default(),
        kind = text(&follow["now"]["owed_by"]["kind"]),
        unit = text(&follow["now"]["owed_by"]["unit"]["id"]),
        role = text(&follow["now"]["owed_by"]["role"]),
        step = step.map_or("the end".to_owned(), |step| text(&step["step"])),
        can = words(&follow["can"], &text),
        cannot = words(&follow["cannot"], &|refused| format!(
            "{}={}",
            text(&refused["command"]),
            text(&refused["code"])
        )),
    )
}

async fn until_it_is_handled(walk: &mut Walk, app: &People) {
    let to = || json!({ "type": "dispatch", "unit": "421321117.construction", "words": NOTE });
    walk.then(&app.intake, json!({ "type": "admit", "category": "0301", "urgency": "urgent" }), "admitted")
        .await;
    walk.step(&app.intake, json!({ "type": "note", "words": NOTE })).await;
    walk.look("admitted").await;
    walk.then(&app.dispatcher, to(), "dispatched").await;
    let back = json!({ "type": "return", "basis": "not_our_duty", "reason": "清单第 3 条：归城管" });
    walk.then(&app.handler, back.clone(), "returned").await;
    walk.then(&app.dispatcher, to(), "dispatched").await;
    let again = walk.app.tries(&app.handler, &walk.matter, back).await;
    again.is_problem(422, "already_returned");
    walk.then(&app.handler, json!({ "type": "object", "reason": "清单第 3 条" }), "objected").await;
    let ruling = json!({ "type": "rule", "unit": "421321117.construction", "reason": "清单第 7 条" });
    walk.app.tries(&app.dispatcher, &walk.matter, ruling.clone()).await.is_problem(403, "not_allowed");
    walk.then(&app.county, ruling, "ruled").await;
    walk.then(&app.handler, json!({ "type": "sign_for" }), "signed_for").await;
    let days = json!({ "type": "ask_extension", "days": 3, "reason": "等沥青" });
    walk.then(&app.handler, days, "extension_asked").await;
    walk.then(&app.dispatcher, json!({ "type": "decide_extension", "approve": true }), "extension_decided")
        .await;
}

async fn until_it_is_closed(walk: &mut Walk, app: &People) {
    complete(walk, app, "已填平").await;
    let photo = walk.app.photo(Some(&app.handler)).await;
    let own = json!({ "type": "pass", "photos": [photo] });
    walk.app.tries(&app.handler, &walk.matter, own).await.is_problem(403, "not_allowed");
    let photo = walk.app.photo(Some(&app.grid_worker)).await;
    let fail = json!({ "type": "fail", "reason": "边上还空着", "photos": [photo] });
    walk.then(&app.grid_worker, fail, "failed").await;
    complete(walk, app, "已重新填平压实").await;
    pass(walk, &app.other_grid_worker).await;
    let without = walk.app.says(&walk.matter, "rate", json!({ "answer": "unhappy" })).await;
    without.is_problem(422, "words_missing");
    let unhappy = json!({ "answer": "unhappy", "words": "下雨又沉了" });
    walk.app.says(&walk.matter, "rate", unhappy).await.ok();
    walk.look("rated").await;
    complete(walk, app, "已换基层重做").await;
    pass(walk, &app.grid_worker).await;
    let call = json!({ "type": "call_back", "answer": "satisfied", "words": "来电：这次好了" });
    walk.then(&app.intake, call, "closed").await;
}

async fn complete(walk: &mut Walk, app: &People, words: &str) {
    let photo = walk.app.photo(Some(&app.handler)).await;
    let done = json!({ "type": "complete", "result": "done", "words": words, "photos": [photo] });
    walk.then(&app.handler, done, "completed").await;
    let follow = walk.app.follow(&walk.matter).await;
    assert_eq!(
        (&follow["reply"]["words"], &follow["reply"]["unit"]["id"]),
        (&json!(words), &json!("421321117.construction"))
    );
}

async fn pass(walk: &mut Walk, who: &Stay) {
    let photo = walk.app.photo(Some(who)).await;
    walk.then(who, json!({ "type": "pass", "words": NOTE, "photos": [photo] }), "passed").await;
}

/// Those whom the matter meets.
struct People {
    intake: Stay,
    dispatcher: Stay,
    handler: Stay,
    county: Stay,
    grid_worker: Stay,
    other_grid_worker: Stay,
}

async fn a_matter_through_all_hands(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let people = People {
        intake: app.sign_in("intake").await,
        dispatcher: app.sign_in("dispatcher").await,
        handler: app.sign_in("construction").await,
        county: app.sign_in("county_dispatcher").await,
        grid_worker: app.sign_in("grid_worker").await,
        other_grid_worker: app.sign_in("grid_worker_2").await,
    };
    let mut walk = Walk::begin(app).await;
    until_it_is_handled(&mut walk, &people).await;
    until_it_is_closed(&mut walk, &people).await;
    // The resident's own photo can be seen with the code.
    let follow = walk.app.follow(&walk.matter).await;
    let photo = follow["photos"][0]["id"].as_str().unwrap();
    let picture = walk.app.get(&format!("/api/v1/public/reports/{}/photos/{photo}", walk.matter.code)).await;
    assert_eq!((picture.status, picture.headers["content-type"].to_str().unwrap()), (200, "image/jpeg"));
    assert!(follow["reopen_until"].is_string() && follow["number"] == json!(walk.matter.number));
    let checked = walk.app.store.verify(|_| ()).await.unwrap();
    assert_eq!(checked.wrong, 0, "{:?}", checked.findings);
    insta::assert_snapshot!("what_the_resident_is_told", walk.told.join("\n"));
}

on_both!(a_matter_through_all_hands);
