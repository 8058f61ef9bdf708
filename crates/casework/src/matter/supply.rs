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

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Source, Stage},
        tests::{
            cast::{grid_worker, handler, intake, other_grid_worker},
            scenario::{Case, command, photos, report},
        },
    };

    #[test]
    fn the_reporter_adds_words_and_photos_at_any_open_stage() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(Actor::Reporter, command!(supply, "words": "今天更严重", "photos": photos(2)))
            .then("supplied")
            .is(Stage::Handling)
            .clock("handle_hazard 2024-03-11 23:59")
            .and(|matter| matter.words.len() == 2 && matter.photos == 2)
            .when(intake(), command!(supply, "words": "来电补充"))
            .then("supplied");
    }

    #[test]
    fn what_became_urgent_meanwhile_gets_its_own_limit() {
        Case::at(Class::Service, Stage::AwaitingReporter)
            .does(
                intake(),
                command!(reclassify, "class": "service", "urgency": "life", "reason": "来电说有人晕倒"),
            )
            .clock("supply 2024-03-18 23:59")
            .does(Actor::Reporter, command!(supply, "words": "在东头"))
            .clock("accept_life 2024-03-04 09:18");
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(Actor::Reporter, command!(supply, "words": " "))
            .refused("nothing_given")
            .when(Actor::Reporter, command!(supply, "photos": photos(10)))
            .refused("too_many_photos")
            .when(handler(), command!(supply, "words": "补充"))
            .refused("not_allowed");
        Case::at(Class::Hazard, Stage::Closed)
            .when(Actor::Reporter, command!(supply, "words": "补充"))
            .refused("not_in_this_stage");
    }

    #[test]
    fn a_grid_worker_supplies_to_what_it_reported_itself() {
        let mut own = report(Class::Hazard);
        own.source = Source::GridWorker;
        Case::reporting(&own, &grid_worker())
            .unwrap()
            .when(other_grid_worker(), command!(supply, "words": "补充"))
            .refused("not_allowed")
            .when(grid_worker(), command!(supply, "words": "补充"))
            .then("supplied");
    }
}
