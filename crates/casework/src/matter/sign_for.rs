//! 签收: the lead unit takes the matter on; its clock of handling begins.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::refusal::Refusal;

/// Signs for a dispatched matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignFor {}

impl SignFor {
    #[allow(clippy::unnecessary_wraps, reason = "every command decides with the same signature")]
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let clock = turn.clock(Stage::Handling);
        turn.record(Event::SignedFor { clock });
        Ok(())
    }
}
