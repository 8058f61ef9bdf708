//! 核查通过: somebody other than the one who did the work saw that it is done.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, Verification, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Passes the verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// What was seen or heard.
    #[serde(default)]
    pub words: Option<String>,
    /// Photos of the place, owed where it is verified at the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Pass {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        judged_by_verifiers(turn)?;
        let photos = turn.photos_of_the_place(&self.photos)?;
        let words = turn.write_if_any("words", TextKind::Note, self.words.as_deref())?;
        let clock = turn.clock(Stage::FollowUp);
        turn.record(Event::Passed { words, photos, clock });
        Ok(())
    }
}

/// Where the reporter judges, nobody else passes or fails it: the centre calls back instead.
pub(super) fn judged_by_verifiers(turn: &Turn<'_>) -> Result<(), Refusal> {
    match turn.matter.class.verification() {
        Verification::AtThePlace | Verification::PartiesToTheCentre => Ok(()),
        Verification::Reporter | Verification::None => Err(Refusal::ReporterJudges),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{
                grid_worker, handler, handler_and_director, intake, neighbour_grid_worker, other_grid_worker,
            },
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn hazards_and_surroundings_are_seen_at_the_place_by_somebody_else() {
        for class in [Class::Hazard, Class::Environment] {
            Case::at(class, Stage::Verifying)
                .owed(&["421321117204.centre grid_worker"])
                .when(grid_worker(), command!(pass))
                .refused("photos_needed")
                .when(grid_worker(), command!(pass, "photos": photos(10)))
                .refused("too_many_photos")
                .when(neighbour_grid_worker(), command!(pass, "photos": photos(1)))
                .refused("not_allowed")
                .when(handler(), command!(pass, "photos": photos(1)))
                .refused("not_allowed")
                .when(handler_and_director(), command!(pass, "photos": photos(1)))
                .refused("did_the_work")
                .when(grid_worker(), command!(pass, "photos": photos(1)))
                .then("passed")
                .is(Stage::FollowUp)
                .owed(&["421321117.centre intake"])
                .and(|matter| matter.is_handled());
        }
    }

    #[test]
    fn who_settled_on_the_spot_does_not_verify_it_but_a_colleague_does() {
        Case::reported(Class::Hazard)
            .does(grid_worker(), command!(settle, "words": "已清走", "photos": photos(1)))
            .when(grid_worker(), command!(pass, "photos": photos(1)))
            .refused("did_the_work")
            .when(other_grid_worker(), command!(pass, "photos": photos(1)))
            .then("passed");
    }

    #[test]
    fn disputes_are_verified_by_the_parties_word_to_the_centre() {
        Case::at(Class::Dispute, Stage::Verifying)
            .owed(&["421321117.centre intake"])
            .when(grid_worker(), command!(pass))
            .refused("not_allowed")
            .when(intake(), command!(pass, "words": "双方都说同意"))
            .then("passed");
    }

    #[test]
    fn services_and_petitions_are_judged_by_the_reporter() {
        for class in [Class::Service, Class::Petition] {
            Case::at(class, Stage::Verifying)
                .owed(&["421321117.centre intake"])
                .when(intake(), command!(pass))
                .refused("reporter_judges");
        }
    }
}
