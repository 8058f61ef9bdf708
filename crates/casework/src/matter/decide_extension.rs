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
