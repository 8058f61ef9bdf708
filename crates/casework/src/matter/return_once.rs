//! 退回: once per matter, by whichever unit, with the legal basis. After that a unit can only object.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{catalogue::has_choice, refusal::Refusal, text::TextKind};

/// Gives a dispatched matter back to the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The ground, from the catalogue's list.
    pub basis: String,
    /// Why, with the rule it rests on.
    pub reason: String,
}

impl Return {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.ruled {
            return Err(Refusal::RuledOn);
        }
        if turn.matter.returned {
            return Err(Refusal::AlreadyReturned);
        }
        if !has_choice(&turn.catalogue.return_bases, &self.basis) {
            return Err(Refusal::UnknownChoice { field: "basis" });
        }
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock(Stage::Screening);
        turn.record(Event::Returned { basis: self.basis.clone(), reason, clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{co_handler, county_dispatcher, dispatcher, handler},
            scenario::{Case, command},
        },
    };

    #[test]
    fn a_unit_returns_it_once_with_its_basis_and_then_nobody_does() {
        Case::at(Class::Hazard, Stage::Dispatched)
            .when(handler(), command!(return, "basis": "no_time", "reason": "人手不足"))
            .refused("unknown_choice")
            .when(handler(), command!(return, "basis": "not_our_duty", "reason": ""))
            .refused("words_missing")
            .when(co_handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 3 条"))
            .refused("not_allowed")
            .when(handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 3 条"))
            .then("returned")
            .is(Stage::Screening)
            .owed(&["421321117.centre dispatcher"])
            .does(dispatcher(), command!(dispatch, "unit": "421321117.urban"))
            .when(co_handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 4 条"))
            .refused("already_returned");
    }

    #[test]
    fn what_is_ruled_on_is_neither_returned_nor_objected_to() {
        Case::at(Class::Hazard, Stage::AwaitingRuling)
            .does(county_dispatcher(), command!(rule, "unit": "421321117.urban", "reason": "清单第 7 条"))
            .when(co_handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 4 条"))
            .refused("ruled_on")
            .when(co_handler(), command!(object, "reason": "清单第 4 条"))
            .refused("ruled_on")
            .when(co_handler(), command!(sign_for))
            .then("signed_for");
    }

    #[test]
    fn what_is_signed_for_is_not_returned() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(handler(), command!(return, "basis": "not_our_duty", "reason": "清单第 3 条"))
            .refused("not_in_this_stage");
    }
}
