//! Photos in and out.

use std::collections::HashMap;

use axum::{
    Json,
    body::Body,
    extract::{Multipart, Path, Query, State, multipart::MultipartError},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use casework::{
    access,
    id::{MatterId, PhotoId},
    matter::Matter,
    mediation::Reading,
};
use serde::{Deserialize, Serialize};
use store::{ReadOf, WhatRead, photos::PhotoSize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::timeline::{self, Audience},
};

/// The form of an upload.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the form to the document; the form itself is read as a stream")]
pub(crate) struct PhotoForm {
    /// JPEG, PNG or WebP, at most 20 MB. Location and device data are removed.
    #[schema(value_type = String, format = Binary)]
    photo: Vec<u8>,
}

/// A photo that was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct Taken {
    photo_id: PhotoId,
    width: u32,
    height: u32,
}

/// Which picture.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SizeQuery {
    /// `thumb` or `full`.
    size: Option<String>,
}

/// Reads the one photo of a form.
pub(crate) async fn take(app: &App, mut form: Multipart) -> Result<(StatusCode, Json<Taken>)> {
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some("photo") {
            let bytes = field.bytes().await.map_err(unreadable)?;
            let stored = app.store.add_photo(bytes.to_vec(), app.clock.now()).await?;
            return Ok((
                StatusCode::CREATED,
                Json(Taken { photo_id: stored.id, width: stored.width, height: stored.height }),
            ));
        }
    }
    Err(Problem::invalid("photo", "the form has no field named photo"))
}

fn unreadable(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return store::Error::Photo(store::photos::PhotoError::TooLarge).into();
    }
    Problem::invalid("photo", error.body_text())
}

/// A picture as an answer that nobody else may keep.
pub(crate) async fn picture(
    app: &App,
    matter: MatterId,
    photo: PhotoId,
    size: SizeQuery,
) -> Result<Response> {
    let size = match size.size.as_deref() {
        Some("full") => PhotoSize::Full,
        None | Some("thumb") => PhotoSize::Thumb,
        Some(_) => return Err(Problem::invalid("size", "thumb or full")),
    };
    let bytes = app.store.photo(matter, photo, size).await?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    Ok(response)
}

/// Whether a photo of a matter stands in an event that an audience sees whole: scans of a mediation are not everybody's.
pub(crate) async fn may_see(
    app: &App,
    matter: &Matter,
    photo: PhotoId,
    audience: Audience<'_>,
) -> Result<bool> {
    if matter.mediation.is_none() {
        return Ok(true);
    }
    let photos = app.store.photos(matter.id).await?;
    let Some(row) = photos.iter().find(|row| row.id == photo) else { return Ok(false) };
    let events = app.store.events(matter.id, row.version.saturating_sub(1)).await?;
    let site = app.store.site();
    Ok(events
        .first()
        .is_some_and(|event| timeline::reading(event, matter, &site, audience) == Reading::Whole))
}

/// Takes a photo; it belongs to nothing until a command names it.
#[utoipa::path(post, path = "/api/v1/photos", tag = "matters", operation_id = "upload_photo", request_body(content_type = "multipart/form-data", content = PhotoForm),
    responses((status = 201, body = Taken), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn add(
    State(app): State<App>,
    _session: Session,
    form: Multipart,
) -> Result<(StatusCode, Json<Taken>)> {
    take(&app, form).await
}

/// A photo of a matter that the reader may read.
#[utoipa::path(get, path = "/api/v1/photos/{photo_id}", tag = "matters", operation_id = "read_photo", params(("photo_id" = uuid::Uuid, Path), SizeQuery),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path(photo): Path<uuid::Uuid>,
    Query(size): Query<SizeQuery>,
) -> Result<Response> {
    let photo = PhotoId(photo);
    let matter = app.store.photo_matter(photo).await?;
    let row = app.store.matter(matter).await?;
    // What one may not read does not exist.
    if !access::may_read(&row.matter, &session.who.staff, &app.store.site()) {
        return Err(Problem::not_found("photo"));
    }
    let audience = Audience::Staff(&session.who.staff, &HashMap::new());
    if !may_see(&app, &row.matter, photo, audience).await? {
        return Err(Problem::not_found("photo"));
    }
    let read = ReadOf {
        reader: &session.who.staff,
        grant: session.grant_for(&row.matter, &app.store.site())?,
        what: WhatRead::Photo,
        purpose: "matter",
        now: app.clock.now(),
    };
    app.store.record_reads(&read, &[matter]).await?;
    picture(&app, matter, photo, size).await
}
