//! 办结: the lead unit says what was done, in words to the reporter. Somebody else judges it next.

use serde::{Deserialize, Serialize};

use super::{Class, Event, Outcome, WorkResult, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Ends the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Complete {
    /// What came of it. `failed` exists for disputes alone.
    pub result: WorkResult,
    /// Words to the reporter.
    pub words: String,
    /// Photos of the place, owed for hazards and for environment and facilities.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Complete {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let class = turn.matter.class;
        match self.result {
            WorkResult::Failed if class != Class::Dispute => return Err(Refusal::ResultNotForClass),
            WorkResult::Unfounded if matches!(class, Class::Suggestion | Class::Enquiry) => {
                return Err(Refusal::ResultNotForClass);
            }
            WorkResult::Done | WorkResult::Failed | WorkResult::Unfounded => {}
        }
        if turn.matter.pause.is_some() {
            return Err(Refusal::AlreadySuspended);
        }
        if turn.matter.co_handlers.iter().any(|co| !co.answered) {
            return Err(Refusal::CoHandlerOwes);
        }
        let photos = turn.photos_of_the_place(&self.photos)?;
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let failed = self.result == WorkResult::Failed;
        let clock = if failed { None } else { turn.clock(class.stage_after_work()) };
        turn.record(Event::Completed { result: self.result, words, photos, clock });
        if failed {
            turn.close(Outcome::Failed);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{co_handler, dispatcher, grid_worker, handler, intake},
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn what_follows_depends_on_the_class() {
        let stages: Vec<_> = Class::ALL
            .iter()
            .map(|class| {
                let case = Case::at(*class, Stage::Handling)
                    .when(
                        handler(),
                        command!(complete, "result": "done", "words": "已办", "photos": photos(1)),
                    )
                    .then("completed");
                format!("{class}: {} {}", case.matter.stage, case.clock_words())
            })
            .collect();
        insta::assert_snapshot!(stages.join("\n"), @r"
    dispute: verifying verify 2024-03-07 23:59
    hazard: verifying verify 2024-03-07 23:59
    service: verifying verify_service 2024-03-11 23:59
    environment: verifying verify 2024-03-07 23:59
    suggestion: follow_up follow_up 2024-03-14 23:59
    petition: verifying verify_petition 2024-03-19 23:59
    enquiry: follow_up follow_up 2024-03-14 23:59
    ");
    }

    #[test]
    fn a_dispute_may_fail_and_a_report_may_be_unfounded() {
        Case::at(Class::Dispute, Stage::Handling)
            .when(handler(), command!(complete, "result": "failed", "words": "双方不愿让步，可以起诉"))
            .then("completed closed")
            .and(|matter| matter.outcome == Some(Outcome::Failed) && !matter.is_handled());
        Case::at(Class::Environment, Stage::Handling)
            .when(
                handler(),
                command!(complete, "result": "unfounded", "words": "现场没有", "photos": photos(1)),
            )
            .then("completed")
            .does(grid_worker(), command!(pass, "photos": photos(1)))
            .does(intake(), command!(call_back, "answer": "satisfied"))
            .and(|matter| matter.outcome == Some(Outcome::Unfounded) && !matter.is_handled());
    }

    #[test]
    fn it_is_refused() {
        let done = || command!(complete, "result": "done", "words": "已办", "photos": photos(1));
        Case::at(Class::Hazard, Stage::Handling)
            .when(handler(), command!(complete, "result": "failed", "words": "办不了", "photos": photos(1)))
            .refused("result_not_for_class")
            .when(handler(), command!(complete, "result": "done", "words": "已办"))
            .refused("photos_needed")
            .when(handler(), command!(complete, "result": "done", "words": "", "photos": photos(1)))
            .refused("words_missing")
            .when(handler(), command!(complete, "result": "done", "words": "已办", "photos": photos(10)))
            .refused("too_many_photos")
            .when(dispatcher(), done())
            .refused("not_allowed")
            .does(handler(), command!(suspend, "because": "weather", "until": "2024-03-08"))
            .when(handler(), done())
            .refused("already_suspended");
        Case::at(Class::Enquiry, Stage::Handling)
            .when(handler(), command!(complete, "result": "unfounded", "words": "不属实"))
            .refused("result_not_for_class");
        let helped = command!(dispatch, "unit": "421321117.construction", "co_units": [{"unit": "421321117.urban", "days": 2}]);
        Case::at(Class::Hazard, Stage::Screening)
            .does(dispatcher(), helped)
            .does(handler(), command!(sign_for))
            .when(handler(), done())
            .refused("co_handler_owes")
            .does(co_handler(), command!(co_answer, "words": "已配合"))
            .when(handler(), done())
            .then("completed");
    }
}
