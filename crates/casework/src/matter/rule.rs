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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{county_director, county_dispatcher, dispatcher},
            place::unit,
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_centre_above_says_who_leads() {
        Case::at(Class::Hazard, Stage::AwaitingRuling)
            .when(dispatcher(), command!(rule, "unit": "421321117.urban", "reason": "清单第 7 条"))
            .refused("not_allowed")
            .when(county_dispatcher(), command!(rule, "unit": "421321117.urban", "reason": ""))
            .refused("words_missing")
            .when(county_dispatcher(), command!(rule, "unit": "421321117.mediation", "reason": "清单第 7 条"))
            .refused("wrong_kind_of_unit")
            .when(county_dispatcher(), command!(rule, "unit": "421321117.nobody", "reason": "清单第 7 条"))
            .refused("unknown_unit")
            .when(
                county_dispatcher(),
                command!(rule, "unit": "421321118.construction", "reason": "清单第 7 条"),
            )
            .refused("unit_elsewhere")
            .when(county_director(), command!(rule, "unit": "421321117.urban", "reason": "清单第 7 条"))
            .then("ruled")
            .is(Stage::Dispatched)
            .owed(&["421321117.urban handler"])
            .and(|matter| {
                matter.ruled && matter.ruling.is_none() && matter.centre == unit("421321117.centre")
            });
    }

    #[test]
    fn not_the_unit_complained_about() {
        Case::at(Class::Petition, Stage::AwaitingRuling)
        .does(dispatcher(), command!(reclassify, "class": "petition", "about_unit": "421321117.urban", "reason": "投诉城管"))
        .when(county_dispatcher(), command!(rule, "unit": "421321117.urban", "reason": "清单第 7 条"))
        .refused("unit_complained_about");
    }
}
