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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{county_handler, grid_worker, handler},
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn photos_are_added_at_any_open_stage() {
        Case::at(Class::Environment, Stage::Handling)
            .when(handler(), command!(attach, "photos": photos(2)))
            .then("attached")
            .and(|matter| matter.photos == 2)
            .when(grid_worker(), command!(attach, "photos": photos(9)))
            .then("attached")
            .when(handler(), command!(attach, "photos": photos(0)))
            .refused("photos_needed")
            .when(handler(), command!(attach, "photos": photos(10)))
            .refused("too_many_photos")
            .when(county_handler(), command!(attach, "photos": photos(1)))
            .refused("not_allowed");
        Case::at(Class::Environment, Stage::Closed)
            .when(grid_worker(), command!(attach, "photos": photos(1)))
            .refused("not_in_this_stage");
    }
}
