//! 上报: the centre above takes over the next step; the reporter's view keeps everything.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Hands the matter to the next centre up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalate {
    /// Why, and what was tried.
    pub reason: String,
}

impl Escalate {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let units = &turn.site().units;
        let centre = units.get(&turn.matter.centre).ok_or(Refusal::UnknownUnit)?;
        let above = units.centre_above(centre).ok_or(Refusal::NoCentreAbove)?;
        if turn.matter.about_unit.as_ref() == Some(&above.id) {
            return Err(Refusal::UnitComplainedAbout);
        }
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock(Stage::Screening);
        turn.record(Event::Escalated { to: above.id.clone(), reason, clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{city_dispatcher, county_dispatcher, dispatcher, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_centre_above_takes_over_up_to_the_city() {
        Case::at(Class::Dispute, Stage::Screening)
            .when(dispatcher(), command!(escalate, "reason": "跨镇，已协调三次"))
            .then("escalated")
            .is(Stage::Screening)
            .owed(&["421321.centre dispatcher"])
            .when(dispatcher(), command!(dispatch, "unit": "421321117.construction"))
            .refused("not_allowed")
            .does(county_dispatcher(), command!(escalate, "reason": "跨县"))
            .owed(&["4213.centre dispatcher"])
            .when(city_dispatcher(), command!(escalate, "reason": "再往上"))
            .refused("no_centre_above");
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Petition, Stage::Reported)
            .does(intake(), command!(admit, "about_unit": "421321.centre"))
            .when(dispatcher(), command!(escalate, "reason": "请县里办"))
            .refused("unit_complained_about");
        Case::at(Class::Dispute, Stage::Screening)
            .when(dispatcher(), command!(escalate, "reason": ""))
            .refused("words_missing")
            .when(intake(), command!(escalate, "reason": "请县里办"))
            .refused("not_allowed");
    }
}
