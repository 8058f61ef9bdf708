//! Recording a matter for a visitor or caller, at a talk day, or on a round.

use axum::{Json, extract::State, http::StatusCode};
use casework::matter::Source;
use serde::Deserialize;
use store::NewReport;
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    public::reports::{Receipt, Reported, receipt},
    session::Session,
};

/// A report with the way it came in.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RecordedReport {
    /// The way it came in; the role decides which ways there are.
    source: Source,
    #[serde(flatten)]
    reported: Reported,
}

/// Records a matter.
#[utoipa::path(post, path = "/api/v1/matters", tag = "matters", request_body = RecordedReport,
    responses((status = 201, body = Receipt), (status = 200, description = "The same id again: the first answer", body = Receipt), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn report(
    State(app): State<App>,
    session: Session,
    Json(recorded): Json<RecordedReport>,
) -> Result<(StatusCode, Json<Receipt>)> {
    if matches!(recorded.source, Source::Resident | Source::Import) {
        return Err(Problem::not_allowed());
    }
    let id = recorded.reported.id;
    let new = NewReport {
        id,
        actor: session.actor(),
        now: app.clock.now(),
        report: recorded.reported.report(recorded.source)?,
    };
    receipt(&app, app.store.report(new).await?).await
}
