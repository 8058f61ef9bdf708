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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{dispatcher, grid_worker, intake, neighbour_grid_worker},
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn whoever_stands_there_settles_it_and_the_class_says_what_follows() {
        Case::reported(Class::Hazard)
            .when(grid_worker(), command!(settle, "words": "已清走", "photos": photos(1)))
            .then("settled")
            .is(Stage::Verifying)
            .and(|matter| matter.result == Some(Outcome::StruckOff));
        Case::reported(Class::Enquiry)
            .when(intake(), command!(settle, "words": "带身份证到窗口"))
            .then("settled")
            .is(Stage::FollowUp)
            .and(|matter| matter.is_handled());
        Case::at(Class::Service, Stage::Screening)
            .when(dispatcher(), command!(settle, "words": "已联系供水"))
            .then("settled")
            .is(Stage::Verifying);
    }

    #[test]
    fn it_is_refused() {
        Case::reported(Class::Hazard)
            .when(grid_worker(), command!(settle, "words": "已清走"))
            .refused("photos_needed")
            .when(grid_worker(), command!(settle, "words": "", "photos": photos(1)))
            .refused("words_missing")
            .when(grid_worker(), command!(settle, "words": "已清走", "photos": photos(10)))
            .refused("too_many_photos")
            .when(neighbour_grid_worker(), command!(settle, "words": "已清走", "photos": photos(1)))
            .refused("not_allowed")
            .does(intake(), command!(admit))
            .when(grid_worker(), command!(settle, "words": "已清走", "photos": photos(1)))
            .refused("not_in_this_stage");
    }
}
