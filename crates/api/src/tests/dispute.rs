//! A dispute before a committee: its parties with their phones, its mediators, and the moves that all the tests need.

use axum::{
    body::Body,
    http::{HeaderValue, Method},
};
use casework::{
    actor::{Actor, Role},
    id::AccountId,
    matter::Class,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::NewCommand;

use crate::{
    public::mediations::PHONE_HEADER,
    tests::{
        calls::{Answer, Stay, TestApp, command_id, encoded},
        database::Database,
        deeds::{Hands, Reported},
        place::{self, TOWN},
    },
};

/// The committee.
pub(super) const COMMITTEE: &str = "421321117.mediation";
/// The last digits of the phones of party 1 and 2.
pub(super) const DIGITS: [&str; 2] = ["1357", "2468"];
/// The second mediator of the committee.
const COLLEAGUE: u128 = 0xC0DE;

/// Two made-up parties.
pub(super) fn parties() -> Value {
    json!([
        { "side": "applicant", "name": "甲某某", "phone": "138 7222 1357", "address": "三组东头" },
        { "side": "respondent", "name": "乙某某", "phone": "13987262468" },
    ])
}

/// A dispute with its people.
pub(super) struct Dispute {
    pub(super) app: TestApp,
    pub(super) of: Reported,
    pub(super) hands: Hands,
    pub(super) mediator: Stay,
    pub(super) colleague: Stay,
}

impl Dispute {
    /// Reported by a resident, admitted under a category and before the committee; nothing when the database is not there.
    pub(super) async fn opened(database: Database, category: &str) -> Option<Self> {
        let app = TestApp::on(database).await?;
        let grants = vec![place::grant(Role::Mediator, COMMITTEE, TOWN)];
        let colleague = place::account(COLLEAGUE, "colleague", grants);
        app.store.add_accounts(&[colleague], place::at("2024-03-04T09:00")).await.unwrap();
        let hands = Hands::at(&app).await;
        let of = Self::before_the_committee(&app, &hands, category).await;
        let (mediator, colleague) = (app.sign_in("mediation").await, app.sign_in("colleague").await);
        Some(Self { app, of, hands, mediator, colleague })
    }

    /// Another one before the same committee.
    pub(super) async fn before_the_committee(app: &TestApp, hands: &Hands, category: &str) -> Reported {
        let of = app.reported(Class::Dispute, "隔壁改了排水沟，水都淌到我家来").await;
        app.does(&hands.intake, &of, json!({ "type": "admit", "category": category })).await;
        app.does(&hands.dispatcher, &of, json!({ "type": "open_mediation", "unit": COMMITTEE })).await;
        of
    }

    /// Taken on by the mediator, with both parties.
    pub(super) async fn accepted(database: Database, category: &str) -> Option<Self> {
        let dispute = Self::opened(database, category).await?;
        let accept = json!({ "type": "accept_mediation", "origin": "application", "parties": parties() });
        dispute.mediates(accept).await;
        Some(dispute)
    }

    /// Both parties consented and said that there is no violence, each on its own phone.
    pub(super) async fn consented(database: Database, category: &str) -> Option<Self> {
        let dispute = Self::accepted(database, category).await?;
        for no in [1, 2] {
            dispute.says(no, json!({ "type": "consent" })).await;
            dispute.says(no, json!({ "type": "answer_safety", "violence": false })).await;
        }
        Some(dispute)
    }

    /// What the mediator's list says of the mediation; it names its mediator and no party.
    pub(super) async fn line(&self) -> Value {
        let rows = self.app.get_as(&self.mediator, "/api/v1/matters").await.ok()["items"].clone();
        let of = |row: &&Value| row["id"] == json!(self.of.id);
        let line = rows.as_array().unwrap().iter().find(of).unwrap()["mediating"].clone();
        let account = self.app.store.account_named("mediation").await.unwrap().unwrap().account.id;
        assert_eq!(line["mediator"], json!(account));
        assert!(!line.to_string().contains("某某"), "{line}");
        line
    }

    /// The same people later; they sign in anew.
    pub(super) async fn later(self, local: &str) -> Self {
        let Self { app, of, .. } = self;
        let app = app.later(local);
        let hands = Hands::at(&app).await;
        let (mediator, colleague) = (app.sign_in("mediation").await, app.sign_in("colleague").await);
        let dispute = Self { app, of, hands, mediator, colleague };
        dispute.clocks_ring(place::at(local)).await;
        dispute
    }

    /// What the clocks wake, as the job does it.
    async fn clocks_ring(&self, now: Timestamp) {
        let store = &self.app.store;
        for _ in 0..20 {
            let waking = store.waking(now, 100).await.unwrap();
            if waking.is_empty() {
                return;
            }
            for matter in waking {
                let row = store.matter(matter).await.unwrap().matter;
                let wake = row.wake(&store.site()).unwrap();
                let id = store.wake_id(matter, row.version);
                let (actor, base_version) = (Actor::System, Some(row.version));
                let new = NewCommand { id, actor, now, matter, base_version, command: wake.command };
                store.command(new).await.unwrap();
            }
        }
        panic!("the clocks ring without end");
    }

    /// The mediator does something.
    pub(super) async fn mediates(&self, command: Value) -> Value {
        self.app.does(&self.mediator, &self.of, command).await
    }

    /// The colleague's account.
    pub(super) fn colleague_account() -> AccountId {
        AccountId(uuid::Uuid::from_u128(COLLEAGUE))
    }

    /// How a party is reached, as somebody reads it.
    pub(super) async fn party(&self, who: &Stay, no: u8, purpose: &str) -> Answer {
        let path = format!("/api/v1/matters/{}/parties/{no}?purpose={}", self.of.id, encoded(purpose));
        self.app.get_as(who, &path).await
    }

    /// The access code of a party, as the one who mediates hands it out.
    pub(super) async fn code(&self, no: u8) -> String {
        for who in [&self.mediator, &self.colleague] {
            let answer = self.party(who, no, "送达进度码").await;
            if let Some(code) = answer.json["code"].as_str().filter(|_| answer.status == 200) {
                return code.to_owned();
            }
        }
        panic!("nobody of the committee gives the code of party {no}");
    }

    /// A party's page, asked for with some digits.
    pub(super) async fn opens(&self, code: &str, digits: &str) -> Answer {
        let path = format!("/api/v1/public/mediations/{code}");
        let mut request = TestApp::request(Method::GET, &path, None, None);
        request.headers_mut().insert(PHONE_HEADER, HeaderValue::from_str(digits).unwrap());
        self.app.send(request).await
    }

    /// A party's page.
    pub(super) async fn page(&self, no: u8) -> Value {
        self.opens(&self.code(no).await, DIGITS[usize::from(no) - 1]).await.ok()
    }

    /// Somebody with a code and digits sends a command, with a one-time code when it is one to sign.
    pub(super) async fn sends(
        &self,
        code: &str,
        digits: &str,
        command: Value,
        signing: Option<&str>,
    ) -> Answer {
        let body = json!({ "id": command_id(), "command": command, "one_time_code": signing });
        self.posts(code, digits, &body).await
    }

    /// The bytes that a party's phone sends, once or again.
    pub(super) async fn posts(&self, code: &str, digits: &str, body: &Value) -> Answer {
        let body = ("application/json", Body::from(body.to_string()));
        let path = format!("/api/v1/public/mediations/{code}/commands");
        let mut request = TestApp::request(Method::POST, &path, None, Some(body));
        request.headers_mut().insert(PHONE_HEADER, HeaderValue::from_str(digits).unwrap());
        self.app.send(request).await
    }

    /// A party does something on its page.
    pub(super) async fn tries(&self, no: u8, command: Value) -> Answer {
        self.sends(&self.code(no).await, DIGITS[usize::from(no) - 1], command, None).await
    }

    /// The same, and nobody refuses.
    pub(super) async fn says(&self, no: u8, command: Value) -> Value {
        self.tries(no, command).await.ok()
    }

    /// The code for signing, as somebody asks for it.
    pub(super) async fn one_time_code(&self, who: &Stay, no: u8) -> Answer {
        let path = format!("/api/v1/matters/{}/parties/{no}/one-time-code", self.of.id);
        self.app.get_as(who, &path).await
    }

    /// A party signs on its phone with the code that the mediator gave to it.
    pub(super) async fn signs(&self, who: &Stay, no: u8, version: u8) -> Answer {
        let once = self.one_time_code(who, no).await.ok();
        let command = json!({ "type": "sign", "version": version });
        let code = self.code(no).await;
        self.sends(&code, DIGITS[usize::from(no) - 1], command, once["code"].as_str()).await
    }

    /// The matter's page of a member of staff.
    pub(super) async fn desk(&self, who: &Stay) -> Value {
        self.app.get_as(who, &format!("/api/v1/matters/{}", self.of.id)).await.ok()
    }

    /// The last event, as the mediator's desk tells it.
    pub(super) async fn last_event(&self, who: &Stay) -> String {
        let desk = self.desk(who).await;
        desk["timeline"].as_array().unwrap().last().unwrap()["event"].as_str().unwrap().to_owned()
    }

    /// The record is sound.
    pub(super) async fn is_sound(&self) {
        let checked = self.app.store.verify(|_| ()).await.unwrap();
        assert_eq!(checked.wrong, 0, "{:?}", checked.findings);
    }
}
