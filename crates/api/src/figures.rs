//! The numbers of an area, each with its formula. Kept by day of report, so that reopening moves the count. Exact for those
//! who may read the area; without small counts for everybody else.

use axum::{
    Json,
    extract::{Query, State},
};
use casework::{
    area::{AreaCode, AreaLevel},
    matter::Class,
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use store::TotalsQuery;
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    published::{Classes, Column, Count, Published},
    session::Session,
    views::area::AreaView,
};

/// Longest span of days.
const MOST_YEARS: i32 = 30;

/// Which numbers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FiguresQuery {
    /// A division code, a village at the smallest.
    area: AreaCode,
    /// First day of report; the first day of the year when left out.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day of report; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// Reported and handled.
#[derive(Serialize, ToSchema)]
pub(crate) struct Matters {
    reported: Count,
    handled: Count,
    open: Count,
}

/// Disputes.
#[derive(Serialize, ToSchema)]
pub(crate) struct Disputes {
    found: Count,
    settled: Count,
    agreements: Count,
    failures: Count,
    refused: Count,
    withdrawn: Count,
}

/// Hazards.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hazards {
    found: Count,
    struck_off: Count,
    /// Not closed.
    open: Count,
}

/// What reporters say.
#[derive(Serialize, ToSchema)]
pub(crate) struct Satisfaction {
    asked: Count,
    answered: Count,
    satisfied: Count,
}

/// Work done again.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rework {
    matters: Count,
}

/// One class.
#[derive(Serialize, ToSchema)]
pub(crate) struct ByClass {
    class: Class,
    reported: Count,
    handled: Count,
}

/// One month.
#[derive(Serialize, ToSchema)]
pub(crate) struct Month {
    month: String,
    reported: Count,
    handled: Count,
}

/// One area below.
#[derive(Serialize, ToSchema)]
pub(crate) struct Child {
    area: AreaView,
    reported: Count,
    handled: Count,
    disputes_found: Count,
    disputes_settled: Count,
    hazards_found: Count,
    hazards_struck_off: Count,
    reworked: Count,
    satisfied: Count,
    answered: Count,
}

/// How each figure is made, in the words of the product.
#[derive(Serialize, ToSchema)]
pub(crate) struct Formulas {
    reported: &'static str,
    handled: &'static str,
    disputes_settled: &'static str,
    hazards_struck_off: &'static str,
    settlement_rate: &'static str,
    satisfaction: &'static str,
    rework: &'static str,
}

const FORMULAS: Formulas = Formulas {
    reported: "上报日在所选日期内的事项，按现在所在地；合并掉的和拆分出的子事项不计",
    handled: "其中处于回访，或以办结、化解、销号、答复归档的",
    disputes_settled: "上报的矛盾纠纷中，以化解归档或化解后回访中的",
    hazards_struck_off: "上报的安全隐患中，已销号的",
    settlement_rate: "化解率 = 达成 ÷（达成 + 未能化解）；不愿调解和撤回的另列",
    satisfaction: "满意 ÷ 回答；同时列出问了多少人、多少人回答",
    rework: "核查不通过、不满意或重新办理而再办过的事项",
};

/// The numbers of an area.
#[derive(Serialize, ToSchema)]
pub(crate) struct Figures {
    area: AreaView,
    #[schema(value_type = String, format = Date)]
    from: Date,
    #[schema(value_type = String, format = Date)]
    to: Date,
    matters: Matters,
    disputes: Disputes,
    hazards: Hazards,
    satisfaction: Satisfaction,
    rework: Rework,
    by_class: Vec<ByClass>,
    trend: Vec<Month>,
    children: Vec<Child>,
    formulas: Formulas,
}

/// Numbers of an area. Small counts are for readers whose grants reach it.
///
/// Whole months before this one of a city or a county are open to everybody; days, the present and
/// smaller areas need a sign-in whose grants reach the area. Without such a sign-in a count of one to four is `null`, and so
/// are those from which it could be worked out; with it every count is exact.
#[utoipa::path(get, path = "/api/v1/figures", tag = "figures", operation_id = "read_figures", params(FiguresQuery), responses((status = 200, body = Figures), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Option<Session>,
    Query(query): Query<FiguresQuery>,
) -> Result<Json<Figures>> {
    let site = app.store.site();
    let area = site
        .areas
        .get(query.area)
        .filter(|area| area.code.level() <= AreaLevel::Village)
        .ok_or_else(|| Problem::not_found("area"))?;
    let today = site.day(app.clock.now());
    let from = query.from.unwrap_or_else(|| today.first_of_year());
    let to = query.to.unwrap_or(today);
    if to < from || to > from.saturating_add(MOST_YEARS.years()) {
        return Err(Problem::invalid(
            "to",
            "the last day lies on or after the first, and at most thirty years later",
        ));
    }
    let sight = sight(session.as_ref(), query.area, from, to, today)?;
    let name = |code: AreaCode| AreaView::at(code, &site);
    Ok(Json(match sight {
        Sight::Exact => {
            let totals = app.store.totals(&TotalsQuery { area: query.area, from, to }).await?;
            let trend = totals.months.iter().map(|(month, sums)| Month {
                month: month.clone(),
                reported: Count(Some(sums.reported)),
                handled: Count(Some(sums.handled)),
            });
            let children =
                totals.children.iter().map(|(code, classes)| child(name(*code), exact(classes))).collect();
            figures(AreaView::of(area), (from, to), exact(&totals.classes), trend.collect(), children)
        }
        Sight::Public => {
            let last = today.first_of_month().saturating_sub(1.day());
            let published = Published::read(&app.store, query.area, (from, to), last).await?;
            let of = |code: AreaCode| {
                let published = &published;
                move |column| published.span(code, (from, to), column)
            };
            let trend = published.months(query.area, (from, to)).into_iter().map(|month| Month {
                month: format!("{}-{:02}", month / 100, month % 100),
                reported: published.month(query.area, month, Column::Reported),
                handled: published.month(query.area, month, Column::Handled),
            });
            let children = site
                .areas
                .children(query.area)
                .filter(|below| !published.months(below.code, (from, to)).is_empty())
                .map(|below| child(AreaView::of(below), of(below.code)))
                .collect();
            figures(AreaView::of(area), (from, to), of(query.area), trend.collect(), children)
        }
    }))
}

/// How much the asker sees.
enum Sight {
    Exact,
    Public,
}

/// Everybody sees a city's or a county's whole months; staff see the areas their grants reach or lie in, exactly.
fn sight(session: Option<&Session>, area: AreaCode, from: Date, to: Date, today: Date) -> Result<Sight> {
    let reaches = |grant: &casework::actor::Grant| {
        grant.role.reads_matters() && (grant.area.contains(area) || area.contains(grant.area))
    };
    if session.is_some_and(|session| session.who.staff.grants.iter().any(reaches)) {
        return Ok(Sight::Exact);
    }
    let whole_months =
        from == from.first_of_month() && to == to.last_of_month() && to < today.first_of_month();
    if whole_months && area.level() <= AreaLevel::County {
        return Ok(Sight::Public);
    }
    Err(if session.is_some() { Problem::not_allowed() } else { Problem::not_signed_in() })
}

fn exact(classes: &Classes) -> impl Fn(Column) -> Count {
    move |column| Count(Some(column.of(classes)))
}

fn figures(
    area: AreaView,
    (from, to): (Date, Date),
    of: impl Fn(Column) -> Count,
    trend: Vec<Month>,
    children: Vec<Child>,
) -> Figures {
    Figures {
        area,
        from,
        to,
        matters: Matters {
            reported: of(Column::Reported),
            handled: of(Column::Handled),
            open: of(Column::Open),
        },
        disputes: Disputes {
            found: of(Column::ReportedOf(Class::Dispute)),
            settled: of(Column::Settled),
            agreements: of(Column::Settled),
            failures: of(Column::Failed),
            refused: of(Column::Refused),
            withdrawn: of(Column::Withdrawn),
        },
        hazards: Hazards {
            found: of(Column::ReportedOf(Class::Hazard)),
            struck_off: of(Column::StruckOff),
            open: of(Column::OpenHazards),
        },
        satisfaction: Satisfaction {
            asked: of(Column::Asked),
            answered: of(Column::Answered),
            satisfied: of(Column::Satisfied),
        },
        rework: Rework { matters: of(Column::Reworked) },
        by_class: Class::ALL
            .iter()
            .map(|class| ByClass {
                class: *class,
                reported: of(Column::ReportedOf(*class)),
                handled: of(Column::HandledOf(*class)),
            })
            .collect(),
        trend,
        children,
        formulas: FORMULAS,
    }
}

fn child(area: AreaView, of: impl Fn(Column) -> Count) -> Child {
    Child {
        area,
        reported: of(Column::Reported),
        handled: of(Column::Handled),
        disputes_found: of(Column::ReportedOf(Class::Dispute)),
        disputes_settled: of(Column::Settled),
        hazards_found: of(Column::ReportedOf(Class::Hazard)),
        hazards_struck_off: of(Column::StruckOff),
        reworked: of(Column::Reworked),
        satisfied: of(Column::Satisfied),
        answered: of(Column::Answered),
    }
}
