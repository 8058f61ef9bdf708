//! The bound volume: which documents there are, in the order of the Ministry's list, behind a cover and an index.

use crate::{
    dossier::{Agreement, AgreementForm, Confirmation, Dossier, Ending},
    forms::{self, Form},
    page::Document,
    wording::count,
};

/// Everything there is, from cover to back cover. What is not there yet is left out: [`missing`](crate::missing::missing)
/// names it.
pub fn volume(dossier: &Dossier) -> Vec<Document> {
    let inner: Vec<Document> = Form::ALL
        .into_iter()
        .filter(|form| !matches!(form, Form::Cover | Form::Contents | Form::BackCover))
        .flat_map(|form| existing(dossier, form))
        .collect();
    let mut documents = vec![forms::cover(dossier), forms::contents(&dossier.number, &inner)];
    documents.extend(inner);
    documents.push(forms::back_cover(dossier));
    documents
}

/// The documents of one form; where there is none yet, one to fill by hand.
pub fn documents(dossier: &Dossier, form: Form) -> Vec<Document> {
    let existing = existing(dossier, form);
    if existing.is_empty() { vec![empty(dossier, form)] } else { existing }
}

/// The documents of one form that there are. Where the paper signed by hand lies in the folder, no line asks to sign again.
fn existing(dossier: &Dossier, form: Form) -> Vec<Document> {
    let mut documents = made(dossier, form);
    if dossier.originals.contains(&form) {
        for document in &mut documents {
            document.note_originals();
        }
    }
    documents
}

/// Which part of the dossier makes which form.
#[allow(clippy::too_many_lines, reason = "a flat table: which part of the dossier makes which form")]
fn made(dossier: &Dossier, form: Form) -> Vec<Document> {
    let once = |is_there: bool, make: fn(&Dossier) -> Document| {
        if is_there { vec![make(dossier)] } else { Vec::new() }
    };
    match form {
        Form::Cover => once(true, forms::cover),
        Form::Contents => {
            let contents = volume(dossier).into_iter().filter(|document| document.form == Form::Contents);
            contents.collect()
        }
        Form::Application => once(dossier.application.is_some(), forms::application),
        Form::Registration => once(dossier.registration.is_some(), forms::registration),
        Form::Acceptance => once(dossier.accepted_on.is_some(), forms::acceptance),
        Form::NotAccepted => once(matches!(dossier.ending, Ending::NotAccepted { .. }), forms::not_accepted),
        Form::Rights => once(dossier.rights.is_some(), forms::rights),
        Form::Identity => once(!dossier.identity.is_empty(), forms::identity),
        Form::Authorisation => each(&dossier.authorisations, |one| forms::authorisation(dossier, one)),
        Form::Investigation => each(&dossier.investigations, |one| forms::investigation(dossier, one)),
        Form::Evidence => once(!dossier.evidence.is_empty(), forms::evidence),
        Form::Session => each(&dossier.sessions, |one| forms::session(dossier, one)),
        Form::Agreement => {
            each(agreed(dossier, AgreementForm::Written), |one| forms::agreement(dossier, one))
        }
        Form::OralAgreement => {
            each(agreed(dossier, AgreementForm::Oral), |one| forms::oral_agreement(dossier, one))
        }
        Form::OtherRoads => {
            once(matches!(dossier.ending, Ending::Failed { .. } | Ending::Refused { .. }), forms::other_roads)
        }
        Form::Performance => each(&dossier.performances, |one| forms::performance(dossier, one)),
        Form::Visit => each(&dossier.visits, |one| forms::visit(dossier, one)),
        Form::ConfirmationApplication => for_court(dossier, forms::confirmation_application),
        Form::MediationProof => {
            for_court(dossier, |dossier, agreed, _| forms::mediation_proof(dossier, agreed))
        }
        Form::ConfirmationRecord => for_court(dossier, forms::confirmation_record),
        Form::Statement => once(!dossier.notes.is_empty(), forms::statement),
        Form::BackCover => once(true, forms::back_cover),
    }
}

/// One of the papers for the court, when there is an agreement and both asked for its confirmation.
fn for_court(dossier: &Dossier, make: fn(&Dossier, &Agreement, &Confirmation) -> Document) -> Vec<Document> {
    let both = dossier.agreement().zip(dossier.confirmation.as_ref());
    both.map(|(agreed, asked)| make(dossier, agreed, asked)).into_iter().collect()
}

/// A form to fill by hand.
fn empty(dossier: &Dossier, form: Form) -> Document {
    let agreed = dossier.agreement().cloned().unwrap_or_default();
    let asked = dossier.confirmation.clone().unwrap_or_default();
    match form {
        Form::Cover => forms::cover(dossier),
        Form::Contents => forms::contents(&dossier.number, &[]),
        Form::Application => forms::application(dossier),
        Form::Registration => forms::registration(dossier),
        Form::Acceptance => forms::acceptance(dossier),
        Form::NotAccepted => forms::not_accepted(dossier),
        Form::Rights => forms::rights(dossier),
        Form::Identity => forms::identity(dossier),
        Form::Authorisation => forms::authorisation(dossier, &Default::default()),
        Form::Investigation => forms::investigation(dossier, &Default::default()),
        Form::Evidence => forms::evidence(dossier),
        Form::Session => forms::session(dossier, &Default::default()),
        Form::Agreement => forms::agreement(dossier, &agreed),
        Form::OralAgreement => forms::oral_agreement(dossier, &agreed),
        Form::OtherRoads => forms::other_roads(dossier),
        Form::Performance => forms::performance(dossier, &Default::default()),
        Form::Visit => forms::visit(dossier, &Default::default()),
        Form::ConfirmationApplication => forms::confirmation_application(dossier, &agreed, &asked),
        Form::MediationProof => forms::mediation_proof(dossier, &agreed),
        Form::ConfirmationRecord => forms::confirmation_record(dossier, &agreed, &asked),
        Form::Statement => forms::statement(dossier),
        Form::BackCover => forms::back_cover(dossier),
    }
}

fn agreed(dossier: &Dossier, form: AgreementForm) -> &[Agreement] {
    dossier.agreement().filter(|agreed| agreed.form == form).map_or(&[], std::slice::from_ref)
}

/// One document each; where there are several, an index tells them apart.
fn each<Part>(parts: &[Part], make: impl Fn(&Part) -> Document) -> Vec<Document> {
    let several = parts.len() > 1;
    let made = parts.iter().enumerate().map(|(at, part)| {
        let mut document = make(part);
        if several {
            document.title = format!("{}（{}）", document.title, count(at + 1)).into();
            document.anchor = format!("{}_{}", document.anchor, at + 1);
        }
        document
    });
    made.collect()
}
