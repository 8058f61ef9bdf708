//! What needs every party's yes: another person at the table (RMTJF art. 20), an open session (art. 23), more time (MoJ 2002 art. 36),
//! the court's confirmation (RMTJF art. 33). One way of asking for all of them, so that a party sees at one place what is asked of it.

use serde::{Deserialize, Serialize};

use super::{About, ConfirmationState, Mediation, ParticipantKind, Question, Way};
use crate::{
    matter::{Event, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asked {
    /// May this person join?
    Participant {
        /// Who, in kind.
        role: ParticipantKind,
        /// The name.
        name: String,
    },
    /// May others listen?
    OpenSessions,
    /// May it take this much longer?
    Extension {
        /// Calendar days from the present limit.
        days: u32,
    },
    /// Shall the court confirm the agreement?
    Confirmation {
        /// Which court, as the application names it.
        #[serde(default)]
        court: Option<String>,
    },
}

/// Asks all parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskParties {
    /// What.
    pub about: Asked,
}

impl AskParties {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation()?;
        let most = turn.catalogue.mediation.questions;
        let no = next(mediation, most)?;
        let about = match &self.about {
            Asked::Participant { role, name } => {
                turn.mediation_under_way()?;
                let name = turn.write("name", TextKind::Party, name)?;
                About::Participant { role: *role, name }
            }
            Asked::OpenSessions => {
                turn.mediation_under_way()?;
                About::OpenSessions
            }
            Asked::Extension { days } => {
                turn.mediation_under_way()?;
                let most = turn.catalogue.mediation.extension_days;
                if !(1..=most).contains(days) {
                    return Err(Refusal::DaysOutOfBounds { field: "days", most });
                }
                if turn.matter.clock.is_none() {
                    return Err(Refusal::AlreadySuspended);
                }
                About::Extension { days: *days }
            }
            Asked::Confirmation { court } => {
                may_be_confirmed(turn, mediation)?;
                About::Confirmation {
                    court: turn.write_if_any("court", TextKind::Agreement, court.as_deref())?,
                }
            }
        };
        let same = |question: &Question| {
            !question.declined
                && question.about.asks_as(&about)
                && (!mediation.holds(question) || !matches!(about, About::Extension { .. }))
        };
        if mediation.questions.iter().any(same) {
            return Err(Refusal::AskedAlready);
        }
        turn.record(Event::PartiesAsked { no, about });
        Ok(())
    }
}

fn next(mediation: &Mediation, most: u8) -> Result<u8, Refusal> {
    let last = mediation.questions.iter().map(|question| question.no).max().unwrap_or(0);
    if last >= most {
        return Err(Refusal::TooMany { field: "about", most: most.into() });
    }
    Ok(last.saturating_add(1))
}

/// Both may apply within thirty days of the agreement's effect, together (RMTJF art. 33; Civil Procedure Law art. 205).
fn may_be_confirmed(turn: &Turn<'_>, mediation: &Mediation) -> Result<(), Refusal> {
    let confirmation = mediation.confirmation.as_ref().ok_or(Refusal::AgreementMissing)?;
    match confirmation.state {
        ConfirmationState::Open if turn.now() <= confirmation.until => Ok(()),
        ConfirmationState::Open | ConfirmationState::Lapsed => Err(Refusal::ConfirmationOver),
        ConfirmationState::Applied
        | ConfirmationState::Confirmed
        | ConfirmationState::Dismissed
        | ConfirmationState::Inadmissible => Err(Refusal::AskedAlready),
    }
}

/// A party answers, or the committee notes its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    /// The question.
    pub question: u8,
    /// Yes or no.
    pub yes: bool,
    /// Which party; a party itself leaves it out.
    #[serde(default)]
    pub party: Option<u8>,
    /// How it answered; on its page when left out.
    #[serde(default)]
    pub way: Option<Way>,
}

impl AnswerQuestion {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation()?;
        if mediation.questions.iter().all(|question| question.declined || mediation.holds(question)) {
            return Err(Refusal::NothingAsked);
        }
        let party = turn.party_acting(self.party)?;
        let question = mediation.question(self.question).ok_or(Refusal::UnknownQuestion)?;
        if question.declined || question.yes.contains(&party) {
            return Err(Refusal::AnsweredAlready);
        }
        if matches!(question.about, About::Confirmation { .. }) {
            may_be_confirmed(turn, mediation)?;
        } else {
            turn.mediation_under_way()?;
        }
        if matches!(question.about, About::Extension { .. }) && turn.matter.clock.is_none() {
            return Err(Refusal::AlreadySuspended);
        }
        let way = match (self.party, self.way) {
            (None, _) => Way::Page,
            (Some(_), Some(way)) if way != Way::Page => way,
            (Some(_), _) => return Err(Refusal::UnknownChoice { field: "way" }),
        };
        turn.record(Event::PartyAnswered { question: question.no, party, yes: self.yes, way });
        let mut answered = question.clone();
        answered.yes.push(party);
        if self.yes && mediation.holds(&answered) {
            agreed(turn, &answered.about);
        }
        Ok(())
    }
}

/// What follows when each party has said yes.
fn agreed(turn: &mut Turn<'_>, about: &About) {
    match about {
        About::Participant { .. } | About::OpenSessions => {}
        About::Extension { days } => {
            if let Some(clock) = turn.clock_extended(*days) {
                turn.record(Event::MediationExtended { days: *days, clock });
            }
        }
        About::Confirmation { .. } => turn.record(Event::ConfirmationApplied {}),
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::{dispatcher, mediator, party},
        mediating::{consented, together, tomorrow},
        scenario::command,
    };

    fn ask(about: serde_json::Value) -> crate::matter::Command {
        command!(ask_parties, "about": about)
    }

    /// RMTJF art. 20: others join with the parties' consent.
    #[test]
    fn others_join_with_each_partys_yes() {
        consented()
            .when(
                mediator(),
                ask(serde_json::json!({"kind": "participant", "role": "neighbour", "name": ""})),
            )
            .refused("words_missing")
            .when(
                mediator(),
                ask(serde_json::json!({"kind": "participant", "role": "neighbour", "name": "邻居某"})),
            )
            .then("parties_asked")
            .when(party(1), command!(answer_question, "question": 9, "yes": true))
            .refused("unknown_question")
            .when(party(1), command!(answer_question, "question": 1, "yes": true))
            .then("party_answered")
            .when(party(1), command!(answer_question, "question": 1, "yes": true))
            .refused("answered_already")
            .when(
                dispatcher(),
                command!(answer_question, "question": 1, "yes": true, "party": 2, "way": "phone"),
            )
            .refused("not_allowed")
            .when(
                mediator(),
                command!(answer_question, "question": 1, "yes": true, "party": 2, "way": "phone"),
            )
            .then("party_answered")
            .and(|matter| {
                let mediation = matter.mediation.as_deref().unwrap();
                mediation.holds(&mediation.questions[0])
            })
            .when(party(2), command!(answer_question, "question": 1, "yes": true))
            .refused("nothing_asked");
    }

    /// RMTJF art. 23: open only when each party says so.
    #[test]
    fn a_session_is_closed_unless_both_say_open() {
        let open = || {
            let mut value = serde_json::to_value(together(tomorrow())).unwrap();
            value["open"] = true.into();
            serde_json::from_value(value).unwrap()
        };
        consented()
            .does(mediator(), command!(answer_safety, "party": 1, "violence": false))
            .does(mediator(), command!(answer_safety, "party": 2, "violence": false))
            .when(mediator(), open())
            .refused("closed_unless_agreed")
            .does(mediator(), ask(serde_json::json!({"kind": "open_sessions"})))
            .does(party(1), command!(answer_question, "question": 1, "yes": true))
            .when(mediator(), open())
            .refused("closed_unless_agreed")
            .does(party(2), command!(answer_question, "question": 1, "yes": true))
            .when(mediator(), ask(serde_json::json!({"kind": "open_sessions"})))
            .refused("asked_already")
            .when(mediator(), open())
            .then("session_set");
    }

    /// MoJ Rules 2002 art. 36: one month, longer only with both parties' consent.
    #[test]
    fn it_takes_longer_only_when_both_agree() {
        let longer = |days: u32| ask(serde_json::json!({"kind": "extension", "days": days}));
        let answer = |yes: bool, question: u8| command!(answer_question, "question": question, "yes": yes);
        consented()
            .clock("mediate 2024-04-03 23:59")
            .when(mediator(), longer(0))
            .refused("days_out_of_bounds")
            .when(mediator(), longer(31))
            .refused("days_out_of_bounds")
            .when(mediator(), longer(10))
            .then("parties_asked")
            .when(mediator(), longer(10))
            .refused("asked_already")
            .when(party(1), answer(false, 1))
            .then("party_answered")
            .when(party(2), answer(true, 1))
            .refused("nothing_asked")
            .clock("mediate 2024-04-03 23:59")
            .does(mediator(), longer(10))
            .does(party(1), answer(true, 2))
            .when(party(2), answer(true, 2))
            .then("party_answered mediation_extended")
            .clock("mediate 2024-04-15 23:59")
            .when(mediator(), longer(10))
            .then("parties_asked");
    }
}
