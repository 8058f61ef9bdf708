//! A mediator: the office, its area and term.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Finding, NAME, Term, dispute_codes, line};
use crate::{
    area::AreaCode,
    id::{AccountId, MediatorId, StudioId, UnitId},
    refusal::Refusal,
    site::Site,
    unit::UnitKind,
    word::words,
};

words! {
    /// How somebody mediates.
    MediatorKind {
        /// 专职
        FullTime = "full_time",
        /// 兼职
        PartTime = "part_time",
        /// 志愿者 (五老 and others)
        Volunteer = "volunteer",
        /// 特邀
        Invited = "invited",
    }
}

/// A mediator as the register has it. The name is the one of a public office: parties choose by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mediator {
    /// Its id.
    pub id: MediatorId,
    /// The account of a mediator who signs in; volunteers may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The committee.
    pub unit: UnitId,
    /// The name that parties see.
    pub name: String,
    /// How.
    pub kind: MediatorKind,
    /// Kinds of dispute, by their codes.
    #[serde(default)]
    pub specialties: Vec<String>,
    /// Where: the committee's area or a part of it.
    pub area: AreaCode,
    /// From when until when.
    pub term: Term,
    /// The named studio to which it belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub studio: Option<StudioId>,
    /// Takes new mediations. One who has left stays in the register and is not active.
    pub active: bool,
}

impl Mediator {
    /// The entry as it is kept.
    ///
    /// # Errors
    /// The refusal that says what must be mended.
    pub fn checked(self, site: &Site) -> Result<Self, Refusal> {
        let unit = site.units.get(&self.unit).ok_or(Refusal::UnknownUnit)?;
        if unit.kind != UnitKind::Committee {
            return Err(Refusal::WrongKindOfUnit { needed: UnitKind::Committee });
        }
        if site.areas.get(self.area).is_none() {
            return Err(Refusal::PlaceUnknown);
        }
        if !unit.area.contains(self.area) {
            return Err(Refusal::UnitElsewhere);
        }
        Ok(Self {
            name: line("name", NAME, &self.name)?,
            specialties: dispute_codes("specialties", &self.specialties, &site.catalogue)?,
            term: self.term.checked()?,
            ..self
        })
    }

    /// Whether it may be given a mediation on a day.
    #[must_use]
    pub fn serves_on(&self, today: Date) -> bool {
        self.active && self.term.holds_on(today)
    }

    /// What is to be mended on a day. Of one who has left nothing is.
    #[must_use]
    pub fn findings(&self, today: Date) -> Vec<Finding> {
        self.term.finding(today).into_iter().filter(|_| self.active).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::tests::place::{OTHER_TOWN, TOWN, VILLAGE, area, site, unit};

    fn mediator() -> Mediator {
        Mediator {
            id: MediatorId(uuid::Uuid::from_u128(1)),
            account: None,
            unit: unit("421321117.mediation"),
            name: " 李调解 ".into(),
            kind: MediatorKind::FullTime,
            specialties: vec!["0701".into(), "02".into(), "02".into()],
            area: area(TOWN),
            term: Term { from: date(2022, 5, 1), until: date(2024, 2, 1) },
            studio: None,
            active: true,
        }
    }

    #[test]
    fn an_entry_is_kept_tidied() {
        let kept = mediator().checked(site()).unwrap();
        assert_eq!(
            (kept.name.as_str(), kept.specialties),
            ("李调解", vec!["02".to_owned(), "0701".to_owned()])
        );
        assert!(Mediator { area: area(VILLAGE), ..mediator() }.checked(site()).is_ok());
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let refused = |mediator: Mediator| mediator.checked(site()).unwrap_err().code();
        assert_eq!(refused(Mediator { area: area(OTHER_TOWN), ..mediator() }), "unit_elsewhere");
        assert_eq!(refused(Mediator { area: area("421321117299"), ..mediator() }), "place_unknown");
        assert_eq!(refused(Mediator { unit: unit("421321117.centre"), ..mediator() }), "wrong_kind_of_unit");
        assert_eq!(refused(Mediator { name: "\u{7}".into(), ..mediator() }), "words_unreadable");
        assert_eq!(refused(Mediator { name: "名".repeat(61), ..mediator() }), "words_too_long");
        let every =
            ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15"];
        let more = ["0101", "0102", "0103", "0201", "0202", "0203"];
        let specialties = every.iter().chain(&more).map(|code| (*code).to_owned()).collect();
        assert_eq!(refused(Mediator { specialties, ..mediator() }), "too_many");
    }

    #[test]
    fn one_who_has_left_is_not_reminded_of() {
        let today = date(2024, 1, 2);
        assert_eq!(mediator().findings(today).len(), 1);
        assert!(Mediator { active: false, ..mediator() }.findings(today).is_empty());
        assert!(mediator().serves_on(date(2024, 2, 1)) && !mediator().serves_on(date(2024, 2, 2)));
        assert!(!Mediator { active: false, ..mediator() }.serves_on(today));
    }
}
