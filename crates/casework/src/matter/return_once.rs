//! 退回: once per matter, by whichever unit, with the legal basis. After that a unit can only object.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{catalogue::has_choice, refusal::Refusal, text::TextKind};

/// Gives a dispatched matter back to the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The ground, from the catalogue's list.
    pub basis: String,
    /// Why, with the rule it rests on.
    pub reason: String,
}

impl Return {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.ruled {
            return Err(Refusal::RuledOn);
        }
        if turn.matter.returned {
            return Err(Refusal::AlreadyReturned);
        }
        if !has_choice(&turn.catalogue.return_bases, &self.basis) {
            return Err(Refusal::UnknownChoice { field: "basis" });
        }
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock(Stage::Screening);
        turn.record(Event::Returned { basis: self.basis.clone(), reason, clock });
        Ok(())
    }
}
