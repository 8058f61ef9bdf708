//! Following a matter by its query code, and what its reporter may do.

use axum::{
    Json,
    extract::{Path, State},
};
use casework::{
    actor::Actor,
    id::{CommandId, PhotoId},
    matter::{
        Answer, Command,
        command::{Rate, Reopen, Supply, Urge, Withdraw},
    },
};
use serde::Deserialize;
use store::{MatterRow, NewCommand};
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    views::follow::{Follow, follow},
};

/// Words and photos that a reporter adds; each command takes what it needs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReporterSays {
    /// The client's id: a repeat is answered, not carried out again.
    id: CommandId,
    words: Option<String>,
    /// With `supply`.
    #[serde(default)]
    photos: Vec<PhotoId>,
    /// With `rate`: `satisfied` or `unhappy`.
    answer: Option<Answer>,
}

/// The matter of a code. Wrong codes are counted over the whole site.
pub(crate) async fn matter_of(app: &App, code: &str) -> Result<MatterRow> {
    app.limits.may_try_code()?;
    match app.store.matter_by_code(code).await? {
        Some(row) => Ok(row),
        None => {
            app.limits.wrong_code();
            Err(Problem::not_found("code"))
        }
    }
}

/// Where a matter stands.
#[utoipa::path(get, path = "/api/v1/public/reports/{code}", tag = "residents", operation_id = "follow_report", params(("code" = String, Path, description = "The query code, with or without dashes")),
    responses((status = 200, body = Follow), (status = 404, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn get(State(app): State<App>, Path(code): Path<String>) -> Result<Json<Follow>> {
    let row = matter_of(&app, &code).await?;
    Ok(Json(follow(&app, row).await?))
}

async fn carry_out(app: &App, code: &str, id: CommandId, command: Command) -> Result<Json<Follow>> {
    let row = matter_of(app, code).await?;
    let new = NewCommand {
        id,
        actor: Actor::Reporter,
        now: app.clock.now(),
        matter: row.matter.id,
        base_version: None,
        command,
    };
    app.store.command(new).await?;
    Ok(Json(follow(app, app.store.matter(row.matter.id).await?).await?))
}

/// Adds words or photos.
#[utoipa::path(post, path = "/api/v1/public/reports/{code}/supply", tag = "residents", operation_id = "supply_report", params(("code" = String, Path)), request_body = ReporterSays, responses((status = 200, body = Follow), (status = 422, body = Problem)))]
pub(crate) async fn supply(
    State(app): State<App>,
    Path(code): Path<String>,
    Json(says): Json<ReporterSays>,
) -> Result<Json<Follow>> {
    carry_out(&app, &code, says.id, Command::Supply(Supply { words: says.words, photos: says.photos })).await
}

/// Asks to hurry.
#[utoipa::path(post, path = "/api/v1/public/reports/{code}/urge", tag = "residents", operation_id = "urge_report", params(("code" = String, Path)), request_body = ReporterSays, responses((status = 200, body = Follow), (status = 422, body = Problem)))]
pub(crate) async fn urge(
    State(app): State<App>,
    Path(code): Path<String>,
    Json(says): Json<ReporterSays>,
) -> Result<Json<Follow>> {
    carry_out(&app, &code, says.id, Command::Urge(Urge { words: says.words })).await
}

/// Judges the result.
#[utoipa::path(post, path = "/api/v1/public/reports/{code}/rate", tag = "residents", operation_id = "rate_report", params(("code" = String, Path)), request_body = ReporterSays, responses((status = 200, body = Follow), (status = 422, body = Problem)))]
pub(crate) async fn rate(
    State(app): State<App>,
    Path(code): Path<String>,
    Json(says): Json<ReporterSays>,
) -> Result<Json<Follow>> {
    let answer = says.answer.ok_or_else(|| Problem::invalid("answer", "satisfied or unhappy"))?;
    carry_out(&app, &code, says.id, Command::Rate(Rate { answer, words: says.words })).await
}

/// Has a closed matter taken up again.
#[utoipa::path(post, path = "/api/v1/public/reports/{code}/reopen", tag = "residents", operation_id = "reopen_report", params(("code" = String, Path)), request_body = ReporterSays, responses((status = 200, body = Follow), (status = 422, body = Problem)))]
pub(crate) async fn reopen(
    State(app): State<App>,
    Path(code): Path<String>,
    Json(says): Json<ReporterSays>,
) -> Result<Json<Follow>> {
    carry_out(&app, &code, says.id, Command::Reopen(Reopen { reason: says.words.unwrap_or_default() })).await
}

/// Ends the matter.
#[utoipa::path(post, path = "/api/v1/public/reports/{code}/withdraw", tag = "residents", operation_id = "withdraw_report", params(("code" = String, Path)), request_body = ReporterSays, responses((status = 200, body = Follow), (status = 422, body = Problem)))]
pub(crate) async fn withdraw(
    State(app): State<App>,
    Path(code): Path<String>,
    Json(says): Json<ReporterSays>,
) -> Result<Json<Follow>> {
    carry_out(&app, &code, says.id, Command::Withdraw(Withdraw { reason: says.words })).await
}
