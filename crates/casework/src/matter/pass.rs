//! 核查通过: somebody other than the one who did the work saw that it is done.

use serde::{Deserialize, Serialize};

use super::{Event, Stage, Verification, turn::Turn};
use crate::{id::PhotoId, refusal::Refusal, text::TextKind};

/// Passes the verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// What was seen or heard.
    #[serde(default)]
    pub words: Option<String>,
    /// Photos of the place, owed where it is verified at the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl Pass {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        judged_by_verifiers(turn)?;
        let photos = turn.photos_of_the_place(&self.photos)?;
        let words = turn.write_if_any("words", TextKind::Note, self.words.as_deref())?;
        let clock = turn.clock(Stage::FollowUp);
        turn.record(Event::Passed { words, photos, clock });
        Ok(())
    }
}

/// Where the reporter judges, nobody else passes or fails it: the centre calls back instead.
pub(super) fn judged_by_verifiers(turn: &Turn<'_>) -> Result<(), Refusal> {
    match turn.matter.class.verification() {
        Verification::AtThePlace | Verification::PartiesToTheCentre => Ok(()),
        Verification::Reporter | Verification::None => Err(Refusal::ReporterJudges),
    }
}
