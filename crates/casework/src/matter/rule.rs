//! 裁定: the centre above decides who leads. The ruled unit can neither return nor object.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{id::UnitId, refusal::Refusal, text::TextKind, unit::UnitKind};

/// Rules on an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The unit that leads.
    pub unit: UnitId,
    /// Why.
    pub reason: String,
}

impl Rule {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let unit = turn.unit(&self.unit, UnitKind::Department)?.id.clone();
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock(Stage::Dispatched);
        turn.record(Event::Ruled { unit, reason, clock });
        Ok(())
    }
}
