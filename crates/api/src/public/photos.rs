//! Photos of residents: sent before the report that names them, seen again with the query code.

use axum::{
    Json,
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::Response,
};
use casework::id::PhotoId;

use super::follow::matter_of;
use crate::{
    App,
    photos::{SizeQuery, Taken, may_see, picture, take},
    problem::{Problem, Result},
    views::timeline::Audience,
};

/// Takes a photo; it belongs to nothing until a report names it.
#[utoipa::path(post, path = "/api/v1/public/photos", tag = "residents", operation_id = "upload_public_photo", request_body(content_type = "multipart/form-data", content = crate::photos::PhotoForm),
    responses((status = 201, body = Taken), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn add(State(app): State<App>, form: Multipart) -> Result<(StatusCode, Json<Taken>)> {
    take(&app, form).await
}

/// A photo of the matter with this code.
#[utoipa::path(get, path = "/api/v1/public/reports/{code}/photos/{photo_id}", tag = "residents", operation_id = "read_public_photo", params(("code" = String, Path), ("photo_id" = uuid::Uuid, Path), SizeQuery),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    Path((code, photo)): Path<(String, uuid::Uuid)>,
    Query(size): Query<SizeQuery>,
) -> Result<Response> {
    let (row, photo) = (matter_of(&app, &code).await?, PhotoId(photo));
    if !may_see(&app, &row.matter, photo, Audience::Reporter).await? {
        return Err(Problem::not_found("photo"));
    }
    picture(&app, row.matter.id, photo, size).await
}
