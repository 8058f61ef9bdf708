//! The question about violence at home: each party is asked by itself. Until each has answered nobody sits together; a yes keeps
//! them apart, and shows where help is (Anti-DV Act art. 14, 15, 23, 35).

use serde::{Deserialize, Serialize};

use crate::{
    matter::{Event, turn::Turn},
    refusal::Refusal,
};

/// Answers the question, or notes a party's answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerSafety {
    /// Which party; a party itself leaves it out.
    #[serde(default)]
    pub party: Option<u8>,
    /// Whether there is violence, or the fear of it.
    pub violence: bool,
}

impl AnswerSafety {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        let no = turn.party_acting(self.party)?;
        let before = mediation.party(no).ok_or(Refusal::UnknownParty)?.violence;
        // Who said yes may be made to say no: the yes stays.
        if before == Some(true) || before == Some(self.violence) {
            return Err(Refusal::NothingToChange);
        }
        turn.record(Event::SafetyAnswered { party: no, violence: self.violence });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::{dispatcher, mediator, other_mediator, party},
        mediating::{consented, together, tomorrow},
        scenario::command,
    };

    /// Anti-DV Act art. 14, 35, and art. 15, 23 for the protection that is shown.
    #[test]
    fn a_yes_keeps_them_apart() {
        let apart = |no: u8| command!(set_session, "starts_at": tomorrow(), "minutes": 60, "form": "apart", "with": no, "venue": "committee");
        consented()
            .when(mediator(), together(tomorrow()))
            .refused("safety_unanswered")
            .when(party(1), command!(answer_safety, "violence": false))
            .then("safety_answered")
            .when(mediator(), together(tomorrow()))
            .refused("safety_unanswered")
            .when(mediator(), command!(answer_safety, "violence": true))
            .refused("unknown_party")
            .when(mediator(), command!(answer_safety, "party": 2, "violence": true))
            .then("safety_answered")
            .when(party(2), command!(answer_safety, "violence": false))
            .refused("nothing_to_change")
            .when(mediator(), together(tomorrow()))
            .refused("apart_only")
            .when(mediator(), apart(2))
            .then("session_set");
    }

    #[test]
    fn only_the_mediators_ask_it() {
        consented()
            .when(dispatcher(), command!(answer_safety, "party": 1, "violence": false))
            .refused("not_allowed")
            .when(other_mediator(), command!(answer_safety, "party": 1, "violence": false))
            .then("safety_answered")
            .when(party(1), command!(answer_safety, "party": 2, "violence": false))
            .refused("unknown_party");
    }
}
