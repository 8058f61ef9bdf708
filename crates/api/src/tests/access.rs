//! Every cell of stage × command × role × relation, tried over HTTP by an account that stands in exactly that relation to a real
//! matter. What the table forbids is refused and leaves no trace; what it allows is among what the page offers.
//!
//! One account wanders: its grant is replaced for each role and relation. Parties have no account and act on their own pages.

pub(super) mod matters;
pub(super) mod samples;

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderValue, Method},
};
use casework::{
    access::{self, Part, Relation},
    actor::{Grant, Role, Staff},
    id::MatterId,
    matter::{CommandKind, Matter, Stage},
    site::Site,
};
use serde_json::{Value, json};
use store::keys::Signing;
use tokio::task::JoinSet;

use self::{matters::Kept, samples::sample};
use super::{
    calls::{Answer, Stay, TestApp, command_id},
    place,
};
use crate::public::mediations::PHONE_HEADER;

/// Requests under way at once.
const AT_ONCE: usize = 64;

/// The wanderer in one role and standing, before one matter.
#[derive(Clone)]
struct Before {
    staff: Staff,
    grant: Grant,
    matter: Matter,
    /// The matter that joining commands name.
    other: Matter,
    held: Vec<Relation>,
}

/// What must come of a command.
#[derive(Debug, PartialEq, Eq)]
enum Due {
    Refused(u16, &'static str),
    Offered,
}

impl Before {
    fn new(staff: &Staff, matter: &Matter, other: &Matter, site: &Site) -> Self {
        let grant = staff.grants[0].clone();
        let held = access::relations(matter, staff.account, &grant, site);
        Self { staff: staff.clone(), held, matter: matter.clone(), other: other.clone(), grant }
    }

    /// What the table says of a command, worked out here anew.
    fn due(&self, command: CommandKind, site: &Site) -> Due {
        let may = |stage| {
            self.held.iter().any(|of| access::allows(stage, command, Part::Staff(self.grant.role), *of))
        };
        let joins = matches!(command, CommandKind::Merge | CommandKind::Link | CommandKind::Absorb);
        if !access::may_read(&self.matter, &self.staff, site) {
            Due::Refused(404, "not_found")
        } else if joins && !access::may_read(&self.other, &self.staff, site) {
            Due::Refused(422, "unknown_matter")
        } else if !may(self.matter.stage) {
            let elsewhere = Stage::ALL.iter().any(|stage| may(*stage));
            if elsewhere { Due::Refused(422, "not_in_this_stage") } else { Due::Refused(403, "not_allowed") }
        } else if access::judges(command) && self.held.contains(&Relation::DidTheWork) {
            Due::Refused(403, "did_the_work")
        } else {
            Due::Offered
        }
    }

    fn cell(&self, command: CommandKind) -> String {
        let held: Vec<_> = self.held.iter().map(|relation| relation.as_str()).collect();
        format!("{} × {command} × {} × [{}]", self.matter.stage, self.grant.role, held.join(" "))
    }
}

/// What was tried.
#[derive(Default)]
struct Tried {
    refused: usize,
    offered: usize,
    /// Stage and relation, as far as they can come together in a real life.
    met: BTreeSet<(Relation, Stage)>,
}

/// The test at work.
struct Cells {
    app: Arc<TestApp>,
    site: Arc<Site>,
    tried: Tried,
}

impl Cells {
    /// One role in one standing before every matter of some families.
    async fn stand(&mut self, families: &[&Kept], role: Role, unit: &str, area: &str) {
        let (staff, stay) = matters::wander(&self.app, role, unit, area).await;
        let pairs = families.iter().flat_map(|family| family.pairs());
        let before: Vec<Before> =
            pairs.map(|(matter, other)| Before::new(&staff, matter, other, &self.site)).collect();
        for before in &before {
            let nothing = before.held.is_empty().then_some(Relation::Nothing);
            let met = before.held.iter().copied().chain(nothing);
            self.tried.met.extend(met.map(|relation| (relation, before.matter.stage)));
        }
        let events = self.app.store.head().await.unwrap();
        self.try_what_is_forbidden(&stay, &before).await;
        for before in &before {
            self.see_what_is_offered(&stay, before).await;
        }
        assert_eq!(self.app.store.head().await.unwrap(), events, "{role} of {unit}: a refusal left a trace");
    }

    /// The first party of a mediation, on its own page.
    async fn stand_as_party(&mut self, matter: &Matter) {
        self.tried.met.insert((Relation::Party, matter.stage));
        let events = self.app.store.head().await.unwrap();
        let path = format!("/api/v1/public/mediations/{}", self.app.store.party_code(matter.id, 1, 0));
        let asks = |method, path: &str, body| {
            let mut request = TestApp::request(method, path, None, body);
            request.headers_mut().insert(PHONE_HEADER, HeaderValue::from_static("1357"));
            self.app.send(request)
        };
        let page = asks(Method::GET, &path, None).await.ok();
        let signing = Signing::of(matter, 1, 1)
            .map(|signing| self.app.store.one_time_code(&signing, place::at("2024-03-04T09:00")).0);
        for command in CommandKind::ALL {
            let cell = format!("{} × {command} × party", matter.stage);
            let may = |stage| access::allows(stage, *command, Part::Party, Relation::Party);
            let can = page["can"].as_array().unwrap().contains(&json!(command));
            let cannot = page["cannot"].as_array().unwrap().iter().find(|c| c["command"] == json!(command));
            let code = cannot.map(|refused| refused["code"].as_str().unwrap());
            if may(matter.stage) {
                self.tried.offered += 1;
                let by_rights = matches!(code, Some("not_allowed" | "not_in_this_stage"));
                assert!(can || (code.is_some() && !by_rights), "{cell} is allowed: {code:?}");
                continue;
            }
            assert!(!can, "{cell} is forbidden");
            self.tried.refused += 1;
            let elsewhere = Stage::ALL.iter().any(|stage| may(*stage));
            let due = if elsewhere { (422, "not_in_this_stage") } else { (403, "not_allowed") };
            let body = json!({ "id": command_id(), "command": sample(*command, matter.id), "one_time_code": signing });
            let body = ("application/json", Body::from(body.to_string()));
            let answer = asks(Method::POST, &format!("{path}/commands"), Some(body)).await;
            let is = (answer.status, answer.json["code"].as_str());
            assert_eq!(is, (due.0, Some(due.1)), "{cell} is forbidden: {}", answer.json);
        }
        assert_eq!(self.app.store.head().await.unwrap(), events, "a refusal left a trace");
    }

    async fn try_what_is_forbidden(&mut self, stay: &Stay, before: &[Before]) {
        let mut under_way: JoinSet<()> = JoinSet::new();
        for before in before {
            for command in CommandKind::ALL {
                let Due::Refused(status, code) = before.due(*command, &self.site) else { continue };
                self.tried.refused += 1;
                let (app, stay, cell) = (self.app.clone(), stay.clone(), before.cell(*command));
                let (id, version) = (before.matter.id, before.matter.version);
                let command = sample(*command, before.other.id);
                under_way.spawn(async move {
                    let answer = tries(&app, &stay, id, version, command).await;
                    let is = (answer.status, answer.json["code"].as_str());
                    assert_eq!(is, (status, Some(code)), "{cell} is forbidden: {}", answer.json);
                });
                if under_way.len() >= AT_ONCE {
                    under_way.join_next().await.unwrap().unwrap();
                }
            }
        }
        while let Some(done) = under_way.join_next().await {
            done.unwrap();
        }
    }

    /// The page names what is allowed, and refuses nothing of it for want of rights.
    async fn see_what_is_offered(&mut self, stay: &Stay, before: &Before) {
        let page = self.app.get_as(stay, &format!("/api/v1/matters/{}", before.matter.id)).await;
        if !access::may_read(&before.matter, &before.staff, &self.site) {
            page.is_problem(404, "not_found");
            return;
        }
        let page = page.ok();
        for command in CommandKind::ALL.iter().filter(|command| !command.is_of_the_system()) {
            // The other matter is not named here.
            let named = Before { other: before.matter.clone(), ..before.clone() };
            let due = named.due(*command, &self.site);
            let cell = before.cell(*command);
            let allowed = page["allowed_commands"].as_array().unwrap().contains(&json!(command));
            let refused =
                page["refused_commands"].as_array().unwrap().iter().find(|r| r["command"] == json!(command));
            let code = refused.map(|refused| refused["code"].as_str().unwrap());
            match due {
                Due::Offered => {
                    self.tried.offered += 1;
                    let by_rights = matches!(code, Some("not_allowed" | "complained_about" | "did_the_work"));
                    assert!(allowed || (code.is_some() && !by_rights), "{cell} is allowed: {code:?}");
                }
                Due::Refused(_, "not_allowed") => {
                    assert!(!allowed && code.is_none(), "{cell} is not allowed: {code:?}")
                }
                Due::Refused(_, why) => {
                    assert!(!allowed && code == Some(why), "{cell} is refused with {why}: {code:?}")
                }
            }
        }
    }
}

async fn tries(app: &TestApp, stay: &Stay, id: MatterId, version: u32, command: Value) -> Answer {
    let body = json!({ "id": command_id(), "base_version": version, "command": command });
    app.post_as(stay, &format!("/api/v1/matters/{id}/commands"), &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cell_that_the_table_forbids_is_refused_over_http() {
    let app = Arc::new(TestApp::new().await);
    let kept = matters::keep(&app).await;
    let mut cells = Cells { site: app.store.site(), app, tried: Tried::default() };
    for role in Role::ALL {
        for (unit, area, families) in kept.standings() {
            cells.stand(&families, *role, unit, area).await;
        }
    }
    for (_, matter) in kept.with_parties() {
        cells.stand_as_party(matter).await;
    }
    let Tried { refused, offered, met } = cells.tried;
    assert!(
        refused > 20_000 && offered > 500,
        "{refused} cells refused, {offered} offered: too little is tried"
    );
    let met: Vec<_> = Relation::ALL
        .iter()
        .map(|relation| {
            let stages = Stage::ALL.iter().filter(|stage| met.contains(&(*relation, **stage)));
            format!("{relation}: {}", stages.map(|stage| stage.as_str()).collect::<Vec<_>>().join(" "))
        })
        .collect();
    // A relation that is missing in a stage cannot come about there; the rules are tried on it in `casework`.
    insta::assert_snapshot!("stages_in_which_a_relation_was_tried", met.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_the_code_may_do_what_the_table_says_and_nothing_else() {
    let app = TestApp::new().await;
    let kept = matters::keep(&app).await;
    for (of, matter) in kept.residents() {
        let follow = app.follow(of).await;
        for command in CommandKind::ALL {
            let cell = format!("{} × {command} × reporter", matter.stage);
            let allowed = access::allows(matter.stage, *command, Part::Reporter, Relation::Reporter);
            if allowed {
                let can = follow["can"].as_array().unwrap().contains(&json!(command));
                let cannot =
                    follow["cannot"].as_array().unwrap().iter().any(|c| c["command"] == json!(command));
                assert!(can || cannot, "{cell} is allowed");
                continue;
            }
            let door = matches!(
                command,
                CommandKind::Supply
                    | CommandKind::Urge
                    | CommandKind::Rate
                    | CommandKind::Reopen
                    | CommandKind::Withdraw
            );
            let answer =
                app.says(of, command.as_str(), json!({ "words": "说明", "answer": "satisfied" })).await;
            if door {
                answer.is_problem(422, "not_in_this_stage");
            } else {
                answer.is_problem(404, "not_found");
            }
        }
        assert_eq!(app.matter(of).await.version, matter.version);
    }
}
