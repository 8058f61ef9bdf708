//! The private room of a party: what it says to the mediator alone. Readable by the mediator of this mediation and that party; for
//! everybody else it does not exist (`privacy.rs`).

use serde::{Deserialize, Serialize};

use crate::{
    matter::{Event, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

/// The mediator notes what a party said in private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteCaucus {
    /// Whose room.
    pub party: u8,
    /// What was said.
    pub words: String,
}

impl NoteCaucus {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let party = turn.mediation_under_way()?.party(self.party).ok_or(Refusal::UnknownParty)?.no;
        let words = turn.write("words", TextKind::Caucus, &self.words)?;
        turn.record(Event::CaucusNoted { party, words });
        Ok(())
    }
}

/// A party says something to the mediator alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeakInPrivate {
    /// What.
    pub words: String,
}

impl SpeakInPrivate {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        let party = turn.party_acting(None)?;
        if mediation.code_is_known(party) {
            return Err(Refusal::CodeKnown);
        }
        let words = turn.write("words", TextKind::Caucus, &self.words)?;
        turn.record(Event::SpokenInPrivate { party, words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::{director, mediator, other_mediator, party},
        mediating::accepted,
        scenario::command,
    };

    #[test]
    fn a_private_room_is_the_partys_and_the_mediators() {
        let note = |no: u8| command!(note_caucus, "party": no, "words": "最多让到三千");
        accepted()
            .when(other_mediator(), note(1))
            .refused("not_allowed")
            .when(director(), note(1))
            .refused("not_allowed")
            .when(mediator(), note(3))
            .refused("unknown_party")
            .when(mediator(), note(1))
            .then("caucus_noted")
            .when(party(1), command!(speak_in_private, "words": "其实可以再让一点"))
            .then("spoken_in_private")
            .when(mediator(), command!(speak_in_private, "words": "替他说"))
            .refused("not_allowed");
    }
}
