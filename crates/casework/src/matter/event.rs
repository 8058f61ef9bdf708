//! What happened to a matter. Events are kept for ever; they hold no names and no free text, only references to both.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::stage::{
    Answer, Class, MediationResult, Outcome, Source, Stage, SupervisionLevel, Urgency, WorkResult,
};
use crate::{
    area::{AreaCode, Point},
    clock::Clock,
    id::{AccountId, MatterId, Number, PhotoId, UnitId},
    mediation::{
        About, AgreementForm, Bar, ClauseResult, ConfirmationState, IdentityPaper, MethodRef, Origin,
        PartySide, Retention, SessionForm, SignedPaper, Venue, Way,
    },
    talk_day::TalkItem,
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

/// A party of a mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyRef {
    /// Its number.
    pub no: u8,
    /// Its side.
    pub side: PartySide,
    /// Whether it is an organisation and not a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub organisation: bool,
    /// Its name, phone and address.
    pub words: TextRef,
}

/// A clause of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseRef {
    /// Its number.
    pub no: u8,
    /// The party that owes it.
    pub by: u8,
    /// What.
    pub words: TextRef,
    /// The last day.
    pub due_on: Date,
    /// How much, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fen: Option<u64>,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stretch {
    /// Its beginning.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub starts_at: Timestamp,
    /// Its end.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub ends_at: Timestamp,
}

impl Stretch {
    /// Whether two stretches have a moment in common; one may begin as the other ends.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }
}

/// What a field of an event refers to: most refer to nothing.
trait Refers {
    /// Adds the texts that it names.
    fn add_texts(&self, _texts: &mut Vec<TextRef>) {}
    /// Adds the photos that it names.
    fn add_photos(&self, _photos: &mut Vec<PhotoId>) {}
}

impl Refers for TextRef {
    fn add_texts(&self, texts: &mut Vec<TextRef>) {
        texts.push(*self);
    }
}

impl Refers for PhotoId {
    fn add_photos(&self, photos: &mut Vec<PhotoId>) {
        photos.push(*self);
    }
}

impl Refers for Part {
    fn add_texts(&self, texts: &mut Vec<TextRef>) {
        self.words.add_texts(texts);
    }
}

impl Refers for PartyRef {
    fn add_texts(&self, texts: &mut Vec<TextRef>) {
        self.words.add_texts(texts);
    }
}

impl Refers for ClauseRef {
    fn add_texts(&self, texts: &mut Vec<TextRef>) {
        self.words.add_texts(texts);
    }
}

impl Refers for About {
    fn add_texts(&self, texts: &mut Vec<TextRef>) {
        match self {
            Self::Participant { name, .. } => name.add_texts(texts),
            Self::Confirmation { court } => court.add_texts(texts),
            Self::OpenSessions | Self::Extension { .. } => {}
        }
    }
}

impl<T: Refers> Refers for Option<T> {
    fn add_texts(&self, texts: &mut Vec<TextRef>) {
        self.iter().for_each(|field| field.add_texts(texts));
    }
    fn add_photos(&self, photos: &mut Vec<PhotoId>) {
        self.iter().for_each(|field| field.add_photos(photos));
    }
}

impl<T: Refers> Refers for Vec<T> {
    fn add_texts(&self, texts: &mut Vec<TextRef>) {
        self.iter().for_each(|field| field.add_texts(texts));
    }
    fn add_photos(&self, photos: &mut Vec<PhotoId>) {
        self.iter().for_each(|field| field.add_photos(photos));
    }
}

/// Fields that hold what they say themselves.
macro_rules! refer_to_nothing { ($($type:ty),+ $(,)?) => { $(impl Refers for $type {})+ }; }
refer_to_nothing! {
    bool, u8, u32, String, Timestamp, Date, Stretch, Number, AccountId, MatterId, UnitId, AreaCode, Point, Clock, CoDuty, Class,
    Urgency, Source, Outcome, WorkResult, MediationResult, Answer, SupervisionLevel, Origin, Bar, Way, SessionForm, Venue,
    AgreementForm, ClauseResult, ConfirmationState, IdentityPaper, SignedPaper, Retention, TalkItem, MethodRef,
}

/// Declares the events with the stage that an event's name alone leads to, the list of their names, and what they refer to.
macro_rules! events {
    ($($(#[$meta:meta])* $name:ident = $word:literal $(=> $stage:ident)? { $($(#[$field_meta:meta])* $field:ident : $type:ty),* $(,)? }),+ $(,)?) => {
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

            /// The stage that the event alone leads to, whatever the matter.
            #[must_use]
            pub fn enters(&self) -> Option<Stage> {
                match self { $(Self::$name { .. } => None $(.or(Some(Stage::$stage)))?),+ }
            }

            /// The texts that the event names, in the order of its fields.
            #[must_use]
            pub fn texts(&self) -> Vec<TextRef> {
                let mut texts = Vec::new();
                match self { $(Self::$name { $($field),* } => { $($field.add_texts(&mut texts);)* }),+ }
                texts
            }

            /// The photos that the event adds.
            #[must_use]
            pub fn photos(&self) -> Vec<PhotoId> {
                let mut photos = Vec::new();
                match self { $(Self::$name { $($field),* } => { $($field.add_photos(&mut photos);)* }),+ }
                photos
            }
        }
    };
}

fn is_first(code_version: &u32) -> bool {
    *code_version == 0
}

events! {
    /// A matter was reported.
    Reported = "reported" => Reported {
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
        #[serde(default, skip_serializing_if = "Option::is_none")] talk_day: Option<TalkItem>,
        #[serde(default, skip_serializing_if = "is_first")] code_version: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Admitted = "admitted" => Screening {
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
    Asked = "asked" => AwaitingReporter { words: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Supplied = "supplied" {
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Guided = "guided" { route: String, #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef> },
    Merged = "merged" { into: MatterId, into_number: Number },
    Absorbed = "absorbed" { from: MatterId, from_number: Number },
    Dispatched = "dispatched" => Dispatched {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] co_units: Vec<CoDuty>,
        #[serde(default, skip_serializing_if = "Option::is_none")] basis: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    Escalated = "escalated" => Screening { to: UnitId, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    SentDown = "sent_down" => Screening { to: UnitId, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    MediationOpened = "mediation_opened" => Mediating {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "Option::is_none")] channel: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    MediationConcluded = "mediation_concluded" {
        result: MediationResult,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        /// The party that said so.
        #[serde(default, skip_serializing_if = "Option::is_none")] party: Option<u8>,
        /// The other roads that were told (RMTJF art. 26).
        #[serde(default, skip_serializing_if = "Vec::is_empty")] roads: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    SignedFor = "signed_for" => Handling { #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Returned = "returned" => Screening { basis: String, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Objected = "objected" => AwaitingRuling { reason: TextRef, ruling: UnitId, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    Ruled = "ruled" => Dispatched { unit: UnitId, reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
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
    Passed = "passed" => FollowUp {
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
    Closed = "closed" => Closed { outcome: Outcome },
    Reopened = "reopened" => Screening { reason: TextRef, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
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
    TakenAway = "taken_away" => Screening { unit: UnitId, #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock> },
    PlaceCorrected = "place_corrected" {
        area: AreaCode,
        #[serde(default, skip_serializing_if = "Option::is_none")] place: Option<Point>,
        reason: TextRef,
        #[serde(default, skip_serializing_if = "Option::is_none")] address: Option<TextRef>,
    },
    /// The query code was replaced at the window after a check of identity.
    CodeReplaced = "code_replaced" { reason: TextRef },
    Reminded = "reminded" {},
    OverdueMarked = "overdue_marked" {},
    /// The reporter did not supply in time.
    Lapsed = "lapsed" {},
    ClockRecomputed = "clock_recomputed" { clock: Clock },
    // Mediation: whether and with whom.
    MediationAccepted = "mediation_accepted" {
        origin: Origin,
        #[serde(default, skip_serializing_if = "Option::is_none")] mediator: Option<AccountId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] parties: Vec<PartyRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    MediationDeclined = "mediation_declined" { bar: Bar, words: TextRef },
    PartyAdded = "party_added" { party: PartyRef },
    PartyCorrected = "party_corrected" { party: PartyRef },
    PartyCodeReplaced = "party_code_replaced" { party: u8, reason: TextRef },
    MediatorNamed = "mediator_named" { mediator: AccountId, chosen: bool },
    MediatorChosen = "mediator_chosen" { party: u8, mediator: AccountId },
    OtherMediatorAsked = "other_mediator_asked" {
        party: u8, mediator: AccountId,
        #[serde(default, skip_serializing_if = "Option::is_none")] reason: Option<TextRef>,
    },
    /// Its own help: the method's name stands in the register.
    MethodChosen = "method_chosen" { #[serde(default, skip_serializing_if = "Option::is_none")] method: Option<MethodRef> },
    ConflictDeclared = "conflict_declared" { mediator: AccountId, reason: TextRef },
    ConsentRecorded = "consent_recorded" { parties: Vec<u8>, way: Way, rights: Way },
    SafetyAnswered = "safety_answered" { party: u8, violence: bool },
    IdentityNoted = "identity_noted" { party: u8, paper: IdentityPaper },
    PartiesAsked = "parties_asked" { no: u8, about: About },
    PartyAnswered = "party_answered" { question: u8, party: u8, yes: bool, way: Way },
    MediationExtended = "mediation_extended" { days: u32, clock: Clock },
    PoliceTold = "police_told" { reason: TextRef },
    // Mediation: the talking.
    TimesProposed = "times_proposed" {
        party: u8, times: Vec<Stretch>,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
    },
    SessionSet = "session_set" {
        no: u8, time: Stretch, form: SessionForm,
        #[serde(default, skip_serializing_if = "Option::is_none")] with: Option<u8>,
        open: bool, venue: Venue,
        #[serde(default, skip_serializing_if = "Option::is_none")] place: Option<TextRef>,
    },
    SessionMoved = "session_moved" { session: u8, time: Stretch, reason: TextRef },
    SessionCancelled = "session_cancelled" { session: u8, reason: TextRef },
    SessionHeld = "session_held" {
        no: u8, time: Stretch, form: SessionForm,
        #[serde(default, skip_serializing_if = "Option::is_none")] with: Option<u8>,
        open: bool, venue: Venue, present: Vec<u8>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] participants: Vec<u8>,
        words: TextRef,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
    },
    CaucusNoted = "caucus_noted" { party: u8, words: TextRef },
    SpokenInPrivate = "spoken_in_private" { party: u8, words: TextRef },
    // Mediation: what came of it.
    AgreementProposed = "agreement_proposed" { version: u8, form: AgreementForm, facts: TextRef, clauses: Vec<ClauseRef> },
    AgreementSigned = "agreement_signed" {
        version: u8, party: u8, way: Way,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
    },
    AgreementSealed = "agreement_sealed" { version: u8 },
    AgreementEffective = "agreement_effective" {
        version: u8,
        /// Until when both may apply for the court's confirmation; nothing for an oral one.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "jiff::fmt::serde::timestamp::microsecond::optional")]
        until: Option<Timestamp>,
    },
    ClauseRecorded = "clause_recorded" {
        clause: u8, result: ClauseResult,
        #[serde(default, skip_serializing_if = "Option::is_none")] on: Option<Date>,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] photos: Vec<PhotoId>,
    },
    ClauseReminded = "clause_reminded" { clause: u8 },
    ClauseOverdue = "clause_overdue" { clause: u8 },
    Visited = "visited" { words: TextRef },
    ConfirmationApplied = "confirmation_applied" {},
    ConfirmationRecorded = "confirmation_recorded" { result: ConfirmationState, words: TextRef },
    ConfirmationLapsed = "confirmation_lapsed" {},
    DossierFiled = "dossier_filed" {
        #[serde(default, skip_serializing_if = "Vec::is_empty")] papers: Vec<SignedPaper>,
        #[serde(default, skip_serializing_if = "Option::is_none")] retention: Option<Retention>,
        #[serde(default, skip_serializing_if = "Option::is_none")] words: Option<TextRef>,
    },
    HandedOver = "handed_over" {
        no: u8, channel: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] unit: Option<UnitId>,
        words: TextRef,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    HandOverAnswered = "hand_over_answered" {
        no: u8, accepted: bool, words: TextRef,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
    HandOverReported = "hand_over_reported" {
        no: u8, settled: bool, words: TextRef,
        #[serde(default, skip_serializing_if = "Option::is_none")] clock: Option<Clock>,
    },
}

impl Event {
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
}
