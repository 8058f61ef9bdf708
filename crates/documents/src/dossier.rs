//! What is known of one mediation, as plain values: the input of every document.
//!
//! Whoever calls fills it from the record. A part that is not there yet is empty, and its document is printed with lines to
//! fill by hand. Sex, people, age and occupation have no field: the forms print them blank.

mod agreement;
mod course;
mod person;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::forms::Form;

pub use agreement::{Agreement, AgreementForm, Clause, Confirmation, Performance, Ruling, Visit};
pub use course::{
    Application, Authorisation, Ending, Evidence, IdentityProof, Investigation, Registration, RightsNotice,
    Session, Source,
};
pub use person::{How, Party, Side, Signature, Signer};

/// One mediation from its application to its last sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dossier {
    /// The committee that mediated.
    pub committee: String,
    /// The file's number as the field writes it: （2026）柳林人调字第12号.
    pub number: String,
    /// The file's name; empty is made from the parties and the kind of dispute.
    pub title: String,
    /// Who mediated.
    pub mediators: Vec<String>,
    /// Who wrote the record.
    pub recorder: String,
    /// The kind of dispute, as the catalogue calls it.
    pub kind: String,
    /// How it came to the committee.
    pub source: Option<Source>,
    /// Who is in dispute.
    pub parties: Vec<Party>,
    /// What it is about, in brief.
    pub brief: String,
    /// What the applicants ask for.
    pub requests: Vec<String>,
    /// The written application, when there is one.
    pub application: Option<Application>,
    /// The registration, which stands in for an application.
    pub registration: Option<Registration>,
    /// When the committee accepted it.
    pub accepted_on: Option<Date>,
    /// What the parties were told of their rights and duties.
    pub rights: Option<RightsNotice>,
    /// Which proofs of identity were seen. Their kind only: no number, no copy.
    pub identity: Vec<IdentityProof>,
    /// Who may speak for a party.
    pub authorisations: Vec<Authorisation>,
    /// What was asked before or between sessions.
    pub investigations: Vec<Investigation>,
    /// What was handed in.
    pub evidence: Vec<Evidence>,
    /// The sessions.
    pub sessions: Vec<Session>,
    /// How it ended.
    pub ending: Ending,
    /// What was done of what was agreed.
    pub performances: Vec<Performance>,
    /// Visits afterwards.
    pub visits: Vec<Visit>,
    /// The joint way to the court.
    pub confirmation: Option<Confirmation>,
    /// What whoever opens the file should know.
    pub notes: Vec<String>,
    /// Forms of which every paper lies in the folder, signed by hand; whoever files it says so.
    pub originals: Vec<Form>,
    /// How long it is kept, in the site's words; no term is written anywhere in this code.
    pub retention: String,
    /// Remarks on the cover.
    pub remarks: String,
    /// Who put the file together.
    pub filed_by: String,
    /// When.
    pub filed_on: Option<Date>,
}

impl Dossier {
    /// The agreement, when there is one.
    pub fn agreement(&self) -> Option<&Agreement> {
        match &self.ending {
            Ending::Agreed { agreement } => Some(agreement),
            Ending::Open | Ending::Failed { .. } | Ending::Refused { .. } | Ending::NotAccepted { .. } => {
                None
            }
        }
    }

    /// The parties of one side.
    pub fn side(&self, side: Side) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(move |party| party.side == side)
    }

    /// A party's name, or nothing when the number is nobody's.
    pub fn name_of(&self, no: u16) -> &str {
        self.parties.iter().find(|party| party.no == no).map_or("", |party| &party.name)
    }

    /// All parties' names: 甲、乙.
    pub fn names(&self) -> String {
        crate::wording::list(&self.parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>())
    }

    /// When the mediation ended: its agreement, failure or refusal.
    pub fn ended_on(&self) -> Option<Date> {
        match &self.ending {
            Ending::Open => None,
            Ending::Agreed { agreement } => agreement.on,
            Ending::Failed { on, .. } | Ending::Refused { on, .. } | Ending::NotAccepted { on, .. } => *on,
        }
    }

    /// When it began: the application, else the registration.
    pub fn began_on(&self) -> Option<Date> {
        let applied = self.application.as_ref().and_then(|application| application.on);
        applied.or_else(|| self.registration.as_ref().and_then(|registration| registration.on))
    }
}
