//! 督办: four levels, each above the one before; the system sends the first when a limit is over.

use serde::{Deserialize, Serialize};

use super::{Event, SupervisionLevel, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Supervises the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervise {
    /// The level.
    pub level: SupervisionLevel,
    /// Words to whoever owes the next step.
    pub words: String,
}

impl Supervise {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.supervision.is_some_and(|level| level >= self.level) {
            return Err(Refusal::NotHigher);
        }
        let words = turn.write("words", TextKind::Note, &self.words)?;
        turn.record(Event::Supervised { level: self.level, words: Some(words) });
        Ok(())
    }
}
