//! 申请延期: asked for by the handler before the limit is over, once; the dispatching centre decides.

use serde::{Deserialize, Serialize};

use super::{Class, Event, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Asks for more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskExtension {
    /// Days more: working days, for petitions calendar days.
    pub days: u32,
    /// Why.
    pub reason: String,
}

impl AskExtension {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.extended {
            return Err(Refusal::AlreadyExtended);
        }
        if turn.matter.extension_asked.is_some() {
            return Err(Refusal::ExtensionAsked);
        }
        match &turn.matter.clock {
            None => return Err(Refusal::AlreadySuspended),
            Some(clock) if turn.now() > clock.due_at => return Err(Refusal::TooLateToExtend),
            Some(_) => {}
        }
        let bounds = &turn.catalogue.bounds;
        let most = if turn.matter.class == Class::Petition {
            bounds.petition_extension_days
        } else {
            bounds.extension_days
        };
        if self.days == 0 || self.days > most {
            return Err(Refusal::DaysOutOfBounds { field: "days", most });
        }
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        turn.record(Event::ExtensionAsked { days: self.days, reason });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{co_handler, dispatcher, handler},
            scenario::{Case, command},
        },
    };

    #[test]
    fn an_extension_is_asked_for_once_and_in_time() {
        let case = Case::at(Class::Hazard, Stage::Handling)
            .when(handler(), command!(ask_extension, "days": 0, "reason": "等配件"))
            .refused("days_out_of_bounds")
            .when(handler(), command!(ask_extension, "days": 11, "reason": "等配件"))
            .refused("days_out_of_bounds")
            .when(handler(), command!(ask_extension, "days": 5, "reason": ""))
            .refused("words_missing")
            .when(co_handler(), command!(ask_extension, "days": 5, "reason": "等配件"))
            .refused("not_allowed");
        case.clone()
            .on("2024-03-12T08:00")
            .when(handler(), command!(ask_extension, "days": 5, "reason": "等配件"))
            .refused("too_late_to_extend");
        case.when(handler(), command!(ask_extension, "days": 5, "reason": "等配件"))
            .then("extension_asked")
            .owed(&["421321117.centre dispatcher", "421321117.construction handler"])
            .when(handler(), command!(ask_extension, "days": 3, "reason": "等配件"))
            .refused("extension_asked")
            .does(dispatcher(), command!(decide_extension, "approve": true))
            .when(handler(), command!(ask_extension, "days": 3, "reason": "等配件"))
            .refused("already_extended");
    }

    #[test]
    fn a_petition_may_be_extended_by_thirty_calendar_days() {
        Case::at(Class::Petition, Stage::Handling)
            .clock("handle_petition 2024-05-06 23:59")
            .does(handler(), command!(ask_extension, "days": 30, "reason": "情况复杂"))
            .does(dispatcher(), command!(decide_extension, "approve": true))
            .clock("handle_petition 2024-06-05 23:59");
    }

    #[test]
    fn a_clock_that_stands_still_needs_no_extension() {
        Case::at(Class::Hazard, Stage::Handling)
            .does(handler(), command!(suspend, "because": "weather", "until": "2024-03-08"))
            .when(handler(), command!(ask_extension, "days": 5, "reason": "等配件"))
            .refused("already_suspended");
    }
}
