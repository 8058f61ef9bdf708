//! Talk days for everybody: the next ones, and the published answers of past ones. Made from public words alone.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::area::{AreaCode, AreaLevel};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    talk_days::{
        ahead::ahead,
        list::{planned, public_words, published},
    },
    views::{
        area::AreaView,
        talk_day::{PublishedDayView, TalkTimeView},
    },
};

/// Days that everybody is told ahead.
const DAYS_AHEAD: i32 = 31;
const MOST_AHEAD: usize = 60;
/// Published days of one answer.
const MOST_PUBLISHED: u32 = 10;

/// Which published days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PublishedQuery {
    /// Those before this day.
    #[param(value_type = Option<String>, format = Date)]
    before: Option<Date>,
}

/// An area's talk days as everybody may read them.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublicTalkDays {
    area: AreaView,
    /// Today's and those of the next month.
    next: Vec<TalkTimeView>,
    /// Newest first.
    published: Vec<PublishedDayView>,
    /// There are older ones before this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    older_before: Option<Date>,
}

/// The next talk days of a town or a village, and the answers that were published.
#[utoipa::path(get, path = "/api/v1/public/areas/{code}/talk-days", tag = "residents", operation_id = "read_public_talk_days", params(("code" = String, Path), PublishedQuery), responses((status = 200, body = PublicTalkDays), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    Path(code): Path<AreaCode>,
    Query(query): Query<PublishedQuery>,
) -> Result<Json<PublicTalkDays>> {
    let site = app.store.site();
    let area = site
        .areas
        .get(code)
        .filter(|area| matches!(area.code.level(), AreaLevel::Town | AreaLevel::Village))
        .ok_or_else(|| Problem::not_found("town or village"))?;
    let today = site.day(app.clock.now());
    let mut next = Vec::new();
    for day in
        ahead(&app, &[code], today, today.saturating_add(DAYS_AHEAD.days())).await?.iter().take(MOST_AHEAD)
    {
        next.push(TalkTimeView::of(day, &public_words(&app, day).await?, &site));
    }
    let past = planned(&app, &published(code, query.before, MOST_PUBLISHED + 1)).await?;
    let more = past.len() > MOST_PUBLISHED as usize;
    let shown = past.get(..MOST_PUBLISHED as usize).unwrap_or(&past);
    let mut answers = Vec::with_capacity(shown.len());
    for day in shown {
        answers.extend(PublishedDayView::of(day, &public_words(&app, day).await?, &site));
    }
    Ok(Json(PublicTalkDays {
        area: AreaView::of(area),
        next,
        older_before: shown.last().filter(|_| more).map(|day| day.date),
        published: answers,
    }))
}
