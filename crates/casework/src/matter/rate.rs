//! 评价: the reporter judges. Unhappy with a reason sends the work back, the first time without anybody's approval.

use serde::{Deserialize, Serialize};

use super::{Answer, Event, Matter, Stage, Verification, turn::Turn};
use crate::{
    refusal::Refusal,
    text::{TextKind, TextRef},
};

/// The reporter's own judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Satisfied or unhappy.
    pub answer: Answer,
    /// Why; owed when unhappy.
    #[serde(default)]
    pub words: Option<String>,
}

impl Rate {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        the_reporter_judges_now(turn)?;
        if self.answer == Answer::NoAnswer {
            return Err(Refusal::UnknownChoice { field: "answer" });
        }
        let words = words_of(self.answer, self.words.as_deref(), turn)?;
        let back = sends_back(self.answer, turn.matter);
        let clock = back.then(|| turn.clock_of_rework()).flatten();
        turn.record(Event::Rated { answer: self.answer, words, back, clock });
        if self.answer == Answer::Satisfied {
            turn.close(turn.outcome_reached());
        }
        Ok(())
    }
}

/// In follow-up always; while verifying only where the reporter is the one who verifies.
pub(super) fn the_reporter_judges_now(turn: &Turn<'_>) -> Result<(), Refusal> {
    if turn.matter.stage == Stage::Verifying && turn.matter.class.verification() != Verification::Reporter {
        return Err(Refusal::NotInThisStage { stage: Stage::Verifying });
    }
    if turn.matter.rework_asked {
        return Err(Refusal::ReworkAsked);
    }
    Ok(())
}

pub(super) fn words_of(
    answer: Answer,
    words: Option<&str>,
    turn: &mut Turn<'_>,
) -> Result<Option<TextRef>, Refusal> {
    match answer {
        Answer::Unhappy => turn.write("words", TextKind::Report, words.unwrap_or_default()).map(Some),
        Answer::Satisfied | Answer::NoAnswer => turn.write_if_any("words", TextKind::Report, words),
    }
}

pub(super) fn sends_back(answer: Answer, matter: &Matter) -> bool {
    answer == Answer::Unhappy && matter.unhappy == 0
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{handler, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_reporter_closes_it_or_sends_it_back_without_anybodys_approval() {
        Case::at(Class::Hazard, Stage::FollowUp)
            .when(Actor::Reporter, command!(rate, "answer": "satisfied", "words": "修得好"))
            .then("rated closed")
            .and(|matter| matter.outcome == Some(Outcome::StruckOff));
        Case::at(Class::Enquiry, Stage::FollowUp)
            .when(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "没有回答"))
            .then("rated")
            .is(Stage::Handling)
            .and(|matter| matter.rework == 1);
        Case::reported(Class::Enquiry)
            .does(intake(), command!(settle, "words": "可以在窗口办理"))
            .is(Stage::FollowUp)
            .when(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "窗口说不行"))
            .then("rated")
            .is(Stage::Screening);
        Case::at(Class::Service, Stage::Verifying)
            .when(Actor::Reporter, command!(rate, "answer": "satisfied"))
            .then("rated closed")
            .and(|matter| matter.outcome == Some(Outcome::Done));
    }

    #[test]
    fn unhappy_a_second_time_the_centre_decides() {
        Case::at(Class::Service, Stage::Verifying)
            .does(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "没有水"))
            .does(handler(), command!(complete, "result": "done", "words": "又修了"))
            .when(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "没有水"))
            .then("rated")
            .is(Stage::Verifying)
            .and(|matter| matter.rework_asked)
            .when(Actor::Reporter, command!(rate, "answer": "satisfied"))
            .refused("rework_asked");
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Hazard, Stage::FollowUp)
            .when(Actor::Reporter, command!(rate, "answer": "unhappy", "words": " "))
            .refused("words_missing")
            .when(Actor::Reporter, command!(rate, "answer": "no_answer"))
            .refused("unknown_choice")
            .when(intake(), command!(rate, "answer": "satisfied"))
            .refused("not_allowed");
        Case::at(Class::Hazard, Stage::Verifying)
            .when(Actor::Reporter, command!(rate, "answer": "satisfied"))
            .refused("not_in_this_stage");
        Case::at(Class::Hazard, Stage::Handling)
            .when(Actor::Reporter, command!(rate, "answer": "satisfied"))
            .refused("not_in_this_stage");
    }
}
