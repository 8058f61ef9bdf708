//! 安排: a day of the rule, or any other, becomes a talk day with its hours and its place.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use super::{TalkEvent, event::WhenAndWhere};
use crate::{
    area::{AreaCode, AreaLevel},
    id::TalkPlaceId,
    matter::Context,
    refusal::Refusal,
    text::{TextKind, Texts},
    unit::CENTRE_SERVICE,
};

/// Days back for which a talk day may still be recorded: somebody forgot, or was offline.
const DAYS_BACK: i32 = 31;
/// Days ahead for which one may be planned.
const DAYS_AHEAD: i32 = 366;

/// Plans a talk day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The village.
    pub area: AreaCode,
    /// The day of the rule for which it stands. A village has one talk day for each.
    #[schema(value_type = String, format = Date)]
    pub slot: Date,
    /// The day on which it is held; that of the rule when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
    /// From when.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub begins: Option<Time>,
    /// Until when.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub ends: Option<Time>,
    /// A place of the register.
    #[serde(default)]
    pub place: Option<TalkPlaceId>,
    /// A place in words, for everybody: a bench before a door.
    #[serde(default)]
    pub place_words: Option<String>,
}

impl Plan {
    pub(super) fn decide(&self, context: &Context<'_>, texts: &mut Texts) -> Result<TalkEvent, Refusal> {
        let site = context.site;
        if self.area.level() != AreaLevel::Village || site.areas.get(self.area).is_none() {
            return Err(Refusal::NotAVillage);
        }
        let unit = site.units.serving(self.area, CENTRE_SERVICE);
        let unit = unit.ok_or(Refusal::NoCentre { level: AreaLevel::Village })?.id.clone();
        let at = Given {
            date: self.date.unwrap_or(self.slot),
            begins: self.begins,
            ends: self.ends,
            place: self.place,
            place_words: self.place_words.as_deref(),
        };
        let today = site.day(context.now);
        near("slot", self.slot, today)?;
        Ok(TalkEvent::Planned { area: self.area, unit, slot: self.slot, at: at.checked(today, texts)? })
    }
}

/// When and where, as given.
pub(super) struct Given<'a> {
    pub(super) date: Date,
    pub(super) begins: Option<Time>,
    pub(super) ends: Option<Time>,
    pub(super) place: Option<TalkPlaceId>,
    pub(super) place_words: Option<&'a str>,
}

impl Given<'_> {
    pub(super) fn checked(&self, today: Date, texts: &mut Texts) -> Result<WhenAndWhere, Refusal> {
        near("date", self.date, today)?;
        hours(self.begins, self.ends)?;
        let place_words = texts.write_if_any("place_words", TextKind::Public, self.place_words)?;
        if self.place.is_some() == place_words.is_some() {
            return Err(Refusal::OnePlace);
        }
        Ok(WhenAndWhere {
            date: self.date,
            begins: self.begins,
            ends: self.ends,
            place: self.place,
            place_words,
        })
    }
}

/// Hours, when they are given, begin before they end.
pub(super) fn hours(begins: Option<Time>, ends: Option<Time>) -> Result<(), Refusal> {
    let right = match (begins, ends) {
        (Some(begins), Some(ends)) => begins < ends,
        (None, Some(_)) => false,
        (_, None) => true,
    };
    if right { Ok(()) } else { Err(Refusal::HoursTurnedRound) }
}

fn near(field: &'static str, date: Date, today: Date) -> Result<(), Refusal> {
    let first = today.saturating_sub(DAYS_BACK.days());
    let last = today.saturating_add(DAYS_AHEAD.days());
    if (first..=last).contains(&date) { Ok(()) } else { Err(Refusal::DateOutOfBounds { field }) }
}

#[cfg(test)]
mod tests {
    use crate::tests::{
        cast::{grid_worker, village_lead},
        talk::{Talk, plan},
    };

    #[test]
    fn the_village_lead_plans_the_day_of_the_rule_with_its_place() {
        let talk = Talk::planning(&village_lead(), plan!()).unwrap();
        assert_eq!(talk.day.date, "2024-03-04".parse().unwrap());
        assert_eq!(talk.day.unit.0, "421321117204.centre");
        assert_eq!(talk.published_words(), ["老槐树下的板凳"]);
    }

    #[test]
    fn it_is_refused() {
        let refused = |plan| Talk::planning(&village_lead(), plan).map(drop).unwrap_err().code();
        assert_eq!(refused(plan!("area": "421321117204001")), "not_a_village");
        assert_eq!(refused(plan!("area": "421321117")), "not_allowed");
        assert_eq!(refused(plan!("slot": "2024-01-04")), "date_out_of_bounds");
        assert_eq!(refused(plan!("date": "2025-03-14")), "date_out_of_bounds");
        assert_eq!(refused(plan!("place_words": " ")), "one_place");
        assert_eq!(refused(plan!("place": uuid::Uuid::nil())), "one_place");
        assert_eq!(refused(plan!("begins": "11:00", "ends": "09:00")), "hours_turned_round");
        assert_eq!(refused(plan!("ends": "09:00")), "hours_turned_round");
        assert_eq!(refused(plan!("area": "421321117205")), "not_allowed");
        assert_eq!(Talk::planning(&grid_worker(), plan!()).map(drop).unwrap_err().code(), "not_allowed");
    }
}
