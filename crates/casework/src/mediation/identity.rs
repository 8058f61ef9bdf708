//! Whose identity was seen, by which kind of paper. Neither its number nor a picture of it is kept: who needs them looks at the paper.

use serde::{Deserialize, Serialize};

use crate::{
    matter::{Event, turn::Turn},
    refusal::Refusal,
    word::words,
};

words! {
    /// What somebody shows to say who they are. Its kind is all that is kept of it.
    IdentityPaper {
        /// 居民身份证
        ResidentCard = "resident_card",
        /// 户口簿
        HouseholdRegister = "household_register",
        /// 护照
        Passport = "passport",
        /// 营业执照
        BusinessLicence = "business_licence",
        /// 其他证明
        Other = "other",
    }
}

/// Notes that a party showed a paper that says who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteIdentity {
    /// Which party.
    pub party: u8,
    /// The kind of paper.
    pub paper: IdentityPaper,
}

impl NoteIdentity {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let party = turn.mediation()?.party(self.party).ok_or(Refusal::UnknownParty)?;
        if party.identity.contains(&self.paper) {
            return Err(Refusal::NothingToChange);
        }
        turn.record(Event::IdentityNoted { party: party.no, paper: self.paper });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        mediation::IdentityPaper,
        tests::{
            cast::{intake, mediator, other_mediator, party},
            mediating::{accepted, agreed},
            scenario::command,
        },
    };

    fn showed(no: u8, paper: &str) -> crate::matter::Command {
        command!(note_identity, "party": no, "paper": paper)
    }

    #[test]
    fn the_committee_notes_which_paper_it_saw() {
        accepted()
            .when(intake(), showed(1, "resident_card"))
            .refused("not_allowed")
            .when(party(1), showed(1, "resident_card"))
            .refused("not_allowed")
            .when(mediator(), showed(9, "resident_card"))
            .refused("unknown_party")
            .when(other_mediator(), showed(1, "resident_card"))
            .then("identity_noted")
            .when(mediator(), showed(1, "resident_card"))
            .refused("nothing_to_change")
            .when(mediator(), showed(1, "household_register"))
            .then("identity_noted")
            .and(|matter| {
                let mediation = matter.mediation.as_deref().unwrap();
                mediation.party(1).unwrap().identity
                    == [IdentityPaper::ResidentCard, IdentityPaper::HouseholdRegister]
                    && mediation.party(2).unwrap().identity.is_empty()
            });
        agreed().when(mediator(), showed(2, "other")).then("identity_noted");
    }
}
