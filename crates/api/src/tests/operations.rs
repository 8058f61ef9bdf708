//! The ratchet: every operation of the document stands in a table that says who may call it, and is called by every role and by
//! nobody. A new operation without its line fails here.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use casework::{
    access::talk_days::{TalkDeed, allows},
    actor::Role,
    matter::{Class, Stage},
    talk_day::TalkState,
};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use super::{
    calls::{Stay, TestApp, command_id},
    deeds::{Hands, Reported, report},
    place::VILLAGE,
    registers,
};
use crate::{openapi, session::COOKIE};

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    /// Everybody; no sign-in is looked at.
    Anybody,
    /// Everybody who has signed in.
    SignedIn,
    /// Roles that read matters; administrators do not (三员分立).
    Readers,
    /// Those who may read the matter; for all others it does not exist.
    ReadersOfTheMatter,
    /// The committee that mediates. The sample is not mediated: for everybody there is no party and no dossier (`dossier.rs` has one that is).
    Committee,
    /// Roles through whose doors matters come in.
    Recorders,
    /// The director of the centre whose area it is.
    Keepers,
    /// Roles that the table of talk days names for it.
    Talkers(TalkDeed),
    /// Those who may read the talk day; for all others it does not exist.
    ReadersOfTheTalkDay,
}

/// The table. Public operations first.
const TABLE: [(&str, &str, Gate); 72] = [
    ("GET", "/health", Gate::Anybody),
    ("GET", "/api/v1/site", Gate::Anybody),
    ("GET", "/api/v1/catalogue", Gate::Anybody),
    ("GET", "/api/v1/areas", Gate::Anybody),
    ("GET", "/api/v1/areas/at", Gate::Anybody),
    ("GET", "/api/v1/areas/shapes", Gate::Anybody),
    ("GET", "/api/v1/areas/{code}", Gate::Anybody),
    ("GET", "/api/v1/public/areas/{code}/talk-days", Gate::Anybody),
    ("GET", "/api/v1/public/areas/{code}/talk-days.ics", Gate::Anybody),
    ("GET", "/api/v1/public/areas/{code}/talk-rules", Gate::Anybody),
    ("GET", "/api/v1/public/figures", Gate::Anybody),
    ("GET", "/api/v1/public/mediators", Gate::Anybody),
    ("POST", "/api/v1/public/guess", Gate::Anybody),
    ("POST", "/api/v1/public/photos", Gate::Anybody),
    ("POST", "/api/v1/public/reports", Gate::Anybody),
    ("GET", "/api/v1/public/reports/{code}", Gate::Anybody),
    ("GET", "/api/v1/public/reports/{code}/photos/{photo_id}", Gate::Anybody),
    ("POST", "/api/v1/public/reports/{code}/supply", Gate::Anybody),
    ("POST", "/api/v1/public/reports/{code}/urge", Gate::Anybody),
    ("POST", "/api/v1/public/reports/{code}/rate", Gate::Anybody),
    ("POST", "/api/v1/public/reports/{code}/reopen", Gate::Anybody),
    ("POST", "/api/v1/public/reports/{code}/withdraw", Gate::Anybody),
    ("GET", "/api/v1/public/mediations/{code}", Gate::Anybody),
    ("POST", "/api/v1/public/mediations/{code}/commands", Gate::Anybody),
    ("GET", "/api/v1/public/mediations/{code}/agreement", Gate::Anybody),
    ("GET", "/api/v1/public/calendars/{secret}", Gate::Anybody),
    ("POST", "/api/v1/sign-in", Gate::Anybody),
    ("DELETE", "/api/v1/sign-in", Gate::SignedIn),
    ("GET", "/api/v1/me", Gate::SignedIn),
    ("GET", "/api/v1/units", Gate::SignedIn),
    ("POST", "/api/v1/photos", Gate::SignedIn),
    ("GET", "/api/v1/matters", Gate::Readers),
    ("GET", "/api/v1/calendar", Gate::Readers),
    ("POST", "/api/v1/calendar/feed", Gate::Readers),
    ("DELETE", "/api/v1/calendar/feed", Gate::Readers),
    ("GET", "/api/v1/changes", Gate::Readers),
    ("GET", "/api/v1/figures", Gate::Readers),
    ("GET", "/api/v1/map/cells", Gate::Readers),
    ("GET", "/api/v1/mediation-statistics", Gate::Readers),
    ("GET", "/api/v1/mediation-statistics.xlsx", Gate::Readers),
    ("GET", "/api/v1/mediators", Gate::Readers),
    ("GET", "/api/v1/mediators/export", Gate::Readers),
    ("GET", "/api/v1/mediators/{mediator}", Gate::Readers),
    ("PUT", "/api/v1/mediators/{mediator}", Gate::Keepers),
    ("GET", "/api/v1/committees", Gate::Readers),
    ("GET", "/api/v1/committees/export", Gate::Readers),
    ("GET", "/api/v1/committees/{unit}", Gate::Readers),
    ("PUT", "/api/v1/committees/{unit}", Gate::Keepers),
    ("GET", "/api/v1/studios", Gate::Readers),
    ("GET", "/api/v1/studios/{studio}", Gate::Readers),
    ("PUT", "/api/v1/studios/{studio}", Gate::Keepers),
    ("GET", "/api/v1/methods", Gate::Readers),
    ("GET", "/api/v1/methods/{method}", Gate::Readers),
    ("PUT", "/api/v1/methods/{method}", Gate::Keepers),
    ("POST", "/api/v1/matters", Gate::Recorders),
    ("GET", "/api/v1/matters/{id}", Gate::ReadersOfTheMatter),
    ("POST", "/api/v1/matters/{id}/commands", Gate::ReadersOfTheMatter),
    ("GET", "/api/v1/matters/{id}/contact", Gate::ReadersOfTheMatter),
    ("GET", "/api/v1/matters/{id}/parties/{no}", Gate::Committee),
    ("GET", "/api/v1/matters/{id}/parties/{no}/one-time-code", Gate::Committee),
    ("GET", "/api/v1/matters/{id}/dossier", Gate::Committee),
    ("GET", "/api/v1/matters/{id}/dossier/{form}", Gate::Committee),
    ("GET", "/api/v1/matters/{id}/dossier.zip", Gate::Committee),
    ("GET", "/api/v1/matters/{id}/mediators", Gate::ReadersOfTheMatter),
    ("GET", "/api/v1/matters/{id}/similar", Gate::ReadersOfTheMatter),
    ("GET", "/api/v1/photos/{photo_id}", Gate::ReadersOfTheMatter),
    ("GET", "/api/v1/talk-days", Gate::Talkers(TalkDeed::Read)),
    ("POST", "/api/v1/talk-days", Gate::Talkers(TalkDeed::Plan)),
    ("GET", "/api/v1/talk-days/{id}", Gate::ReadersOfTheTalkDay),
    ("POST", "/api/v1/talk-days/{id}/commands", Gate::ReadersOfTheTalkDay),
    ("PUT", "/api/v1/areas/{code}/talk-rule", Gate::Talkers(TalkDeed::SetRule)),
    ("PUT", "/api/v1/talk-places/{id}", Gate::Talkers(TalkDeed::SetPlaces)),
];

/// One post for each role, at the matter's place where there is one.
const POSTS: [(Role, &str); 12] = [
    (Role::GridWorker, "grid_worker"),
    (Role::VillageLead, "village_lead"),
    (Role::Intake, "intake"),
    (Role::Dispatcher, "dispatcher"),
    (Role::Supervisor, "supervisor"),
    (Role::Director, "director"),
    (Role::Handler, "construction"),
    (Role::Mediator, "mediation"),
    (Role::Overseer, "overseer"),
    (Role::SystemAdmin, "system_admin"),
    (Role::SecurityAdmin, "security_admin"),
    (Role::AuditAdmin, "audit_admin"),
];

/// What an operation answers: nothing wrong with the caller, or status and code of the refusal.
type Outcome = Option<(u16, &'static str)>;

impl Gate {
    /// What the role, or nobody, must get.
    fn answers(self, role: Option<Role>) -> Outcome {
        let Some(role) = role else { return (self != Self::Anybody).then_some((401, "not_signed_in")) };
        let administers = matches!(role, Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin);
        let records = matches!(role, Role::GridWorker | Role::VillageLead);
        match self {
            Self::Anybody | Self::SignedIn => None,
            Self::Readers => administers.then_some((403, "not_allowed")),
            // The matter is a hazard that the construction office handles: no mediator's business.
            Self::ReadersOfTheMatter => (administers || role == Role::Mediator).then_some((404, "not_found")),
            Self::Committee => Some((404, "not_found")),
            // The sample is a grid worker's report.
            Self::Recorders => (!records).then_some((403, "not_allowed")),
            Self::Keepers => (role != Role::Director).then_some((403, "not_allowed")),
            Self::Talkers(deed) => (!allows(deed, TalkState::Planned, role)).then_some((403, "not_allowed")),
            Self::ReadersOfTheTalkDay => {
                (!allows(TalkDeed::Read, TalkState::Planned, role)).then_some((404, "not_found"))
            }
        }
    }
}

fn documented() -> BTreeMap<(String, String), Value> {
    let document = serde_json::to_value(openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap().clone();
    let operations = paths.into_iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().clone();
        methods.into_iter().map(move |(method, operation)| ((path.clone(), method.to_uppercase()), operation))
    });
    operations.collect()
}

#[test]
fn every_operation_says_who_may_call_it() {
    for (path, method) in documented().into_keys() {
        let named = TABLE.iter().filter(|(m, p, _)| (*m, *p) == (method.as_str(), path.as_str())).count();
        assert_eq!(
            named, 1,
            "{method} {path} is not in TABLE of crates/api/src/tests/operations.rs: add the line (\"{method}\", \"{path}\", Gate::…) \
             that says who may call it, and a sample of its request in `sample`"
        );
    }
    assert_eq!(documented().len(), TABLE.len(), "TABLE names an operation that the document no longer has");
}

#[test]
fn the_list_of_operations() {
    let lines = documented().into_iter().map(|((path, method), operation)| {
        let answers =
            operation["responses"].as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
        let gate = TABLE.iter().find(|(m, p, _)| *m == method && *p == path).map(|(_, _, gate)| *gate);
        let who = gate.map_or("?".to_owned(), |gate| format!("{gate:?}"));
        format!("{path} {method}: {answers}; {who}; {}", operation["summary"].as_str().unwrap_or_default())
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

/// The request of an operation: address and body.
fn sample(method: &str, path: &str, own: &Samples) -> (String, Option<Value>) {
    let filled = path.replace("{code}", if path.contains("areas") { VILLAGE } else { &own.followed.code });
    let id = if path.contains("/talk-places/") {
        command_id()
    } else if path.contains("/talk-days/") {
        own.talk_day.clone()
    } else {
        own.handled.id.to_string()
    };
    let filled = filled
        .replace("{id}", &id)
        .replace("{photo_id}", &own.photo)
        .replace("{no}", "1")
        .replace("{form}", "agreement");
    let filled = filled.replace("{mediator}", registers::MEDIATOR).replace("{studio}", registers::STUDIO);
    let filled = filled.replace("{method}", registers::METHOD);
    let filled = filled.replace("{unit}", registers::COMMITTEE);
    let query = match path {
        "/api/v1/areas/at" => "?lon=113.1&lat=31.5",
        "/api/v1/public/figures" => "?area=421321",
        "/api/v1/mediation-statistics" | "/api/v1/mediation-statistics.xlsx" => "?area=421321117",
        "/api/v1/methods" => "?area=421321117204",
        "/api/v1/public/mediators" => "?area=421321117204",
        // Days need a sign-in.
        "/api/v1/figures" => "?area=421321117&from=2024-03-02&to=2024-03-03",
        "/api/v1/talk-days" if method == "GET" => "?which=next",
        "/api/v1/map/cells" => "?bbox=113,31,114,32",
        "/api/v1/matters/{id}/contact"
        | "/api/v1/matters/{id}/parties/{no}"
        | "/api/v1/matters/{id}/dossier/{form}"
        | "/api/v1/matters/{id}/dossier.zip" => "?purpose=call",
        _ => "",
    };
    let body = match (method, path) {
        ("POST", "/api/v1/public/guess") => json!({ "words": "路灯不亮" }),
        ("POST", "/api/v1/public/reports") => report(Class::Service, "停水"),
        ("POST", "/api/v1/sign-in") => json!({ "name": "intake", "password": super::place::PASSWORD }),
        ("POST", "/api/v1/matters") => {
            let mut body = report(Class::Service, "停水");
            body["source"] = json!("grid_worker");
            body
        }
        ("POST", "/api/v1/matters/{id}/commands") => {
            json!({ "id": command_id(), "base_version": 99, "command": { "type": "admit" } })
        }
        ("POST", "/api/v1/public/mediations/{code}/commands") => {
            json!({ "id": command_id(), "command": { "type": "consent" } })
        }
        ("PUT", "/api/v1/mediators/{mediator}") => registers::mediator(1),
        ("PUT", "/api/v1/committees/{unit}") => registers::committee(1),
        ("PUT", "/api/v1/studios/{studio}") => registers::studio(1),
        ("PUT", "/api/v1/methods/{method}") => registers::method(1),
        ("POST", "/api/v1/talk-days") => {
            json!({ "id": command_id(), "plan": super::talk_days::plan("2024-03-14") })
        }
        ("POST", "/api/v1/talk-days/{id}/commands") => {
            let note = json!({ "type": "note_item", "topic": "request", "words": "修路" });
            json!({ "id": command_id(), "base_version": 1, "command": note })
        }
        ("PUT", "/api/v1/areas/{code}/talk-rule") => {
            json!({ "recurrence": "FREQ=WEEKLY;BYDAY=TH", "rest_days": "held" })
        }
        ("PUT", _) => json!({ "area": VILLAGE, "place": { "kind": "room", "name": "逢四说事室" } }),
        ("POST", _) => json!({ "id": command_id(), "words": "说明", "answer": "satisfied" }),
        _ => return (format!("{filled}{query}"), None),
    };
    (filled, Some(body))
}

/// The refusal, when it concerns who calls.
async fn outcome(app: &TestApp, request: Request<Body>, open: bool) -> Option<(u16, String)> {
    let response = app.open(request).await;
    let status = response.status().as_u16();
    assert!(status < 500, "a fault of the server: {status}");
    // What is streamed never ends, and what went well is not looked at.
    let concerns = matches!(status, 401 | 403) || (status == 404 && !open);
    if !concerns {
        return None;
    }
    let body: Value =
        serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap();
    Some((status, body["code"].as_str().unwrap().to_owned()))
}

/// What the samples name.
struct Samples {
    /// A matter that the construction office handles, with a photo and a contact.
    handled: Reported,
    /// A matter to whose code residents say things.
    followed: Reported,
    photo: String,
    /// One that is planned for today.
    talk_day: String,
}

impl Samples {
    async fn of(app: &TestApp) -> Self {
        let photo = app.photo(None).await;
        let mut body = report(Class::Hazard, "路面塌陷");
        (body["photos"], body["contact"]) = (json!([photo]), json!({ "phone": "13800000000" }));
        let handled = Reported::of(&app.post("/api/v1/public/reports", &body).await.ok());
        Hands::at(app).await.bring(app, &handled, Stage::Handling).await;
        registers::fill(app).await;
        let talk_day = super::talk_days::planned(app, "2024-03-04").await;
        Self { handled, followed: app.reported(Class::Service, "停水").await, photo, talk_day }
    }
}

/// Calls an operation; what it says about who calls.
async fn call(
    app: &TestApp,
    (method, path, gate): (&str, &str, Gate),
    who: Option<&Stay>,
    own: &Samples,
) -> Option<(u16, String)> {
    let (address, body) = sample(method, path, own);
    let body = body.map(|body| ("application/json", Body::from(body.to_string())));
    let request = TestApp::request(method.parse().unwrap(), &address, who, body);
    outcome(app, request, gate == Gate::Anybody).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_open_to_those_whom_the_table_names_and_to_nobody_else() {
    let app = TestApp::new().await;
    let own = Samples::of(&app).await;
    let nobody = std::iter::once((None, None));
    let posts = POSTS.iter().map(|(role, name)| (Some(*role), Some(*name)));
    for (role, name) in nobody.chain(posts) {
        let stay = match name {
            Some(name) => Some(app.sign_in(name).await),
            None => None,
        };
        // Signing out comes last.
        let (last, first): (Vec<_>, Vec<_>) = TABLE
            .into_iter()
            .partition(|(_, path, gate)| path.ends_with("/sign-in") && *gate == Gate::SignedIn);
        for entry in first.into_iter().chain(last) {
            let (method, path, gate) = entry;
            let is = call(&app, entry, stay.as_ref(), &own).await;
            let due = gate.answers(role).map(|(status, code)| (status, code.to_owned()));
            // A matter that one may read may still be closed to a command.
            let is = is
                .filter(|(_, code)| !(path.ends_with("/commands") && due.is_none() && code == "not_allowed"));
            assert_eq!(is, due, "{method} {path} by {}", name.unwrap_or("nobody"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changing_request_without_its_token_is_refused() {
    let app = TestApp::new().await;
    let own = Samples::of(&app).await;
    let stay = app.sign_in("grid_worker").await;
    let changing = TABLE.into_iter().filter(|(method, _, gate)| *method != "GET" && *gate != Gate::Anybody);
    for (method, path, _) in changing {
        for token in [None, Some(""), Some("wrong")] {
            let (address, body) = sample(method, path, &own);
            let mut request = Request::builder().method(method.parse::<Method>().unwrap()).uri(address);
            request = request.header(header::COOKIE, format!("{COOKIE}={}", stay.cookie));
            if let Some(token) = token {
                request = request.header("x-csrf-token", token);
            }
            request = request.header(header::CONTENT_TYPE, "application/json");
            let body = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
            let answer = app.send(request.body(body).unwrap()).await;
            answer.is_problem(403, "csrf");
        }
    }
    // It did not sign out.
    app.get_as(&stay, "/api/v1/me").await.ok();
}
