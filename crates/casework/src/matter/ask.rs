//! 请补充: intake asks the reporter for what is missing; the centre's clock stands still meanwhile.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Asks the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What is asked.
    pub words: String,
}

impl Ask {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let clock = turn.clock(Stage::AwaitingReporter);
        turn.record(Event::Asked { words, clock });
        Ok(())
    }
}
