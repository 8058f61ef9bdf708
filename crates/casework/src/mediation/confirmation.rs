//! Judicial confirmation 司法确认: within thirty days of the agreement's effect, both parties together, to the basic court (RMTJF art. 33;
//! Civil Procedure Law art. 205). The question to the parties is `question.rs`; here are the court's answer and the end of the time.

use serde::{Deserialize, Serialize};

use super::ConfirmationState;
use crate::{
    matter::{Event, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

/// Records what the court said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConfirmation {
    /// Confirmed, dismissed or inadmissible.
    pub result: ConfirmationState,
    /// The court's file number and what it said.
    pub words: String,
}

impl RecordConfirmation {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let confirmation = turn.mediation()?.confirmation.as_ref().ok_or(Refusal::AgreementMissing)?;
        if confirmation.state != ConfirmationState::Applied {
            return Err(Refusal::NotApplied);
        }
        match self.result {
            ConfirmationState::Confirmed | ConfirmationState::Dismissed | ConfirmationState::Inadmissible => {
            }
            ConfirmationState::Open | ConfirmationState::Applied | ConfirmationState::Lapsed => {
                return Err(Refusal::UnknownChoice { field: "result" });
            }
        }
        let words = turn.write("words", TextKind::Agreement, &self.words)?;
        turn.record(Event::ConfirmationRecorded { result: self.result, words });
        Ok(())
    }
}

/// The thirty days are over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LapseConfirmation {}

impl LapseConfirmation {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let open = turn.mediation()?.confirmation.as_ref().filter(|it| it.state == ConfirmationState::Open);
        if open.ok_or(Refusal::NothingToChange)?.until >= turn.now() {
            return Err(Refusal::NotTimeYet);
        }
        turn.record(Event::ConfirmationLapsed {});
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        mediation::ConfirmationState,
        tests::{
            cast::{intake, mediator, party},
            mediating::{agreed, sat_together},
            scenario::{Case, command},
        },
    };

    fn ask() -> crate::matter::Command {
        command!(ask_parties, "about": {"kind": "confirmation"})
    }

    fn yes() -> crate::matter::Command {
        command!(answer_question, "question": 1, "yes": true)
    }

    fn state(case: &Case) -> ConfirmationState {
        case.matter.mediation.as_deref().unwrap().confirmation.as_ref().unwrap().state
    }

    /// RMTJF art. 33: both parties jointly.
    #[test]
    fn both_apply_and_the_court_answers() {
        let recorded = |result: &str| command!(record_confirmation, "result": result, "words": "（2024）鄂1321诉前调确45号");
        let case = agreed()
            .when(mediator(), recorded("confirmed"))
            .refused("not_applied")
            .when(mediator(), ask())
            .then("parties_asked")
            .when(party(1), yes())
            .then("party_answered")
            .when(mediator(), recorded("confirmed"))
            .refused("not_applied")
            .does(intake(), command!(pass))
            .when(party(2), yes())
            .then("party_answered confirmation_applied")
            .when(mediator(), recorded("lapsed"))
            .refused("unknown_choice")
            .when(mediator(), recorded("confirmed"))
            .then("confirmation_recorded");
        assert_eq!(state(&case), ConfirmationState::Confirmed);
    }

    #[test]
    fn it_may_be_asked_for_as_long_as_it_is_open() {
        let possible = |case: &Case| {
            let context = crate::matter::Context::new(case.now, &case.site, [0; 32]);
            case.matter.possible(crate::matter::CommandKind::AskParties, &mediator(), &context)
        };
        assert_eq!(possible(&sat_together()), Ok(()));
        assert_eq!(possible(&agreed()), Ok(()));
        let late = agreed().on("2024-04-08T00:01");
        assert_eq!(possible(&late), Err(crate::Refusal::ConfirmationOver));
    }

    /// RMTJF art. 33: within thirty days.
    #[test]
    fn after_thirty_days_nobody_applies() {
        let late = agreed().does(mediator(), ask()).does(party(1), yes()).on("2024-04-08T00:01");
        let late = late.when(party(2), yes()).refused("confirmation_over");
        let lapsed = late.when(Actor::System, command!(lapse_confirmation)).then("confirmation_lapsed");
        assert_eq!(state(&lapsed), ConfirmationState::Lapsed);
        lapsed.when(mediator(), ask()).refused("confirmation_over");
        agreed().when(Actor::System, command!(lapse_confirmation)).refused("not_time_yet");
        sat_together().when(mediator(), ask()).refused("agreement_missing");
    }
}
