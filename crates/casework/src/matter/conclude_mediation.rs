//! The mediator says how the mediation ended. A refusal by either side ends it at once (RMTJF art. 17); when it fails the
//! other roads are told (art. 26).

use serde::{Deserialize, Serialize};

use super::{Event, MediationResult, Outcome, turn::Turn};
use crate::{catalogue::has_choice, refusal::Refusal, text::TextKind};

/// Ends a mediation without an agreement; an agreement ends it by itself when it takes effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConcludeMediation {
    /// Refused, stopped or failed.
    pub result: MediationResult,
    /// Words to the parties.
    pub words: String,
    /// The party that refused or stopped, when one said so to the committee.
    #[serde(default)]
    pub party: Option<u8>,
    /// The other roads that were told, by code; owed when it failed.
    #[serde(default)]
    pub roads: Vec<String>,
}

impl ConcludeMediation {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation()?;
        let outcome = match self.result {
            MediationResult::Agreement => return Err(Refusal::AgreementMissing),
            MediationResult::Refused | MediationResult::Stopped => Outcome::Refused,
            MediationResult::Failed if mediation.origin.is_none() => return Err(Refusal::NotAccepted),
            MediationResult::Failed if self.roads.is_empty() => return Err(Refusal::RoadsMissing),
            MediationResult::Failed => Outcome::Failed,
        };
        let party =
            self.party.map(|no| mediation.party(no).map(|party| party.no).ok_or(Refusal::UnknownParty));
        let party = party.transpose()?;
        if !self.roads.iter().all(|road| has_choice(&turn.catalogue.guide_routes, road)) {
            return Err(Refusal::UnknownChoice { field: "roads" });
        }
        let words = Some(turn.write("words", TextKind::Reply, &self.words)?);
        let (result, roads) = (self.result, self.roads.clone());
        turn.record(Event::MediationConcluded { result, words, party, roads, clock: None });
        turn.close(outcome);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, MediationResult, Outcome, Stage},
        tests::{
            cast::{handler, mediator},
            mediating::{accepted, sat_together},
            scenario::{Case, command},
        },
    };

    /// RMTJF art. 17: an explicit refusal, and nobody mediates, whatever is open.
    #[test]
    fn a_refusal_ends_it_at_once_even_while_the_clock_stands_still() {
        for (result, said) in [("refused", MediationResult::Refused), ("stopped", MediationResult::Stopped)] {
            sat_together()
                .does(mediator(), command!(suspend, "because": "awaiting_party", "until": "2024-03-10"))
                .when(
                    mediator(),
                    command!(conclude_mediation, "result": result, "party": 2, "words": "可以起诉或申请仲裁"),
                )
                .then("mediation_concluded closed")
                .and(|matter| {
                    matter.outcome == Some(Outcome::Refused) && matter.pause.is_none() && !matter.is_settled()
                })
                .and(|matter| matter.mediation.as_deref().unwrap().result == Some(said));
        }
        Case::at(Class::Dispute, Stage::Mediating)
            .when(mediator(), command!(conclude_mediation, "result": "refused", "words": "对方电话里说不来"))
            .then("mediation_concluded closed");
    }

    /// RMTJF art. 26: when it fails it is ended, and the other roads are told. A failure is no refusal.
    #[test]
    fn when_it_fails_the_other_roads_are_told() {
        let failed = |roads: &[&str]| command!(conclude_mediation, "result": "failed", "words": "谈了两次没有谈拢", "roads": roads);
        Case::at(Class::Dispute, Stage::Mediating)
            .when(mediator(), failed(&["court"]))
            .refused("not_accepted");
        accepted()
            .when(mediator(), failed(&[]))
            .refused("roads_missing")
            .when(mediator(), failed(&["moon"]))
            .refused("unknown_choice")
            .when(mediator(), failed(&["court", "arbitration"]))
            .then("mediation_concluded closed")
            .and(|matter| matter.outcome == Some(Outcome::Failed));
    }

    #[test]
    fn it_is_refused() {
        sat_together()
            .when(mediator(), command!(conclude_mediation, "result": "refused", "words": ""))
            .refused("words_missing")
            .when(mediator(), command!(conclude_mediation, "result": "refused", "words": "不调", "party": 5))
            .refused("unknown_party")
            .when(mediator(), command!(conclude_mediation, "result": "agreement", "words": "双方同意"))
            .refused("agreement_missing")
            .when(handler(), command!(conclude_mediation, "result": "failed", "words": "没谈拢"))
            .refused("not_allowed")
            .when(mediator(), command!(complete, "result": "done", "words": "同意"))
            .refused("not_allowed");
    }
}
