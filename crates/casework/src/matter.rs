//! A matter: its state, what may happen to it (`decide`) and what did (`apply`).
//!
//! `decide` is pure: a command and a context go in, events or a refusal come out. `apply` is total: every event that was
//! ever recorded can be applied. The files below are one per command; none of them knows where matters are kept.

pub mod stage;

pub mod command;
pub mod event;

mod apply;
mod decide;
mod owed;
mod possible;
pub(crate) mod turn;
mod wake;

// The reporter.
mod rate;
mod reopen;
mod report;
mod supply;
mod urge;
mod withdraw;
// Screening at the centre.
mod admit;
mod ask;
mod correct_place;
mod dispatch;
mod escalate;
mod guide;
mod merge;
mod open_mediation;
mod reclassify;
mod replace_code;
mod send_down;
mod settle;
mod split;
// The work.
mod ask_extension;
mod co_answer;
mod complete;
mod conclude_mediation;
mod decide_extension;
mod object;
mod progress;
mod resume;
mod return_once;
mod rule;
mod sign_for;
mod suspend;
// Judging it.
mod archive;
mod call_back;
mod decide_rework;
mod fail;
mod pass;
// Beside the road.
mod attach;
mod consult;
mod link;
mod note;
mod supervise;
// The system.
mod system;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    command::{Command, CommandKind},
    decide::{Busy, Context, Decision, Fresh},
    event::{ClauseRef, CoDuty, Event, EventKind, Part, PartyRef, Stretch},
    owed::{Owed, Owes},
    report::{Contact, PlaceGiven, Report},
    stage::{
        Answer, Class, MediationResult, Outcome, Source, Stage, SupervisionLevel, Urgency, Verification,
        WorkResult,
    },
    wake::Wake,
};
pub use crate::record::Recorded;
use crate::{
    actor::By,
    area::{AreaCode, Point},
    clock::Clock,
    id::{AccountId, MatterId, Number, TextId, UnitId},
    mediation::Mediation,
    record::{Record, RecordKind},
    talk_day::TalkItem,
    text::TextRef,
};

/// A unit that helps the lead unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandler {
    /// The unit.
    pub unit: UnitId,
    /// Its sub-deadline.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub due_at: Timestamp,
    /// Whether it has answered.
    pub answered: bool,
}

/// A clock that stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub since: Timestamp,
    /// Until when at the latest; then it resumes by itself.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub until: Timestamp,
    /// The reason's code; `awaiting_reporter` while the reporter is asked.
    pub because: String,
    /// The clock as it stood.
    pub clock: Option<Clock>,
}

/// The pause while the reporter is asked.
pub const AWAITING_REPORTER: &str = "awaiting_reporter";

/// Who did the work that is to be judged, and where it goes back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The stage in which it was done: handling, mediating, or screening when settled on the spot.
    pub stage: Stage,
    /// Who did it.
    pub account: Option<AccountId>,
    /// For which unit.
    pub unit: Option<UnitId>,
}

/// A matter as its events make it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Matter {
    /// Its id.
    pub id: MatterId,
    /// The number people see.
    pub number: Number,
    /// Events so far.
    pub version: u32,
    /// Its class.
    pub class: Class,
    /// Its category within the class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The catalogue it is pinned to.
    pub catalogue: String,
    /// How much hurry there is.
    pub urgency: Urgency,
    /// The way it came in.
    pub source: Source,
    /// Who recorded it.
    pub reported_by: By,
    /// When.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub reported_at: Timestamp,
    /// When something last happened.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub changed_at: Timestamp,
    /// Where it lies now.
    pub area: AreaCode,
    /// The exact place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Point>,
    /// The reporter's words, then what was supplied later.
    pub words: Vec<TextId>,
    /// Where, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<TextId>,
    /// The reporter's contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<TextId>,
    /// The contact holds a mail address, to which notices go.
    #[serde(default)]
    pub mailable: bool,
    /// How many photos it has.
    #[serde(default)]
    pub photos: u32,
    /// Where it stands.
    pub stage: Stage,
    /// How it ended, once closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// How it will end when nobody objects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Outcome>,
    /// The centre that answers for it.
    pub centre: UnitId,
    /// The centre that rules on an objection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<UnitId>,
    /// The unit that handles or mediates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<UnitId>,
    /// Those that help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_handlers: Vec<CoHandler>,
    /// The work to be judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Work>,
    /// The running clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// The clock that stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// Returned once by whichever unit.
    #[serde(default)]
    pub returned: bool,
    /// Ruled on.
    #[serde(default)]
    pub ruled: bool,
    /// Extended once.
    #[serde(default)]
    pub extended: bool,
    /// Days of extension asked for and not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_asked: Option<u32>,
    /// How often the work was sent back.
    #[serde(default)]
    pub rework: u32,
    /// How often the reporter was unhappy.
    #[serde(default)]
    pub unhappy: u32,
    /// Unhappy again: the centre decides.
    #[serde(default)]
    pub rework_asked: bool,
    /// The reporter's last judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Answer>,
    /// The unit complained about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_unit: Option<UnitId>,
    /// How often the reporter urged.
    #[serde(default)]
    pub urged: u32,
    /// The level of supervision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision: Option<SupervisionLevel>,
    /// The present clock's reminder was sent.
    #[serde(default)]
    pub reminded: bool,
    /// The present clock was marked as overdue.
    #[serde(default)]
    pub overdue: bool,
    /// What it was merged into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<MatterId>,
    /// What was merged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged_from: Vec<MatterId>,
    /// Linked matters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<MatterId>,
    /// The matter it was split from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<MatterId>,
    /// What was said at a talk day, where it was raised there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talk_day: Option<TalkItem>,
    /// What it was split into.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<MatterId>,
    /// When it was closed.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "jiff::fmt::serde::timestamp::microsecond::optional"
    )]
    pub closed_at: Option<Timestamp>,
    /// In the archive.
    #[serde(default)]
    pub archived: bool,
    /// Its mediation, the present or the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediation: Option<Box<Mediation>>,
    /// How often the query code was replaced.
    #[serde(default)]
    pub code_version: u32,
}

impl Matter {
    /// Whether it counts in public totals: merged ones and split children do not.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.outcome != Some(Outcome::Merged) && self.parent.is_none()
    }

    /// Whether it counts as handled: in follow-up, or closed with an outcome that is.
    #[must_use]
    pub fn is_handled(&self) -> bool {
        self.stage == Stage::FollowUp || self.outcome.is_some_and(Outcome::is_handled)
    }

    /// Whether it counts as a settled dispute.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.class == Class::Dispute
            && (self.outcome == Some(Outcome::Settled)
                || (self.stage == Stage::FollowUp && self.result == Some(Outcome::Settled)))
    }

    /// The stage and unit to which unsatisfactory work goes back.
    #[must_use]
    pub fn work_stage(&self) -> Stage {
        self.work.as_ref().map_or(Stage::Screening, |work| work.stage)
    }
}

impl Record for Matter {
    const KIND: RecordKind = RecordKind::Matter;
    type Id = MatterId;
    type Event = Event;

    fn begin(id: MatterId, first: &Recorded) -> Option<Self> {
        Self::begin(id, first)
    }
    fn apply(&mut self, recorded: &Recorded) {
        self.apply(recorded);
    }
    fn version(&self) -> u32 {
        self.version
    }
    fn standing(&self) -> i64 {
        self.stage.index()
    }
    fn texts(event: &Event) -> Vec<TextRef> {
        event.texts()
    }
}
