//! A dispute goes to a mediation committee.

use serde::{Deserialize, Serialize};

use super::{Class, Event, Stage, turn::Turn};
use crate::{id::UnitId, refusal::Refusal, unit::UnitKind};

/// Gives a dispute to a committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenMediation {
    /// The committee.
    pub unit: UnitId,
}

impl OpenMediation {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.class != Class::Dispute {
            return Err(Refusal::NotADispute);
        }
        let unit = turn.unit(&self.unit, UnitKind::Committee)?.id.clone();
        let clock = turn.clock(Stage::Mediating);
        turn.record(Event::MediationOpened { unit, clock });
        Ok(())
    }
}
