//! A party's own copy of its agreement, opened like its page.

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use casework::mediation::{AgreementForm, Reader};
use documents::{Form, volume::documents};

use super::mediations::party_of;
use crate::{
    App,
    matters::dossier::{FormatQuery, filled, rendered},
    problem::{Problem, Result},
};

/// The agreement that holds, for one of its parties. How the others are reached is not in it.
#[utoipa::path(get, path = "/api/v1/public/mediations/{code}/agreement", tag = "residents", operation_id = "read_own_agreement",
    params(("code" = String, Path, description = "The access code, with or without dashes"), ("x-party-phone" = String, Header, description = "The last four digits of the phone"), FormatQuery),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(format): Query<FormatQuery>,
    headers: HeaderMap,
) -> Result<Response> {
    let (row, no) = party_of(&app, &code, &headers).await?;
    let agreement = row.matter.mediation.as_deref().and_then(|mediation| mediation.in_effect());
    let form = match agreement.ok_or_else(|| Problem::not_found("agreement"))?.form {
        AgreementForm::Written => Form::Agreement,
        AgreementForm::Oral => Form::OralAgreement,
    };
    let dossier = filled(&app, &row, Reader::Party(no)).await?.dossier;
    let pages = documents(&dossier, form);
    rendered(&app, &format, &dossier.number, form.code(), pages).await
}
