//! A small site: a city, a county, two towns and three villages, with centres at four levels, departments and a committee.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    area::{Area, AreaCode, Areas},
    calendar::Calendar,
    catalogue::Catalogue,
    id::UnitId,
    shape::Shape,
    site::Site,
    unit::{Unit, UnitKind, Units},
};

/// The town where things happen.
pub(crate) const TOWN: &str = "421321117";
/// The village where they do.
pub(crate) const VILLAGE: &str = "421321117204";
/// A town where nothing happens.
pub(crate) const OTHER_TOWN: &str = "421321118";

static SITE: LazyLock<Site> =
    LazyLock::new(|| site_with(include_str!("../../../../catalogues/holidays.csv")));

/// The site.
pub(crate) fn site() -> &'static Site {
    &SITE
}

/// The site with another calendar.
pub(crate) fn site_with(holidays: &str) -> Site {
    let catalogue = Arc::new(
        Catalogue::read(
            include_str!("../../../../catalogues/suizhou.toml"),
            include_str!("../../../../catalogues/dispute_types.csv"),
        )
        .unwrap(),
    );
    Site {
        prefix: "SZ".into(),
        zone: zone(),
        calendar: Calendar::from_csv(holidays).unwrap(),
        areas: Areas::new(areas()),
        units: Units::new(units()),
        catalogues: BTreeMap::from([(catalogue.version.clone(), catalogue.clone())]),
        catalogue,
    }
}

fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
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
    local.parse::<DateTime>().unwrap().to_zoned(zone()).unwrap().timestamp()
}

/// A moment as the site's clocks show it.
pub(crate) fn local(at: Timestamp) -> String {
    at.to_zoned(zone()).strftime("%F %H:%M").to_string()
}

fn areas() -> Vec<Area> {
    let square = |west: f64, east: f64| {
        Some(Shape::from(vec![vec![(west, 31.0), (east, 31.0), (east, 32.0), (west, 32.0)]]))
    };
    [
        ("4213", "随州市", square(113.0, 114.0)),
        ("421321", "随县", square(113.0, 114.0)),
        (TOWN, "柳林镇", square(113.0, 113.4)),
        (VILLAGE, "雁子河村", square(113.0, 113.2)),
        ("421321117205", "古城畈村", square(113.2, 113.4)),
        (OTHER_TOWN, "均川镇", square(113.4, 113.8)),
        ("421321118201", "高峰寺村", square(113.4, 113.6)),
        ("421303", "曾都区", None),
    ]
    .map(|(code, name, shape)| Area { code: area(code), name: name.into(), aliases: Vec::new(), shape })
    .into()
}

fn units() -> Vec<Unit> {
    let centres = ["4213", "421321", TOWN, OTHER_TOWN, VILLAGE, "421321117205"].map(|code| (code, "centre"));
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
    centres
        .map(|at| unit(UnitKind::Centre, at))
        .into_iter()
        .chain(departments.map(|at| unit(UnitKind::Department, at)))
        .chain(committees.map(|at| unit(UnitKind::Committee, at)))
        .collect()
}
