//! 即办: what can be settled on the spot is settled by whoever stands there; somebody else still verifies it.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Settles the matter without dispatching it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// What was done, in words for the reporter.
    pub words: String,
    /// Photos of the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Settle {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let photos = turn.photos_of_the_place(&self.photos)?;
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let clock = turn.clock(turn.matter.class.stage_after_work());
        turn.record(Event::SettledOnTheSpot { words, photos, clock });
        Ok(())
    }
}
