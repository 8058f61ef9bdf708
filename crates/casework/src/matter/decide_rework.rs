//! Unhappy a second time: the centre decides whether the work is done again, and says why.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Decides on rework that the reporter asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRework {
    /// Whether the work is done again.
    pub redo: bool,
    /// Why.
    pub reason: String,
}

impl DecideRework {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if !turn.matter.rework_asked {
            return Err(Refusal::NoReworkAsked);
        }
        let reason = turn.write("reason", TextKind::Reply, &self.reason)?;
        let clock = self.redo.then(|| turn.clock_of_rework()).flatten();
        turn.record(Event::ReworkDecided { redo: self.redo, reason, clock });
        if !self.redo {
            turn.close(turn.outcome_reached());
        }
        Ok(())
    }
}
