//! Mediators whom parties may choose from.

use std::cmp::Reverse;

use axum::{
    Json,
    extract::{Query, State},
};
use casework::area::AreaCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    registers::studio_names,
    views::{
        area::{AreaView, CategoryRef, UnitRef},
        register::disputes,
    },
};

/// Most mediators of an answer.
const MOST: usize = 200;

/// Where.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AtQuery {
    /// The place: those who serve it.
    area: AreaCode,
}

/// A mediator as parties see one.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublicMediator {
    name: String,
    unit: UnitRef,
    /// The area that is served.
    area: AreaView,
    specialties: Vec<CategoryRef>,
    /// The name of the studio.
    #[serde(skip_serializing_if = "Option::is_none")]
    studio: Option<String>,
}

/// Mediators, the nearest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublicMediators {
    items: Vec<PublicMediator>,
}

/// Mediators in office who serve a place, the nearest first. Parties choose among them (People's Mediation Law art. 19, 23).
#[utoipa::path(get, path = "/api/v1/public/mediators", tag = "residents", operation_id = "list_public_mediators", params(AtQuery), responses((status = 200, body = PublicMediators), (status = 404, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    Query(query): Query<AtQuery>,
) -> Result<Json<PublicMediators>> {
    let site = app.store.site();
    site.areas.get(query.area).ok_or_else(|| Problem::not_found("area"))?;
    let today = site.day(app.clock.now());
    let mut serving = app.store.mediators_at(query.area).await?;
    serving.retain(|mediator| mediator.serves_on(today));
    serving.sort_unstable_by_key(|mediator| {
        (Reverse(mediator.area.level()), mediator.unit.clone(), mediator.id)
    });
    serving.truncate(MOST);
    let studios = studio_names(&app, serving.iter().filter_map(|mediator| mediator.studio)).await?;
    let items = serving.into_iter().map(|mediator| PublicMediator {
        unit: UnitRef::at(&mediator.unit, &site),
        area: AreaView::at(mediator.area, &site),
        specialties: disputes(&mediator.specialties, &site),
        studio: mediator.studio.and_then(|id| studios.get(&id)).map(|studio| studio.name.clone()),
        name: mediator.name,
    });
    Ok(Json(PublicMediators { items: items.collect() }))
}
