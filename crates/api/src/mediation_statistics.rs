//! The Ministry's monthly table of mediations: host × source × kind × form, people and money, with the rates beside their formulas.
//! Computed from concluded mediations; refusals are counted apart and belong to no rate.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::{
    area::{AreaCode, AreaLevel},
    matter::{Class, MediationResult},
    mediation::{AgreementForm, Origin},
    site::Site,
};
use documents::ledger::{Column, Ledger, Value, xlsx};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use store::{CaseGroup, CaseSums, CasesQuery};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::area::AreaView,
};

/// Which month, and where.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MonthQuery {
    /// A division code, a village at the smallest.
    area: AreaCode,
    /// Any day of the month; the last whole month when left out.
    #[param(value_type = Option<String>, format = Date)]
    month: Option<Date>,
}

/// One line of the table: what its mediations have in common, and their counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Line {
    /// A kind of committee, an origin or a kind of dispute, by code; the level of the committee's area where its kind is not registered.
    code: String,
    /// Mediations concluded but for refusals.
    cases: i64,
    parties: i64,
    agreements: i64,
    failures: i64,
    /// Refused or stopped by a party; in no other count.
    refused: i64,
    oral: i64,
    written: i64,
    /// What the agreements are about, in fen.
    fen: i64,
    /// Clauses that fell due, and those performed.
    due: i64,
    performed: i64,
    /// Agreements that a court confirmed.
    confirmed: i64,
}

/// How the rates are worked out.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rates {
    success: &'static str,
    performance: &'static str,
    confirmation: &'static str,
}

const RATES: Rates = Rates {
    success: "调解成功率 = 达成协议件数 ÷（达成协议 + 未达成终止）；一方不愿调解的另列，不计入",
    performance: "履行率 = 到期已履行条款 ÷ 到期应履行条款",
    confirmation: "司法确认率 = 已确认 ÷ 书面协议",
};

/// The table of a month.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonthTable {
    area: AreaView,
    #[schema(value_type = String, format = Date)]
    from: Date,
    #[schema(value_type = String, format = Date)]
    to: Date,
    total: Line,
    by_host: Vec<Line>,
    by_origin: Vec<Line>,
    by_type: Vec<Line>,
    formulas: Rates,
}

impl Line {
    fn of(code: impl Into<String>) -> Self {
        Self { code: code.into(), ..Self::default() }
    }

    fn add(&mut self, group: &CaseGroup) {
        let CaseSums { cases, parties, fen, due, performed, confirmed } = group.sums;
        match group.result {
            MediationResult::Refused | MediationResult::Stopped => {
                self.refused += cases;
                return;
            }
            MediationResult::Failed => self.failures += cases,
            MediationResult::Agreement => self.agreements += cases,
        }
        self.cases += cases;
        self.parties += parties;
        match group.form.filter(|_| group.result == MediationResult::Agreement) {
            Some(AgreementForm::Oral) => self.oral += cases,
            Some(AgreementForm::Written) => self.written += cases,
            None => {}
        }
        self.fen += fen;
        self.due += due;
        self.performed += performed;
        self.confirmed += confirmed;
    }
}

/// The host as the register of committees has it, or the level at which it works.
fn host(group: &CaseGroup, site: &Site) -> String {
    let level = || site.units.get(&group.unit).map_or("other", |unit| unit.level().as_str());
    group.host.clone().unwrap_or_else(|| level().to_owned())
}

fn kind(group: &CaseGroup, site: &Site) -> String {
    let category = group.category.as_deref().and_then(|code| site.catalogue.category(Class::Dispute, code));
    category.and_then(|category| category.ministry.clone()).unwrap_or_else(|| "other".to_owned())
}

fn lines(groups: &[CaseGroup], code: impl Fn(&CaseGroup) -> String) -> Vec<Line> {
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for group in groups {
        let code = code(group);
        lines.entry(code.clone()).or_insert_with(|| Line::of(code)).add(group);
    }
    lines.into_values().collect()
}

async fn table(app: &App, session: &Session, query: &MonthQuery) -> Result<MonthTable> {
    let site = app.store.site();
    let area = site.areas.get(query.area).filter(|area| area.code.level() <= AreaLevel::Village);
    let area = area.ok_or_else(|| Problem::not_found("area"))?;
    let reaches = |grant: &casework::actor::Grant| {
        grant.role.reads_matters() && (grant.area.contains(area.code) || area.code.contains(grant.area))
    };
    if !session.who.staff.grants.iter().any(reaches) {
        return Err(Problem::not_allowed());
    }
    let last = || site.day(app.clock.now()).first_of_month().saturating_sub(1.day());
    let month = query.month.unwrap_or_else(last);
    let (from, to) = (month.first_of_month(), month.last_of_month());
    let groups = app.store.concluded_cases(&CasesQuery { area: area.code, from, to }).await?;
    let mut total = Line::of("total");
    groups.iter().for_each(|group| total.add(group));
    let origin = |group: &CaseGroup| group.origin.map_or("other", Origin::as_str).to_owned();
    Ok(MonthTable {
        area: AreaView::of(area),
        from,
        to,
        total,
        by_host: lines(&groups, |group| host(group, &site)),
        by_origin: lines(&groups, origin),
        by_type: lines(&groups, |group| kind(group, &site)),
        formulas: RATES,
    })
}

/// The Ministry's table of mediations concluded in a month.
#[utoipa::path(get, path = "/api/v1/mediation-statistics", tag = "figures", operation_id = "read_mediation_statistics", params(MonthQuery),
    responses((status = 200, body = MonthTable), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Query(query): Query<MonthQuery>,
) -> Result<Json<MonthTable>> {
    Ok(Json(table(&app, &session, &query).await?))
}

/// The same as a spreadsheet, the way offices hand it up.
#[utoipa::path(get, path = "/api/v1/mediation-statistics.xlsx", tag = "figures", operation_id = "read_mediation_statistics_sheet", params(MonthQuery),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn sheet(
    State(app): State<App>,
    session: Session,
    Query(query): Query<MonthQuery>,
) -> Result<Response> {
    let table = table(&app, &session, &query).await?;
    let site = app.store.site();
    let ledger = ledger(&table, &session.who.account.display_name, site.day(app.clock.now()), &site);
    let bytes = xlsx(&ledger).map_err(|fault| store::Error::Damaged(fault.to_string()))?;
    let name =
        format!("attachment; filename=\"mediation-{}-{}.xlsx\"", query.area, table.from.strftime("%Y%m"));
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    Ok((headers, bytes).into_response())
}

fn ledger(table: &MonthTable, filled_by: &str, today: Date, site: &Site) -> Ledger {
    let column = |group: &str, head: &str, width| Column {
        group: group.to_owned(),
        head: head.to_owned(),
        width,
        is_summed: false,
    };
    let columns = vec![
        column("", "统计口径", 12),
        column("", "项目", 22),
        column("调解", "案件数", 9),
        column("调解", "当事人数", 10),
        column("调解", "达成协议", 10),
        column("调解", "未达成", 9),
        column("", "不愿调解（另列）", 16),
        column("协议形式", "口头", 8),
        column("协议形式", "书面", 8),
        column("", "涉及金额（元）", 16),
        column("履行", "到期", 8),
        column("履行", "已履行", 8),
        column("", "司法确认", 10),
        column("", "成功率", 9),
    ];
    let named = |by: &str, line: &Line| row(by, &name(by, &line.code, site), line);
    let mut rows = vec![row("合计", "全部", &table.total)];
    rows.extend(table.by_host.iter().map(|line| named("调解组织", line)));
    rows.extend(table.by_origin.iter().map(|line| named("案件来源", line)));
    rows.extend(table.by_type.iter().map(|line| named("纠纷类型", line)));
    Ledger {
        title: format!("{}年{}月人民调解案件情况统计表", table.from.year(), table.from.month()),
        unit: table.area.name.clone(),
        filled_by: filled_by.to_owned(),
        filled_on: Some(today),
        columns,
        rows,
    }
}

fn row(by: &str, name: &str, line: &Line) -> Vec<Value> {
    let concluded = line.agreements + line.failures;
    let success =
        if concluded == 0 { Value::Empty } else { Value::Thousandths(line.agreements * 1_000 / concluded) };
    let counts =
        [line.cases, line.parties, line.agreements, line.failures, line.refused, line.oral, line.written];
    let mut values = vec![Value::Text(by.to_owned()), Value::Text(name.to_owned())];
    values.extend(counts.map(Value::Count));
    values.push(Value::Fen(line.fen));
    values.extend([line.due, line.performed, line.confirmed].map(Value::Count));
    values.push(success);
    values
}

/// A line's name in the table, which is Chinese as the Ministry's is.
fn name(by: &str, code: &str, site: &Site) -> String {
    let listed = site.catalogue.mediation.ministry_types.iter().find(|kind| kind.code == code);
    let text = match (by, code) {
        ("案件来源", "application") => "依申请",
        ("案件来源", "own_initiative") => "主动调解",
        ("案件来源", "court") => "法院委托移送",
        ("案件来源", "procuratorate") => "检察院移送",
        ("案件来源", "police") => "公安移送",
        ("案件来源", "petition_office") => "信访移送",
        ("案件来源", _) => "其他移送",
        ("调解组织", "village") => "村",
        ("调解组织", "community") => "居（社区）",
        ("调解组织", "town") => "乡镇",
        ("调解组织", "street") => "街道",
        ("调解组织", "enterprise") => "企事业单位",
        ("调解组织", "medical" | "environment" | "property" | "traffic" | "labour" | "specialised") => {
            "行业性专业性"
        }
        ("调解组织", _) => "社会团体和其他",
        _ => return listed.map_or_else(|| "其他纠纷".to_owned(), |kind| kind.name.clone()),
    };
    text.to_owned()
}
