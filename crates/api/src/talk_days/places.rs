//! The register of places: set by the centres, read by everybody.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{
    Refusal,
    access::talk_days::{TalkDeed, may},
    area::{AreaCode, AreaLevel},
    id::TalkPlaceId,
    talk_day::TalkPlace,
};
use serde::Deserialize;
use store::KeptPlace;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::talk_day::TalkPlaceView,
};

/// A place with its village. Its id is the client's, so that a repeat makes no second place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TalkPlaceGiven {
    area: AreaCode,
    place: TalkPlace,
}

/// Writes a place into the register, or changes one of the same village.
#[utoipa::path(put, path = "/api/v1/talk-places/{id}", tag = "talk days", operation_id = "set_talk_place", params(("id" = String, Path)), request_body = TalkPlaceGiven,
    responses((status = 200, body = TalkPlaceView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn set(
    State(app): State<App>,
    session: Session,
    Path(id): Path<Uuid>,
    Json(TalkPlaceGiven { area, place }): Json<TalkPlaceGiven>,
) -> Result<Json<TalkPlaceView>> {
    may(TalkDeed::SetPlaces, area, &session.actor())?;
    let site = app.store.site();
    if area.level() != AreaLevel::Village || site.areas.get(area).is_none() {
        return Err(Refusal::NotAVillage.into());
    }
    let kept = KeptPlace { id: TalkPlaceId(id), area, place: place.checked()? };
    app.store.set_talk_places(std::slice::from_ref(&kept), session.who.account.id, app.clock.now()).await?;
    // Under the id of another village's place nothing was written.
    let places = app.store.talk_places(area).await?;
    match places.iter().find(|there| **there == kept) {
        Some(there) => Ok(Json(TalkPlaceView::of(there, &site))),
        None => Err(Problem::not_found("talk place")),
    }
}
