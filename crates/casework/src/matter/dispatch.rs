//! 分派: one unit leads, others may help with sub-deadlines; the limit is printed on it.

use serde::{Deserialize, Serialize};

use super::{CoDuty, Event, Stage, turn::Turn};
use crate::{
    calendar::{Limit, LimitUnit},
    id::UnitId,
    refusal::Refusal,
    text::TextKind,
    unit::UnitKind,
};

/// A unit asked to help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoUnit {
    /// The unit.
    pub unit: UnitId,
    /// Working days it has.
    pub days: u32,
}

/// Most units that help with one matter.
pub(super) const MOST_CO_UNITS: u32 = 8;
/// Most working days of a sub-deadline.
pub(super) const MOST_CO_DAYS: u32 = 60;

/// Gives the matter to the unit that leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// The lead unit 主办.
    pub unit: UnitId,
    /// Co-handlers 协办.
    #[serde(default)]
    pub co_units: Vec<CoUnit>,
    /// Words to the units.
    #[serde(default)]
    pub words: Option<String>,
}

impl Dispatch {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let lead = turn.unit(&self.unit, UnitKind::Department)?;
        let co_units = co_duties(&self.unit, &self.co_units, turn)?;
        let words = turn.write_if_any("words", TextKind::Note, self.words.as_deref())?;
        let basis = turn
            .catalogue
            .responsible(
                &turn.site().units,
                turn.matter.class,
                turn.matter.category.as_deref(),
                lead.area,
                turn.site().day(turn.now()),
            )
            .filter(|responsible| responsible.unit.id == lead.id)
            .map(|responsible| responsible.duty.basis.clone());
        let clock = turn.clock(Stage::Dispatched);
        turn.record(Event::Dispatched { unit: lead.id.clone(), co_units, basis, words, clock });
        Ok(())
    }
}

fn co_duties(lead: &UnitId, co_units: &[CoUnit], turn: &Turn<'_>) -> Result<Vec<CoDuty>, Refusal> {
    if co_units.len() > MOST_CO_UNITS as usize {
        return Err(Refusal::TooMany { field: "co_units", most: MOST_CO_UNITS });
    }
    let mut duties: Vec<CoDuty> = Vec::new();
    for co in co_units {
        let unit = turn.unit(&co.unit, UnitKind::Department)?;
        if unit.id == *lead || duties.iter().any(|duty| duty.unit == unit.id) {
            return Err(Refusal::UnitTwice);
        }
        if co.days == 0 || co.days > MOST_CO_DAYS {
            return Err(Refusal::DaysOutOfBounds { field: "days", most: MOST_CO_DAYS });
        }
        let limit = Limit { amount: co.days, unit: LimitUnit::WorkingDays };
        duties.push(CoDuty {
            unit: unit.id.clone(),
            due_at: turn.site().calendar.due(turn.now(), limit, &turn.site().zone).at,
        });
    }
    Ok(duties)
}
