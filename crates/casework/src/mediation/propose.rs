//! Agreements: oral ones hold when they are recorded (RMTJF art. 28, 30), written ones when the last signature stands (art. 29).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AgreementForm, Mediation};
use crate::{
    matter::{ClauseRef, Event, turn::Turn},
    refusal::Refusal,
    text::{TextKind, TextRef},
};

/// A clause as it is given: who does what by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseGiven {
    /// The party that owes it.
    pub by: u8,
    /// What.
    pub words: String,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    pub due_on: Date,
    /// How much, in fen.
    #[serde(default)]
    pub fen: Option<u64>,
}

/// Puts a written agreement before the parties. A new one takes the place of the last and of its signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeAgreement {
    /// The main facts, what is disputed, each side's responsibility.
    pub facts: String,
    /// Its clauses.
    pub clauses: Vec<ClauseGiven>,
}

impl ProposeAgreement {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let (mediation, version) = may_agree(turn)?;
        let (facts, clauses) = written(turn, mediation, &self.facts, &self.clauses)?;
        turn.record(Event::AgreementProposed { version, form: AgreementForm::Written, facts, clauses });
        Ok(())
    }
}

/// Records an agreement by word of mouth; it holds from now on (RMTJF art. 30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeOrally {
    /// The main facts and what was disputed.
    pub facts: String,
    /// What was agreed.
    pub clauses: Vec<ClauseGiven>,
}

impl AgreeOrally {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let (mediation, version) = may_agree(turn)?;
        if !mediation.sessions.iter().any(|session| session.state == super::SessionState::Held) {
            return Err(Refusal::SessionMissing);
        }
        let (facts, clauses) = written(turn, mediation, &self.facts, &self.clauses)?;
        turn.record(Event::AgreementProposed { version, form: AgreementForm::Oral, facts, clauses });
        turn.agreement_takes_effect(version);
        Ok(())
    }
}

/// Each party has consented, a mediator is there, nothing is handed over.
fn may_agree<'a>(turn: &Turn<'a>) -> Result<(&'a Mediation, u8), Refusal> {
    let mediation = turn.mediation_under_way()?;
    if !mediation.all_consent() {
        return Err(Refusal::ConsentMissing);
    }
    if mediation.handed_over().is_some() {
        return Err(Refusal::HandedOver);
    }
    let version = mediation.agreement.as_ref().map_or(0, |agreement| agreement.version);
    version
        .checked_add(1)
        .map(|version| (mediation, version))
        .ok_or(Refusal::TooMany { field: "clauses", most: 255 })
}

fn written(
    turn: &mut Turn<'_>,
    mediation: &Mediation,
    facts: &str,
    clauses: &[ClauseGiven],
) -> Result<(TextRef, Vec<ClauseRef>), Refusal> {
    let most = turn.catalogue.mediation.clauses;
    if clauses.is_empty() {
        return Err(Refusal::WordsMissing { field: "clauses" });
    }
    if clauses.len() > usize::from(most) {
        return Err(Refusal::TooMany { field: "clauses", most: most.into() });
    }
    let today = turn.site().day(turn.now());
    let facts = turn.write("facts", TextKind::Agreement, facts)?;
    let clauses = (1_u8..)
        .zip(clauses)
        .map(|(no, clause)| {
            mediation.party(clause.by).ok_or(Refusal::UnknownParty)?;
            if clause.due_on < today {
                return Err(Refusal::DueInThePast);
            }
            let words = turn.write("clauses", TextKind::Agreement, &clause.words)?;
            Ok(ClauseRef { no, by: clause.by, words, due_on: clause.due_on, fen: clause.fen })
        })
        .collect::<Result<_, _>>()?;
    Ok((facts, clauses))
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{MediationResult, Outcome, Stage},
        mediation::Step,
        tests::{
            cast::{intake, mediator, other_mediator, party},
            mediating::{accepted, clauses, consented, proposed, sat_together},
            place::local,
            scenario::command,
        },
    };

    /// RMTJF art. 28, 30: an oral agreement is recorded, and holds from that day.
    #[test]
    fn an_oral_agreement_holds_at_once() {
        let agree = || command!(agree_orally, "facts": "排水沟改道", "clauses": clauses());
        consented().when(mediator(), agree()).refused("session_missing");
        sat_together()
            .when(other_mediator(), agree())
            .refused("not_allowed")
            .when(mediator(), agree())
            .then("agreement_proposed agreement_effective mediation_concluded")
            .is(Stage::Verifying)
            .owed(&["421321117.centre intake"])
            .and(|matter| {
                let mediation = matter.mediation.as_deref().unwrap();
                matter.result == Some(Outcome::Settled)
                    && mediation.result == Some(MediationResult::Agreement)
                    && mediation.step() == Step::Performing
                    && mediation.in_effect().unwrap().fen() == 300_000
            })
            .when(mediator(), command!(pass))
            .refused("not_allowed")
            .when(intake(), command!(pass))
            .then("passed");
    }

    /// RMTJF art. 3, 17: no agreement without each party's consent.
    #[test]
    fn nothing_is_agreed_without_consent() {
        accepted()
            .when(mediator(), command!(propose_agreement, "facts": "经过", "clauses": clauses()))
            .refused("consent_missing");
    }

    #[test]
    fn a_clause_says_who_does_what_by_when() {
        let with =
            |clauses: serde_json::Value| command!(propose_agreement, "facts": "经过", "clauses": clauses);
        let clause = |by: u8, words: &str, due_on: &str| serde_json::json!([{"by": by, "words": words, "due_on": due_on}]);
        sat_together()
            .when(mediator(), with(serde_json::json!([])))
            .refused("words_missing")
            .when(mediator(), with(clause(3, "改道", "2024-04-01")))
            .refused("unknown_party")
            .when(mediator(), with(clause(1, "", "2024-04-01")))
            .refused("words_missing")
            .when(mediator(), with(clause(1, "改道", "2024-03-01")))
            .refused("due_in_the_past")
            .when(mediator(), with(clause(1, "改道", "2024-04-01")))
            .then("agreement_proposed")
            .is(Stage::Mediating)
            .and(|matter| matter.mediation.as_deref().unwrap().step() == Step::Signing)
            .when(party(2), with(clause(1, "改道", "2024-04-01")))
            .refused("not_allowed");
    }

    /// RMTJF art. 33: thirty days from its effect; Civil Code art. 203 where the last of them is a rest day. A court confirms what
    /// is written.
    #[test]
    fn the_court_may_confirm_what_is_written_for_thirty_days() {
        let until = |day: &str| {
            let case = proposed().on(day).does(mediator(), command!(seal_agreement, "version": 1));
            let case = case
                .does(party(1), command!(sign, "version": 1))
                .does(party(2), command!(sign, "version": 1));
            local(case.matter.mediation.as_deref().unwrap().confirmation.as_ref().unwrap().until)
        };
        assert_eq!(until("2024-03-04T15:00"), "2024-04-03 23:59");
        assert_eq!(until("2024-03-05T15:00"), "2024-04-07 23:59");
        assert_eq!(until("2024-09-02T15:00"), "2024-10-08 23:59");
        let oral =
            sat_together().does(mediator(), command!(agree_orally, "facts": "经过", "clauses": clauses()));
        assert!(oral.matter.mediation.as_deref().unwrap().confirmation.is_none());
    }
}
