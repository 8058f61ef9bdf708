//! What a dossier still lacks before it is complete: which of the thirteen documents, and what in it.
//!
//! Mandatory are the application or registration, the notice of rights, the proofs of identity, the record of each session, the
//! agreement, and the back cover. An oral agreement stands in for a written one. Where a party refused or no agreement came
//! about, the notice of other roads stands in its place; before a first session such a file owes no proof of identity and no
//! record, since nobody may be made to come. What is not mandatory must be whole once it is there.

mod check;

use serde::{Deserialize, Serialize};

use crate::{
    dossier::{AgreementForm, Dossier, Ending},
    forms::Form,
};

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missing {
    /// In which document.
    pub form: Form,
    /// In which of several of them, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
    /// What.
    #[serde(flatten)]
    pub lack: Lack,
}

/// What is missing in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "lack", rename_all = "snake_case")]
pub enum Lack {
    /// The whole document.
    Document,
    /// The file's number.
    Number,
    /// The committee's name.
    Committee,
    /// A mediator.
    Mediator,
    /// A party on each side.
    Parties,
    /// The day.
    Day,
    /// The place.
    Place,
    /// What it is about.
    Brief,
    /// How it came to the committee.
    Source,
    /// What is asked for.
    Requests,
    /// The text itself: a record, facts, a reason.
    Words,
    /// The result.
    Result,
    /// The clauses.
    Clauses,
    /// A proof of identity.
    Proof {
        /// Whose.
        name: String,
    },
    /// A signature.
    Signature {
        /// Whose.
        name: String,
    },
    /// Which court is asked.
    Court,
    /// How long it is kept.
    Retention,
    /// Who put it together, and when.
    Filing,
}

impl Missing {
    /// A sentence for whoever completes it: 人民调解记录（二）：缺少地点.
    pub fn words(&self) -> String {
        let number = self.number.map(|number| format!("（{}）", crate::wording::count(number)));
        format!("{}{}：{}", self.form.title(), number.unwrap_or_default(), self.lack.words())
    }
}

impl Lack {
    /// Its stable name in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Number => "number",
            Self::Committee => "committee",
            Self::Mediator => "mediator",
            Self::Parties => "parties",
            Self::Day => "day",
            Self::Place => "place",
            Self::Brief => "brief",
            Self::Source => "source",
            Self::Requests => "requests",
            Self::Words => "words",
            Self::Result => "result",
            Self::Clauses => "clauses",
            Self::Proof { .. } => "proof",
            Self::Signature { .. } => "signature",
            Self::Court => "court",
            Self::Retention => "retention",
            Self::Filing => "filing",
        }
    }

    /// Whose it is, for proofs and signatures.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Proof { name } | Self::Signature { name } => Some(name),
            Self::Document
            | Self::Number
            | Self::Committee
            | Self::Mediator
            | Self::Parties
            | Self::Day
            | Self::Place
            | Self::Brief
            | Self::Source
            | Self::Requests
            | Self::Words
            | Self::Result
            | Self::Clauses
            | Self::Court
            | Self::Retention
            | Self::Filing => None,
        }
    }

    fn words(&self) -> String {
        let plain = match self {
            Self::Document => "尚未形成",
            Self::Number => "缺少卷号",
            Self::Committee => "缺少人民调解委员会名称",
            Self::Mediator => "缺少人民调解员",
            Self::Parties => "缺少一方当事人",
            Self::Day => "缺少日期",
            Self::Place => "缺少地点",
            Self::Brief => "缺少纠纷简要情况",
            Self::Source => "缺少案件来源",
            Self::Requests => "缺少申请事项",
            Self::Words => "缺少内容",
            Self::Result => "缺少结果",
            Self::Clauses => "缺少协议内容",
            Self::Proof { name } => return format!("缺少{name}的身份证明"),
            Self::Signature { name } => return format!("缺少{name}的签名"),
            Self::Court => "缺少人民法院名称",
            Self::Retention => "缺少保管期限",
            Self::Filing => "缺少立卷人或者立卷日期",
        };
        plain.to_owned()
    }
}

/// Whether a dossier cannot be complete without a form, as its mediation stands.
pub fn is_mandatory(dossier: &Dossier, form: Form) -> bool {
    let ending = &dossier.ending;
    let is_mediated = !matches!(ending, Ending::NotAccepted { .. });
    let has_failed = matches!(ending, Ending::Failed { .. } | Ending::Refused { .. });
    let is_oral = dossier.agreement().is_some_and(|agreed| agreed.form == AgreementForm::Oral);
    match form {
        Form::Cover | Form::Contents | Form::BackCover => true,
        Form::Application => dossier.application.is_some(),
        Form::Registration => dossier.application.is_none(),
        Form::Rights | Form::Identity | Form::Session => {
            is_mediated && !(has_failed && dossier.sessions.is_empty())
        }
        Form::Agreement => is_mediated && !has_failed && !is_oral,
        Form::OralAgreement => is_oral,
        Form::OtherRoads => has_failed,
        Form::NotAccepted => !is_mediated,
        Form::Acceptance
        | Form::Authorisation
        | Form::Investigation
        | Form::Evidence
        | Form::Performance
        | Form::Visit
        | Form::ConfirmationApplication
        | Form::MediationProof
        | Form::ConfirmationRecord
        | Form::Statement => false,
    }
}

/// Everything that is missing, in the order of the dossier. Nothing means that it is complete.
pub fn missing(dossier: &Dossier) -> Vec<Missing> {
    let mut missing = check::all(dossier);
    missing.sort();
    missing
}
