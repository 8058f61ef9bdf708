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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{grid_worker, handler_and_director, intake, neighbour_grid_worker, other_grid_worker},
            mediating::agreed,
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn it_goes_back_to_where_the_work_was_done_and_counts_as_rework() {
        let failed = || command!(fail, "reason": "还在漏水", "photos": photos(1));
        Case::at(Class::Environment, Stage::Verifying)
            .when(grid_worker(), failed())
            .then("failed")
            .is(Stage::Handling)
            .clock("handle_environment 2024-03-11 23:59")
            .and(|matter| matter.rework == 1 && matter.result.is_none());
        agreed()
            .when(intake(), command!(fail, "reason": "一方说没有同意"))
            .then("failed")
            .is(Stage::Mediating)
            .clock("mediate 2024-04-03 23:59")
            .and(|matter| matter.mediation.as_deref().unwrap().in_effect().is_none())
            .owed(&["421321117.mediation mediator"]);
        Case::reported(Class::Hazard)
            .does(grid_worker(), command!(settle, "words": "已清走", "photos": photos(1)))
            .when(other_grid_worker(), failed())
            .then("failed")
            .is(Stage::Screening)
            .owed(&["421321117.centre dispatcher"]);
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Hazard, Stage::Verifying)
            .when(grid_worker(), command!(fail, "reason": "还在漏水"))
            .refused("photos_needed")
            .when(grid_worker(), command!(fail, "reason": "", "photos": photos(1)))
            .refused("words_missing")
            .when(grid_worker(), command!(fail, "reason": "还在漏水", "photos": photos(10)))
            .refused("too_many_photos")
            .when(neighbour_grid_worker(), command!(fail, "reason": "还在漏水", "photos": photos(1)))
            .refused("not_allowed")
            .when(handler_and_director(), command!(fail, "reason": "还在漏水", "photos": photos(1)))
            .refused("did_the_work");
        Case::at(Class::Service, Stage::Verifying)
            .when(intake(), command!(fail, "reason": "没有水"))
            .refused("reporter_judges");
    }
}
