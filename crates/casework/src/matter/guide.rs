//! 告知: another road is the right one (court, arbitration, review, discipline …); the reporter is told which.

use serde::{Deserialize, Serialize};

use super::{Event, Outcome, turn::Turn};
use crate::{catalogue::has_choice, refusal::Refusal, text::TextKind};

/// Closes the matter with guidance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// The road, from the catalogue's list.
    pub route: String,
    /// Words to the reporter.
    #[serde(default)]
    pub words: Option<String>,
}

impl Guide {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if !has_choice(&turn.catalogue.guide_routes, &self.route) {
            return Err(Refusal::UnknownChoice { field: "route" });
        }
        let words = turn.write_if_any("words", TextKind::Reply, self.words.as_deref())?;
        turn.record(Event::Guided { route: self.route.clone(), words });
        turn.close(Outcome::Guided);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{director, dispatcher, handler, intake},
            scenario::{Case, command},
        },
    };

    #[test]
    fn the_reporter_is_told_the_right_road() {
        for stage in [Stage::Reported, Stage::Screening] {
            Case::at(Class::Dispute, stage)
                .when(director(), command!(guide, "route": "arbitration_labour", "words": "请向劳动仲裁申请"))
                .then("guided closed")
                .and(|matter| matter.outcome == Some(Outcome::Guided) && !matter.is_handled());
        }
    }

    #[test]
    fn it_is_refused() {
        Case::at(Class::Dispute, Stage::Reported)
            .when(intake(), command!(guide, "route": "nowhere"))
            .refused("unknown_choice")
            .when(dispatcher(), command!(guide, "route": "court"))
            .refused("not_in_this_stage")
            .when(handler(), command!(guide, "route": "court"))
            .refused("not_allowed")
            .when(intake(), command!(guide, "route": "court", "words": "法".repeat(2_001)))
            .refused("words_too_long");
    }
}
