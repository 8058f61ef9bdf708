//! What must happen outside a matter because of what happened to it: words to the reporter, commands for other matters.
//!
//! Follow-ups are stored with the events and carried out later; each is safe to carry out twice.

use serde::{Deserialize, Serialize};

use crate::{
    id::{MatterId, TextId},
    matter::{Event, Matter, Part, Recorded, Stage},
    talk_day::TalkItem,
    word::words,
};

words! {
    /// What a reporter is told. No personal text: the words are behind the query code.
    Notice {
        Asked = "asked", Guided = "guided", Merged = "merged", Dispatched = "dispatched", ExtensionDecided = "extension_decided", Suspended = "suspended",
        Progressed = "progressed", Judge = "judge", WorkAgain = "work_again", Closed = "closed", Reopened = "reopened",
    }
}

/// One thing to do after the commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FollowUp {
    /// Tell the reporter, who left a mail address.
    Notify {
        /// What.
        notice: Notice,
    },
    /// Tell the target of a merge.
    Absorb {
        /// The target.
        into: MatterId,
    },
    /// A merged matter was reopened: reopen its target.
    ReopenTarget {
        /// The target.
        target: MatterId,
        /// The reporter's reason.
        reason: TextId,
    },
    /// Report the children of a split.
    Children {
        /// The parts.
        parts: Vec<Part>,
    },
    /// Tell the talk day what became of a thing that was raised there.
    TellTalkDay {
        /// The thing.
        of: TalkItem,
    },
}

/// What follows from an event; `before` is the matter without it, `after` with it.
#[must_use]
pub fn follow_ups(before: Option<&Matter>, recorded: &Recorded, after: &Matter) -> Vec<FollowUp> {
    let mut list = Vec::new();
    if let Some(notice) = notice(recorded, after).filter(|_| after.mailable) {
        list.push(FollowUp::Notify { notice });
    }
    if let Event::Merged { into, .. } = &recorded.event {
        list.push(FollowUp::Absorb { into: *into });
    }
    if let Event::Reported { talk_day: Some(of), .. } = &recorded.event {
        list.push(FollowUp::TellTalkDay { of: *of });
    }
    if let Event::Split { parts } = &recorded.event {
        list.push(FollowUp::Children { parts: parts.clone() });
    }
    if let (Event::Reopened { reason, .. }, Some(target)) =
        (&recorded.event, before.and_then(|matter| matter.merged_into))
    {
        list.push(FollowUp::ReopenTarget { target, reason: reason.id });
    }
    list
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "reporters are told of few of the events; a new one is told only when somebody says so"
)]
fn notice(recorded: &Recorded, after: &Matter) -> Option<Notice> {
    match &recorded.event {
        Event::Asked { .. } => Some(Notice::Asked),
        Event::Guided { .. } => Some(Notice::Guided),
        Event::Merged { .. } => Some(Notice::Merged),
        Event::Dispatched { .. } | Event::Ruled { .. } | Event::MediationOpened { .. } => {
            Some(Notice::Dispatched)
        }
        Event::ExtensionDecided { .. } => Some(Notice::ExtensionDecided),
        Event::Suspended { .. } => Some(Notice::Suspended),
        Event::Progressed { .. } => Some(Notice::Progressed),
        Event::Failed { .. } | Event::ReworkDecided { redo: true, .. } => Some(Notice::WorkAgain),
        Event::Completed { .. } | Event::SettledOnTheSpot { .. } | Event::Passed { .. }
            if after.stage == Stage::FollowUp =>
        {
            Some(Notice::Judge)
        }
        Event::Completed { .. } | Event::SettledOnTheSpot { .. }
            if after.class.verification() == crate::matter::Verification::Reporter =>
        {
            Some(Notice::Judge)
        }
        Event::Closed { .. } if after.merged_into.is_none() => Some(Notice::Closed),
        Event::Reopened { .. } => Some(Notice::Reopened),
        _ => None,
    }
}
