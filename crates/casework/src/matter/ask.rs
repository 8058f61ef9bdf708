//! 请补充: intake asks the reporter for what is missing; the centre's clock stands still meanwhile.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, turn::Turn};
use crate::{refusal::Refusal, text::TextKind};

/// Asks the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What is asked.
    pub words: String,
}

impl Ask {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        let clock = turn.clock(Stage::AwaitingReporter);
        turn.record(Event::Asked { words, clock });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage},
        tests::{
            cast::{dispatcher, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn asking_stops_the_clock_of_intake_until_the_reporter_supplies() {
        Case::reported(Class::Service)
            .on("2024-03-04T10:00")
            .when(intake(), command!(ask, "words": "在哪一户？"))
            .then("asked")
            .is(Stage::AwaitingReporter)
            .owed(&[])
            .clock("supply 2024-03-18 23:59")
            .and(|matter| matter.owes() == crate::matter::Owes::Reporter && matter.pause.is_some())
            .on("2024-03-08T10:00")
            .when(Actor::Reporter, command!(supply, "words": "东头第三户"))
            .then("supplied")
            .is(Stage::Reported)
            .clock("accept 2024-03-11 23:59");
    }

    #[test]
    fn it_is_refused() {
        Case::reported(Class::Service)
            .when(intake(), command!(ask, "words": " "))
            .refused("words_missing")
            .when(intake(), command!(ask, "words": "问".repeat(2_001)))
            .refused("words_too_long")
            .when(intake(), command!(ask, "words": "问\u{7}"))
            .refused("words_unreadable")
            .when(dispatcher(), command!(ask, "words": "在哪？"))
            .refused("not_allowed")
            .does(intake(), command!(admit))
            .when(intake(), command!(ask, "words": "在哪？"))
            .refused("not_in_this_stage");
    }
}
