//! The papers of a mediation over HTTP, on both databases: what is in them, what is not, and who gets them.

use std::io::{Cursor, Read};

use axum::http::{Method, header};
use documents::archive::verify;
use quick_xml::events::Event;
use serde_json::{Value, json};

use super::{
    calls::{Answer, Stay, TestApp, unlimited},
    database::{Database, on_both},
    dispute::{DIGITS, Dispute},
};
use crate::{Options, public::mediations::PHONE_HEADER};

/// Said in private rooms and in a talk apart: part of no file, whoever reads it.
const PRIVATE: [&str; 3] = ["底线是三千二百", "其实还想再要五百", "单独说他喝酒误事"];
/// Said when all sat together.
const RECORD: &str = "双方各自说了修沟的经过";
/// Made up.
const COURT: &str = "某某区人民法院";
const PURPOSE: &str = "%E7%AB%8B%E5%8D%B7";

/// Both parties agreed to talk; they were told of their rights on paper.
async fn taken_on(database: Database) -> Option<Dispute> {
    let dispute = Dispute::accepted(database, "0201").await?;
    let consent = json!({ "type": "record_consent", "parties": [1, 2], "way": "spoken", "rights": "paper" });
    dispute.mediates(consent).await;
    for no in [1, 2] {
        dispute.says(no, json!({ "type": "answer_safety", "violence": false })).await;
    }
    Some(dispute)
}

/// They sat apart and together; two rooms hold a secret each.
async fn talked(database: Database) -> Option<Dispute> {
    let dispute = taken_on(database).await?;
    dispute.mediates(json!({ "type": "note_caucus", "party": 1, "words": PRIVATE[0] })).await;
    dispute.says(2, json!({ "type": "speak_in_private", "words": PRIVATE[1] })).await;
    let apart = json!({ "type": "hold_session", "minutes": 1, "form": "apart", "with": 1, "venue": "doorstep", "present": [1], "words": PRIVATE[2] });
    dispute.mediates(apart).await;
    let together = json!({ "type": "hold_session", "minutes": 1, "form": "together", "venue": "talk_room", "present": [1, 2], "words": RECORD });
    dispute.mediates(together).await;
    Some(dispute)
}

/// Party 1 signed on paper, party 2 with its code; the first clause was performed.
async fn agree(dispute: &Dispute) {
    let clauses = json!([
        { "by": 2, "words": "付清修沟的钱三千元", "due_on": "2024-03-20", "fen": 300_000 },
        { "by": 1, "words": "把围栏往里移半米", "due_on": "2024-04-01" },
    ]);
    let proposed = json!({ "type": "propose_agreement", "facts": "排水沟改道引起", "clauses": clauses });
    dispute.mediates(proposed).await;
    let scan = dispute.app.photo(Some(&dispute.mediator)).await;
    dispute.mediates(json!({ "type": "sign_on_paper", "version": 1, "party": 1, "photos": [scan] })).await;
    dispute.signs(&dispute.mediator, 2, 1).await.ok();
    dispute.mediates(json!({ "type": "seal_agreement", "version": 1 })).await;
    let receipt = dispute.app.photo(Some(&dispute.mediator)).await;
    let paid = json!({ "type": "record_performance", "clause": 1, "result": "performed", "words": "微信转账三千元", "photos": [receipt] });
    dispute.mediates(paid).await;
}

async fn agreed(database: Database) -> Option<Dispute> {
    let dispute = talked(database).await?;
    agree(&dispute).await;
    Some(dispute)
}

/// Both ask a court together, which confirms it.
async fn confirmed(dispute: &Dispute) {
    let about = json!({ "kind": "confirmation", "court": COURT });
    dispute.mediates(json!({ "type": "ask_parties", "about": about })).await;
    for no in [1, 2] {
        dispute.says(no, json!({ "type": "answer_question", "question": 1, "yes": true })).await;
    }
    let ruled =
        json!({ "type": "record_confirmation", "result": "confirmed", "words": "（2024）鄂0000民特1号" });
    dispute.mediates(ruled).await;
}

/// What was seen, and what lies in the folder.
async fn filed(dispute: &Dispute) {
    for (no, paper) in [(1, "resident_card"), (2, "household_register")] {
        dispute.mediates(json!({ "type": "note_identity", "party": no, "paper": paper })).await;
    }
    let papers = ["registration", "session", "performance", "visit", "confirmation_application"];
    let filed =
        json!({ "type": "file_dossier", "papers": papers, "retention": "long", "words": "调委会自编第3号" });
    dispute.mediates(filed).await;
}

impl Dispute {
    async fn paper(&self, path: &str) -> Answer {
        self.paper_for(&self.mediator, path).await
    }

    async fn paper_for(&self, who: &Stay, path: &str) -> Answer {
        self.app.answer_to(who, &format!("/api/v1/matters/{}/{path}", self.of.id)).await
    }

    /// A party's own copy, asked for with some digits.
    async fn copy(&self, no: u8, digits: &str) -> Answer {
        let path = format!("/api/v1/public/mediations/{}/agreement", self.code(no).await);
        let mut request = TestApp::request(Method::GET, &path, None, None);
        request.headers_mut().insert(PHONE_HEADER, digits.parse().unwrap());
        self.app.send(request).await
    }

    async fn state_of(&self, form: &str) -> Value {
        let list = self.paper("dossier").await.ok();
        let forms = list["forms"].as_array().unwrap();
        forms.iter().find(|one| one["form"] == form).unwrap().clone()
    }
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

/// How many elements a part has; fails where it is no XML.
fn elements(xml: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut count = 0;
    loop {
        let event = reader.read_event().unwrap();
        if matches!(event, Event::Eof) {
            return count;
        }
        count += usize::from(matches!(event, Event::Start(_) | Event::Empty(_)));
    }
}

fn kind(answer: &Answer) -> &str {
    answer.headers[header::CONTENT_TYPE].to_str().unwrap()
}

async fn a_dossier_is_filled_from_the_record_and_says_what_is_missing(database: Database) {
    let Some(dispute) = agreed(database).await else { return };
    dispute.mediates(json!({ "type": "visit", "words": "沟已修好，双方和好" })).await;
    let list = dispute.paper("dossier").await.ok();
    assert_eq!((list["number"].as_str(), &list["complete"]), (Some(&*dispute.of.number), &json!(false)));
    assert_eq!(list["forms"].as_array().unwrap().len(), documents::Form::ALL.len());
    let session = dispute.state_of("session").await;
    assert_eq!((&session["documents"], &session["state"]), (&json!(1), &json!("incomplete")), "{session}");
    let agreement = dispute.state_of("agreement").await;
    assert_eq!(
        (&agreement["state"], &agreement["mandatory"]),
        (&json!("whole"), &json!(true)),
        "{agreement}"
    );
    let rights = dispute.state_of("rights").await;
    assert_eq!(rights["state"], "whole", "{rights}");
    let identity = dispute.state_of("identity").await;
    assert_eq!((&identity["state"], &identity["name_en"]), (&json!("missing"), &json!("Proofs of identity")));
    let lacks: Vec<_> = identity["missing"].as_array().unwrap().iter().map(|lack| &lack["words"]).collect();
    assert_eq!(lacks, ["当事人身份证明：缺少乙某某的身份证明", "当事人身份证明：缺少甲某某的身份证明"]);
    assert_eq!(dispute.state_of("authorisation").await["state"], "absent");

    let file = dispute.paper(&format!("dossier/agreement?purpose={PURPOSE}")).await;
    assert!(kind(&file).ends_with("wordprocessingml.document"), "{file:?}");
    let named = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(named, format!("attachment; filename=\"{}-agreement.docx\"", dispute.of.number));
    let agreement = words(&file.bytes);
    for said in [
        "甲某某",
        "乙某某",
        "排水沟改道引起",
        "乙某某付清修沟的钱三千元",
        "叁仟元整",
        "把围栏往里移半米",
        "验证码签署",
        "纸质签名附后",
    ] {
        assert!(agreement.contains(said), "{said} is not in the agreement");
    }
    let volume = words(&dispute.paper(&format!("dossier/volume?format=docx&purpose={PURPOSE}")).await.bytes);
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

async fn a_dossier_is_complete_once_it_is_filed(database: Database) {
    let Some(dispute) = agreed(database).await else { return };
    dispute.mediates(json!({ "type": "visit", "words": "沟已修好，双方和好" })).await;
    confirmed(&dispute).await;
    assert_eq!(dispute.paper("dossier").await.ok()["complete"], false);
    filed(&dispute).await;
    let list = dispute.paper("dossier").await.ok();
    let missing: Vec<_> = list["forms"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|form| form["missing"].as_array().unwrap())
        .collect();
    assert_eq!((missing, &list["complete"]), (Vec::new(), &json!(true)));
    let volume = words(&dispute.paper(&format!("dossier/volume?purpose={PURPOSE}")).await.bytes);
    for said in
        ["居民身份证", "户口簿", "长期", "调委会自编第3号", COURT, "民特1号", "签名见随卷原件", "随卷保存"]
    {
        assert!(volume.contains(said), "{said} is not in the volume");
    }
    // Each party saw which court it agreed to.
    let page = dispute.page(2).await;
    assert_eq!(page["mediation"]["questions"][0]["court"], COURT);
}

/// Word and LibreOffice read what is XML; what is sent to a court can be checked against its list.
async fn every_file_of_the_archive_opens_and_is_what_the_list_says(database: Database) {
    let Some(dispute) = agreed(database).await else { return };
    confirmed(&dispute).await;
    filed(&dispute).await;
    let archive = dispute.paper(&format!("dossier.zip?purpose={PURPOSE}")).await.bytes;
    let files = texts(&archive);
    let xml: Vec<_> =
        files.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")).collect();
    let documents = files.iter().filter(|(name, _)| name.ends_with(".docx")).count();
    assert!(documents > 12 && xml.len() >= documents * 4, "{documents} documents of {} parts", xml.len());
    for (name, text) in xml {
        assert!(elements(text) > 0, "{name} holds nothing");
    }
    let (manifest, _) = verify(&archive).unwrap();
    assert_eq!(manifest.files.len(), files.iter().filter(|(name, _)| !name.contains(".docx/")).count() - 2);
    let mut changed = archive.to_vec();
    let at = changed.len() / 2;
    changed[at] ^= 1;
    assert!(verify(&changed).is_err(), "a changed byte is noticed");
}

async fn nothing_private_stands_in_any_file(database: Database) {
    let Some(dispute) = agreed(database).await else { return };
    let archive = dispute.paper(&format!("dossier.zip?purpose={PURPOSE}")).await;
    assert_eq!((archive.status, kind(&archive)), (200, "application/zip"));
    let files = texts(&archive.bytes);
    assert!(files.iter().any(|(_, text)| text.contains(RECORD)), "the record of the session is in it");
    for (name, text) in &files {
        for private in PRIVATE {
            assert!(!text.contains(private), "{private} stands in {name}");
        }
    }
    let list = dispute.paper("dossier").await.ok().to_string();
    assert!(PRIVATE.iter().all(|private| !list.contains(private)));

    let (manifest, _) = verify(&archive.bytes).unwrap();
    assert_eq!(manifest.number, dispute.of.number);
    for scan in ["附件/01-协议签名页-甲某某.jpg", "附件/02-履行凭证-第1项.jpg"] {
        assert!(manifest.files.iter().any(|file| file.name == scan), "{:?}", manifest.files);
    }
    let again = dispute.paper(&format!("dossier.zip?purpose={PURPOSE}")).await;
    assert!(archive.bytes == again.bytes, "the same record gives the same archive");
}

async fn a_dossier_is_for_those_who_answer_for_it(database: Database) {
    let Some(dispute) = talked(database).await else { return };
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
        let who = dispute.app.sign_in(name).await;
        for path in &paths {
            assert_eq!(dispute.paper_for(&who, path).await.status, status, "{path} by {name}");
        }
    }
    dispute.paper("dossier/nothing?purpose=x").await.is_problem(404, "not_found");
    dispute.paper("dossier/volume?purpose=%20").await.is_problem(422, "invalid");
    dispute.paper("dossier/volume?purpose=x&format=odt").await.is_problem(422, "invalid");
}

async fn the_centre_reads_what_was_agreed_and_no_record_of_a_session(database: Database) {
    let Some(dispute) = agreed(database).await else { return };
    for name in ["intake", "director"] {
        let who = dispute.app.sign_in(name).await;
        let list = dispute.paper_for(&who, "dossier").await.ok();
        let session = list["forms"].as_array().unwrap().iter().find(|one| one["form"] == "session").unwrap();
        assert_eq!((&session["state"], &list["complete"]), (&json!("withheld"), &json!(false)));
        let files = texts(&dispute.paper_for(&who, &format!("dossier.zip?purpose={PURPOSE}")).await.bytes);
        let has = |words: &str| files.iter().any(|(_, text)| text.contains(words));
        assert!(has("把围栏往里移半米") && has("无权阅看") && !has(RECORD));
        assert!(PRIVATE.iter().all(|private| !has(private)));
        dispute
            .paper_for(&who, &format!("dossier/session?purpose={PURPOSE}"))
            .await
            .is_problem(403, "not_allowed");
    }
    for name in ["dispatcher", "village_lead", "overseer"] {
        let who = dispute.app.sign_in(name).await;
        dispute.paper_for(&who, "dossier").await.is_problem(403, "not_allowed");
    }
}

async fn a_party_takes_home_its_own_copy(database: Database) {
    let Some(dispute) = talked(database).await else { return };
    dispute.copy(1, DIGITS[0]).await.is_problem(404, "not_found");
    agree(&dispute).await;
    dispute.copy(1, "9999").await.is_problem(403, "wrong_phone");
    let copy = words(&dispute.copy(1, DIGITS[0]).await.bytes);
    for said in ["甲某某", "乙某某", "13872221357", "三组东头", "把围栏往里移半米"] {
        assert!(copy.contains(said), "{said} is not in the copy");
    }
    for hidden in ["13987262468", RECORD].iter().chain(&PRIVATE) {
        assert!(!copy.contains(hidden), "{hidden} is in the copy");
    }
}

async fn its_parties_are_told_who_read_it_and_what_for(database: Database) {
    let Some(dispute) = agreed(database).await else { return };
    let who = dispute.app.sign_in("director").await;
    dispute.paper_for(&who, &format!("dossier/agreement?purpose={PURPOSE}")).await;
    let path = format!("/api/v1/public/mediations/{}", dispute.code(1).await);
    let mut request = TestApp::request(Method::GET, &path, None, None);
    request.headers_mut().insert(PHONE_HEADER, DIGITS[0].parse().unwrap());
    let page = dispute.app.send(request).await.ok();
    let readers = page["readers"].as_array().unwrap();
    let told =
        readers.iter().any(|read| read["purpose"] == "立卷" && read["unit"]["id"] == "421321117.centre");
    assert!(told, "{readers:?}");
}

on_both!(
    a_dossier_is_filled_from_the_record_and_says_what_is_missing,
    a_dossier_is_complete_once_it_is_filed,
    every_file_of_the_archive_opens_and_is_what_the_list_says,
    nothing_private_stands_in_any_file,
    a_dossier_is_for_those_who_answer_for_it,
    the_centre_reads_what_was_agreed_and_no_record_of_a_session,
    a_party_takes_home_its_own_copy,
    its_parties_are_told_who_read_it_and_what_for,
);

#[tokio::test(flavor = "multi_thread")]
async fn a_mediation_that_failed_names_the_other_roads() {
    let dispute = talked(Database::Sqlite).await.unwrap();
    let failed = json!({ "type": "conclude_mediation", "result": "failed", "words": "赔偿数额谈不拢", "roads": ["court"] });
    dispute.mediates(failed).await;
    let roads = dispute.state_of("other_roads").await;
    assert_eq!((&roads["state"], &roads["mandatory"]), (&json!("whole"), &json!(true)), "{roads}");
    assert_eq!(dispute.state_of("agreement").await["state"], "absent");
    let notice = words(&dispute.paper(&format!("dossier/other_roads?purpose={PURPOSE}")).await.bytes);
    assert!(notice.contains("赔偿数额谈不拢") && notice.contains("诉讼（人民法院）"), "{notice}");
    let volume = words(&dispute.paper(&format!("dossier/volume?purpose={PURPOSE}")).await.bytes);
    assert!(volume.contains("本次调解未达成协议。"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_program_there_is_no_pdf_but_word() {
    let missing = Options { paper: Some("/nowhere/fengsi-paper".into()), ..unlimited() };
    let dispute = agreed(Database::Sqlite).await.unwrap();
    let dispute = Dispute { app: dispute.app.with(missing), ..dispute };
    let pdf = dispute.paper(&format!("dossier/volume?format=pdf&purpose={PURPOSE}")).await;
    pdf.is_problem(503, "paper_missing");
    assert_eq!(dispute.paper(&format!("dossier/volume?format=docx&purpose={PURPOSE}")).await.status, 200);
    assert_eq!(dispute.paper(&format!("dossier.zip?purpose={PURPOSE}")).await.status, 200);
}
