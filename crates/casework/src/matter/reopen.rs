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
