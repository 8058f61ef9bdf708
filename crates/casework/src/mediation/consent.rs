//! Nobody mediates whom nobody asked: a consent per party before the first session, told of its rights first (RMTJF art. 3, 17, 23);
//! and one word of one party ends it at once, whatever is open.

use serde::{Deserialize, Serialize};

use super::Way;
use crate::{
    matter::{Event, MediationResult, Outcome, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

/// Notes that parties consented, how they said so, and how they were told of their rights before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConsent {
    /// Who.
    pub parties: Vec<u8>,
    /// How they consented.
    pub way: Way,
    /// How they were told of their rights and duties.
    pub rights: Way,
}

impl RecordConsent {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if self.way == Way::Page || self.rights == Way::Page {
            return Err(Refusal::UnknownChoice { field: "way" });
        }
        consented(turn, &self.parties, self.way, self.rights)
    }
}

/// A party consents on its own page, where its rights stand above the button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {}

impl Consent {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let party = turn.party_acting(None)?;
        consented(turn, &[party], Way::Page, Way::Page)
    }
}

fn consented(turn: &mut Turn<'_>, parties: &[u8], way: Way, rights: Way) -> Result<(), Refusal> {
    let mediation = turn.mediation_under_way()?;
    if parties.is_empty() && mediation.parties.iter().all(|party| party.consent.is_some()) {
        return Err(Refusal::AlreadyConsented);
    }
    if parties.is_empty() {
        return Err(Refusal::UnknownParty);
    }
    for no in parties {
        if mediation.party(*no).ok_or(Refusal::UnknownParty)?.consent.is_some() {
            return Err(Refusal::AlreadyConsented);
        }
    }
    let mut parties = parties.to_vec();
    parties.sort_unstable();
    parties.dedup();
    turn.record(Event::ConsentRecorded { parties, way, rights });
    Ok(())
}

/// A party does not want it, or no longer (RMTJF art. 17, 23). No reason is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refuse {
    /// Words to the mediator, if it wants.
    #[serde(default)]
    pub words: Option<String>,
}

impl Refuse {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let no = turn.party_acting(None)?;
        let consented = turn.mediation()?.party(no).is_some_and(|party| party.consent.is_some());
        let result = if consented { MediationResult::Stopped } else { MediationResult::Refused };
        let words = turn.write_if_any("words", TextKind::Session, self.words.as_deref())?;
        turn.record(Event::MediationConcluded {
            result,
            words,
            party: Some(no),
            roads: Vec::new(),
            clock: None,
        });
        turn.close(Outcome::Refused);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{MediationResult, Outcome, Stage},
        mediation::Step,
        tests::{
            cast::{mediator, party},
            mediating::{accepted, agreed, proposed, sat_together, together, tomorrow},
            scenario::command,
        },
    };

    /// RMTJF art. 3, 17, 23: each party's own consent, told of its rights first.
    #[test]
    fn nobody_sits_down_before_each_party_has_consented() {
        let spoken = |parties: &[u8]| command!(record_consent, "parties": parties, "way": "spoken", "rights": "spoken");
        accepted()
            .when(mediator(), together(tomorrow()))
            .refused("consent_missing")
            .when(mediator(), spoken(&[1, 9]))
            .refused("unknown_party")
            .when(mediator(), spoken(&[]))
            .refused("unknown_party")
            .when(mediator(), command!(record_consent, "parties": [1], "way": "page", "rights": "page"))
            .refused("unknown_choice")
            .when(mediator(), spoken(&[1]))
            .then("consent_recorded")
            .when(mediator(), together(tomorrow()))
            .refused("consent_missing")
            .when(party(2), command!(consent))
            .then("consent_recorded")
            .and(|matter| matter.mediation.as_deref().unwrap().step() == Step::Talks)
            .when(party(2), command!(consent))
            .refused("already_consented")
            .when(party(3), command!(consent))
            .refused("not_allowed");
    }

    /// RMTJF art. 17: an explicit refusal by one side, and nobody mediates.
    #[test]
    fn a_refusal_before_the_consent_ends_it() {
        accepted()
            .when(party(2), command!(refuse))
            .then("mediation_concluded closed")
            .and(|matter| {
                let mediation = matter.mediation.as_deref().unwrap();
                matter.outcome == Some(Outcome::Refused) && mediation.result == Some(MediationResult::Refused)
            })
            .is(Stage::Closed)
            .when(party(1), command!(consent))
            .refused("not_in_this_stage");
    }

    /// RMTJF art. 23: a party may stop at any time, in the middle of a session or with an agreement on the table.
    #[test]
    fn a_party_stops_it_whenever_it_wants() {
        for case in [sat_together(), proposed()] {
            case.when(party(1), command!(refuse, "words": "不想谈了"))
                .then("mediation_concluded closed")
                .and(|matter| {
                    matter.mediation.as_deref().unwrap().result == Some(MediationResult::Stopped)
                        && matter.outcome == Some(Outcome::Refused)
                });
        }
        agreed().when(party(1), command!(refuse)).refused("not_in_this_stage");
    }
}
