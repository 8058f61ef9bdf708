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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Event, Stage},
        tests::{
            cast::{county_dispatcher, dispatcher, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn one_unit_leads_with_the_basis_of_the_responsibility_list() {
        let case = Case::at(Class::Hazard, Stage::Reported)
            .does(intake(), command!(admit, "category": "0401"))
            .when(dispatcher(), command!(dispatch, "unit": "421321117.construction", "words": "请尽快"))
            .then("dispatched")
            .is(Stage::Dispatched)
            .owed(&["421321117.construction handler"])
            .clock("sign 2024-03-05 23:59");
        let basis = |case: &Case| {
            let Event::Dispatched { basis, .. } = &case.events.last().unwrap().event else { panic!() };
            basis.clone()
        };
        assert!(basis(&case).unwrap().contains("镇级责任清单"));
        let elsewhere = Case::at(Class::Hazard, Stage::Screening)
            .does(dispatcher(), command!(dispatch, "unit": "421321117.urban"));
        assert_eq!(basis(&elsewhere), None);
    }

    #[test]
    fn it_is_refused() {
        let to = |unit: &str| command!(dispatch, "unit": unit);
        let with = |co: &str, days: u32| command!(dispatch, "unit": "421321117.construction", "co_units": [{"unit": co, "days": days}]);
        let many: Vec<_> = (0..9).map(|n| serde_json::json!({"unit": format!("{n}"), "days": 1})).collect();
        Case::at(Class::Petition, Stage::Reported)
            .does(intake(), command!(admit, "about_unit": "421321117.justice"))
            .when(dispatcher(), to("421321117.nobody"))
            .refused("unknown_unit")
            .when(dispatcher(), to("421321117.mediation"))
            .refused("wrong_kind_of_unit")
            .when(dispatcher(), to("421321118.construction"))
            .refused("unit_elsewhere")
            .when(dispatcher(), to("421321117.justice"))
            .refused("unit_complained_about")
            .when(dispatcher(), with("421321117.justice", 2))
            .refused("unit_complained_about")
            .when(dispatcher(), with("421321117.construction", 2))
            .refused("unit_twice")
            .when(dispatcher(), with("421321117.urban", 0))
            .refused("days_out_of_bounds")
            .when(dispatcher(), with("421321117.urban", 61))
            .refused("days_out_of_bounds")
            .when(dispatcher(), command!(dispatch, "unit": "421321117.construction", "co_units": many))
            .refused("too_many")
            .when(intake(), to("421321117.construction"))
            .refused("not_allowed")
            .when(county_dispatcher(), to("421321.construction"))
            .refused("not_allowed");
    }
}
