//! 上报: the centre above takes over the next step; the reporter's view keeps everything.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Hands the matter to the next centre up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalate {
    /// Why, and what was tried.
    pub reason: String,
}

impl Escalate {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let units = &turn.site().units;
        let centre = units.get(&turn.matter.centre).ok_or(Refusal::UnknownUnit)?;
        let above = units.centre_above(centre).ok_or(Refusal::NoCentreAbove)?;
        if turn.matter.about_unit.as_ref() == Some(&above.id) {
            return Err(Refusal::UnitComplainedAbout);
        }
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        let clock = turn.clock(Stage::Screening);
        turn.record(Event::Escalated { to: above.id.clone(), reason, clock });
        Ok(())
    }
}
