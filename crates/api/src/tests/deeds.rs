//! What people do at the site: a resident who reports and follows, staff who send commands, and the usual way of a matter
//! to each stage.

use casework::{
    id::MatterId,
    matter::{Class, Matter, Stage},
};
use serde_json::{Value, json};

use super::{
    calls::{Answer, Stay, TestApp, command_id},
    place::VILLAGE,
};

/// A matter as its reporter knows it.
#[derive(Debug, Clone)]
pub(super) struct Reported {
    pub(super) id: MatterId,
    pub(super) code: String,
    pub(super) number: String,
}

impl Reported {
    /// What a receipt says.
    pub(super) fn of(receipt: &Value) -> Self {
        let text = |field: &str| receipt[field].as_str().unwrap().to_owned();
        Self { id: text("matter_id").parse().unwrap(), code: text("code"), number: text("number") }
    }
}

/// A resident's report of a class from the village.
pub(super) fn report(class: Class, words: &str) -> Value {
    json!({ "id": command_id(), "place": { "area": VILLAGE }, "words": words, "class": class })
}

impl TestApp {
    /// A resident reports.
    pub(super) async fn reported(&self, class: Class, words: &str) -> Reported {
        Reported::of(&self.post("/api/v1/public/reports", &report(class, words)).await.ok())
    }

    /// The matter as it stands.
    pub(super) async fn matter(&self, of: &Reported) -> Matter {
        self.store.matter(of.id).await.unwrap().matter
    }

    /// What the resident sees.
    pub(super) async fn follow(&self, of: &Reported) -> Value {
        self.get(&format!("/api/v1/public/reports/{}", of.code)).await.ok()
    }

    /// The resident says something.
    pub(super) async fn says(&self, of: &Reported, what: &str, mut body: Value) -> Answer {
        body["id"] = command_id().into();
        self.post(&format!("/api/v1/public/reports/{}/{what}", of.code), &body).await
    }

    /// A member of staff sends a command, based on the version that stands.
    pub(super) async fn tries(&self, who: &Stay, of: &Reported, command: Value) -> Answer {
        let version = self.matter(of).await.version;
        let body = json!({ "id": command_id(), "base_version": version, "command": command });
        self.post_as(who, &format!("/api/v1/matters/{}/commands", of.id), &body).await
    }

    /// The same, and nobody refuses.
    pub(super) async fn does(&self, who: &Stay, of: &Reported, command: Value) -> Value {
        let asked = command.to_string();
        let answer = self.tries(who, of, command).await;
        assert_eq!(answer.status, 200, "{asked}: {}", answer.json);
        answer.json
    }
}

/// The people who bring a matter to its stages.
pub(super) struct Hands {
    pub(super) intake: Stay,
    pub(super) dispatcher: Stay,
    pub(super) handler: Stay,
    pub(super) grid_worker: Stay,
}

impl Hands {
    pub(super) async fn at(app: &TestApp) -> Self {
        Self {
            intake: app.sign_in("intake").await,
            dispatcher: app.sign_in("dispatcher").await,
            handler: app.sign_in("construction").await,
            grid_worker: app.sign_in("grid_worker").await,
        }
    }

    /// Brings a reported matter to a stage by the usual way; `mediating` takes disputes only.
    pub(super) async fn bring(&self, app: &TestApp, of: &Reported, stage: Stage) {
        match stage {
            Stage::Reported => {}
            Stage::AwaitingReporter => {
                app.does(&self.intake, of, json!({ "type": "ask", "words": "在哪一户？" })).await;
            }
            Stage::Screening => {
                app.does(&self.intake, of, json!({ "type": "admit" })).await;
            }
            Stage::Dispatched => {
                self.before(app, of, Stage::Screening).await;
                self.dispatch(app, of).await;
            }
            Stage::AwaitingRuling => {
                self.before(app, of, Stage::Dispatched).await;
                let back = json!({ "type": "return", "basis": "not_our_duty", "reason": "清单第 3 条" });
                app.does(&self.handler, of, back).await;
                self.dispatch(app, of).await;
                app.does(&self.handler, of, json!({ "type": "object", "reason": "清单第 3 条" })).await;
            }
            Stage::Handling => {
                self.before(app, of, Stage::Dispatched).await;
                app.does(&self.handler, of, json!({ "type": "sign_for" })).await;
            }
            Stage::Mediating => {
                self.before(app, of, Stage::Screening).await;
                let open = json!({ "type": "open_mediation", "unit": "421321117.mediation" });
                app.does(&self.dispatcher, of, open).await;
            }
            Stage::Verifying => {
                self.before(app, of, Stage::Handling).await;
                self.complete(app, of).await;
            }
            Stage::FollowUp => {
                self.before(app, of, Stage::Verifying).await;
                self.verified(app, of).await;
            }
            Stage::Closed => {
                self.before(app, of, Stage::FollowUp).await;
                app.does(&self.intake, of, json!({ "type": "call_back", "answer": "satisfied" })).await;
            }
        }
        assert_eq!(app.matter(of).await.stage, stage);
    }

    async fn before(&self, app: &TestApp, of: &Reported, stage: Stage) {
        Box::pin(self.bring(app, of, stage)).await;
    }

    async fn dispatch(&self, app: &TestApp, of: &Reported) {
        let to = json!({ "type": "dispatch", "unit": "421321117.construction", "co_units": [{ "unit": "421321117.urban", "days": 3 }] });
        app.does(&self.dispatcher, of, to).await;
    }

    async fn complete(&self, app: &TestApp, of: &Reported) {
        let helper = app.sign_in("urban").await;
        app.does(&helper, of, json!({ "type": "co_answer", "words": "已配合" })).await;
        let photo = app.photo(Some(&self.handler)).await;
        let done = json!({ "type": "complete", "result": "done", "words": "已经修好", "photos": [photo] });
        app.does(&self.handler, of, done).await;
    }

    async fn verified(&self, app: &TestApp, of: &Reported) {
        match app.matter(of).await.class {
            Class::Hazard | Class::Environment => {
                let photo = app.photo(Some(&self.grid_worker)).await;
                app.does(&self.grid_worker, of, json!({ "type": "pass", "photos": [photo] })).await;
            }
            Class::Dispute => {
                app.does(&self.intake, of, json!({ "type": "pass", "words": "双方都同意" })).await;
            }
            Class::Service | Class::Petition => {
                app.does(&self.intake, of, json!({ "type": "call_back", "answer": "no_answer" })).await;
            }
            Class::Suggestion | Class::Enquiry => {}
        }
    }
}
