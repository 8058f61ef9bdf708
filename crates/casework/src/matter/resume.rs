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
