//! 受理: intake takes a report as a matter of this centre.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, Urgency, turn::Turn};
use crate::{id::UnitId, refusal::Refusal};

/// Takes the matter on; category and urgency may be set on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    /// The category; the present one when left out.
    #[serde(default)]
    pub category: Option<String>,
    /// The urgency; the present one when left out.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// The unit complained about, which from then on may not read the matter.
    #[serde(default)]
    pub about_unit: Option<UnitId>,
}

impl Admit {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let urgency = self.urgency.unwrap_or(turn.matter.urgency);
        let category = turn
            .category(turn.matter.class, self.category.as_deref())?
            .or_else(|| turn.matter.category.clone());
        let about_unit =
            turn.about_unit(self.about_unit.as_ref())?.or_else(|| turn.matter.about_unit.clone());
        let clock = turn.clock_for(Stage::Screening, turn.matter.class, urgency);
        turn.record(Event::Admitted { category, urgency, about_unit, clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage, Urgency},
        tests::{
            cast::{director, grid_worker, handler, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn intake_admits_and_the_dispatcher_owes_the_next_step() {
        Case::reported(Class::Hazard)
            .owed(&["421321117.centre intake"])
            .clock("accept 2024-03-05 23:59")
            .when(intake(), command!(admit, "category": "0401", "urgency": "urgent"))
            .then("admitted")
            .is(Stage::Screening)
            .owed(&["421321117.centre dispatcher"])
            .clock("screen_urgent 2024-03-04 11:01")
            .and(|matter| matter.category.as_deref() == Some("0401") && matter.urgency == Urgency::Urgent);
    }

    #[test]
    fn what_is_left_out_stays() {
        let case = Case::reported(Class::Hazard).does(
            intake(),
            command!(reclassify, "class": "hazard", "category": "0401", "urgency": "life", "reason": "有裂缝"),
        );
        case.does(director(), command!(admit))
            .and(|matter| matter.category.as_deref() == Some("0401") && matter.urgency == Urgency::Life);
    }

    #[test]
    fn it_is_refused() {
        let case = Case::reported(Class::Petition)
            .when(intake(), command!(admit, "category": "0101x"))
            .refused("unknown_category")
            .when(intake(), command!(admit, "category": "0501"))
            .refused("accusation_elsewhere")
            .when(intake(), command!(admit, "about_unit": "421321117.nobody"))
            .refused("unknown_unit")
            .when(intake(), command!(admit, "about_unit": "421321117.centre"))
            .refused("unit_complained_about")
            .when(handler(), command!(admit))
            .refused("not_allowed")
            .when(grid_worker(), command!(admit))
            .refused("not_allowed")
            .when(Actor::Reporter, command!(admit))
            .refused("not_allowed");
        case.does(intake(), command!(admit)).when(intake(), command!(admit)).refused("not_in_this_stage");
    }
}
