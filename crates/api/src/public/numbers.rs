//! Public numbers: whole months, no small counts nor those that would tell them, nothing below a village.

use axum::{
    Json,
    extract::{Query, State},
};
use casework::area::{AreaCode, AreaLevel};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    published::{Column, Count, Published},
    views::area::AreaView,
};

/// Months that are published.
const MONTHS: i32 = 12;

/// Which area.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NumbersQuery {
    /// A division code, a village at the smallest.
    area: AreaCode,
}

/// One month.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonthView {
    month: String,
    reported: Count,
    handled: Count,
}

/// All months together.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotalView {
    reported: Count,
    handled: Count,
}

/// An area's public numbers.
#[derive(Serialize, ToSchema)]
pub(crate) struct NumbersView {
    area: AreaView,
    months: Vec<MonthView>,
    total: TotalView,
}

/// Public numbers of an area for the last twelve whole months, without small counts.
///
/// A count of one to four is `null`, and so are those from which it
/// could be worked out.
#[utoipa::path(get, path = "/api/v1/public/figures", tag = "residents", operation_id = "read_public_figures", params(NumbersQuery), responses((status = 200, body = NumbersView), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    Query(query): Query<NumbersQuery>,
) -> Result<Json<NumbersView>> {
    let site = app.store.site();
    let area = site
        .areas
        .get(query.area)
        .filter(|area| area.code.level() <= AreaLevel::Village)
        .ok_or_else(|| Problem::not_found("area"))?;
    let this_month = site.day(app.clock.now()).first_of_month();
    let from = this_month.saturating_sub(MONTHS.months());
    let to = this_month.saturating_sub(1.day());
    let published = Published::read(&app.store, query.area, (from, to), to).await?;
    let months = (0..MONTHS)
        .map(|back| {
            let first = from.saturating_add(back.months());
            let of = |column| published.month(query.area, store::day_number(first) / 100, column);
            MonthView {
                month: first.strftime("%Y-%m").to_string(),
                reported: of(Column::Reported),
                handled: of(Column::Handled),
            }
        })
        .collect();
    let total = |column| published.span(query.area, (from, to), column);
    Ok(Json(NumbersView {
        area: AreaView::of(area),
        months,
        total: TotalView { reported: total(Column::Reported), handled: total(Column::Handled) },
    }))
}
