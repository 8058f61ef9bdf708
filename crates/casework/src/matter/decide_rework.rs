//! Unhappy a second time: the centre decides whether the work is done again, and says why.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Decides on rework that the reporter asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRework {
    /// Whether the work is done again.
    pub redo: bool,
    /// Why.
    pub reason: String,
}

impl DecideRework {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if !turn.matter.rework_asked {
            return Err(Refusal::NoReworkAsked);
        }
        let reason = turn.write("reason", TextKind::Reply, &self.reason)?;
        let clock = self.redo.then(|| turn.clock_of_rework()).flatten();
        turn.record(Event::ReworkDecided { redo: self.redo, reason, clock });
        if !self.redo {
            turn.close(turn.outcome_reached());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Answer, Class, Outcome, Stage},
        tests::{
            cast::{dispatcher, grid_worker, handler, handler_and_director},
            scenario::{Case, command, photos},
        },
    };

    fn unhappy_twice() -> Case {
        Case::at(Class::Hazard, Stage::FollowUp)
            .does(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "没有修好"))
            .does(handler(), command!(complete, "result": "done", "words": "又修了", "photos": photos(1)))
            .does(grid_worker(), command!(pass, "photos": photos(1)))
            .when(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "还是不行"))
            .then("rated")
            .is(Stage::FollowUp)
            .owed(&["421321117.centre dispatcher"])
            .and(|matter| matter.unhappy == 2 && matter.rework == 1)
    }

    #[test]
    fn the_centre_has_it_done_again_or_closes_it_and_says_why() {
        unhappy_twice()
            .when(dispatcher(), command!(decide_rework, "redo": true, "reason": "现场确有问题"))
            .then("rework_decided")
            .is(Stage::Handling)
            .and(|matter| matter.rework == 2 && !matter.rework_asked);
        unhappy_twice()
            .when(dispatcher(), command!(decide_rework, "redo": false, "reason": "已达到标准"))
            .then("rework_decided closed")
            .and(|matter| {
                matter.outcome == Some(Outcome::StruckOff) && matter.rating == Some(Answer::Unhappy)
            });
    }

    #[test]
    fn it_is_refused() {
        unhappy_twice()
            .when(dispatcher(), command!(decide_rework, "redo": true, "reason": ""))
            .refused("words_missing")
            .when(handler(), command!(decide_rework, "redo": false, "reason": "可以了"))
            .refused("not_allowed")
            .when(handler_and_director(), command!(decide_rework, "redo": false, "reason": "可以了"))
            .refused("did_the_work");
        Case::at(Class::Hazard, Stage::FollowUp)
            .when(dispatcher(), command!(decide_rework, "redo": true, "reason": "再办"))
            .refused("no_rework_asked");
    }
}
