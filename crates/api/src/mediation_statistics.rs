//! The Ministry's monthly table of mediations: host × source × kind × form, people and money, with the rates beside their formulas.
//! Computed from concluded mediations; refusals are counted apart and belong to no rate.

use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::{
    area::{AreaCode, AreaLevel},
    catalogue::Choice,
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
    /// A kind of committee, an origin or a kind of dispute.
    code: String,
    /// What the catalogue calls a kind of dispute.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<String>,
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

/// The hosts that the Ministry tells apart.
const HOSTS: [&str; 7] = ["village", "community", "town", "street", "enterprise", "trade", "other"];

/// The host as the register of committees has it, or the level at which it works.
fn host(group: &CaseGroup, site: &Site) -> String {
    let level = || site.units.get(&group.unit).map_or("other", |unit| unit.level().as_str());
    let host = match group.host.as_deref().unwrap_or_else(level) {
        "medical" | "environment" | "property" | "traffic" | "labour" | "specialised" => "trade",
        known if HOSTS.contains(&known) => known,
        _ => "other",
    };
    host.to_owned()
}

fn kind(group: &CaseGroup, site: &Site) -> String {
    let category = group.category.as_deref().and_then(|code| site.catalogue.category(Class::Dispute, code));
    category.and_then(|category| category.ministry.clone()).unwrap_or_else(|| "other".to_owned())
}

/// Every line of a part, in the order of the form, whether anything stands in it or not.
fn lines(mut lines: Vec<Line>, groups: &[CaseGroup], code: impl Fn(&CaseGroup) -> String) -> Vec<Line> {
    for group in groups {
        let code = code(group);
        match lines.iter_mut().find(|line| line.code == code) {
            Some(line) => line.add(group),
            None => {
                let mut line = Line::of(code);
                line.add(group);
                lines.push(line);
            }
        }
    }
    lines
}

fn kinds(site: &Site) -> Vec<Line> {
    let kind = |kind: &Choice| Line {
        name: Some(kind.name.clone()),
        name_en: Some(kind.name_en.clone()),
        ..Line::of(kind.code.clone())
    };
    site.catalogue.mediation.ministry_types.iter().map(kind).collect()
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
        by_host: lines(HOSTS.map(Line::of).into(), &groups, |group| host(group, &site)),
        by_origin: lines(Origin::ALL.iter().map(|it| Line::of(it.as_str())).collect(), &groups, origin),
        by_type: lines(kinds(&site), &groups, |group| kind(group, &site)),
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
    let ledger = ledger(&table, &session.who.account.display_name, site.day(app.clock.now()));
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

fn ledger(table: &MonthTable, filled_by: &str, today: Date) -> Ledger {
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
        column("", "成功率（不计不愿调解）", 12),
        // The form asks for it, and no rule says what it is: whoever fills in the form does.
        column("", "疑难复杂", 9),
    ];
    let named = |by: &str, line: &Line| row(by, &name(by, line), line);
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
    values.extend([success, Value::Empty]);
    values
}

/// A line's name in the table, which is Chinese as the Ministry's is.
fn name(by: &str, line: &Line) -> String {
    let text = match (by, line.code.as_str()) {
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
        ("调解组织", "trade") => "行业性专业性",
        ("调解组织", _) => "社会团体和其他",
        _ => line.name.as_deref().unwrap_or("其他纠纷"),
    };
    text.to_owned()
}
