//! 召开: people came, so many. Who they were is not asked.

use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn};
use crate::refusal::Refusal;

/// More people than a village has are a slip of the finger.
const MOST_PEOPLE: u32 = 5_000;

/// Says that the talk day is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldDay {
    /// How many people came.
    pub people: u32,
}

impl HoldDay {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        if turn.today() < turn.day.date {
            return Err(Refusal::NotTimeYet);
        }
        if self.people > MOST_PEOPLE {
            return Err(Refusal::TooMany { field: "people", most: MOST_PEOPLE });
        }
        turn.record(TalkEvent::Held { people: self.people });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::village_lead,
        talk::{Talk, plan, talk},
    };

    #[test]
    fn not_before_its_day_and_once() {
        Talk::planning(&village_lead(), plan!("slot": "2024-03-14"))
            .unwrap()
            .when(village_lead(), talk!(hold, "people": 23))
            .refused("not_time_yet")
            .on("2024-03-14T09:00")
            .when(village_lead(), talk!(hold, "people": 23_000))
            .refused("too_many")
            .when(village_lead(), talk!(hold, "people": 23))
            .then("held")
            .when(village_lead(), talk!(hold, "people": 24))
            .refused("not_in_this_state");
    }
}
