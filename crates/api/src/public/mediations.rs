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
use store::{MatterRow, NewCommand, PartyFound, Tried, WhatRead, keys::Signing};
use utoipa::ToSchema;

use crate::{
    App,
    problem::{Problem, Result},
    views::{
        detail::RefusedCommand,
        mediation::{Seen, mediators},
        party::{PartyPage, Staffed},
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
    let found = found_by(app, code, headers).await?;
    if found.replaced { Err(Problem::code_replaced()) } else { Ok((found.row, found.no)) }
}

/// As above; a code that was replaced is found too.
async fn found_by(app: &App, code: &str, headers: &HeaderMap) -> Result<PartyFound> {
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
    let mut right = None;
    for one in found {
        if phone_ends_with(app, &one.row, one.no, digits).await? {
            right = Some(one);
            break;
        }
    }
    if !app.store.party_tries(code, Tried::Phone, right.is_some()).await? {
        return Err(Problem::party_locked());
    }
    right.ok_or_else(Problem::wrong_phone)
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
    let PartyFound { row, no, replaced } = found_by(&app, &code, &headers).await?;
    let replaces = says.command.kind() == CommandKind::ReplacePartyCode;
    // Who took a new code and never heard of it asks again with the old one.
    if replaced && !(replaces && app.store.was_carried_out(row.matter.id, says.id).await?) {
        return Err(Problem::code_replaced());
    }
    let now = app.clock.now();
    if let Command::Sign(sign) = &says.command {
        may_sign(&app, &code, &row, no, sign.version, says.one_time_code.as_deref()).await?;
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
    let party = row.matter.mediation.as_deref().and_then(|mediation| mediation.party(no));
    let code =
        party.filter(|_| replaces).map(|party| app.store.party_code(row.matter.id, no, party.code_version));
    let mut answer = page(&app, row, no).await?;
    answer.code = code;
    Ok(Json(answer))
}

/// A party signs with the code that its mediator gave to it.
async fn may_sign(
    app: &App,
    code: &str,
    row: &MatterRow,
    no: u8,
    version: u8,
    given: Option<&str>,
) -> Result<()> {
    let (now, given) = (app.clock.now(), given.unwrap_or_default().trim());
    let signing = Signing::of(&row.matter, no, version);
    let right = signing.is_some_and(|signing| app.store.is_one_time_code(&signing, now, given));
    if !app.store.party_tries(code, Tried::Signing, right).await? {
        return Err(Problem::party_locked());
    }
    if right { Ok(()) } else { Err(Problem::wrong_one_time_code()) }
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
    let committee = match &matter.lead {
        Some(unit) => app.store.committee(unit).await?,
        None => None,
    };
    let staff = Staffed { committee: committee.map(|entry| entry.kept), mediators };
    Ok(PartyPage::of(seen, no, staff, can, cannot, reads))
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
