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
