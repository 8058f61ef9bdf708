//! One look at each document.

use super::{Lack, Missing};
use crate::{
    dossier::{Agreement, AgreementForm, Confirmation, Dossier, Ending, Session, Side, Signature, Signer},
    forms::Form,
};

/// What is missing everywhere.
pub(super) fn all(dossier: &Dossier) -> Vec<Missing> {
    let mut desk = Desk { dossier, missing: Vec::new() };
    desk.covers();
    desk.beginning();
    if !matches!(dossier.ending, Ending::NotAccepted { .. }) {
        desk.rights();
        desk.people();
        desk.sessions();
    }
    desk.ending();
    desk.additions();
    desk.missing
}

struct Desk<'a> {
    dossier: &'a Dossier,
    missing: Vec<Missing>,
}

impl Desk<'_> {
    fn covers(&mut self) {
        let dossier = self.dossier;
        self.unless(is_there(&dossier.number), Form::Cover, Lack::Number);
        self.unless(is_there(&dossier.committee), Form::Cover, Lack::Committee);
        let is_mediated = !matches!(dossier.ending, Ending::NotAccepted { .. });
        self.unless(!is_mediated || !dossier.mediators.is_empty(), Form::Cover, Lack::Mediator);
        self.unless(is_there(&dossier.retention), Form::Cover, Lack::Retention);
        self.unless(is_there(&dossier.filed_by) && dossier.filed_on.is_some(), Form::BackCover, Lack::Filing);
    }

    /// An application or a registration; either will do.
    fn beginning(&mut self) {
        let dossier = self.dossier;
        let has_sides =
            [Side::Applicant, Side::Respondent].iter().all(|side| dossier.side(*side).count() > 0);
        let form = match (&dossier.application, &dossier.registration) {
            (Some(application), _) => {
                self.unless(application.on.is_some(), Form::Application, Lack::Day);
                self.unless(
                    dossier.requests.iter().any(|one| is_there(one)),
                    Form::Application,
                    Lack::Requests,
                );
                let applicants = dossier.side(Side::Applicant);
                self.signed_by_parties(Form::Application, None, &application.signatures, applicants);
                Form::Application
            }
            (None, Some(registration)) => {
                self.unless(registration.on.is_some(), Form::Registration, Lack::Day);
                let name = &registration.registrar;
                self.signed_by(Form::Registration, None, &registration.signatures, Signer::Registrar, name);
                Form::Registration
            }
            (None, None) => return self.unless(false, Form::Registration, Lack::Document),
        };
        self.unless(has_sides, form, Lack::Parties);
        self.unless(dossier.source.is_some(), form, Lack::Source);
        self.unless(is_there(&dossier.brief), form, Lack::Brief);
    }

    fn rights(&mut self) {
        let dossier = self.dossier;
        let Some(rights) = &dossier.rights else {
            // Who refuses before anybody meets need not come to be told.
            return self.unless(self.ended_before_a_session(), Form::Rights, Lack::Document);
        };
        self.unless(rights.paragraphs.iter().any(|one| is_there(one)), Form::Rights, Lack::Words);
        self.unless(rights.told_on.is_some(), Form::Rights, Lack::Day);
        if !self.ended_before_a_session() {
            self.signed_by_parties(Form::Rights, None, &rights.signatures, dossier.parties.iter());
        }
    }

    fn people(&mut self) {
        let dossier = self.dossier;
        if !self.ended_before_a_session() {
            for party in &dossier.parties {
                let is_proved = dossier.identity.iter().any(|proof| proof.party == party.no);
                self.unless(is_proved, Form::Identity, Lack::Proof { name: party.name.clone() });
            }
        }
        let spoken_for = dossier.parties.iter().filter(|party| is_there(&party.agent));
        for party in spoken_for {
            let is_written = dossier.authorisations.iter().any(|given| given.party == party.no);
            self.unless(is_written, Form::Authorisation, Lack::Document);
        }
        for (at, given) in dossier.authorisations.iter().enumerate() {
            let number = number(at, dossier.authorisations.len());
            self.unless_of(is_there(&given.powers), Form::Authorisation, number, Lack::Words);
            self.unless_of(given.on.is_some(), Form::Authorisation, number, Lack::Day);
            let party = dossier.parties.iter().filter(|party| party.no == given.party);
            self.signed_by_parties(Form::Authorisation, number, &given.signatures, party);
        }
    }

    fn sessions(&mut self) {
        let dossier = self.dossier;
        let is_owed = !self.ended_before_a_session();
        self.unless(!is_owed || !dossier.sessions.is_empty(), Form::Session, Lack::Document);
        for (at, session) in dossier.sessions.iter().enumerate() {
            self.session(session, number(at, dossier.sessions.len()));
        }
        for (at, asked) in dossier.investigations.iter().enumerate() {
            let number = number(at, dossier.investigations.len());
            self.unless_of(asked.at.is_some(), Form::Investigation, number, Lack::Day);
            self.unless_of(is_there(&asked.record), Form::Investigation, number, Lack::Words);
            let name = &asked.asked;
            self.signed_by(Form::Investigation, number, &asked.signatures, Signer::Asked, name);
        }
    }

    fn session(&mut self, session: &Session, number: Option<usize>) {
        let dossier = self.dossier;
        self.unless_of(session.at.is_some(), Form::Session, number, Lack::Day);
        self.unless_of(is_there(&session.place), Form::Session, number, Lack::Place);
        self.unless_of(is_there(&session.process), Form::Session, number, Lack::Words);
        self.unless_of(is_there(&session.result), Form::Session, number, Lack::Result);
        for mediator in &dossier.mediators {
            self.signed_by(Form::Session, number, &session.signatures, Signer::Mediator, mediator);
        }
        // Who stops a session or leaves it without an agreement cannot be made to sign its record.
        if matches!(dossier.ending, Ending::Open | Ending::Agreed { .. }) {
            self.signed_by_parties(Form::Session, number, &session.signatures, dossier.parties.iter());
        }
    }

    fn ending(&mut self) {
        match &self.dossier.ending {
            Ending::Open => self.unless(false, Form::Agreement, Lack::Document),
            Ending::Agreed { agreement } => self.agreement(agreement),
            Ending::Failed { on, reason, .. } => {
                self.unless(on.is_some(), Form::OtherRoads, Lack::Day);
                self.unless(is_there(reason), Form::OtherRoads, Lack::Words);
            }
            Ending::Refused { on, .. } => self.unless(on.is_some(), Form::OtherRoads, Lack::Day),
            Ending::NotAccepted { on, reason, .. } => {
                self.unless(on.is_some(), Form::NotAccepted, Lack::Day);
                self.unless(is_there(reason), Form::NotAccepted, Lack::Words);
            }
        }
    }

    fn agreement(&mut self, agreed: &Agreement) {
        let dossier = self.dossier;
        let form = match agreed.form {
            AgreementForm::Written => Form::Agreement,
            AgreementForm::Oral => Form::OralAgreement,
        };
        self.unless(is_there(&agreed.facts), form, Lack::Words);
        self.unless(agreed.clauses.iter().any(|clause| is_there(&clause.what)), form, Lack::Clauses);
        self.unless(agreed.on.is_some(), form, Lack::Day);
        for mediator in &dossier.mediators {
            self.signed_by(form, None, &agreed.signatures, Signer::Mediator, mediator);
        }
        if agreed.form == AgreementForm::Written {
            self.signed_by_parties(form, None, &agreed.signatures, dossier.parties.iter());
        }
    }

    /// What need not be there, but must be whole when it is.
    fn additions(&mut self) {
        let dossier = self.dossier;
        for (at, done) in dossier.performances.iter().enumerate() {
            let number = number(at, dossier.performances.len());
            self.unless_of(done.on.is_some(), Form::Performance, number, Lack::Day);
            self.unless_of(is_there(&done.what), Form::Performance, number, Lack::Words);
            let name = &done.receiver;
            self.signed_by(Form::Performance, number, &done.signatures, Signer::Receiver, name);
        }
        for (at, visit) in dossier.visits.iter().enumerate() {
            let number = number(at, dossier.visits.len());
            self.unless_of(visit.on.is_some(), Form::Visit, number, Lack::Day);
            self.unless_of(is_there(&visit.found), Form::Visit, number, Lack::Words);
            self.signed_by(Form::Visit, number, &visit.signatures, Signer::Visitor, &visit.visitor);
        }
        if let Some(asked) = &dossier.confirmation {
            self.confirmation(asked);
        }
    }

    /// Both ask together, for a written agreement (article 33).
    fn confirmation(&mut self, asked: &Confirmation) {
        let dossier = self.dossier;
        let form = Form::ConfirmationApplication;
        self.unless(is_there(&asked.court), form, Lack::Court);
        self.unless(asked.applied_on.is_some(), form, Lack::Day);
        self.signed_by_parties(form, None, &asked.signatures, dossier.parties.iter());
        let is_written = dossier.agreement().is_some_and(|agreed| agreed.form == AgreementForm::Written);
        self.unless(is_written, form, Lack::Document);
    }

    fn ended_before_a_session(&self) -> bool {
        let ended = matches!(self.dossier.ending, Ending::Failed { .. } | Ending::Refused { .. });
        ended && self.dossier.sessions.is_empty()
    }

    fn signed_by_parties<'p>(
        &mut self,
        form: Form,
        number: Option<usize>,
        signatures: &[Signature],
        parties: impl Iterator<Item = &'p crate::dossier::Party>,
    ) {
        for party in parties {
            let is_signed = signatures.iter().any(|one| one.signer == Signer::Party { no: party.no });
            self.unless_of(is_signed, form, number, Lack::Signature { name: party.name.clone() });
        }
    }

    fn signed_by(
        &mut self,
        form: Form,
        number: Option<usize>,
        signatures: &[Signature],
        signer: Signer,
        name: &str,
    ) {
        let is_signed =
            signatures.iter().any(|one| one.signer == signer && (name.is_empty() || one.name == name));
        let name = if name.is_empty() { capacity(signer).to_owned() } else { name.to_owned() };
        self.unless_of(is_signed, form, number, Lack::Signature { name });
    }

    /// Whoever filed it has seen the paper: what is signed there by hand needs no line here. A letter of authority is all paper.
    fn is_in_the_folder(&self, form: Form, lack: &Lack) -> bool {
        let is_by_hand = matches!(lack, Lack::Signature { .. }) || form == Form::Authorisation;
        is_by_hand && self.dossier.originals.contains(&form)
    }

    fn unless(&mut self, holds: bool, form: Form, lack: Lack) {
        self.unless_of(holds, form, None, lack);
    }

    fn unless_of(&mut self, holds: bool, form: Form, number: Option<usize>, lack: Lack) {
        if !holds && !self.is_in_the_folder(form, &lack) {
            self.missing.push(Missing { form, number, lack });
        }
    }
}

fn is_there(text: &str) -> bool {
    !text.trim().is_empty()
}

fn number(at: usize, of: usize) -> Option<usize> {
    (of > 1).then_some(at + 1)
}

fn capacity(signer: Signer) -> &'static str {
    match signer {
        Signer::Party { .. } => "当事人",
        Signer::Mediator => "人民调解员",
        Signer::Recorder => "记录人",
        Signer::Registrar => "登记人",
        Signer::Asked => "被调查人",
        Signer::Asker => "调查人",
        Signer::Agent => "受委托人",
        Signer::Receiver => "收到人",
        Signer::Visitor => "回访人",
    }
}
