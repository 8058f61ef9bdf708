//! 会商: several units talked it over; the minutes stay with the matter.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::UnitId, refusal::Refusal, text::TextKind};

/// Most units at one table.
pub(super) const MOST_UNITS: u32 = 20;

/// Writes down a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consult {
    /// Who took part.
    pub units: Vec<UnitId>,
    /// The minutes.
    pub words: String,
}

impl Consult {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if self.units.len() > MOST_UNITS as usize {
            return Err(Refusal::TooMany { field: "units", most: MOST_UNITS });
        }
        let mut units = self.units.clone();
        units.sort_unstable();
        units.dedup();
        if units.is_empty() || units.iter().any(|unit| turn.site().units.get(unit).is_none()) {
            return Err(Refusal::UnknownUnit);
        }
        if turn.matter.about_unit.as_ref().is_some_and(|about| units.contains(about)) {
            return Err(Refusal::UnitComplainedAbout);
        }
        let words = turn.write("words", TextKind::Note, &self.words)?;
        turn.record(Event::Consulted { units, words });
        Ok(())
    }
}
