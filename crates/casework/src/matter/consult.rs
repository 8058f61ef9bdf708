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

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{dispatcher, handler, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn minutes_name_each_unit_once() {
        Case::at(Class::Hazard, Stage::Handling)
        .when(
            handler(),
            command!(consult, "units": ["421321117.urban", "421321.water", "421321117.urban"], "words": "分工如下"),
        )
        .then("consulted")
        .and(|matter| matter.stage == Stage::Handling);
    }

    #[test]
    fn it_is_refused() {
        let many: Vec<_> = (0..21).map(|n| format!("421321117.unit{n}")).collect();
        Case::at(Class::Petition, Stage::Reported)
            .does(intake(), command!(admit, "about_unit": "421321.water"))
            .when(dispatcher(), command!(consult, "units": [], "words": "分工"))
            .refused("unknown_unit")
            .when(dispatcher(), command!(consult, "units": ["421321117.nobody"], "words": "分工"))
            .refused("unknown_unit")
            .when(dispatcher(), command!(consult, "units": many, "words": "分工"))
            .refused("too_many")
            .when(dispatcher(), command!(consult, "units": ["421321.water"], "words": "分工"))
            .refused("unit_complained_about")
            .when(dispatcher(), command!(consult, "units": ["421321117.urban"], "words": ""))
            .refused("words_missing")
            .when(intake(), command!(consult, "units": ["421321117.urban"], "words": "分工"))
            .refused("not_allowed");
    }
}
