//! Commands about a talk day; desk, field and scripts send the same bytes, as with matters.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{id::CommandId, talk_day::TalkCommand};
use serde::Deserialize;
use store::NewTalkCommand;
use utoipa::ToSchema;

use super::{plan::TalkDone, readable};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
};

/// A command with its id and the version it is based on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TalkCommanded {
    /// The client's id (UUIDv7): a repeat returns the first answer.
    id: CommandId,
    /// The version the sender saw. Moving, cancelling and publishing are refused as stale when the day has changed since.
    base_version: u32,
    command: TalkCommand,
}

/// Carries out a command about a talk day.
#[utoipa::path(post, path = "/api/v1/talk-days/{id}/commands", tag = "talk days", operation_id = "send_talk_command", params(("id" = String, Path)), request_body = TalkCommanded,
    responses((status = 200, body = TalkDone), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn command(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Json(commanded): Json<TalkCommanded>,
) -> Result<Json<TalkDone>> {
    let row = readable(&app, &session, &id).await?;
    let new = NewTalkCommand {
        id: commanded.id,
        actor: session.actor(),
        now: app.clock.now(),
        day: row.day.id,
        base_version: Some(commanded.base_version),
        command: commanded.command,
    };
    Ok(Json(app.store.talk(new).await?.into()))
}
