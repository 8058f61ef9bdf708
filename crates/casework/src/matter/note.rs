//! A note between those who work on the matter; the reporter does not read it.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Adds a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The note.
    pub words: String,
}

impl Note {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let words = turn.write("words", TextKind::Note, &self.words)?;
        turn.record(Event::Noted { words });
        Ok(())
    }
}
