//! The reporter's contact: shown with a purpose, which the reporter is shown in turn.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use casework::matter::Contact;
use serde::Deserialize;
use store::{ReadOf, WhatRead};
use utoipa::IntoParams;

use super::readable;
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
};

/// Longest purpose.
const LONGEST: usize = 100;

/// What for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PurposeQuery {
    /// Why the contact is needed; the person it belongs to reads it.
    purpose: String,
}

impl PurposeQuery {
    /// The purpose, when it says something.
    pub(super) fn checked(&self) -> Result<&str> {
        let purpose = self.purpose.trim();
        if purpose.is_empty() || purpose.chars().count() > LONGEST || purpose.contains(char::is_control) {
            let asked = "say in at most 100 characters what the contact is needed for";
            return Err(Problem::invalid("purpose", asked));
        }
        Ok(purpose)
    }
}

/// The reporter's contact. The reading is recorded before it leaves, and shown to the reporter as office and purpose.
#[utoipa::path(get, path = "/api/v1/matters/{id}/contact", tag = "matters", operation_id = "read_contact", params(("id" = String, Path), PurposeQuery),
    responses((status = 200, body = Contact), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn contact(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(query): Query<PurposeQuery>,
) -> Result<Json<Contact>> {
    let row = readable(&app, &session, &id).await?;
    let purpose = query.checked()?;
    let text = row.matter.contact.ok_or_else(|| Problem::not_found("contact"))?;
    let read = ReadOf {
        reader: &session.who.staff,
        grant: session.grant_for(&row.matter, &app.store.site())?,
        what: WhatRead::Contact,
        purpose,
        now: app.clock.now(),
    };
    app.store.record_reads(&read, &[row.matter.id]).await?;
    let words = app
        .store
        .text(row.matter.id, &row.data_key, text)
        .await?
        .ok_or_else(|| Problem::not_found("contact"))?;
    serde_json::from_str(&words).map(Json).map_err(|error| store::Error::Damaged(error.to_string()).into())
}
