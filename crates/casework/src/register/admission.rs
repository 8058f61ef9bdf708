//! Which disputes a committee takes: by kind, by place, by who the parties are. A general committee takes any dispute of its
//! area; a specialised one what it names. What is refused is told with the reason and with those that would take it.

use serde::Serialize;

use super::{Committee, Dispute, holds};
use crate::{
    id::UnitId,
    mediation::{Channel, PartySide},
    refusal::Refusal,
    site::Site,
    word::words,
};

words! {
    /// Between whom a committee mediates.
    PartiesAdmitted {
        /// Whoever they are.
        Any = "any",
        /// One of them is an organisation: a hospital, an employer, a property manager.
        WithOrganisation = "with_organisation",
    }
}

impl PartiesAdmitted {
    pub(super) const fn any() -> Self {
        Self::Any
    }
}

words! {
    /// Why a committee does not take a dispute.
    NotAdmitted {
        /// It takes other kinds of dispute.
        Category = "category",
        /// It takes disputes of other places.
        Area = "area",
        /// It takes disputes with an organisation.
        Parties = "parties",
        /// The channel is that of another kind of committee.
        Channel = "channel",
    }
}

/// A committee that would take a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taker {
    /// The unit that it is.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its name in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
}

/// Most committees that a refusal names.
const MOST_TAKERS: usize = 5;

impl Committee {
    /// Whether it takes a dispute of this category. A specialised one takes nothing that it does not name.
    #[must_use]
    pub fn takes(&self, category: Option<&str>) -> bool {
        if self.admits.is_empty() { !self.kind.is_specialised() } else { holds(&self.admits, category) }
    }

    /// The kind of dispute under which it takes one of this category, as it names it.
    #[must_use]
    pub fn takes_as(&self, category: Option<&str>) -> Option<&str> {
        let under = |code: &&String| category.is_some_and(|category| category.starts_with(code.as_str()));
        self.admits.iter().find(under).map(String::as_str)
    }

    /// Whether it takes a dispute as far as it is known; parties are asked about once both sides are there.
    ///
    /// # Errors
    /// Why it does not.
    pub fn admits(&self, dispute: Dispute<'_>) -> Result<(), NotAdmitted> {
        if !self.takes(dispute.category) {
            return Err(NotAdmitted::Category);
        }
        if !self.areas.is_empty() && !self.areas.iter().any(|area| area.contains(dispute.area)) {
            return Err(NotAdmitted::Area);
        }
        match (self.parties, dispute.with_organisation) {
            (PartiesAdmitted::WithOrganisation, Some(false)) => Err(NotAdmitted::Parties),
            (PartiesAdmitted::Any | PartiesAdmitted::WithOrganisation, _) => Ok(()),
        }
    }

    /// Whether it mediates in a channel: a specialised one in that of its kind, any other in those that are nobody's.
    #[must_use]
    pub fn mediates_in(&self, channel: &Channel) -> bool {
        if self.kind.is_specialised() {
            channel.committee == Some(self.kind)
        } else {
            channel.committee.is_none()
        }
    }
}

/// Whether a committee takes a dispute in a channel. One that does not stand in the register is not asked.
///
/// # Errors
/// The reason, with those that would take it.
pub(crate) fn admitted(
    unit: &UnitId,
    channel: Option<&Channel>,
    dispute: Dispute<'_>,
    committees: &[Committee],
    site: &Site,
) -> Result<(), Refusal> {
    let Some(committee) = committees.iter().find(|committee| committee.unit == *unit) else { return Ok(()) };
    let channel_fits = channel.is_none_or(|channel| committee.mediates_in(channel));
    let because = match committee.admits(dispute) {
        Err(because) => because,
        Ok(()) if !channel_fits => NotAdmitted::Channel,
        Ok(()) => return Ok(()),
    };
    Err(Refusal::CommitteeDoesNotAdmit { because, takers: takers(unit, dispute, committees, site) })
}

/// The committees that would take a dispute, the specialised ones first, then those that are near.
fn takers(but: &UnitId, dispute: Dispute<'_>, committees: &[Committee], site: &Site) -> Vec<Taker> {
    let serving = |committee: &&Committee| {
        let unit = site.units.get(&committee.unit).filter(|unit| unit.area.contains(dispute.area));
        unit.is_some() && committee.unit != *but && dispute.about != Some(&committee.unit)
    };
    let mut taking: Vec<_> = committees
        .iter()
        .filter(serving)
        .filter(|committee| committee.admits(dispute).is_ok())
        .filter_map(|committee| Some((committee, site.units.get(&committee.unit)?)))
        .collect();
    taking.sort_by_key(|(committee, unit)| {
        (!committee.kind.is_specialised(), std::cmp::Reverse(unit.level()), unit.id.clone())
    });
    let taker = |(_, unit): (&Committee, &crate::unit::Unit)| Taker {
        unit: unit.id.clone(),
        name: unit.name.clone(),
        name_en: unit.name_en.clone(),
    };
    taking.into_iter().take(MOST_TAKERS).map(taker).collect()
}

/// Whether one of the parties is an organisation, once both sides are there.
pub(crate) fn with_organisation(parties: &[(PartySide, bool)]) -> Option<bool> {
    let has = |side| parties.iter().any(|(of, _)| *of == side);
    (has(PartySide::Applicant) && has(PartySide::Respondent))
        .then(|| parties.iter().any(|(_, organisation)| *organisation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        register::CommitteeKind,
        tests::{
            committees::{general, medical},
            place::{OTHER_TOWN, TOWN, VILLAGE, area, site, unit},
        },
    };

    fn dispute(category: Option<&str>) -> Dispute<'_> {
        Dispute { category, area: area(VILLAGE), about: None, with_organisation: None }
    }

    #[test]
    fn a_committee_takes_what_it_names() {
        let takes = |admits: &[&str], category| {
            let admits = admits.iter().map(|code| (*code).to_owned()).collect();
            Committee { admits, ..medical() }.takes(category)
        };
        assert!(takes(&["0502"], Some("0502")) && !takes(&["0502"], Some("0503")));
        assert!(takes(&["05"], Some("0502")) && !takes(&["0502"], Some("05")));
        assert!(!takes(&["0502"], None) && !takes(&[], Some("0502")));
        assert!(general().takes(Some("0502")) && general().takes(None));
        assert_eq!(medical().takes_as(Some("0502")), Some("0502"));
        assert_eq!(general().takes_as(Some("0502")), None);
    }

    #[test]
    fn it_takes_them_from_its_places_and_between_its_parties() {
        let of_town = Committee { areas: vec![area(TOWN)], ..general() };
        assert_eq!(of_town.admits(dispute(None)), Ok(()));
        let elsewhere = Dispute { area: area(OTHER_TOWN), ..dispute(None) };
        assert_eq!(of_town.admits(elsewhere), Err(NotAdmitted::Area));
        let between = |with_organisation| Dispute { with_organisation, ..dispute(Some("0502")) };
        assert_eq!(medical().admits(between(None)), Ok(()));
        assert_eq!(medical().admits(between(Some(true))), Ok(()));
        assert_eq!(medical().admits(between(Some(false))), Err(NotAdmitted::Parties));
        assert_eq!(general().admits(between(Some(false))), Ok(()));
        let (applicant, respondent) = (PartySide::Applicant, PartySide::Respondent);
        assert_eq!(with_organisation(&[(applicant, true), (PartySide::Third, false)]), None);
        assert_eq!(with_organisation(&[(applicant, false), (respondent, true)]), Some(true));
        assert_eq!(with_organisation(&[(applicant, false), (respondent, false)]), Some(false));
    }

    #[test]
    fn who_would_take_it_is_told_and_who_is_complained_about_is_not() {
        let list = [general(), medical()];
        let asked = |of: &Committee, channel, dispute| {
            let channel = site().catalogue.channel(channel);
            match admitted(&of.unit, channel, dispute, &list, site()) {
                Ok(()) => (None, Vec::new()),
                Err(Refusal::CommitteeDoesNotAdmit { because, takers }) => {
                    (Some(because), takers.into_iter().map(|taker| taker.unit).collect())
                }
                Err(other) => panic!("{other:?}"),
            }
        };
        let (town, county) = (general().unit, medical().unit);
        assert_eq!(
            asked(&medical(), "medical", dispute(Some("0202"))),
            (Some(NotAdmitted::Category), vec![town.clone()])
        );
        assert_eq!(
            asked(&general(), "medical", dispute(Some("0502"))),
            (Some(NotAdmitted::Channel), vec![county])
        );
        assert_eq!(asked(&general(), "people", dispute(Some("0502"))), (None, Vec::new()));
        assert_eq!(asked(&medical(), "medical", dispute(Some("0502"))), (None, Vec::new()));
        let about = Dispute { about: Some(&town), ..dispute(Some("0202")) };
        assert_eq!(asked(&medical(), "medical", about), (Some(NotAdmitted::Category), Vec::new()));
        let unknown = Committee { unit: unit("421321118.mediation"), ..medical() };
        assert_eq!(asked(&unknown, "people", dispute(None)), (None, Vec::new()));
    }

    #[test]
    fn every_specialised_committee_has_a_channel_of_its_own() {
        let channels = &site().catalogue.mediation.channels;
        for kind in CommitteeKind::ALL.iter().filter(|kind| kind.is_specialised()) {
            let of = Committee { kind: *kind, ..medical() };
            assert_eq!(channels.iter().filter(|channel| of.mediates_in(channel)).count(), 1, "{kind}");
        }
        assert!(channels.first().is_some_and(|first| general().mediates_in(first)));
    }
}
