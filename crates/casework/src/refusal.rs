//! An expected no: its code is stable, pages say it in the reader's language with the rule and the way out.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    area::AreaLevel,
    matter::Stage,
    register::{NotAdmitted, Taker},
    talk_day::TalkState,
    unit::UnitKind,
};

/// Why a command is refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// No grant of the actor allows it.
    #[error("nobody in this capacity may do this now")]
    NotAllowed,
    /// The unit complained about may not touch the complaint.
    #[error("the unit complained about may not act on the complaint")]
    ComplainedAbout,
    /// Who did the work never verifies it.
    #[error("who did the work does not verify it")]
    DidTheWork,
    /// The command has no place in this stage.
    #[error("not in stage {stage}")]
    NotInThisStage {
        /// The present stage.
        stage: Stage,
    },
    /// Words are owed.
    #[error("{field} is missing")]
    WordsMissing {
        /// The field.
        field: &'static str,
    },
    /// Words are too long.
    #[error("{field} is longer than {most} characters")]
    WordsTooLong {
        /// The field.
        field: &'static str,
        /// Characters allowed.
        most: usize,
    },
    /// Words hold control characters.
    #[error("{field} holds characters that cannot be shown")]
    WordsUnreadable {
        /// The field.
        field: &'static str,
    },
    /// Nothing was given where something is owed.
    #[error("words or photos are needed")]
    NothingGiven,
    /// The change would change nothing.
    #[error("nothing would change")]
    NothingToChange,
    /// A photo is owed here.
    #[error("a photo of the place is needed")]
    PhotosNeeded,
    /// Too many photos in one step.
    #[error("at most {most} photos")]
    TooManyPhotos {
        /// How many are allowed.
        most: u32,
    },
    /// A photo is not known or belongs elsewhere.
    #[error("a photo is not known")]
    UnknownPhoto,
    /// No such category in the class.
    #[error("no such category in this class")]
    UnknownCategory,
    /// An accusation against officials is guided elsewhere before anything is stored.
    #[error("accusations against officials are made at {discipline} or {inspection}")]
    AccusationElsewhere {
        /// Discipline inspection.
        discipline: &'static str,
        /// Political and legal affairs.
        inspection: &'static str,
    },
    /// No such entry in the list.
    #[error("{field} is not in the list")]
    UnknownChoice {
        /// The field.
        field: &'static str,
    },
    /// The place lies outside every known area.
    #[error("the place lies in no known area: choose town and village")]
    PlaceUnknown,
    /// No such unit.
    #[error("no such unit")]
    UnknownUnit,
    /// The unit is of the wrong kind.
    #[error("this needs a unit of kind {needed}")]
    WrongKindOfUnit {
        /// The kind needed.
        needed: UnitKind,
    },
    /// The unit does not serve the place.
    #[error("the unit does not serve this place")]
    UnitElsewhere,
    /// A complaint is not given to the unit complained about.
    #[error("the unit complained about cannot handle the complaint")]
    UnitComplainedAbout,
    /// A co-handler is the lead unit or named twice.
    #[error("a unit is named twice")]
    UnitTwice,
    /// No centre is above.
    #[error("there is no centre above")]
    NoCentreAbove,
    /// Centres are sent down to, not up or aside.
    #[error("the centre is not below")]
    NotBelow,
    /// Returned once already; then only an objection.
    #[error("returned once already: object instead, the centre above rules")]
    AlreadyReturned,
    /// Ruled on: can be neither returned nor objected to.
    #[error("ruled on: can be neither returned nor objected to")]
    RuledOn,
    /// An objection follows a return.
    #[error("not returned yet: return it first")]
    ReturnFirst,
    /// Extended once already.
    #[error("extended once already")]
    AlreadyExtended,
    /// An extension has been asked for.
    #[error("an extension has been asked for")]
    ExtensionAsked,
    /// Nobody asked for an extension.
    #[error("no extension has been asked for")]
    NoExtensionAsked,
    /// Extensions are asked for before the limit is over.
    #[error("an extension is asked for before the limit is over")]
    TooLateToExtend,
    /// A number of days is out of bounds.
    #[error("{field}: from 1 to {most} days")]
    DaysOutOfBounds {
        /// The field.
        field: &'static str,
        /// Most days.
        most: u32,
    },
    /// Standing still already.
    #[error("suspended already")]
    AlreadySuspended,
    /// Not standing still.
    #[error("not suspended")]
    NotSuspended,
    /// The result does not fit the class.
    #[error("this result does not exist for the class")]
    ResultNotForClass,
    /// Only disputes are mediated.
    #[error("only disputes are mediated")]
    NotADispute,
    /// No word is owed by this co-handler.
    #[error("no answer is owed by this unit")]
    NoAnswerOwed,
    /// A co-handler still owes its answer.
    #[error("a co-handler has not answered yet")]
    CoHandlerOwes,
    /// Where the reporter verifies, the centre calls back instead of passing or failing.
    #[error("the reporter judges this class: call back instead")]
    ReporterJudges,
    /// Rework was not asked for.
    #[error("nobody asked for the work to be done again")]
    NoReworkAsked,
    /// The reporter has been asked once already and the centre decides.
    #[error("unhappy a second time: the centre decides")]
    ReworkAsked,
    /// The time for reopening is over.
    #[error("the {days} days for reopening are over")]
    ReopenOver {
        /// Days allowed.
        days: u32,
    },
    /// Archived already.
    #[error("archived already")]
    AlreadyArchived,
    /// The reporter may still reopen.
    #[error("the reporter may still reopen it")]
    ReopenStillPossible,
    /// The other matter is not known.
    #[error("the other matter is not known")]
    UnknownMatter,
    /// A matter cannot be joined to itself.
    #[error("a matter cannot be joined to itself")]
    SameMatter,
    /// The other matter is closed or itself merged.
    #[error("the other matter is not open")]
    OtherNotOpen,
    /// The other matter is of another class.
    #[error("the other matter is of another class")]
    OtherClass,
    /// Linked already.
    #[error("linked already")]
    AlreadyLinked,
    /// Too few or too many parts.
    #[error("from 2 to {most} parts")]
    PartsOutOfBounds {
        /// Most parts.
        most: u32,
    },
    /// One level of children.
    #[error("a part cannot be split again")]
    ChildOrParent,
    /// Supervision only rises.
    #[error("supervision stands at this level or higher")]
    NotHigher,
    /// Nothing to do for the system.
    #[error("it is not time yet")]
    NotTimeYet,
    /// No centre of that level serves the area.
    #[error("no centre serves an area of level {level}")]
    NoCentre {
        /// The level.
        level: AreaLevel,
    },
    /// A count that is out of bounds.
    #[error("{field}: at most {most}")]
    TooMany {
        /// The field.
        field: &'static str,
        /// The most.
        most: u32,
    },
    /// A term ends before it begins.
    #[error("a term ends after it begins")]
    TermBackwards,
    /// The command has no place in this state of the talk day.
    #[error("not when the talk day is {state}")]
    NotInThisState {
        /// The present state.
        state: TalkState,
    },
    /// Talk days are a village's.
    #[error("talk days are held by villages: choose one")]
    NotAVillage,
    /// The village has a talk day for this day of its rule.
    #[error("this talk day is planned already")]
    AlreadyPlanned,
    /// A talk day is held at one place.
    #[error("choose a place of the list, or say in words where, not both")]
    OnePlace,
    /// Hours end after they begin.
    #[error("hours have a beginning, and end after it")]
    HoursTurnedRound,
    /// A date is too far away.
    #[error("{field} is too far back or ahead")]
    DateOutOfBounds {
        /// The field.
        field: &'static str,
    },
    /// No such recurrence rule.
    #[error("this is no rule of days as RFC 5545 writes it, like FREQ=MONTHLY;BYMONTHDAY=4,14,24")]
    BadRecurrence,
    /// Nothing with this number was raised.
    #[error("nothing with this number was raised")]
    UnknownItem,
    /// An answer, a promise or a matter stands already.
    #[error("it has its answer already")]
    ItemHasItsAnswer,
    /// It became another matter.
    #[error("it is another matter already")]
    ItemIsAMatter,
    /// No promise is owed.
    #[error("no promise is owed")]
    NothingPromised,
    /// Some things still wait for an answer.
    #[error("{items} still wait for an answer, a promise or a matter")]
    ItemsOpen {
        /// How many.
        items: u32,
    },
    /// The answers are not those of what was raised.
    #[error("publishing needs words for each thing that was raised, once")]
    AnswersDoNotMatch,
    /// A contact cannot be used.
    #[error("{field} cannot be used: check its spelling")]
    BadContact {
        /// Which part.
        field: &'static str,
    },
    /// There is no mediation.
    #[error("there is no mediation")]
    NoMediation,
    /// The committee has not taken it on.
    #[error("the committee has not taken it on yet")]
    NotAccepted,
    /// The committee has taken it on.
    #[error("the committee has taken it on already")]
    AlreadyAccepted,
    /// No such party.
    #[error("no such party")]
    UnknownParty,
    /// Each of them has consented.
    #[error("consented already")]
    AlreadyConsented,
    /// A party has not consented, or a side is missing (RMTJF art. 3, 17).
    #[error("each party must consent first")]
    ConsentMissing,
    /// A party has not answered the question about violence at home (Anti-DV Act).
    #[error("each party answers the question about violence before they sit together")]
    SafetyUnanswered,
    /// A party spoke of violence at home: they do not sit together.
    #[error("the parties are heard apart")]
    ApartOnly,
    /// Nobody mediates yet.
    #[error("no mediator is named")]
    MediatorMissing,
    /// The account is no mediator of the committee.
    #[error("not a mediator of this committee")]
    NotAMediator,
    /// Stepped back, or was asked away.
    #[error("this mediator has stepped back")]
    MediatorSteppedBack,
    /// A mediator who has gone knows the party's access code.
    #[error("a mediator who has gone knows this access code: take a new one first")]
    CodeKnown,
    /// The mediator sits elsewhere at that time.
    #[error("the mediator sits elsewhere then")]
    MediatorBusy {
        /// The session that was set before, by number, when the mediator is to change.
        #[serde(skip_serializing_if = "Option::is_none")]
        session: Option<u8>,
        /// When the mediator is free on that day.
        free: Vec<FreeTime>,
    },
    /// The time does not lie ahead, or too far.
    #[error("a time that lies ahead, within {most} days")]
    NotAhead {
        /// Days.
        most: u32,
    },
    /// The length of a session.
    #[error("from 1 to {most} minutes")]
    MinutesOutOfBounds {
        /// Minutes.
        most: u32,
    },
    /// No such session, or it waits for nothing.
    #[error("no such session")]
    UnknownSession,
    /// No session is set.
    #[error("no session is set")]
    NoSessionSet,
    /// It has not happened yet.
    #[error("it has not happened yet")]
    NotYetHeld,
    /// Closed unless each party says open (RMTJF art. 23).
    #[error("a session is closed unless each party says open")]
    ClosedUnlessAgreed,
    /// Others join with each party's consent (RMTJF art. 20).
    #[error("others join when each party has said yes")]
    ParticipantNotAgreed,
    /// No session was held.
    #[error("no session was held")]
    SessionMissing,
    /// The same was asked already.
    #[error("asked already")]
    AskedAlready,
    /// Nothing waits for an answer.
    #[error("nothing waits for an answer")]
    NothingAsked,
    /// No such question.
    #[error("no such question")]
    UnknownQuestion,
    /// Answered already.
    #[error("answered already")]
    AnsweredAlready,
    /// There is no agreement, or none in effect.
    #[error("there is no agreement")]
    AgreementMissing,
    /// The agreement is in effect, or before the parties.
    #[error("there is an agreement")]
    AgreementInEffect,
    /// The agreement has changed since it was read.
    #[error("the agreement has changed: read version {version}")]
    AgreementChanged {
        /// The present one.
        version: u8,
    },
    /// Signed already.
    #[error("signed already")]
    SignedAlready,
    /// A signature on paper is shown by its scan.
    #[error("a scan of the signature is needed")]
    ScanMissing,
    /// A clause that is due before today.
    #[error("a clause is due today or later")]
    DueInThePast,
    /// No such clause, or it is done.
    #[error("no such clause")]
    UnknownClause,
    /// Nothing is left to perform.
    #[error("nothing is left to perform")]
    NothingToPerform,
    /// The other side says that it was performed.
    #[error("the other side or the mediator says that it was performed")]
    OtherSideSays,
    /// A clause or a confirmation is still open.
    #[error("the agreement is still being performed")]
    PerformanceOpen,
    /// The thirty days are over (RMTJF art. 33).
    #[error("the time for the court's confirmation is over")]
    ConfirmationOver,
    /// The parties have not applied.
    #[error("both parties have not applied")]
    NotApplied,
    /// Another road has it.
    #[error("it is handed over")]
    HandedOver,
    /// It is not handed over.
    #[error("it is not handed over")]
    NothingHandedOver,
    /// The channel does not take such disputes.
    #[error("this channel does not take such disputes")]
    ChannelDoesNotTake,
    /// The committee does not take such disputes, or not in this channel.
    #[error("this committee does not take it: {because}")]
    CommitteeDoesNotAdmit {
        /// Why.
        because: NotAdmitted,
        /// Those that would take it.
        takers: Vec<Taker>,
    },
    /// The other roads must be told (RMTJF art. 26).
    #[error("tell the other roads")]
    RoadsMissing,
}

/// A stretch in which a mediator is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FreeTime {
    /// Its beginning.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Its end.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
}

impl Refusal {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> String {
        self.params().get("code").and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Code and values as pages use them.
    #[must_use]
    pub fn params(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Whether other fields would have made it a yes.
    #[must_use]
    pub fn is_about_fields(&self) -> bool {
        matches!(
            self,
            Self::WordsMissing { .. }
                | Self::WordsTooLong { .. }
                | Self::WordsUnreadable { .. }
                | Self::NothingGiven
                | Self::NothingToChange
                | Self::PhotosNeeded
                | Self::TooManyPhotos { .. }
                | Self::UnknownPhoto
                | Self::UnknownCategory
                | Self::UnknownChoice { .. }
                | Self::PlaceUnknown
                | Self::UnknownUnit
                | Self::WrongKindOfUnit { .. }
                | Self::UnitElsewhere
                | Self::UnitComplainedAbout
                | Self::UnitTwice
                | Self::NotBelow
                | Self::DaysOutOfBounds { .. }
                | Self::ResultNotForClass
                | Self::UnknownMatter
                | Self::SameMatter
                | Self::OtherNotOpen
                | Self::OtherClass
                | Self::PartsOutOfBounds { .. }
                | Self::TooMany { .. }
                | Self::TermBackwards
                | Self::BadContact { .. }
                | Self::AccusationElsewhere { .. }
                | Self::UnknownParty
                | Self::NotAMediator
                | Self::MediatorSteppedBack
                | Self::MediatorBusy { .. }
                | Self::NotAhead { .. }
                | Self::MinutesOutOfBounds { .. }
                | Self::UnknownSession
                | Self::NotYetHeld
                | Self::ParticipantNotAgreed
                | Self::UnknownQuestion
                | Self::AgreementChanged { .. }
                | Self::ScanMissing
                | Self::DueInThePast
                | Self::UnknownClause
                | Self::ChannelDoesNotTake
                | Self::CommitteeDoesNotAdmit { .. }
                | Self::RoadsMissing
        )
    }

    /// Whether it says that the actor has no right, rather than that the step is not possible.
    #[must_use]
    pub fn is_about_rights(&self) -> bool {
        matches!(self, Self::NotAllowed | Self::ComplainedAbout | Self::DidTheWork)
    }
}
