//! The parties of a mediation for its committee: how they are reached, their access codes, and the one-time code for signing.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::{
    access::{self, Relation},
    actor::{Grant, Role},
    id::MatterId,
    matter::Matter,
    mediation::{Mediation, Party, PartyWords, Reader, may_read_text},
    site::Site,
    text::TextKind,
};
use jiff::Timestamp;
use serde::Serialize;
use store::{MatterRow, ReadOf, WhatRead, keys::Signing};
use utoipa::ToSchema;

use super::{contact::PurposeQuery, readable};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
};

/// A party as its committee noted it, with its access code.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartyContact {
    #[serde(flatten)]
    words: PartyWords,
    /// The code of the party's own page, which opens its private room: for the mediator; for the committee while nobody mediates.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

/// A code with which a party signs once.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneTimeCode {
    code: String,
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
}

fn party_of(matter: &Matter, no: u8) -> Result<(&Mediation, &Party)> {
    let mediation = matter.mediation.as_deref().ok_or_else(|| Problem::not_found("party"))?;
    let party = mediation.party(no).ok_or_else(|| Problem::not_found("party"))?;
    Ok((mediation, party))
}

/// Records that a member of staff reads about a party, and in which capacity.
async fn record(app: &App, session: &Session, row: &MatterRow, purpose: &str) -> Result<()> {
    let read = ReadOf {
        reader: &session.who.staff,
        grant: session.grant_for(&row.matter, &app.store.site())?,
        what: WhatRead::Party,
        purpose,
        now: app.clock.now(),
    };
    Ok(app.store.record_reads(&read, &[row.matter.id]).await?)
}

/// Whether the reader mediates for the committee. Who stepped back does not, whatever else that person may be.
pub(super) fn is_of_the_committee(session: &Session, matter: &Matter, site: &Site) -> bool {
    let staff = &session.who.staff;
    let leads =
        |grant: &Grant| access::relations(matter, staff.account, grant, site).contains(&Relation::LeadUnit);
    staff.grants.iter().any(|grant| grant.role == Role::Mediator && leads(grant))
}

/// How a party is reached. The reading is recorded, with what it is for, before it leaves.
#[utoipa::path(get, path = "/api/v1/matters/{id}/parties/{no}", tag = "matters", operation_id = "read_party", params(("id" = String, Path), ("no" = u8, Path), PurposeQuery),
    responses((status = 200, body = PartyContact), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn get(
    State(app): State<App>,
    session: Session,
    Path((id, no)): Path<(String, u8)>,
    Query(query): Query<PurposeQuery>,
) -> Result<Json<PartyContact>> {
    let row = readable(&app, &session, &id).await?;
    let purpose = query.checked()?;
    let site = app.store.site();
    let reader = Reader::Staff(&session.who.staff);
    if !may_read_text(&row.matter, TextKind::Party, reader, &site) {
        return Err(Problem::not_allowed());
    }
    let (_, party) = party_of(&row.matter, no)?;
    record(&app, &session, &row, purpose).await?;
    let words = app.store.text(row.matter.id, &row.data_key, party.words).await?;
    let words = words.ok_or_else(|| Problem::not_found("party"))?;
    let words = serde_json::from_str(&words).map_err(|error| store::Error::Damaged(error.to_string()))?;
    let code = gives_codes(&session, &row.matter, &site)
        .then(|| app.store.party_code(row.matter.id, no, party.code_version));
    Ok(Json(PartyContact { words, code }))
}

/// Whether the reader gives the parties their access codes: who mediates; the committee while nobody does.
fn gives_codes(session: &Session, matter: &Matter, site: &Site) -> bool {
    let mediator = matter.mediation.as_deref().and_then(|mediation| mediation.mediator);
    mediator.is_none_or(|mediator| mediator == session.who.account.id)
        && is_of_the_committee(session, matter, site)
}

/// The access code that a party was just given, for whoever gives it out. That it was read is recorded.
pub(super) async fn new_code(app: &App, session: &Session, id: MatterId, no: u8) -> Result<Option<String>> {
    let row = app.store.matter(id).await?;
    let (_, party) = party_of(&row.matter, no)?;
    if !gives_codes(session, &row.matter, &app.store.site()) {
        return Ok(None);
    }
    record(app, session, &row, "new_code").await?;
    Ok(Some(app.store.party_code(id, no, party.code_version)))
}

/// The code with which a party signs, for the mediator to give to it in person or by telephone; it holds for minutes.
#[utoipa::path(get, path = "/api/v1/matters/{id}/parties/{no}/one-time-code", tag = "matters", operation_id = "read_one_time_code", params(("id" = String, Path), ("no" = u8, Path)),
    responses((status = 200, body = OneTimeCode), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn one_time_code(
    State(app): State<App>,
    session: Session,
    Path((id, no)): Path<(String, u8)>,
) -> Result<Json<OneTimeCode>> {
    let row = readable(&app, &session, &id).await?;
    let (mediation, _) = party_of(&row.matter, no)?;
    let of_the_committee = is_of_the_committee(&session, &row.matter, &app.store.site());
    if mediation.mediator != Some(session.who.account.id) || !of_the_committee {
        return Err(Problem::not_allowed());
    }
    let agreement = mediation.agreement.as_ref().ok_or(casework::Refusal::AgreementMissing)?;
    let signing = Signing::of(&row.matter, no, agreement.version).ok_or_else(Problem::not_allowed)?;
    record(&app, &session, &row, "signing").await?;
    let (code, until) = app.store.one_time_code(&signing, app.clock.now());
    Ok(Json(OneTimeCode { code, until }))
}
