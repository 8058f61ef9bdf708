//! Public numbers: whole months, no small counts, nothing below a village.

use axum::{
    Json,
    extract::{Query, State},
};
use casework::area::{AreaCode, AreaLevel};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use store::{Sums, TotalsQuery};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    views::area::AreaView,
};

/// Counts below this are not published.
const SMALLEST: i64 = 5;
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
    /// Nothing where the count is small.
    reported: Option<i64>,
    handled: Option<i64>,
}

/// All months together.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotalView {
    reported: Option<i64>,
    handled: Option<i64>,
}

/// An area's public numbers.
#[derive(Serialize, ToSchema)]
pub(crate) struct NumbersView {
    area: AreaView,
    months: Vec<MonthView>,
    total: TotalView,
}

/// Public numbers of an area for the last twelve whole months.
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
    let totals = app.store.totals(&TotalsQuery { area: query.area, from, to }).await?;
    let months: Vec<MonthView> =
        (0..MONTHS).map(|back| month(from.saturating_add(back.months()), &totals.months)).collect();
    // The total covers the published months alone: with a hidden one in it, it would give that one away.
    let total = |of: fn(&MonthView) -> Option<i64>| {
        Some(months.iter().filter_map(of).sum::<i64>()).filter(|sum| *sum >= SMALLEST)
    };
    Ok(Json(NumbersView {
        area: AreaView::of(area),
        total: TotalView { reported: total(|m| m.reported), handled: total(|m| m.handled) },
        months,
    }))
}

fn month(first: Date, months: &std::collections::BTreeMap<String, Sums>) -> MonthView {
    let month = first.strftime("%Y-%m").to_string();
    let sums = months.get(&month).copied().unwrap_or_default();
    let large = |value: i64| Some(value).filter(|value| *value >= SMALLEST);
    // The difference of reported and handled is a count too.
    let open = sums.reported - sums.handled;
    let handled = large(sums.handled).filter(|_| open == 0 || open >= SMALLEST);
    MonthView { month, reported: large(sums.reported), handled }
}
