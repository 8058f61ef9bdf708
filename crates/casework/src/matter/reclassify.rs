//! Class, category or urgency were not right; the clock of the stage starts anew when class or urgency change.

use serde::{Deserialize, Serialize};

use super::{Class, Event, Stage, Urgency, turn::Turn};
use crate::{id::UnitId, refusal::Refusal, text::TextKind};

/// Corrects what kind of matter it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reclassify {
    /// The class.
    pub class: Class,
    /// The category; the present one when left out and the class stays.
    #[serde(default)]
    pub category: Option<String>,
    /// The urgency; the present one when left out.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// The unit complained about; the present one when left out.
    #[serde(default)]
    pub about_unit: Option<UnitId>,
    /// Why.
    pub reason: String,
}

impl Reclassify {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let matter = turn.matter;
        if matter.stage == Stage::Mediating && self.class != Class::Dispute {
            return Err(Refusal::NotADispute);
        }
        let category = turn
            .category(self.class, self.category.as_deref())?
            .or_else(|| matter.category.clone().filter(|_| self.class == matter.class));
        let urgency = self.urgency.unwrap_or(matter.urgency);
        let about_unit = turn.about_unit(self.about_unit.as_ref())?.or_else(|| matter.about_unit.clone());
        if (self.class, &category, urgency, &about_unit)
            == (matter.class, &matter.category, matter.urgency, &matter.about_unit)
        {
            return Err(Refusal::NothingToChange);
        }
        let anew = (self.class, urgency) != (matter.class, matter.urgency) && matter.pause.is_none();
        let clock = anew.then(|| turn.clock_for(matter.stage, self.class, urgency)).flatten();
        let reason = turn.write("reason", TextKind::Reason, &self.reason)?;
        turn.record(Event::Reclassified { class: self.class, category, urgency, about_unit, reason, clock });
        Ok(())
    }
}
