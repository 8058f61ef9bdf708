//! The clock of the step that is owed: its limit with the citation, its pauses and its light.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, Due},
    catalogue::LimitRule,
    word::words,
};

words! {
    /// How a clock stands. Shown with shape and word, never by colour alone.
    Light {
        /// In time.
        Green = "green",
        /// A quarter of the time or less is left.
        Yellow = "yellow",
        /// Past due.
        Red = "red",
        /// Standing still.
        Grey = "grey",
    }
}

/// A running limit. The rule's code finds amount and citation in the matter's catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Code of the limit rule.
    pub rule: String,
    /// When it began to run.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub started_at: Timestamp,
    /// The last moment in time.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub due_at: Timestamp,
    /// From here a quarter of the time or less is left.
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub warn_at: Timestamp,
    /// The due day lies past the loaded calendar.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

impl Clock {
    /// Starts the clock of a rule.
    #[must_use]
    pub fn start(rule: &LimitRule, at: Timestamp, calendar: &Calendar, zone: &TimeZone) -> Self {
        Self::until(rule.code.clone(), at, calendar.due(at, rule.limit, zone))
    }

    /// A clock that runs from one moment to another.
    #[must_use]
    pub fn until(rule: String, started_at: Timestamp, due: Due) -> Self {
        let quarter = due.at.duration_since(started_at).checked_div(4).unwrap_or(SignedDuration::ZERO);
        let warn_at = due.at.checked_sub(SignedDuration::from_secs(quarter.as_secs())).unwrap_or(due.at);
        Self { rule, started_at, due_at: due.at, warn_at, provisional: due.provisional }
    }

    /// The light at a moment, for a clock that is not standing still.
    #[must_use]
    pub fn light(&self, now: Timestamp) -> Light {
        if now > self.due_at {
            Light::Red
        } else if now >= self.warn_at {
            Light::Yellow
        } else {
            Light::Green
        }
    }
}
