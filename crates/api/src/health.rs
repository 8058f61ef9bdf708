//! Whether the site answers.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, problem::Result};

/// The state of the site.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`; an answer that is not is a problem answer.
    status: &'static str,
}

/// Whether database and interface answer.
#[utoipa::path(get, path = "/health", tag = "site", operation_id = "read_health", responses((status = 200, body = Health)))]
pub(crate) async fn get(State(app): State<App>) -> Result<Json<Health>> {
    app.store.ping().await?;
    Ok(Json(Health { status: "ok" }))
}
