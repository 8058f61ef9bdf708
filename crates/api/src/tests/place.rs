//! A small site: two counties, towns, villages and a grid with outlines, centres at four levels, departments, committees, and
//! one account for each post.

use casework::{
    actor::{Grant, Role},
    area::{Area, AreaCode},
    calendar::Calendar,
    catalogue::Catalogue,
    id::{AccountId, UnitId},
    shape::Shape,
    unit::{Unit, UnitKind},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use store::{NewAccount, SiteData, SiteSettings};
use uuid::Uuid;

/// The town where things happen.
pub(super) const TOWN: &str = "421321117";
/// The village where they do.
pub(super) const VILLAGE: &str = "421321117204";
/// Another town of the county.
pub(super) const OTHER_TOWN: &str = "421321118";
/// The password of every account.
pub(super) const PASSWORD: &str = "pingan-2023";
/// Its hash with argon2id at the least cost: people sign in hundreds of times here, and nothing is at stake.
const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$jaTmn7MYbnbqoQct5O0kfV8piy++H689+F1eK5ax5fM";
/// Begins the name of every member of staff: no resident may ever read it.
pub(super) const STAFF_NAME: &str = "职员";

/// Posts: sign-in name, role, unit, area.
pub(super) const POSTS: [(&str, Role, &str, &str); 29] = [
    ("intake", Role::Intake, "421321117.centre", TOWN),
    ("dispatcher", Role::Dispatcher, "421321117.centre", TOWN),
    ("supervisor", Role::Supervisor, "421321117.centre", TOWN),
    ("director", Role::Director, "421321117.centre", TOWN),
    ("overseer", Role::Overseer, "421321117.centre", TOWN),
    ("county_intake", Role::Intake, "421321.centre", "421321"),
    ("county_dispatcher", Role::Dispatcher, "421321.centre", "421321"),
    ("county_director", Role::Director, "421321.centre", "421321"),
    ("city_dispatcher", Role::Dispatcher, "4213.centre", "4213"),
    ("city_director", Role::Director, "4213.centre", "4213"),
    ("construction", Role::Handler, "421321117.construction", TOWN),
    ("construction_2", Role::Handler, "421321117.construction", TOWN),
    ("urban", Role::Handler, "421321117.urban", TOWN),
    ("justice", Role::Handler, "421321117.justice", TOWN),
    ("county_construction", Role::Handler, "421321.construction", "421321"),
    ("county_water", Role::Handler, "421321.water", "421321"),
    ("mediation", Role::Mediator, "421321117.mediation", TOWN),
    ("grid_worker", Role::GridWorker, "421321117204.centre", VILLAGE),
    ("grid_worker_2", Role::GridWorker, "421321117204.centre", VILLAGE),
    ("village_lead", Role::VillageLead, "421321117204.centre", VILLAGE),
    ("neighbour", Role::GridWorker, "421321117205.centre", "421321117205"),
    ("other_intake", Role::Intake, "421321118.centre", OTHER_TOWN),
    ("other_construction", Role::Handler, "421321118.construction", OTHER_TOWN),
    ("other_county_director", Role::Director, "421303.centre", "421303"),
    ("system_admin", Role::SystemAdmin, "4213.centre", "4213"),
    ("security_admin", Role::SecurityAdmin, "4213.centre", "4213"),
    ("audit_admin", Role::AuditAdmin, "4213.centre", "4213"),
    ("water_overseer", Role::Overseer, "421321.water", "421321"),
    ("city_overseer", Role::Overseer, "4213.centre", "4213"),
];

/// A division code.
pub(super) fn area(code: &str) -> AreaCode {
    code.parse().unwrap()
}

/// A unit's id.
pub(super) fn unit(id: &str) -> UnitId {
    UnitId(id.to_owned())
}

/// A moment at the site, `2024-03-04T09:00`.
pub(super) fn at(local: &str) -> Timestamp {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    local.parse::<DateTime>().unwrap().to_zoned(zone).unwrap().timestamp()
}

/// The site.
pub(super) fn site() -> SiteData {
    SiteData {
        settings: SiteSettings {
            name: "平安随州".into(),
            name_en: "Safe Suizhou".into(),
            area: "4213".into(),
            prefix: "SZ".into(),
            ..SiteSettings::default()
        },
        areas: areas(),
        units: units(),
        days: Calendar::from_csv(include_str!("../../../../catalogues/holidays.csv"))
            .unwrap()
            .days()
            .collect(),
        catalogue: Catalogue::read(
            include_str!("../../../../catalogues/suizhou.toml"),
            include_str!("../../../../catalogues/dispute_types.csv"),
        )
        .unwrap(),
    }
}

/// An account with the password of all.
pub(super) fn account(id: u128, name: &str, grants: Vec<Grant>) -> NewAccount {
    NewAccount {
        id: AccountId(Uuid::from_u128(id)),
        name: name.to_owned(),
        display_name: format!("{STAFF_NAME}{name}"),
        password: PASSWORD_HASH.to_owned(),
        grants,
    }
}

/// A role held in a unit for an area.
pub(super) fn grant(role: Role, unit_id: &str, code: &str) -> Grant {
    Grant { role, unit: unit(unit_id), area: area(code) }
}

/// Everybody.
pub(super) fn accounts() -> Vec<NewAccount> {
    let account = |(n, (name, role, unit, area)): (usize, &(&str, Role, &str, &str))| {
        account(n as u128 + 1, name, vec![grant(*role, unit, area)])
    };
    POSTS.iter().enumerate().map(account).collect()
}

fn areas() -> Vec<Area> {
    let box_of = |west: f64, east: f64| {
        Some(Shape::from(vec![vec![(west, 31.0), (east, 31.0), (east, 32.0), (west, 32.0)]]))
    };
    [
        ("4213", "随州市", box_of(113.0, 114.0)),
        ("421321", "随县", box_of(113.0, 113.8)),
        (TOWN, "柳林镇", box_of(113.0, 113.4)),
        (VILLAGE, "雁子河村", box_of(113.0, 113.2)),
        ("421321117204001", "第1网格", box_of(113.0, 113.2)),
        ("421321117205", "古城畈村", box_of(113.2, 113.4)),
        (OTHER_TOWN, "均川镇", box_of(113.4, 113.8)),
        ("421321118201", "高峰寺村", box_of(113.4, 113.8)),
        ("421303", "曾都区", box_of(113.8, 114.0)),
        ("421303001", "西城街道", box_of(113.8, 114.0)),
    ]
    .map(|(code, name, shape)| Area { code: area(code), name: name.into(), aliases: Vec::new(), shape })
    .into()
}

fn units() -> Vec<Unit> {
    let centres = ["4213", "421321", "421303", "421303001", TOWN, OTHER_TOWN, VILLAGE, "421321117205"];
    let departments = [
        (TOWN, "construction"),
        (TOWN, "urban"),
        (TOWN, "justice"),
        (OTHER_TOWN, "construction"),
        ("421321", "construction"),
        ("421321", "water"),
        ("4213", "construction"),
    ];
    let committees = [(TOWN, "mediation"), ("421321", "mediation")];
    let unit = |kind, (code, service): (&str, &str)| Unit {
        id: UnitId(format!("{code}.{service}")),
        name: format!("{code} {service}"),
        name_en: None,
        kind,
        area: area(code),
        service: service.to_owned(),
    };
    let centres = centres.map(|code| unit(UnitKind::Centre, (code, "centre")));
    let departments = departments.map(|at| unit(UnitKind::Department, at));
    centres.into_iter().chain(departments).chain(committees.map(|at| unit(UnitKind::Committee, at))).collect()
}
