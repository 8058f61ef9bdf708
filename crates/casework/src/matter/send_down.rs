//! 下派: a centre nearer to the place takes over the next step.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{id::UnitId, refusal::Refusal, text::TextKind, unit::UnitKind};

/// Hands the matter to a centre below that serves its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendDown {
    /// The centre.
    pub unit: UnitId,
    /// Why.
    pub reason: String,
}

impl SendDown {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let to = turn.unit(&self.unit, UnitKind::Centre)?;
        let here = turn.site().units.get(&turn.matter.centre).ok_or(Refusal::UnknownUnit)?;
        if to.id == here.id || !here.area.contains(to.area) {
            return Err(Refusal::NotBelow);
        }
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock(Stage::Screening);
        turn.record(Event::SentDown { to: to.id.clone(), reason, clock });
        Ok(())
    }
}
