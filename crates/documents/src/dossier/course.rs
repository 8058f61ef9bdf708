//! What happens from the application to the end.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{Agreement, Signature};

/// How a dispute comes to the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Source {
    /// A party asked.
    Application,
    /// The committee offered it.
    OwnInitiative,
    /// Another body handed it over.
    HandedOver {
        /// Which.
        by: String,
    },
}

/// A written application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Application {
    /// When.
    pub on: Option<Date>,
    /// The applicants'.
    pub signatures: Vec<Signature>,
}

/// The committee's own registration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Registration {
    /// When.
    pub on: Option<Date>,
    /// Who registered it.
    pub registrar: String,
    /// The parties' and the registrar's.
    pub signatures: Vec<Signature>,
}

/// What the parties were told, word for word: the text is data and has versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RightsNotice {
    /// Which version of the text.
    pub version: String,
    /// The text, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// When they were told.
    pub told_on: Option<Date>,
    /// The parties'.
    pub signatures: Vec<Signature>,
}

impl RightsNotice {
    /// The text of the Act of 2010 (articles 23, 24), with which every site begins.
    pub fn of_the_act() -> Self {
        let paragraphs = include_str!("../../texts/rights.txt").lines().map(str::to_owned).collect();
        Self { version: "2010".to_owned(), paragraphs, ..Self::default() }
    }
}

/// A proof of identity that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProof {
    /// Whose, by number.
    pub party: u16,
    /// Its kind, such as 居民身份证. Never its number.
    pub kind: String,
    /// When it was seen.
    pub seen_on: Option<Date>,
    /// By whom.
    #[serde(default)]
    pub seen_by: String,
}

/// Somebody may speak for a party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Authorisation {
    /// Whom they speak for, by number.
    pub party: u16,
    /// Who.
    pub agent: String,
    /// How they reach the agent.
    pub contact: String,
    /// What the agent may do.
    pub powers: String,
    /// Since when.
    pub on: Option<Date>,
    /// The party's and the agent's.
    pub signatures: Vec<Signature>,
}

/// Somebody was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Investigation {
    /// When.
    pub at: Option<DateTime>,
    /// Where.
    pub place: String,
    /// Who else was there.
    pub present: Vec<String>,
    /// Who was asked.
    pub asked: String,
    /// Who asked.
    pub askers: Vec<String>,
    /// What was asked and answered.
    pub record: String,
    /// Those of all of them.
    pub signatures: Vec<Signature>,
}

/// Something handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Evidence {
    /// What it is.
    pub name: String,
    /// Who handed it in.
    pub from: String,
    /// How many sheets.
    pub sheets: Option<u16>,
    /// What it shows, or where it lies.
    pub remarks: String,
}

/// One session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Session {
    /// When it began.
    pub at: Option<DateTime>,
    /// Where.
    pub place: String,
    /// Who took part besides parties and mediators.
    pub present: Vec<String>,
    /// What was said and done.
    pub process: String,
    /// What came of it.
    pub result: String,
    /// Those of the parties, the mediators and the recorder.
    pub signatures: Vec<Signature>,
}

/// How the mediation ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Ending {
    /// Not yet.
    #[default]
    Open,
    /// With an agreement.
    Agreed {
        /// The agreement.
        agreement: Agreement,
    },
    /// Without one (article 26).
    Failed {
        /// When.
        on: Option<Date>,
        /// Why.
        reason: String,
        /// The other roads that were named to the parties.
        roads: Vec<String>,
    },
    /// A party said no, or stopped it (articles 17, 23).
    Refused {
        /// When.
        on: Option<Date>,
        /// Who, by number.
        party: u16,
        /// The other roads that were named to the parties.
        roads: Vec<String>,
    },
    /// The committee may not take it.
    NotAccepted {
        /// When.
        on: Option<Date>,
        /// Why.
        reason: String,
        /// Where to go instead.
        roads: Vec<String>,
    },
}
