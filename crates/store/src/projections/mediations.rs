//! What a mediation adds beside its matter's row: the sessions that are set, by mediator, so that nobody sits at two tables; and
//! the access codes of its parties.

use casework::{
    id::{AccountId, MatterId},
    matter::{Busy, Matter, Stretch},
    mediation::{Session, SessionState},
};
use jiff::Timestamp;

use super::matters::MatterRow;
use crate::{
    Store,
    error::Result,
    keys::{self, Keys},
    value::{Row, Statement},
};

/// What somebody with an access code tries beside it. They are counted apart: whoever knows the digits has not guessed the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// The last digits of the phone.
    Phone,
    /// The one-time code for signing.
    Signing,
}

impl Tried {
    const fn column(self) -> &'static str {
        match self {
            Self::Phone => "wrong",
            Self::Signing => "wrong_signing",
        }
    }
}

/// A session in a calendar: its number, whose, when, and whether it takes that time.
pub(crate) type KeptSession = (u8, AccountId, Stretch, SessionState);

/// The sessions of a matter as they stand in its mediator's calendar: those that are set until the mediation ends, and those that
/// this mediator held or called off. Who stepped back keeps none of them.
pub(crate) fn sessions(matter: &Matter) -> Vec<KeptSession> {
    let Some(mediation) = matter.mediation.as_deref() else { return Vec::new() };
    let Some(mediator) = mediation.mediator else { return Vec::new() };
    let stands = |session: &&Session| match session.state {
        SessionState::Set => is_under_way(matter),
        SessionState::Held | SessionState::Cancelled => session.mediator == Some(mediator),
    };
    let time = |session: &Session| Stretch { starts_at: session.starts_at, ends_at: session.ends_at };
    let kept = mediation.sessions.iter().filter(stands);
    kept.map(|session| (session.no, mediator, time(session), session.state)).collect()
}

fn is_under_way(matter: &Matter) -> bool {
    matter.stage == casework::matter::Stage::Mediating
}

/// The code keys of a matter's parties, with their numbers.
pub(crate) fn party_codes(keys: &Keys, matter: &Matter) -> Vec<(i64, u8)> {
    versions(matter).into_iter().map(|(no, version)| (party_key(keys, matter.id, no, version), no)).collect()
}

fn party_key(keys: &Keys, matter: MatterId, no: u8, version: u32) -> i64 {
    keys.code_key(&keys.party_code(matter, no, version))
}

/// The parties by number, each with the version of its code.
fn versions(matter: &Matter) -> Vec<(u8, u32)> {
    let parties = matter.mediation.iter().flat_map(|mediation| &mediation.parties);
    parties.map(|party| (party.no, party.code_version)).collect()
}

/// The writes of one change.
pub(crate) fn writes(keys: &Keys, before: Option<&Matter>, after: &Matter) -> Vec<Statement> {
    let mut writes = Vec::new();
    let id = after.id;
    let (had, has) = (before.map(sessions).unwrap_or_default(), sessions(after));
    for (no, ..) in had.iter().filter(|session| !has.contains(session)) {
        let gone = Statement::new("delete from sessions where region = $1 and matter = $2 and no = $3");
        writes.push(gone.bind(id.region.0).bind(id.uuid).bind(u32::from(*no)));
    }
    for (no, mediator, time, state) in has.iter().filter(|session| !had.contains(session)) {
        let set = Statement::new(
            "insert into sessions (region, matter, no, mediator, starts_at, ends_at, state) values ($1, $2, $3, $4, $5, $6, $7)",
        );
        let set = set.bind(id.region.0).bind(id.uuid).bind(u32::from(*no)).bind(mediator.0);
        writes.push(set.bind(time.starts_at).bind(time.ends_at).bind(state.index()));
    }
    // A code that stays keeps its wrong tries: a new one for one party opens nothing for another.
    let (had, has) = (before.map(versions).unwrap_or_default(), versions(after));
    for (no, version) in had.iter().filter(|code| !has.contains(code)) {
        let gone = Statement::new(
            "delete from party_codes where region = $1 and code_key = $2 and matter = $3 and no = $4",
        );
        let gone = gone.bind(id.region.0).bind(party_key(keys, id, *no, *version));
        writes.push(gone.bind(id.uuid).bind(u32::from(*no)));
    }
    for (no, version) in has.iter().filter(|code| !had.contains(code)) {
        let new =
            Statement::new("insert into party_codes (region, code_key, matter, no) values ($1, $2, $3, $4)");
        let new = new.bind(id.region.0).bind(party_key(keys, id, *no, *version));
        writes.push(new.bind(id.uuid).bind(u32::from(*no)));
    }
    writes
}

/// What takes a mediator's time between two moments.
pub(crate) fn busy_between(mediator: AccountId, from: Timestamp, until: Timestamp) -> Statement {
    between(mediator, from, until, &[SessionState::Set])
}

fn between(mediator: AccountId, from: Timestamp, until: Timestamp, states: &[SessionState]) -> Statement {
    let mut statement = Statement::new(
        "select region, matter, no, starts_at, ends_at from sessions where mediator = $1 and starts_at < $2 and ends_at > $3 and state in ",
    )
    .bind(mediator.0)
    .bind(until)
    .bind(from);
    statement.push_list(states.iter().map(|state| state.index()));
    statement.push(" order by starts_at, region, matter, no");
    statement
}

pub(crate) fn read_busy(row: &Row) -> Result<Busy> {
    Ok(Busy {
        matter: row.matter(0, 1)?,
        session: u8::try_from(row.int(2)?).map_err(crate::Error::damaged)?,
        time: Stretch { starts_at: row.moment(3)?, ends_at: row.moment(4)? },
    })
}

impl Store {
    /// The access code of a party.
    #[must_use]
    pub fn party_code(&self, matter: MatterId, no: u8, code_version: u32) -> String {
        self.keys.party_code(matter, no, code_version)
    }

    /// The matters and parties of an access code. As good as always there is at most one; the phone tells two apart.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn parties_by_code(&self, code: &str) -> Result<Vec<(MatterRow, u8)>> {
        let Some((region, code)) = keys::read_code(code) else { return Ok(Vec::new()) };
        let statement = Statement::new(
            "select m.state, m.data_key, p.no from party_codes p join matters m on m.region = p.region and m.id = p.matter
             where p.region = $1 and p.code_key = $2 order by p.matter, p.no",
        )
        .bind(region.0)
        .bind(self.keys.code_key(&code));
        let mut found = Vec::new();
        for row in self.database.fetch(statement).await? {
            let no = u8::try_from(row.int(2)?).map_err(crate::Error::damaged)?;
            let matter = super::matters::read(&row, 0)?;
            let party = matter.matter.mediation.as_deref().and_then(|mediation| mediation.party(no));
            // The index is sixty-four bits of a hash; the code itself decides.
            let code_is = |version| self.keys.party_code(matter.matter.id, no, version) == code;
            if party.is_some_and(|party| code_is(party.code_version)) {
                found.push((matter, no));
            }
        }
        Ok(found)
    }

    /// What stands in a mediator's calendar between two moments: also what was held or called off.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn calendar_of(
        &self,
        mediator: AccountId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Busy>> {
        let rows = self.database.fetch_list(between(mediator, from, until, SessionState::ALL)).await?;
        rows.iter().map(read_busy).collect()
    }

    /// The sessions that a mediator has ahead between two moments.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sessions_of(
        &self,
        mediator: AccountId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Busy>> {
        let rows = self.database.fetch(busy_between(mediator, from, until)).await?;
        rows.iter().map(read_busy).collect()
    }

    /// Whether the phone's digits, or the codes for signing, were wrong too often with this access code.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn party_is_locked(&self, code: &str) -> Result<bool> {
        let tried =
            [self.wrong_tries(code, Tried::Phone).await?, self.wrong_tries(code, Tried::Signing).await?];
        Ok(tried.iter().any(|wrong| *wrong >= MOST_WRONG))
    }

    /// What was tried was wrong: after five times only a new access code opens the page.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn party_was_wrong(&self, code: &str, tried: Tried) -> Result<()> {
        self.party_tried(code, format!("{0} = {0} + 1", tried.column())).await
    }

    /// What was tried was right: what was wrong of it before is forgotten.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn party_was_right(&self, code: &str, tried: Tried) -> Result<()> {
        if self.wrong_tries(code, tried).await? == 0 {
            return Ok(());
        }
        self.party_tried(code, format!("{} = 0", tried.column())).await
    }

    async fn wrong_tries(&self, code: &str, tried: Tried) -> Result<i64> {
        let Some((region, code)) = keys::read_code(code) else { return Ok(0) };
        let statement = Statement::new(format!(
            "select max({}) from party_codes where region = $1 and code_key = $2",
            tried.column()
        ))
        .bind(region.0)
        .bind(self.keys.code_key(&code));
        let rows = self.database.fetch(statement).await?;
        Ok(rows.first().map(|row| row.maybe_int(0)).transpose()?.flatten().unwrap_or(0))
    }

    async fn party_tried(&self, code: &str, set: String) -> Result<()> {
        let Some((region, code)) = keys::read_code(code) else { return Ok(()) };
        let statement =
            Statement::new(format!("update party_codes set {set} where region = $1 and code_key = $2"))
                .bind(region.0)
                .bind(self.keys.code_key(&code));
        self.database.execute(vec![statement]).await.map(drop)
    }

    /// The code with which a party signs a version of an agreement now, and until when it holds at least.
    #[must_use]
    pub fn one_time_code(
        &self,
        matter: MatterId,
        no: u8,
        version: u8,
        now: Timestamp,
    ) -> (String, Timestamp) {
        let window = window(now);
        let until = Timestamp::from_second((window + 2) * WINDOW_SECONDS).unwrap_or(now);
        (self.keys.one_time_code(matter, no, version, window), until)
    }

    /// Whether a code is that of this moment or the one before.
    #[must_use]
    pub fn is_one_time_code(
        &self,
        matter: MatterId,
        no: u8,
        version: u8,
        now: Timestamp,
        given: &str,
    ) -> bool {
        let window = window(now);
        [window, window - 1]
            .iter()
            .any(|window| self.keys.one_time_code(matter, no, version, *window) == given)
    }
}

/// Wrong tries after which a party's page stays closed.
const MOST_WRONG: i64 = 5;
/// A one-time code holds for this long, and as long again.
const WINDOW_SECONDS: i64 = 600;

fn window(now: Timestamp) -> i64 {
    now.as_second().div_euclid(WINDOW_SECONDS)
}
