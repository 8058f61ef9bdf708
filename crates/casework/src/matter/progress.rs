//! 进展: how the work stands, in words that the reporter reads too.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Tells how the work stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// What was done so far.
    pub words: String,
    /// Photos of the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Progress {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let photos = turn.photos(&self.photos)?;
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        turn.record(Event::Progressed { words, photos });
        Ok(())
    }
}
