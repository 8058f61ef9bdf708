//! 受理: intake takes a report as a matter of this centre.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, Urgency, turn::Turn};
use crate::{id::UnitId, refusal::Refusal};

/// Takes the matter on; category and urgency may be set on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    /// The category; the present one when left out.
    #[serde(default)]
    pub category: Option<String>,
    /// The urgency; the present one when left out.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// The unit complained about, which from then on may not read the matter.
    #[serde(default)]
    pub about_unit: Option<UnitId>,
}

impl Admit {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let urgency = self.urgency.unwrap_or(turn.matter.urgency);
        let category = turn
            .category(turn.matter.class, self.category.as_deref())?
            .or_else(|| turn.matter.category.clone());
        let about_unit =
            turn.about_unit(self.about_unit.as_ref())?.or_else(|| turn.matter.about_unit.clone());
        let clock = turn.clock_for(Stage::Screening, turn.matter.class, urgency);
        turn.record(Event::Admitted { category, urgency, about_unit, clock });
        Ok(())
    }
}
