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
