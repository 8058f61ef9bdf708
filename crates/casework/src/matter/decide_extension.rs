//! 延期审批: the dispatching centre grants or denies more time; the reporter is told either way.

use serde::{Deserialize, Serialize};

use super::{Class, Event, turn::Turn};
use crate::{
    calendar::{Limit, LimitUnit},
    clock::Clock,
    refusal::Refusal,
    text::TextKind,
};

/// Decides on an extension that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideExtension {
    /// Whether it is granted.
    pub approve: bool,
    /// Why; owed when it is denied.
    #[serde(default)]
    pub reason: Option<String>,
}

impl DecideExtension {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let days = turn.matter.extension_asked.ok_or(Refusal::NoExtensionAsked)?;
        let clock = turn.matter.clock.clone().ok_or(Refusal::AlreadySuspended)?;
        let reason = if self.approve {
            turn.write_if_any("reason", TextKind::Reason, self.reason.as_deref())?
        } else {
            Some(turn.write("reason", TextKind::Reason, self.reason.as_deref().unwrap_or_default())?)
        };
        let unit = if turn.matter.class == Class::Petition {
            LimitUnit::CalendarDays
        } else {
            LimitUnit::WorkingDays
        };
        let due = turn.site().calendar.due(clock.due_at, Limit { amount: days, unit }, &turn.site().zone);
        let clock = self.approve.then(|| Clock::until(clock.rule, clock.started_at, due));
        turn.record(Event::ExtensionDecided { approved: self.approve, reason, clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{director, dispatcher, handler},
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn the_centre_grants_or_denies_and_gives_a_reason_for_denying() {
        let asked = Case::at(Class::Hazard, Stage::Handling)
            .clock("handle_hazard 2024-03-11 23:59")
            .when(dispatcher(), command!(decide_extension, "approve": true))
            .refused("no_extension_asked")
            .does(handler(), command!(ask_extension, "days": 5, "reason": "等配件"))
            .when(handler(), command!(decide_extension, "approve": true))
            .refused("not_allowed")
            .when(dispatcher(), command!(decide_extension, "approve": false))
            .refused("words_missing");
        asked
            .clone()
            .when(dispatcher(), command!(decide_extension, "approve": true))
            .then("extension_decided")
            .clock("handle_hazard 2024-03-18 23:59")
            .and(|matter| matter.extended && matter.extension_asked.is_none());
        asked
            .when(director(), command!(decide_extension, "approve": false, "reason": "可以先临时防护"))
            .then("extension_decided")
            .clock("handle_hazard 2024-03-11 23:59")
            .and(|matter| !matter.extended)
            .when(handler(), command!(ask_extension, "days": 5, "reason": "确需等配件"))
            .then("extension_asked");
    }

    #[test]
    fn nothing_is_left_to_decide_once_the_work_ended() {
        Case::at(Class::Hazard, Stage::Handling)
            .does(handler(), command!(ask_extension, "days": 5, "reason": "等配件"))
            .when(handler(), command!(suspend, "because": "weather", "until": "2024-03-08"))
            .refused("extension_asked")
            .does(handler(), command!(complete, "result": "done", "words": "已办", "photos": photos(1)))
            .and(|matter| matter.extension_asked.is_none())
            .when(dispatcher(), command!(decide_extension, "approve": true))
            .refused("not_in_this_stage");
    }
}
