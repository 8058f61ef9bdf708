//! The year's quotas: how many matters of which class end how, so that the totals come out as the newspaper printed them.
//!
//! The totals are not written anywhere: they are what the rules make of these lives.

use casework::matter::Class;
use jiff::{SignedDuration, Timestamp};

use super::{random::Random, site::clock_start};

/// How a life ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Worked on and judged.
    Handled,
    /// Mediated or worked on without result.
    NotSettled,
    /// A party refused or stopped.
    Refused,
    /// The reporter withdrew.
    Withdrawn,
    /// Asked, and never answered.
    NotSupplied,
    /// Another road was the right one.
    Guided,
    /// Not as reported.
    Unfounded,
    /// Still on its way when the year ends.
    OnItsWay,
    /// The same as another.
    Merged,
    /// Reported in the first days of January 2024; on its way.
    January,
}

/// Class, ending, how many.
const QUOTAS: [(Class, Ending, usize); 38] = [
    (Class::Dispute, Ending::Handled, 12_043),
    (Class::Dispute, Ending::NotSettled, 148),
    (Class::Dispute, Ending::Refused, 72),
    (Class::Dispute, Ending::Withdrawn, 51),
    (Class::Dispute, Ending::Guided, 24),
    (Class::Dispute, Ending::OnItsWay, 40),
    (Class::Hazard, Ending::Handled, 870),
    (Class::Service, Ending::Handled, 5_214),
    (Class::Service, Ending::Withdrawn, 34),
    (Class::Service, Ending::NotSupplied, 25),
    (Class::Service, Ending::Guided, 21),
    (Class::Service, Ending::OnItsWay, 20),
    (Class::Environment, Ending::Handled, 7_463),
    (Class::Environment, Ending::Withdrawn, 38),
    (Class::Environment, Ending::NotSupplied, 30),
    (Class::Environment, Ending::Unfounded, 64),
    (Class::Environment, Ending::Guided, 9),
    (Class::Environment, Ending::OnItsWay, 44),
    (Class::Environment, Ending::Merged, 388),
    (Class::Suggestion, Ending::Handled, 902),
    (Class::Suggestion, Ending::OnItsWay, 6),
    (Class::Petition, Ending::Handled, 1_318),
    (Class::Petition, Ending::Withdrawn, 17),
    (Class::Petition, Ending::Guided, 61),
    (Class::Petition, Ending::Unfounded, 12),
    (Class::Petition, Ending::OnItsWay, 33),
    (Class::Enquiry, Ending::Handled, 2_218),
    (Class::Enquiry, Ending::Guided, 14),
    (Class::Enquiry, Ending::OnItsWay, 4),
    (Class::Enquiry, Ending::Withdrawn, 3),
    (Class::Dispute, Ending::January, 34),
    (Class::Hazard, Ending::January, 3),
    (Class::Service, Ending::January, 22),
    (Class::Environment, Ending::January, 36),
    (Class::Suggestion, Ending::January, 5),
    (Class::Petition, Ending::January, 6),
    (Class::Enquiry, Ending::January, 14),
    (Class::Service, Ending::Merged, 32),
];

/// One matter to be lived.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    /// Its place in the plan; its chance and its ids come from it.
    pub(super) index: u64,
    pub(super) class: Class,
    pub(super) ending: Ending,
    pub(super) reported_at: Timestamp,
}

/// 2023-01-01 00:00 in Suizhou.
fn year_start() -> Timestamp {
    Timestamp::constant(1_672_502_400, 0)
}

const DAY: i64 = 86_400;

/// Every matter of the year, in no order of time.
pub(super) fn matters() -> Vec<Planned> {
    let mut index = 0;
    let mut list = Vec::new();
    for (class, ending, count) in QUOTAS {
        for _ in 0..count {
            let reported_at = reported_at(ending, &mut Random::of("when", index));
            list.push(Planned { index, class, ending, reported_at });
            index += 1;
        }
    }
    list
}

/// When it is reported: through the year with its seasons, late for what is still on its way, early enough for what waits
/// for limits to pass.
fn reported_at(ending: Ending, random: &mut Random) -> Timestamp {
    let day = match ending {
        Ending::OnItsWay => 358 + random.below(7),
        Ending::January => 365,
        Ending::NotSupplied => random.below(330),
        Ending::Handled => season(random, 364),
        Ending::NotSettled
        | Ending::Refused
        | Ending::Withdrawn
        | Ending::Guided
        | Ending::Unfounded
        | Ending::Merged => season(random, 345),
    };
    let second = if ending == Ending::January {
        random.below(32 * 3_600)
    } else {
        6 * 3_600 + random.below(16 * 3_600)
    };
    let after = i64::try_from(day).unwrap_or(0) * DAY + i64::try_from(second).unwrap_or(0);
    let at = year_start().saturating_add(SignedDuration::from_secs(after)).unwrap_or(year_start());
    at.min(clock_start().saturating_sub(SignedDuration::from_mins(20)).unwrap_or(at))
}

/// More in spring and autumn, less around the spring festival.
fn season(random: &mut Random, days: u64) -> u64 {
    loop {
        let day = random.below(days);
        let weight = match day / 30 {
            0 => 62,
            1 => 66,
            2..=4 => 96,
            5..=7 => 90,
            8..=10 => 100,
            _ => 84,
        };
        if random.percent(weight) {
            return day;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quotas_are_the_newspapers_numbers() {
        let year: Vec<Planned> =
            matters().into_iter().filter(|m| !matches!(m.ending, Ending::Merged | Ending::January)).collect();
        let count = |class: Option<Class>, handled: bool| {
            year.iter()
                .filter(|m| class.is_none_or(|c| c == m.class) && (!handled || m.ending == Ending::Handled))
                .count()
        };
        assert_eq!((count(None, false), count(None, true)), (30_798, 30_028));
        assert_eq!((count(Some(Class::Dispute), false), count(Some(Class::Dispute), true)), (12_378, 12_043));
        assert_eq!((count(Some(Class::Hazard), false), count(Some(Class::Hazard), true)), (870, 870));
    }
}
