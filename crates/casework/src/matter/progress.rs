//! 进展: how the work stands, in words that the reporter reads too.

use serde::{Deserialize, Serialize};

use super::{Event, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Tells how the work stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// What was done so far.
    pub words: String,
    /// Photos of the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Progress {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let photos = turn.photos(&self.photos)?;
        let words = turn.write("words", TextKind::Reply, &self.words)?;
        turn.record(Event::Progressed { words, photos });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Class, Stage},
        tests::{
            cast::{co_handler, handler, mediator},
            scenario::{Case, command, photos},
        },
    };

    #[test]
    fn the_reporter_reads_how_it_stands() {
        Case::at(Class::Hazard, Stage::Handling)
            .when(handler(), command!(progress, "words": "配件已订", "photos": photos(1)))
            .then("progressed")
            .and(|matter| matter.photos == 1)
            .when(handler(), command!(progress, "words": ""))
            .refused("words_missing")
            .when(handler(), command!(progress, "words": "配件已订", "photos": photos(10)))
            .refused("too_many_photos")
            .when(co_handler(), command!(progress, "words": "配件已订"))
            .refused("not_allowed");
        Case::at(Class::Dispute, Stage::Mediating)
            .when(mediator(), command!(progress, "words": "约在 14 日"))
            .then("progressed");
    }
}
