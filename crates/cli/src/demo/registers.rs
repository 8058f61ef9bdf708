//! The demo's registers: every committee with its members' term, its mediators, volunteers, one named studio. Names are made
//! up. In a few committees something is to be mended, so that there is something to see.

use anyhow::Result;
use casework::{
    area::{AreaCode, AreaLevel},
    id::{MediatorId, StudioId},
    register::{Committee, CommitteeKind, Mediator, MediatorKind, Minority, PartiesAdmitted, Studio, Term},
    site::Site,
    unit::{Unit, UnitKind},
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use sha2::{Digest, Sha256};
use store::Registers;

use super::{
    people,
    random::Random,
    site::{CITY, MEDIATION, SPECIALISED, TOWN, code_number},
    words,
};
use crate::setup;

/// Disputes that mediators of villages know, and those of towns.
const IN_VILLAGES: [&str; 5] = ["01", "02", "03", "04", "09"];
const IN_TOWNS: [&str; 7] = ["01", "02", "05", "06", "07", "09", "10"];

/// Everything that the registers hold.
pub(super) fn of(site: &Site) -> Result<Registers> {
    let mut units: Vec<&Unit> = site.units.iter().filter(|unit| unit.kind == UnitKind::Committee).collect();
    units.sort_by_key(|unit| (unit.area, unit.id.clone()));
    let town: AreaCode = TOWN.parse()?;
    let studio = StudioId(made_up("studio", TOWN));
    let methods = setup::methods(setup::carried::METHODS, CITY.parse()?, site)?;
    let mut registers = Registers { methods, ..Registers::default() };
    for unit in units {
        let first = registers.mediators.len();
        registers.mediators.extend(mediators(unit));
        let Some(here) = registers.mediators.get_mut(first..) else { continue };
        if unit.area == town {
            here.iter_mut().for_each(|mediator| mediator.studio = Some(studio));
            registers.studios.extend(here.first().map(|lead| named_studio(studio, unit, lead)));
        }
        let director = here.first().map(|first| first.name.clone());
        registers.committees.push(committee(unit, director, site));
    }
    Ok(registers)
}

/// The same id for the same thing in every demo.
fn made_up(what: &str, which: &str) -> uuid::Uuid {
    let digest: [u8; 32] = Sha256::digest(format!("fengsi demo {what} {which}")).into();
    let (id, _) = digest.split_at(16);
    uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid()
}

fn named_studio(id: StudioId, unit: &Unit, lead: &Mediator) -> Studio {
    let surname: String = lead.name.chars().take(1).collect();
    Studio {
        id,
        name: format!("老{surname}调解工作室"),
        unit: unit.id.clone(),
        lead: lead.id,
        specialties: vec!["01".to_owned(), "02".to_owned()],
        approved_by: "随县司法局".to_owned(),
        hours: "周一至周五 8:30–11:30，每月逢四全天".to_owned(),
    }
}

/// A stream of chance for one thing about a committee.
fn chance(about: &str, unit: &Unit) -> Random {
    Random::of(&format!("{about} {}", unit.service), code_number(unit.area))
}

/// Three years from a day in 2022; of a few they ended or end before long.
fn term(unit: &Unit) -> Term {
    let mut random = chance("term", unit);
    let months = i32::try_from(random.below(14)).unwrap_or(0);
    let usual = date(2022, 3, 1).saturating_add(months.months());
    let from = match (shown(unit), random.below(100)) {
        (Some(Shown::Ending), _) => date(2021, 2, 15),
        (Some(Shown::NoWoman), _) => usual,
        (None, 0) => date(2020, 12, 20),
        (None, 1 | 2) => date(2021, 1, 20),
        (None, _) => usual,
    };
    Term { from, until: last_day(from) }
}

fn last_day(from: Date) -> Date {
    from.saturating_add(3.years()).saturating_sub(1.day())
}

/// What is to be mended in the first villages of the town that the demo shows first.
enum Shown {
    Ending,
    NoWoman,
}

fn shown(unit: &Unit) -> Option<Shown> {
    match unit.id.0.as_str() {
        "421321117001.mediation" => Some(Shown::Ending),
        "421321117204.mediation" => Some(Shown::NoWoman),
        _ => None,
    }
}

fn committee(unit: &Unit, director: Option<String>, site: &Site) -> Committee {
    let special = SPECIALISED.iter().find(|(_, service, ..)| *service == unit.service);
    let mut random = chance("committee", unit);
    let lacks_a_woman = matches!(shown(unit), Some(Shown::NoWoman)) || random.percent(1);
    let small = shown(unit).is_none() && random.percent(1);
    Committee {
        unit: unit.id.clone(),
        kind: special.map_or_else(|| kind(unit), |(kind, ..)| *kind),
        approved_by: approved_by(unit, site),
        director,
        // No subscriber's number begins with nought: nobody is rung by a demo.
        phone: Some(format!("0722-{:07}", random.below(1_000_000))),
        address: Some(format!("{}人民调解室", site.areas.path(unit.area))),
        members: if small { 2 } else { 3 + u32::try_from(random.below(3) * 2).unwrap_or(0) },
        includes_a_woman: !lacks_a_woman,
        minority_represented: Minority::NotRelevant,
        term: term(unit),
        admits: special.map(|(kind, ..)| admitted(*kind, site)).unwrap_or_default(),
        areas: Vec::new(),
        parties: special.map_or(PartiesAdmitted::Any, |(kind, ..)| between(*kind)),
    }
}

/// What the channel of its kind takes.
fn admitted(kind: CommitteeKind, site: &Site) -> Vec<String> {
    let channels = &site.catalogue.mediation.channels;
    channels
        .iter()
        .find(|channel| channel.committee == Some(kind))
        .map_or_else(Vec::new, |channel| channel.categories.clone())
}

/// Hospitals, managers of property and employers stand on one side; polluters and drivers may be anybody.
pub(super) fn between(kind: CommitteeKind) -> PartiesAdmitted {
    if matches!(kind, CommitteeKind::Medical | CommitteeKind::Property | CommitteeKind::Labour) {
        PartiesAdmitted::WithOrganisation
    } else {
        PartiesAdmitted::Any
    }
}

fn kind(unit: &Unit) -> CommitteeKind {
    let is_community = unit.area.to_string().get(9..10) == Some("0");
    match unit.area.level() {
        AreaLevel::Village | AreaLevel::Grid if is_community => CommitteeKind::Community,
        AreaLevel::Village | AreaLevel::Grid => CommitteeKind::Village,
        AreaLevel::Town if unit.name.contains("街道") => CommitteeKind::Street,
        AreaLevel::Town => CommitteeKind::Town,
        AreaLevel::Province | AreaLevel::City | AreaLevel::County => CommitteeKind::OtherGroup,
    }
}

fn approved_by(unit: &Unit, site: &Site) -> String {
    let place = site.areas.get(unit.area).map(|area| area.name.as_str()).unwrap_or_default();
    match unit.area.level() {
        AreaLevel::Village | AreaLevel::Grid if kind(unit) == CommitteeKind::Community => {
            "居民代表会议推选".to_owned()
        }
        AreaLevel::Village | AreaLevel::Grid => "村民代表会议推选".to_owned(),
        AreaLevel::Town if kind(unit) == CommitteeKind::Street => format!("{place}办事处"),
        AreaLevel::Town => format!("{place}人民政府"),
        AreaLevel::Province | AreaLevel::City | AreaLevel::County => format!("{place}司法局"),
    }
}

/// The mediator who signs in, and those beside: in towns and counties some, in villages a volunteer here and there.
fn mediators(unit: &Unit) -> Vec<Mediator> {
    let village = unit.area.level() >= AreaLevel::Village;
    let mut random = chance("mediators", unit);
    let colleague = people::colleague_in(unit);
    let beside: &[MediatorKind] = match (village, unit.service == MEDIATION) {
        (true, _) if random.percent(15) || colleague.is_some() => &[MediatorKind::Volunteer],
        (true, _) => &[],
        (false, true) => &[MediatorKind::PartTime, MediatorKind::Volunteer, MediatorKind::Invited],
        (false, false) => &[MediatorKind::Invited],
    };
    let first = if village { MediatorKind::PartTime } else { MediatorKind::FullTime };
    let kinds = std::iter::once(first).chain(beside.iter().copied());
    let account = people::account_of_unit(unit);
    let special = SPECIALISED.iter().find(|(_, service, ..)| *service == unit.service);
    let entry = |(nth, kind): (usize, MediatorKind)| {
        let known: &[&str] = if village { &IN_VILLAGES } else { &IN_TOWNS };
        let picked = random.pick(known).map(|code| (*code).to_owned());
        let specialties = special.map(|(.., code)| (*code).to_owned()).or(picked);
        Mediator {
            id: MediatorId(made_up("mediator", &format!("{} {nth}", unit.id))),
            account: match nth {
                0 => Some(account),
                1 => colleague,
                _ => None,
            },
            unit: unit.id.clone(),
            name: words::name(&mut random),
            kind,
            specialties: specialties.into_iter().collect(),
            area: unit.area,
            term: term(unit),
            studio: None,
            active: true,
        }
    };
    kinds.enumerate().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::site;

    #[test]
    fn every_committee_stands_in_the_register_and_few_have_something_to_mend() {
        let data = site::data().unwrap();
        let site = Site {
            prefix: data.settings.prefix.clone(),
            zone: jiff::tz::TimeZone::UTC,
            calendar: casework::calendar::Calendar::new(data.days),
            areas: casework::area::Areas::new(data.areas),
            units: casework::unit::Units::new(data.units),
            catalogues: std::collections::BTreeMap::new(),
            catalogue: std::sync::Arc::new(data.catalogue),
        };
        let registers = of(&site).unwrap();
        assert_eq!(registers.committees.len(), 1_009 + 51 + 3 * 6 + 1);
        assert!(registers.mediators.len() > registers.committees.len());
        let today = date(2024, 1, 2);
        let (mut lacking, mut ended) = (0, 0);
        for committee in &registers.committees {
            lacking += usize::from(!committee.composition().is_empty());
            ended += usize::from(committee.term.finding(today).is_some());
            assert_eq!(committee.clone().checked(&site).unwrap(), *committee);
        }
        assert!((5..60).contains(&lacking) && (10..80).contains(&ended), "{lacking} and {ended}");
        for mediator in &registers.mediators {
            assert_eq!(mediator.clone().checked(&site).unwrap(), *mediator);
        }
        let [studio] = registers.studios.as_slice() else { panic!("one studio") };
        assert_eq!(studio.clone().checked(&site).unwrap(), *studio);
    }
}
