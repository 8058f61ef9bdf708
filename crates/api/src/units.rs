//! Units: who could be asked.

use axum::{
    Json,
    extract::{Query, State},
};
use casework::{area::AreaCode, unit::UnitKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{App, session::Session, views::area::UnitView};

/// Most units of one answer.
const MOST: usize = 200;

/// Which units.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitsQuery {
    /// Those that serve this area, the nearest first.
    area: Option<AreaCode>,
    /// Those of this area and of the areas in it.
    within: Option<AreaCode>,
    /// Of this kind.
    #[param(inline)]
    kind: Option<UnitKind>,
    /// With this in their name.
    q: Option<String>,
}

/// Units.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnitList {
    items: Vec<UnitView>,
}

/// Lists units.
#[utoipa::path(get, path = "/api/v1/units", tag = "areas", operation_id = "list_units", params(UnitsQuery), responses((status = 200, body = UnitList)))]
pub(crate) async fn list(
    State(app): State<App>,
    _session: Session,
    Query(query): Query<UnitsQuery>,
) -> Json<UnitList> {
    let site = app.store.site();
    let words = query.q.as_deref().map(str::trim).unwrap_or_default();
    let mut units: Vec<_> = site
        .units
        .iter()
        .filter(|unit| query.area.is_none_or(|area| unit.area.contains(area)))
        .filter(|unit| query.within.is_none_or(|area| area.contains(unit.area)))
        .filter(|unit| query.kind.is_none_or(|kind| kind == unit.kind))
        .filter(|unit| unit.name.contains(words))
        .collect();
    units.sort_by_key(|unit| (std::cmp::Reverse(unit.area.level()), unit.area, unit.id.clone()));
    units.truncate(MOST);
    Json(UnitList { items: units.into_iter().filter_map(|unit| UnitView::at(&unit.id, &site)).collect() })
}
