//! Which days are working days, and how a limit is counted.
//!
//! A period of days begins on the day after its start (Civil Code art. 201) and, when its last day is a rest day, ends
//! on the next working day (Civil Code art. 203; Civil Procedure Law art. 85). Working days are Monday to Friday without
//! the State Council's holidays and with its make-up days. Minutes and hours run from the moment itself.

use std::collections::HashMap;

use jiff::{
    Span, Timestamp, ToSpan,
    civil::{Date, Weekday, time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::word::words;

words! {
    /// How a limit is counted.
    LimitUnit { Minutes = "minutes", Hours = "hours", CalendarDays = "calendar_days", WorkingDays = "working_days" }
}

/// An amount of time that a rule allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Limit {
    /// How many, at most [`MOST_UNITS`].
    pub amount: u32,
    /// Of what.
    pub unit: LimitUnit,
}

/// No limit counts further than this.
pub const MOST_UNITS: u32 = 3_660;

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last moment at which it is in time.
    pub at: Timestamp,
    /// Whether it lies past the years the calendar knows, so that it may move when the next year's notice is loaded.
    pub provisional: bool,
}

/// Days that are not what their weekday says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A weekday without work.
    Holiday,
    /// A weekend day with work.
    #[serde(alias = "makeup", alias = "workday")]
    MakeUp,
}

/// The days the State Council's notices name, for the years that are loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    days: HashMap<Date, DayKind>,
    last_year: i16,
}

impl Calendar {
    /// A calendar of the named days; every year up to the last one named counts as loaded.
    #[must_use]
    pub fn new(days: impl IntoIterator<Item = (Date, DayKind)>) -> Self {
        let days: HashMap<_, _> = days.into_iter().collect();
        let last_year = days.keys().map(|date| date.year()).max().unwrap_or(0);
        Self { days, last_year }
    }

    /// Reads `date,type,name` rows, where type is `holiday` or a make-up day.
    ///
    /// # Errors
    /// Names the first row that is not such a row.
    pub fn from_csv(text: &str) -> Result<Self, String> {
        let mut days = Vec::new();
        for (line, row) in csv::Reader::from_reader(text.as_bytes()).into_records().enumerate() {
            let row = row.map_err(|e| format!("row {}: {e}", line + 2))?;
            let date = row
                .get(0)
                .and_then(|d| d.parse().ok())
                .ok_or_else(|| format!("row {}: no date", line + 2))?;
            let kind = match row.get(1) {
                Some("holiday") => DayKind::Holiday,
                Some("makeup" | "make_up" | "workday" | "makeup_workday") => DayKind::MakeUp,
                other => return Err(format!("row {}: {other:?} is neither holiday nor makeup", line + 2)),
            };
            days.push((date, kind));
        }
        Ok(Self::new(days))
    }

    /// The named days, in no order.
    pub fn days(&self) -> impl Iterator<Item = (Date, DayKind)> {
        self.days.iter().map(|(date, kind)| (*date, *kind))
    }

    /// The last year whose days are known.
    #[must_use]
    pub fn last_year(&self) -> i16 {
        self.last_year
    }

    /// Whether people work on that day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.days.get(&date) {
            Some(DayKind::Holiday) => false,
            Some(DayKind::MakeUp) => true,
            None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The day that lies `count` working days after `date`, which itself is not counted.
    #[must_use]
    pub fn working_days_after(&self, date: Date, count: u32) -> Date {
        let mut day = date;
        for _ in 0..count.min(MOST_UNITS) {
            day = self.working_day_from(day.saturating_add(1.day()));
        }
        day
    }

    /// How many working days lie after `from` up to and with `to`; negative when `to` is earlier.
    #[must_use]
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let days = first.series(1.day()).skip(1).take_while(|day| *day <= last).take(MOST_UNITS as usize);
        sign * i32::try_from(days.filter(|day| self.is_working_day(*day)).count()).unwrap_or(i32::MAX)
    }

    /// When a limit that starts at a moment is over, in the site's zone.
    #[must_use]
    pub fn due(&self, start: Timestamp, limit: Limit, zone: &TimeZone) -> Due {
        let amount = limit.amount.min(MOST_UNITS);
        let day = start.to_zoned(zone.clone()).date();
        let at = match limit.unit {
            LimitUnit::Minutes => {
                return self.judged(start.saturating_add(Span::new().minutes(amount)).unwrap_or(start), zone);
            }
            LimitUnit::Hours => {
                return self.judged(start.saturating_add(Span::new().hours(amount)).unwrap_or(start), zone);
            }
            LimitUnit::CalendarDays => self.working_day_from(day.saturating_add(Span::new().days(amount))),
            LimitUnit::WorkingDays => self.working_days_after(day, amount),
        };
        self.judged(end_of(at, zone), zone)
    }

    /// Moves a due moment by the time a clock stood still. What was over when it stopped stays over, and a pause within one
    /// day adds no day.
    #[must_use]
    pub fn moved(
        &self,
        due: Timestamp,
        unit: LimitUnit,
        stood_from: Timestamp,
        to: Timestamp,
        zone: &TimeZone,
    ) -> Due {
        let date = |at: Timestamp| at.to_zoned(zone.clone()).date();
        if due < stood_from {
            return self.judged(due, zone);
        }
        match unit {
            LimitUnit::WorkingDays => {
                let left = self.working_days_between(date(stood_from), date(due)).max(0).unsigned_abs();
                self.judged(end_of(self.working_days_after(date(to), left), zone), zone)
            }
            LimitUnit::CalendarDays => {
                let stood = date(to).duration_since(date(stood_from));
                let later = date(due).saturating_add(stood);
                self.judged(end_of(self.working_day_from(later), zone), zone)
            }
            LimitUnit::Minutes | LimitUnit::Hours => {
                self.judged(due.saturating_add(to.duration_since(stood_from)).unwrap_or(due), zone)
            }
        }
    }

    /// What a due moment becomes now that its year is loaded: counted from its start when it was never moved, otherwise
    /// from the end of the last year that was known.
    #[must_use]
    pub fn recomputed(&self, start: Timestamp, due: Timestamp, limit: Limit, zone: &TimeZone) -> Due {
        let date = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let last_known = date(due).year().saturating_sub(1);
        let known = self.days.iter().filter(|(day, _)| day.year() <= last_known);
        let before = Self { days: known.map(|(day, kind)| (*day, *kind)).collect(), last_year: last_known };
        if before.due(start, limit, zone).at == due {
            return self.due(start, limit, zone);
        }
        let from = Date::new(last_known, 12, 31).unwrap_or(Date::MIN).max(date(start));
        let day = match limit.unit {
            LimitUnit::Minutes | LimitUnit::Hours => return self.judged(due, zone),
            LimitUnit::CalendarDays => self.working_day_from(date(due)),
            LimitUnit::WorkingDays => {
                let left = before.working_days_between(from, date(due)).max(0).unsigned_abs();
                self.working_days_after(from, left)
            }
        };
        self.judged(end_of(day, zone), zone)
    }

    fn judged(&self, at: Timestamp, zone: &TimeZone) -> Due {
        Due { at, provisional: at.to_zoned(zone.clone()).year() > self.last_year }
    }

    fn working_day_from(&self, date: Date) -> Date {
        let mut day = date;
        for _ in 0..60 {
            if self.is_working_day(day) {
                break;
            }
            day = day.saturating_add(1.day());
        }
        day
    }
}

/// The last second of a day in the zone.
#[must_use]
pub fn end_of(date: Date, zone: &TimeZone) -> Timestamp {
    date.to_datetime(time(23, 59, 59, 0))
        .to_zoned(zone.clone())
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        Calendar::from_csv(include_str!("../../../catalogues/holidays.csv")).unwrap()
    }

    fn due(start: &str, amount: u32, unit: LimitUnit) -> String {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let start = format!("{start}+08:00[Asia/Shanghai]").parse::<jiff::Zoned>().unwrap().timestamp();
        let due = calendar().due(start, Limit { amount, unit }, &zone);
        let mark = if due.provisional { " provisional" } else { "" };
        format!("{}{mark}", due.at.to_zoned(zone).strftime("%F %H:%M"))
    }

    #[test]
    fn each_year_has_the_working_days_of_its_notice() {
        let calendar = calendar();
        let days = |year: i16| {
            Date::constant(year, 1, 1)
                .series(1.day())
                .take_while(|d| d.year() == year)
                .filter(|d| calendar.is_working_day(*d))
                .count()
        };
        assert_eq!([2023, 2024, 2025, 2026].map(days), [249, 251, 248, 248]);
    }

    #[test]
    fn limits_step_over_holidays_and_count_make_up_days() {
        use LimitUnit::{CalendarDays, Hours, Minutes, WorkingDays};
        // 2023: the make-up Saturday 28 January and Sunday 29 January follow the spring festival.
        assert_eq!(due("2023-01-20T10:00", 1, WorkingDays), "2023-01-28 23:59");
        assert_eq!(due("2023-01-20T10:00", 3, WorkingDays), "2023-01-30 23:59");
        // 2024: National Day rests until 7 October; Sunday 29 September and Saturday 12 October are worked.
        assert_eq!(due("2024-09-27T16:00", 5, WorkingDays), "2024-10-10 23:59");
        assert_eq!(due("2024-10-10T09:00", 2, WorkingDays), "2024-10-12 23:59");
        // 2025: a period of calendar days that ends within the holiday ends on the first working day after it.
        assert_eq!(due("2025-09-23T09:00", 15, CalendarDays), "2025-10-09 23:59");
        assert_eq!(due("2026-02-01T09:00", 15, CalendarDays), "2026-02-24 23:59");
        // The start day is not counted; hours and minutes run from the moment, rest day or not.
        assert_eq!(due("2026-05-08T23:50", 1, WorkingDays), "2026-05-09 23:59");
        assert_eq!(due("2023-10-01T23:00", 2, Hours), "2023-10-02 01:00");
        assert_eq!(due("2023-10-01T23:00", 15, Minutes), "2023-10-01 23:15");
        assert_eq!(due("2026-12-30T09:00", 5, WorkingDays), "2027-01-06 23:59 provisional");
    }

    #[test]
    fn a_clock_that_stood_still_keeps_the_working_days_it_had_left() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let at =
            |text: &str| format!("{text}+08:00[Asia/Shanghai]").parse::<jiff::Zoned>().unwrap().timestamp();
        let calendar = calendar();
        let due =
            calendar.due(at("2024-01-02T09:00"), Limit { amount: 5, unit: LimitUnit::WorkingDays }, &zone).at;
        let moved = calendar.moved(
            due,
            LimitUnit::WorkingDays,
            at("2024-01-04T12:00"),
            at("2024-02-08T09:00"),
            &zone,
        );
        assert_eq!(moved.at.to_zoned(zone).strftime("%F").to_string(), "2024-02-19");
    }

    #[test]
    fn a_pause_wins_no_time() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let at =
            |text: &str| format!("{text}+08:00[Asia/Shanghai]").parse::<jiff::Zoned>().unwrap().timestamp();
        let calendar = calendar();
        for (unit, due) in [
            (LimitUnit::WorkingDays, at("2024-03-08T23:59:59")),
            (LimitUnit::CalendarDays, at("2024-03-08T23:59:59")),
        ] {
            let moved = |from, to| calendar.moved(due, unit, at(from), at(to), &zone).at;
            assert_eq!(moved("2024-03-05T09:00", "2024-03-05T17:00"), due, "{unit}: within a day");
            assert_eq!(moved("2024-03-12T09:00", "2024-03-13T09:00"), due, "{unit}: over is over");
            assert_eq!(moved("2024-03-05T09:00", "2024-03-06T09:00"), at("2024-03-11T23:59:59"), "{unit}");
        }
    }

    #[test]
    fn a_year_that_is_loaded_moves_what_was_counted_without_it() {
        use LimitUnit::{CalendarDays, Hours, WorkingDays};
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let at =
            |text: &str| format!("{text}+08:00[Asia/Shanghai]").parse::<jiff::Zoned>().unwrap().timestamp();
        let all = calendar();
        let known = Calendar::new(all.days.clone().into_iter().filter(|(day, _)| day.year() < 2025));
        let start = at("2024-12-30T09:00");
        for (amount, unit, expected) in
            [(5, WorkingDays, "2025-01-07"), (30, CalendarDays, "2025-02-05"), (72, Hours, "2025-01-02")]
        {
            let limit = Limit { amount, unit };
            let due = known.due(start, limit, &zone);
            let anew = all.recomputed(start, due.at, limit, &zone);
            assert!(due.provisional && !anew.provisional);
            assert_eq!(anew.at.to_zoned(zone.clone()).date().to_string(), expected, "{amount} {unit}");
        }
        // Extended by ten working days before the notice came: those days are kept.
        let limit = Limit { amount: 5, unit: WorkingDays };
        let extended =
            known.due(known.due(start, limit, &zone).at, Limit { amount: 10, unit: WorkingDays }, &zone);
        let anew = all.recomputed(start, extended.at, limit, &zone);
        assert_eq!(extended.at.to_zoned(zone.clone()).date().to_string(), "2025-01-20");
        assert_eq!(anew.at.to_zoned(zone).date().to_string(), "2025-01-21");
    }
}
