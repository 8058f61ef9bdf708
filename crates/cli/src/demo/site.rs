//! The demo's site: the real divisions with sketched outlines, grids, centres, departments and committees.

use anyhow::{Context, Result};
use casework::{
    area::{Area, AreaCode, AreaLevel},
    catalogue::Catalogue,
    id::UnitId,
    register::CommitteeKind,
    shape::Shape,
    unit::{Unit, UnitKind},
};
use jiff::Timestamp;
use store::{SiteData, SiteSettings};

use super::{random::Random, shapes};
use crate::setup::{self, carried};

const DIVISIONS: &str = include_str!("../../../../catalogues/suizhou_divisions.csv");
/// The city.
pub(super) const CITY: &str = "4213";
/// The town whose people have short sign-in names: the home of 逢四说事.
pub(super) const TOWN: &str = "421321117";
/// Its villages whose workers the demo names: 雁子河村 and 古城畈村.
pub(super) const VILLAGES: [&str; 2] = ["421321117204", "421321117001"];

/// 2024-01-02 09:00 in Suizhou.
pub(super) fn clock_start() -> Timestamp {
    Timestamp::constant(1_704_157_200, 0)
}

/// What each service is called at town, county and city level, and in English.
const SERVICES: [(&str, &str, &str, &str); 18] = [
    ("construction", "村镇建设办", "住房和城乡建设局", "construction office"),
    ("civil_affairs", "社会事务办", "民政局", "civil affairs office"),
    ("agriculture", "农业农村办", "农业农村局", "agriculture office"),
    ("health", "卫生健康办", "卫生健康局", "health office"),
    ("police", "派出所", "公安局", "police station"),
    ("justice", "司法所", "司法局", "justice office"),
    ("emergency", "应急办", "应急管理局", "emergency office"),
    ("education", "教育总支", "教育局", "education office"),
    ("market", "市场监管所", "市场监督管理局", "market supervision"),
    ("land", "自然资源所", "自然资源和规划局", "land office"),
    ("labour", "人社服务中心", "人力资源和社会保障局", "labour office"),
    ("transport", "交通管理站", "交通运输局", "transport office"),
    ("environment", "生态环境站", "生态环境局", "environment office"),
    ("urban", "城管中队", "城市管理执法局", "urban management"),
    ("power", "供电所", "供电公司", "power supply"),
    ("water", "水务站", "水利和湖泊局", "water office"),
    ("gas", "燃气服务站", "燃气管理站", "gas service"),
    ("petition_office", "信访办", "信访局", "petition office"),
];

/// The service of mediation committees.
pub(super) const MEDIATION: &str = "mediation";
/// Specialised committees of a county: their service, their name, in English, and the disputes that they take.
pub(super) const SPECIALISED: [(CommitteeKind, &str, &str, &str, &str); 5] = [
    (CommitteeKind::Medical, "medical_mediation", "医疗纠纷", "medical disputes", "0502"),
    (CommitteeKind::Environment, "environment_mediation", "环境污染纠纷", "environmental disputes", "0504"),
    (CommitteeKind::Property, "property_mediation", "物业纠纷", "property-management disputes", "0402"),
    (CommitteeKind::Traffic, "traffic_mediation", "道路交通事故纠纷", "traffic accidents", "0503"),
    (CommitteeKind::Labour, "labour_mediation", "劳动争议", "labour disputes", "07"),
];

/// Everything the site is set up with.
pub(super) fn data() -> Result<SiteData> {
    let areas = areas()?;
    let mut units = setup::centres(&areas);
    units.extend(departments(&areas));
    units.extend(committees(&areas));
    Ok(SiteData {
        settings: SiteSettings {
            name: "平安随州（演示）".to_owned(),
            name_en: "Safe Suizhou (demo)".to_owned(),
            area: CITY.to_owned(),
            prefix: "SZ".to_owned(),
            zone: "Asia/Shanghai".to_owned(),
            demo: true,
            sketch_map: true,
            clock_starts_at: Some(clock_start()),
        },
        areas,
        units,
        days: setup::days(carried::HOLIDAYS)?,
        catalogue: Catalogue::read(carried::CATALOGUE, carried::DISPUTE_TYPES).map_err(anyhow::Error::msg)?,
    })
}

fn departments(areas: &[Area]) -> Vec<Unit> {
    let mut units = Vec::new();
    for area in areas
        .iter()
        .filter(|area| matches!(area.code.level(), AreaLevel::City | AreaLevel::County | AreaLevel::Town))
    {
        let town = area.code.level() == AreaLevel::Town;
        let unit = |service: &str, name: String, name_en: String| Unit {
            id: UnitId(format!("{}.{service}", area.code)),
            name,
            name_en: Some(name_en),
            kind: UnitKind::Department,
            area: area.code,
            service: service.to_owned(),
        };
        for (service, town_name, bureau, english) in SERVICES {
            let name = format!("{}{}", area.name, if town { town_name } else { bureau });
            units.push(unit(service, name, format!("{} {english}", area.name)));
        }
    }
    units
}

/// A committee from the village up to the city, and the specialised ones of the counties.
fn committees(areas: &[Area]) -> Vec<Unit> {
    let mut units = Vec::new();
    for area in
        areas.iter().filter(|area| (AreaLevel::City..=AreaLevel::Village).contains(&area.code.level()))
    {
        let place = area.name.strip_suffix("委会").unwrap_or(&area.name);
        let unit = |service: &str, disputes: &str, english: &str| Unit {
            id: UnitId(format!("{}.{service}", area.code)),
            name: format!("{place}{disputes}人民调解委员会"),
            name_en: Some(format!("{place} people's mediation committee{english}")),
            kind: UnitKind::Committee,
            area: area.code,
            service: service.to_owned(),
        };
        units.push(unit(MEDIATION, "", ""));
        if area.code.level() == AreaLevel::County {
            let special = |(_, service, disputes, english, _): &(CommitteeKind, &str, &str, &str, &str)| {
                unit(service, disputes, &format!(" for {english}"))
            };
            units.extend(SPECIALISED.iter().map(special));
        }
    }
    units
}

/// The divisions with grids below the villages and an outline for each.
fn areas() -> Result<Vec<Area>> {
    let mut areas = setup::areas(DIVISIONS)?;
    let grids: Vec<Area> = areas
        .iter()
        .filter(|area| area.code.level() == AreaLevel::Village)
        .flat_map(|village| grids(village.code))
        .collect();
    areas.extend(grids);
    areas.sort_by_key(|area| area.code);
    let city: AreaCode = CITY.parse()?;
    outline(&mut areas, city, shapes::city())?;
    Ok(areas)
}

/// One grid to a village, two or three to a community of residents.
fn grids(village: AreaCode) -> Vec<Area> {
    let community = village.to_string().get(9..10) == Some("0");
    let count = if community { 2 + Random::of("grids", code_number(village)).below(2) } else { 1 };
    (1..=count)
        .filter_map(|nth| {
            let code = format!("{village}{nth:03}").parse().ok()?;
            Some(Area { code, name: format!("第{nth}网格"), aliases: Vec::new(), shape: None })
        })
        .collect()
}

/// A code as a number, for streams of chance.
pub(super) fn code_number(code: AreaCode) -> u64 {
    code.to_string().parse().unwrap_or(0)
}

/// Gives an area its outline and divides it among those below.
fn outline(areas: &mut [Area], code: AreaCode, polygon: shapes::Polygon) -> Result<()> {
    let below: Vec<AreaCode> =
        areas.iter().map(|area| area.code).filter(|child| child.parent() == Some(code)).collect();
    let weights: Vec<f64> = below.iter().map(|child| weight(areas, *child)).collect();
    let parts = shapes::divide(&polygon, &weights, &mut Random::of("outline", code_number(code)));
    let area = areas
        .iter_mut()
        .find(|area| area.code == code)
        .context("an outline for an area that is not there")?;
    area.shape = Some(Shape::from(vec![polygon]));
    for (child, part) in below.into_iter().zip(parts) {
        outline(areas, child, part)?;
    }
    Ok(())
}

/// How much room an area takes: as many villages as it holds.
fn weight(areas: &[Area], code: AreaCode) -> f64 {
    let villages = areas
        .iter()
        .filter(|area| area.code.level() == AreaLevel::Village && code.contains(area.code))
        .count();
    f64::from(u32::try_from(villages.max(1)).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use casework::area::{Areas, Point};

    use super::*;

    #[test]
    fn the_sketch_is_nested_and_the_city_centre_lies_in_zengdu() {
        let list = areas().unwrap();
        let count = |level| list.iter().filter(|area| area.code.level() == level).count();
        assert_eq!(
            [count(AreaLevel::County), count(AreaLevel::Town), count(AreaLevel::Village)],
            [3, 51, 1_009]
        );
        let grids: Vec<Area> =
            list.iter().filter(|area| area.code.level() == AreaLevel::Grid).cloned().collect();
        let areas = Areas::new(list);
        let centre = areas.at(Point { lon: 113.38, lat: 31.69 }).unwrap();
        assert!("421303".parse::<AreaCode>().unwrap().contains(centre.code), "{}", centre.code);
        let mut random = Random::of("test", 2);
        for grid in &grids {
            let (lon, lat) = shapes::inside(&grid.shape.as_ref().unwrap().rings()[0], &mut random);
            assert_eq!(areas.at(Point { lon, lat }).map(|area| area.code), Some(grid.code));
        }
        // No gaps: places all over the city lie in a grid.
        let (west, south, east, north) =
            areas.get(CITY.parse().unwrap()).unwrap().shape.as_ref().unwrap().bounds();
        for _ in 0..2_000 {
            let point = Point {
                lon: west + random.unit() * (east - west),
                lat: south + random.unit() * (north - south),
            };
            if let Some(area) = areas.at(point) {
                assert_eq!(area.code.level(), AreaLevel::Grid, "{point:?} lies only in {}", area.code);
            }
        }
    }

    #[test]
    fn every_name_of_a_village_is_short_enough_to_say() {
        for area in areas().unwrap().iter().filter(|area| area.code.level() == AreaLevel::Village) {
            let name = &area.name;
            assert!(!name.contains("委员会"), "{name}");
        }
    }
}
