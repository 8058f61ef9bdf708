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
