//! 上交: a thing that was raised has become a matter. The report goes the way of every report; the system then says so here.

use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn};
use crate::{id::MatterId, refusal::Refusal};

/// Says which matter a thing became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordMatter {
    /// Its number.
    pub item: u32,
    /// The matter.
    pub matter: MatterId,
}

impl RecordMatter {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        let item = turn.item(self.item)?;
        match item.matter {
            Some(matter) if matter == self.matter => Err(Refusal::NothingToChange),
            Some(_) => Err(Refusal::ItemIsAMatter),
            None => {
                turn.record(TalkEvent::MatterRecorded { item: self.item, matter: self.matter });
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        tests::{
            cast::village_lead,
            scenario::fresh,
            talk::{Talk, talk},
        },
    };

    #[test]
    fn one_matter_for_each_and_only_the_system_says_so() {
        let (one, other) = (fresh(1).id, fresh(2).id);
        Talk::held_with(1)
            .when(village_lead(), talk!(record_matter, "item": 1, "matter": one))
            .refused("not_allowed")
            .when(Actor::System, talk!(record_matter, "item": 7, "matter": one))
            .refused("unknown_item")
            .when(Actor::System, talk!(record_matter, "item": 1, "matter": one))
            .then("matter_recorded")
            .and(|day| day.open_items() == 0)
            .when(Actor::System, talk!(record_matter, "item": 1, "matter": one))
            .refused("nothing_to_change")
            .when(Actor::System, talk!(record_matter, "item": 1, "matter": other))
            .refused("item_is_a_matter");
    }
}
