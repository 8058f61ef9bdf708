//! 归档: once the reporter can no longer reopen it.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::refusal::Refusal;

/// Puts a closed matter into the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Archive {}

impl Archive {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.archived {
            return Err(Refusal::AlreadyArchived);
        }
        if turn.matter.reopen_until(turn.site()).is_some_and(|until| turn.now() <= until) {
            return Err(Refusal::ReopenStillPossible);
        }
        turn.record(Event::Archived {});
        Ok(())
    }
}
