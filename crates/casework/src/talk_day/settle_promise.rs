//! 承诺兑现: a promise was kept, or was not; either with words. After a broken one the item waits for an answer again.

use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn};
use crate::{refusal::Refusal, text::TextKind};

/// Says whether a promise was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlePromise {
    /// The number of the thing that was raised.
    pub item: u32,
    /// Whether it was kept.
    pub kept: bool,
    /// What was done, or why it was not.
    pub words: String,
}

impl SettlePromise {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        turn.item(self.item)?.owes().ok_or(Refusal::NothingPromised)?;
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        turn.record(TalkEvent::PromiseSettled { item: self.item, kept: self.kept, words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::village_lead,
        talk::{Talk, talk},
    };

    fn promised() -> Talk {
        Talk::held_with(1)
            .does(village_lead(), talk!(promise, "item": 1, "due": "2024-03-13", "words": "十天内修好"))
    }

    #[test]
    fn a_kept_promise_is_settled() {
        let case = promised()
            .when(village_lead(), talk!(settle_promise, "item": 1, "kept": true, "words": ""))
            .refused("words_missing")
            .when(village_lead(), talk!(settle_promise, "item": 1, "kept": true, "words": "已修好"))
            .then("promise_settled");
        assert_eq!((case.day.open_promises(), case.day.open_items()), (0, 0));
        case.when(village_lead(), talk!(settle_promise, "item": 1, "kept": true, "words": "已修好"))
            .refused("nothing_promised");
    }

    #[test]
    fn a_broken_promise_opens_the_item_again_even_after_it_was_published() {
        promised()
            .does(village_lead(), talk!(publish, "answers": [{"item": 1, "words": "十天内修好"}]))
            .when(village_lead(), talk!(settle_promise, "item": 1, "kept": false, "words": "配件没到"))
            .then("promise_settled")
            .and(|day| day.open_items() == 1)
            .when(village_lead(), talk!(promise, "item": 1, "due": "2024-03-24", "words": "下次说事前"))
            .then("item_promised")
            .and(|day| day.open_items() == 0 && day.open_promises() == 1);
    }
}
