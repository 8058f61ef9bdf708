//! 取消: the day falls out. What was noted for it still waits for an answer, and stands on the next day's page.

use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn};
use crate::{refusal::Refusal, text::TextKind};

/// Cancels the talk day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelDay {
    /// Why, for everybody.
    pub reason: String,
}

impl CancelDay {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        let reason = turn.write("reason", TextKind::Public, &self.reason)?;
        turn.record(TalkEvent::Cancelled { reason });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        talk_day::TalkState,
        tests::{
            cast::village_lead,
            talk::{Talk, talk},
        },
    };

    #[test]
    fn what_was_noted_is_still_answered() {
        let case = Talk::planned()
            .does(village_lead(), talk!(note_item, "topic": "request", "words": "路灯坏了"))
            .when(village_lead(), talk!(cancel, "reason": ""))
            .refused("words_missing")
            .when(village_lead(), talk!(cancel, "reason": "大雪封路"))
            .then("cancelled");
        assert_eq!((case.day.state, case.day.open_items()), (TalkState::Cancelled, 1));
        case.when(village_lead(), talk!(hold, "people": 3))
            .refused("not_in_this_state")
            .when(village_lead(), talk!(note_item, "topic": "request", "words": "水管"))
            .refused("not_in_this_state")
            .when(village_lead(), talk!(answer, "item": 1, "words": "已换灯泡"))
            .then("item_answered");
    }
}
