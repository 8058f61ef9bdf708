//! A party's own page: by its access code and the last four digits of the phone that the committee noted. No account.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
};
use casework::{
    actor::Actor,
    id::CommandId,
    matter::{Command, CommandKind, Context},
    mediation::{PartyWords, Reader},
    site::Site,
};
use jiff::Timestamp;
use serde::Deserialize;
use store::{MatterRow, NewCommand, Tried, WhatRead};
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    views::{
        detail::RefusedCommand,
        mediation::{MediationView, Seen, mediators},
        party::PartyPage,
        timeline,
    },
};

/// The header with the last four digits of the party's phone.
pub(crate) const PHONE_HEADER: &str = "x-party-phone";

/// What a party does.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartySays {
    /// The client's id: a repeat is answered, not carried out again.
    id: CommandId,
    /// One of the commands that the page lists.
    command: Command,
    /// With `sign`: the code that the mediator gave to this party.
    #[serde(default)]
    one_time_code: Option<String>,
}

/// The matter and party of an access code. Wrong codes are counted over the whole site, wrong digits for each code.
pub(super) async fn party_of(app: &App, code: &str, headers: &HeaderMap) -> Result<(MatterRow, u8)> {
    app.limits.may_try_code()?;
    let found = app.store.parties_by_code(code).await?;
    if found.is_empty() {
        app.limits.wrong_code();
        return Err(Problem::not_found("code"));
    }
    let digits = headers.get(PHONE_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if digits.is_empty() {
        return Err(Problem::phone_needed());
    }
    if app.store.party_is_locked(code).await? {
        return Err(Problem::party_locked());
    }
    for (row, no) in found {
        if phone_ends_with(app, &row, no, digits).await? {
            app.store.party_was_right(code, Tried::Phone).await?;
            return Ok((row, no));
        }
    }
    app.store.party_was_wrong(code, Tried::Phone).await?;
    Err(Problem::wrong_phone())
}

async fn phone_ends_with(app: &App, row: &MatterRow, no: u8, digits: &str) -> Result<bool> {
    let Some(party) = row.matter.mediation.as_deref().and_then(|mediation| mediation.party(no)) else {
        return Ok(false);
    };
    let words = app.store.text(row.matter.id, &row.data_key, party.words).await?.unwrap_or_default();
    let words: PartyWords = serde_json::from_str(&words).unwrap_or_default();
    let last = |phone: &str| phone.len() >= 4 && phone.ends_with(digits);
    Ok(digits.len() == 4 && words.phone.as_deref().is_some_and(last))
}

/// What is asked of a party, its rights, its room, its agreement.
#[utoipa::path(get, path = "/api/v1/public/mediations/{code}", tag = "residents", operation_id = "read_mediation",
    params(("code" = String, Path, description = "The access code, with or without dashes"), ("x-party-phone" = String, Header, description = "The last four digits of the phone")),
    responses((status = 200, body = PartyPage), (status = 403, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Json<PartyPage>> {
    let (row, no) = party_of(&app, &code, &headers).await?;
    Ok(Json(page(&app, row, no).await?))
}

/// A party acts.
#[utoipa::path(post, path = "/api/v1/public/mediations/{code}/commands", tag = "residents", operation_id = "send_party_command",
    params(("code" = String, Path), ("x-party-phone" = String, Header)), request_body = PartySays,
    responses((status = 200, body = PartyPage), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn command(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
    Json(says): Json<PartySays>,
) -> Result<Json<PartyPage>> {
    let (row, no) = party_of(&app, &code, &headers).await?;
    let now = app.clock.now();
    if let Command::Sign(sign) = &says.command {
        let given = says.one_time_code.as_deref().unwrap_or_default().trim();
        if !app.store.is_one_time_code(row.matter.id, no, sign.version, now, given) {
            app.store.party_was_wrong(&code, Tried::Signing).await?;
            return Err(Problem::wrong_one_time_code());
        }
        app.store.party_was_right(&code, Tried::Signing).await?;
    }
    let new = NewCommand {
        id: says.id,
        actor: Actor::Party { no },
        now,
        matter: row.matter.id,
        base_version: None,
        command: says.command,
    };
    app.store.command(new).await?;
    let row = app.store.matter(row.matter.id).await?;
    Ok(Json(page(&app, row, no).await?))
}

async fn page(app: &App, row: MatterRow, no: u8) -> Result<PartyPage> {
    let (site, now, matter) = (app.store.site(), app.clock.now(), &row.matter);
    let mediation = matter.mediation.as_deref().ok_or_else(|| Problem::not_found("code"))?;
    let events = app.store.events(matter.id, 0).await?;
    let texts = app.store.texts(matter.id, &row.data_key).await?;
    let mediators = mediators(app, matter, mediation).await?;
    let mut names = app.store.display_names(&timeline::accounts(&events)).await?;
    names.extend(mediators.iter().map(|mediator| (mediator.account, mediator.name.clone())));
    let reader = Reader::Party(no);
    let seen = Seen { matter, mediation, events: &events, texts: &texts, names: &names, site: &site, reader };
    let (can, cannot) = possible(&row, no, &site, now);
    let reads = app.store.reads_of(matter.id, WhatRead::Party).await?;
    Ok(PartyPage::of(seen, no, MediationView::of(seen), mediators, can, cannot, reads))
}

fn possible(row: &MatterRow, no: u8, site: &Site, now: Timestamp) -> (Vec<CommandKind>, Vec<RefusedCommand>) {
    let context = Context::new(now, site, [0; 32]);
    let (mut can, mut cannot) = (Vec::new(), Vec::new());
    for command in CommandKind::ALL.iter().copied() {
        match row.matter.possible(command, &Actor::Party { no }, &context) {
            Ok(()) => can.push(command),
            Err(casework::Refusal::NotAllowed) => {}
            Err(refusal) => cannot.push(RefusedCommand::of(command, refusal)),
        }
    }
    (can, cannot)
}
