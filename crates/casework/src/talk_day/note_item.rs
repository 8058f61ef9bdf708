//! 记事: one of the ten kinds and what was said, never by whom. Accusations against officials are guided elsewhere before
//! anything is stored, as with reports.

use serde::{Deserialize, Serialize};

use super::{MOST_ITEMS, TalkEvent, Topic, decide::TalkTurn};
use crate::{refusal::Refusal, text::TextKind};

/// Notes a thing that was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteItem {
    /// Which of the ten kinds.
    pub topic: Topic,
    /// What was said.
    pub words: String,
}

impl NoteItem {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        let last = turn.day.items.iter().map(|item| item.no).max().unwrap_or(0);
        if last >= MOST_ITEMS {
            return Err(Refusal::TooMany { field: "items", most: MOST_ITEMS });
        }
        if let Some(category) = turn.site().catalogue.guess(&self.words) {
            category.may_be_recorded()?;
        }
        let words = turn.write("words", TextKind::Item, &self.words)?;
        turn.record(TalkEvent::ItemNoted { item: last + 1, topic: self.topic, words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::{grid_worker, neighbour_grid_worker, overseer, village_lead},
        talk::{Talk, talk},
    };

    #[test]
    fn lead_and_grid_worker_note_before_and_during_the_day() {
        let case = Talk::planned()
            .when(grid_worker(), talk!(note_item, "topic": "village_accounts", "words": "修渠的钱怎么用的"))
            .then("item_noted")
            .does(village_lead(), talk!(hold, "people": 9))
            .when(village_lead(), talk!(note_item, "topic": "dispute", "words": "两家争地界"))
            .then("item_noted");
        assert_eq!(case.day.items.iter().map(|item| item.no).collect::<Vec<_>>(), [1, 2]);
        case.when(neighbour_grid_worker(), talk!(note_item, "topic": "dispute", "words": "界址"))
            .refused("not_allowed")
            .when(overseer(), talk!(note_item, "topic": "dispute", "words": "界址"))
            .refused("not_allowed")
            .when(village_lead(), talk!(note_item, "topic": "dispute", "words": "  "))
            .refused("words_missing")
            .when(village_lead(), talk!(note_item, "topic": "misconduct", "words": "村干部受贿"))
            .refused("accusation_elsewhere");
    }

    #[test]
    fn there_is_an_end_to_one_day() {
        let mut case = Talk::planned();
        for _ in 0..100 {
            case = case.does(village_lead(), talk!(note_item, "topic": "request", "words": "修路"));
        }
        case.when(village_lead(), talk!(note_item, "topic": "request", "words": "修路")).refused("too_many");
    }
}
