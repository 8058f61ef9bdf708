//! 限时办: a unit promises something by a day.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn};
use crate::{id::UnitId, refusal::Refusal, text::TextKind};

/// Days ahead for which something may be promised.
const DAYS_AHEAD: i32 = 366;

/// Promises something about a thing that was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromiseItem {
    /// Its number.
    pub item: u32,
    /// Who owes it; the village's own centre when left out.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// By when.
    #[schema(value_type = String, format = Date)]
    pub due: Date,
    /// What is promised.
    pub words: String,
}

impl PromiseItem {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        turn.open_item(self.item)?;
        let id = self.unit.as_ref().unwrap_or(&turn.day.unit);
        let unit = turn.site().units.get(id).ok_or(Refusal::UnknownUnit)?;
        if !unit.area.contains(turn.day.area) {
            return Err(Refusal::UnitElsewhere);
        }
        let today = turn.today();
        if self.due < today || self.due > today.saturating_add(DAYS_AHEAD.days()) {
            return Err(Refusal::DateOutOfBounds { field: "due" });
        }
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let unit = unit.id.clone();
        turn.record(TalkEvent::ItemPromised { item: self.item, unit, due: self.due, words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::village_lead,
        talk::{Talk, talk},
    };

    #[test]
    fn a_promise_has_a_unit_and_a_day() {
        let case = Talk::held_with(1)
            .when(village_lead(), talk!(promise, "item": 1, "due": "2024-03-03", "words": "修好"))
            .refused("date_out_of_bounds")
            .when(
                village_lead(),
                talk!(promise, "item": 1, "unit": "421321118.centre", "due": "2024-03-13", "words": "修好"),
            )
            .refused("unit_elsewhere")
            .when(
                village_lead(),
                talk!(promise, "item": 1, "unit": "421321117.nobody", "due": "2024-03-13", "words": "修好"),
            )
            .refused("unknown_unit")
            .when(village_lead(), talk!(promise, "item": 1, "due": "2024-03-13", "words": "十天内修好"))
            .then("item_promised");
        assert_eq!(case.day.promise_due(), Some("2024-03-13".parse().unwrap()));
        assert_eq!(case.day.open_promises(), 1);
        case.when(village_lead(), talk!(promise, "item": 1, "due": "2024-03-14", "words": "再缓一天"))
            .refused("item_has_its_answer");
    }
}
