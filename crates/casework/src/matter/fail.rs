//! 核查不通过: with evidence; the work goes back to whoever did it and counts as rework.

use serde::{Deserialize, Serialize};

use super::{Event, pass::judged_by_verifiers, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Fails the verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fail {
    /// What is not done.
    pub reason: String,
    /// Photos of the place, owed where it is verified at the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Fail {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        judged_by_verifiers(turn)?;
        let photos = turn.photos_of_the_place(&self.photos)?;
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock_of_rework();
        turn.record(Event::Failed { reason, photos, clock });
        Ok(())
    }
}
