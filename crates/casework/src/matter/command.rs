//! Everything that can be asked of a matter that exists. Reporting one is `Report`.

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
use crate::{id::MatterId, refusal::Refusal, word::words};

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
}
