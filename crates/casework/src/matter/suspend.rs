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

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{dispatcher, handler},
            place::local,
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_clock_stands_still_for_a_listed_reason() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(
                handler(),
                command!(suspend, "because": "appraisal", "until": "2024-03-20", "words": "送检"),
            )
            .then("suspended")
            .is(Stage::Handling)
            .clock("no clock")
            .and(|matter| local(matter.pause.as_ref().unwrap().until) == "2024-03-20 23:59")
            .owed(&["421321117.construction handler"])
            .and(|matter| {
                matter
                    .owed(crate::tests::place::site())
                    .iter()
                    .all(|owed| owed.paused && owed.due_at.is_some())
            })
            .when(handler(), command!(suspend, "because": "weather", "until": "2024-03-20"))
            .refused("already_suspended")
            .when(Actor::System, command!(remind))
            .refused("not_time_yet")
            .when(Actor::System, command!(mark_overdue))
            .refused("not_time_yet");
    }

    #[test]
    fn it_is_refused() {
        let until = |day: &str| command!(suspend, "because": "weather", "until": day);
        Case::at(Class::Hazard, Stage::Handling)
            .when(handler(), command!(suspend, "because": "holiday", "until": "2024-03-20"))
            .refused("unknown_choice")
            .when(handler(), until("2024-03-03"))
            .refused("days_out_of_bounds")
            .when(handler(), until("2024-06-03"))
            .refused("days_out_of_bounds")
            .when(dispatcher(), until("2024-03-20"))
            .refused("not_allowed")
            .when(handler(), until("2024-06-02"))
            .then("suspended");
    }
}
