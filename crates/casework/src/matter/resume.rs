//! The clock runs again, with the time it had left; by hand before the day, by the system on it.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{actor::By, refusal::Refusal};

/// Lets the clock run again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resume {}

impl Resume {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let pause = turn.matter.pause.as_ref().ok_or(Refusal::NotSuspended)?;
        if turn.by == By::System && turn.now() < pause.until {
            return Err(Refusal::NotTimeYet);
        }
        let clock = turn.clock_resumed(turn.matter.stage);
        turn.record(Event::Resumed { clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{co_handler, dispatcher, handler},
            scenario::{Case, command},
        },
    };

    fn suspended() -> Case {
        Case::at(Class::Hazard, Stage::Handling)
            .does(handler(), command!(suspend, "because": "appraisal", "until": "2024-03-20"))
    }

    #[test]
    fn it_runs_by_hand_with_the_working_days_it_had_left() {
        suspended()
            .on("2024-03-08T09:00")
            .when(dispatcher(), command!(resume))
            .then("resumed")
            .clock("handle_hazard 2024-03-15 23:59")
            .when(handler(), command!(resume))
            .refused("not_suspended");
    }

    #[test]
    fn it_runs_by_itself_on_the_day() {
        suspended()
            .when(Actor::System, command!(resume))
            .refused("not_time_yet")
            .wakes("resume")
            .then("resumed")
            .clock("handle_hazard 2024-03-27 23:59");
    }

    #[test]
    fn stopping_and_starting_wins_no_time() {
        suspended().does(handler(), command!(resume)).clock("handle_hazard 2024-03-11 23:59");
        Case::at(Class::Hazard, Stage::Handling)
            .on("2024-03-13T09:00")
            .does(handler(), command!(suspend, "because": "appraisal", "until": "2024-03-14"))
            .does(handler(), command!(resume))
            .clock("handle_hazard 2024-03-11 23:59");
    }

    #[test]
    fn nobody_else_resumes() {
        suspended().when(co_handler(), command!(resume)).refused("not_allowed");
    }
}
