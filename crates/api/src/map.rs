//! The map's squares with their counts.

use axum::{
    Json,
    extract::{Query, State},
};
use casework::matter::Class;
use serde::{Deserialize, Serialize};
use store::CellQuery;
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    matters::query::{bbox, words},
    problem::{Problem, Result},
    session::Session,
};

/// Which squares.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CellsQuery {
    /// West, south, east, north, in degrees, separated by commas.
    bbox: String,
    /// The map's zoom.
    zoom: Option<f64>,
    /// Classes, separated by commas.
    class: Option<String>,
    /// Open matters only.
    #[serde(default)]
    open: bool,
}

/// One square.
#[derive(Serialize, ToSchema)]
pub(crate) struct CellView {
    lon: f64,
    lat: f64,
    count: i64,
    open: i64,
}

/// Squares.
#[derive(Serialize, ToSchema)]
pub(crate) struct CellList {
    cells: Vec<CellView>,
}

/// Counts of squares within a box.
#[utoipa::path(get, path = "/api/v1/map/cells", tag = "figures", operation_id = "read_map_cells", params(CellsQuery), responses((status = 200, body = CellList), (status = 422, body = Problem)))]
pub(crate) async fn cells(
    State(app): State<App>,
    session: Session,
    Query(query): Query<CellsQuery>,
) -> Result<Json<CellList>> {
    session.reading_grant()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the zooms of maps"
    )]
    let zoom = query.zoom.unwrap_or(10.0).clamp(0.0, 22.0) as u32;
    let wanted = CellQuery {
        bbox: bbox(&query.bbox)?,
        zoom,
        classes: words::<Class>("class", query.class.as_deref())?,
        open: query.open,
    };
    let cells = app.store.cells(&wanted).await?;
    Ok(Json(CellList {
        cells: cells
            .into_iter()
            .map(|cell| CellView {
                lon: cell.middle.lon,
                lat: cell.middle.lat,
                count: cell.matters,
                open: cell.open,
            })
            .collect(),
    }))
}
