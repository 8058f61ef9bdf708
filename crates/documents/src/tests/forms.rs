//! Each form with the sample and empty, as an outline.

use super::{outline::outline, sample};
use crate::{
    Dossier, Form,
    dossier::{AgreementForm, Ending, Source},
    volume::{documents, volume},
};

#[test]
fn the_volume_says_what_the_dossier_holds() {
    let outlines: Vec<String> = volume(&sample()).iter().map(outline).collect();
    insta::assert_snapshot!("volume", outlines.join("\n"));
}

#[test]
fn an_empty_form_can_be_filled_by_hand() {
    let empty =
        Dossier { committee: "随县柳林镇人民调解委员会".to_owned(), ..Dossier::default() };
    let outlines: Vec<String> =
        Form::ALL.iter().flat_map(|form| documents(&empty, *form)).map(|one| outline(&one)).collect();
    insta::assert_snapshot!("empty", outlines.join("\n"));
}

#[test]
fn other_endings_have_papers_of_their_own() {
    let mut dossier = sample();
    let Ending::Agreed { mut agreement } = dossier.ending.clone() else { panic!("the sample is agreed") };
    agreement.form = AgreementForm::Oral;
    dossier.source = Some(Source::HandedOver { by: "柳林派出所".to_owned() });
    let mut outlines = vec![outline(&documents(&dossier, Form::Registration)[0])];
    let endings = [
        Ending::Agreed { agreement },
        Ending::Failed {
            on: None, reason: "双方对费用分担分歧较大。".to_owned(), roads: Vec::new()
        },
        Ending::Refused {
            on: Some(jiff::civil::date(2026, 3, 9)),
            party: 2,
            roads: vec!["向随县人民法院提起诉讼。".to_owned()],
        },
        Ending::NotAccepted {
            on: None, reason: "该纠纷已由人民法院受理。".to_owned(), roads: Vec::new()
        },
    ];
    for (ending, form) in
        endings.into_iter().zip([Form::OralAgreement, Form::OtherRoads, Form::OtherRoads, Form::NotAccepted])
    {
        dossier.ending = ending;
        let made = volume(&dossier);
        let document =
            made.iter().find(|document| document.form == form).expect("its paper is in the volume");
        assert!(form == Form::Agreement || made.iter().all(|document| document.form != Form::Agreement));
        outlines.push(outline(document));
    }
    insta::assert_snapshot!("endings", outlines.join("\n"));
}

#[test]
fn every_form_has_a_name_of_its_own_and_a_place_in_order() {
    let codes: std::collections::BTreeSet<&str> = Form::ALL.iter().map(|form| form.code()).collect();
    assert_eq!(codes.len(), Form::ALL.len());
    for form in Form::ALL {
        assert_eq!(serde_json::to_value(form).unwrap(), form.code());
    }
    let places: Vec<u8> = Form::ALL.iter().filter_map(|form| form.of_thirteen()).collect();
    assert!(places.is_sorted());
    assert_eq!((places.first(), places.last()), (Some(&1), Some(&13)));
    assert!((1..=13).all(|place| places.contains(&place)));
}

#[test]
fn no_form_asks_for_a_number_of_identity() {
    let mut empty: Vec<String> = Form::ALL
        .iter()
        .flat_map(|form| documents(&Dossier::default(), *form))
        .map(|one| outline(&one))
        .collect();
    empty.retain(|form| form.contains("身份证号") || form.contains("公民身份号码"));
    assert!(empty.is_empty(), "{empty:?}");
}
