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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{dispatcher, intake, village_lead},
            place::VILLAGE,
            scenario::{Case, command},
        },
    };

    #[test]
    fn a_centre_nearer_to_the_place_takes_over() {
        Case::at(Class::Hazard, Stage::Screening)
            .when(
                dispatcher(),
                command!(send_down, "unit": VILLAGE.to_owned() + ".centre", "reason": "村里能办"),
            )
            .then("sent_down")
            .is(Stage::Screening)
            .owed(&["421321117204.centre dispatcher"])
            .when(dispatcher(), command!(escalate, "reason": "收回"))
            .refused("not_allowed")
            .when(village_lead(), command!(escalate, "reason": "村里办不了"))
            .then("escalated")
            .owed(&["421321117.centre dispatcher"]);
    }

    #[test]
    fn it_is_refused() {
        let to = |unit: &str| command!(send_down, "unit": unit, "reason": "就近办理");
        Case::reported(Class::Petition)
            .does(intake(), command!(admit, "about_unit": VILLAGE.to_owned() + ".centre"))
            .when(dispatcher(), to("421321117.centre"))
            .refused("not_below")
            .when(dispatcher(), to("421321.centre"))
            .refused("not_below")
            .when(dispatcher(), to("421321118.centre"))
            .refused("unit_elsewhere")
            .when(dispatcher(), to("421321117.urban"))
            .refused("wrong_kind_of_unit")
            .when(dispatcher(), to("421321117.nobody"))
            .refused("unknown_unit")
            .when(dispatcher(), to("421321117204.centre"))
            .refused("unit_complained_about")
            .when(dispatcher(), command!(send_down, "unit": "421321.centre", "reason": ""))
            .refused("not_below")
            .when(village_lead(), to("421321117204.centre"))
            .refused("complained_about");
        Case::at(Class::Hazard, Stage::Screening)
            .when(dispatcher(), command!(send_down, "unit": "421321117204.centre", "reason": ""))
            .refused("words_missing");
    }
}
