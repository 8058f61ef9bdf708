//! The matters of the access test: families fixed in every stage, and the account that wanders before them.

use casework::{
    actor::{Role, Staff},
    matter::{Class, Matter, Stage},
};
use serde_json::json;

use crate::tests::{
    calls::{Stay, TestApp, command_id},
    deeds::{Hands, Reported},
    place::{self, OTHER_TOWN, TOWN, VILLAGE},
};

/// The account that wanders.
const WANDERER: u128 = 0xAAAA;
/// A unit that has to do with none of the matters.
const ELSEWHERE: &str = "421321118.construction";

/// Matters of one make, each in a stage of its own.
pub(in crate::tests) struct Kept(Vec<(Reported, Matter)>);

impl Kept {
    /// Each matter with another one of the family.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Matter, &Matter)> {
        self.0.iter().enumerate().map(|(index, (_, matter))| {
            let next = &self.0[(index + 1) % self.0.len()].1;
            (matter, next)
        })
    }
}

/// All families.
pub(in crate::tests) struct AllKept {
    /// Reported by residents, of the class service, disputes when mediated.
    plain: Kept,
    /// Verified at the place.
    hazards: Kept,
    /// Recorded by the wanderer.
    own: Kept,
    /// About the county's water bureau.
    complaints: Kept,
    /// With the city's centre, which rules on objections itself.
    city: Kept,
    /// Settled by the wanderer.
    settled: Kept,
    /// Disputes that the wanderer mediates, wherever they have gone since.
    mediated: Kept,
    /// One that the town's committee handed over to the justice office.
    handed_over: Kept,
}

impl AllKept {
    /// Where the wanderer stands, unit and area, and before which families.
    pub(super) fn standings(&self) -> [(&'static str, &'static str, Vec<&Kept>); 10] {
        [
            (ELSEWHERE, OTHER_TOWN, vec![&self.plain, &self.own, &self.settled]),
            (ELSEWHERE, VILLAGE, vec![&self.plain, &self.hazards, &self.settled]),
            ("421321117.construction", OTHER_TOWN, vec![&self.plain]),
            ("421321117.mediation", OTHER_TOWN, vec![&self.plain, &self.mediated]),
            ("421321117.justice", OTHER_TOWN, vec![&self.handed_over]),
            ("421321117.urban", OTHER_TOWN, vec![&self.plain]),
            ("421321117.centre", OTHER_TOWN, vec![&self.plain, &self.complaints, &self.settled]),
            ("421321.centre", OTHER_TOWN, vec![&self.plain]),
            ("4213.centre", OTHER_TOWN, vec![&self.city]),
            ("421321.water", VILLAGE, vec![&self.complaints]),
        ]
    }

    /// Every matter.
    pub(in crate::tests) fn all(&self) -> impl Iterator<Item = &(Reported, Matter)> {
        let families = [&self.plain, &self.hazards, &self.own, &self.complaints, &self.city, &self.settled];
        let families = families.into_iter().chain([&self.mediated, &self.handed_over]);
        families.flat_map(|family| &family.0)
    }

    /// Disputes with parties; the phone of the first ends with 1357.
    pub(super) fn with_parties(&self) -> impl Iterator<Item = &(Reported, Matter)> {
        self.mediated.0.iter().chain(&self.handed_over.0)
    }

    /// What residents reported.
    pub(in crate::tests) fn residents(&self) -> impl Iterator<Item = &(Reported, Matter)> {
        self.plain.0.iter().chain(&self.hazards.0)
    }
}

/// Gives the wanderer one grant and no other; it signs in anew, because its former stay ends with its former grant.
pub(super) async fn wander(app: &TestApp, role: Role, unit: &str, area: &str) -> (Staff, Stay) {
    let account = place::account(WANDERER, "wanderer", vec![place::grant(role, unit, area)]);
    let staff = Staff { account: account.id, grants: account.grants.clone() };
    app.store.add_accounts(&[account], place::at("2024-03-04T09:00")).await.unwrap();
    (staff, app.sign_in("wanderer").await)
}

/// Makes every family.
pub(in crate::tests) async fn keep(app: &TestApp) -> AllKept {
    let hands = Hands::at(app).await;
    let mediated = mediated(app, &hands).await;
    let (_, wanderer) = wander(app, Role::VillageLead, "421321117204.centre", VILLAGE).await;
    AllKept {
        mediated,
        handed_over: handed_over(app, &hands).await,
        plain: family(app, &hands, Class::Service, None).await,
        hazards: family(app, &hands, Class::Hazard, None).await,
        own: family(app, &hands, Class::Service, Some(&wanderer)).await,
        complaints: complaints(app, &hands).await,
        city: city(app, &hands).await,
        settled: settled(app, &hands, &wanderer).await,
    }
}

/// One matter in each stage, recorded by somebody or reported by residents.
async fn family(app: &TestApp, hands: &Hands, class: Class, recorder: Option<&Stay>) -> Kept {
    let mut kept = Vec::new();
    for stage in Stage::ALL {
        let class = if *stage == Stage::Mediating { Class::Dispute } else { class };
        let of = match recorder {
            None => app.reported(class, "村口有一处问题").await,
            Some(stay) => recorded(app, stay, class).await,
        };
        hands.bring(app, &of, *stage).await;
        kept.push((of.clone(), app.matter(&of).await));
    }
    Kept(kept)
}

async fn recorded(app: &TestApp, by: &Stay, class: Class) -> Reported {
    let report = json!({ "id": command_id(), "source": "grid_worker", "place": { "area": VILLAGE }, "words": "巡查时发现", "class": class });
    Reported::of(&app.post_as(by, "/api/v1/matters", &report).await.ok())
}

async fn complaints(app: &TestApp, hands: &Hands) -> Kept {
    let mut kept = Vec::new();
    for stage in Stage::ALL {
        let class = if *stage == Stage::Mediating { Class::Dispute } else { Class::Petition };
        let of = app.reported(class, "水利部门不作为").await;
        let about = json!({ "type": "reclassify", "class": class, "about_unit": "421321.water", "reason": "投诉水利局" });
        app.does(&hands.intake, &of, about).await;
        hands.bring(app, &of, *stage).await;
        kept.push((of.clone(), app.matter(&of).await));
    }
    Kept(kept)
}

/// Escalated to the city, returned and objected to there.
async fn city(app: &TestApp, hands: &Hands) -> Kept {
    let (county, city) = (app.sign_in("county_dispatcher").await, app.sign_in("city_dispatcher").await);
    let handler = app.sign_in("county_construction").await;
    let dispatch = || json!({ "type": "dispatch", "unit": "421321.construction" });
    let mut kept = Vec::new();
    for ruled in [false, true] {
        let of = app.reported(Class::Service, "跨县的事").await;
        hands.bring(app, &of, Stage::Screening).await;
        for dispatcher in [&hands.dispatcher, &county] {
            app.does(dispatcher, &of, json!({ "type": "escalate", "reason": "跨县" })).await;
        }
        if ruled {
            app.does(&city, &of, dispatch()).await;
            app.does(&handler, &of, json!({ "type": "return", "basis": "not_our_duty", "reason": "清单" }))
                .await;
            app.does(&city, &of, dispatch()).await;
            app.does(&handler, &of, json!({ "type": "object", "reason": "清单" })).await;
        }
        kept.push((of.clone(), app.matter(&of).await));
    }
    Kept(kept)
}

/// Settled on the spot by the wanderer, then where that leads.
async fn settled(app: &TestApp, hands: &Hands, wanderer: &Stay) -> Kept {
    let mut kept = Vec::new();
    for stage in [Stage::Verifying, Stage::FollowUp, Stage::Closed, Stage::Screening] {
        let of = app.reported(Class::Hazard, "路边有倒树").await;
        let photo = app.photo(Some(wanderer)).await;
        app.does(wanderer, &of, json!({ "type": "settle", "words": "已清走", "photos": [photo] })).await;
        let photo = app.photo(Some(&hands.grid_worker)).await;
        if stage == Stage::Screening {
            app.does(&hands.grid_worker, &of, json!({ "type": "fail", "reason": "还在", "photos": [photo] }))
                .await;
        } else if stage != Stage::Verifying {
            app.does(&hands.grid_worker, &of, json!({ "type": "pass", "photos": [photo] })).await;
        }
        if stage == Stage::Closed {
            app.does(&hands.intake, &of, json!({ "type": "call_back", "answer": "satisfied" })).await;
        }
        kept.push((of.clone(), app.matter(&of).await));
    }
    Kept(kept)
}

/// Taken on by somebody of the town's committee, with two parties who said how things are with them.
async fn taken_on(app: &TestApp, hands: &Hands, mediator: &Stay) -> Reported {
    let of = app.reported(Class::Dispute, "隔壁改了排水沟").await;
    hands.bring(app, &of, Stage::Mediating).await;
    let parties = json!([
        { "side": "applicant", "name": "甲某", "phone": "13800001357" },
        { "side": "respondent", "name": "乙某" },
    ]);
    let safe = |no: u8| json!({ "type": "answer_safety", "party": no, "violence": false });
    for command in [
        json!({ "type": "accept_mediation", "origin": "application", "parties": parties }),
        json!({ "type": "record_consent", "parties": [1, 2], "way": "spoken", "rights": "spoken" }),
        safe(1),
        safe(2),
    ] {
        app.does(mediator, &of, command).await;
    }
    of
}

/// Mediated by the wanderer: talks, and what an agreement leads to.
async fn mediated(app: &TestApp, hands: &Hands) -> Kept {
    let (_, wanderer) = wander(app, Role::Mediator, "421321117.mediation", TOWN).await;
    let clauses = json!([{ "by": 1, "words": "挪围栏", "due_on": "2024-03-20" }]);
    let mut kept = Vec::new();
    for stage in [Stage::Mediating, Stage::Verifying, Stage::FollowUp, Stage::Closed] {
        let of = taken_on(app, hands, &wanderer).await;
        if stage != Stage::Mediating {
            let held = json!({ "type": "hold_session", "minutes": 1, "form": "together", "present": [1, 2], "words": "谈过" });
            app.does(&wanderer, &of, held).await;
            app.does(&wanderer, &of, json!({ "type": "agree_orally", "facts": "经过", "clauses": clauses }))
                .await;
        }
        if matches!(stage, Stage::FollowUp | Stage::Closed) {
            app.does(&hands.intake, &of, json!({ "type": "pass", "words": "双方都同意" })).await;
        }
        if stage == Stage::Closed {
            app.does(&hands.intake, &of, json!({ "type": "call_back", "answer": "satisfied" })).await;
        }
        assert_eq!(app.matter(&of).await.stage, stage);
        kept.push((of.clone(), app.matter(&of).await));
    }
    Kept(kept)
}

/// Sent to the justice office, and taken by it.
async fn handed_over(app: &TestApp, hands: &Hands) -> Kept {
    let (mediator, there) = (app.sign_in("mediation").await, app.sign_in("justice").await);
    let mut kept = Vec::new();
    for taken in [false, true] {
        let of = taken_on(app, hands, &mediator).await;
        let over = json!({ "type": "hand_over", "channel": "administrative", "unit": "421321117.justice", "words": "请行政调解" });
        app.does(&mediator, &of, over).await;
        if taken {
            app.does(&there, &of, json!({ "type": "answer_hand_over", "accept": true, "words": "收到" }))
                .await;
        }
        kept.push((of.clone(), app.matter(&of).await));
    }
    Kept(kept)
}
