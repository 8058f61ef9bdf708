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
