//! 受理登记: a committee takes a dispute on, or says why it cannot; and when there is danger, the police are told.

use serde::{Deserialize, Serialize};

use super::{Bar, Origin, parties::PartyGiven};
use crate::{
    actor::{By, Role},
    id::AccountId,
    matter::{Event, Outcome, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

/// Takes a dispute on, on application or of one's own accord (RMTJF art. 17), with the parties as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptMediation {
    /// Where it came from.
    pub origin: Origin,
    /// The parties.
    #[serde(default)]
    pub parties: Vec<PartyGiven>,
    /// Who mediates (RMTJF art. 19); who takes it on, when left out.
    #[serde(default)]
    pub mediator: Option<AccountId>,
}

impl AcceptMediation {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation()?;
        if mediation.origin.is_some() {
            return Err(Refusal::AlreadyAccepted);
        }
        let mediator = match (self.mediator, &turn.by) {
            (Some(account), _) => Some(turn.mediator(account)?),
            (None, By::Staff { account, role: Role::Mediator, .. }) => turn.mediator(*account).ok(),
            (None, _) => None,
        };
        super::parties::admitted(turn, mediation, &self.parties)?;
        let parties = super::parties::written(turn, mediation, &self.parties)?;
        let clock = turn.clock_of_channel(&mediation.channel);
        turn.record(Event::MediationAccepted { origin: self.origin, mediator, parties, clock });
        Ok(())
    }
}

/// Says why this cannot be mediated; the words tell where it belongs. It is closed as guided, not as refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineMediation {
    /// Why.
    pub bar: Bar,
    /// Words to the parties: which road is theirs.
    pub words: String,
}

impl DeclineMediation {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.mediation()?.in_effect().is_some() {
            return Err(Refusal::AgreementInEffect);
        }
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        turn.record(Event::MediationDeclined { bar: self.bar, words });
        turn.close(Outcome::Guided);
        Ok(())
    }
}

/// The police are told: a dispute may turn violent, or there may be a crime (RMTJF art. 25; Anti-DV Act art. 14, 35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellPolice {
    /// What was said to them, and why.
    pub reason: String,
}

impl TellPolice {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        turn.mediation()?;
        let reason = turn.write("reason", TextKind::Session, &self.reason)?;
        turn.record(Event::PoliceTold { reason });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        matter::{Class, Outcome, Stage},
        mediation::Step,
        register::Committee,
        tests::{
            cast::{dispatcher, mediator, other_mediator},
            committees::{general, medical},
            mediating::{accepted, parties, sat_together},
            scenario::{Case, command},
        },
    };

    #[test]
    fn it_is_taken_on_with_its_parties_and_its_clock() {
        Case::at(Class::Dispute, Stage::Mediating)
            .clock("take_mediation 2024-03-07 23:59")
            .on("2024-03-05T10:00")
            .when(dispatcher(), command!(accept_mediation, "origin": "application", "parties": parties()))
            .refused("not_allowed")
            .when(mediator(), command!(accept_mediation, "origin": "application", "parties": parties()))
            .then("mediation_accepted")
            .clock("mediate 2024-04-07 23:59")
            .and(|matter| {
                let mediation = matter.mediation.as_deref().unwrap();
                mediation.has_two_sides() && mediation.mediator.is_some() && mediation.step() == Step::Consent
            })
            .when(mediator(), command!(accept_mediation, "origin": "application"))
            .refused("already_accepted");
    }

    /// Field practice §2.2: a medical committee mediates between a patient and a hospital.
    #[test]
    fn a_committee_asks_between_whom_it_is() {
        let parties = |organisation: bool| json!([{"side": "applicant", "name": "甲某"}, {"side": "respondent", "name": "卫生院", "organisation": organisation}]);
        let mut case = Case::at(Class::Dispute, Stage::Mediating);
        case.committees = vec![Committee { unit: general().unit, ..medical() }];
        case.matter.category = Some("0502".into());
        case.matter.mediation.as_deref_mut().unwrap().channel = "medical".into();
        case.when(mediator(), command!(accept_mediation, "origin": "application", "parties": parties(false)))
            .refused("committee_does_not_admit")
            .when(mediator(), command!(accept_mediation, "origin": "application", "parties": parties(true)))
            .then("mediation_accepted")
            .when(mediator(), command!(add_party, "party": {"side": "third", "name": "丙某"}))
            .then("party_added")
            .and(|matter| {
                let organisation = |party: &crate::mediation::Party| party.organisation;
                let parties = &matter.mediation.as_deref().unwrap().parties;
                parties.iter().map(organisation).collect::<Vec<_>>() == [false, true, false]
            });
    }

    /// RMTJF art. 19: a committee assigns one, or the parties choose.
    #[test]
    fn a_colleague_may_be_named() {
        Case::at(Class::Dispute, Stage::Mediating)
            .when(
                mediator(),
                command!(accept_mediation, "origin": "own_initiative", "mediator": "00000000-0000-0000-0000-000000000017"),
            )
            .refused("not_a_mediator")
            .naming(&other_mediator())
            .when(
                mediator(),
                command!(accept_mediation, "origin": "own_initiative", "mediator": "00000000-0000-0000-0000-000000000017"),
            )
            .then("mediation_accepted");
    }

    /// Notice of acceptance: not what is before a court or another authority, not what is reserved to another body.
    #[test]
    fn what_cannot_be_mediated_is_guided() {
        for bar in ["at_court", "at_authority", "reserved"] {
            Case::at(Class::Dispute, Stage::Mediating)
                .when(mediator(), command!(decline_mediation, "bar": bar, "words": ""))
                .refused("words_missing")
                .when(
                    mediator(),
                    command!(decline_mediation, "bar": bar, "words": "法院已受理，请等法院处理"),
                )
                .then("mediation_declined closed")
                .and(|matter| matter.outcome == Some(Outcome::Guided));
        }
    }

    /// RMTJF art. 25.
    #[test]
    fn danger_is_told_to_the_police_and_ends_nothing() {
        accepted()
            .when(mediator(), command!(tell_police, "reason": "扬言动手，已向派出所报告"))
            .then("police_told")
            .is(Stage::Mediating);
        sat_together().when(dispatcher(), command!(tell_police, "reason": "报告")).refused("not_allowed");
    }
}
