//! What was agreed and what became of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Signature;

/// What the parties agreed on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Agreement {
    /// Written, or spoken and registered.
    pub form: AgreementForm,
    /// Its number; empty is the file's.
    pub number: String,
    /// Main facts, what was disputed, and each side's part in it.
    pub facts: String,
    /// Clause by clause.
    pub clauses: Vec<Clause>,
    /// How and by when it is performed, beyond what the clauses say.
    pub manner: String,
    /// How many copies; nothing is one for each party and one for the committee (article 29).
    pub copies: Option<u16>,
    /// When it was made.
    pub on: Option<Date>,
    /// When it took effect: with the last signature, or on its day when spoken (articles 29, 30).
    pub effective_on: Option<Date>,
    /// Those of the parties, the mediators and the recorder.
    pub signatures: Vec<Signature>,
}

/// The form of an agreement (article 28).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementForm {
    /// On paper, signed.
    #[default]
    Written,
    /// Spoken, registered by the mediator.
    Oral,
}

/// Who does what by when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clause {
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// By when.
    pub due_on: Option<Date>,
    /// How much, in fen.
    pub amount_fen: Option<i64>,
}

/// Something of it was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Performance {
    /// Of which clause, counted from one; nothing is the whole agreement.
    pub clause: Option<u16>,
    /// When.
    pub on: Option<Date>,
    /// What was done.
    pub what: String,
    /// How much, in fen.
    pub amount_fen: Option<i64>,
    /// Who did it.
    pub giver: String,
    /// Who received it.
    pub receiver: String,
    /// The receiver's.
    pub signatures: Vec<Signature>,
}

/// A visit afterwards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Visit {
    /// When.
    pub on: Option<Date>,
    /// Why.
    pub reason: String,
    /// How the agreement is performed, whether the parties are content, whether anything brews.
    pub found: String,
    /// Who visited.
    pub visitor: String,
    /// The visitor's.
    pub signatures: Vec<Signature>,
}

/// The joint application to the court (article 33).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Confirmation {
    /// Which court.
    pub court: String,
    /// When both applied.
    pub applied_on: Option<Date>,
    /// The parties'.
    pub signatures: Vec<Signature>,
    /// The court's number for it.
    pub receipt_number: String,
    /// When the court received it.
    pub received_on: Option<Date>,
    /// What the court said.
    pub ruling: Option<Ruling>,
}

/// What the court said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Its number.
    pub number: String,
    /// When.
    pub on: Option<Date>,
    /// Whether the agreement is confirmed.
    pub confirmed: bool,
}
