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
