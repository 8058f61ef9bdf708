//! 回访: the centre, not the handler, asks the reporter. No answer is written down as no answer, never as satisfied; where
//! the reporter verifies, the matter then waits in follow-up for the reporter's word.

use serde::{Deserialize, Serialize};

use super::{Answer, Event, Stage, rate::sends_back, turn::Turn};
use crate::refusal::Refusal;

/// Writes down what the reporter said when called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallBack {
    /// What the reporter says.
    pub answer: Answer,
    /// The reporter's words; owed when unhappy.
    #[serde(default)]
    pub words: Option<String>,
}

impl CallBack {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        super::rate::the_reporter_judges_now(turn)?;
        let words = super::rate::words_of(self.answer, self.words.as_deref(), turn)?;
        let back = sends_back(self.answer, turn.matter);
        let unheard = self.answer == Answer::NoAnswer && turn.matter.stage == Stage::Verifying;
        let clock = match (back, unheard) {
            (true, _) => turn.clock_of_rework(),
            (false, true) => turn.clock(Stage::FollowUp),
            (false, false) => None,
        };
        turn.record(Event::CalledBack { answer: self.answer, words, back, clock });
        if self.answer == Answer::Satisfied {
            turn.close(turn.outcome_reached());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Answer, Class, Outcome, Stage},
        tests::{
            cast::{grid_worker, handler, handler_and_director, intake},
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn satisfied_closes_with_what_the_work_reached() {
        Case::at(Class::Hazard, Stage::FollowUp)
            .when(intake(), command!(call_back, "answer": "satisfied"))
            .then("called_back closed")
            .is(Stage::Closed)
            .and(|matter| {
                matter.outcome == Some(Outcome::StruckOff) && matter.rating == Some(Answer::Satisfied)
            });
    }

    #[test]
    fn no_answer_is_no_answer() {
        Case::at(Class::Hazard, Stage::FollowUp)
            .when(intake(), command!(call_back, "answer": "no_answer"))
            .then("called_back")
            .is(Stage::FollowUp)
            .and(|matter| matter.rating == Some(Answer::NoAnswer) && matter.outcome.is_none());
    }

    #[test]
    fn where_the_reporter_verifies_no_answer_leads_to_follow_up() {
        Case::at(Class::Petition, Stage::Verifying)
            .clock("verify_petition 2024-03-19 23:59")
            .when(intake(), command!(call_back, "answer": "no_answer"))
            .then("called_back")
            .is(Stage::FollowUp)
            .clock("follow_up 2024-03-14 23:59");
    }

    #[test]
    fn unhappy_goes_back_to_who_did_the_work_the_second_time_the_centre_decides() {
        Case::at(Class::Service, Stage::Verifying)
            .when(intake(), command!(call_back, "answer": "unhappy"))
            .refused("words_missing")
            .when(intake(), command!(call_back, "answer": "unhappy", "words": "还是没有水"))
            .then("called_back")
            .is(Stage::Handling)
            .owed(&["421321117.construction handler"])
            .and(|matter| matter.rework == 1 && matter.unhappy == 1 && matter.result.is_none())
            .does(handler(), command!(complete, "result": "done", "words": "又修了"))
            .when(intake(), command!(call_back, "answer": "unhappy", "words": "还是没有水"))
            .then("called_back")
            .is(Stage::Verifying)
            .when(intake(), command!(call_back, "answer": "satisfied"))
            .refused("rework_asked");
    }

    #[test]
    fn the_handler_does_not_call_back_nor_anybody_before_the_place_was_seen() {
        Case::at(Class::Hazard, Stage::Verifying)
            .when(intake(), command!(call_back, "answer": "satisfied"))
            .refused("not_in_this_stage")
            .when(handler(), command!(call_back, "answer": "satisfied"))
            .refused("not_allowed")
            .does(grid_worker(), command!(pass, "photos": photos(1)))
            .when(handler_and_director(), command!(call_back, "answer": "satisfied"))
            .refused("did_the_work");
    }
}
