//! 补充公布: more words for everybody about a published answer, when its promise was kept or its matter came to an end.

use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn};
use crate::{refusal::Refusal, text::TextKind};

/// Most words for everybody about one thing.
const MOST_WORDS: u32 = 10;

/// Tells everybody more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellMore {
    /// The number of the thing that was raised.
    pub item: u32,
    /// The words for everybody.
    pub words: String,
}

impl TellMore {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        if turn.item(self.item)?.public.len() >= MOST_WORDS as usize {
            return Err(Refusal::TooMany { field: "words", most: MOST_WORDS });
        }
        let words = turn.write("words", TextKind::Public, &self.words)?;
        turn.record(TalkEvent::ToldMore { item: self.item, words });
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
    fn what_came_of_it_is_told_after_the_answers() {
        let case = Talk::held_with(1)
            .does(village_lead(), talk!(answer, "item": 1, "words": "说清了"))
            .when(village_lead(), talk!(tell_more, "item": 1, "words": "已经修好"))
            .refused("not_in_this_state")
            .does(village_lead(), talk!(publish, "answers": [{"item": 1, "words": "会修"}]))
            .when(village_lead(), talk!(tell_more, "item": 1, "words": "已经修好"))
            .then("told_more");
        assert_eq!(case.published_words(), ["老槐树下的板凳", "会修", "已经修好"]);
    }
}
