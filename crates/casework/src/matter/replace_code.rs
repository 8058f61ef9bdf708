//! A lost query code is replaced at the window after a check of identity; the old one stops working.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Replaces the query code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceCode {
    /// How identity was checked; no document numbers.
    pub reason: String,
}

impl ReplaceCode {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        turn.record(Event::CodeReplaced { reason });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{dispatcher, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn a_lost_code_is_replaced_at_the_window() {
        Case::at(Class::Hazard, Stage::Closed)
            .when(intake(), command!(replace_code, "reason": "当面核对身份证"))
            .then("code_replaced")
            .and(|matter| matter.code_version == 1)
            .when(intake(), command!(replace_code, "reason": ""))
            .refused("words_missing")
            .when(dispatcher(), command!(replace_code, "reason": "当面核对身份证"))
            .refused("not_allowed")
            .when(Actor::Reporter, command!(replace_code, "reason": "丢了"))
            .refused("not_allowed");
    }
}
