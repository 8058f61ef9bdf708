//! 公布: each thing that was raised gets words for everybody, written for that. Nothing goes out by itself, and nothing is
//! left out: what waits for an answer keeps the whole day back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn, event::PublishedItem};
use crate::{refusal::Refusal, text::TextKind};

/// What everybody may read of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicAnswer {
    /// Its number.
    pub item: u32,
    /// The words for everybody: what it was about and what came of it, without anybody's name.
    pub words: String,
}

/// Publishes the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishDay {
    /// For each thing that was raised, once.
    pub answers: Vec<PublicAnswer>,
}

impl PublishDay {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        let items = turn.day.open_items();
        if items > 0 {
            return Err(Refusal::ItemsOpen { items });
        }
        let named: BTreeSet<u32> = self.answers.iter().map(|answer| answer.item).collect();
        let raised: BTreeSet<u32> = turn.day.items.iter().map(|item| item.no).collect();
        if named != raised || named.len() != self.answers.len() {
            return Err(Refusal::AnswersDoNotMatch);
        }
        let mut answers = Vec::with_capacity(self.answers.len());
        for answer in &self.answers {
            let words = turn.write("answers", TextKind::Public, &answer.words)?;
            answers.push(PublishedItem { item: answer.item, words });
        }
        turn.record(TalkEvent::Published { answers });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        tests::{
            cast::{grid_worker, village_lead},
            scenario::fresh,
            talk::{Talk, talk},
        },
    };

    #[test]
    fn only_when_each_has_an_answer_a_promise_or_a_matter() {
        let all = || talk!(publish, "answers": [{"item": 1, "words": "甲"}, {"item": 2, "words": "乙"}, {"item": 3, "words": "丙"}]);
        let case = Talk::held_with(3)
            .does(village_lead(), talk!(answer, "item": 1, "words": "说清了"))
            .does(village_lead(), talk!(promise, "item": 2, "due": "2024-03-13", "words": "修好"))
            .when(village_lead(), all())
            .refused("items_open")
            .does(Actor::System, talk!(record_matter, "item": 3, "matter": fresh(1).id))
            .when(grid_worker(), all())
            .refused("not_allowed")
            .when(village_lead(), talk!(publish, "answers": [{"item": 1, "words": "甲"}, {"item": 2, "words": "乙"}]))
            .refused("answers_do_not_match")
            .when(village_lead(), talk!(publish, "answers": [{"item": 1, "words": "甲"}, {"item": 2, "words": "乙"}, {"item": 2, "words": "丙"}]))
            .refused("answers_do_not_match")
            .when(village_lead(), talk!(publish, "answers": [{"item": 1, "words": "甲"}, {"item": 2, "words": "乙"}, {"item": 3, "words": " "}]))
            .refused("words_missing")
            .when(village_lead(), all())
            .then("published");
        assert_eq!(case.published_words(), ["老槐树下的板凳", "甲", "乙", "丙"]);
        case.when(village_lead(), all()).refused("not_in_this_state");
    }

    #[test]
    fn a_day_on_which_nobody_said_anything_is_published_too() {
        Talk::held_with(0).when(village_lead(), talk!(publish, "answers": [])).then("published");
    }
}
