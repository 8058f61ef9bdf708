//! What every command appends, whatever kind of record it is for: events with their place in the log, the row of its answer,
//! sealed words, jobs. What else a kind keeps, it projects itself.

use std::fmt;

use casework::{
    followup::FollowUp,
    id::{CommandId, MatterId, Region, TalkDayId, TextId},
    record::{Record, RecordKind, Recorded},
    text::{NewText, TextKind},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    change::{Env, Job, Work},
    error::{Error, Result},
    grams::normalised,
    keys::DataKey,
};

/// A record of any kind: its UUID is one kind's alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RecordId {
    pub(crate) region: Region,
    pub(crate) uuid: Uuid,
}

impl From<MatterId> for RecordId {
    fn from(id: MatterId) -> Self {
        Self { region: id.region, uuid: id.uuid }
    }
}

impl From<TalkDayId> for RecordId {
    fn from(id: TalkDayId) -> Self {
        Self { region: id.region, uuid: id.uuid }
    }
}

impl RecordId {
    /// The matter that it is, when it is one.
    pub(crate) fn matter(self) -> MatterId {
        MatterId { region: self.region, uuid: self.uuid }
    }

    /// The talk day that it is, when it is one.
    pub(crate) fn talk_day(self) -> TalkDayId {
        TalkDayId { region: self.region, uuid: self.uuid }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.region, self.uuid)
    }
}

/// An event ready for its row but for its place in the log.
#[derive(Debug, Clone)]
pub(crate) struct EventRow {
    pub(crate) version: u32,
    pub(crate) at: Timestamp,
    pub(crate) body: String,
}

/// A text ready for its row.
#[derive(Debug, Clone)]
pub(crate) struct TextRow {
    pub(crate) id: TextId,
    pub(crate) kind: TextKind,
    pub(crate) sealed: Vec<u8>,
    pub(crate) grams: Option<Vec<i64>>,
}

/// A follow-up ready for its row.
#[derive(Debug, Clone)]
pub(crate) struct JobRow {
    pub(crate) id: Uuid,
    pub(crate) body: String,
}

/// What a command appends.
#[derive(Debug, Clone)]
pub(crate) struct Append {
    pub(crate) kind: RecordKind,
    pub(crate) record: RecordId,
    /// The record's version after it.
    pub(crate) version: u32,
    /// Where the record stands after it, as its kind counts.
    pub(crate) standing: i64,
    pub(crate) command: CommandId,
    pub(crate) mac: [u8; 32],
    pub(crate) events: Vec<EventRow>,
    pub(crate) texts: Vec<TextRow>,
    pub(crate) jobs: Vec<JobRow>,
    pub(crate) now: Timestamp,
}

impl Append {
    /// What a command appends that made of a record what it is now.
    pub(crate) fn of<R: Record>(
        work: &Work,
        after: &R,
        recorded: &[Recorded<R::Event>],
        texts: Vec<TextRow>,
        jobs: Vec<JobRow>,
    ) -> Result<Self> {
        let event = |r: &Recorded<R::Event>| {
            let body = serde_json::to_string(r).map_err(Error::damaged)?;
            Ok(EventRow { version: r.version, at: r.at, body })
        };
        Ok(Self {
            kind: R::KIND,
            record: work.record,
            version: after.version(),
            standing: after.standing(),
            command: work.id,
            mac: work.mac,
            events: recorded.iter().map(event).collect::<Result<_>>()?,
            texts,
            jobs,
            now: work.now,
        })
    }
}

/// The rows of follow-ups; each has the same id whenever the command is carried out again.
pub(crate) fn job_rows(
    env: &Env,
    matter: MatterId,
    command: CommandId,
    follow_ups: &[FollowUp],
) -> Result<Vec<JobRow>> {
    let row = |(index, follow_up): (u8, &FollowUp)| {
        // Clients choose the ids of commands: no choice may hit the id of another command's follow-up.
        let id = env.keys.own_id("follow-up", &[command.0.as_bytes(), &[index]]);
        let job = Job { matter, follow_up: follow_up.clone() };
        Ok(JobRow { id, body: serde_json::to_string(&job).map_err(Error::damaged)? })
    };
    (0..).zip(follow_ups).map(row).collect()
}

/// Seals the words of a record.
pub(crate) fn text_rows(
    env: &Env,
    record: RecordId,
    key: &DataKey,
    texts: &[NewText],
) -> Result<Vec<TextRow>> {
    texts.iter().map(|text| text_row(env, record, key, text)).collect()
}

fn text_row(env: &Env, record: RecordId, key: &DataKey, text: &NewText) -> Result<TextRow> {
    let mut plain = Vec::with_capacity(16 + text.words.len());
    plain.extend_from_slice(&text.salt);
    plain.extend_from_slice(text.words.as_bytes());
    Ok(TextRow {
        id: text.id,
        kind: text.kind,
        sealed: key.seal(&plain, &text_binding(record, text.id, text.kind))?,
        grams: text.kind.is_searchable().then(|| env.keys.grams(&normalised(&text.words))),
    })
}

/// Salt and words of a text row.
pub(crate) fn open_text(
    key: &DataKey,
    record: RecordId,
    id: TextId,
    kind: TextKind,
    sealed: &[u8],
) -> Result<([u8; 16], String)> {
    let plain = key.open(sealed, &text_binding(record, id, kind))?;
    let (salt, words) = plain.split_first_chunk::<16>().ok_or_else(|| Error::damaged("a text is cut"))?;
    Ok((*salt, String::from_utf8(words.to_vec()).map_err(Error::damaged)?))
}

/// What a record's data key is bound to.
pub(crate) fn key_binding(record: RecordId) -> Vec<u8> {
    [b"data key of record ".as_slice(), record.to_string().as_bytes()].concat()
}

fn text_binding(record: RecordId, id: TextId, kind: TextKind) -> Vec<u8> {
    format!("text {id} {kind} of record {record}").into_bytes()
}
