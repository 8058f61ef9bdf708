//! A people's mediation committee: how it is composed, and whether the law is met.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Finding, LINE, NAME, PartiesAdmitted, Term, dispute_codes, line};
use crate::{area::AreaCode, id::UnitId, refusal::Refusal, site::Site, unit::UnitKind, word::words};

words! {
    /// Who set a committee up, or which disputes it is for.
    CommitteeKind {
        /// 村民委员会设立
        Village = "village",
        /// 居民委员会设立
        Community = "community",
        /// 乡镇设立
        Town = "town",
        /// 街道设立
        Street = "street",
        /// 企业事业单位设立
        Enterprise = "enterprise",
        /// 社会团体设立
        SocialGroup = "social_group",
        /// 其他组织设立 (art. 34)
        OtherGroup = "other_group",
        /// 医疗纠纷
        Medical = "medical",
        /// 环境污染纠纷
        Environment = "environment",
        /// 物业纠纷
        Property = "property",
        /// 道路交通事故纠纷
        Traffic = "traffic",
        /// 劳动争议
        Labour = "labour",
    }
}

impl CommitteeKind {
    /// Whether it is for one kind of dispute.
    #[must_use]
    pub fn is_specialised(self) -> bool {
        match self {
            Self::Medical | Self::Environment | Self::Property | Self::Traffic | Self::Labour => true,
            Self::Village
            | Self::Community
            | Self::Town
            | Self::Street
            | Self::Enterprise
            | Self::SocialGroup
            | Self::OtherGroup => false,
        }
    }
}

words! {
    /// Whether a smaller nationality is represented, where the law asks for it.
    Minority {
        /// Not a place where several nationalities live.
        NotRelevant = "not_relevant",
        Yes = "yes",
        No = "no",
    }
}

/// Fewest members (art. 8).
const LEAST_MEMBERS: u32 = 3;
/// Most members (art. 8).
const MOST_MEMBERS: u32 = 9;
/// Years of a term (art. 9).
const TERM_YEARS: i32 = 3;
/// More than this is a slip of the pen.
const MOST_WRITTEN: u32 = 99;

/// A committee as the register has it. What is said of its members is declared by the committee as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// The unit that it is.
    pub unit: UnitId,
    /// Who set it up, or what it is for.
    pub kind: CommitteeKind,
    /// Who elected or approved it.
    pub approved_by: String,
    /// The public name of its director.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub director: Option<String>,
    /// The telephone that parties may ring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where parties find it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How many members it has, the director included.
    pub members: u32,
    /// Whether a woman is among them.
    pub includes_a_woman: bool,
    /// Whether a smaller nationality is among them.
    pub minority_represented: Minority,
    /// The members' term.
    pub term: Term,
    /// The disputes that it takes, by their codes; none: any dispute of its area.
    #[serde(default)]
    pub admits: Vec<String>,
    /// The places within its area from which it takes them; none: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaCode>,
    /// Between whom.
    #[serde(default = "PartiesAdmitted::any")]
    pub parties: PartiesAdmitted,
}

/// Most places that an entry may name.
const MOST_AREAS: u32 = 60;

impl Committee {
    /// The entry as it is kept.
    ///
    /// # Errors
    /// The refusal that says what must be mended before it can be kept. A composition that the law does not allow is kept
    /// all the same and found: the register says what is.
    pub fn checked(self, site: &Site) -> Result<Self, Refusal> {
        let unit = site.units.get(&self.unit).ok_or(Refusal::UnknownUnit)?;
        if unit.kind != UnitKind::Committee {
            return Err(Refusal::WrongKindOfUnit { needed: UnitKind::Committee });
        }
        if self.members > MOST_WRITTEN {
            return Err(Refusal::TooMany { field: "members", most: MOST_WRITTEN });
        }
        let said = |field, most, words: Option<String>| {
            words.filter(|words| !words.trim().is_empty()).map(|words| line(field, most, &words)).transpose()
        };
        Ok(Self {
            approved_by: line("approved_by", LINE, &self.approved_by)?,
            director: said("director", NAME, self.director)?,
            phone: said("phone", NAME, self.phone)?,
            address: said("address", LINE, self.address)?,
            term: self.term.checked()?,
            admits: dispute_codes("admits", &self.admits, &site.catalogue)?,
            areas: areas_within(unit.area, self.areas, site)?,
            ..self
        })
    }

    /// What the law asks of its composition and is not met, whatever the day.
    #[must_use]
    pub fn composition(&self) -> Vec<Finding> {
        let members = self.members;
        let found = [
            (members < LEAST_MEMBERS, Finding::FewMembers { members, least: LEAST_MEMBERS }),
            (members > MOST_MEMBERS, Finding::ManyMembers { members, most: MOST_MEMBERS }),
            (self.director.is_none(), Finding::NoDirector),
            (!self.includes_a_woman, Finding::NoWoman),
            (self.minority_represented == Minority::No, Finding::NoMinority),
            (self.term.is_longer_than(TERM_YEARS), Finding::TermTooLong { years: TERM_YEARS }),
            (self.kind.is_specialised() && self.admits.is_empty(), Finding::NoAdmission),
        ];
        found.into_iter().filter_map(|(holds, finding)| holds.then_some(finding)).collect()
    }

    /// Everything to mend on a day: the end of its term first, then its composition.
    #[must_use]
    pub fn findings(&self, today: Date) -> Vec<Finding> {
        self.term.finding(today).into_iter().chain(self.composition()).collect()
    }
}

/// Places within an area, each once, in the order of their codes.
fn areas_within(area: AreaCode, mut areas: Vec<AreaCode>, site: &Site) -> Result<Vec<AreaCode>, Refusal> {
    if areas.iter().any(|code| site.areas.get(*code).is_none()) {
        return Err(Refusal::PlaceUnknown);
    }
    if areas.iter().any(|code| !area.contains(*code)) {
        return Err(Refusal::UnitElsewhere);
    }
    areas.sort_unstable();
    areas.dedup();
    if areas.len() > MOST_AREAS as usize {
        return Err(Refusal::TooMany { field: "areas", most: MOST_AREAS });
    }
    Ok(areas)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::tests::{
        committees::general as whole,
        place::{OTHER_TOWN, TOWN, VILLAGE, area, site, unit},
    };

    fn codes(committee: &Committee) -> Vec<String> {
        let finding = |finding: &Finding| {
            let code = serde_json::to_value(finding).unwrap()["code"].as_str().unwrap().to_owned();
            finding.article().map_or(code.clone(), |article| format!("{code} {article}"))
        };
        committee.findings(date(2024, 1, 2)).iter().map(finding).collect()
    }

    #[test]
    fn article_8_three_to_nine_members() {
        assert_eq!(codes(&whole()), Vec::<String>::new());
        for (members, found) in [(2, "few_members 8"), (3, ""), (9, ""), (10, "many_members 8")] {
            let found: Vec<_> = [found].into_iter().filter(|found| !found.is_empty()).collect();
            assert_eq!(codes(&Committee { members, ..whole() }), found, "{members} members");
        }
    }

    #[test]
    fn article_8_one_director_a_woman_and_a_smaller_nationality_where_there_is_one() {
        assert_eq!(codes(&Committee { director: None, ..whole() }), ["no_director 8"]);
        assert_eq!(codes(&Committee { includes_a_woman: false, ..whole() }), ["no_woman 8"]);
        for (minority_represented, found) in
            [(Minority::No, vec!["no_minority 8"]), (Minority::Yes, vec![]), (Minority::NotRelevant, vec![])]
        {
            assert_eq!(codes(&Committee { minority_represented, ..whole() }), found);
        }
    }

    #[test]
    fn article_9_a_term_of_three_years() {
        let term = Term { from: date(2022, 5, 1), until: date(2025, 5, 1) };
        assert_eq!(codes(&Committee { term, ..whole() }), ["term_too_long 9"]);
        let term = Term { from: date(2021, 1, 1), until: date(2023, 12, 31) };
        assert_eq!(codes(&Committee { term, members: 2, ..whole() }), ["term_ended", "few_members 8"]);
    }

    #[test]
    fn a_specialised_committee_names_what_it_takes() {
        assert_eq!(
            codes(&Committee { kind: CommitteeKind::Medical, admits: vec!["0502".into()], ..whole() }),
            [""; 0]
        );
        assert_eq!(codes(&Committee { kind: CommitteeKind::Medical, ..whole() }), ["no_admission"]);
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let refused = |committee: Committee| committee.checked(site()).unwrap_err().code();
        assert_eq!(refused(Committee { unit: unit("421321117.nobody"), ..whole() }), "unknown_unit");
        assert_eq!(refused(Committee { unit: unit("421321117.justice"), ..whole() }), "wrong_kind_of_unit");
        assert_eq!(refused(Committee { approved_by: " ".into(), ..whole() }), "words_missing");
        assert_eq!(refused(Committee { members: 100, ..whole() }), "too_many");
        assert_eq!(refused(Committee { admits: vec!["8888".into()], ..whole() }), "unknown_category");
        assert_eq!(refused(Committee { areas: vec![area("421321999")], ..whole() }), "place_unknown");
        assert_eq!(refused(Committee { areas: vec![area(OTHER_TOWN)], ..whole() }), "unit_elsewhere");
        let many = vec![area(VILLAGE), area(TOWN), area(VILLAGE)];
        let kept = Committee { areas: many, ..whole() }.checked(site()).unwrap();
        assert_eq!(kept.areas, [area(TOWN), area(VILLAGE)]);
        let term = Term { from: date(2025, 1, 1), until: date(2024, 1, 1) };
        assert_eq!(refused(Committee { term, ..whole() }), "term_backwards");
        let kept = Committee { director: Some("  ".into()), members: 2, ..whole() }.checked(site()).unwrap();
        assert_eq!((kept.director, kept.members), (None, 2));
    }
}
