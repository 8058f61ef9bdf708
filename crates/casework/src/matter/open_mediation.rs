//! A dispute goes to a mediation committee.

use serde::{Deserialize, Serialize};

use super::{Class, Event, turn::Turn};
use crate::{id::UnitId, mediation::Channel, refusal::Refusal, register::Dispute, unit::UnitKind};

/// Gives a dispute to a committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenMediation {
    /// The committee.
    pub unit: UnitId,
    /// The channel in which it mediates, by code; when left out that of a specialised committee, or else people's mediation.
    #[serde(default)]
    pub channel: Option<String>,
}

impl OpenMediation {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.class != Class::Dispute {
            return Err(Refusal::NotADispute);
        }
        let unit = turn.unit(&self.unit, UnitKind::Committee)?.id.clone();
        let named = self.channel.as_deref().map(|code| channel(turn, code)).transpose()?;
        let channel = named.or_else(|| turn.own_channel(&unit));
        turn.admitted(&unit, channel, Dispute::of(turn.matter))?;
        let channel = channel.map(|channel| channel.code.clone());
        // Until the committee takes it on; then the limit of its channel runs.
        let clock = turn.clock_of_taking_on();
        turn.record(Event::MediationOpened { unit, channel, clock });
        Ok(())
    }
}

/// A channel in which committees mediate, and that takes such disputes.
fn channel<'a>(turn: &Turn<'a>, code: &str) -> Result<&'a Channel, Refusal> {
    let channel = turn.catalogue.channel(code).filter(|channel| channel.mediates);
    let channel = channel.ok_or(Refusal::UnknownChoice { field: "channel" })?;
    if !channel.takes(turn.matter.category.as_deref()) {
        return Err(Refusal::ChannelDoesNotTake);
    }
    Ok(channel)
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{dispatcher, intake},
            committees::{general, medical},
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
            .clock("take_mediation 2024-03-07 23:59")
            .owed(&["421321117.mediation mediator"]);
    }

    #[test]
    fn a_specialised_committee_takes_what_it_is_for() {
        let open =
            |channel: &str| command!(open_mediation, "unit": "421321117.mediation", "channel": channel);
        Case::reported(Class::Dispute)
            .does(intake(), command!(admit, "category": "0502"))
            .when(dispatcher(), open("court"))
            .refused("unknown_choice")
            .when(dispatcher(), open("labour"))
            .refused("channel_does_not_take")
            .when(dispatcher(), open("medical"))
            .then("mediation_opened")
            .and(|matter| matter.mediation.as_deref().unwrap().channel == "medical");
    }

    /// Field practice §2.2: each specialised committee has its own clock and its own rules of admission.
    #[test]
    fn a_committee_takes_what_its_rules_admit() {
        let to = |unit: &str| command!(open_mediation, "unit": unit);
        let about = |category: &str| {
            let mut case =
                Case::reported(Class::Dispute).does(intake(), command!(admit, "category": category));
            case.committees = vec![general(), medical()];
            case
        };
        about("0202")
            .when(dispatcher(), to("421321.mediation"))
            .refused("committee_does_not_admit")
            .when(dispatcher(), to("421321117.mediation"))
            .then("mediation_opened")
            .and(|matter| matter.mediation.as_deref().unwrap().channel == "people");
        about("0502")
            .when(dispatcher(), command!(open_mediation, "unit": "421321117.mediation", "channel": "medical"))
            .refused("committee_does_not_admit")
            .when(dispatcher(), command!(open_mediation, "unit": "421321.mediation", "channel": "people"))
            .refused("committee_does_not_admit")
            .when(dispatcher(), to("421321.mediation"))
            .then("mediation_opened")
            .and(|matter| matter.mediation.as_deref().unwrap().channel == "medical");
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
