//! What a site says of itself.

use axum::{Json, extract::State};
use casework::area::{AreaCode, Point};
use jiff::Timestamp;
use serde::Serialize;
use store::Restoration;
use utoipa::ToSchema;

use crate::{App, problem::Result};

/// The version of the privacy notice that pages show before the first input.
const PRIVACY_NOTICE: u32 = 1;

/// The site.
#[derive(Serialize, ToSchema)]
pub(crate) struct SiteView {
    name: String,
    name_en: String,
    /// The division it is the site of.
    area: String,
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
    zone: String,
    demo: bool,
    /// The outlines of areas are sketches: maps say so.
    sketch_map: bool,
    centre: Option<Point>,
    /// West, south, east, north.
    bounds: Option<[f64; 4]>,
    privacy_notice_version: u32,
    /// It was restored from a backup: what was reported between the two moments is lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    restored: Option<RestoredView>,
}

/// That the site was restored.
#[derive(Serialize, ToSchema)]
pub(crate) struct RestoredView {
    /// It stands as it was at this moment.
    #[schema(value_type = String, format = DateTime)]
    state_of: Timestamp,
    /// When it was restored.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// What the site says of itself.
#[utoipa::path(get, path = "/api/v1/site", tag = "site", operation_id = "read_site", responses((status = 200, body = SiteView)))]
pub(crate) async fn get(State(app): State<App>) -> Result<Json<SiteView>> {
    let restored = app.store.restorations().await?.pop();
    let (site, settings) = (app.store.site(), app.store.settings());
    let shape = settings
        .area
        .parse::<AreaCode>()
        .ok()
        .and_then(|code| site.areas.get(code))
        .and_then(|area| area.shape.clone());
    let bounds = shape.as_ref().map(|shape| {
        let (west, south, east, north) = shape.bounds();
        [west, south, east, north]
    });
    Ok(Json(SiteView {
        name: settings.name.clone(),
        name_en: settings.name_en.clone(),
        area: settings.area.clone(),
        now: app.clock.now(),
        zone: settings.zone.clone(),
        demo: settings.demo,
        sketch_map: settings.sketch_map,
        centre: shape.map(|shape| shape.middle()),
        bounds,
        privacy_notice_version: PRIVACY_NOTICE,
        restored: restored.map(|Restoration { state_of, at }| RestoredView { state_of, at }),
    }))
}
