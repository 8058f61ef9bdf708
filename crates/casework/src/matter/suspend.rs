//! 挂起: the clock stands still for a listed reason until a day; then it resumes by itself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{calendar::end_of, catalogue::has_choice, refusal::Refusal, text::TextKind};

/// Stops the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Suspend {
    /// The reason, from the catalogue's list.
    pub because: String,
    /// The last day on which it stands still.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// More about the reason; the reporter reads it.
    #[serde(default)]
    pub words: Option<String>,
}

impl Suspend {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.pause.is_some() || turn.matter.clock.is_none() {
            return Err(Refusal::AlreadySuspended);
        }
        if turn.matter.extension_asked.is_some() {
            return Err(Refusal::ExtensionAsked);
        }
        if !has_choice(&turn.catalogue.suspend_reasons, &self.because) {
            return Err(Refusal::UnknownChoice { field: "because" });
        }
        let most = turn.catalogue.bounds.suspension_days;
        let today = turn.site().day(turn.now());
        let last = today.saturating_add(jiff::Span::new().days(most));
        if self.until < today || self.until > last {
            return Err(Refusal::DaysOutOfBounds { field: "until", most });
        }
        let words = turn.write_if_any("words", TextKind::Reply, self.words.as_deref())?;
        let until = end_of(self.until, &turn.site().zone);
        turn.record(Event::Suspended { because: self.because.clone(), until, words });
        Ok(())
    }
}
