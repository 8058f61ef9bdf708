//! What an agreement waits for: clauses that fall due, and the end of the time for the court's confirmation. It runs on when the matter is closed.

use jiff::{Timestamp, ToSpan, civil::time};

use super::{
    Clause, ConfirmationState, Mediation,
    command::{LapseConfirmation, MarkClauseOverdue, RemindClause},
};
use crate::{
    calendar::end_of,
    catalogue::Catalogue,
    matter::{Command, Wake},
    site::Site,
};

/// At nine in the morning, some days before a clause is due.
pub(super) fn remind_at(clause: &Clause, catalogue: &Catalogue, site: &Site) -> Timestamp {
    let day = clause.due_on.saturating_sub(i64::from(catalogue.mediation.remind_days).days());
    day.to_datetime(time(9, 0, 0, 0))
        .to_zoned(site.zone.clone())
        .map_or_else(|_| end_of(day, &site.zone), |moment| moment.timestamp())
}

impl Mediation {
    /// The next thing the system has to do with the agreement.
    pub(crate) fn wake(&self, catalogue: &Catalogue, site: &Site) -> Option<Wake> {
        let agreement = self.in_effect()?;
        let after = |at: Timestamp| at.saturating_add(1.second()).unwrap_or(at);
        let clauses =
            agreement.clauses.iter().filter(|clause| clause.result.is_none()).filter_map(|clause| {
                if !clause.reminded {
                    let command = Command::RemindClause(RemindClause { clause: clause.no });
                    return Some(Wake { at: remind_at(clause, catalogue, site), command });
                }
                let command = Command::MarkClauseOverdue(MarkClauseOverdue { clause: clause.no });
                (!clause.overdue).then(|| Wake { at: after(end_of(clause.due_on, &site.zone)), command })
            });
        let open = |it: &&super::Confirmation| it.state == ConfirmationState::Open;
        let lapse = self.confirmation.as_ref().filter(open).map(|confirmation| Wake {
            at: after(confirmation.until),
            command: Command::LapseConfirmation(LapseConfirmation {}),
        });
        clauses.chain(lapse).min_by_key(|wake| wake.at)
    }

    /// Whether a clause waits for a word about its performance.
    #[must_use]
    pub fn is_performing(&self) -> bool {
        self.in_effect()
            .is_some_and(|agreement| agreement.clauses.iter().any(|clause| clause.result.is_none()))
    }

    /// Whether the archive must wait: something is to be performed, or the court may still be asked or has not answered.
    #[must_use]
    pub fn is_open_still(&self) -> bool {
        let waits = |it: &super::Confirmation| {
            matches!(it.state, ConfirmationState::Open | ConfirmationState::Applied)
        };
        self.is_performing() || (self.in_effect().is_some() && self.confirmation.as_ref().is_some_and(waits))
    }

    /// Whether a clause's day has passed without that word.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        let late = |clause: &Clause| clause.overdue && clause.result.is_none();
        self.in_effect().is_some_and(|agreement| agreement.clauses.iter().any(late))
    }
}
