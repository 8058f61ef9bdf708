//! Class, category or urgency were not right; the clock of the stage starts anew when class or urgency change. A unit that
//! turns out to be complained about loses the matter: it is screened again.

use serde::{Deserialize, Serialize};

use super::{Class, Event, Stage, Urgency, turn::Turn};
use crate::{id::UnitId, refusal::Refusal, text::TextKind};

/// Corrects what kind of matter it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reclassify {
    /// The class.
    pub class: Class,
    /// The category; the present one when left out and the class stays.
    #[serde(default)]
    pub category: Option<String>,
    /// The urgency; the present one when left out.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// The unit complained about; the present one when left out.
    #[serde(default)]
    pub about_unit: Option<UnitId>,
    /// Why.
    pub reason: String,
}

impl Reclassify {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let matter = turn.matter;
        if matter.stage == Stage::Mediating && self.class != Class::Dispute {
            return Err(Refusal::NotADispute);
        }
        let category = turn
            .category(self.class, self.category.as_deref())?
            .or_else(|| matter.category.clone().filter(|_| self.class == matter.class));
        let urgency = self.urgency.unwrap_or(matter.urgency);
        let about_unit = turn.about_unit(self.about_unit.as_ref())?.or_else(|| matter.about_unit.clone());
        if (self.class, &category, urgency, &about_unit)
            == (matter.class, &matter.category, matter.urgency, &matter.about_unit)
        {
            return Err(Refusal::NothingToChange);
        }
        // A mediation takes longer only when the parties agree: its clock runs on.
        let anew = (self.class, urgency) != (matter.class, matter.urgency)
            && matter.pause.is_none()
            && matter.stage != Stage::Mediating;
        let clock = anew.then(|| turn.clock_for(matter.stage, self.class, urgency)).flatten();
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let loses = about_unit.clone().filter(|unit| matter.lead.as_ref() == Some(unit));
        turn.record(Event::Reclassified { class: self.class, category, urgency, about_unit, reason, clock });
        if let Some(unit) = loses {
            let clock = turn.clock_for(Stage::Screening, self.class, urgency);
            turn.record(Event::TakenAway { unit, clock });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage, Urgency},
        tests::{
            cast::{co_handler, director, dispatcher, handler, handler_and_intake, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_clock_starts_anew_when_class_or_urgency_change_and_stays_when_only_the_category_does() {
        Case::at(Class::Service, Stage::Handling)
            .clock("handle_service 2024-03-07 23:59")
            .on("2024-03-05T09:00")
            .when(
                dispatcher(),
                command!(reclassify, "class": "service", "category": "0101", "reason": "停水"),
            )
            .then("reclassified")
            .clock("handle_service 2024-03-07 23:59")
            .when(
                dispatcher(),
                command!(reclassify, "class": "hazard", "category": "0101", "reason": "是漏气"),
            )
            .then("reclassified")
            .clock("handle_hazard 2024-03-12 23:59")
            .when(
                director(),
                command!(reclassify, "class": "hazard", "urgency": "life", "reason": "有人晕倒"),
            )
            .then("reclassified")
            .clock("handle_life 2024-03-05 11:03")
            .and(|matter| matter.category.as_deref() == Some("0101") && matter.urgency == Urgency::Life);
    }

    #[test]
    fn a_clock_that_stands_still_takes_the_new_limit_when_it_runs_again() {
        Case::at(Class::Service, Stage::Handling)
            .does(handler(), command!(suspend, "because": "weather", "until": "2024-03-08"))
            .when(
                dispatcher(),
                command!(reclassify, "class": "service", "urgency": "urgent", "reason": "停水三天"),
            )
            .then("reclassified")
            .clock("no clock")
            .on("2024-03-05T09:00")
            .does(handler(), command!(resume))
            .clock("handle_urgent 2024-03-06 09:01");
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(dispatcher(), command!(reclassify, "class": "hazard", "reason": "没有变"))
            .refused("nothing_to_change")
            .when(
                dispatcher(),
                command!(reclassify, "class": "service", "category": "9901", "reason": "是求助"),
            )
            .refused("unknown_category")
            .when(
                dispatcher(),
                command!(reclassify, "class": "petition", "category": "0502", "reason": "是举报"),
            )
            .refused("accusation_elsewhere")
            .when(dispatcher(), command!(reclassify, "class": "service", "reason": ""))
            .refused("words_missing")
            .when(
                dispatcher(),
                command!(reclassify, "class": "petition", "about_unit": "421321117.centre", "reason": "投诉"),
            )
            .refused("unit_complained_about")
            .when(
                dispatcher(),
                command!(reclassify, "class": "petition", "about_unit": "421321117.nobody", "reason": "投诉"),
            )
            .refused("unknown_unit")
            .when(intake(), command!(reclassify, "class": "service", "reason": "是求助"))
            .refused("not_in_this_stage")
            .when(handler(), command!(reclassify, "class": "service", "reason": "是求助"))
            .refused("not_allowed");
        Case::at(Class::Dispute, Stage::Mediating)
            .when(dispatcher(), command!(reclassify, "class": "service", "reason": "是求助"))
            .refused("not_a_dispute");
    }

    #[test]
    fn a_unit_that_turns_out_to_be_complained_about_loses_the_matter() {
        let about = || command!(reclassify, "class": "petition", "about_unit": "421321117.construction", "reason": "投诉的正是这个单位");
        Case::at(Class::Petition, Stage::Handling)
            .does(handler(), command!(suspend, "because": "weather", "until": "2024-03-08"))
            .when(dispatcher(), about())
            .then("reclassified taken_away")
            .is(Stage::Screening)
            .owed(&["421321117.centre dispatcher"])
            .and(|matter| matter.lead.is_none() && matter.pause.is_none() && matter.clock.is_some())
            .when(handler(), command!(note, "words": "情况说明"))
            .refused("complained_about")
            .when(dispatcher(), command!(dispatch, "unit": "421321117.construction"))
            .refused("unit_complained_about");
        Case::at(Class::Petition, Stage::Screening)
            .does(dispatcher(), command!(dispatch, "unit": "421321117.urban", "co_units": [{"unit": "421321117.construction", "days": 2}]))
            .when(dispatcher(), about())
            .then("reclassified")
            .is(Stage::Dispatched)
            .and(|matter| matter.co_handlers.is_empty());
    }

    #[test]
    fn a_petition_against_a_unit_is_nothing_for_that_unit() {
        Case::at(Class::Petition, Stage::Screening)
        .does(dispatcher(), command!(reclassify, "class": "petition", "about_unit": "421321117.urban", "reason": "投诉城管"))
        .when(co_handler(), command!(note, "words": "情况说明"))
        .refused("complained_about")
        .when(handler_and_intake(), command!(note, "words": "情况说明"))
        .refused("complained_about");
    }
}
