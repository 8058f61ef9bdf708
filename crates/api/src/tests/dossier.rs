//! The papers of a mediation over HTTP, on both databases: what is in them, what is not, and who gets them.

use std::io::{Cursor, Read};

use axum::{
    body::Body,
    http::{Method, header},
};
use casework::matter::{Class, Stage};
use documents::archive::verify;
use serde_json::{Value, json};

use super::{
    calls::{Answer, Stay, TestApp, command_id, unlimited},
    database::{Database, on_both},
    deeds::{Hands, Reported, report},
};
use crate::{Options, public::mediations::PHONE_HEADER};

/// Said in private rooms and in a talk apart: part of no file, whoever reads it.
const PRIVATE: [&str; 3] = ["底线是三千二百", "其实还想再要五百", "单独说他喝酒误事"];
/// Said when all sat together.
const RECORD: &str = "双方各自说了修沟的经过";
const PURPOSE: &str = "%E7%AB%8B%E5%8D%B7";

/// A mediation and its mediator.
struct Table {
    app: TestApp,
    matter: Reported,
    mediator: Stay,
}

impl Table {
    async fn opened(app: TestApp) -> Self {
        let told = report(Class::Dispute, "邻居改了排水沟，雨水流进院子");
        let matter = Reported::of(&app.post("/api/v1/public/reports", &told).await.ok());
        Hands::at(&app).await.bring(&app, &matter, Stage::Mediating).await;
        let mediator = app.sign_in("mediation").await;
        Self { app, matter, mediator }
    }

    async fn does(&self, command: Value) {
        self.app.does(&self.mediator, &self.matter, command).await;
    }

    /// With two parties who agreed to talk.
    async fn taken_on(app: TestApp) -> Self {
        let table = Self::opened(app).await;
        let parties = json!([
            { "side": "applicant", "name": "甲某", "phone": "13800000001", "address": "雁子河村三组" },
            { "side": "respondent", "name": "乙某", "phone": "13900000002", "address": "雁子河村五组" },
        ]);
        table.does(json!({ "type": "accept_mediation", "origin": "application", "parties": parties })).await;
        let consent =
            json!({ "type": "record_consent", "parties": [1, 2], "way": "spoken", "rights": "paper" });
        table.does(consent).await;
        for no in [1, 2] {
            table.does(json!({ "type": "answer_safety", "party": no, "violence": false })).await;
        }
        table
    }

    /// They sat apart and together; two rooms hold a secret each.
    async fn talked(app: TestApp) -> Self {
        let table = Self::taken_on(app).await;
        table.does(json!({ "type": "note_caucus", "party": 1, "words": PRIVATE[0] })).await;
        table.says(2, json!({ "type": "speak_in_private", "words": PRIVATE[1] }), None).await;
        let apart = json!({ "type": "hold_session", "minutes": 1, "form": "apart", "with": 1, "venue": "doorstep", "present": [1], "words": PRIVATE[2] });
        table.does(apart).await;
        let together = json!({ "type": "hold_session", "minutes": 1, "form": "together", "venue": "talk_room", "present": [1, 2], "words": RECORD });
        table.does(together).await;
        table
    }

    /// Party 1 signed on paper, party 2 with its code; the first clause was performed.
    async fn agreed(app: TestApp) -> Self {
        let table = Self::talked(app).await;
        let clauses = json!([
            { "by": 2, "words": "付清修沟的钱三千元", "due_on": "2024-03-20", "fen": 300_000 },
            { "by": 1, "words": "把围栏往里移半米", "due_on": "2024-04-01" },
        ]);
        table
            .does(json!({ "type": "propose_agreement", "facts": "排水沟改道引起", "clauses": clauses }))
            .await;
        let scan = table.app.photo(Some(&table.mediator)).await;
        table.does(json!({ "type": "sign_on_paper", "version": 1, "party": 1, "photos": [scan] })).await;
        let code = table.get("parties/2/one-time-code").await.ok()["code"].as_str().unwrap().to_owned();
        table.says(2, json!({ "type": "sign", "version": 1 }), Some(&code)).await;
        table.does(json!({ "type": "seal_agreement", "version": 1 })).await;
        let receipt = table.app.photo(Some(&table.mediator)).await;
        let paid = json!({ "type": "record_performance", "clause": 1, "result": "performed", "words": "微信转账三千元", "photos": [receipt] });
        table.does(paid).await;
        table
    }

    async fn get(&self, path: &str) -> Answer {
        self.get_as(&self.mediator, path).await
    }

    async fn get_as(&self, who: &Stay, path: &str) -> Answer {
        self.app.answer_to(who, &format!("/api/v1/matters/{}/{path}", self.matter.id)).await
    }

    async fn code_of(&self, no: u8) -> String {
        let party = self.get(&format!("parties/{no}?purpose={PURPOSE}")).await.ok();
        party["code"].as_str().unwrap().to_owned()
    }

    /// A party acts on its own page.
    async fn says(&self, no: u8, command: Value, one_time_code: Option<&str>) {
        let mut body = json!({ "id": command_id(), "command": command });
        body["one_time_code"] = one_time_code.into();
        let path = format!("/api/v1/public/mediations/{}/commands", self.code_of(no).await);
        let body = ("application/json", Body::from(body.to_string()));
        let mut request = TestApp::request(Method::POST, &path, None, Some(body));
        request.headers_mut().insert(PHONE_HEADER, digits(no).parse().unwrap());
        self.app.send(request).await.ok();
    }

    /// A party's own copy, asked for with some digits.
    async fn copy(&self, no: u8, digits: &str) -> Answer {
        let path = format!("/api/v1/public/mediations/{}/agreement", self.code_of(no).await);
        let mut request = TestApp::request(Method::GET, &path, None, None);
        request.headers_mut().insert(PHONE_HEADER, digits.parse().unwrap());
        self.app.send(request).await
    }

    async fn state_of(&self, form: &str) -> Value {
        let list = self.get("dossier").await.ok();
        let forms = list["forms"].as_array().unwrap();
        forms.iter().find(|one| one["form"] == form).unwrap().clone()
    }
}

fn digits(no: u8) -> &'static str {
    if no == 1 { "0001" } else { "0002" }
}

/// The files of an archive, those in Word files in turn, as text.
fn texts(zip: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut all = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".docx") {
            all.extend(texts(&bytes).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
        }
        all.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    all
}

/// What a Word file says.
fn words(docx: &[u8]) -> String {
    let files = texts(docx);
    files.into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1
}

fn kind(answer: &Answer) -> &str {
    answer.headers[header::CONTENT_TYPE].to_str().unwrap()
}

async fn a_dossier_is_filled_from_the_record_and_says_what_is_missing(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let table = Table::agreed(app).await;
    table.does(json!({ "type": "visit", "words": "沟已修好，双方和好" })).await;
    let list = table.get("dossier").await.ok();
    assert_eq!((list["number"].as_str(), &list["complete"]), (Some(&*table.matter.number), &json!(false)));
    assert_eq!(list["forms"].as_array().unwrap().len(), documents::Form::ALL.len());
    let session = table.state_of("session").await;
    assert_eq!((&session["documents"], &session["state"]), (&json!(1), &json!("incomplete")), "{session}");
    let agreement = table.state_of("agreement").await;
    assert_eq!(
        (&agreement["state"], &agreement["mandatory"]),
        (&json!("whole"), &json!(true)),
        "{agreement}"
    );
    let rights = table.state_of("rights").await;
    assert_eq!(rights["state"], "whole", "{rights}");
    let identity = table.state_of("identity").await;
    assert_eq!((&identity["state"], &identity["name_en"]), (&json!("missing"), &json!("Proofs of identity")));
    let lacks: Vec<_> = identity["missing"].as_array().unwrap().iter().map(|lack| &lack["words"]).collect();
    assert_eq!(lacks, ["当事人身份证明：缺少乙某的身份证明", "当事人身份证明：缺少甲某的身份证明"]);
    assert_eq!(table.state_of("authorisation").await["state"], "absent");

    let file = table.get(&format!("dossier/agreement?purpose={PURPOSE}")).await;
    assert!(kind(&file).ends_with("wordprocessingml.document"), "{file:?}");
    let named = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(named, format!("attachment; filename=\"{}-agreement.docx\"", table.matter.number));
    let agreement = words(&file.bytes);
    for said in [
        "甲某",
        "乙某",
        "排水沟改道引起",
        "乙某付清修沟的钱三千元",
        "叁仟元整",
        "把围栏往里移半米",
        "验证码签署",
        "纸质签名附后",
    ] {
        assert!(agreement.contains(said), "{said} is not in the agreement");
    }
    let volume = words(&table.get(&format!("dossier/volume?format=docx&purpose={PURPOSE}")).await.bytes);
    for said in [
        RECORD,
        "经调解，当事人达成调解协议。",
        "逢四说事室",
        "微信转账三千元",
        "沟已修好，双方和好",
        "卷号沿用",
    ] {
        assert!(volume.contains(said), "{said} is not in the volume");
    }
}

async fn nothing_private_stands_in_any_file(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let table = Table::agreed(app).await;
    let archive = table.get(&format!("dossier.zip?purpose={PURPOSE}")).await;
    assert_eq!((archive.status, kind(&archive)), (200, "application/zip"));
    let files = texts(&archive.bytes);
    assert!(files.iter().any(|(_, text)| text.contains(RECORD)), "the record of the session is in it");
    for (name, text) in &files {
        for private in PRIVATE {
            assert!(!text.contains(private), "{private} stands in {name}");
        }
    }
    let list = table.get("dossier").await.ok().to_string();
    assert!(PRIVATE.iter().all(|private| !list.contains(private)));

    let (manifest, _) = verify(&archive.bytes).unwrap();
    assert_eq!(manifest.number, table.matter.number);
    for scan in ["附件/01-协议签名页-甲某.jpg", "附件/02-履行凭证-第1项.jpg"] {
        assert!(manifest.files.iter().any(|file| file.name == scan), "{:?}", manifest.files);
    }
    let again = table.get(&format!("dossier.zip?purpose={PURPOSE}")).await;
    assert!(archive.bytes == again.bytes, "the same record gives the same archive");
}

async fn a_dossier_is_for_those_who_answer_for_it(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let table = Table::talked(app).await;
    let paths = [
        "dossier".to_owned(),
        format!("dossier/volume?purpose={PURPOSE}"),
        format!("dossier.zip?purpose={PURPOSE}"),
    ];
    let posts = [
        ("intake", 403),
        ("director", 403),
        ("dispatcher", 403),
        ("village_lead", 403),
        ("grid_worker", 403),
        ("overseer", 403),
        ("county_director", 403),
        ("construction", 404),
        ("other_intake", 404),
        ("system_admin", 404),
    ];
    for (name, status) in posts {
        let who = table.app.sign_in(name).await;
        for path in &paths {
            assert_eq!(table.get_as(&who, path).await.status, status, "{path} by {name}");
        }
    }
    table.get("dossier/nothing?purpose=x").await.is_problem(404, "not_found");
    table.get("dossier/volume?purpose=%20").await.is_problem(422, "invalid");
    table.get("dossier/volume?purpose=x&format=odt").await.is_problem(422, "invalid");
}

async fn the_centre_reads_what_was_agreed_and_no_record_of_a_session(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let table = Table::agreed(app).await;
    for name in ["intake", "director"] {
        let who = table.app.sign_in(name).await;
        let list = table.get_as(&who, "dossier").await.ok();
        let session = list["forms"].as_array().unwrap().iter().find(|one| one["form"] == "session").unwrap();
        assert_eq!((&session["state"], &list["complete"]), (&json!("withheld"), &json!(false)));
        let files = texts(&table.get_as(&who, &format!("dossier.zip?purpose={PURPOSE}")).await.bytes);
        let has = |words: &str| files.iter().any(|(_, text)| text.contains(words));
        assert!(has("把围栏往里移半米") && has("无权阅看") && !has(RECORD));
        assert!(PRIVATE.iter().all(|private| !has(private)));
        table
            .get_as(&who, &format!("dossier/session?purpose={PURPOSE}"))
            .await
            .is_problem(403, "not_allowed");
    }
    for name in ["dispatcher", "village_lead", "overseer"] {
        let who = table.app.sign_in(name).await;
        table.get_as(&who, "dossier").await.is_problem(403, "not_allowed");
    }
}

async fn a_party_takes_home_its_own_copy(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let table = Table::talked(app).await;
    table.copy(1, digits(1)).await.is_problem(404, "not_found");
    let table = Table::agreed(table.app).await;
    table.copy(1, "9999").await.is_problem(403, "wrong_phone");
    let copy = words(&table.copy(1, digits(1)).await.bytes);
    for said in ["甲某", "乙某", "13800000001", "雁子河村三组", "把围栏往里移半米"] {
        assert!(copy.contains(said), "{said} is not in the copy");
    }
    for hidden in ["13900000002", "雁子河村五组", RECORD].iter().chain(&PRIVATE) {
        assert!(!copy.contains(hidden), "{hidden} is in the copy");
    }
}

async fn its_parties_are_told_who_read_it_and_what_for(database: Database) {
    let Some(app) = TestApp::on(database).await else { return };
    let table = Table::agreed(app).await;
    let who = table.app.sign_in("director").await;
    table.get_as(&who, &format!("dossier/agreement?purpose={PURPOSE}")).await;
    let path = format!("/api/v1/public/mediations/{}", table.code_of(1).await);
    let mut request = TestApp::request(Method::GET, &path, None, None);
    request.headers_mut().insert(PHONE_HEADER, digits(1).parse().unwrap());
    let page = table.app.send(request).await.ok();
    let readers = page["readers"].as_array().unwrap();
    let told =
        readers.iter().any(|read| read["purpose"] == "立卷" && read["unit"]["id"] == "421321117.centre");
    assert!(told, "{readers:?}");
}

on_both!(
    a_dossier_is_filled_from_the_record_and_says_what_is_missing,
    nothing_private_stands_in_any_file,
    a_dossier_is_for_those_who_answer_for_it,
    the_centre_reads_what_was_agreed_and_no_record_of_a_session,
    a_party_takes_home_its_own_copy,
    its_parties_are_told_who_read_it_and_what_for,
);

#[tokio::test(flavor = "multi_thread")]
async fn a_mediation_that_failed_names_the_other_roads() {
    let table = Table::talked(TestApp::new().await).await;
    let failed = json!({ "type": "conclude_mediation", "result": "failed", "words": "赔偿数额谈不拢", "roads": ["court"] });
    table.does(failed).await;
    let roads = table.state_of("other_roads").await;
    assert_eq!((&roads["state"], &roads["mandatory"]), (&json!("whole"), &json!(true)), "{roads}");
    assert_eq!(table.state_of("agreement").await["state"], "absent");
    let notice = words(&table.get(&format!("dossier/other_roads?purpose={PURPOSE}")).await.bytes);
    assert!(notice.contains("赔偿数额谈不拢") && notice.contains("诉讼（人民法院）"), "{notice}");
    let volume = words(&table.get(&format!("dossier/volume?purpose={PURPOSE}")).await.bytes);
    assert!(volume.contains("本次调解未达成协议。"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_program_there_is_no_pdf_but_word() {
    let missing = Options { paper: Some("/nowhere/fengsi-paper".into()), ..unlimited() };
    let table = Table::agreed(TestApp::new().await.with(missing)).await;
    let pdf = table.get(&format!("dossier/volume?format=pdf&purpose={PURPOSE}")).await;
    pdf.is_problem(503, "paper_missing");
    assert_eq!(table.get(&format!("dossier/volume?format=docx&purpose={PURPOSE}")).await.status, 200);
    assert_eq!(table.get(&format!("dossier.zip?purpose={PURPOSE}")).await.status, 200);
}
