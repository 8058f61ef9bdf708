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
