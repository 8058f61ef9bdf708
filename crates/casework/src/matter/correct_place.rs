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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{grid_worker, handler, intake},
            place::{TOWN, VILLAGE, area, unit},
            scenario::{Case, command},
        },
    };

    #[test]
    fn area_and_point_follow_the_correction_and_the_number_stays() {
        let case = Case::at(Class::Hazard, Stage::Screening)
        .when(intake(), command!(correct_place, "place": {"lon": 113.3, "lat": 31.5}, "address": "古城畈二组", "reason": "看错了"))
        .then("place_corrected")
        .and(|matter| matter.area == area("421321117205") && matter.place.is_some() && matter.address.is_some())
        .and(|matter| matter.number.0.contains("421321117") && matter.centre == unit("421321117.centre"));
        case.when(grid_worker(), command!(correct_place, "place": {"area": VILLAGE}, "reason": "还是原来的"))
            .refused("not_allowed");
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Hazard, Stage::Screening)
            .when(intake(), command!(correct_place, "place": {"lon": 120.0, "lat": 31.5}, "reason": "看错了"))
            .refused("place_unknown")
            .when(intake(), command!(correct_place, "place": {"area": VILLAGE}, "reason": "看错了"))
            .refused("nothing_to_change")
            .when(intake(), command!(correct_place, "place": {"area": TOWN}, "reason": ""))
            .refused("words_missing")
            .when(handler(), command!(correct_place, "place": {"area": TOWN}, "reason": "看错了"))
            .refused("not_allowed");
    }
}
