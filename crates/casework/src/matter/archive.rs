//! 归档: once the reporter can no longer reopen it, and what a mediation promised is known to be kept or not.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{mediation::Mediation, refusal::Refusal};

/// Puts a closed matter into the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Archive {}

impl Archive {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.archived {
            return Err(Refusal::AlreadyArchived);
        }
        if turn.matter.reopen_until(turn.site()).is_some_and(|until| turn.now() <= until) {
            return Err(Refusal::ReopenStillPossible);
        }
        if turn.matter.mediation.as_deref().is_some_and(Mediation::is_open_still) {
            return Err(Refusal::PerformanceOpen);
        }
        turn.record(Event::Archived {});
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{director, dispatcher, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_archive_waits_until_the_reporter_can_no_longer_reopen() {
        let case = Case::at(Class::Hazard, Stage::Closed)
            .when(intake(), command!(archive))
            .refused("reopen_still_possible")
            .on("2024-03-19T23:00")
            .when(intake(), command!(archive))
            .refused("reopen_still_possible");
        case.clone().on("2024-03-20T00:00").when(director(), command!(archive)).then("archived");
        case.wakes("archive")
            .then("archived")
            .and(|matter| matter.archived)
            .when(Actor::System, command!(archive))
            .refused("already_archived")
            .when(dispatcher(), command!(archive))
            .refused("not_allowed");
    }
}
