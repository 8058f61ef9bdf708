//! 撤回: the reporter may end it at any open stage, without giving a reason.

use serde::{Deserialize, Serialize};

use super::{Event, Outcome, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Ends the matter at the reporter's wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Why, if the reporter wants to say.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Withdraw {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let reason = turn.write_if_any("reason", TextKind::Reason, self.reason.as_deref())?;
        turn.record(Event::Withdrawn { reason });
        turn.close(Outcome::Withdrawn);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{grid_worker, handler},
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_reporter_ends_it_at_any_open_stage() {
        for stage in Stage::ALL.iter().filter(|stage| **stage != Stage::Closed) {
            Case::at(Class::Service, *stage)
                .when(Actor::Reporter, command!(withdraw))
                .then("withdrawn closed")
                .is(Stage::Closed)
                .owed(&[])
                .clock("no clock")
                .and(|matter| matter.outcome == Some(Outcome::Withdrawn) && !matter.is_handled());
        }
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Service, Stage::Handling)
            .when(handler(), command!(withdraw))
            .refused("not_allowed")
            .when(grid_worker(), command!(withdraw))
            .refused("not_allowed");
        Case::at(Class::Service, Stage::Closed)
            .when(Actor::Reporter, command!(withdraw))
            .refused("not_in_this_stage");
    }
}
