//! 合并: the same trouble reported twice becomes one matter; every reporter stays and is told.

use serde::{Deserialize, Serialize};

use super::{Event, Outcome, Stage, turn::Turn};
use crate::{id::MatterId, refusal::Refusal};

/// Merges this matter into another open one of the same class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The matter that goes on.
    pub into: MatterId,
}

impl Merge {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if self.into == turn.matter.id {
            return Err(Refusal::SameMatter);
        }
        let other = turn.context.other.filter(|other| other.id == self.into).ok_or(Refusal::UnknownMatter)?;
        if other.stage == Stage::Closed {
            return Err(Refusal::OtherNotOpen);
        }
        if other.class != turn.matter.class {
            return Err(Refusal::OtherClass);
        }
        turn.record(Event::Merged { into: other.id, into_number: other.number.clone() });
        turn.close(Outcome::Merged);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{dispatcher, handler, intake},
            scenario::{Case, command, fresh},
        },
    };

    fn other(class: Class) -> crate::matter::Matter {
        let mut other = Case::reported(class).matter;
        other.id = fresh(2).id;
        other
    }

    #[test]
    fn the_reporter_stays_and_the_target_is_told() {
        let into = command!(merge, "into": fresh(2).id);
        let case = Case::at(Class::Hazard, Stage::Screening).beside(other(Class::Hazard));
        let case = case
            .when(dispatcher(), into)
            .then("merged closed")
            .and(|matter| matter.outcome == Some(Outcome::Merged) && matter.merged_into == Some(fresh(2).id))
            .and(|matter| !matter.counts() && !matter.is_handled());
        let follow_ups: Vec<_> = case
            .events
            .iter()
            .flat_map(|event| crate::followup::follow_ups(None, event, &case.matter))
            .collect();
        assert_eq!(follow_ups, [crate::followup::FollowUp::Absorb { into: fresh(2).id }]);
    }

    #[test]
    fn it_is_refused() {
        let into = |n| command!(merge, "into": fresh(n).id);
        let mut closed = other(Class::Hazard);
        closed.stage = Stage::Closed;
        Case::at(Class::Hazard, Stage::Reported)
            .when(intake(), into(1))
            .refused("same_matter")
            .when(intake(), into(2))
            .refused("unknown_matter")
            .beside(closed)
            .when(intake(), into(2))
            .refused("other_not_open")
            .beside(other(Class::Service))
            .when(intake(), into(2))
            .refused("other_class")
            .when(handler(), into(2))
            .refused("not_allowed");
    }
}
