//! Lists of matters: queues, areas, search, what I did.

use axum::{
    Json,
    extract::{Query, State},
};
use serde::Serialize;
use store::{Filter, MOST_COUNTED, Page, QueueCount, ReadOf, WhatRead};
use utoipa::ToSchema;

use super::query::MattersQuery;
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::row::RowView,
};

/// How many a queue holds, by light.
#[derive(Serialize, ToSchema)]
pub(crate) struct Lights {
    green: i64,
    yellow: i64,
    red: i64,
    grey: i64,
}

/// A page of matters.
#[derive(Serialize, ToSchema)]
pub(crate) struct MatterList {
    items: Vec<RowView>,
    /// The cursor of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// How many there are, as far as they are counted.
    count: i64,
    /// There are more than were counted.
    count_capped: bool,
    /// With `owed_by=me`: the whole queue by light.
    #[serde(skip_serializing_if = "Option::is_none")]
    lights: Option<Lights>,
}

/// Lists matters that the reader may read.
#[utoipa::path(get, path = "/api/v1/matters", tag = "matters", operation_id = "list_matters", params(MattersQuery), responses((status = 200, body = MatterList), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<MattersQuery>,
) -> Result<Json<MatterList>> {
    let grant = session.reading_grant()?;
    let (site, now) = (app.store.site(), app.clock.now());
    let filter = query.filter(&session, &site)?;
    let page = app.store.matters(&session.who.staff, &filter, now).await?;
    let (count, lights) = counted(&app, &session, &query, &filter, &page).await?;
    let ids: Vec<_> = page.rows.iter().map(|listed| listed.row.matter.id).collect();
    app.store
        .record_reads(
            &ReadOf { reader: &session.who.staff, grant, what: WhatRead::Preview, purpose: "list", now },
            &ids,
        )
        .await?;
    Ok(Json(MatterList {
        items: page.rows.iter().map(|listed| RowView::of(listed, &site, now)).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
        count,
        count_capped: count >= MOST_COUNTED,
        lights,
    }))
}

async fn counted(
    app: &App,
    session: &Session,
    query: &MattersQuery,
    filter: &Filter,
    page: &Page,
) -> Result<(i64, Option<Lights>)> {
    let now = app.clock.now();
    let searched = query.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    let count = if searched {
        i64::try_from(page.rows.len()).unwrap_or(i64::MAX)
    } else {
        app.store.count(&session.who.staff, filter, now).await?
    };
    if query.owed_by.as_deref() != Some("me") {
        return Ok((count, None));
    }
    let QueueCount { green, yellow, red, grey } = app.store.queue_count(&session.queues(), now).await?;
    Ok((count, Some(Lights { green, yellow, red, grey })))
}
