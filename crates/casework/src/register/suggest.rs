//! Who could mediate a dispute, and why. Near ones first, then those who know the kind of dispute, then those with fewer open
//! mediations. Nothing else counts: no result, no grade, nothing of the person.

use std::{cmp::Reverse, collections::HashMap};

use jiff::civil::Date;
use serde::Serialize;

use super::{Committee, CommitteeKind, Mediator, holds, with_organisation};
use crate::{
    area::{AreaCode, AreaLevel},
    id::{MediatorId, UnitId},
    matter::Matter,
    site::Site,
};

/// What is known of a dispute before anybody mediates it.
#[derive(Debug, Clone, Copy)]
pub struct Dispute<'a> {
    /// Its category.
    pub category: Option<&'a str>,
    /// Where.
    pub area: AreaCode,
    /// A unit that it is about, which cannot mediate it.
    pub about: Option<&'a UnitId>,
    /// Whether one of its parties is an organisation, once both sides are known.
    pub with_organisation: Option<bool>,
}

impl<'a> Dispute<'a> {
    /// What is known of a matter.
    #[must_use]
    pub fn of(matter: &'a Matter) -> Self {
        let parties = matter.mediation.as_deref().map_or(&[][..], |mediation| &mediation.parties);
        let sides: Vec<_> = parties.iter().map(|party| (party.side, party.organisation)).collect();
        Self {
            category: matter.category.as_deref(),
            area: matter.area,
            about: matter.about_unit.as_ref(),
            with_organisation: with_organisation(&sides),
        }
    }
}

/// Why somebody is suggested. A code with values: pages word it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// Serves the place.
    Near {
        /// The area that is served.
        area: AreaCode,
        /// How large it is.
        level: AreaLevel,
    },
    /// The committee is for such disputes.
    Committee {
        /// What it is for.
        kind: CommitteeKind,
        /// The kind of dispute under which it takes this one, by code.
        category: String,
    },
    /// Knows such disputes.
    Specialty,
    /// Has so many mediations open.
    Open {
        /// How many.
        matters: u32,
    },
}

/// A mediator with the reasons, the strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Who.
    pub mediator: MediatorId,
    /// The committee.
    pub unit: UnitId,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Those who may be given a dispute on a day, in order. `open` counts open mediations.
#[must_use]
pub fn suggest(
    dispute: Dispute<'_>,
    mediators: &[Mediator],
    committees: &[Committee],
    open: &HashMap<UnitId, u32>,
    site: &Site,
    today: Date,
) -> Vec<Suggestion> {
    let committees: HashMap<&UnitId, &Committee> = committees.iter().map(|one| (&one.unit, one)).collect();
    let fitting = mediators.iter().filter(|mediator| may_take(mediator, dispute, &committees, site, today));
    let mut found: Vec<_> = fitting
        .map(|mediator| {
            let committee = committees.get(&mediator.unit).filter(|one| one.kind.is_specialised());
            let special =
                committee.and_then(|one| Some((one.kind, one.takes_as(dispute.category)?.to_owned())));
            let knows = holds(&mediator.specialties, dispute.category);
            let matters = open.get(&mediator.unit).copied().unwrap_or(0);
            let level = mediator.area.level();
            let near = Reason::Near { area: mediator.area, level };
            let known = special.is_some() || knows;
            let reasons = [
                Some(near),
                special.map(|(kind, category)| Reason::Committee { kind, category }),
                knows.then_some(Reason::Specialty),
                Some(Reason::Open { matters }),
            ];
            let suggestion = Suggestion {
                mediator: mediator.id,
                unit: mediator.unit.clone(),
                reasons: reasons.into_iter().flatten().collect(),
            };
            ((Reverse(level), Reverse(known), matters, mediator.id), suggestion)
        })
        .collect();
    found.sort_unstable_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// In office, at the place, of a committee that takes such disputes and is not what the dispute is about.
fn may_take(
    mediator: &Mediator,
    dispute: Dispute<'_>,
    committees: &HashMap<&UnitId, &Committee>,
    site: &Site,
    today: Date,
) -> bool {
    let known = site.units.get(&mediator.unit).is_some_and(|unit| unit.area.contains(dispute.area));
    let takes = committees.get(&mediator.unit).is_none_or(|committee| committee.admits(dispute).is_ok());
    mediator.serves_on(today)
        && mediator.area.contains(dispute.area)
        && known
        && takes
        && dispute.about != Some(&mediator.unit)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        register::{MediatorKind, Term},
        tests::{
            committees::medical,
            place::{OTHER_TOWN, TOWN, VILLAGE, area, site, unit},
        },
    };

    const TODAY: Date = date(2024, 1, 2);

    fn mediator(no: u128, of: &str, code: &str, specialties: &[&str]) -> Mediator {
        Mediator {
            id: MediatorId(uuid::Uuid::from_u128(no)),
            account: None,
            unit: unit(of),
            name: format!("调解员{no}"),
            kind: MediatorKind::PartTime,
            specialties: specialties.iter().map(|code| (*code).to_owned()).collect(),
            area: area(code),
            term: Term { from: date(2022, 1, 1), until: date(2024, 12, 31) },
            studio: None,
            active: true,
        }
    }

    fn at_village(category: Option<&str>) -> Dispute<'_> {
        Dispute { category, area: area(VILLAGE), about: None, with_organisation: None }
    }

    fn numbers(suggestions: &[Suggestion]) -> Vec<u128> {
        suggestions.iter().map(|suggestion| suggestion.mediator.0.as_u128()).collect()
    }

    const TOWN_UNIT: &str = "421321117.mediation";
    const COUNTY_UNIT: &str = "421321.mediation";

    #[test]
    fn near_ones_first_then_those_who_know_it_then_those_with_fewer() {
        let list = [
            mediator(1, COUNTY_UNIT, "421321", &["02"]),
            mediator(2, TOWN_UNIT, TOWN, &[]),
            mediator(3, TOWN_UNIT, TOWN, &["02"]),
            mediator(4, TOWN_UNIT, VILLAGE, &[]),
            mediator(5, COUNTY_UNIT, TOWN, &[]),
        ];
        let open = HashMap::from([(unit(TOWN_UNIT), 7), (unit(COUNTY_UNIT), 2)]);
        let found = suggest(at_village(Some("0202")), &list, &[], &open, site(), TODAY);
        assert_eq!(numbers(&found), [4, 3, 5, 2, 1]);
        let town = area(TOWN);
        assert_eq!(
            found[1].reasons,
            [
                Reason::Near { area: town, level: AreaLevel::Town },
                Reason::Specialty,
                Reason::Open { matters: 7 }
            ]
        );
    }

    #[test]
    fn who_may_not_take_it_is_not_suggested() {
        let ended = Term { from: date(2021, 1, 1), until: date(2024, 1, 1) };
        let to_come = Term { from: date(2024, 1, 3), until: date(2026, 1, 1) };
        let list = [
            mediator(1, TOWN_UNIT, TOWN, &[]),
            Mediator { term: ended, ..mediator(2, TOWN_UNIT, TOWN, &[]) },
            Mediator { term: to_come, ..mediator(3, TOWN_UNIT, TOWN, &[]) },
            Mediator { active: false, ..mediator(4, TOWN_UNIT, TOWN, &[]) },
            mediator(5, TOWN_UNIT, "421321117205", &[]),
            mediator(6, "421321118.mediation", OTHER_TOWN, &[]),
        ];
        let found = suggest(at_village(None), &list, &[], &HashMap::new(), site(), TODAY);
        assert_eq!(numbers(&found), [1]);
        let of = unit(TOWN_UNIT);
        let about = Dispute { about: Some(&of), ..at_village(None) };
        assert!(suggest(about, &list, &[], &HashMap::new(), site(), TODAY).is_empty());
    }

    #[test]
    fn a_specialised_committee_is_suggested_for_what_it_takes() {
        let list = [mediator(1, COUNTY_UNIT, "421321", &[]), mediator(2, TOWN_UNIT, TOWN, &[])];
        let committees = [medical()];
        let of = |category| suggest(at_village(category), &list, &committees, &HashMap::new(), site(), TODAY);
        assert_eq!(numbers(&of(Some("0502"))), [2, 1]);
        assert_eq!(
            of(Some("0502"))[1].reasons[1],
            Reason::Committee { kind: CommitteeKind::Medical, category: "0502".into() }
        );
        assert_eq!(numbers(&of(Some("0202"))), [2]);
        assert_eq!(numbers(&of(None)), [2]);
    }
}
