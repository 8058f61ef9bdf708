//! 重新办理: within the days after closing the reporter may have it taken up again.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{actor::By, refusal::Refusal, text::TextKind};

/// Opens a closed matter again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    /// Why.
    pub reason: String,
}

impl Reopen {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let over = turn.matter.reopen_until(turn.site()).is_none_or(|until| turn.now() > until);
        // The system reopens the target of a merge whose reporter reopened in time.
        if over && turn.by != By::System {
            return Err(Refusal::ReopenOver { days: turn.catalogue.bounds.reopen_days });
        }
        let reason = turn.write("reason", TextKind::Report, &self.reason)?;
        let clock = turn.clock(Stage::Screening);
        turn.record(Event::Reopened { reason, clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{handler, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_reporter_reopens_within_fifteen_days() {
        let closed = Case::at(Class::Hazard, Stage::Closed);
        closed
            .clone()
            .on("2024-03-19T23:58")
            .when(Actor::Reporter, command!(reopen, "reason": "又坏了"))
            .then("reopened")
            .is(Stage::Screening)
            .owed(&["421321117.centre dispatcher"])
            .clock("screen 2024-03-20 23:59")
            .and(|matter| matter.outcome.is_none() && matter.closed_at.is_none() && matter.lead.is_none())
            .and(|matter| matter.rework == 1);
        closed
            .on("2024-03-20T00:00")
            .when(Actor::Reporter, command!(reopen, "reason": "又坏了"))
            .refused("reopen_over")
            .when(intake(), command!(reopen, "reason": "来电说又坏了"))
            .refused("reopen_over");
    }

    #[test]
    fn what_lapsed_may_be_reopened_too() {
        Case::at(Class::Service, Stage::AwaitingReporter)
            .wakes("remind")
            .then("reminded")
            .wakes("lapse")
            .then("lapsed closed")
            .when(Actor::Reporter, command!(reopen, "reason": "刚看到"))
            .then("reopened");
    }

    #[test]
    fn the_target_of_a_merge_is_reopened_by_the_system_and_leaves_the_archive() {
        Case::at(Class::Hazard, Stage::Closed)
            .wakes("archive")
            .then("archived")
            .when(Actor::System, command!(reopen, "reason": "又坏了"))
            .then("reopened")
            .and(|matter| !matter.archived);
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Hazard, Stage::Closed)
            .when(Actor::Reporter, command!(reopen, "reason": ""))
            .refused("words_missing")
            .when(handler(), command!(reopen, "reason": "再办"))
            .refused("not_allowed");
        Case::at(Class::Hazard, Stage::Handling)
            .when(Actor::Reporter, command!(reopen, "reason": "再办"))
            .refused("not_in_this_stage");
    }
}
