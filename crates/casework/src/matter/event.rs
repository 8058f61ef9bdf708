//! What happened to a matter. Events are kept for ever; they hold no names and no free text, only references to both.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::stage::{
    Answer, Class, MediationResult, Outcome, Source, Stage, SupervisionLevel, Urgency, WorkResult,
};
use crate::{
    actor::By,
    area::{AreaCode, Point},
    clock::Clock,
    id::{MatterId, Number, PhotoId, UnitId},
    text::TextRef,
    word::words,
};

/// A co-handler's duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoDuty {
    /// The unit.
    pub unit: UnitId,
    /// Its sub-deadline.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub due_at: Timestamp,
}

/// One part of a split matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The child's id.
    pub child: MatterId,
    /// Its words.
    pub words: TextRef,
    /// Its class.
    pub class: Class,
    /// Its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

/// Declares the events, the list of their names, and which name an event has.
macro_rules! events {
    ($($(#[$meta:meta])* $name:ident = $word:literal { $($(#[$field_meta:meta])* $field:ident : $type:ty),* $(,)? }),+ $(,)?) => {
        /// One thing that happened.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        #[allow(missing_docs, reason = "fields say what they are; the commands of the same name explain them")]
        pub enum Event { $($(#[$meta])* #[serde(rename = $word)] $name { $($(#[$field_meta])* $field: $type),* }),+ }

        words! {
            /// The names of events.
            EventKind { $($name = $word),+ }
        }

        impl Event {
            /// The event's name.
            #[must_use]
            pub fn kind(&self) -> EventKind {
                match self { $(Self::$name { .. } => EventKind::$name),+ }
            }
        }
    };
}

fn is_first(code_version: &u32) -> bool {
    *code_version == 0
}

events! {
    /// A matter was reported.
    Reported = "reported" {
        number: Number, class: Class,
        #[serde(default, skip_serializing_if = "Option::is_none")] category: Option<String>,
        catalogue: String, urgency: Urgency, source: Source, area: AreaCode,
        #[serde(default, skip_serializing_if = "Option::is_none")] place: Option<Point>,
        centre: UnitId, words: TextRef,
        #[serde(default, skip_serializing_if = "Option::is_none")] address: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")] contact: Option<TextRef>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] mailable: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] about_unit: Option<UnitId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] parent: Option<MatterId>,
        #[serde(default, skip_serializing_if = "is_first")] code_version: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Admitted = "admitted" {
        #[serde(default, skip_serializing_if = "Option::is_none")] category: Option<String>,
        urgency: Urgency,
        #[serde(default, skip_serializing_if = "Option::is_none")] about_unit: Option<UnitId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    /// Settled on the spot 即办.
    SettledOnTheSpot = "settled" {
        words: TextRef,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Asked = "asked" { words: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Supplied = "supplied" {
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Guided = "guided" { route: String, #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef> },
    Merged = "merged" { into: MatterId, into_number: Number },
    Absorbed = "absorbed" { from: MatterId, from_number: Number },
    Dispatched = "dispatched" {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] co_units: Vec<CoDuty>,
        #[serde(default, skip_serializing_if = "Option::is_none")] basis: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Escalated = "escalated" { to: UnitId, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    SentDown = "sent_down" { to: UnitId, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    MediationOpened = "mediation_opened" { unit: UnitId, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    MediationConcluded = "mediation_concluded" { result: MediationResult, words: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    SignedFor = "signed_for" { #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Returned = "returned" { basis: String, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Objected = "objected" { reason: TextRef, ruling: UnitId, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Ruled = "ruled" { unit: UnitId, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Progressed = "progressed" { words: TextRef, #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId> },
    CoAnswered = "co_answered" { unit: UnitId, words: TextRef, #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId> },
    ExtensionAsked = "extension_asked" { days: u32, reason: TextRef },
    ExtensionDecided = "extension_decided" {
        approved: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")] reason: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Suspended = "suspended" {
        because: String,
        #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")] until: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
    },
    Resumed = "resumed" { #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Completed = "completed" {
        result: WorkResult, words: TextRef,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Passed = "passed" {
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Failed = "failed" {
        reason: TextRef,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    /// The centre called back. With `back`, the work is done again.
    CalledBack = "called_back" {
        answer: Answer,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        back: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    /// The reporter judged. With `back`, the work is done again.
    Rated = "rated" {
        answer: Answer,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        back: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    ReworkDecided = "rework_decided" { redo: bool, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Closed = "closed" { outcome: Outcome },
    Reopened = "reopened" { reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Archived = "archived" {},
    Withdrawn = "withdrawn" { #[serde(default, skip_serializing_if = "Option::is_none")] reason: Option<TextRef> },
    Noted = "noted" { words: TextRef },
    Attached = "attached" { photos: Vec<PhotoId> },
    Urged = "urged" { #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef> },
    Supervised = "supervised" { level: SupervisionLevel, #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef> },
    Consulted = "consulted" { units: Vec<UnitId>, words: TextRef },
    Linked = "linked" { to: MatterId, to_number: Number },
    Split = "split" { parts: Vec<Part> },
    Reclassified = "reclassified" {
        class: Class,
        #[serde(default, skip_serializing_if = "Option::is_none")] category: Option<String>,
        urgency: Urgency,
        #[serde(default, skip_serializing_if = "Option::is_none")] about_unit: Option<UnitId>,
        reason: TextRef,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    TakenAway = "taken_away" { unit: UnitId, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    PlaceCorrected = "place_corrected" {
        area: AreaCode,
        #[serde(default, skip_serializing_if = "Option::is_none")] place: Option<Point>,
        #[serde(default, skip_serializing_if = "Option::is_none")] address: Option<TextRef>,
        reason: TextRef,
    },
    /// The query code was replaced at the window after a check of identity.
    CodeReplaced = "code_replaced" { reason: TextRef },
    Reminded = "reminded" {},
    OverdueMarked = "overdue_marked" {},
    /// The reporter did not supply in time.
    Lapsed = "lapsed" {},
    ClockRecomputed = "clock_recomputed" { clock: Clock },
}

/// An event with its place in the matter's life.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The matter's version after it, from 1.
    #[serde(skip)]
    pub version: u32,
    /// When.
    #[serde(skip)]
    pub at: Timestamp,
    /// By whom.
    pub by: By,
    /// What.
    pub event: Event,
}

impl Event {
    /// The texts that the event names.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRef> {
        match self {
            Self::Reported { words, address, contact, .. } => {
                [Some(*words), *address, *contact].into_iter().flatten().collect()
            }
            Self::SettledOnTheSpot { words, .. }
            | Self::Asked { words, .. }
            | Self::MediationConcluded { words, .. }
            | Self::Progressed { words, .. }
            | Self::CoAnswered { words, .. }
            | Self::Completed { words, .. }
            | Self::Noted { words }
            | Self::Consulted { words, .. } => vec![*words],
            Self::Escalated { reason, .. }
            | Self::SentDown { reason, .. }
            | Self::Returned { reason, .. }
            | Self::Objected { reason, .. }
            | Self::Ruled { reason, .. }
            | Self::ExtensionAsked { reason, .. }
            | Self::Failed { reason, .. }
            | Self::ReworkDecided { reason, .. }
            | Self::Reopened { reason, .. }
            | Self::Reclassified { reason, .. }
            | Self::CodeReplaced { reason } => vec![*reason],
            Self::PlaceCorrected { address, reason, .. } => {
                std::iter::once(*reason).chain(*address).collect()
            }
            Self::Supplied { words, .. }
            | Self::Guided { words, .. }
            | Self::Dispatched { words, .. }
            | Self::Suspended { words, .. }
            | Self::Passed { words, .. }
            | Self::CalledBack { words, .. }
            | Self::Rated { words, .. }
            | Self::Urged { words }
            | Self::Supervised { words, .. } => words.iter().copied().collect(),
            Self::ExtensionDecided { reason, .. } | Self::Withdrawn { reason } => {
                reason.iter().copied().collect()
            }
            Self::Split { parts } => parts.iter().map(|part| part.words).collect(),
            Self::Admitted { .. }
            | Self::Merged { .. }
            | Self::Absorbed { .. }
            | Self::MediationOpened { .. }
            | Self::SignedFor { .. }
            | Self::Resumed { .. }
            | Self::TakenAway { .. }
            | Self::Closed { .. }
            | Self::Archived {}
            | Self::Attached { .. }
            | Self::Linked { .. }
            | Self::Reminded {}
            | Self::OverdueMarked {}
            | Self::Lapsed {}
            | Self::ClockRecomputed { .. } => Vec::new(),
        }
    }

    /// The photos that the event adds.
    #[must_use]
    pub fn photos(&self) -> &[PhotoId] {
        match self {
            Self::Reported { photos, .. }
            | Self::SettledOnTheSpot { photos, .. }
            | Self::Supplied { photos, .. }
            | Self::Progressed { photos, .. }
            | Self::CoAnswered { photos, .. }
            | Self::Completed { photos, .. }
            | Self::Passed { photos, .. }
            | Self::Failed { photos, .. }
            | Self::Attached { photos } => photos,
            Self::Admitted { .. }
            | Self::Asked { .. }
            | Self::Guided { .. }
            | Self::Merged { .. }
            | Self::Absorbed { .. }
            | Self::Dispatched { .. }
            | Self::Escalated { .. }
            | Self::SentDown { .. }
            | Self::MediationOpened { .. }
            | Self::MediationConcluded { .. }
            | Self::SignedFor { .. }
            | Self::Returned { .. }
            | Self::Objected { .. }
            | Self::Ruled { .. }
            | Self::ExtensionAsked { .. }
            | Self::ExtensionDecided { .. }
            | Self::Suspended { .. }
            | Self::Resumed { .. }
            | Self::CalledBack { .. }
            | Self::Rated { .. }
            | Self::ReworkDecided { .. }
            | Self::Closed { .. }
            | Self::Reopened { .. }
            | Self::Archived {}
            | Self::Withdrawn { .. }
            | Self::Noted { .. }
            | Self::Urged { .. }
            | Self::Supervised { .. }
            | Self::Consulted { .. }
            | Self::Linked { .. }
            | Self::Split { .. }
            | Self::Reclassified { .. }
            | Self::TakenAway { .. }
            | Self::PlaceCorrected { .. }
            | Self::CodeReplaced { .. }
            | Self::Reminded {}
            | Self::OverdueMarked {}
            | Self::Lapsed {}
            | Self::ClockRecomputed { .. } => &[],
        }
    }

    /// The stage that work on it stands at after a clock is given, for events that send the work back.
    #[must_use]
    pub fn sends_back(&self) -> bool {
        matches!(
            self,
            Self::Failed { .. }
                | Self::CalledBack { back: true, .. }
                | Self::Rated { back: true, .. }
                | Self::ReworkDecided { redo: true, .. }
        )
    }

    /// Whether a stage is named by the event alone.
    #[must_use]
    pub fn enters(&self) -> Option<Stage> {
        match self {
            Self::Reported { .. } => Some(Stage::Reported),
            Self::Admitted { .. }
            | Self::Escalated { .. }
            | Self::SentDown { .. }
            | Self::Returned { .. }
            | Self::TakenAway { .. }
            | Self::Reopened { .. } => Some(Stage::Screening),
            Self::Asked { .. } => Some(Stage::AwaitingReporter),
            Self::Dispatched { .. } | Self::Ruled { .. } => Some(Stage::Dispatched),
            Self::Objected { .. } => Some(Stage::AwaitingRuling),
            Self::SignedFor { .. } => Some(Stage::Handling),
            Self::MediationOpened { .. } => Some(Stage::Mediating),
            Self::Passed { .. } => Some(Stage::FollowUp),
            Self::Closed { .. } => Some(Stage::Closed),
            Self::SettledOnTheSpot { .. }
            | Self::Supplied { .. }
            | Self::Guided { .. }
            | Self::Merged { .. }
            | Self::Absorbed { .. }
            | Self::MediationConcluded { .. }
            | Self::Progressed { .. }
            | Self::CoAnswered { .. }
            | Self::ExtensionAsked { .. }
            | Self::ExtensionDecided { .. }
            | Self::Suspended { .. }
            | Self::Resumed { .. }
            | Self::Completed { .. }
            | Self::Failed { .. }
            | Self::CalledBack { .. }
            | Self::Rated { .. }
            | Self::ReworkDecided { .. }
            | Self::Archived {}
            | Self::Withdrawn { .. }
            | Self::Noted { .. }
            | Self::Attached { .. }
            | Self::Urged { .. }
            | Self::Supervised { .. }
            | Self::Consulted { .. }
            | Self::Linked { .. }
            | Self::Split { .. }
            | Self::Reclassified { .. }
            | Self::PlaceCorrected { .. }
            | Self::CodeReplaced { .. }
            | Self::Reminded {}
            | Self::OverdueMarked {}
            | Self::Lapsed {}
            | Self::ClockRecomputed { .. } => None,
        }
    }
}
