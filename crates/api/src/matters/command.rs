//! The one endpoint for commands: desk, field and scripts send the same bytes.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{
    id::{CommandId, MatterId, Number},
    matter::{Command, CommandKind, Stage},
};
use serde::{Deserialize, Serialize};
use store::{Error, NewCommand};
use utoipa::ToSchema;

use super::{parties::new_code, readable};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::timeline::{self, Audience, Telling},
};

/// A command with its id and the version it is based on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Commanded {
    /// The client's id (UUIDv7): a repeat returns the first answer.
    id: CommandId,
    /// The version the sender saw. When the matter has changed since, commands that do more than add are refused as stale.
    base_version: u32,
    command: Command,
}

/// What a command led to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Done {
    matter_id: MatterId,
    number: Number,
    version: u32,
    stage: Stage,
    /// It had been carried out before; this is the first answer again.
    repeated: bool,
    /// After `replace_code`: the new query code. After `replace_party_code`: the party's new access code, for who gives it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

/// Carries out a command.
#[allow(clippy::wildcard_enum_match_arm, reason = "one command names a party that gets a code")]
#[utoipa::path(post, path = "/api/v1/matters/{id}/commands", tag = "matters", operation_id = "send_command", params(("id" = String, Path)), request_body = Commanded,
    responses((status = 200, body = Done), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn command(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Json(commanded): Json<Commanded>,
) -> Result<Json<Done>> {
    let row = readable(&app, &session, &id).await?;
    may_name_the_other(&app, &session, &commanded.command).await?;
    let replaces = commanded.command.kind() == CommandKind::ReplaceCode;
    let party = match &commanded.command {
        Command::ReplacePartyCode(replace) => Some(replace.party),
        _ => None,
    };
    let new = NewCommand {
        id: commanded.id,
        actor: session.actor(),
        now: app.clock.now(),
        matter: row.matter.id,
        base_version: Some(commanded.base_version),
        command: commanded.command,
    };
    match app.store.command(new).await {
        Ok(answer) => Ok(Json(Done {
            matter_id: answer.matter,
            code: match party {
                Some(no) => new_code(&app, &session, answer.matter, no).await?,
                None => replaces.then(|| app.store.query_code(answer.matter, answer.code_version)),
            },
            number: answer.number,
            version: answer.version,
            stage: answer.stage,
            repeated: answer.repeated,
        })),
        Err(Error::Stale { current, changed }) => {
            let texts = app.store.texts(row.matter.id, &row.data_key).await?;
            let names = app.store.display_names(&timeline::accounts(&changed)).await?;
            let site = app.store.site();
            let audience = Audience::Staff(&session.who.staff, &names);
            let telling = Telling { matter: &row.matter, texts: &texts, site: &site, audience };
            Err(Problem::stale(current, timeline::entries(&changed, telling)))
        }
        Err(error) => Err(error.into()),
    }
}

/// A matter that one may not read cannot be named either.
async fn may_name_the_other(app: &App, session: &Session, command: &Command) -> Result<()> {
    match command.other_matter() {
        Some(other) => readable(app, session, &other.to_string())
            .await
            .map(drop)
            .map_err(|_| casework::Refusal::UnknownMatter.into()),
        None => Ok(()),
    }
}
