//! Areas: lists, search by any name people use, the area of a place, outlines.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::area::{AreaCode, Point};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    views::area::AreaView,
};

/// Most areas that a search finds.
const MOST_FOUND: usize = 30;

/// Which areas.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AreasQuery {
    /// Those right below this one; the site's own when left out.
    parent: Option<AreaCode>,
    /// Those with this in their name or alias.
    q: Option<String>,
}

/// Areas.
#[derive(Serialize, ToSchema)]
pub(crate) struct AreaList {
    items: Vec<AreaView>,
}

/// Lists areas.
#[utoipa::path(get, path = "/api/v1/areas", tag = "areas", operation_id = "list_areas", params(AreasQuery), responses((status = 200, body = AreaList)))]
pub(crate) async fn list(State(app): State<App>, Query(query): Query<AreasQuery>) -> Json<AreaList> {
    let site = app.store.site();
    let items = match (query.q.as_deref().map(str::trim).filter(|q| !q.is_empty()), query.parent) {
        (Some(words), _) => site.areas.named(words, MOST_FOUND).into_iter().map(AreaView::of).collect(),
        (None, Some(parent)) => site.areas.children(parent).map(AreaView::of).collect(),
        (None, None) => site.areas.roots().map(AreaView::of).collect(),
    };
    Json(AreaList { items })
}

/// An area with those around it.
#[derive(Serialize, ToSchema)]
pub(crate) struct AreaPage {
    #[serde(flatten)]
    area: AreaView,
    /// Largest first.
    ancestors: Vec<AreaView>,
}

/// One area.
#[utoipa::path(get, path = "/api/v1/areas/{code}", tag = "areas", operation_id = "read_area", params(("code" = String, Path)), responses((status = 200, body = AreaPage), (status = 404, body = Problem)))]
pub(crate) async fn get(State(app): State<App>, Path(code): Path<AreaCode>) -> Result<Json<AreaPage>> {
    let site = app.store.site();
    let area = site.areas.get(code).ok_or_else(|| Problem::not_found("area"))?;
    let mut ancestors: Vec<_> =
        code.up().skip(1).filter_map(|code| site.areas.get(code)).map(AreaView::of).collect();
    ancestors.reverse();
    Ok(Json(AreaPage { area: AreaView::of(area), ancestors }))
}

/// A place.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AtQuery {
    /// Degrees east, WGS-84.
    lon: f64,
    /// Degrees north, WGS-84.
    lat: f64,
}

/// The smallest area that holds a place.
#[utoipa::path(get, path = "/api/v1/areas/at", tag = "areas", operation_id = "read_area_at", params(AtQuery), responses((status = 200, body = AreaPage), (status = 404, body = Problem)))]
pub(crate) async fn at(State(app): State<App>, Query(at): Query<AtQuery>) -> Result<Json<AreaPage>> {
    let site = app.store.site();
    let point = Point { lon: at.lon, lat: at.lat };
    let code = site.areas.at(point).filter(|_| point.is_on_earth()).map(|area| area.code);
    let code = code.ok_or_else(|| {
        Problem::new(
            axum::http::StatusCode::NOT_FOUND,
            "place_unknown",
            "the place lies in no known area: choose town and village",
        )
    })?;
    get(State(app), Path(code)).await
}

/// Whose outlines.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShapesQuery {
    /// The area whose children are drawn; the site's own areas when left out.
    parent: Option<AreaCode>,
}

/// Outlines as GeoJSON.
#[utoipa::path(get, path = "/api/v1/areas/shapes", tag = "areas", operation_id = "read_shapes", params(ShapesQuery), responses((status = 200, content_type = "application/geo+json", body = Object)))]
pub(crate) async fn shapes(State(app): State<App>, Query(query): Query<ShapesQuery>) -> Json<Value> {
    let site = app.store.site();
    let areas: Vec<_> = match query.parent {
        Some(parent) => site.areas.children(parent).collect(),
        None => site.areas.roots().collect(),
    };
    let features: Vec<Value> = areas
        .into_iter()
        .filter_map(|area| area.shape.as_ref().map(|shape| (area, shape)))
        .map(|(area, shape)| {
            let rings: Vec<Vec<[f64; 2]>> = shape.rings().iter().map(|ring| closed(ring)).collect();
            json!({ "type": "Feature", "properties": { "code": area.code, "name": area.name }, "geometry": { "type": "Polygon", "coordinates": rings } })
        })
        .collect();
    Json(json!({ "type": "FeatureCollection", "features": features }))
}

/// A ring that ends where it begins, as GeoJSON wants it.
fn closed(ring: &[(f64, f64)]) -> Vec<[f64; 2]> {
    ring.iter().chain(ring.first()).map(|(lon, lat)| [*lon, *lat]).collect()
}
