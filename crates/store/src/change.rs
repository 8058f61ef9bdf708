//! From a decision to the rows it makes: everything that a commit writes, prepared once for both databases.

mod talk_day;

use casework::{
    Refusal,
    actor::Actor,
    area::{AreaCode, AreaLevel},
    followup::{FollowUp, follow_ups},
    id::{AccountId, CommandId, MatterId, Number, PhotoId},
    matter::{Command, Context, Decision, Fresh, Matter, Owed},
    site::Site,
    talk_day::{Plan, TalkCommand},
};
use jiff::{Timestamp, civil::Date};

pub(crate) use self::talk_day::{LoadedTalkDay, TalkDayChange, change_of_plan, change_of_talk};
use crate::{
    append::{Append, RecordId, TextRow, job_rows, key_binding, text_rows},
    context::Beside,
    error::{Error, Result},
    handle::NewReport,
    keys::{self, Keys},
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
    pub(crate) record: RecordId,
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

    /// The record, and the other one that the command names.
    pub(crate) fn records(&self) -> impl Iterator<Item = RecordId> + use<> {
        let other = match &self.asked {
            Asked::Command { command, .. } => command.other_matter().map(RecordId::from),
            Asked::Report(_) | Asked::Plan(_) | Asked::Talk { .. } => None,
        };
        std::iter::once(self.record).chain(other)
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
    /// Planning a talk day.
    Plan(Box<Plan>),
    Talk {
        base_version: Option<u32>,
        command: Box<TalkCommand>,
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

/// What a command changes, by the kind of its record.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Matter(Box<MatterChange>),
    TalkDay(Box<TalkDayChange>),
}

impl Change {
    /// What it appends.
    pub(crate) fn append(&self) -> &Append {
        match self {
            Self::Matter(change) => &change.append,
            Self::TalkDay(change) => &change.append,
        }
    }
}

/// Everything that one command changes about a matter.
#[derive(Debug, Clone)]
pub(crate) struct MatterChange {
    pub(crate) append: Append,
    pub(crate) before: Option<Matter>,
    pub(crate) after: Matter,
    pub(crate) data_key: Vec<u8>,
    pub(crate) state: String,
    pub(crate) code_key: i64,
    pub(crate) wake_at: Option<Timestamp>,
    pub(crate) photos: Vec<(PhotoId, u32)>,
    pub(crate) queue: QueueChange,
    /// The rows of its mediation beside the matter's own.
    pub(crate) mediation: Vec<Statement>,
    pub(crate) acted: Option<AccountId>,
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

impl MatterChange {
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
    let (key, data_key) = env.keys.new_data_key(&key_binding(id.into()))?;
    let texts = std::mem::take(&mut decision.texts);
    let number_key = (id.region.0, town_of(decision.matter.area), day_number(env.site.day(new.now)));
    Ok(Ok(Prepared { texts: text_rows(env, id.into(), &key, &texts)?, decision, data_key, number_key }))
}

pub(crate) fn change_of_report(
    env: &Env,
    work: &Work,
    prepared: &Prepared,
    number: Number,
) -> Result<MatterChange> {
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
) -> Result<MatterChange> {
    let context = Context {
        other,
        named: beside.named.as_ref(),
        busy: &beside.busy,
        committees: &beside.committees,
        method: beside.method.as_ref(),
        ..Context::new(work.now, &env.site, keys::random()?)
    };
    let decision = loaded.matter.decide(command, &work.actor, &context)?;
    let texts = if decision.texts.is_empty() {
        Vec::new()
    } else {
        let key = env.keys.unwrap_data_key(&loaded.data_key, &key_binding(work.record))?;
        text_rows(env, work.record, &key, &decision.texts)?
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
) -> Result<MatterChange> {
    let Decision { matter: after, events: recorded, .. } = decision;
    let owed = before.as_ref().map_or_else(Vec::new, |matter| matter.owed(&env.site));
    let follow_ups: Vec<FollowUp> =
        recorded.iter().flat_map(|r| follow_ups(before.as_ref(), r, &after)).collect();
    let jobs = job_rows(env, after.id, work.id, &follow_ups)?;
    Ok(MatterChange {
        append: Append::of(work, &after, &recorded, texts, jobs)?,
        code_key: env.keys.code_key(&env.keys.query_code(after.id, after.code_version)),
        wake_at: after.wake(&env.site).map(|wake| wake.at),
        state: serde_json::to_string(&after).map_err(Error::damaged)?,
        queue: QueueChange::between(&owed, after.owed(&env.site)),
        mediation: [
            mediations::writes(&env.keys, before.as_ref(), &after),
            cases::writes(&env.site, before.as_ref(), &after),
        ]
        .concat(),
        photos: recorded
            .iter()
            .flat_map(|r| r.event.photos().into_iter().map(|photo| (photo, r.version)))
            .collect(),
        acted: recorded.first().and_then(|r| r.by.account()),
        before,
        after,
        data_key,
    })
}

/// A follow-up with the matter it follows from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Job {
    /// The matter.
    pub matter: MatterId,
    /// What to do.
    pub follow_up: FollowUp,
}
