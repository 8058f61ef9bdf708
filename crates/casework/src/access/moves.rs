//! Where commands take a matter. The rules decide; this table only says it for people, and a test holds it against what is
//! decided. A command that is not named here leaves the stage as it is.

use crate::matter::{CommandKind as C, Stage as S};

/// One way from stage to stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The command.
    pub command: C,
    /// From one of these.
    pub from: &'static [S],
    /// To one of these.
    pub to: &'static [S],
}

/// Whether a command may leave a matter of one stage in another.
#[must_use]
pub fn leads(command: C, from: S, to: S) -> bool {
    from == to
        || MOVES.iter().any(|way| way.command == command && way.from.contains(&from) && way.to.contains(&to))
}

const REPORTED_OR_SCREENING: &[S] = &[S::Reported, S::Screening];
const AFTER_WORK: &[S] = &[S::Verifying, S::FollowUp];
const BACK_TO_WORK: &[S] = &[S::Screening, S::Handling, S::Mediating];
const JUDGED_WHILE_VERIFYING: &[S] = &[S::Closed, S::Screening, S::Handling];
const JUDGED_IN_FOLLOW_UP: &[S] = &[S::Closed, S::Screening, S::Handling, S::Mediating];
const OPEN: &[S] = &[
    S::Reported,
    S::AwaitingReporter,
    S::Screening,
    S::Dispatched,
    S::AwaitingRuling,
    S::Handling,
    S::Mediating,
    S::Verifying,
    S::FollowUp,
];

/// Every move.
pub const MOVES: &[Move] = &[
    Move { command: C::Admit, from: &[S::Reported], to: &[S::Screening] },
    Move { command: C::Settle, from: REPORTED_OR_SCREENING, to: AFTER_WORK },
    Move { command: C::Ask, from: &[S::Reported], to: &[S::AwaitingReporter] },
    Move { command: C::Supply, from: &[S::AwaitingReporter], to: &[S::Reported] },
    Move { command: C::Lapse, from: &[S::AwaitingReporter], to: &[S::Closed] },
    Move { command: C::Guide, from: REPORTED_OR_SCREENING, to: &[S::Closed] },
    Move { command: C::Merge, from: REPORTED_OR_SCREENING, to: &[S::Closed] },
    Move { command: C::Dispatch, from: &[S::Screening], to: &[S::Dispatched] },
    Move { command: C::OpenMediation, from: &[S::Screening], to: &[S::Mediating] },
    Move { command: C::SignFor, from: &[S::Dispatched], to: &[S::Handling] },
    Move { command: C::Return, from: &[S::Dispatched], to: &[S::Screening] },
    Move { command: C::Object, from: &[S::Dispatched], to: &[S::AwaitingRuling] },
    Move { command: C::Rule, from: &[S::AwaitingRuling], to: &[S::Dispatched] },
    Move {
        command: C::Reclassify,
        from: &[S::Dispatched, S::AwaitingRuling, S::Handling, S::Mediating],
        to: &[S::Screening],
    },
    Move { command: C::Complete, from: &[S::Handling], to: &[S::Verifying, S::FollowUp, S::Closed] },
    Move { command: C::ConcludeMediation, from: &[S::Mediating], to: &[S::Closed] },
    Move { command: C::DeclineMediation, from: &[S::Mediating], to: &[S::Closed] },
    Move { command: C::Refuse, from: &[S::Mediating], to: &[S::Closed] },
    Move { command: C::AgreeOrally, from: &[S::Mediating], to: &[S::Verifying] },
    Move { command: C::Sign, from: &[S::Mediating], to: &[S::Verifying] },
    Move { command: C::SignOnPaper, from: &[S::Mediating], to: &[S::Verifying] },
    Move { command: C::SealAgreement, from: &[S::Mediating], to: &[S::Verifying] },
    Move { command: C::ReportResult, from: &[S::Mediating], to: &[S::Verifying] },
    Move { command: C::Pass, from: &[S::Verifying], to: &[S::FollowUp] },
    Move { command: C::Fail, from: &[S::Verifying], to: BACK_TO_WORK },
    Move { command: C::CallBack, from: &[S::Verifying], to: &[S::FollowUp] },
    Move { command: C::CallBack, from: &[S::Verifying], to: JUDGED_WHILE_VERIFYING },
    Move { command: C::CallBack, from: &[S::FollowUp], to: JUDGED_IN_FOLLOW_UP },
    Move { command: C::Rate, from: &[S::Verifying], to: JUDGED_WHILE_VERIFYING },
    Move { command: C::Rate, from: &[S::FollowUp], to: JUDGED_IN_FOLLOW_UP },
    Move { command: C::DecideRework, from: &[S::Verifying], to: JUDGED_WHILE_VERIFYING },
    Move { command: C::DecideRework, from: &[S::FollowUp], to: JUDGED_IN_FOLLOW_UP },
    Move { command: C::CloseUnanswered, from: &[S::FollowUp], to: &[S::Closed] },
    Move { command: C::Withdraw, from: OPEN, to: &[S::Closed] },
    Move { command: C::Reopen, from: &[S::Closed], to: &[S::Screening] },
];
