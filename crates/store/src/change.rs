//! From a decision to the rows it makes: everything that a commit writes, prepared once for both databases.

use casework::{
    Refusal,
    actor::Actor,
    area::{AreaCode, AreaLevel},
    followup::{FollowUp, follow_ups},
    id::{AccountId, CommandId, MatterId, Number, PhotoId, TextId},
    matter::{Command, Context, Decision, Fresh, Matter, Owed, Recorded},
    site::Site,
    text::{NewText, TextKind},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    context::Beside,
    error::{Error, Result},
    grams::normalised,
    handle::NewReport,
    keys::{self, DataKey, Keys},
    numbers::NumberKey,
    projections::{
        cases,
        cells::CellDeltas,
        figures::{FigureDeltas, day_number},
        mediations,
    },
    value::Statement,
};

/// What the write path needs besides the database.
#[derive(Clone)]
pub(crate) struct Env {
    pub(crate) keys: Keys,
    pub(crate) site: std::sync::Arc<Site>,
}

/// A command on its way.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    pub(crate) id: CommandId,
    pub(crate) actor: Actor,
    pub(crate) now: Timestamp,
    pub(crate) matter: MatterId,
    pub(crate) mac: [u8; 32],
    pub(crate) asked: Asked,
}

impl Work {
    /// The same report under the next query code; nothing, when this is no report.
    pub(crate) fn with_next_code(mut self) -> Option<Self> {
        let Asked::Report(prepared) = self.asked else { return None };
        self.asked = Asked::Report(Box::new(prepared.map(Prepared::with_next_code)));
        Some(self)
    }

    /// The matter, and the other one that the command names.
    pub(crate) fn matters(&self) -> impl Iterator<Item = MatterId> + use<> {
        let other = match &self.asked {
            Asked::Report(_) => None,
            Asked::Command { command, .. } => command.other_matter(),
        };
        std::iter::once(self.matter).chain(other)
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    /// A refusal waits too: a report that was taken once is answered as it was then.
    Report(Box<Result<Prepared, Refusal>>),
    Command {
        base_version: Option<u32>,
        command: Box<Command>,
    },
}

/// A report, decided and sealed before it waits for the writer: all that it needs is a number.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    decision: Decision,
    texts: Vec<TextRow>,
    data_key: Vec<u8>,
    /// Where its number comes from.
    pub(crate) number_key: NumberKey,
}

impl Prepared {
    /// The same report under the next query code.
    pub(crate) fn with_next_code(self) -> Self {
        Self { decision: self.decision.with_next_code(), ..self }
    }
}

/// A matter as the write path loads it.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) matter: Matter,
    pub(crate) data_key: Vec<u8>,
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
    pub(crate) id: uuid::Uuid,
    pub(crate) body: String,
}

/// Everything that one command changes.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) before: Option<Matter>,
    pub(crate) after: Matter,
    pub(crate) events: Vec<EventRow>,
    pub(crate) command: CommandId,
    pub(crate) mac: [u8; 32],
    pub(crate) data_key: Vec<u8>,
    pub(crate) state: String,
    pub(crate) code_key: i64,
    pub(crate) wake_at: Option<Timestamp>,
    pub(crate) texts: Vec<TextRow>,
    pub(crate) photos: Vec<(PhotoId, u32)>,
    pub(crate) jobs: Vec<JobRow>,
    pub(crate) queue: QueueChange,
    /// The rows of its mediation beside the matter's own.
    pub(crate) mediation: Vec<Statement>,
    pub(crate) acted: Option<AccountId>,
    pub(crate) now: Timestamp,
}

/// What changes among the matter's queue entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct QueueChange {
    /// Entries that go.
    pub(crate) gone: Vec<Owed>,
    /// Entries that come or change.
    pub(crate) set: Vec<Owed>,
}

impl QueueChange {
    fn between(before: &[Owed], after: Vec<Owed>) -> Self {
        let stays =
            |entry: &&Owed| after.iter().any(|now| (&now.unit, now.role) == (&entry.unit, entry.role));
        let gone = before.iter().filter(|entry| !stays(entry)).cloned().collect();
        let set = after.into_iter().filter(|entry| !before.contains(entry)).collect();
        Self { gone, set }
    }
}

/// An event ready for its row but for its place in the log.
#[derive(Debug, Clone)]
pub(crate) struct EventRow {
    pub(crate) version: u32,
    pub(crate) at: Timestamp,
    pub(crate) body: String,
}

impl Change {
    /// The deltas of the totals.
    pub(crate) fn add_deltas(&self, site: &Site, figures: &mut FigureDeltas, cells: &mut CellDeltas) {
        figures.add(self.before.as_ref(), Some(&self.after), site);
        cells.add(self.before.as_ref(), Some(&self.after));
    }
}

/// The number of the `nth` matter reported from a town on a day.
pub(crate) fn number(site: &Site, town: &str, day: Date, nth: i64) -> Number {
    Number(format!("{}-{town}-{}-{nth:04}", site.prefix, day.strftime("%Y%m%d")))
}

/// The town part of a number; areas above a town are filled up with zeros.
fn town_of(area: AreaCode) -> String {
    format!("{:0<9}", area.at_level(AreaLevel::Town).unwrap_or(area).to_string())
}

/// Decides on a report and seals its words, on the caller's thread.
///
/// # Errors
/// When the system gives no randomness. That the rules say no is a result.
pub(crate) fn prepare(env: &Env, new: &NewReport, id: MatterId) -> Result<Result<Prepared, Refusal>> {
    let context = Context::new(new.now, &env.site, keys::random()?);
    let fresh = Fresh { id, number: Number(String::new()) };
    let mut decision = match Matter::report(fresh, &new.report, &new.actor, &context) {
        Ok(decision) => decision,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (key, data_key) = env.keys.new_data_key(&key_binding(id))?;
    let texts = std::mem::take(&mut decision.texts);
    let number_key = (id.region.0, town_of(decision.matter.area), day_number(env.site.day(new.now)));
    Ok(Ok(Prepared { texts: text_rows(env, id, &key, &texts)?, decision, data_key, number_key }))
}

pub(crate) fn change_of_report(
    env: &Env,
    work: &Work,
    prepared: &Prepared,
    number: Number,
) -> Result<Change> {
    let Prepared { decision, texts, data_key, .. } = prepared.clone();
    change(env, work, None, decision.numbered(number), texts, data_key)
}

pub(crate) fn change_of_command(
    env: &Env,
    work: &Work,
    command: &Command,
    loaded: Loaded,
    other: Option<&Matter>,
    beside: &Beside,
) -> Result<Change> {
    let context = Context {
        other,
        named: beside.named.as_ref(),
        busy: &beside.busy,
        ..Context::new(work.now, &env.site, keys::random()?)
    };
    let decision = loaded.matter.decide(command, &work.actor, &context)?;
    let texts = if decision.texts.is_empty() {
        Vec::new()
    } else {
        let key = env.keys.unwrap_data_key(&loaded.data_key, &key_binding(work.matter))?;
        text_rows(env, work.matter, &key, &decision.texts)?
    };
    change(env, work, Some(loaded.matter), decision, texts, loaded.data_key)
}

fn change(
    env: &Env,
    work: &Work,
    before: Option<Matter>,
    decision: Decision,
    texts: Vec<TextRow>,
    data_key: Vec<u8>,
) -> Result<Change> {
    let Decision { matter: after, events: recorded, .. } = decision;
    let events = recorded
        .iter()
        .map(|r| {
            Ok(EventRow {
                version: r.version,
                at: r.at,
                body: serde_json::to_string(r).map_err(Error::damaged)?,
            })
        })
        .collect::<Result<_>>()?;
    let owed = before.as_ref().map_or_else(Vec::new, |matter| matter.owed(&env.site));
    Ok(Change {
        code_key: env.keys.code_key(&env.keys.query_code(work.matter, after.code_version)),
        wake_at: after.wake(&env.site).map(|wake| wake.at),
        state: serde_json::to_string(&after).map_err(Error::damaged)?,
        queue: QueueChange::between(&owed, after.owed(&env.site)),
        mediation: [
            mediations::writes(&env.keys, before.as_ref(), &after),
            cases::writes(&env.site, before.as_ref(), &after),
        ]
        .concat(),
        jobs: jobs(env, before.as_ref(), &recorded, &after, work.id)?,
        photos: recorded
            .iter()
            .flat_map(|r| r.event.photos().into_iter().map(|photo| (photo, r.version)))
            .collect(),
        acted: recorded.first().and_then(|r| r.by.account()),
        command: work.id,
        mac: work.mac,
        now: work.now,
        before,
        after,
        events,
        data_key,
        texts,
    })
}

fn jobs(
    env: &Env,
    before: Option<&Matter>,
    recorded: &[Recorded],
    after: &Matter,
    command: CommandId,
) -> Result<Vec<JobRow>> {
    let follow_ups: Vec<FollowUp> = recorded.iter().flat_map(|r| follow_ups(before, r, after)).collect();
    let row = |(index, follow_up): (u8, &FollowUp)| {
        // Clients choose the ids of commands: no choice may hit the id of another command's follow-up.
        let id = env.keys.own_id("follow-up", &[command.0.as_bytes(), &[index]]);
        Ok(JobRow {
            id,
            body: serde_json::to_string(&Job { matter: after.id, follow_up: follow_up.clone() })
                .map_err(Error::damaged)?,
        })
    };
    (0..).zip(&follow_ups).map(row).collect()
}

/// A follow-up with the matter it follows from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Job {
    /// The matter.
    pub matter: MatterId,
    /// What to do.
    pub follow_up: FollowUp,
}

fn text_rows(env: &Env, matter: MatterId, key: &DataKey, texts: &[NewText]) -> Result<Vec<TextRow>> {
    texts.iter().map(|text| text_row(env, matter, key, text)).collect()
}

fn text_row(env: &Env, matter: MatterId, key: &DataKey, text: &NewText) -> Result<TextRow> {
    let mut plain = Vec::with_capacity(16 + text.words.len());
    plain.extend_from_slice(&text.salt);
    plain.extend_from_slice(text.words.as_bytes());
    Ok(TextRow {
        id: text.id,
        kind: text.kind,
        sealed: key.seal(&plain, &text_binding(matter, text.id, text.kind))?,
        grams: text.kind.is_searchable().then(|| env.keys.grams(&normalised(&text.words))),
    })
}

/// Salt and words of a text row.
pub(crate) fn open_text(
    key: &DataKey,
    matter: MatterId,
    id: TextId,
    kind: TextKind,
    sealed: &[u8],
) -> Result<([u8; 16], String)> {
    let plain = key.open(sealed, &text_binding(matter, id, kind))?;
    let (salt, words) = plain.split_first_chunk::<16>().ok_or_else(|| Error::damaged("a text is cut"))?;
    Ok((*salt, String::from_utf8(words.to_vec()).map_err(Error::damaged)?))
}

/// What a matter's data key is bound to.
pub(crate) fn key_binding(matter: MatterId) -> Vec<u8> {
    [b"data key of matter ".as_slice(), matter.to_string().as_bytes()].concat()
}

fn text_binding(matter: MatterId, id: TextId, kind: TextKind) -> Vec<u8> {
    format!("text {id} {kind} of matter {matter}").into_bytes()
}
