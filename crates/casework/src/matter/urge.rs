//! 催一催: the reporter asks to hurry. Nobody has to justify it.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Asks to hurry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Urge {
    /// Why it is urgent, if the reporter wants to say.
    #[serde(default)]
    pub words: Option<String>,
}

impl Urge {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let words = turn.write_if_any("words", TextKind::Reply, self.words.as_deref())?;
        turn.record(Event::Urged { words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{handler, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn nobody_has_to_say_why() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(Actor::Reporter, command!(urge))
            .then("urged")
            .when(intake(), command!(urge, "words": "又打来电话"))
            .then("urged")
            .and(|matter| matter.urged == 2 && matter.stage == Stage::Handling)
            .when(handler(), command!(urge))
            .refused("not_allowed");
        Case::at(Class::Hazard, Stage::Closed)
            .when(Actor::Reporter, command!(urge))
            .refused("not_in_this_stage");
    }
}
