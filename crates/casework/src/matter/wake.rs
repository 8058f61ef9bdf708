//! What a matter waits for: the next moment at which the system itself must act.

use jiff::{Timestamp, ToSpan};

use super::{
    Command, Matter, Stage,
    archive::Archive,
    resume::Resume,
    system::{CloseUnanswered, Lapse, MarkOverdue, Remind},
};
use crate::site::Site;

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
        (!self.archived).then(|| Wake {
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
