//! The registers as tables for the justice bureau and the court (People's Mediation Law art. 10): CSV with the mark that
//! spreadsheet programs know, in the words of the office.

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use casework::{
    area::AreaCode,
    register::{Committee, CommitteeKind, Mediator, MediatorKind, Minority, Term},
    site::Site,
};
use serde::Deserialize;
use store::{CommitteesQuery, Error, MediatorsQuery, Stretch};
use utoipa::IntoParams;

use super::{reads, studio_names};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::{
        area::{AreaView, UnitRef},
        register::disputes,
    },
};

/// Entries read at once.
const AT_ONCE: usize = 1_000;
const MARK: &str = "\u{feff}";

/// Of which area.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// The whole site when left out.
    area: Option<AreaCode>,
}

const COMMITTEE_HEADER: [&str; 12] = [
    "名称",
    "类型",
    "地区",
    "设立或批准单位",
    "主任",
    "委员人数",
    "有妇女委员",
    "有少数民族委员",
    "任期开始",
    "任期结束",
    "受理纠纷类别",
    "区划代码",
];

const MEDIATOR_HEADER: [&str; 10] = [
    "姓名",
    "类型",
    "调解组织",
    "服务地区",
    "擅长纠纷类别",
    "个人调解工作室",
    "任期开始",
    "任期结束",
    "在任",
    "区划代码",
];

/// The committees of an area as CSV.
#[utoipa::path(get, path = "/api/v1/committees/export", tag = "registers", operation_id = "export_committees", params(ExportQuery), responses((status = 200, content_type = "text/csv", body = String), (status = 403, body = Problem)))]
pub(crate) async fn committees(
    State(app): State<App>,
    session: Session,
    Query(query): Query<ExportQuery>,
) -> Result<Response> {
    reads(&session)?;
    let (site, filter) = (app.store.site(), CommitteesQuery { area: query.area, kind: None });
    let mut table = Table::new(&COMMITTEE_HEADER)?;
    let today = site.day(app.clock.now());
    let mut stretch = Stretch { to_mend: false, today, after: None, limit: AT_ONCE };
    loop {
        let entries = app.store.committees(&filter, &stretch).await?;
        for entry in &entries {
            table.row(&committee_row(&entry.kept, &site))?;
        }
        match entries.last() {
            Some(last) if entries.len() == AT_ONCE => stretch.after = Some(last.kept.unit.clone()),
            Some(_) | None => break,
        }
    }
    table.answer("committees.csv")
}

/// The mediators of an area as CSV.
#[utoipa::path(get, path = "/api/v1/mediators/export", tag = "registers", operation_id = "export_mediators", params(ExportQuery), responses((status = 200, content_type = "text/csv", body = String), (status = 403, body = Problem)))]
pub(crate) async fn mediators(
    State(app): State<App>,
    session: Session,
    Query(query): Query<ExportQuery>,
) -> Result<Response> {
    reads(&session)?;
    let site = app.store.site();
    let filter = MediatorsQuery { area: query.area, ..MediatorsQuery::default() };
    let mut table = Table::new(&MEDIATOR_HEADER)?;
    let today = site.day(app.clock.now());
    let mut stretch = Stretch { to_mend: false, today, after: None, limit: AT_ONCE };
    loop {
        let entries = app.store.mediators(&filter, &stretch).await?;
        let studios = studio_names(&app, entries.iter().filter_map(|entry| entry.kept.studio)).await?;
        for entry in &entries {
            let studio = entry.kept.studio.and_then(|id| studios.get(&id));
            let studio = studio.map(|studio| studio.name.clone()).unwrap_or_default();
            table.row(&mediator_row(&entry.kept, studio, &site))?;
        }
        match entries.last() {
            Some(last) if entries.len() == AT_ONCE => stretch.after = Some(last.kept.id),
            Some(_) | None => break,
        }
    }
    table.answer("mediators.csv")
}

fn committee_row(committee: &Committee, site: &Site) -> [String; 12] {
    let area = site.units.get(&committee.unit).map(|unit| unit.area);
    let [from, until] = days(committee.term);
    [
        UnitRef::at(&committee.unit, site).name,
        kind_of_committee(committee.kind).to_owned(),
        area.map(|area| site.areas.path(area)).unwrap_or_default(),
        committee.approved_by.clone(),
        committee.director.clone().unwrap_or_default(),
        committee.members.to_string(),
        yes(committee.includes_a_woman).to_owned(),
        match committee.minority_represented {
            Minority::NotRelevant => "不涉及",
            Minority::Yes => "是",
            Minority::No => "否",
        }
        .to_owned(),
        from,
        until,
        kinds_of_dispute(&committee.admits, site),
        area.map(|area| area.to_string()).unwrap_or_default(),
    ]
}

fn mediator_row(mediator: &Mediator, studio: String, site: &Site) -> [String; 10] {
    let [from, until] = days(mediator.term);
    [
        mediator.name.clone(),
        kind_of_mediator(mediator.kind).to_owned(),
        UnitRef::at(&mediator.unit, site).name,
        AreaView::at(mediator.area, site).name,
        kinds_of_dispute(&mediator.specialties, site),
        studio,
        from,
        until,
        yes(mediator.active).to_owned(),
        mediator.area.to_string(),
    ]
}

fn days(term: Term) -> [String; 2] {
    [term.from.to_string(), term.until.to_string()]
}

fn kinds_of_dispute(codes: &[String], site: &Site) -> String {
    let names: Vec<String> = disputes(codes, site).into_iter().map(|kind| kind.name).collect();
    names.join("；")
}

fn yes(is: bool) -> &'static str {
    if is { "是" } else { "否" }
}

fn kind_of_committee(kind: CommitteeKind) -> &'static str {
    match kind {
        CommitteeKind::Village => "村民委员会",
        CommitteeKind::Community => "居民委员会",
        CommitteeKind::Town => "乡镇",
        CommitteeKind::Street => "街道",
        CommitteeKind::Enterprise => "企业事业单位",
        CommitteeKind::SocialGroup => "社会团体",
        CommitteeKind::OtherGroup => "其他组织",
        CommitteeKind::Medical => "医疗纠纷",
        CommitteeKind::Environment => "环境污染纠纷",
        CommitteeKind::Property => "物业纠纷",
        CommitteeKind::Traffic => "道路交通事故纠纷",
        CommitteeKind::Labour => "劳动争议",
    }
}

fn kind_of_mediator(kind: MediatorKind) -> &'static str {
    match kind {
        MediatorKind::FullTime => "专职",
        MediatorKind::PartTime => "兼职",
        MediatorKind::Volunteer => "志愿者",
        MediatorKind::Invited => "特邀",
    }
}

/// A table that is being written.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new(header: &[&str]) -> Result<Self> {
        let mut writer = csv::Writer::from_writer(MARK.as_bytes().to_vec());
        writer.write_record(header).map_err(unwritable)?;
        Ok(Self(writer))
    }

    fn row(&mut self, cells: &[String]) -> Result<()> {
        self.0.write_record(cells.iter().map(|cell| harmless(cell))).map_err(unwritable)
    }

    fn answer(self, name: &str) -> Result<Response> {
        let bytes = self.0.into_inner().map_err(unwritable)?;
        let attached = format!("attachment; filename=\"{name}\"");
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, attached),
        ];
        Ok((headers, bytes).into_response())
    }
}

fn unwritable(error: impl std::fmt::Display) -> Problem {
    Error::Damaged(error.to_string()).into()
}

/// A cell that a spreadsheet program does not take for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() }
}
