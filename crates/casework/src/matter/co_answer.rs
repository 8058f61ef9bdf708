//! A co-handler's answer to the lead unit, once, by its sub-deadline.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Answers as a co-handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoAnswer {
    /// The answer.
    pub words: String,
    /// Photos of the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl CoAnswer {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let unit = turn.by.unit().cloned().ok_or(Refusal::NoAnswerOwed)?;
        if !turn.matter.co_handlers.iter().any(|co| co.unit == unit && !co.answered) {
            return Err(Refusal::NoAnswerOwed);
        }
        let photos = turn.photos(&self.photos)?;
        let words = turn.write("words", TextKind::Note, &self.words)?;
        turn.record(Event::CoAnswered { unit, words, photos });
        Ok(())
    }
}
