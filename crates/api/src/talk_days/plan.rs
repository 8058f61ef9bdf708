//! Planning a talk day. Two who plan the same one meet: the second finds it planned.

use axum::{Json, extract::State, http::StatusCode};
use casework::{
    Refusal,
    access::talk_days::{TalkDeed, may},
    id::{CommandId, TalkDayId},
    talk_day::{Plan, TalkState},
};
use serde::{Deserialize, Serialize};
use store::{Error, NewTalkDay, TalkAnswer};
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
};

/// A plan with its id.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Planned {
    /// The client's id (UUIDv7): a repeat returns the first answer.
    id: CommandId,
    plan: Plan,
}

/// What a command about a talk day led to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TalkDone {
    talk_day_id: TalkDayId,
    version: u32,
    state: TalkState,
    /// It had been carried out before; this is the first answer again. Or somebody else had planned the day.
    repeated: bool,
}

impl From<TalkAnswer> for TalkDone {
    fn from(answer: TalkAnswer) -> Self {
        Self {
            talk_day_id: answer.day,
            version: answer.version,
            state: answer.state,
            repeated: answer.repeated,
        }
    }
}

/// Plans a talk day.
#[utoipa::path(post, path = "/api/v1/talk-days", tag = "talk days", operation_id = "plan_talk_day", request_body = Planned,
    responses((status = 201, body = TalkDone), (status = 200, description = "It stands already", body = TalkDone), (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn plan(
    State(app): State<App>,
    session: Session,
    Json(Planned { id, plan }): Json<Planned>,
) -> Result<(StatusCode, Json<TalkDone>)> {
    let day = app.store.talk_day_id(plan.area, plan.slot);
    // Whether a day stands is told to those alone who may plan it.
    may(TalkDeed::Plan, plan.area, &session.actor())?;
    let new = NewTalkDay { id, actor: session.actor(), now: app.clock.now(), plan };
    match app.store.plan_talk_day(new).await {
        Ok(answer) => {
            let status = if answer.repeated { StatusCode::OK } else { StatusCode::CREATED };
            Ok((status, Json(answer.into())))
        }
        Err(Error::Refused(Refusal::AlreadyPlanned)) => {
            let row = app.store.talk_day(day).await?.ok_or_else(|| Problem::not_found("talk day"))?;
            let answer = TalkAnswer { day, version: row.day.version, state: row.day.state, repeated: true };
            Ok((StatusCode::OK, Json(answer.into())))
        }
        Err(error) => Err(error.into()),
    }
}
