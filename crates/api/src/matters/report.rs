//! Recording a matter for a visitor or caller, at a talk day, or on a round.

use axum::{Json, extract::State, http::StatusCode};
use casework::{
    id::{CommandId, PhotoId},
    matter::{Class, Contact, Report, Source, Urgency},
};
use serde::Deserialize;
use store::NewReport;
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    public::reports::{Place, Receipt, receipt},
    session::Session,
};

/// A report with the way it came in. Its fields stand here once more: a flattened one could not refuse unknown fields.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedReport {
    /// The client's id (UUIDv7): a repeat is answered, not recorded again.
    id: CommandId,
    /// The way it came in; the role decides which ways there are.
    source: Source,
    place: Place,
    /// What happened.
    words: String,
    /// Guessed when left out.
    class: Option<Class>,
    category: Option<String>,
    urgency: Option<Urgency>,
    /// Where, in words.
    address: Option<String>,
    #[serde(default)]
    photos: Vec<PhotoId>,
    contact: Option<Contact>,
}

impl RecordedReport {
    fn report(self) -> Result<Report> {
        Ok(Report {
            source: self.source,
            place: self.place.given()?,
            words: self.words,
            class: self.class,
            category: self.category,
            urgency: self.urgency,
            address: self.address,
            photos: self.photos,
            contact: self.contact,
            parent: None,
            talk_day: None,
        })
    }
}

/// Records a matter.
#[utoipa::path(post, path = "/api/v1/matters", tag = "matters", operation_id = "record_matter", request_body = RecordedReport,
    responses((status = 201, body = Receipt), (status = 200, description = "The same id again: the first answer", body = Receipt), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn report(
    State(app): State<App>,
    session: Session,
    Json(recorded): Json<RecordedReport>,
) -> Result<(StatusCode, Json<Receipt>)> {
    if matches!(recorded.source, Source::Resident | Source::Import) {
        return Err(Problem::not_allowed());
    }
    let id = recorded.id;
    let new = NewReport { id, actor: session.actor(), now: app.clock.now(), report: recorded.report()? };
    receipt(&app, app.store.report(new).await?).await
}
