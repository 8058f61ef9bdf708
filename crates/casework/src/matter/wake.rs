//! What a matter waits for: the next moment at which the system itself must act.

use jiff::{Timestamp, ToSpan};

use super::{
    Command, Matter, Stage,
    archive::Archive,
    resume::Resume,
    system::{CloseUnanswered, Lapse, MarkOverdue, Remind},
};
use crate::{mediation::Mediation, site::Site};

/// A command of the system and the moment from which it is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Wake {
    /// When.
    pub at: Timestamp,
    /// What.
    pub command: Command,
}

impl Matter {
    /// The next thing the system has to do with this matter, if nobody acts before.
    #[must_use]
    pub fn wake(&self, site: &Site) -> Option<Wake> {
        let agreed = matches!(self.stage, Stage::Verifying | Stage::FollowUp | Stage::Closed);
        let mediation = self.mediation.as_deref().filter(|_| agreed);
        let agreement = mediation.and_then(|mediation| mediation.wake(site.pinned(&self.catalogue), site));
        self.stage_wake(site).into_iter().chain(agreement).min_by_key(|wake| wake.at)
    }

    fn stage_wake(&self, site: &Site) -> Option<Wake> {
        if self.stage == Stage::Closed {
            return self.archive_wake(site);
        }
        if let Some(pause) = self.pause.as_ref().filter(|_| self.stage != Stage::AwaitingReporter) {
            return Some(Wake { at: pause.until, command: Command::Resume(Resume {}) });
        }
        let clock = self.clock.as_ref()?;
        if !self.reminded {
            return Some(Wake { at: clock.warn_at, command: Command::Remind(Remind {}) });
        }
        let at = clock.due_at.saturating_add(1.second()).unwrap_or(clock.due_at);
        match self.stage {
            Stage::AwaitingReporter => Some(Wake { at, command: Command::Lapse(Lapse {}) }),
            Stage::FollowUp if !self.rework_asked => {
                Some(Wake { at, command: Command::CloseUnanswered(CloseUnanswered {}) })
            }
            Stage::Reported
            | Stage::Screening
            | Stage::Dispatched
            | Stage::AwaitingRuling
            | Stage::Handling
            | Stage::Mediating
            | Stage::Verifying
            | Stage::FollowUp => {
                (!self.overdue).then_some(Wake { at, command: Command::MarkOverdue(MarkOverdue {}) })
            }
            Stage::Closed => None,
        }
    }

    fn archive_wake(&self, site: &Site) -> Option<Wake> {
        let until = self.reopen_until(site)?;
        let waits = self.mediation.as_deref().is_some_and(Mediation::is_open_still);
        (!self.archived && !waits).then(|| Wake {
            at: until.saturating_add(1.second()).unwrap_or(until),
            command: Command::Archive(Archive {}),
        })
    }

    /// The last moment at which the reporter may reopen a closed matter.
    #[must_use]
    pub fn reopen_until(&self, site: &Site) -> Option<Timestamp> {
        let days = site.pinned(&self.catalogue).bounds.reopen_days;
        let day = site.day(self.closed_at?).saturating_add(jiff::Span::new().days(days));
        Some(crate::calendar::end_of(day, &site.zone))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        actor::Actor,
        matter::{Class, Stage, Urgency},
        tests::{
            cast::{dispatcher, handler, intake},
            place::local,
            scenario::{Case, command, report},
        },
    };

    #[test]
    fn each_stage_waits_for_something() {
        let waits: Vec<_> = Stage::ALL
            .iter()
            .map(|stage| {
                let case = Case::at(Class::Hazard, *stage);
                let wake = case.matter.wake(&case.site).unwrap();
                format!("{stage}: {} {}", wake.command.kind(), local(wake.at))
            })
            .collect();
        insta::assert_snapshot!(waits.join("\n"), @r"
    reported: remind 2024-03-05 14:15
    awaiting_reporter: remind 2024-03-15 08:15
    screening: remind 2024-03-05 14:15
    dispatched: remind 2024-03-05 14:15
    awaiting_ruling: remind 2024-03-06 08:16
    handling: remind 2024-03-10 02:15
    mediating: remind 2024-03-07 02:15
    verifying: remind 2024-03-07 02:16
    follow_up: remind 2024-03-12 08:16
    closed: archive 2024-03-20 00:00
    ");
    }

    #[test]
    fn danger_to_life_is_on_the_shortest_clock() {
        let mut danger = report(Class::Hazard);
        danger.words = "三楼着火，有人被困".into();
        Case::reporting(&danger, &Actor::Reporter)
            .unwrap()
            .and(|matter| matter.urgency == Urgency::Life)
            .clock("accept_life 2024-03-04 09:15")
            .does(intake(), command!(admit))
            .clock("screen_life 2024-03-04 09:16")
            .does(dispatcher(), command!(dispatch, "unit": "421321117.construction"))
            .clock("sign_life 2024-03-04 09:17")
            .does(handler(), command!(sign_for))
            .clock("handle_life 2024-03-04 11:03");
    }
}
