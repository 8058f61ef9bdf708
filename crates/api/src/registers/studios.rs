//! The register of named studios.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::{
    Refusal,
    area::AreaCode,
    id::{MediatorId, StudioId, UnitId},
    register::Studio,
};
use serde::{Deserialize, Serialize};
use store::{Entry, Keeping, MediatorsQuery, Stretch};
use utoipa::{IntoParams, ToSchema};

use super::{MOST_ROWS, keeper, may_keep, mediator_ref, reads};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::register::{ChangeView, MediatorRef, StudioView},
};

/// Which studios.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Within this area.
    area: Option<AreaCode>,
}

/// Studios.
#[derive(Serialize, ToSchema)]
pub(crate) struct StudioList {
    items: Vec<StudioView>,
}

/// Lists named studios, at most 200.
#[utoipa::path(get, path = "/api/v1/studios", tag = "registers", operation_id = "list_studios", params(ListQuery), responses((status = 200, body = StudioList), (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<ListQuery>,
) -> Result<Json<StudioList>> {
    reads(&session)?;
    let mut items = Vec::new();
    for entry in app.store.studios(query.area).await? {
        items.push(view(&app, &session, entry).await?);
    }
    Ok(Json(StudioList { items }))
}

async fn view(app: &App, session: &Session, entry: Entry<Studio>) -> Result<StudioView> {
    let site = app.store.site();
    let of_it = MediatorsQuery { studio: Some(entry.kept.id), ..MediatorsQuery::default() };
    let today = site.day(app.clock.now());
    let stretch = Stretch { to_mend: false, today, after: None, limit: MOST_ROWS };
    let members = app.store.mediators(&of_it, &stretch).await?.into_iter();
    let members = members
        .filter(|member| member.kept.active)
        .map(|member| MediatorRef { id: member.kept.id, name: member.kept.name })
        .collect();
    let lead = mediator_ref(app, entry.kept.lead).await?;
    Ok(StudioView::of(&entry, lead, members, may_keep(session, &entry.kept.unit, &site), &site))
}

/// A studio with the changes of the entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct StudioPage {
    #[serde(flatten)]
    studio: StudioView,
    /// Newest first. What the site was set up with is no change.
    changes: Vec<ChangeView>,
}

/// One studio.
#[utoipa::path(get, path = "/api/v1/studios/{studio}", tag = "registers", operation_id = "read_studio", params(("studio" = String, Path, format = Uuid)), responses((status = 200, body = StudioPage), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<StudioId>,
) -> Result<Json<StudioPage>> {
    reads(&session)?;
    let entry = app.store.studio(id).await?.ok_or_else(|| Problem::not_found("studio"))?;
    let changes = ChangeView::all(&app.store.changes_of_studio(id).await?, &app.store.site());
    Ok(Json(StudioPage { studio: view(&app, &session, entry).await?, changes }))
}

/// A studio as a desk writes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StudioWritten {
    name: String,
    /// The unit that it belongs to.
    unit: UnitId,
    /// The mediator who leads it.
    lead: MediatorId,
    /// Kinds of dispute, by their codes.
    #[serde(default)]
    specialties: Vec<String>,
    /// The justice bureau that approved it.
    approved_by: String,
    /// When it is open, in words.
    hours: String,
}

/// A studio with the version that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StudioKept {
    /// 0 for a new entry.
    base_version: u32,
    studio: StudioWritten,
}

/// Adds or changes a studio. The id is the sender's (UUIDv7); the same entry again is harmless.
#[utoipa::path(put, path = "/api/v1/studios/{studio}", tag = "registers", operation_id = "keep_studio", params(("studio" = String, Path, format = Uuid)), request_body = StudioKept,
    responses((status = 200, body = StudioView), (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn put(
    State(app): State<App>,
    session: Session,
    Path(id): Path<StudioId>,
    Json(sent): Json<StudioKept>,
) -> Result<Json<StudioView>> {
    let site = app.store.site();
    let by = keeper(&session, &sent.studio.unit, &site)?;
    if let Some(current) = app.store.studio(id).await? {
        keeper(&session, &current.kept.unit, &site)?;
    }
    let StudioWritten { name, unit, lead, specialties, approved_by, hours } = sent.studio;
    let studio = Studio { id, name, unit, lead, specialties, approved_by, hours }.checked(&site)?;
    if app.store.mediator(lead).await?.is_none() {
        return Err(Refusal::UnknownChoice { field: "lead" }.into());
    }
    let keeping = Keeping { by: &by, base_version: sent.base_version, now: app.clock.now() };
    let entry = app.store.keep_studio(&studio, &keeping).await?;
    Ok(Json(view(&app, &session, entry).await?))
}
