//! An agreement, its clauses and signatures, and its confirmation by a court.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Party, Way};
use crate::{
    id::{PhotoId, TextId},
    word::words,
};

words! {
    /// The form of an agreement.
    AgreementForm { Oral = "oral", Written = "written" }
}

words! {
    /// What became of a clause.
    ClauseResult { Performed = "performed", NotPerformed = "not_performed" }
}

words! {
    /// Where a judicial confirmation stands.
    ConfirmationState {
        /// Both may apply until the last day.
        Open = "open",
        /// Both have applied.
        Applied = "applied",
        /// 裁定有效
        Confirmed = "confirmed",
        /// 驳回
        Dismissed = "dismissed",
        /// 不予受理
        Inadmissible = "inadmissible",
        /// The thirty days are over.
        Lapsed = "lapsed",
    }
}

/// A clause: who does what by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Its number, from 1.
    pub no: u8,
    /// The party that owes it.
    pub by: u8,
    /// What.
    pub words: TextId,
    /// The last day.
    pub due_on: Date,
    /// How much, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fen: Option<u64>,
    /// What became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ClauseResult>,
    /// On which day it was performed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performed_on: Option<Date>,
    /// The reminder was sent.
    #[serde(default)]
    pub reminded: bool,
    /// Its day passed without word of performance.
    #[serde(default)]
    pub overdue: bool,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Whose.
    pub party: u8,
    /// On its page, or on paper.
    pub way: Way,
    /// When.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
    /// The scan of a signature on paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scans: Vec<PhotoId>,
}

/// An agreement, proposed or in effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Which proposal it is, from 1; a signature holds for one.
    pub version: u8,
    /// Oral or written.
    pub form: AgreementForm,
    /// The facts, what is disputed, each side's responsibility.
    pub facts: TextId,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// The parties' signatures.
    pub signatures: Vec<Signature>,
    /// The mediator has signed and sealed it.
    pub sealed: bool,
    /// Since when it holds.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "jiff::fmt::serde::timestamp::microsecond::optional"
    )]
    pub effective_at: Option<Timestamp>,
}

/// The judicial confirmation of an agreement (RMTJF art. 33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Where it stands.
    pub state: ConfirmationState,
    /// Until when both may apply.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub until: Timestamp,
}

impl Agreement {
    /// Whether it has every signature it needs (RMTJF art. 29): each party's and the mediator's with the committee's seal.
    #[must_use]
    pub fn is_complete(&self, parties: &[Party]) -> bool {
        let signed = |party: &Party| self.signatures.iter().any(|signature| signature.party == party.no);
        self.sealed && parties.iter().all(signed)
    }

    /// The clause with a number.
    #[must_use]
    pub fn clause(&self, no: u8) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.no == no)
    }

    /// What it is about, in fen.
    #[must_use]
    pub fn fen(&self) -> u64 {
        self.clauses.iter().filter_map(|clause| clause.fen).fold(0, u64::saturating_add)
    }
}
