//! What was agreed is watched over, clause by clause (RMTJF art. 31): reminders before the day, a mark after it, visits. An agreement that is
//! not performed goes to the court (art. 32, 33); it is no failure of the mediation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Agreement, Clause, ClauseResult};
use crate::{
    calendar::end_of,
    id::PhotoId,
    matter::{Event, turn::Turn},
    refusal::Refusal,
    text::TextKind,
};

fn agreement<'a>(turn: &Turn<'a>) -> Result<&'a Agreement, Refusal> {
    turn.mediation()?.in_effect().ok_or(Refusal::AgreementMissing)
}

/// A clause of which nobody has said what became of it.
fn open<'a>(turn: &Turn<'a>, no: u8) -> Result<&'a Clause, Refusal> {
    let agreement = agreement(turn)?;
    if agreement.clauses.iter().all(|clause| clause.result.is_some()) {
        return Err(Refusal::NothingToPerform);
    }
    let clause = agreement.clause(no).ok_or(Refusal::UnknownClause)?;
    if clause.result.is_some() { Err(Refusal::UnknownClause) } else { Ok(clause) }
}

/// A clause was performed, or it is clear that it was not. A party says so of what is owed to it; the mediator of any clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPerformance {
    /// The clause.
    pub clause: u8,
    /// What became of it.
    pub result: ClauseResult,
    /// On which day; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
    /// More about it.
    #[serde(default)]
    pub words: Option<String>,
    /// The receipt, or the place.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl RecordPerformance {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let clause = open(turn, self.clause)?;
        // Who owes it does not say alone that it is done.
        if turn.party_acting(None).is_ok_and(|party| party == clause.by)
            && self.result == ClauseResult::Performed
        {
            return Err(Refusal::OtherSideSays);
        }
        let today = turn.site().day(turn.now());
        let on = match self.result {
            ClauseResult::Performed => {
                let on = self.on.unwrap_or(today);
                if on > today || turn.site().day(turn.matter.reported_at) > on {
                    return Err(Refusal::NotYetHeld);
                }
                Some(on)
            }
            ClauseResult::NotPerformed => None,
        };
        let words = turn.write_if_any("words", TextKind::Agreement, self.words.as_deref())?;
        let photos = turn.photos(&self.photos)?;
        turn.record(Event::ClauseRecorded { clause: clause.no, result: self.result, on, words, photos });
        Ok(())
    }
}

/// A visit afterwards 回访: whether it holds, whether it flares up again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// What was found.
    pub words: String,
}

impl Visit {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        agreement(turn)?;
        let words = turn.write("words", TextKind::Agreement, &self.words)?;
        turn.record(Event::Visited { words });
        Ok(())
    }
}

/// A clause is due soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemindClause {
    /// Which.
    pub clause: u8,
}

impl RemindClause {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let clause = open(turn, self.clause)?;
        if clause.reminded || turn.now() < super::wake::remind_at(clause, turn.catalogue, turn.site()) {
            return Err(Refusal::NotTimeYet);
        }
        turn.record(Event::ClauseReminded { clause: clause.no });
        Ok(())
    }
}

/// A clause's day passed and nobody said that it was performed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkClauseOverdue {
    /// Which.
    pub clause: u8,
}

impl MarkClauseOverdue {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let clause = open(turn, self.clause)?;
        if clause.overdue || turn.now() <= end_of(clause.due_on, &turn.site().zone) {
            return Err(Refusal::NotTimeYet);
        }
        turn.record(Event::ClauseOverdue { clause: clause.no });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::Stage,
        mediation::Step,
        tests::{
            cast::{intake, mediator, party},
            mediating::{agreed, sat_together},
            scenario::{command, photos},
        },
    };

    fn performed(clause: u8) -> crate::matter::Command {
        command!(record_performance, "clause": clause, "result": "performed")
    }

    /// RMTJF art. 31: performance is watched over, also when the matter is closed.
    #[test]
    fn each_clause_is_reminded_of_marked_and_recorded() {
        agreed()
            .does(intake(), command!(pass))
            .does(Actor::Reporter, command!(rate, "answer": "satisfied"))
            .is(Stage::Closed)
            .wakes("remind_clause")
            .then("clause_reminded")
            .on("2024-03-19T09:00")
            .when(party(2), performed(1))
            .refused("other_side_says")
            .when(party(1), performed(1))
            .then("clause_recorded")
            .when(party(1), performed(1))
            .refused("unknown_clause")
            .wakes("remind_clause")
            .then("clause_reminded")
            .wakes("mark_clause_overdue")
            .then("clause_overdue")
            .owed(&["421321117.mediation mediator"])
            .when(mediator(), command!(visit, "words": "上门看过，说好月底前付清"))
            .then("visited")
            .when(
                mediator(),
                command!(record_performance, "clause": 2, "result": "performed", "photos": photos(1)),
            )
            .then("clause_recorded")
            .and(|matter| matter.mediation.as_deref().unwrap().step() == Step::Ended)
            .owed(&[])
            .when(mediator(), performed(2))
            .refused("nothing_to_perform")
            .wakes("lapse_confirmation")
            .then("confirmation_lapsed")
            .wakes("archive")
            .then("archived");
    }

    #[test]
    fn the_archive_waits_for_what_was_promised() {
        agreed()
            .does(intake(), command!(pass))
            .does(Actor::Reporter, command!(rate, "answer": "satisfied"))
            .on("2024-05-30T09:00")
            .when(Actor::System, command!(archive))
            .refused("performance_open");
    }

    #[test]
    fn what_was_not_performed_is_said_so() {
        agreed()
            .when(mediator(), command!(record_performance, "clause": 3, "result": "not_performed"))
            .refused("unknown_clause")
            .when(
                mediator(),
                command!(record_performance, "clause": 1, "result": "performed", "on": "2024-06-01"),
            )
            .refused("not_yet_held")
            .when(
                party(2),
                command!(record_performance, "clause": 1, "result": "not_performed", "words": "没有钱"),
            )
            .then("clause_recorded");
        sat_together().when(mediator(), performed(1)).refused("not_in_this_stage");
    }
}
