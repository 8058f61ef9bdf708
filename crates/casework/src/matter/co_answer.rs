//! A co-handler's answer to the lead unit, once, by its sub-deadline.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Answers as a co-handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoAnswer {
    /// The answer.
    pub words: String,
    /// Photos of the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl CoAnswer {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let unit = turn.by.unit().cloned().ok_or(Refusal::NoAnswerOwed)?;
        if !turn.matter.co_handlers.iter().any(|co| co.unit == unit && !co.answered) {
            return Err(Refusal::NoAnswerOwed);
        }
        let photos = turn.photos(&self.photos)?;
        let words = turn.write("words", TextKind::Note, &self.words)?;
        turn.record(Event::CoAnswered { unit, words, photos });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{co_handler, dispatcher, handler},
            place::local,
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn a_co_handler_answers_once_by_its_own_limit() {
        let helped = command!(dispatch, "unit": "421321117.construction", "co_units": [{"unit": "421321117.urban", "days": 2}]);
        Case::at(Class::Hazard, Stage::Screening)
            .does(dispatcher(), helped)
            .when(co_handler(), command!(co_answer, "words": "已配合"))
            .refused("not_in_this_stage")
            .does(handler(), command!(sign_for))
            .owed(&["421321117.construction handler", "421321117.urban handler"])
            .and(|matter| local(matter.co_handlers[0].due_at) == "2024-03-06 23:59")
            .when(co_handler(), command!(co_answer, "words": ""))
            .refused("words_missing")
            .when(co_handler(), command!(co_answer, "words": "已配合", "photos": photos(10)))
            .refused("too_many_photos")
            .when(handler(), command!(co_answer, "words": "已配合"))
            .refused("not_allowed")
            .when(co_handler(), command!(co_answer, "words": "已配合"))
            .then("co_answered")
            .owed(&["421321117.construction handler"])
            .when(co_handler(), command!(co_answer, "words": "已配合"))
            .refused("no_answer_owed");
    }
}
