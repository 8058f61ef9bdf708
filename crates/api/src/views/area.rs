//! Areas, units, places and categories as answers show them.

use casework::{
    area::{Area, AreaCode, AreaLevel},
    id::UnitId,
    matter::{Class, Matter},
    site::Site,
    unit::UnitKind,
};
use serde::Serialize;
use utoipa::ToSchema;

/// An area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaView {
    pub(crate) code: AreaCode,
    pub(crate) name: String,
    pub(crate) level: AreaLevel,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<AreaCode>,
}

impl AreaView {
    pub(crate) fn of(area: &Area) -> Self {
        Self {
            code: area.code,
            name: area.name.clone(),
            level: area.code.level(),
            parent: area.code.parent(),
        }
    }

    /// An area by its code; one that is no longer known keeps its code as its name.
    pub(crate) fn at(code: AreaCode, site: &Site) -> Self {
        site.areas.get(code).map_or_else(
            || Self { code, name: code.to_string(), level: code.level(), parent: code.parent() },
            Self::of,
        )
    }
}

/// A unit's id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UnitRef {
    pub(crate) id: UnitId,
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name_en: Option<String>,
}

impl UnitRef {
    pub(crate) fn at(id: &UnitId, site: &Site) -> Self {
        let unit = site.units.get(id);
        Self {
            id: id.clone(),
            name: unit.map_or_else(|| id.0.clone(), |u| u.name.clone()),
            name_en: unit.and_then(|u| u.name_en.clone()),
        }
    }
}

/// A unit with what it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UnitView {
    #[serde(flatten)]
    pub(crate) unit: UnitRef,
    pub(crate) kind: UnitKind,
    pub(crate) level: AreaLevel,
    pub(crate) area: AreaView,
}

impl UnitView {
    pub(crate) fn at(id: &UnitId, site: &Site) -> Option<Self> {
        let unit = site.units.get(id)?;
        Some(Self {
            unit: UnitRef::at(id, site),
            kind: unit.kind,
            level: unit.level(),
            area: AreaView::at(unit.area, site),
        })
    }
}

/// A category's code and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CategoryRef {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) name_en: String,
}

impl CategoryRef {
    pub(crate) fn of(matter: &Matter, site: &Site) -> Option<Self> {
        Self::at(matter.class, matter.category.as_deref()?, &matter.catalogue, site)
    }

    pub(crate) fn at(class: Class, code: &str, catalogue: &str, site: &Site) -> Option<Self> {
        let category = site.pinned(catalogue).category(class, code)?;
        Some(Self {
            code: category.code.clone(),
            name: category.name.clone(),
            name_en: category.name_en.clone(),
        })
    }
}
