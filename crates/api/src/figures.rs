//! The numbers of an area, each with its formula. Kept by day of report, so that reopening moves the count.

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
use store::{Sums, Totals, TotalsQuery};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
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
    reported: i64,
    handled: i64,
    open: i64,
}

/// Disputes.
#[derive(Serialize, ToSchema)]
pub(crate) struct Disputes {
    found: i64,
    settled: i64,
    agreements: i64,
    failures: i64,
    refused: i64,
    withdrawn: i64,
}

/// Hazards.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hazards {
    found: i64,
    struck_off: i64,
    /// Not closed.
    open: i64,
}

/// What reporters say.
#[derive(Serialize, ToSchema)]
pub(crate) struct Satisfaction {
    asked: i64,
    answered: i64,
    satisfied: i64,
}

/// Work done again.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rework {
    matters: i64,
}

/// One class.
#[derive(Serialize, ToSchema)]
pub(crate) struct ByClass {
    class: Class,
    reported: i64,
    handled: i64,
}

/// One month.
#[derive(Serialize, ToSchema)]
pub(crate) struct Month {
    month: String,
    reported: i64,
    handled: i64,
}

/// One area below.
#[derive(Serialize, ToSchema)]
pub(crate) struct Child {
    area: AreaView,
    reported: i64,
    handled: i64,
    disputes_found: i64,
    disputes_settled: i64,
    hazards_found: i64,
    hazards_struck_off: i64,
    reworked: i64,
    satisfied: i64,
    answered: i64,
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

/// Numbers of an area. Whole months before this one are open to everybody; days and the present need a sign-in whose
/// grants reach the area.
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
    may_see(session.as_ref(), query.area, from, to, today)?;
    let totals = app.store.totals(&TotalsQuery { area: query.area, from, to }).await?;
    let children =
        totals.children.iter().map(|(code, classes)| child(AreaView::at(*code, &site), classes)).collect();
    Ok(Json(figures(AreaView::of(area), from, to, &totals, children)))
}

/// Everybody sees a city's or a county's whole months; staff see the areas their grants reach or lie in.
fn may_see(session: Option<&Session>, area: AreaCode, from: Date, to: Date, today: Date) -> Result<()> {
    let whole_months =
        from == from.first_of_month() && to == to.last_of_month() && to < today.first_of_month();
    if whole_months && area.level() <= AreaLevel::County {
        return Ok(());
    }
    let session = session.ok_or_else(Problem::not_signed_in)?;
    let reaches = |grant: &casework::actor::Grant| {
        grant.role.reads_matters() && (grant.area.contains(area) || area.contains(grant.area))
    };
    if session.who.staff.grants.iter().any(reaches) { Ok(()) } else { Err(Problem::not_allowed()) }
}

fn figures(area: AreaView, from: Date, to: Date, totals: &Totals, children: Vec<Child>) -> Figures {
    let (all, disputes, hazards) = (totals.all(), totals.class(Class::Dispute), totals.class(Class::Hazard));
    Figures {
        area,
        from,
        to,
        matters: Matters { reported: all.reported, handled: all.handled, open: all.open },
        disputes: Disputes {
            found: disputes.reported,
            settled: disputes.settled,
            agreements: disputes.settled,
            failures: disputes.failed,
            refused: disputes.refused,
            withdrawn: disputes.withdrawn,
        },
        hazards: Hazards { found: hazards.reported, struck_off: hazards.struck_off, open: hazards.open },
        satisfaction: Satisfaction { asked: all.asked, answered: all.answered, satisfied: all.satisfied },
        rework: Rework { matters: all.reworked },
        by_class: Class::ALL
            .iter()
            .map(|class| {
                let sums = totals.class(*class);
                ByClass { class: *class, reported: sums.reported, handled: sums.handled }
            })
            .collect(),
        trend: totals
            .months
            .iter()
            .map(|(month, sums)| Month {
                month: month.clone(),
                reported: sums.reported,
                handled: sums.handled,
            })
            .collect(),
        children,
        formulas: FORMULAS,
    }
}

fn child(area: AreaView, classes: &std::collections::BTreeMap<Class, Sums>) -> Child {
    let all = store::total(classes);
    let of = |class| classes.get(&class).copied().unwrap_or_default();
    let (disputes, hazards): (Sums, Sums) = (of(Class::Dispute), of(Class::Hazard));
    Child {
        area,
        reported: all.reported,
        handled: all.handled,
        disputes_found: disputes.reported,
        disputes_settled: disputes.settled,
        hazards_found: hazards.reported,
        hazards_struck_off: hazards.struck_off,
        reworked: all.reworked,
        satisfied: all.satisfied,
        answered: all.answered,
    }
}
