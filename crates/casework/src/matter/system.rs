//! What the system itself does when a clock or a follow-up says so. Nobody else may send these.

use serde::{Deserialize, Serialize};

use super::{Event, Outcome, Stage, SupervisionLevel, turn::Turn};
use crate::{clock::Clock, id::MatterId, refusal::Refusal};

/// Another matter was merged into this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Absorb {
    /// The matter that was merged.
    pub from: MatterId,
}

impl Absorb {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.merged_from.contains(&self.from) {
            return Err(Refusal::NothingToChange);
        }
        let other = turn.context.other.filter(|other| other.id == self.from).ok_or(Refusal::UnknownMatter)?;
        turn.record(Event::Absorbed { from: other.id, from_number: other.number.clone() });
        Ok(())
    }
}

/// A quarter of the time is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Remind {}

impl Remind {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        match &turn.matter.clock {
            Some(clock) if !turn.matter.reminded && turn.now() >= clock.warn_at => {
                turn.record(Event::Reminded {})
            }
            Some(_) | None => return Err(Refusal::NotTimeYet),
        }
        Ok(())
    }
}

/// The limit is over: marked, and supervised at the first level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkOverdue {}

impl MarkOverdue {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        if turn.matter.overdue || turn.matter.clock.as_ref().is_none_or(|clock| turn.now() <= clock.due_at) {
            return Err(Refusal::NotTimeYet);
        }
        turn.record(Event::OverdueMarked {});
        if turn.matter.supervision.is_none() {
            turn.record(Event::Supervised { level: SupervisionLevel::Remind, words: None });
        }
        Ok(())
    }
}

/// The reporter did not supply what was asked for; the reporter may reopen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lapse {}

impl Lapse {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        turn.stage_is(&[Stage::AwaitingReporter])?;
        if turn.matter.clock.as_ref().is_none_or(|clock| turn.now() <= clock.due_at) {
            return Err(Refusal::NotTimeYet);
        }
        turn.record(Event::Lapsed {});
        turn.close(Outcome::NotSupplied);
        Ok(())
    }
}

/// No answer after a delivered notice: closed as no answer, never as satisfied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseUnanswered {}

impl CloseUnanswered {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        turn.stage_is(&[Stage::FollowUp])?;
        if turn.matter.rework_asked
            || turn.matter.clock.as_ref().is_none_or(|clock| turn.now() <= clock.due_at)
        {
            return Err(Refusal::NotTimeYet);
        }
        turn.close(turn.outcome_reached());
        Ok(())
    }
}

/// The calendar of another year was loaded: a provisional due day becomes a real one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecomputeClock {}

impl RecomputeClock {
    pub(super) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let clock =
            turn.matter.clock.as_ref().filter(|clock| clock.provisional).ok_or(Refusal::NothingToChange)?;
        let rule = turn.catalogue.limit_by_code(&clock.rule).ok_or(Refusal::NothingToChange)?;
        let site = turn.site();
        let due = site.calendar.recomputed(clock.started_at, clock.due_at, rule.limit, &site.zone);
        let anew = Clock::until(clock.rule.clone(), clock.started_at, due);
        if anew == *clock {
            return Err(Refusal::NothingToChange);
        }
        turn.record(Event::ClockRecomputed { clock: anew });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Outcome, Stage},
        tests::{
            cast::{dispatcher, handler, intake},
            place::{site, site_with},
            scenario::{Case, command, fresh, report},
        },
    };

    #[test]
    fn a_merged_report_is_absorbed_once() {
        let mut other = Case::reported(Class::Hazard).matter;
        other.id = fresh(2).id;
        let absorb = || command!(absorb, "from": fresh(2).id);
        Case::at(Class::Hazard, Stage::Handling)
            .when(Actor::System, absorb())
            .refused("unknown_matter")
            .beside(other)
            .when(dispatcher(), absorb())
            .refused("not_allowed")
            .when(Actor::System, absorb())
            .then("absorbed")
            .and(|matter| matter.merged_from == [fresh(2).id])
            .when(Actor::System, absorb())
            .refused("nothing_to_change");
    }

    #[test]
    fn a_limit_is_reminded_of_then_marked_and_supervised_at_the_first_level() {
        Case::at(Class::Hazard, Stage::Handling)
        .when(Actor::System, command!(remind))
        .refused("not_time_yet")
        .when(Actor::System, command!(mark_overdue))
        .refused("not_time_yet")
        .wakes("remind")
        .then("reminded")
        .when(Actor::System, command!(remind))
        .refused("not_time_yet")
        .wakes("mark_overdue")
        .then("overdue_marked supervised")
        .and(|matter| matter.overdue && matter.wake(site()).is_none())
        .when(Actor::System, command!(mark_overdue))
        .refused("not_time_yet")
        .does(handler(), command!(complete, "result": "done", "words": "修好", "photos": crate::tests::scenario::photos(1)))
        .and(|matter| !matter.overdue && !matter.reminded)
        .wakes("remind")
        .then("reminded")
        .wakes("mark_overdue")
        .then("overdue_marked");
    }

    #[test]
    fn what_is_not_supplied_lapses() {
        Case::at(Class::Service, Stage::AwaitingReporter)
            .when(Actor::System, command!(lapse))
            .refused("not_time_yet")
            .when(intake(), command!(lapse))
            .refused("not_allowed")
            .wakes("remind")
            .then("reminded")
            .wakes("lapse")
            .then("lapsed closed")
            .and(|matter| matter.outcome == Some(Outcome::NotSupplied));
    }

    #[test]
    fn no_answer_closes_but_never_as_satisfied() {
        Case::at(Class::Hazard, Stage::FollowUp)
            .when(Actor::System, command!(close_unanswered))
            .refused("not_time_yet")
            .wakes("remind")
            .then("reminded")
            .wakes("close_unanswered")
            .then("closed")
            .and(|matter| matter.outcome == Some(Outcome::StruckOff) && matter.rating.is_none());
    }

    #[test]
    fn a_second_unhappiness_is_not_closed_by_time() {
        Case::at(Class::Enquiry, Stage::FollowUp)
            .does(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "没有回答"))
            .does(handler(), command!(complete, "result": "done", "words": "再答"))
            .does(Actor::Reporter, command!(rate, "answer": "unhappy", "words": "还是没有"))
            .wakes("remind")
            .then("reminded")
            .wakes("mark_overdue")
            .then("overdue_marked supervised")
            .when(Actor::System, command!(close_unanswered))
            .refused("not_time_yet");
    }

    #[test]
    fn a_provisional_date_becomes_real_when_the_year_is_loaded() {
        let all = include_str!("../../../../catalogues/holidays.csv");
        let known: Vec<_> =
            all.lines().filter(|line| !line.starts_with("2025") && !line.starts_with("2026")).collect();
        let before = std::sync::Arc::new(site_with(&known.join("\n")));
        Case::reporting_at(before, "2024-12-30T09:00", &report(Class::Service), &Actor::Reporter)
            .unwrap()
            .does(intake(), command!(ask, "words": "在哪一户？"))
            .clock("supply 2025-01-13 23:59 provisional")
            .when(Actor::System, command!(recompute_clock))
            .refused("nothing_to_change")
            .at_site(site_with(all))
            .when(intake(), command!(recompute_clock))
            .refused("not_allowed")
            .when(Actor::System, command!(recompute_clock))
            .then("clock_recomputed")
            .clock("supply 2025-01-14 23:59")
            .when(Actor::System, command!(recompute_clock))
            .refused("nothing_to_change");
    }
}
