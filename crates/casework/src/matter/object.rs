//! 异议: after a return the unit can only object; the next centre up rules, at city level its director.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Objects to a dispatch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Why, with the rule it rests on.
    pub reason: String,
}

impl Object {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.ruled {
            return Err(Refusal::RuledOn);
        }
        if !turn.matter.returned {
            return Err(Refusal::ReturnFirst);
        }
        let units = &turn.site().units;
        let centre = units.get(&turn.matter.centre).ok_or(Refusal::UnknownUnit)?;
        let above = std::iter::successors(units.centre_above(centre), |unit| units.centre_above(unit));
        let ruling = above
            .into_iter()
            .find(|unit| turn.matter.about_unit.as_ref() != Some(&unit.id))
            .unwrap_or(centre)
            .id
            .clone();
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock(Stage::AwaitingRuling);
        turn.record(Event::Objected { reason, ruling, clock });
        Ok(())
    }
}
