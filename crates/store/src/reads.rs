//! Who read personal text: written down before the text leaves, once an hour for each reader, kind and purpose, and shown to the
//! reporter as office and purpose, never as a name.

use casework::{
    actor::{Grant, Role, Staff},
    id::{MatterId, TalkDayId, UnitId},
};
use jiff::Timestamp;

use crate::{
    Store,
    append::RecordId,
    error::{Error, Result},
    value::Statement,
};

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhatRead {
    /// The beginning of the words, in a list.
    Preview,
    /// The whole matter.
    Matter,
    /// Name, phone or mail of the reporter.
    Contact,
    /// A photo.
    Photo,
    /// Name, phone or address of a party to the mediation.
    Party,
    /// What was said at a talk day.
    TalkDay,
}

impl WhatRead {
    fn index(self) -> i64 {
        self as i64
    }
}

/// A reading about to happen.
#[derive(Debug, Clone)]
pub struct ReadOf<'a> {
    /// Who.
    pub reader: &'a Staff,
    /// In which capacity.
    pub grant: &'a Grant,
    /// What.
    pub what: WhatRead,
    /// What for.
    pub purpose: &'a str,
    /// When.
    pub now: Timestamp,
}

/// A reading that happened, as its subject is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// When.
    pub at: Timestamp,
    /// The office.
    pub unit: UnitId,
    /// The reader's role there.
    pub role: Role,
    /// What for.
    pub purpose: String,
}

const MICROS_OF_AN_HOUR: i64 = 3_600_000_000;

impl Store {
    /// Writes down that matters are about to be read. When this fails nothing may leave.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn record_reads(&self, read: &ReadOf<'_>, matters: &[MatterId]) -> Result<()> {
        let records: Vec<RecordId> = matters.iter().copied().map(RecordId::from).collect();
        self.record_reads_of(read, &records).await
    }

    /// Writes down that a talk day is about to be read. When this fails nothing may leave.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn record_talk_read(&self, read: &ReadOf<'_>, day: TalkDayId) -> Result<()> {
        self.record_reads_of(read, &[day.into()]).await
    }

    async fn record_reads_of(&self, read: &ReadOf<'_>, records: &[RecordId]) -> Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        let hour = read.now.as_microsecond().div_euclid(MICROS_OF_AN_HOUR);
        let statements = records.iter().map(|id| {
            Statement::new(
                "insert into reads (region, record, account, what, hour, unit, role, purpose, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
            )
            .bind(id.region.0)
            .bind(id.uuid)
            .bind(read.reader.account.0)
            .bind(read.what.index())
            .bind(hour)
            .bind(read.grant.unit.0.clone())
            .bind(read.grant.role.index())
            .bind(read.purpose)
            .bind(read.now)
        });
        self.database.execute(statements.collect()).await.map(drop)
    }

    /// Who read something of a matter, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn reads_of(&self, id: MatterId, what: WhatRead) -> Result<Vec<Read>> {
        let statement = Statement::new("select at, unit, role, purpose from reads where region = $1 and record = $2 and what = $3 order by at desc limit 100")
            .bind(id.region.0)
            .bind(id.uuid)
            .bind(what.index());
        let rows = self.database.fetch(statement).await?;
        rows.iter()
            .map(|row| {
                Ok(Read {
                    at: row.moment(0)?,
                    unit: UnitId(row.text(1)?.to_owned()),
                    role: Role::at_index(row.int(2)?)
                        .ok_or_else(|| Error::damaged("a reading in no known role"))?,
                    purpose: row.text(3)?.to_owned(),
                })
            })
            .collect()
    }
}
