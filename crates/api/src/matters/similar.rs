//! Matters that may be the same.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Serialize;
use store::{ReadOf, Similar, WhatRead};
use utoipa::ToSchema;

use super::readable;
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::row::RowView,
};

/// A matter that may be the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct SimilarView {
    #[serde(flatten)]
    row: RowView,
    /// How far away, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    /// What both say.
    common: Vec<String>,
    days_apart: i64,
}

/// Matters that may be the same, likeliest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct SimilarList {
    items: Vec<SimilarView>,
}

/// Open matters that may be the same: of the same class, nearby and recent.
#[utoipa::path(get, path = "/api/v1/matters/{id}/similar", tag = "matters", operation_id = "list_similar", params(("id" = String, Path)), responses((status = 200, body = SimilarList), (status = 404, body = Problem)))]
pub(crate) async fn similar(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<SimilarList>> {
    let row = readable(&app, &session, &id).await?;
    let (site, now) = (app.store.site(), app.clock.now());
    let found = app.store.similar(&session.who.staff, &row, now).await?;
    let ids: Vec<_> = found.iter().map(|similar| similar.listed.row.matter.id).collect();
    let read = ReadOf {
        reader: &session.who.staff,
        grant: session.reading_grant()?,
        what: WhatRead::Preview,
        purpose: "similar",
        now,
    };
    app.store.record_reads(&read, &ids).await?;
    let view = |similar: Similar| SimilarView {
        days_apart: similar
            .listed
            .row
            .matter
            .reported_at
            .duration_since(row.matter.reported_at)
            .as_hours()
            .abs()
            / 24,
        row: RowView::of(&similar.listed, &site, now),
        distance_m: similar.metres.map(f64::round),
        common: similar.common,
    };
    Ok(Json(SimilarList { items: found.into_iter().map(view).collect() }))
}
