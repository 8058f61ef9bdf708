//! From a decision about a talk day to its rows.

use casework::{
    Refusal,
    matter::Context,
    talk_day::{Plan, TalkCommand, TalkDay, TalkDecision},
};

use super::{Env, Work};
use crate::{
    append::{Append, key_binding, text_rows},
    error::{Error, Result},
    keys,
};

/// A talk day as the write path loads it.
#[derive(Debug, Clone)]
pub(crate) struct LoadedTalkDay {
    pub(crate) day: TalkDay,
    pub(crate) data_key: Vec<u8>,
}

/// Everything that one command changes.
#[derive(Debug, Clone)]
pub(crate) struct TalkDayChange {
    pub(crate) append: Append,
    pub(crate) after: TalkDay,
    pub(crate) data_key: Vec<u8>,
    pub(crate) state: String,
    /// The place of the register that the command names: it must be there.
    pub(crate) named_place: Option<casework::id::TalkPlaceId>,
}

pub(crate) fn change_of_plan(
    env: &Env,
    work: &Work,
    plan: &Plan,
    existing: Option<&LoadedTalkDay>,
) -> Result<TalkDayChange> {
    if existing.is_some() {
        return Err(Refusal::AlreadyPlanned.into());
    }
    let id = work.record.talk_day();
    let decision = TalkDay::plan(id, plan, &work.actor, &context(env, work)?)?;
    let (_, data_key) = env.keys.new_data_key(&key_binding(work.record))?;
    change(env, work, decision, data_key, plan.place)
}

pub(crate) fn change_of_talk(
    env: &Env,
    work: &Work,
    command: &TalkCommand,
    loaded: LoadedTalkDay,
) -> Result<TalkDayChange> {
    let decision = loaded.day.decide(command, &work.actor, &context(env, work)?)?;
    let named = match command {
        TalkCommand::MoveDay(moved) => moved.place,
        TalkCommand::CancelDay(_)
        | TalkCommand::HoldDay(_)
        | TalkCommand::NoteItem(_)
        | TalkCommand::AnswerItem(_)
        | TalkCommand::PromiseItem(_)
        | TalkCommand::SettlePromise(_)
        | TalkCommand::RecordMatter(_)
        | TalkCommand::PublishDay(_)
        | TalkCommand::TellMore(_) => None,
    };
    change(env, work, decision, loaded.data_key, named)
}

fn context<'a>(env: &'a Env, work: &Work) -> Result<Context<'a>> {
    Ok(Context::new(work.now, &env.site, keys::random()?))
}

fn change(
    env: &Env,
    work: &Work,
    decision: TalkDecision,
    data_key: Vec<u8>,
    named_place: Option<casework::id::TalkPlaceId>,
) -> Result<TalkDayChange> {
    let TalkDecision { day: after, events, texts } = decision;
    let key = env.keys.unwrap_data_key(&data_key, &key_binding(work.record))?;
    let texts = text_rows(env, work.record, &key, &texts)?;
    Ok(TalkDayChange {
        append: Append::of(work, &after, &events, texts, Vec::new())?,
        state: serde_json::to_string(&after).map_err(Error::damaged)?,
        after,
        data_key,
        named_place,
    })
}
