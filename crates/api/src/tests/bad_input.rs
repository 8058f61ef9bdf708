//! What cannot be used is answered with a problem and a stable code, never with a fault of the server, and nothing is stored.

use axum::{body::Body, http::Method};
use casework::matter::Class;
use serde_json::{Value, json};

use super::{
    calls::{Answer, PNG, TestApp, command_id, encoded},
    database::{Database, on_both},
    deeds::report,
};

/// What was answered otherwise than it should be; told together, so that one sees all of it.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    /// Insists on a problem answer, later.
    fn unless(&mut self, asked: &str, answer: &Answer, status: u16, code: &str) {
        let kind = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok());
        let is = (answer.status, answer.json["code"].as_str(), kind);
        if is != (status, Some(code), Some("application/problem+json")) {
            let short = |text: String| text.chars().take(160).collect::<String>();
            let (asked, said) = (short(asked.to_owned()), short(answer.json.to_string()));
            self.0.push(format!("{asked}\n  is {} {said}, not {status} {code}", answer.status));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

async fn raw(app: &TestApp, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    app.send(TestApp::request(Method::POST, path, None, Some((kind, body.into())))).await
}

async fn bodies_that_cannot_be_read(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let path = "/api/v1/public/reports";
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"words\"",
        "{\"id\":1}",
        "{\"words\":\"停水\"}",
        "\u{feff}{}",
        "{\"id\":\"x\",\"place\":{},\"words\":\"停水\"}",
    ] {
        raw(&app, path, "application/json", body).await.is_problem(422, "invalid");
    }
    raw(&app, path, "application/json", vec![0xff, 0xfe, 0x00]).await.is_problem(422, "invalid");
    raw(&app, path, "text/plain", "{}").await.is_problem(415, "not_json");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    raw(&app, path, "application/json", deep).await.is_problem(422, "invalid");
    let huge = json!({ "id": command_id(), "words": "长".repeat(200_000) }).to_string();
    raw(&app, path, "application/json", huge).await.is_problem(413, "too_large");
    app.send(TestApp::request(Method::PUT, path, None, None)).await.is_problem(405, "method_not_allowed");
    app.get("/api/v1/nowhere").await.is_problem(404, "not_found");
    assert_eq!(app.store.head().await.unwrap(), 0);
}

/// A report with one thing changed.
fn with(field: &str, value: Value) -> Value {
    let mut body = report(Class::Service, "停水三天");
    body[field] = value;
    body
}

async fn reports_that_cannot_be_taken(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let photos: Vec<_> = (0..10).map(|_| command_id()).collect();
    let mut wrong = Wrong::default();
    for (body, code) in [
        (with("place", json!({ "lon": 120.0, "lat": 31.5 })), "place_unknown"),
        (with("place", json!({ "lon": 1e308, "lat": -1e308 })), "place_unknown"),
        (with("place", json!({ "area": "421321117299" })), "place_unknown"),
        (with("place", json!({ "area": "99" })), "place_unknown"),
        (with("place", json!({ "area": "4213211172O4" })), "invalid"),
        (with("place", json!({ "area": "" })), "invalid"),
        (with("place", json!({ "lon": 113.1 })), "invalid"),
        (with("place", json!({})), "invalid"),
        (with("place", json!({ "area": "421321117204", "accuracy": 5 })), "invalid"),
        (with("words", json!("")), "words_missing"),
        (with("words", json!(" \u{3000}\n")), "words_missing"),
        (with("words", json!("停\u{0}水")), "words_unreadable"),
        (with("words", json!("停\u{7}水\u{1b}[31m")), "words_unreadable"),
        (with("words", json!("长".repeat(2_001))), "words_too_long"),
        (with("address", json!("三组\u{0}")), "words_unreadable"),
        (with("class", json!("weather")), "invalid"),
        (with("urgency", json!("soon")), "invalid"),
        (with("category", json!("8888")), "unknown_category"),
        (with("category", json!("'; drop table matters; --")), "unknown_category"),
        (with("photos", json!(["x"])), "invalid"),
        (with("photos", json!([command_id()])), "unknown_photo"),
        (with("photos", json!(photos)), "too_many_photos"),
        (with("contact", json!({ "phone": "call me" })), "bad_contact"),
        (with("contact", json!({ "email": "a@b" })), "bad_contact"),
        (with("contact", json!({ "name": "名".repeat(61) })), "bad_contact"),
        (with("contact", json!({ "telephone": "13800000000" })), "invalid"),
        (with("id", json!("not-an-id")), "invalid"),
        (with("anonymous", json!(true)), "invalid"),
        (with("source", json!("import")), "invalid"),
        (with("parent", json!("421321-00000000-0000-0000-0000-000000000001")), "invalid"),
    ] {
        wrong.unless(&body.to_string(), &app.post("/api/v1/public/reports", &body).await, 422, code);
    }
    wrong.none();
    assert_eq!(app.store.head().await.unwrap(), 0, "what was refused is not stored");
}

/// 12388 and 12337 are told, and nothing is stored, not even under the id of the report.
async fn accusations_against_officials(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let mut named = with("category", json!("0501"));
    named["class"] = json!("petition");
    let mut told = report(Class::Service, "村干部贪污");
    told.as_object_mut().unwrap().remove("class");
    for body in [&named, &told] {
        let refused = app.post("/api/v1/public/reports", body).await;
        refused.is_problem(422, "accusation_elsewhere");
        assert_eq!(
            (&refused.json["params"]["discipline"], &refused.json["params"]["inspection"]),
            (&json!("12388"), &json!("12337"))
        );
        assert_eq!(app.store.head().await.unwrap(), 0);
    }
    let mut mended = report(Class::Environment, "路灯不亮");
    mended["id"] = told["id"].clone();
    assert_eq!(app.post("/api/v1/public/reports", &mended).await.status, 201, "the id was not used up");
}

async fn odd_words_are_kept_as_they_are(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    for words in [
        "停水\u{1F6B1}👨‍👩‍👧‍👦 三天",
        "𠮷野家门口积水",
        "א\u{202e}ב right to left",
        "e\u{301}ẛ̣ combining",
        "<script>alert(1)</script>",
        "%00%s{}\\\"'",
        "\u{e000}\u{10fffd}",
        "ｆｕｌｌ－ｗｉｄｔｈ",
        "一\n二\t三",
    ] {
        let of = app.reported(Class::Service, words).await;
        assert_eq!(app.follow(&of).await["words"], words);
    }
    // Half a surrogate is no Unicode: JSON cannot carry it.
    let half = format!(
        "{{\"id\":\"{}\",\"place\":{{\"area\":\"421321117204\"}},\"words\":\"\\ud83d\"}}",
        command_id()
    );
    raw(&app, "/api/v1/public/reports", "application/json", half).await.is_problem(422, "invalid");
    let intake = app.sign_in("intake").await;
    for (q, found) in [("👨‍👩‍👧‍👦", 1), ("𠮷野", 1), ("<script>", 1), ("%00%s", 1), ("水", 0), ("*\" OR \"", 0)]
    {
        let list = app.get_as(&intake, &format!("/api/v1/matters?q={}", encoded(q))).await.ok();
        assert_eq!(list["items"].as_array().unwrap().len(), found, "{q}");
    }
}

/// Queries of lists, none of which can be read.
const QUERIES: &[&str] = &[
    "area=12x",
    "area=4213211",
    "area=%EF%BC%94213",
    "stage=open",
    "stage=reported,nothing",
    "class=H",
    "light=blue",
    "bbox=1,2,3",
    "bbox=a,b,c,d",
    "bbox=114,31,113,32",
    "bbox=NaN,31,114,32",
    "bbox=113,31,inf,32",
    "bbox=-999,31,114,32",
    "from=2024-13-01",
    "from=yesterday",
    "to=2024-02-30",
    "from=-009999-01-01",
    "sort=random",
    "after=x",
    "after=1.",
    "after=.00000000000000000000000000000001",
    "after=99999999999999999999.00000000000000000000000000000001",
    "limit=x",
    "limit=-1",
    "limit=1e9",
    "mine=all",
    "q=%00-",
    "q=%00%00%00",
    "category=%00",
    "unit=%00",
    "owed_by=%00",
];

/// Other addresses, each with its answer.
const ADDRESSES: &[(&str, u16, &str)] = &[
    ("/api/v1/areas/12x", 422, "invalid"),
    ("/api/v1/areas/421399", 404, "not_found"),
    ("/api/v1/areas/at?lon=0&lat=0", 404, "place_unknown"),
    ("/api/v1/areas/at?lon=NaN&lat=31.5", 404, "place_unknown"),
    ("/api/v1/areas/at?lon=113", 422, "invalid"),
    ("/api/v1/areas?parent=x", 422, "invalid"),
    ("/api/v1/public/figures?area=4299", 404, "not_found"),
    ("/api/v1/public/figures", 422, "invalid"),
    ("/api/v1/public/figures?area=421321117204001", 404, "not_found"),
    ("/api/v1/figures?area=421321&from=2024-02-01&to=2024-01-31", 422, "invalid"),
    ("/api/v1/figures?area=421321&from=1900-01-01&to=2023-12-31", 422, "invalid"),
    ("/api/v1/figures?area=421321&from=soon", 422, "invalid"),
    ("/api/v1/figures?area=421321&from=2023-01-01&to=-009999-01-31", 422, "invalid"),
    ("/api/v1/map/cells", 422, "invalid"),
    ("/api/v1/map/cells?bbox=1", 422, "invalid"),
    ("/api/v1/map/cells?bbox=113,31,114,32&zoom=near", 422, "invalid"),
    ("/api/v1/map/cells?bbox=113,31,114,32&class=H", 422, "invalid"),
    ("/api/v1/changes?after=x", 422, "invalid"),
    ("/api/v1/matters/x", 404, "not_found"),
    ("/api/v1/matters/421321-00000000-0000-0000-0000-000000000001", 404, "not_found"),
    ("/api/v1/photos/x", 422, "invalid"),
    ("/api/v1/photos/00000000-0000-0000-0000-000000000001", 404, "not_found"),
    ("/api/v1/units?kind=shop", 422, "invalid"),
    ("/api/v1/public/reports/x", 404, "not_found"),
    ("/api/v1/public/reports/%00%00%00%00%00%00%00%00%00%00%00%00", 404, "not_found"),
    ("/api/v1/public/reports/%E6%B0%B4", 404, "not_found"),
];

/// Unusual and yet no mistakes.
const USABLE: &[&str] = &[
    "/api/v1/matters?bbox=-180,-90,180,90",
    "/api/v1/matters?from=0001-01-01&to=9999-12-31",
    "/api/v1/matters?limit=0",
    "/api/v1/matters?limit=4000000000",
    "/api/v1/matters?area=&stage=&q=",
    "/api/v1/map/cells?bbox=-180,-90,180,90&zoom=NaN",
    "/api/v1/map/cells?bbox=-180,-90,180,90&zoom=-3",
    "/api/v1/figures?area=421321&from=-009999-01-01&to=-009999-01-31",
    "/api/v1/figures?area=421321&from=9990-01-01&to=9999-12-31",
    "/api/v1/areas?q=%00",
    "/api/v1/units?q=%00",
];

async fn addresses_that_cannot_be_read(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let of = app.reported(Class::Service, "停水").await;
    let intake = app.sign_in("intake").await;
    let mut wrong = Wrong::default();
    for query in QUERIES {
        let path = format!("/api/v1/matters?{query}");
        wrong.unless(&path, &app.answer_to(&intake, &path).await, 422, "invalid");
    }
    for (path, status, code) in ADDRESSES {
        wrong.unless(path, &app.answer_to(&intake, path).await, *status, code);
    }
    for purpose in ["", "%20", "%00", "a%00b", "a%1Bb", &encoded(&"长".repeat(101))] {
        let path = format!("/api/v1/matters/{}/contact?purpose={purpose}", of.id);
        wrong.unless(&path, &app.answer_to(&intake, &path).await, 422, "invalid");
    }
    for path in USABLE {
        let answer = app.answer_to(&intake, path).await;
        if answer.status != 200 {
            wrong.unless(path, &answer, 200, "");
        }
    }
    wrong.none();
}

async fn commands_that_cannot_be_read(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let of = app.reported(Class::Service, "停水").await;
    let intake = app.sign_in("intake").await;
    let path = format!("/api/v1/matters/{}/commands", of.id);
    let mut wrong = Wrong::default();
    let commands = [
        json!({}),
        json!("admit"),
        json!({ "type": "destroy" }),
        json!({ "type": "admit", "colour": "red" }),
        json!({ "type": "ask" }),
        json!({ "type": "ask", "words": 7 }),
        json!({ "type": "suspend", "because": "weather", "until": "soon" }),
        json!({ "type": "merge", "into": "x" }),
        json!({ "type": "call_back", "answer": "perhaps" }),
    ];
    let admit = json!({ "type": "admit" });
    let bodies = commands.map(|command| json!({ "id": command_id(), "base_version": 1, "command": command }));
    let more = [
        json!({ "base_version": 1, "command": admit }),
        json!({ "id": command_id(), "command": admit }),
        json!({ "id": command_id(), "base_version": -1, "command": admit }),
        json!({ "id": command_id(), "base_version": 4_294_967_296_u64, "command": admit }),
        json!({ "id": command_id(), "base_version": 1, "command": admit, "now": "2020-01-01" }),
    ];
    for body in bodies.into_iter().chain(more) {
        wrong.unless(&body.to_string(), &app.post_as(&intake, &path, &body).await, 422, "invalid");
    }
    let rate = app.says(&of, "rate", json!({})).await;
    assert_eq!(rate.json["fields"][0]["field"], "answer");
    wrong.unless("rate", &rate, 422, "invalid");
    wrong.unless("urge", &app.says(&of, "urge", json!({ "hurry": true })).await, 422, "invalid");
    let guess = json!({ "words": "停水", "more": 1 });
    wrong.unless("guess", &app.post("/api/v1/public/guess", &guess).await, 422, "invalid");
    let recorded = json!({ "id": command_id(), "source": "visit", "place": { "area": "421321117204" }, "words": "停水", "more": 1 });
    wrong.unless("record", &app.post_as(&intake, "/api/v1/matters", &recorded).await, 422, "invalid");
    let sign_in = json!({ "name": "intake", "password": "x", "remember": true });
    wrong.unless("sign in", &app.post("/api/v1/sign-in", &sign_in).await, 422, "invalid");
    wrong.none();
    assert_eq!(app.matter(&of).await.version, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_that_are_none() {
    let app = TestApp::new().await;
    let gif = b"GIF89a\x01\x00\x01\x00".as_slice();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".as_slice();
    for bytes in [b"".as_slice(), b"hello", gif, svg, b"%PDF-1.7", b"PK\x03\x04", b"<html>"] {
        app.upload(None, "photo", bytes).await.is_problem(422, "not_a_photo");
    }
    app.upload(None, "photo", &PNG[..40]).await.is_problem(422, "photo_unreadable");
    app.upload(None, "photo", b"\xff\xd8\xff\xe0 damaged").await.is_problem(422, "photo_unreadable");
    app.upload(None, "picture", PNG).await.is_problem(422, "invalid");
    let large = [PNG, &vec![0; store::photos::MOST_BYTES]].concat();
    let refused = app.upload(None, "photo", &large).await;
    refused.is_problem(413, "too_large");
    assert_eq!(refused.json["params"]["megabytes"], 20);
    let larger = vec![0; store::photos::MOST_BYTES * 2];
    app.upload(None, "photo", &larger).await.is_problem(413, "too_large");
    let path = "/api/v1/public/photos";
    raw(&app, path, "application/json", "{}").await.is_problem(422, "invalid");
    raw(&app, path, "multipart/form-data; boundary=x", "no form at all").await.is_problem(422, "invalid");
    raw(&app, path, "multipart/form-data", "").await.is_problem(422, "invalid");
    assert_eq!(app.upload(None, "photo", PNG).await.status, 201);
}

on_both!(
    bodies_that_cannot_be_read,
    reports_that_cannot_be_taken,
    accusations_against_officials,
    odd_words_are_kept_as_they_are,
    addresses_that_cannot_be_read,
    commands_that_cannot_be_read,
);
