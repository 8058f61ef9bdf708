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
