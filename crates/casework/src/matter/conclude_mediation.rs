//! The mediator says how the mediation ended. A refusal by either side ends it at once (RMTJF art. 17); when it fails the
//! other roads are told (art. 26).

use serde::{Deserialize, Serialize};

use super::{Event, MediationResult, Outcome, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Ends a mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConcludeMediation {
    /// How it ended.
    pub result: MediationResult,
    /// Words to the parties.
    pub words: String,
}

impl ConcludeMediation {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let agreed = self.result == MediationResult::Agreement;
        let clock = agreed.then(|| turn.clock(turn.matter.class.stage_after_work())).flatten();
        turn.record(Event::MediationConcluded { result: self.result, words, clock });
        match self.result {
            MediationResult::Agreement => {}
            MediationResult::Refused | MediationResult::Stopped => turn.close(Outcome::Refused),
            MediationResult::Failed => turn.close(Outcome::Failed),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{handler, intake, mediator},
            scenario::{Case, command},
        },
    };

    #[test]
    fn an_agreement_is_verified_by_each_partys_word_to_the_centre() {
        Case::at(Class::Dispute, Stage::Mediating)
            .clock("mediate 2024-04-03 23:59")
            .owed(&["421321117.mediation mediator"])
            .when(mediator(), command!(conclude_mediation, "result": "agreement", "words": "双方同意"))
            .then("mediation_concluded")
            .is(Stage::Verifying)
            .owed(&["421321117.centre intake"])
            .when(mediator(), command!(pass))
            .refused("not_allowed")
            .does(intake(), command!(pass))
            .does(Actor::Reporter, command!(rate, "answer": "satisfied"))
            .and(|matter| matter.outcome == Some(Outcome::Settled) && matter.is_settled());
    }

    #[test]
    fn a_refusal_ends_it_at_once_even_while_the_clock_stands_still() {
        for (result, outcome) in
            [("refused", Outcome::Refused), ("stopped", Outcome::Refused), ("failed", Outcome::Failed)]
        {
            Case::at(Class::Dispute, Stage::Mediating)
                .does(mediator(), command!(suspend, "because": "awaiting_party", "until": "2024-03-10"))
                .when(
                    mediator(),
                    command!(conclude_mediation, "result": result, "words": "可以起诉或申请仲裁"),
                )
                .then("mediation_concluded closed")
                .and(|matter| {
                    matter.outcome == Some(outcome) && matter.pause.is_none() && !matter.is_settled()
                });
        }
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Dispute, Stage::Mediating)
            .when(mediator(), command!(conclude_mediation, "result": "agreement", "words": ""))
            .refused("words_missing")
            .when(handler(), command!(conclude_mediation, "result": "agreement", "words": "同意"))
            .refused("not_allowed")
            .when(mediator(), command!(complete, "result": "done", "words": "同意"))
            .refused("not_allowed");
    }
}
