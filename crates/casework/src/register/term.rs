//! A term of office, and what is to be said of its end.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::Finding;
use crate::refusal::Refusal;

/// Days before its end from which a term is reminded of.
pub const REMIND_DAYS: i32 = 60;

/// From a day to a day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

impl Term {
    pub(super) fn checked(self) -> Result<Self, Refusal> {
        if self.until < self.from { Err(Refusal::TermBackwards) } else { Ok(self) }
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn holds_on(self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether it is longer than so many years.
    pub(super) fn is_longer_than(self, years: i32) -> bool {
        self.from.saturating_add(years.years()) <= self.until
    }

    /// That it has ended, or will before long.
    #[must_use]
    pub fn finding(self, today: Date) -> Option<Finding> {
        let days = today.until(self.until).map_or(0, |span| span.get_days());
        if self.until < today {
            Some(Finding::TermEnded { on: self.until })
        } else if days <= REMIND_DAYS {
            Some(Finding::TermEnds { on: self.until, days })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_end_is_reminded_of_sixty_days_before() {
        let term = Term { from: date(2021, 3, 1), until: date(2024, 2, 29) };
        assert_eq!(term.finding(date(2023, 12, 30)), None);
        let day = term.until;
        assert_eq!(term.finding(date(2023, 12, 31)), Some(Finding::TermEnds { on: day, days: 60 }));
        assert_eq!(term.finding(day), Some(Finding::TermEnds { on: day, days: 0 }));
        assert_eq!(term.finding(date(2024, 3, 1)), Some(Finding::TermEnded { on: day }));
    }

    #[test]
    fn both_days_belong_to_it() {
        let term = Term { from: date(2024, 1, 1), until: date(2024, 1, 1) };
        assert!(term.checked().is_ok() && term.holds_on(date(2024, 1, 1)));
        assert!(!term.holds_on(date(2023, 12, 31)) && !term.holds_on(date(2024, 1, 2)));
        let backwards = Term { from: date(2024, 1, 2), until: date(2024, 1, 1) };
        assert_eq!(backwards.checked(), Err(Refusal::TermBackwards));
    }

    #[test]
    fn three_years_from_a_leap_day_end_on_the_day_before() {
        let term = |until| Term { from: date(2020, 2, 29), until };
        assert!(!term(date(2023, 2, 27)).is_longer_than(3));
        assert!(term(date(2023, 2, 28)).is_longer_than(3));
    }
}
