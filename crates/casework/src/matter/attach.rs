//! Adds photos of the place.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal};

/// Adds photos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attach {
    /// The photos.
    pub photos: Vec<PhotoId>,
}

impl Attach {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let photos = turn.photos(&self.photos)?;
        if photos.is_empty() {
            return Err(Refusal::PhotosNeeded);
        }
        turn.record(Event::Attached { photos });
        Ok(())
    }
}
