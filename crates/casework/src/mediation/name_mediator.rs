//! Who mediates: assigned by the committee or chosen by the parties (RMTJF art. 19, 23). Any party may ask for another; a mediator
//! with a stake in it steps back.

use serde::{Deserialize, Serialize};

use super::session::set_sessions_fit;
use crate::{
    id::AccountId,
    matter::{Event, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

/// The committee names the mediator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameMediator {
    /// The mediator's account.
    pub mediator: AccountId,
}

impl NameMediator {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        if mediation.mediator == Some(self.mediator) {
            return Err(Refusal::NothingToChange);
        }
        let mediator = turn.mediator(self.mediator)?;
        set_sessions_fit(turn, mediation)?;
        turn.record(Event::MediatorNamed { mediator, chosen: false });
        Ok(())
    }
}

/// A party chooses; when all parties choose the same mediator, that one mediates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseMediator {
    /// The mediator's account.
    pub mediator: AccountId,
}

impl ChooseMediator {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        let party = turn.party_acting(None)?;
        if mediation.party(party).is_some_and(|chooser| chooser.chose == Some(self.mediator)) {
            return Err(Refusal::NothingToChange);
        }
        let mediator = turn.mediator(self.mediator)?;
        if mediation.mediator != Some(mediator) {
            set_sessions_fit(turn, mediation)?;
        }
        let agree = |other: &super::Party| other.no == party || other.chose == Some(mediator);
        let all = mediation.has_two_sides() && mediation.parties.iter().all(agree);
        turn.record(Event::MediatorChosen { party, mediator });
        if all && mediation.mediator != Some(mediator) {
            turn.record(Event::MediatorNamed { mediator, chosen: true });
        }
        Ok(())
    }
}

/// A party asks for another mediator: once without a reason, later with one. The present one steps back at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskOtherMediator {
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl AskOtherMediator {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        let no = turn.party_acting(None)?;
        let mediator = mediation.mediator.ok_or(Refusal::MediatorMissing)?;
        let asked = mediation.party(no).map_or(0, |party| party.asked_other);
        let reason = match self.reason.as_deref() {
            Some(reason) if !reason.trim().is_empty() => {
                Some(turn.write("reason", TextKind::Session, reason)?)
            }
            Some(_) | None if asked > 0 => return Err(Refusal::WordsMissing { field: "reason" }),
            Some(_) | None => None,
        };
        turn.record(Event::OtherMediatorAsked { party: no, mediator, reason });
        Ok(())
    }
}

/// A mediator says that a relationship or an interest stands in the way, and steps back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareConflict {
    /// Which.
    pub reason: String,
}

impl DeclareConflict {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        turn.mediation_under_way()?;
        let mediator = turn.by.account().ok_or(Refusal::NotAllowed)?;
        let reason = turn.write("reason", TextKind::Session, &self.reason)?;
        turn.record(Event::ConflictDeclared { mediator, reason });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Busy, Command, Matter, Stretch},
        tests::{
            cast::{mediator, other_mediator, party},
            mediating::{accepted, consented, safe, together, tomorrow},
            place::at,
            scenario::{Case, command, fresh},
        },
    };

    const FIRST: &str = "00000000-0000-0000-0000-00000000000e";
    const OTHER: &str = "00000000-0000-0000-0000-000000000017";

    fn mediates(matter: &Matter) -> Option<String> {
        matter.mediation.as_deref().unwrap().mediator.map(|account| account.to_string())
    }

    /// RMTJF art. 19: assigned, or chosen by the parties.
    #[test]
    fn the_parties_choose_when_they_choose_the_same() {
        accepted()
            .and(|matter| mediates(matter).as_deref() == Some(FIRST))
            .when(party(1), command!(choose_mediator, "mediator": OTHER))
            .refused("not_a_mediator")
            .naming(&other_mediator())
            .when(party(1), command!(choose_mediator, "mediator": OTHER))
            .then("mediator_chosen")
            .and(|matter| mediates(matter).as_deref() == Some(FIRST))
            .when(party(1), command!(choose_mediator, "mediator": OTHER))
            .refused("nothing_to_change")
            .when(party(2), command!(choose_mediator, "mediator": OTHER))
            .then("mediator_chosen mediator_named")
            .and(|matter| mediates(matter).as_deref() == Some(OTHER));
    }

    /// RMTJF art. 23: the right to another mediator.
    #[test]
    fn a_party_asks_for_another_once_without_a_reason() {
        consented()
            .when(party(2), command!(ask_other_mediator))
            .then("other_mediator_asked")
            .and(|matter| mediates(matter).is_none())
            .when(mediator(), together(tomorrow()))
            .refused("not_allowed")
            .when(party(2), command!(ask_other_mediator, "reason": "再换"))
            .refused("mediator_missing")
            .naming(&mediator())
            .when(other_mediator(), command!(name_mediator, "mediator": FIRST))
            .refused("mediator_stepped_back")
            .naming(&other_mediator())
            .when(other_mediator(), command!(name_mediator, "mediator": OTHER))
            .then("mediator_named")
            .when(other_mediator(), command!(name_mediator, "mediator": OTHER))
            .refused("nothing_to_change")
            .when(party(2), command!(ask_other_mediator))
            .refused("words_missing")
            .when(party(1), command!(ask_other_mediator))
            .then("other_mediator_asked");
    }

    fn names_other() -> Command {
        command!(name_mediator, "mediator": OTHER)
    }

    /// A case in which the other mediator sits elsewhere for an hour of the fifth.
    fn busy(case: Case, from: &str, to: &str) -> Case {
        let time = Stretch { starts_at: at(from), ends_at: at(to) };
        case.naming(&other_mediator()).busy(Busy { matter: fresh(7).id, session: 1, time })
    }

    /// Nobody sits at two tables, whoever is to take a session over.
    #[test]
    fn who_takes_over_is_free_at_the_times_that_are_set() {
        let set = || safe().does(mediator(), together(tomorrow()));
        let clashing = busy(set(), "2024-03-05T10:30", "2024-03-05T11:30");
        let tried = clashing.clone().when(other_mediator(), names_other());
        insta::assert_json_snapshot!(tried.result.clone().unwrap_err().params(), @r#"
        {
          "code": "mediator_busy",
          "free": [
            {
              "ends_at": "2024-03-05T02:30:00Z",
              "starts_at": "2024-03-05T00:00:00Z"
            },
            {
              "ends_at": "2024-03-05T10:00:00Z",
              "starts_at": "2024-03-05T03:30:00Z"
            }
          ],
          "session": 1
        }
        "#);
        tried
            .refused("mediator_busy")
            .when(party(1), command!(choose_mediator, "mediator": OTHER))
            .refused("mediator_busy")
            .does(other_mediator(), command!(cancel_session, "session": 1, "reason": "换调解员"))
            .does(other_mediator(), names_other());
        busy(set(), "2024-03-05T11:00", "2024-03-05T12:00").does(other_mediator(), names_other());
        // What is over is in nobody's way.
        clashing.on("2024-03-05T11:00").does(other_mediator(), names_other());
    }

    #[test]
    fn a_party_learns_nothing_of_a_session_with_the_other() {
        let apart = command!(set_session, "starts_at": tomorrow(), "minutes": 60, "form": "apart", "with": 2, "venue": "committee");
        let case = busy(consented().does(mediator(), apart), "2024-03-05T10:30", "2024-03-05T11:30");
        let told = |no| {
            let tried = case.clone().when(party(no), command!(choose_mediator, "mediator": OTHER));
            tried.result.unwrap_err().params()
        };
        assert_eq!(told(1), serde_json::json!({"code": "mediator_busy", "free": []}));
        assert_eq!(told(2)["session"], 1);
    }

    #[test]
    fn a_mediator_with_a_stake_steps_back_and_reads_nothing_private() {
        consented()
            .when(mediator(), command!(declare_conflict, "reason": ""))
            .refused("words_missing")
            .when(mediator(), command!(declare_conflict, "reason": "当事人是我表弟"))
            .then("conflict_declared")
            .and(|matter| mediates(matter).is_none())
            .when(mediator(), command!(note_caucus, "party": 1, "words": "单独说的话"))
            .refused("not_allowed")
            .when(mediator(), command!(declare_conflict, "reason": "再说一次"))
            .refused("not_allowed");
    }
}
