//! The place was not right. The matter keeps its id and number; area and map follow.

use serde::{Deserialize, Serialize};

use super::{Event, PlaceGiven, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Corrects the place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectPlace {
    /// The right place.
    pub place: PlaceGiven,
    /// The place in words.
    #[serde(default)]
    pub address: Option<String>,
    /// Why.
    pub reason: String,
}

impl CorrectPlace {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let (area, place) = self.place.resolve(&turn.site().areas)?;
        if area == turn.matter.area && place == turn.matter.place && self.address.is_none() {
            return Err(Refusal::NothingToChange);
        }
        let address = turn.write_if_any("address", TextKind::Address, self.address.as_deref())?;
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        turn.record(Event::PlaceCorrected { area, place, address, reason });
        Ok(())
    }
}
