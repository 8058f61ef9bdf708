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
