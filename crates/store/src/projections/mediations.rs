//! What a mediation adds beside its matter's row: the sessions that are set, by mediator, so that nobody sits at two tables; and
//! the access codes of its parties.

use casework::{
    id::{AccountId, MatterId},
    matter::{Busy, Matter, Stretch},
    mediation::{Mediation, SessionState},
};
use jiff::Timestamp;

use super::matters::MatterRow;
use crate::{
    Store,
    error::Result,
    keys::{self, Keys},
    value::{Row, Statement},
};

/// A session that is set: its number, its mediator, when.
pub(crate) type SetSession = (u8, AccountId, Stretch);

/// The sessions of a matter that are set and have a mediator.
pub(crate) fn sessions(matter: &Matter) -> Vec<SetSession> {
    let Some(mediation) = matter.mediation.as_deref().filter(|_| is_under_way(matter)) else {
        return Vec::new();
    };
    let set = mediation.sessions.iter().filter(|session| session.state == SessionState::Set);
    let time = |session: &casework::mediation::Session| Stretch {
        starts_at: session.starts_at,
        ends_at: session.ends_at,
    };
    set.filter_map(|session| Some((session.no, mediation.mediator?, time(session)))).collect()
}

fn is_under_way(matter: &Matter) -> bool {
    matter.stage == casework::matter::Stage::Mediating
}

/// The code keys of a matter's parties, with their numbers.
pub(crate) fn party_codes(keys: &Keys, matter: &Matter) -> Vec<(i64, u8)> {
    let parties =
        matter.mediation.as_deref().map(|mediation| mediation.parties.as_slice()).unwrap_or_default();
    let key = |no, version| keys.code_key(&keys.party_code(matter.id, no, version));
    parties.iter().map(|party| (key(party.no, party.code_version), party.no)).collect()
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
    for (no, mediator, time) in has.iter().filter(|session| !had.contains(session)) {
        let set = Statement::new(
            "insert into sessions (region, matter, no, mediator, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6)",
        );
        let set = set.bind(id.region.0).bind(id.uuid).bind(u32::from(*no)).bind(mediator.0);
        writes.push(set.bind(time.starts_at).bind(time.ends_at));
    }
    let of = |matter: &Matter| matter.mediation.as_deref().map(versions).unwrap_or_default();
    if before.map(of).unwrap_or_default() != of(after) {
        let gone = Statement::new("delete from party_codes where region = $1 and matter = $2");
        writes.push(gone.bind(id.region.0).bind(id.uuid));
        for (key, no) in party_codes(keys, after) {
            let new = Statement::new(
                "insert into party_codes (region, code_key, matter, no) values ($1, $2, $3, $4)",
            );
            writes.push(new.bind(id.region.0).bind(key).bind(id.uuid).bind(u32::from(no)));
        }
    }
    writes
}

fn versions(mediation: &Mediation) -> Vec<(u8, u32)> {
    mediation.parties.iter().map(|party| (party.no, party.code_version)).collect()
}

/// What a mediator has between two moments.
pub(crate) fn busy_between(mediator: AccountId, from: Timestamp, until: Timestamp) -> Statement {
    Statement::new(
        "select region, matter, no, starts_at, ends_at from sessions where mediator = $1 and starts_at < $2 and ends_at > $3 order by starts_at",
    )
    .bind(mediator.0)
    .bind(until)
    .bind(from)
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

    /// The sessions that a mediator has between two moments.
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

    /// Whether the phone's digits were wrong too often with this access code.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn party_is_locked(&self, code: &str) -> Result<bool> {
        let Some((region, code)) = keys::read_code(code) else { return Ok(false) };
        let statement =
            Statement::new("select max(wrong) from party_codes where region = $1 and code_key = $2")
                .bind(region.0)
                .bind(self.keys.code_key(&code));
        let rows = self.database.fetch(statement).await?;
        let wrong = rows.first().map(|row| row.maybe_int(0)).transpose()?.flatten();
        Ok(wrong.unwrap_or(0) >= MOST_WRONG)
    }

    /// The digits, or a one-time code, were wrong: after five times only a new access code opens the page.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn party_was_wrong(&self, code: &str) -> Result<()> {
        self.party_tried(code, "wrong + 1").await
    }

    /// The digits were right: what was wrong before is forgotten.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn party_was_right(&self, code: &str) -> Result<()> {
        let Some((region, key)) = keys::read_code(code) else { return Ok(()) };
        let tried = Statement::new("select max(wrong) from party_codes where region = $1 and code_key = $2")
            .bind(region.0)
            .bind(self.keys.code_key(&key));
        let rows = self.database.fetch(tried).await?;
        match rows.first().map(|row| row.maybe_int(0)).transpose()?.flatten() {
            Some(wrong) if wrong > 0 => self.party_tried(code, "0").await,
            Some(_) | None => Ok(()),
        }
    }

    async fn party_tried(&self, code: &str, wrong: &str) -> Result<()> {
        let Some((region, code)) = keys::read_code(code) else { return Ok(()) };
        let statement = Statement::new(format!(
            "update party_codes set wrong = {wrong} where region = $1 and code_key = $2"
        ))
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
