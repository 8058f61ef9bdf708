//! Joins matters that belong together without merging them.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::MatterId, refusal::Refusal};

/// Most links of one matter.
pub(super) const MOST_LINKS: u32 = 50;

/// Links another matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The other matter.
    pub to: MatterId,
}

impl Link {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if self.to == turn.matter.id {
            return Err(Refusal::SameMatter);
        }
        if turn.matter.links.contains(&self.to) {
            return Err(Refusal::AlreadyLinked);
        }
        if turn.matter.links.len() >= MOST_LINKS as usize {
            return Err(Refusal::TooMany { field: "links", most: MOST_LINKS });
        }
        let other = turn.context.other.filter(|other| other.id == self.to).ok_or(Refusal::UnknownMatter)?;
        turn.record(Event::Linked { to: other.id, to_number: other.number.clone() });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{handler, intake},
            scenario::{Case, command, fresh},
        },
    };

    #[test]
    fn matters_are_linked_once() {
        let mut other = Case::reported(Class::Hazard).matter;
        other.id = fresh(2).id;
        let to = |id: crate::id::MatterId| command!(link, "to": id);
        let case = Case::at(Class::Hazard, Stage::Screening);
        let own = case.matter.id;
        case.when(intake(), to(other.id))
            .refused("unknown_matter")
            .beside(other.clone())
            .when(intake(), to(own))
            .refused("same_matter")
            .when(intake(), to(other.id))
            .then("linked")
            .and(|matter| matter.links == [other.id])
            .when(intake(), to(other.id))
            .refused("already_linked")
            .when(handler(), to(other.id))
            .refused("not_allowed");
    }

    #[test]
    fn a_matter_has_at_most_fifty_links() {
        let mut case = Case::at(Class::Hazard, Stage::Screening);
        case.matter.links = (100..150).map(|n| fresh(n).id).collect();
        case.when(intake(), command!(link, "to": fresh(2).id)).refused("too_many");
    }
}
