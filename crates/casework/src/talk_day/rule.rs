//! When talk days come again: an RFC 5545 rule for each village, by custom the 4th, 14th and 24th.
//!
//! The rule gives days; a day becomes a record when somebody plans it. What is set here is data of the site, not of a person.

use std::str::FromStr as _;

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use rrule::{Frequency, RRuleSet};
use serde::{Deserialize, Serialize};

use crate::{calendar::Calendar, id::TalkPlaceId, refusal::Refusal, word::words};

/// 逢四说事.
pub const BY_CUSTOM: &str = "FREQ=MONTHLY;BYMONTHDAY=4,14,24";
/// A rule that skips weeks or months counts them from this Monday.
const COUNTED_FROM: Date = jiff::civil::date(2001, 1, 1);
const MOST_CHARACTERS: usize = 200;
/// Most days that one question is answered with.
const MOST_DAYS: usize = 800;

words! {
    /// What becomes of a talk day on a rest day.
    RestDays {
        /// It is held all the same: the custom.
        Held = "held",
        /// It is held on the next working day.
        NextWorkingDay = "next_working_day",
    }
}

/// A village's rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TalkRule {
    /// The rule as RFC 5545 writes it; nothing when the village holds none by rule.
    pub recurrence: Option<String>,
    /// What becomes of those on rest days.
    pub rest_days: RestDays,
    /// From when, when there are usual hours.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub begins: Option<Time>,
    /// Until when.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub ends: Option<Time>,
    /// The usual place.
    #[serde(default)]
    pub place: Option<TalkPlaceId>,
}

impl Default for TalkRule {
    fn default() -> Self {
        Self {
            recurrence: Some(BY_CUSTOM.to_owned()),
            rest_days: RestDays::Held,
            begins: None,
            ends: None,
            place: None,
        }
    }
}

/// A day that the rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The day of the rule.
    pub slot: Date,
    /// The day on which it is held.
    pub date: Date,
}

impl TalkRule {
    /// Checks a rule that somebody wrote.
    ///
    /// # Errors
    /// [`Refusal::BadRecurrence`], [`Refusal::HoursTurnedRound`].
    pub fn check(&self) -> Result<(), Refusal> {
        super::plan::hours(self.begins, self.ends)?;
        match &self.recurrence {
            Some(recurrence) => read(recurrence, COUNTED_FROM).map(drop),
            None => Ok(()),
        }
    }

    /// The days that the rule gives from one day to another, both counted, by their own date and not by where a rest day moves
    /// them. A rule that cannot be read gives none.
    #[must_use]
    pub fn days(&self, from: Date, to: Date, calendar: &Calendar) -> Vec<Slot> {
        let Some(set) = self.recurrence.as_ref().and_then(|text| read(text, from).ok()) else {
            return Vec::new();
        };
        let after_the_last = |day: &Date| *day > to;
        (&set)
            .into_iter()
            .map_while(|at| day_of(at.timestamp()))
            .take_while(|day| !after_the_last(day))
            .filter(|day| *day >= from)
            .take(MOST_DAYS)
            .map(|slot| Slot { slot, date: self.held_on(slot, calendar) })
            .collect()
    }

    fn held_on(&self, slot: Date, calendar: &Calendar) -> Date {
        match self.rest_days {
            RestDays::NextWorkingDay if !calendar.is_working_day(slot) => {
                calendar.working_days_after(slot, 1)
            }
            RestDays::NextWorkingDay | RestDays::Held => slot,
        }
    }
}

fn day_of(second: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(second.div_euclid(86_400).days()).ok()
}

/// Reads a rule whose days are asked for from a day on. It repeats days, not hours, and has no end: a village that stops
/// takes its rule away.
fn read(recurrence: &str, from: Date) -> Result<RRuleSet, Refusal> {
    let plain =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '=' | ';' | ',' | '-' | '+');
    if recurrence.len() > MOST_CHARACTERS || !recurrence.chars().all(plain) {
        return Err(Refusal::BadRecurrence);
    }
    let set = |first: Date| {
        let text = format!("DTSTART:{}T000000Z\nRRULE:{recurrence}", first.strftime("%Y%m%d"));
        RRuleSet::from_str(&text).map_err(|_| Refusal::BadRecurrence)
    };
    let read = set(from)?;
    let [rule] = read.get_rrule().as_slice() else { return Err(Refusal::BadRecurrence) };
    let repeats_days = matches!(
        rule.get_freq(),
        Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily
    );
    let names = |parts: &[&str]| parts.iter().any(|part| recurrence.contains(part));
    // What a rule leaves out is filled in from the day one asks from: it must name its days itself.
    let names_days = names(&["BYDAY=", "BYMONTHDAY=", "BYYEARDAY="]);
    let names_hours_or_end = names(&["BYHOUR", "BYMINUTE", "BYSECOND", "COUNT", "UNTIL"]);
    if !repeats_days || !names_days || names_hours_or_end {
        return Err(Refusal::BadRecurrence);
    }
    if rule.get_interval() == 1 { Ok(read) } else { set(COUNTED_FROM) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::place::site;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn rule(recurrence: &str) -> TalkRule {
        TalkRule { recurrence: Some(recurrence.to_owned()), ..TalkRule::default() }
    }

    fn days(rule: &TalkRule, from: &str, to: &str) -> Vec<String> {
        let days = rule.days(date(from), date(to), &site().calendar);
        days.iter()
            .map(|day| {
                if day.slot == day.date {
                    day.slot.to_string()
                } else {
                    format!("{} on {}", day.slot, day.date)
                }
            })
            .collect()
    }

    #[test]
    fn by_custom_each_day_with_a_four() {
        let custom = TalkRule::default();
        assert_eq!(
            days(&custom, "2024-01-02", "2024-02-10"),
            ["2024-01-04", "2024-01-14", "2024-01-24", "2024-02-04"]
        );
        assert_eq!(days(&custom, "2024-01-04", "2024-01-04"), ["2024-01-04"]);
        assert!(days(&custom, "2024-01-05", "2024-01-13").is_empty());
        assert_eq!(days(&custom, "2023-01-01", "2023-12-31").len(), 36);
    }

    #[test]
    fn on_rest_days_it_is_held_unless_set_otherwise() {
        // 14 January 2024 is a Sunday; 14 September a make-up working day; 4 October within the holidays.
        let custom = TalkRule { rest_days: RestDays::NextWorkingDay, ..TalkRule::default() };
        assert_eq!(days(&custom, "2024-01-14", "2024-01-24"), ["2024-01-14 on 2024-01-15", "2024-01-24"]);
        assert_eq!(
            days(&custom, "2024-09-14", "2024-10-04"),
            ["2024-09-14", "2024-09-24", "2024-10-04 on 2024-10-08"]
        );
    }

    #[test]
    fn thursdays_and_every_other_week_are_rules_too() {
        assert_eq!(
            days(&rule("FREQ=WEEKLY;BYDAY=TH"), "2019-11-10", "2019-11-22"),
            ["2019-11-14", "2019-11-21"]
        );
        // Whatever day one asks from, the weeks are the same.
        let fortnight = rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH");
        let all = days(&fortnight, "2024-01-01", "2024-02-29");
        assert_eq!(all, ["2024-01-04", "2024-01-18", "2024-02-01", "2024-02-15", "2024-02-29"]);
        assert_eq!(days(&fortnight, "2024-01-12", "2024-02-29"), all[1..]);
        assert_eq!(days(&rule("FREQ=MONTHLY;BYDAY=-1SU"), "2024-02-01", "2024-02-29"), ["2024-02-25"]);
    }

    #[test]
    fn what_cannot_be_read_or_names_no_days_is_refused() {
        for bad in [
            "",
            "every fourth day",
            "FREQ=MONTHLY",
            "FREQ=HOURLY;BYMONTHDAY=4",
            "FREQ=MONTHLY;BYMONTHDAY=4;COUNT=3",
            "FREQ=MONTHLY;BYMONTHDAY=4;UNTIL=20240101T000000Z",
            "FREQ=MONTHLY;BYMONTHDAY=4;BYHOUR=9",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYMONTHDAY=4\nEXDATE:20240104T000000Z",
        ] {
            assert_eq!(rule(bad).check(), Err(Refusal::BadRecurrence), "{bad}");
        }
        assert_eq!(TalkRule::default().check(), Ok(()));
        assert_eq!(TalkRule { recurrence: None, ..TalkRule::default() }.check(), Ok(()));
    }
}
