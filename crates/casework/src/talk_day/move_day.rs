//! 改期: another day, other hours or another place, with the reason that everybody may read.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{TalkEvent, decide::TalkTurn, plan::Given};
use crate::{id::TalkPlaceId, refusal::Refusal, text::TextKind};

/// Moves the talk day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveDay {
    /// The new day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// From when.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub begins: Option<Time>,
    /// Until when.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub ends: Option<Time>,
    /// A place of the register.
    #[serde(default)]
    pub place: Option<TalkPlaceId>,
    /// A place in words, for everybody.
    #[serde(default)]
    pub place_words: Option<String>,
    /// Why, for everybody.
    pub reason: String,
}

impl MoveDay {
    pub(super) fn decide(&self, turn: &mut TalkTurn<'_>) -> Result<(), Refusal> {
        let given = Given {
            date: self.date,
            begins: self.begins,
            ends: self.ends,
            place: self.place,
            place_words: self.place_words.as_deref(),
        };
        let today = turn.today();
        let at = given.checked(today, turn.texts())?;
        let day = turn.day;
        let same = (at.date, at.begins, at.ends, at.place) == (day.date, day.begins, day.ends, day.place);
        if same && at.place_words.is_none() {
            return Err(Refusal::NothingToChange);
        }
        let reason = turn.write("reason", TextKind::Public, &self.reason)?;
        turn.record(TalkEvent::Moved { at, reason });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::{director, village_lead},
        talk::{Talk, talk},
    };

    #[test]
    fn it_keeps_its_place_in_the_rule_and_says_why() {
        let case = Talk::planned()
            .when(
                village_lead(),
                talk!(move, "date": "2024-03-05", "place_words": "村部门口", "reason": "下大雨"),
            )
            .then("moved");
        assert_eq!(case.day.slot, "2024-03-04".parse().unwrap());
        assert_eq!(case.day.date, "2024-03-05".parse().unwrap());
        assert_eq!(case.published_words(), ["老槐树下的板凳", "村部门口", "下大雨"]);
        case.when(director(), talk!(move, "date": "2024-03-06", "place_words": "村部", "reason": "雨"))
            .refused("not_allowed")
            .when(village_lead(), talk!(move, "date": "2024-03-06", "place_words": "村部", "reason": ""))
            .refused("words_missing")
            .on("2024-03-05T09:00")
            .does(village_lead(), talk!(hold, "people": 12))
            .when(village_lead(), talk!(move, "date": "2024-03-06", "place_words": "村部", "reason": "雨"))
            .refused("not_in_this_state");
    }
}
