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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{
                city_director, city_dispatcher, co_handler, county_dispatcher, county_handler, dispatcher,
                handler, intake,
            },
            scenario::{Case, command},
        },
    };

    fn returned() -> Case {
        Case::at(Class::Hazard, Stage::Dispatched)
            .when(handler(), command!(object, "reason": "清单第 3 条"))
            .refused("return_first")
            .does(handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 3 条"))
    }

    #[test]
    fn the_centre_above_rules() {
        returned()
            .does(dispatcher(), command!(dispatch, "unit": "421321117.construction"))
            .when(handler(), command!(object, "reason": ""))
            .refused("words_missing")
            .when(co_handler(), command!(object, "reason": "清单第 3 条"))
            .refused("not_allowed")
            .when(handler(), command!(object, "reason": "清单第 3 条"))
            .then("objected")
            .is(Stage::AwaitingRuling)
            .owed(&["421321.centre dispatcher"])
            .clock("rule 2024-03-06 23:59");
    }

    #[test]
    fn at_the_city_its_director_rules() {
        returned()
            .does(dispatcher(), command!(escalate, "reason": "跨县"))
            .does(county_dispatcher(), command!(escalate, "reason": "跨县"))
            .does(city_dispatcher(), command!(dispatch, "unit": "421321.construction"))
            .does(county_handler(), command!(object, "reason": "清单第 3 条"))
            .owed(&["4213.centre director"])
            .when(city_dispatcher(), command!(rule, "unit": "421321.construction", "reason": "归口"))
            .refused("not_allowed")
            .when(city_director(), command!(rule, "unit": "421321.construction", "reason": "归口"))
            .then("ruled");
    }

    #[test]
    fn the_unit_complained_about_does_not_rule() {
        Case::reported(Class::Petition)
            .does(intake(), command!(admit, "about_unit": "421321.centre"))
            .does(dispatcher(), command!(dispatch, "unit": "421321117.construction"))
            .does(handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 3 条"))
            .does(dispatcher(), command!(dispatch, "unit": "421321117.construction"))
            .does(handler(), command!(object, "reason": "清单第 3 条"))
            .owed(&["4213.centre dispatcher"]);
    }
}
