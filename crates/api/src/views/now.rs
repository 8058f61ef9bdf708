//! Who owes the next step, by when: one line, the same everywhere.

use casework::{
    actor::Role,
    clock::Light,
    matter::{Matter, Outcome, Owes, Stage},
    site::Site,
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::area::UnitRef;

/// Whose turn it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OwedBy {
    kind: Owes,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
}

/// Where a matter stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Now {
    pub(crate) stage: Stage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<Outcome>,
    owed_by: OwedBy,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// The due day may move when the calendar of its year is loaded.
    provisional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<Light>,
    /// Working days left; negative when over.
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paused_because: Option<String>,
}

impl Now {
    pub(crate) fn of(matter: &Matter, site: &Site, now: Timestamp) -> Self {
        let owing = matter.owing_unit(site);
        let clock = matter.clock.as_ref();
        let light = match (&matter.pause, clock) {
            (Some(_), _) => Some(Light::Grey),
            (None, Some(clock)) => Some(clock.light(now)),
            (None, None) => None,
        };
        Self {
            stage: matter.stage,
            outcome: matter.outcome,
            owed_by: OwedBy {
                kind: matter.owes(),
                unit: owing.as_ref().map(|(unit, _)| UnitRef::at(unit, site)),
                role: owing.map(|(_, role)| role),
            },
            due_at: clock.map(|clock| clock.due_at),
            provisional: clock.is_some_and(|clock| clock.provisional),
            light,
            days_left: clock
                .map(|clock| site.calendar.working_days_between(site.day(now), site.day(clock.due_at))),
            paused_because: matter.pause.as_ref().map(|pause| pause.because.clone()),
        }
    }
}
