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
