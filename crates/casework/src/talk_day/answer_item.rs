//! 当场答复: the question was answered there. These words are for those who keep the day; everybody reads what is published.

use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn};
use crate::{refusal::Refusal, text::TextKind};

/// Answers a thing that was raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerItem {
    /// Its number.
    pub item: u32,
    /// The answer.
    pub words: String,
}

impl AnswerItem {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        turn.open_item(self.item)?;
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        turn.record(TalkEvent::ItemAnswered { item: self.item, words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::{grid_worker, village_lead},
        talk::{Talk, talk},
    };

    #[test]
    fn each_is_answered_once_by_the_lead() {
        Talk::held_with(1)
            .when(grid_worker(), talk!(answer, "item": 1, "words": "已说清"))
            .refused("not_allowed")
            .when(village_lead(), talk!(answer, "item": 2, "words": "已说清"))
            .refused("unknown_item")
            .when(village_lead(), talk!(answer, "item": 1, "words": "已说清"))
            .then("item_answered")
            .when(village_lead(), talk!(answer, "item": 1, "words": "再说一遍"))
            .refused("item_has_its_answer");
    }
}
