//! A small site with two counties, its people, and commands as they are written in JSON. The tests of `jobs` use it too.

use casework::{
    actor::{Actor, Grant, Role, Staff},
    area::{Area, AreaCode, Point},
    calendar::DayKind,
    catalogue::Catalogue,
    id::{AccountId, UnitId},
    matter::{Class, Contact, PlaceGiven, Report, Source},
    shape::Shape,
    unit::{Unit, UnitKind},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use uuid::Uuid;

use super::store::{SiteData, SiteSettings};

/// The town where most things happen.
pub(crate) const TOWN: &str = "421321117";
/// The village where they do.
pub(crate) const VILLAGE: &str = "421321117204";
/// Another village of the town.
pub(crate) const NEXT_VILLAGE: &str = "421321117205";
/// A village of another town.
pub(crate) const OTHER_VILLAGE: &str = "421321118201";
/// A village of another county.
pub(crate) const FAR_VILLAGE: &str = "421303101201";

/// A command as it is written in JSON: `command!(complete, "result": "done", "words": "修好了")`.
macro_rules! command {
    ($name:ident $(, $($field:tt)+)?) => {
        serde_json::from_value::<casework::matter::Command>(
            serde_json::json!({ "type": stringify!($name), $($($field)+)? })
        ).unwrap()
    };
}
pub(crate) use command;

/// The site.
pub(crate) fn site_data() -> SiteData {
    let catalogue = Catalogue::read(
        include_str!("../../../../catalogues/suizhou.toml"),
        include_str!("../../../../catalogues/dispute_types.csv"),
    );
    let settings = SiteSettings {
        name: "平安随州".into(),
        prefix: "SZ".into(),
        area: "4213".into(),
        ..SiteSettings::default()
    };
    let holiday = ("2024-04-04".parse().unwrap(), DayKind::Holiday);
    SiteData { settings, areas: areas(), units: units(), days: vec![holiday], catalogue: catalogue.unwrap() }
}

/// A division code.
pub(crate) fn area(code: &str) -> AreaCode {
    code.parse().unwrap()
}

/// A unit's id.
pub(crate) fn unit(id: &str) -> UnitId {
    UnitId(id.to_owned())
}

/// A moment at the site, `2024-03-04T09:00`.
pub(crate) fn at(local: &str) -> Timestamp {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    local.parse::<DateTime>().unwrap().to_zoned(zone).unwrap().timestamp()
}

fn areas() -> Vec<Area> {
    let square = |west: f64, east: f64| {
        Some(Shape::from(vec![vec![(west, 31.0), (east, 31.0), (east, 32.0), (west, 32.0)]]))
    };
    [
        ("4213", "随州市", square(113.0, 115.0)),
        ("421321", "随县", square(113.0, 114.0)),
        (TOWN, "柳林镇", square(113.0, 113.4)),
        (VILLAGE, "雁子河村", square(113.0, 113.2)),
        (NEXT_VILLAGE, "古城畈村", square(113.2, 113.4)),
        ("421321118", "均川镇", square(113.4, 113.8)),
        (OTHER_VILLAGE, "高峰寺村", square(113.4, 113.6)),
        ("421303", "曾都区", square(114.0, 115.0)),
        ("421303101", "万店镇", square(114.0, 114.5)),
        (FAR_VILLAGE, "塔湾村", square(114.0, 114.2)),
    ]
    .map(|(code, name, shape)| Area { code: area(code), name: name.into(), aliases: Vec::new(), shape })
    .into()
}

fn units() -> Vec<Unit> {
    let centres = ["4213", "421321", "421303", TOWN, "421321118", "421303101", VILLAGE, NEXT_VILLAGE]
        .map(|code| (code, "centre"));
    let departments = [
        (TOWN, "construction"),
        (TOWN, "urban"),
        (TOWN, "justice"),
        ("421321118", "construction"),
        ("421303101", "construction"),
        ("421321", "construction"),
        ("421321", "water"),
    ];
    let unit = |kind, (code, service): (&str, &str)| Unit {
        id: UnitId(format!("{code}.{service}")),
        name: format!("{code} {service}"),
        name_en: None,
        kind,
        area: area(code),
        service: service.to_owned(),
    };
    let centres = centres.map(|of| unit(UnitKind::Centre, of));
    let departments = departments.map(|of| unit(UnitKind::Department, of));
    let committees =
        [(TOWN, "mediation"), ("421303101", "mediation")].map(|of| unit(UnitKind::Committee, of));
    centres.into_iter().chain(departments).chain(committees).collect()
}

/// Declares people: name, account, role, unit, area.
macro_rules! people {
    ($($name:ident = $account:literal, $role:ident, $unit:expr, $area:expr;)+) => {
        $(pub(crate) fn $name() -> Actor { staff($account, &[(Role::$role, $unit, $area)]) })+

        /// Everybody, with the reporter, two parties and the system.
        pub(crate) fn everybody() -> Vec<Actor> {
            vec![Actor::Reporter, Actor::System, Actor::Party { no: 1 }, Actor::Party { no: 2 }, $($name()),+]
        }
    };
}

people! {
    intake = 1, Intake, "421321117.centre", TOWN;
    dispatcher = 2, Dispatcher, "421321117.centre", TOWN;
    supervisor = 3, Supervisor, "421321117.centre", TOWN;
    director = 4, Director, "421321117.centre", TOWN;
    handler = 10, Handler, "421321117.construction", TOWN;
    urban_handler = 12, Handler, "421321117.urban", TOWN;
    water_handler = 13, Handler, "421321.water", "421321";
    mediator = 14, Mediator, "421321117.mediation", TOWN;
    grid_worker = 15, GridWorker, "421321117204.centre", VILLAGE;
    other_grid_worker = 16, GridWorker, "421321117204.centre", VILLAGE;
    county_dispatcher = 20, Dispatcher, "421321.centre", "421321";
    county_overseer = 21, Overseer, "421321.centre", "421321";
    administrator = 22, SystemAdmin, "4213.centre", "4213";
    other_intake = 30, Intake, "421321118.centre", "421321118";
    far_dispatcher = 31, Dispatcher, "421303101.centre", "421303101";
}

/// An account with grants.
pub(crate) fn staff(account: u128, grants: &[(Role, &str, &str)]) -> Actor {
    let grants =
        grants.iter().map(|(role, id, code)| Grant { role: *role, unit: unit(id), area: area(code) });
    Actor::Staff(Staff { account: AccountId(Uuid::from_u128(account)), grants: grants.collect() })
}

/// The member of staff that an actor is.
pub(crate) fn reader(actor: &Actor) -> &Staff {
    match actor {
        Actor::Staff(staff) => staff,
        Actor::Reporter | Actor::Party { .. } | Actor::System => panic!("only staff read lists"),
    }
}

/// A resident's report from a village.
pub(crate) fn report_from(village: &str, class: Class, words: &str) -> Report {
    Report {
        source: Source::Resident,
        place: PlaceGiven::Area { area: area(village) },
        words: words.to_owned(),
        class: Some(class),
        category: None,
        urgency: None,
        address: None,
        photos: Vec::new(),
        contact: None,
        parent: None,
        talk_day: None,
    }
}

/// A resident's report of a class from the village, with nothing that is not owed.
pub(crate) fn report(class: Class) -> Report {
    report_from(VILLAGE, class, "村口有一处问题")
}

/// A resident's report from a point in the village, with everything a report may hold but photos.
pub(crate) fn full_report() -> Report {
    Report {
        place: PlaceGiven::Point(Point { lon: 113.1, lat: 31.5 }),
        address: Some("东头第三户门前".into()),
        contact: Some(Contact {
            name: Some("王秀兰".into()),
            phone: Some("13871234567".into()),
            email: Some("xiulan@example.org".into()),
        }),
        ..report_from(VILLAGE, Class::Hazard, "电线杆歪了，快要倒在路上")
    }
}
