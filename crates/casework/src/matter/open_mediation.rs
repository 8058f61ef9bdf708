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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{dispatcher, intake},
            place::area,
            scenario::{Case, command},
        },
    };

    #[test]
    fn a_dispute_goes_to_a_committee() {
        Case::at(Class::Dispute, Stage::Screening)
            .when(dispatcher(), command!(open_mediation, "unit": "421321117.construction"))
            .refused("wrong_kind_of_unit")
            .when(dispatcher(), command!(open_mediation, "unit": "421321117.nobody"))
            .refused("unknown_unit")
            .when(intake(), command!(open_mediation, "unit": "421321117.mediation"))
            .refused("not_allowed")
            .when(dispatcher(), command!(open_mediation, "unit": "421321117.mediation"))
            .then("mediation_opened")
            .is(Stage::Mediating)
            .owed(&["421321117.mediation mediator"]);
    }

    #[test]
    fn nothing_else_does() {
        Case::at(Class::Hazard, Stage::Screening)
            .when(dispatcher(), command!(open_mediation, "unit": "421321117.mediation"))
            .refused("not_a_dispute");
        Case::reported(Class::Dispute)
            .does(intake(), command!(admit, "about_unit": "421321117.mediation"))
            .when(dispatcher(), command!(open_mediation, "unit": "421321117.mediation"))
            .refused("unit_complained_about");
        let mut elsewhere = Case::at(Class::Dispute, Stage::Screening);
        elsewhere.matter.area = area("421321118201");
        elsewhere
            .when(dispatcher(), command!(open_mediation, "unit": "421321117.mediation"))
            .refused("unit_elsewhere");
    }
}
