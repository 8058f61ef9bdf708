//! 补充: the reporter adds words or photos; when it was asked for, the matter goes back to intake.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Adds to the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// More words.
    #[serde(default)]
    pub words: Option<String>,
    /// More photos.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Supply {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let photos = turn.photos(&self.photos)?;
        let words = turn.write_if_any("words", TextKind::Report, self.words.as_deref())?;
        if words.is_none() && photos.is_empty() {
            return Err(Refusal::NothingGiven);
        }
        let clock = (turn.matter.stage == Stage::AwaitingReporter)
            .then(|| turn.clock_resumed(Stage::Reported))
            .flatten();
        turn.record(Event::Supplied { words, photos, clock });
        Ok(())
    }
}
