//! What the rules must know of a site: its zone, calendar, areas, units and catalogues.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    area::Areas,
    calendar::Calendar,
    catalogue::Catalogue,
    clock::Clock,
    matter::{Class, Stage, Urgency},
    unit::Units,
};

/// A site as the rules see it. It changes as a whole.
#[derive(Debug, Clone)]
pub struct Site {
    /// First part of the numbers people see.
    pub prefix: String,
    /// The zone of its days.
    pub zone: TimeZone,
    /// Working days.
    pub calendar: Calendar,
    /// Its areas.
    pub areas: Areas,
    /// Its units.
    pub units: Units,
    /// Every catalogue that a matter may still be pinned to, by version.
    pub catalogues: BTreeMap<String, Arc<Catalogue>>,
    /// The catalogue of new matters.
    pub catalogue: Arc<Catalogue>,
}

impl Site {
    /// The catalogue that a matter is pinned to.
    #[must_use]
    pub fn pinned(&self, version: &str) -> &Catalogue {
        self.catalogues.get(version).unwrap_or(&self.catalogue)
    }

    /// The day at the site.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// Starts the clock of a stage.
    #[must_use]
    pub(crate) fn clock(
        &self,
        catalogue: &Catalogue,
        stage: Stage,
        class: Class,
        urgency: Urgency,
        now: Timestamp,
    ) -> Option<Clock> {
        catalogue.limit(stage, class, urgency).map(|rule| Clock::start(rule, now, &self.calendar, &self.zone))
    }
}
