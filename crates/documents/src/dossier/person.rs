//! Parties and signatures.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// Somebody in the dispute: a person or a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Which side.
    pub side: Side,
    /// The party's number in this mediation.
    pub no: u16,
    /// Name.
    pub name: String,
    /// Telephone or whatever reaches them; may be empty.
    #[serde(default)]
    pub contact: String,
    /// Home or seat; may be empty.
    #[serde(default)]
    pub address: String,
    /// Who speaks for them; may be empty.
    #[serde(default)]
    pub agent: String,
}

/// A side of the dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who asked, or is named first when nobody asked.
    Applicant,
    /// The other side.
    Respondent,
    /// Whom it concerns besides.
    Third,
}

impl Side {
    /// In the order of the forms.
    pub const ALL: [Self; 3] = [Self::Applicant, Self::Respondent, Self::Third];

    /// What the forms call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Applicant => "申请人",
            Self::Respondent => "被申请人",
            Self::Third => "第三人",
        }
    }
}

/// A signature that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// In which capacity.
    pub signer: Signer,
    /// Whose it is.
    pub name: String,
    /// How.
    pub how: How,
    /// When, at the site.
    pub at: DateTime,
}

/// Who is expected to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Signer {
    /// A party, by its number.
    Party {
        /// The number.
        no: u16,
    },
    /// A mediator; the name tells which.
    Mediator,
    /// Who wrote it down.
    Recorder,
    /// Who registered it.
    Registrar,
    /// Who was asked in an investigation.
    Asked,
    /// Who asked.
    Asker,
    /// Who speaks for a party.
    Agent,
    /// Who received what was agreed.
    Receiver,
    /// Who visited.
    Visitor,
}

/// How somebody signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// With ink; the sheet or its scan is in the file.
    OnPaper,
    /// With a code sent to them.
    ByCode,
}

impl Signature {
    /// The day.
    pub fn on(&self) -> Date {
        self.at.date()
    }
}
