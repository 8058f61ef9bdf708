//! Totals by area, day of report and class, kept in the write transaction: a matter's contribution after a change minus
//! the one before.

use std::collections::BTreeMap;

use casework::{
    area::{AreaCode, AreaLevel},
    matter::{Answer, Class, Matter, Outcome, Stage},
    site::Site,
};
use jiff::civil::Date;

/// The columns of the table, in order.
pub const SUM_COLUMNS: [&str; 12] = [
    "reported",
    "handled",
    "settled",
    "struck_off",
    "failed",
    "refused",
    "withdrawn",
    "asked",
    "answered",
    "satisfied",
    "reworked",
    "open",
];

/// Sums of one area, day and class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Matters reported.
    pub reported: i64,
    /// Of those, handled.
    pub handled: i64,
    /// Disputes settled.
    pub settled: i64,
    /// Hazards struck off.
    pub struck_off: i64,
    /// Disputes that could not be settled.
    pub failed: i64,
    /// Mediations that a party refused or stopped.
    pub refused: i64,
    /// Withdrawn by the reporter.
    pub withdrawn: i64,
    /// Reporters asked for their judgement.
    pub asked: i64,
    /// Of those, who answered.
    pub answered: i64,
    /// Of those, satisfied.
    pub satisfied: i64,
    /// Matters whose work was done again.
    pub reworked: i64,
    /// Not closed.
    pub open: i64,
}

impl Sums {
    /// What one matter adds.
    #[must_use]
    pub fn of(matter: &Matter) -> Self {
        let one = |holds: bool| i64::from(holds);
        let outcome = |wanted| one(matter.outcome == Some(wanted));
        if !matter.counts() {
            return Self::default();
        }
        Self {
            reported: 1,
            handled: one(matter.is_handled()),
            settled: one(matter.is_settled()),
            struck_off: outcome(Outcome::StruckOff),
            failed: outcome(Outcome::Failed),
            refused: outcome(Outcome::Refused),
            withdrawn: outcome(Outcome::Withdrawn),
            asked: one(matter.rating.is_some()
                || matter.stage == Stage::FollowUp
                || matter.outcome.is_some_and(Outcome::is_handled)),
            answered: one(matter.rating.is_some_and(|answer| answer != Answer::NoAnswer)),
            satisfied: one(matter.rating == Some(Answer::Satisfied)),
            reworked: one(matter.rework > 0),
            open: one(matter.stage != Stage::Closed),
        }
    }

    pub(crate) fn to_array(self) -> [i64; 12] {
        [
            self.reported,
            self.handled,
            self.settled,
            self.struck_off,
            self.failed,
            self.refused,
            self.withdrawn,
            self.asked,
            self.answered,
            self.satisfied,
            self.reworked,
            self.open,
        ]
    }

    pub(crate) fn from_array(sums: [i64; 12]) -> Self {
        let [
            reported,
            handled,
            settled,
            struck_off,
            failed,
            refused,
            withdrawn,
            asked,
            answered,
            satisfied,
            reworked,
            open,
        ] = sums;
        Self {
            reported,
            handled,
            settled,
            struck_off,
            failed,
            refused,
            withdrawn,
            asked,
            answered,
            satisfied,
            reworked,
            open,
        }
    }

    /// Adds other sums, `sign` times.
    pub fn add(&mut self, other: Self, sign: i64) {
        let mut sums = self.to_array();
        sums.iter_mut().zip(other.to_array()).for_each(|(sum, value)| *sum += sign * value);
        *self = Self::from_array(sums);
    }
}

/// Key of a row: region, area, day of report as yyyymmdd, class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FigureKey {
    pub(crate) region: u32,
    pub(crate) area: AreaCode,
    pub(crate) day: i64,
    pub(crate) class: Class,
}

/// Changes of the totals, summed over a batch, in key order.
#[derive(Debug, Default)]
pub(crate) struct FigureDeltas(BTreeMap<FigureKey, Sums>);

impl FigureDeltas {
    /// Adds what a change of one matter means.
    pub(crate) fn add(&mut self, before: Option<&Matter>, after: Option<&Matter>, site: &Site) {
        if let (Some(before), Some(after)) = (before, after)
            && (Sums::of(before), before.area, before.class) == (Sums::of(after), after.area, after.class)
        {
            return;
        }
        self.contribute(before, site, -1);
        self.contribute(after, site, 1);
    }

    fn contribute(&mut self, matter: Option<&Matter>, site: &Site, sign: i64) {
        let Some(matter) = matter else { return };
        let sums = Sums::of(matter);
        let day = day_number(site.day(matter.reported_at));
        for area in kept_areas(matter.area) {
            let key = FigureKey { region: matter.id.region.0, area, day, class: matter.class };
            self.0.entry(key).or_default().add(sums, sign);
        }
    }

    /// The rows to add to, those that change.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&FigureKey, &Sums)> {
        self.0.iter().filter(|(_, sums)| **sums != Sums::default())
    }
}

/// The areas for which totals are kept: never below a village (a grid is nearly a person), and none above a county, whose
/// totals are sums over regions.
fn kept_areas(area: AreaCode) -> impl Iterator<Item = AreaCode> {
    area.up().filter(move |code| {
        matches!(code.level(), AreaLevel::Village | AreaLevel::Town | AreaLevel::County)
            || (*code == area && code.level() == AreaLevel::City)
    })
}

/// A day as it stands in keys: yyyymmdd.
#[must_use]
pub fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}
