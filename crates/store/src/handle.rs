//! The one write path: every command of every caller, HTTP, jobs, importers and the demo, comes through here.

use casework::{
    actor::Actor,
    area::AreaCode,
    id::{CommandId, MatterId, Number, TalkDayId, UnitId},
    matter::{Command, Report, Stage},
    talk_day::{Plan, TalkCommand, TalkState},
};
use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::{
    Store,
    append::RecordId,
    change::{Asked, Change, Env, MatterChange, TalkDayChange, Work, prepare},
    error::{Error, Result},
};

/// Query codes that are tried for a report, one after the other.
const MOST_CODES: usize = 4;

/// A report on its way into the record.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// The client's id; it becomes the matter's.
    pub id: CommandId,
    /// Who reports.
    pub actor: Actor,
    /// When.
    pub now: Timestamp,
    /// What.
    pub report: Report,
}

/// A command on its way to a matter.
#[derive(Debug, Clone)]
pub struct NewCommand {
    /// The client's id.
    pub id: CommandId,
    /// Who commands.
    pub actor: Actor,
    /// When.
    pub now: Timestamp,
    /// To which matter.
    pub matter: MatterId,
    /// The version it is based on; without one it is decided on whatever stands.
    pub base_version: Option<u32>,
    /// What.
    pub command: Command,
}

/// A talk day on its way into the record.
#[derive(Debug, Clone)]
pub struct NewTalkDay {
    /// The client's id.
    pub id: CommandId,
    /// Who plans.
    pub actor: Actor,
    /// When.
    pub now: Timestamp,
    /// What.
    pub plan: Plan,
}

/// A command on its way to a talk day.
#[derive(Debug, Clone)]
pub struct NewTalkCommand {
    /// The client's id.
    pub id: CommandId,
    /// Who commands.
    pub actor: Actor,
    /// When.
    pub now: Timestamp,
    /// To which talk day.
    pub day: TalkDayId,
    /// The version it is based on; without one it is decided on whatever stands.
    pub base_version: Option<u32>,
    /// What.
    pub command: TalkCommand,
}

/// What a command's sender gets, after the commit is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The matter.
    pub matter: MatterId,
    /// The number people see.
    pub number: Number,
    /// Its version after the command.
    pub version: u32,
    /// Its stage after the command.
    pub stage: Stage,
    /// The command had been carried out before; this is its first answer again.
    pub repeated: bool,
    /// Which query code is valid.
    pub code_version: u32,
}

/// What a command about a talk day leads to, after the commit is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkAnswer {
    /// The talk day.
    pub day: TalkDayId,
    /// Its version after the command.
    pub version: u32,
    /// Where it stands after the command.
    pub state: TalkState,
    /// The command had been carried out before; this is its first answer again.
    pub repeated: bool,
}

/// An answer, by the kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// About a matter.
    Matter(Answer),
    /// About a talk day.
    TalkDay(TalkAnswer),
}

impl Answered {
    pub(crate) fn of(change: &Change) -> Self {
        match change {
            Change::Matter(change) => Self::Matter(Answer::of(change)),
            Change::TalkDay(change) => Self::TalkDay(TalkAnswer::of(change)),
        }
    }

    /// The answer about a matter.
    ///
    /// # Errors
    /// Damage: the record is of another kind than its command.
    pub fn matter(self) -> Result<Answer> {
        match self {
            Self::Matter(answer) => Ok(answer),
            Self::TalkDay(_) => Err(Error::damaged("a matter's command was answered as a talk day's")),
        }
    }

    /// The answer about a talk day.
    ///
    /// # Errors
    /// Damage: the record is of another kind than its command.
    pub fn talk_day(self) -> Result<TalkAnswer> {
        match self {
            Self::TalkDay(answer) => Ok(answer),
            Self::Matter(_) => Err(Error::damaged("a talk day's command was answered as a matter's")),
        }
    }
}

impl TalkAnswer {
    fn of(change: &TalkDayChange) -> Self {
        let day = &change.after;
        Self { day: day.id, version: day.version, state: day.state, repeated: false }
    }
}

impl Answer {
    fn of(change: &MatterChange) -> Self {
        let matter = &change.after;
        Self {
            matter: matter.id,
            number: matter.number.clone(),
            version: matter.version,
            stage: matter.stage,
            repeated: false,
            code_version: matter.code_version,
        }
    }
}

/// Commands that were handed to the writer.
pub(crate) enum Pending {
    /// Answered together.
    Together(oneshot::Receiver<Vec<Result<Answered>>>, usize),
    /// Answered one by one; nothing for those that were not taken.
    Each(Vec<Option<oneshot::Receiver<Result<Answered>>>>),
}

impl Pending {
    /// None was taken.
    pub(crate) fn busy(count: usize) -> Self {
        Self::Each((0..count).map(|_| None).collect())
    }

    /// Waits for the answers, in the order of the commands.
    pub(crate) async fn answers(self) -> Vec<Result<Answered>> {
        match self {
            Self::Together(answers, count) => {
                answers.await.unwrap_or_else(|_| (0..count).map(|_| Err(Error::Busy)).collect())
            }
            Self::Each(list) => {
                let mut answers = Vec::with_capacity(list.len());
                for answer in list {
                    answers.push(match answer {
                        Some(answer) => answer.await.unwrap_or(Err(Error::Busy)),
                        None => Err(Error::Busy),
                    });
                }
                answers
            }
        }
    }
}

/// Something changed, as live updates need it: enough to know who may be told, nothing about the matter itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The area.
    pub area: AreaCode,
    /// The units that have to do with it.
    pub units: Vec<UnitId>,
    /// The unit that must not learn of it.
    pub hidden_from: Option<UnitId>,
}

impl Changed {
    pub(crate) fn of(change: &Change) -> Self {
        match change {
            Change::Matter(change) => Self::of_matter(change),
            Change::TalkDay(change) => {
                let day = &change.after;
                Self { area: day.area, units: vec![day.unit.clone()], hidden_from: None }
            }
        }
    }

    fn of_matter(change: &MatterChange) -> Self {
        let matter = &change.after;
        let units = std::iter::once(&matter.centre)
            .chain(&matter.lead)
            .chain(matter.co_handlers.iter().map(|co| &co.unit));
        Self { area: matter.area, units: units.cloned().collect(), hidden_from: matter.about_unit.clone() }
    }
}

impl Store {
    /// Records a report: the answer leaves after its commit is durable.
    ///
    /// # Errors
    /// [`Error::Refused`] when the rules say no, [`Error::CommandIdReused`] when the id was used for another report.
    pub async fn report(&self, new: NewReport) -> Result<Answer> {
        let env = self.env();
        let mut work = report_work(&env, new)?;
        // Codes are short enough to be read out; at a million matters of a county two may be the same.
        for _ in 0..MOST_CODES {
            let next = work.clone();
            match self.one(env.clone(), work).await {
                Err(error) if error.is_of_a_code() => work = next.with_next_code().ok_or(error)?,
                answer => return answer?.matter(),
            }
        }
        self.one(env, work).await?.matter()
    }

    /// Carries out a command.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Stale`] with what happened since, [`Error::CommandIdReused`], [`Error::NoMatter`].
    pub async fn command(&self, new: NewCommand) -> Result<Answer> {
        let env = self.env();
        let work = command_work(&env, new)?;
        self.one(env, work).await?.matter()
    }

    /// Plans a talk day; its id follows from village and day, so that two who plan the same one meet.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::CommandIdReused`].
    pub async fn plan_talk_day(&self, new: NewTalkDay) -> Result<TalkAnswer> {
        let env = self.env();
        let work = plan_work(&env, new)?;
        self.one(env, work).await?.talk_day()
    }

    /// Carries out a command about a talk day.
    ///
    /// # Errors
    /// As [`Store::command`]; [`Error::NotFound`] when nobody planned it.
    pub async fn talk(&self, new: NewTalkCommand) -> Result<TalkAnswer> {
        let env = self.env();
        let work = talk_work(&env, new)?;
        self.one(env, work).await?.talk_day()
    }

    /// Carries out many reports and commands in as few commits as the database takes; for loaders. They are handed over in
    /// order before this returns; the answers come in the same order.
    pub fn many(&self, works: Vec<Many>) -> impl Future<Output = Vec<Result<Answered>>> + Send + use<> {
        let env = self.env();
        let mut prepared = Vec::with_capacity(works.len());
        let mut answers: Vec<Option<Error>> = Vec::with_capacity(works.len());
        for work in works {
            let work = match work {
                Many::Report(new) => report_work(&env, new),
                Many::Command(new) => command_work(&env, new),
                Many::Plan(new) => plan_work(&env, new),
                Many::Talk(new) => talk_work(&env, new),
            };
            match work {
                Ok(work) => {
                    prepared.push(work);
                    answers.push(None);
                }
                Err(error) => answers.push(Some(error)),
            }
        }
        let pending = self.database.submit(env, prepared);
        async move {
            let mut done = pending.answers().await.into_iter();
            answers
                .into_iter()
                .map(|error| error.map_or_else(|| done.next().unwrap_or(Err(Error::Busy)), Err))
                .collect()
        }
    }

    async fn one(&self, env: Env, work: Work) -> Result<Answered> {
        self.database.submit(env, vec![work]).answers().await.pop().unwrap_or(Err(Error::Busy))
    }

    fn env(&self) -> Env {
        Env { keys: self.keys.clone(), site: self.site() }
    }
}

fn report_work(env: &Env, new: NewReport) -> Result<Work> {
    let (area, _) = new.report.place.resolve(&env.site.areas)?;
    let matter = MatterId { region: area.region(), uuid: new.id.0 };
    let body = serde_json::to_vec(&new.report).map_err(Error::damaged)?;
    Ok(Work {
        id: new.id,
        now: new.now,
        record: matter.into(),
        mac: env.keys.command_mac(new.id, &body),
        asked: Asked::Report(Box::new(prepare(env, &new, matter)?)),
        actor: new.actor,
    })
}

fn command_work(env: &Env, new: NewCommand) -> Result<Work> {
    let body = serde_json::to_vec(&(new.matter, &new.command)).map_err(Error::damaged)?;
    Ok(Work {
        id: new.id,
        actor: new.actor,
        now: new.now,
        record: new.matter.into(),
        mac: env.keys.command_mac(new.id, &body),
        asked: Asked::Command { base_version: new.base_version, command: Box::new(new.command) },
    })
}

fn plan_work(env: &Env, new: NewTalkDay) -> Result<Work> {
    let body = serde_json::to_vec(&new.plan).map_err(Error::damaged)?;
    Ok(Work {
        id: new.id,
        now: new.now,
        record: RecordId::from(env.keys.talk_day_id(new.plan.area, new.plan.slot)),
        mac: env.keys.command_mac(new.id, &body),
        asked: Asked::Plan(Box::new(new.plan)),
        actor: new.actor,
    })
}

fn talk_work(env: &Env, new: NewTalkCommand) -> Result<Work> {
    let body = serde_json::to_vec(&(new.day, &new.command)).map_err(Error::damaged)?;
    Ok(Work {
        id: new.id,
        actor: new.actor,
        now: new.now,
        record: new.day.into(),
        mac: env.keys.command_mac(new.id, &body),
        asked: Asked::Talk { base_version: new.base_version, command: Box::new(new.command) },
    })
}

/// A report or a command, for [`Store::many`].
#[derive(Debug, Clone)]
pub enum Many {
    /// A report.
    Report(NewReport),
    /// A command.
    Command(NewCommand),
    /// A talk day.
    Plan(NewTalkDay),
    /// A command about a talk day.
    Talk(NewTalkCommand),
}
