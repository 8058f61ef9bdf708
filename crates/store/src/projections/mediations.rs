//! What a mediation adds beside its matter's row: the sessions that are set, by mediator, so that nobody sits at two tables; and
//! the access codes of its parties.

use casework::{
    id::{AccountId, CommandId, MatterId},
    matter::{Busy, Matter, Stretch},
    mediation::{Session, SessionState},
};
use jiff::Timestamp;

use super::matters::MatterRow;
use crate::{
    Store,
    error::Result,
    keys::{self, Keys, Signing},
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

/// The code keys of a matter's parties, with their numbers. Those that were replaced stay: who comes with one is told so.
pub(crate) fn party_codes(keys: &Keys, matter: &Matter) -> Vec<(i64, u8)> {
    versions(matter).into_iter().map(|(no, version)| (party_key(keys, matter.id, no, version), no)).collect()
}

fn party_key(keys: &Keys, matter: MatterId, no: u8, version: u32) -> i64 {
    keys.code_key(&keys.party_code(matter, no, version))
}

/// The parties by number, each with every version of its code so far.
fn versions(matter: &Matter) -> Vec<(u8, u32)> {
    let parties = matter.mediation.iter().flat_map(|mediation| &mediation.parties);
    parties.flat_map(|party| (0..=party.code_version).map(|version| (party.no, version))).collect()
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
    // Each code counts its own wrong tries: a new one for one party opens nothing for another.
    let (had, has) = (before.map(versions).unwrap_or_default(), versions(after));
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

/// A party that an access code is of.
#[derive(Debug, Clone)]
pub struct PartyFound {
    /// Its matter.
    pub row: MatterRow,
    /// Its number.
    pub no: u8,
    /// It has a newer code; this one opens nothing any more.
    pub replaced: bool,
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
    pub async fn parties_by_code(&self, code: &str) -> Result<Vec<PartyFound>> {
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
            let row = super::matters::read(&row, 0)?;
            let party = row.matter.mediation.as_deref().and_then(|mediation| mediation.party(no));
            let Some(present) = party.map(|party| party.code_version) else { continue };
            // The index is sixty-four bits of a hash; the code itself decides.
            let code_is = |version: &u32| self.keys.party_code(row.matter.id, no, *version) == code;
            if let Some(version) = (0..=present).rev().find(code_is) {
                found.push(PartyFound { row, no, replaced: version != present });
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

    /// Whether a command of this id was carried out on a matter.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn was_carried_out(&self, matter: MatterId, command: CommandId) -> Result<bool> {
        let statement =
            Statement::new("select 1 from commands where region = $1 and id = $2 and record = $3")
                .bind(matter.region.0)
                .bind(command.0)
                .bind(matter.uuid);
        Ok(!self.database.fetch(statement).await?.is_empty())
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
        Ok(self.wrong_tries(code).await?.iter().any(|wrong| *wrong >= MOST_WRONG))
    }

    /// The wrong tries of the phone's digits and of the codes for signing.
    async fn wrong_tries(&self, code: &str) -> Result<[i64; 2]> {
        let Some((region, code)) = keys::read_code(code) else { return Ok([0, 0]) };
        let statement = Statement::new(
            "select max(wrong), max(wrong_signing) from party_codes where region = $1 and code_key = $2",
        )
        .bind(region.0)
        .bind(self.keys.code_key(&code));
        let rows = self.database.fetch(statement).await?;
        let of = |column| rows.first().map(|row| row.maybe_int(column)).transpose();
        Ok([of(0)?.flatten().unwrap_or(0), of(1)?.flatten().unwrap_or(0)])
    }

    /// Counts a try: a right one makes the wrong ones before it forgotten, after five wrong ones only a new access code opens the
    /// page. Nothing is to be said of a try that does not count, not even whether it was right.
    ///
    /// One statement looks and counts, so that of many tries at one moment no more than five are told that they were wrong.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn party_tries(&self, code: &str, tried: Tried, right: bool) -> Result<bool> {
        let Some((region, bare)) = keys::read_code(code) else { return Ok(false) };
        let column = tried.column();
        if right {
            let [phone, signing] = self.wrong_tries(code).await?;
            let of_this = match tried {
                Tried::Phone => phone,
                Tried::Signing => signing,
            };
            // Nothing to forget: opening a page writes nothing.
            if of_this == 0 {
                return Ok(phone < MOST_WRONG && signing < MOST_WRONG);
            }
        }
        let then = if right { "0".to_owned() } else { format!("{column} + 1") };
        let counted = Statement::new(format!(
            "update party_codes set {column} = {then} where region = $1 and code_key = $2 and wrong < $3 and wrong_signing < $3"
        ))
        .bind(region.0)
        .bind(self.keys.code_key(&bare))
        .bind(MOST_WRONG);
        Ok(self.database.execute(vec![counted]).await?.iter().any(|rows| *rows > 0))
    }

    /// The code with which a party signs now, and until when it holds at least.
    #[must_use]
    pub fn one_time_code(&self, signing: &Signing, now: Timestamp) -> (String, Timestamp) {
        let window = window(now);
        let until = Timestamp::from_second((window + 2) * WINDOW_SECONDS).unwrap_or(now);
        (self.keys.one_time_code(signing, window), until)
    }

    /// Whether a code is that of this moment or the one before.
    #[must_use]
    pub fn is_one_time_code(&self, signing: &Signing, now: Timestamp, given: &str) -> bool {
        let window = window(now);
        [window, window - 1].iter().any(|window| self.keys.one_time_code(signing, *window) == given)
    }
}

/// Wrong tries after which a party's page stays closed.
const MOST_WRONG: i64 = 5;
/// A one-time code holds for this long, and as long again.
const WINDOW_SECONDS: i64 = 600;

fn window(now: Timestamp) -> i64 {
    now.as_second().div_euclid(WINDOW_SECONDS)
}
