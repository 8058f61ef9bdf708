//! Everything that can be asked of a matter that exists. Reporting one is `Report`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::turn::Turn;
pub use super::{
    admit::Admit,
    archive::Archive,
    ask::Ask,
    ask_extension::AskExtension,
    attach::Attach,
    call_back::CallBack,
    co_answer::CoAnswer,
    complete::Complete,
    conclude_mediation::ConcludeMediation,
    consult::Consult,
    correct_place::CorrectPlace,
    decide_extension::DecideExtension,
    decide_rework::DecideRework,
    dispatch::Dispatch,
    escalate::Escalate,
    fail::Fail,
    guide::Guide,
    link::Link,
    merge::Merge,
    note::Note,
    object::Object,
    open_mediation::OpenMediation,
    pass::Pass,
    progress::Progress,
    rate::Rate,
    reclassify::Reclassify,
    reopen::Reopen,
    replace_code::ReplaceCode,
    resume::Resume,
    return_once::Return,
    rule::Rule,
    send_down::SendDown,
    settle::Settle,
    sign_for::SignFor,
    split::Split,
    supervise::Supervise,
    supply::Supply,
    suspend::Suspend,
    system::{Absorb, CloseUnanswered, Lapse, MarkOverdue, RecomputeClock, Remind},
    urge::Urge,
    withdraw::Withdraw,
};
pub use crate::mediation::command::*;
use crate::{
    id::{AccountId, MatterId, MethodId},
    mediation::Mediation,
    refusal::Refusal,
    word::words,
};

/// Declares the commands, the list of their names, and where each is decided.
macro_rules! commands {
    ($($name:ident = $word:literal),+ $(,)?) => {
        /// One thing asked of a matter.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(tag = "type")]
        #[allow(missing_docs, reason = "each command is documented in the file of its name")]
        pub enum Command { $(#[serde(rename = $word)] #[schema(rename = $word)] $name($name)),+ }

        words! {
            /// The names of commands.
            CommandKind { $($name = $word),+ }
        }

        impl Command {
            /// The command's name.
            #[must_use]
            pub fn kind(&self) -> CommandKind {
                match self { $(Self::$name(_) => CommandKind::$name),+ }
            }

            pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
                match self { $(Self::$name(command) => command.decide(turn)),+ }
            }
        }
    };
}

commands! {
    Admit = "admit", Settle = "settle", Ask = "ask", Guide = "guide", Merge = "merge",
    Dispatch = "dispatch", Escalate = "escalate", SendDown = "send_down", OpenMediation = "open_mediation", Split = "split",
    SignFor = "sign_for", Return = "return", Object = "object", Rule = "rule",
    Progress = "progress", CoAnswer = "co_answer", AskExtension = "ask_extension", DecideExtension = "decide_extension",
    Suspend = "suspend", Resume = "resume", Complete = "complete", ConcludeMediation = "conclude_mediation",
    Pass = "pass", Fail = "fail", CallBack = "call_back", DecideRework = "decide_rework", Archive = "archive",
    Supply = "supply", Urge = "urge", Rate = "rate", Reopen = "reopen", Withdraw = "withdraw",
    Note = "note", Attach = "attach", Supervise = "supervise", Consult = "consult", Link = "link",
    Reclassify = "reclassify", CorrectPlace = "correct_place", ReplaceCode = "replace_code",
    Absorb = "absorb", Remind = "remind", MarkOverdue = "mark_overdue", Lapse = "lapse", CloseUnanswered = "close_unanswered",
    RecomputeClock = "recompute_clock",
    AcceptMediation = "accept_mediation", DeclineMediation = "decline_mediation", AddParty = "add_party", CorrectParty = "correct_party",
    ReplacePartyCode = "replace_party_code", RecordConsent = "record_consent", Consent = "consent", Refuse = "refuse",
    AnswerSafety = "answer_safety", NameMediator = "name_mediator", ChooseMediator = "choose_mediator",
    AskOtherMediator = "ask_other_mediator", DeclareConflict = "declare_conflict", ChooseMethod = "choose_method", AskParties = "ask_parties",
    AnswerQuestion = "answer_question", TellPolice = "tell_police", ProposeTimes = "propose_times", SetSession = "set_session",
    MoveSession = "move_session", CancelSession = "cancel_session", HoldSession = "hold_session", NoteCaucus = "note_caucus",
    SpeakInPrivate = "speak_in_private", ProposeAgreement = "propose_agreement", AgreeOrally = "agree_orally", Sign = "sign",
    SignOnPaper = "sign_on_paper", SealAgreement = "seal_agreement", RecordPerformance = "record_performance", Visit = "visit",
    RecordConfirmation = "record_confirmation", HandOver = "hand_over", AnswerHandOver = "answer_hand_over",
    ReportResult = "report_result", RemindClause = "remind_clause", MarkClauseOverdue = "mark_clause_overdue",
    LapseConfirmation = "lapse_confirmation", NoteIdentity = "note_identity", FileDossier = "file_dossier",
}

impl CommandKind {
    /// Whether only the system sends it.
    #[must_use]
    pub fn is_of_the_system(self) -> bool {
        matches!(
            self,
            Self::Absorb
                | Self::Remind
                | Self::MarkOverdue
                | Self::Lapse
                | Self::CloseUnanswered
                | Self::RecomputeClock
                | Self::RemindClause
                | Self::MarkClauseOverdue
                | Self::LapseConfirmation
        )
    }
}

impl CommandKind {
    /// Whether it only adds a fact, so that it holds whatever happened since its sender last looked.
    #[must_use]
    pub fn is_additive(self) -> bool {
        matches!(
            self,
            Self::Note
                | Self::Attach
                | Self::Urge
                | Self::Supply
                | Self::Progress
                | Self::Consult
                | Self::Link
                | Self::NoteCaucus
                | Self::SpeakInPrivate
                | Self::ProposeTimes
                | Self::Visit
                | Self::NoteIdentity
                | Self::FileDossier
                | Self::HoldSession
        )
    }
}

impl Command {
    /// The other matter that the command names; the context must hold it.
    #[must_use]
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "the three that join matters are the exception among commands"
    )]
    pub fn other_matter(&self) -> Option<MatterId> {
        match self {
            Self::Merge(merge) => Some(merge.into),
            Self::Absorb(absorb) => Some(absorb.from),
            Self::Link(link) => Some(link.to),
            _ => None,
        }
    }

    /// The account that the command names as mediator; the context must hold what it may be.
    #[must_use]
    #[allow(clippy::wildcard_enum_match_arm, reason = "three commands name a mediator")]
    pub fn named_account(&self) -> Option<AccountId> {
        match self {
            Self::AcceptMediation(accept) => accept.mediator,
            Self::NameMediator(name) => Some(name.mediator),
            Self::ChooseMediator(choose) => Some(choose.mediator),
            _ => None,
        }
    }

    /// Whether it gives the dispute to a committee, or begins with one: the context must hold the committees of the register
    /// that serve the place.
    #[must_use]
    #[allow(clippy::wildcard_enum_match_arm, reason = "few commands ask a committee")]
    pub fn asks_a_committee(&self) -> bool {
        match self {
            Self::OpenMediation(_) | Self::AcceptMediation(_) | Self::AddParty(_) => true,
            Self::HandOver(over) => over.unit.is_some(),
            _ => false,
        }
    }

    /// The method of the register that it names; the context must hold it.
    #[must_use]
    #[allow(clippy::wildcard_enum_match_arm, reason = "one command names a method")]
    pub fn named_method(&self) -> Option<MethodId> {
        match self {
            Self::ChooseMethod(choose) => choose.method,
            _ => None,
        }
    }

    /// The mediator who must be free, and the first and last moment at which a session would begin; the context must hold what else
    /// that mediator has on those days.
    #[must_use]
    #[allow(clippy::wildcard_enum_match_arm, reason = "two commands set a time, two name who sits then")]
    pub fn wanted_time(&self, mediation: &Mediation) -> Option<(AccountId, Timestamp, Timestamp)> {
        let of_present = |at: Timestamp| mediation.mediator.map(|mediator| (mediator, at, at));
        let of_next = |mediator| mediation.set_between().map(|(first, last)| (mediator, first, last));
        match self {
            Self::SetSession(set) => of_present(set.starts_at),
            Self::MoveSession(moved) => of_present(moved.starts_at),
            Self::NameMediator(name) => of_next(name.mediator),
            Self::ChooseMediator(choose) => of_next(choose.mediator),
            _ => None,
        }
    }
}
