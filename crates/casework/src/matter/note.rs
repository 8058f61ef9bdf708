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

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{administrator, handler, intake, overseer},
            scenario::{Case, command},
        },
    };

    #[test]
    fn those_who_work_on_it_note_at_every_stage_and_nobody_else_does() {
        Case::at(Class::Hazard, Stage::Closed)
            .when(handler(), command!(note, "words": "配件已入库"))
            .then("noted")
            .when(intake(), command!(note, "words": " "))
            .refused("words_missing")
            .when(overseer(), command!(note, "words": "看过"))
            .refused("not_allowed")
            .when(administrator(), command!(note, "words": "看过"))
            .refused("not_allowed")
            .when(Actor::Reporter, command!(note, "words": "谢谢"))
            .refused("not_allowed");
    }
}
