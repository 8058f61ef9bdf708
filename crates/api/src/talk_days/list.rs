//! Lists of talk days: what is ahead, what is open or owed, what is past.

use axum::{
    Json,
    extract::{Query, State},
};
use casework::{area::AreaCode, talk_day::TalkState};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use store::{TalkFilter, Texts};
use utoipa::{IntoParams, ToSchema};

use super::{
    ahead::{Ahead, Habits, ahead, of},
    readable_areas,
};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::talk_day::TalkDayRowView,
};

/// Days that a list of what is ahead looks forward.
const DAYS_AHEAD: i32 = 31;
const MOST: u32 = 100;

/// Which of the lists.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Which {
    /// Today's and those of the next month, also those that nobody planned yet.
    Next,
    /// Those with something that waits or a promise that is owed, the first due first.
    Open,
    /// Past ones, newest first.
    Past,
}

/// Which talk days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TalkDaysQuery {
    #[param(inline)]
    which: Which,
    /// Those of villages in this area; all that one may read when left out.
    area: Option<AreaCode>,
    /// With `past`: those before this day.
    #[param(value_type = Option<String>, format = Date)]
    before: Option<Date>,
}

/// Talk days.
#[derive(Serialize, ToSchema)]
pub(crate) struct TalkDayList {
    items: Vec<TalkDayRowView>,
}

/// Lists talk days that the reader may read. What was said is not in it.
#[utoipa::path(get, path = "/api/v1/talk-days", tag = "talk days", operation_id = "list_talk_days", params(TalkDaysQuery), responses((status = 200, body = TalkDayList), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<TalkDaysQuery>,
) -> Result<Json<TalkDayList>> {
    let areas = readable_areas(&session, query.area)?;
    let (site, today) = (app.store.site(), app.store.site().day(app.clock.now()));
    let filter = TalkFilter { areas: areas.clone(), limit: MOST, ..TalkFilter::default() };
    let days = match query.which {
        Which::Next => ahead(&app, &areas, today, today.saturating_add(DAYS_AHEAD.days())).await?,
        Which::Open => planned(&app, &TalkFilter { open: true, ..filter }).await?,
        Which::Past => {
            let before = query.before.unwrap_or(today);
            let to = Some(before.saturating_sub(1.day()));
            planned(&app, &TalkFilter { to, newest_first: true, ..filter }).await?
        }
    };
    let mut items = Vec::new();
    for day in days.iter().take(MOST as usize) {
        let public = public_words(&app, day).await?;
        items.push(TalkDayRowView::of(app.store.talk_day_id(day.area, day.slot), day, &public, &site));
    }
    Ok(Json(TalkDayList { items }))
}

/// Talk days that somebody planned.
pub(crate) async fn planned(app: &App, filter: &TalkFilter) -> Result<Vec<Ahead>> {
    let mut days = Vec::new();
    for row in app.store.talk_days(filter).await? {
        let habits = Habits::of(app, row.day.area).await?;
        days.push(of(row, &habits));
    }
    Ok(days)
}

/// The words of a talk day that everybody may read.
pub(crate) async fn public_words(app: &App, day: &Ahead) -> Result<Texts> {
    Ok(match &day.row {
        Some(row) => app.store.public_talk_words(row).await?,
        None => Texts::default(),
    })
}

/// Published talk days of an area, newest first.
pub(crate) fn published(area: AreaCode, before: Option<Date>, limit: u32) -> TalkFilter {
    TalkFilter {
        areas: vec![area],
        to: before.map(|before| before.saturating_sub(1.day())),
        states: vec![TalkState::Published],
        newest_first: true,
        limit,
        ..TalkFilter::default()
    }
}
