//! When a dossier is complete.

use super::sample;
use crate::{
    Dossier, Form,
    dossier::{AgreementForm, Ending},
    missing::{Lack, missing},
    page::{Block, Document},
    volume::documents,
};

fn words(dossier: &Dossier) -> Vec<String> {
    missing(dossier).iter().map(|missing| missing.words()).collect()
}

#[test]
fn the_sample_is_complete_and_an_empty_one_lacks_what_is_mandatory() {
    assert_eq!(words(&sample()), Vec::<String>::new());
    insta::assert_snapshot!("missing_of_an_empty_dossier", words(&Dossier::default()).join("\n"));
}

type Change = fn(&mut Dossier);

#[test]
fn each_thing_taken_away_is_named() {
    let take: [(&str, Change); 14] = [
        ("封面：缺少卷号", |dossier| dossier.number.clear()),
        ("封面：缺少保管期限", |dossier| dossier.retention.clear()),
        ("封底：缺少立卷人或者立卷日期", |dossier| dossier.filed_on = None),
        ("人民调解申请书：缺少张䶮骉的签名", |dossier| {
            dossier.application.as_mut().unwrap().signatures.clear();
        }),
        ("人民调解申请书：缺少纠纷简要情况", |dossier| dossier.brief = " ".to_owned()),
        ("人民调解申请书：缺少案件来源", |dossier| dossier.source = None),
        ("当事人权利义务告知书：尚未形成", |dossier| dossier.rights = None),
        ("当事人身份证明：缺少李四喜的身份证明", |dossier| {
            dossier.identity.retain(|proof| proof.party != 2);
        }),
        ("授权委托书：尚未形成", |dossier| dossier.authorisations.clear()),
        ("人民调解记录：尚未形成", |dossier| dossier.sessions.clear()),
        ("人民调解记录（二）：缺少地点", |dossier| dossier.sessions[1].place.clear()),
        ("人民调解协议书：尚未形成", |dossier| dossier.ending = Ending::Open),
        ("司法确认申请书：缺少李四喜的签名", |dossier| {
            dossier.confirmation.as_mut().unwrap().signatures.pop();
        }),
        ("回访记录：缺少内容", |dossier| dossier.visits[0].found.clear()),
    ];
    for (expected, change) in take {
        let mut dossier = sample();
        change(&mut dossier);
        assert!(words(&dossier).contains(&expected.to_owned()), "{expected} in {:?}", words(&dossier));
    }
}

#[test]
fn what_was_signed_by_hand_lies_in_the_folder() {
    let mut dossier = sample();
    for session in &mut dossier.sessions {
        session.signatures.clear();
    }
    dossier.authorisations.clear();
    assert!(words(&dossier).contains(&"授权委托书：尚未形成".to_owned()), "{:?}", words(&dossier));
    dossier.originals = vec![Form::Session, Form::Authorisation];
    assert_eq!(words(&dossier), Vec::<String>::new());
    let notes = |document: &Document| {
        let mut notes = Vec::new();
        for block in &document.blocks {
            let Block::Signatures { lines } = block else { continue };
            notes.extend(lines.iter().map(|line| line.note.to_string()));
        }
        notes
    };
    for session in documents(&dossier, Form::Session) {
        assert!(notes(&session).iter().all(|note| note == "签名见随卷原件"), "{:?}", notes(&session));
    }
    // A paper is there; what it says must be there too.
    dossier.sessions[1].place.clear();
    assert_eq!(words(&dossier), ["人民调解记录（二）：缺少地点"]);
}

#[test]
fn an_application_or_a_registration_will_do() {
    let mut dossier = sample();
    dossier.application = None;
    assert_eq!(words(&dossier), Vec::<String>::new());
    dossier.registration = None;
    assert_eq!(words(&dossier), ["人民调解受理登记表：尚未形成"]);
}

#[test]
fn an_oral_agreement_stands_in_for_a_written_one() {
    let mut dossier = sample();
    let Ending::Agreed { agreement } = &mut dossier.ending else { panic!("the sample is agreed") };
    agreement.form = AgreementForm::Oral;
    agreement.signatures.retain(|signature| signature.name == "方明理" || signature.name == "周和");
    assert_eq!(words(&dossier), ["司法确认申请书：尚未形成"], "a court confirms what is written");
    dossier.confirmation = None;
    assert_eq!(words(&dossier), Vec::<String>::new());
}

#[test]
fn who_refused_owes_no_agreement_and_before_a_session_no_proof() {
    let mut dossier = sample();
    dossier.confirmation = None;
    dossier.performances.clear();
    dossier.visits.clear();
    dossier.ending = Ending::Refused { on: dossier.accepted_on, party: 2, roads: Vec::new() };
    dossier.sessions[1].signatures.retain(|signature| signature.name != "李四喜");
    assert_eq!(words(&dossier), Vec::<String>::new());
    dossier.sessions.clear();
    dossier.identity.clear();
    dossier.rights = None;
    assert_eq!(words(&dossier), Vec::<String>::new());
    dossier.ending = Ending::Failed { on: None, reason: String::new(), roads: Vec::new() };
    assert_eq!(words(&dossier), ["调解终止告知书：缺少日期", "调解终止告知书：缺少内容"]);
}

#[test]
fn what_was_not_accepted_owes_only_its_beginning_and_the_reason() {
    let mut dossier = sample();
    let ending =
        Ending::NotAccepted { on: None, reason: "已由人民法院受理".to_owned(), roads: Vec::new() };
    dossier = Dossier {
        ending,
        mediators: Vec::new(),
        rights: None,
        identity: Vec::new(),
        authorisations: Vec::new(),
        investigations: Vec::new(),
        sessions: Vec::new(),
        performances: Vec::new(),
        visits: Vec::new(),
        confirmation: None,
        ..dossier
    };
    assert_eq!(words(&dossier), ["不予受理告知书：缺少日期"]);
}

#[test]
fn is_a_contract_in_json() {
    let found = missing(&Dossier { number: "1".to_owned(), ..Dossier::default() });
    let lack = Lack::Committee;
    let first = &found[0];
    assert_eq!((first.form, &first.lack), (Form::Cover, &lack));
    assert_eq!(
        serde_json::to_value(first).unwrap(),
        serde_json::json!({"form": "cover", "lack": "committee"})
    );
}
