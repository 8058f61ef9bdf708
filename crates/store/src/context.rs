//! What a decision may know besides its matters, read in the transaction that decides.

use casework::{
    actor::{Grant, Staff},
    area::AreaCode,
    id::{AccountId, UnitId},
    matter::{Busy, Command, Matter},
    register::{Committee, KeptMethod},
    site::Site,
};
use jiff::{Timestamp, ToSpan};

use crate::{
    error::{Error, Result},
    projections::mediations,
    value::{Row, Statement},
};

/// The reads that a command needs; most need none.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// An account that it names, and the read of its grants.
    pub(crate) named: Option<(AccountId, Statement)>,
    /// The method that it names, and the read of its entry.
    pub(crate) method: Option<Statement>,
    /// The committees that serve the place, for a command that asks one of them.
    pub(crate) committees: Option<Statement>,
    /// The mediator whose time it wants, and the read of what there is already.
    pub(crate) busy: Option<(AccountId, Statement)>,
}

/// What they found.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) named: Option<Staff>,
    pub(crate) committees: Vec<Committee>,
    pub(crate) method: Option<KeptMethod>,
    pub(crate) busy: Vec<Busy>,
}

impl Needs {
    pub(crate) fn of(command: &Command, matter: &Matter, site: &Site) -> Self {
        let wanted = matter.mediation.as_deref().and_then(|mediation| command.wanted_time(mediation));
        let busy = wanted.map(|(mediator, first, last)| {
            let (from, until) = days_around(first, last, site);
            (mediator, mediations::busy_between(mediator, from, until))
        });
        let committees = command.asks_a_committee().then(|| committees_at(matter.area));
        let method = command
            .named_method()
            .map(|id| Statement::new("select version, body from methods where id = $1").bind(id.0));
        let named = command.named_account().map(|account| (account, grants_of(account)));
        Self { named, method, committees, busy }
    }
}

impl Beside {
    pub(crate) fn name(&mut self, account: AccountId, rows: &[Row]) -> Result<()> {
        self.named = Some(Staff { account, grants: rows.iter().map(read_grant).collect::<Result<_>>()? });
        Ok(())
    }

    pub(crate) fn may_go_to(&mut self, rows: &[Row]) -> Result<()> {
        let committee = |row: &Row| serde_json::from_str(row.text(0)?).map_err(Error::damaged);
        self.committees = rows.iter().map(committee).collect::<Result<_>>()?;
        Ok(())
    }

    pub(crate) fn goes_by(&mut self, rows: &[Row]) -> Result<()> {
        let kept = |row: &Row| {
            let method = serde_json::from_str(row.text(1)?).map_err(Error::damaged)?;
            Ok::<_, Error>(KeptMethod { version: row.u32(0)?, method })
        };
        self.method = rows.first().map(kept).transpose()?;
        Ok(())
    }

    pub(crate) fn is_busy(&mut self, rows: &[Row]) -> Result<()> {
        self.busy = rows.iter().map(mediations::read_busy).collect::<Result<_>>()?;
        Ok(())
    }
}

/// The read of the committees that serve a place, the smallest area first.
fn committees_at(area: AreaCode) -> Statement {
    let mut statement = Statement::new("select body from committees where area in ");
    statement.push_list(area.up().map(|code| code.to_string()));
    statement.push(" order by area desc, unit");
    statement
}

/// The days from one moment to another with those before and after them: a session may last past midnight.
fn days_around(first: Timestamp, last: Timestamp, site: &Site) -> (Timestamp, Timestamp) {
    let end = |day| casework::calendar::end_of(day, &site.zone);
    (end(site.day(first).saturating_sub(2.days())), end(site.day(last).saturating_add(1.day())))
}

/// The read of what an account may be; nothing when it is disabled.
pub(crate) fn grants_of(account: AccountId) -> Statement {
    Statement::new(
        "select g.role, g.unit, g.area from grants g join accounts a on a.id = g.account where g.account = $1 and a.disabled = 0 order by g.role, g.unit, g.area",
    )
    .bind(account.0)
}

/// A grant from its role, unit and area columns.
pub(crate) fn read_grant(row: &Row) -> Result<Grant> {
    Ok(Grant {
        role: row.text(0)?.parse().map_err(Error::damaged)?,
        unit: UnitId(row.text(1)?.to_owned()),
        area: row.text(2)?.parse().map_err(Error::damaged)?,
    })
}
