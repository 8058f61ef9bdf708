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
