//! The register of local methods: templates of steps that centres keep, and that mediators choose from.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::{
    access,
    area::AreaCode,
    id::MethodId,
    register::{Method, MethodStep, STEP_FORMS},
};
use serde::{Deserialize, Serialize};
use store::{Entry, Keeping};
use utoipa::{IntoParams, ToSchema};

use super::reads;
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::register::{ChangeView, MethodView},
};

/// Which methods.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Used in this area: its own, those of the areas around it and within it.
    area: AreaCode,
}

/// The methods of an area, at most 200.
#[derive(Serialize, ToSchema)]
pub(crate) struct MethodList {
    items: Vec<MethodView>,
    /// The forms that a step may go with, as commands.
    forms: Vec<casework::matter::CommandKind>,
}

/// Lists local methods.
#[utoipa::path(get, path = "/api/v1/methods", tag = "registers", operation_id = "list_methods", params(ListQuery), responses((status = 200, body = MethodList), (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<ListQuery>,
) -> Result<Json<MethodList>> {
    reads(&session)?;
    let entries = app.store.methods(query.area).await?;
    let items = entries.iter().map(|entry| view(&app, &session, entry)).collect();
    Ok(Json(MethodList { items, forms: STEP_FORMS.to_vec() }))
}

fn view(app: &App, session: &Session, entry: &Entry<Method>) -> MethodView {
    let site = app.store.site();
    let may_change = access::may_keep_registers(&session.who.staff, entry.kept.area, &site).is_ok();
    MethodView::of(entry, may_change, &site)
}

/// A method with the changes of the entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct MethodPage {
    #[serde(flatten)]
    method: MethodView,
    /// Newest first. What the site was set up with is no change.
    changes: Vec<ChangeView>,
}

/// Which version.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct VersionQuery {
    /// The version with which a mediation began; the present one when left out.
    version: Option<u32>,
}

/// One method, as it is now or as it was.
#[utoipa::path(get, path = "/api/v1/methods/{method}", tag = "registers", operation_id = "read_method", params(("method" = String, Path, format = Uuid), VersionQuery), responses((status = 200, body = MethodPage), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(id): Path<MethodId>,
    Query(query): Query<VersionQuery>,
) -> Result<Json<MethodPage>> {
    reads(&session)?;
    let entry = match query.version {
        Some(version) => app.store.method_version(id, version).await?,
        None => app.store.method(id).await?,
    };
    let entry = entry.ok_or_else(|| Problem::not_found("method"))?;
    let changes = ChangeView::all(&app.store.changes_of_method(id).await?, &app.store.site());
    Ok(Json(MethodPage { method: view(&app, &session, &entry), changes }))
}

/// A method as a desk writes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MethodWritten {
    name: String,
    /// Where it is used.
    area: AreaCode,
    /// Kinds of dispute, by their codes; none: any.
    #[serde(default)]
    categories: Vec<String>,
    /// The steps, in order.
    steps: Vec<MethodStep>,
    /// Offered for new mediations.
    active: bool,
}

/// A method with the version that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MethodKept {
    /// 0 for a new entry.
    base_version: u32,
    method: MethodWritten,
}

/// Adds or changes a method. The id is the sender's (UUIDv7); the same entry again is harmless. A mediation that goes by it keeps
/// the version that it began with.
#[utoipa::path(put, path = "/api/v1/methods/{method}", tag = "registers", operation_id = "keep_method", params(("method" = String, Path, format = Uuid)), request_body = MethodKept,
    responses((status = 200, body = MethodView), (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn put(
    State(app): State<App>,
    session: Session,
    Path(id): Path<MethodId>,
    Json(sent): Json<MethodKept>,
) -> Result<Json<MethodView>> {
    let site = app.store.site();
    let by = access::may_keep_registers(&session.who.staff, sent.method.area, &site)?;
    if let Some(current) = app.store.method(id).await? {
        access::may_keep_registers(&session.who.staff, current.kept.area, &site)?;
    }
    let MethodWritten { name, area, categories, steps, active } = sent.method;
    let method = Method { id, name, area, categories, steps, active }.checked(&site)?;
    let keeping = Keeping { by: &by, base_version: sent.base_version, now: app.clock.now() };
    let entry = app.store.keep_method(&method, &keeping).await?;
    Ok(Json(view(&app, &session, &entry)))
}
