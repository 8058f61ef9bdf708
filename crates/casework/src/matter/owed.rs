//! Who owes the next step, by when: always one line on the screen.

use jiff::Timestamp;

use super::{Matter, Stage, Verification};
use crate::{
    actor::Role, area::AreaLevel, calendar::end_of, id::UnitId, site::Site, unit::UnitKind, word::words,
};

words! {
    /// Whose turn it is.
    Owes { Unit = "unit", Reporter = "reporter", Nobody = "nobody" }
}

/// One entry of a unit's queue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owed {
    /// The unit.
    pub unit: UnitId,
    /// The role in it that acts.
    pub role: Role,
    /// When it is due; standing still when the clock does.
    pub due_at: Option<Timestamp>,
    /// From when on it is soon due.
    pub warn_at: Option<Timestamp>,
    /// Whether the clock stands still.
    pub paused: bool,
}

impl Matter {
    /// Who owes the next step of the matter itself.
    #[must_use]
    pub fn owes(&self) -> Owes {
        match self.stage {
            Stage::AwaitingReporter => Owes::Reporter,
            Stage::Closed => Owes::Nobody,
            Stage::Reported
            | Stage::Screening
            | Stage::Dispatched
            | Stage::AwaitingRuling
            | Stage::Handling
            | Stage::Mediating
            | Stage::Verifying
            | Stage::FollowUp => Owes::Unit,
        }
    }

    /// The unit and role that owe the next step.
    #[must_use]
    pub fn owing_unit(&self, site: &Site) -> Option<(UnitId, Role)> {
        let centre = |role| Some((self.centre.clone(), role));
        match self.stage {
            Stage::Reported => centre(Role::Intake),
            Stage::Screening => centre(Role::Dispatcher),
            Stage::Dispatched | Stage::Handling => {
                self.lead.clone().map(|unit| (unit, Role::Handler)).or_else(|| centre(Role::Dispatcher))
            }
            Stage::Mediating => self
                .mediation
                .as_deref()
                .and_then(|mediation| mediation.handed_over()?.unit.clone())
                .and_then(|unit| {
                    let kind = site.units.get(&unit)?.kind;
                    Some((unit, if kind == UnitKind::Committee { Role::Mediator } else { Role::Handler }))
                })
                .or_else(|| self.lead.clone().map(|unit| (unit, Role::Mediator)))
                .or_else(|| centre(Role::Dispatcher)),
            Stage::AwaitingRuling => match &self.ruling {
                Some(ruling) if *ruling != self.centre => Some((ruling.clone(), Role::Dispatcher)),
                Some(_) | None => centre(Role::Director),
            },
            Stage::Verifying => match self.class.verification() {
                Verification::AtThePlace => match site.units.centre(self.area, AreaLevel::Village) {
                    Some(unit) if unit.level() == AreaLevel::Village => {
                        Some((unit.id.clone(), Role::GridWorker))
                    }
                    Some(_) | None => centre(Role::Intake),
                },
                Verification::PartiesToTheCentre | Verification::Reporter | Verification::None => {
                    centre(Role::Intake)
                }
            },
            Stage::FollowUp => centre(if self.rework_asked { Role::Dispatcher } else { Role::Intake }),
            Stage::AwaitingReporter | Stage::Closed => None,
        }
    }

    /// Every queue entry the matter makes: the next step, an extension to decide, co-handlers' answers.
    #[must_use]
    pub fn owed(&self, site: &Site) -> Vec<Owed> {
        let entry = |unit: UnitId, role: Role| Owed {
            unit,
            role,
            due_at: self
                .clock
                .as_ref()
                .or_else(|| self.pause.as_ref().and_then(|pause| pause.clock.as_ref()))
                .map(|clock| clock.due_at),
            warn_at: self.clock.as_ref().map(|clock| clock.warn_at),
            paused: self.pause.is_some(),
        };
        let mut owed: Vec<Owed> =
            self.owing_unit(site).into_iter().map(|(unit, role)| entry(unit, role)).collect();
        if self.extension_asked.is_some() {
            owed.push(entry(self.centre.clone(), Role::Dispatcher));
        }
        if self.stage == Stage::Handling {
            owed.extend(self.co_handlers.iter().filter(|co| !co.answered).map(|co| Owed {
                unit: co.unit.clone(),
                role: Role::Handler,
                due_at: Some(co.due_at),
                warn_at: Some(co.due_at),
                paused: false,
            }));
        }
        owed.extend(self.performance_owed(site));
        owed.sort_unstable();
        owed.dedup_by(|a, b| a.unit == b.unit && a.role == b.role);
        owed
    }

    /// The committee looks after a clause whose day has passed, also when the matter is closed.
    fn performance_owed(&self, site: &Site) -> Option<Owed> {
        let agreed = matches!(self.stage, Stage::Verifying | Stage::FollowUp | Stage::Closed);
        let mediation = self.mediation.as_deref().filter(|mediation| agreed && mediation.is_overdue())?;
        let late =
            mediation.in_effect()?.clauses.iter().filter(|clause| clause.overdue && clause.result.is_none());
        let due_at = late.map(|clause| end_of(clause.due_on, &site.zone)).min();
        Some(Owed { unit: self.lead.clone()?, role: Role::Mediator, due_at, warn_at: due_at, paused: false })
    }
}
