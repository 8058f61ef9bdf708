//! The tree of organisations: centres, departments, committees. A village has one division above it and one unit
//! that manages it; the two trees are kept apart.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    area::{AreaCode, AreaLevel},
    id::UnitId,
    word::words,
};

words! {
    /// What a unit is.
    UnitKind {
        /// A governance centre 综治中心, at one of four levels.
        Centre = "centre",
        /// A department or station that handles.
        Department = "department",
        /// A mediation committee 调解委员会.
        Committee = "committee",
    }
}

/// The service of every centre, second part of its id.
pub const CENTRE_SERVICE: &str = "centre";

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// What it is.
    pub kind: UnitKind,
    /// The area it serves.
    pub area: AreaCode,
    /// What it does, as the responsibility catalogue names it: `construction`.
    pub service: String,
}

impl Unit {
    /// The level at which it works.
    #[must_use]
    pub fn level(&self) -> AreaLevel {
        self.area.level()
    }
}

/// Every unit of a site.
#[derive(Debug, Clone, Default)]
pub struct Units {
    by_id: HashMap<UnitId, Unit>,
    by_service: HashMap<(AreaCode, String), UnitId>,
}

impl Units {
    /// Indexes the units.
    #[must_use]
    pub fn new(list: Vec<Unit>) -> Self {
        let by_service =
            list.iter().map(|unit| ((unit.area, unit.service.clone()), unit.id.clone())).collect();
        Self { by_id: list.into_iter().map(|unit| (unit.id.clone(), unit)).collect(), by_service }
    }

    /// The unit with this id.
    #[must_use]
    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        self.by_id.get(id)
    }

    /// Every unit, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.by_id.values()
    }

    /// The unit that does a service for exactly this area.
    #[must_use]
    pub fn serving(&self, area: AreaCode, service: &str) -> Option<&Unit> {
        self.by_service.get(&(area, service.to_owned())).and_then(|id| self.by_id.get(id))
    }

    /// The nearest centre of the area at or above the given level.
    #[must_use]
    pub fn centre(&self, area: AreaCode, level: AreaLevel) -> Option<&Unit> {
        area.up().filter(|code| code.level() <= level).find_map(|code| self.serving(code, CENTRE_SERVICE))
    }

    /// The next centre above a centre.
    #[must_use]
    pub fn centre_above(&self, centre: &Unit) -> Option<&Unit> {
        centre.area.up().skip(1).find_map(|code| self.serving(code, CENTRE_SERVICE))
    }
}
