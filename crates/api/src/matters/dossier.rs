//! The papers of a mediation for those who may read its dossier: the list of forms, a form or the whole volume as a file, and
//! everything as one archive. What a form says is decided in `documents`; what it is filled with in `fill`.

mod fill;
mod view;

use axum::{
    Json,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use casework::mediation::{self, Reader};
use documents::{
    Dossier, Form,
    archive::{Attachment, archive},
    docx,
    page::Document,
    volume::{documents, volume},
};
use serde::Deserialize;
use store::{MatterRow, ReadOf, WhatRead, photos::PhotoSize};
use tokio::task;
use utoipa::IntoParams;

use super::{contact::PurposeQuery, readable};
use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
    views::{mediation::Seen, timeline},
};
use view::DossierView;

/// As what kind of file.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatQuery {
    /// `docx` (when left out) or `pdf`.
    format: Option<String>,
}

/// A dossier as its reader gets it.
pub(crate) struct Filled {
    pub(crate) dossier: Dossier,
    /// Records of sessions belong into it that are not this reader's.
    withholds_sessions: bool,
    scans: Vec<(String, casework::id::PhotoId)>,
}

/// Fills the dossier of a mediated matter for a reader.
pub(crate) async fn filled(app: &App, row: &MatterRow, reader: Reader<'_>) -> Result<Filled> {
    let (site, matter) = (app.store.site(), &row.matter);
    let mediation = matter.mediation.as_deref().ok_or_else(|| Problem::not_found("dossier"))?;
    let events = app.store.events(matter.id, 0).await?;
    let texts = app.store.texts(matter.id, &row.data_key).await?;
    let names = app.store.display_names(&timeline::accounts(&events)).await?;
    let seen = Seen { matter, mediation, events: &events, texts: &texts, names: &names, site: &site, reader };
    Ok(Filled {
        dossier: fill::dossier(seen),
        withholds_sessions: fill::withholds_sessions(seen),
        scans: fill::scans(seen),
    })
}

/// A mediated matter whose dossier the reader may read.
async fn with_dossier(app: &App, session: &Session, id: &str) -> Result<MatterRow> {
    let row = readable(app, session, id).await?;
    if row.matter.mediation.is_none() {
        return Err(Problem::not_found("dossier"));
    }
    if mediation::may_read_dossier(&row.matter, &session.who.staff, &app.store.site()) {
        Ok(row)
    } else {
        Err(Problem::not_allowed())
    }
}

/// Records the reading before anything leaves.
async fn record(app: &App, session: &Session, row: &MatterRow, what: WhatRead, purpose: &str) -> Result<()> {
    let read = ReadOf {
        reader: &session.who.staff,
        grant: session.grant_for(&row.matter, &app.store.site())?,
        what,
        purpose,
        now: app.clock.now(),
    };
    Ok(app.store.record_reads(&read, &[row.matter.id]).await?)
}

/// The forms of a mediation's dossier: which are there, which are owed, what is missing in them.
#[utoipa::path(get, path = "/api/v1/matters/{id}/dossier", tag = "matters", operation_id = "read_dossier", params(("id" = String, Path)),
    responses((status = 200, body = DossierView), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Json<DossierView>> {
    let row = with_dossier(&app, &session, &id).await?;
    record(&app, &session, &row, WhatRead::Matter, "dossier").await?;
    let filled = filled(&app, &row, Reader::Staff(&session.who.staff)).await?;
    Ok(Json(DossierView::of(&filled.dossier, filled.withholds_sessions)))
}

/// One form by its code, or the whole volume, as a file; a form that is not there yet comes empty.
///
/// Parties are told which office read it and what for.
#[utoipa::path(get, path = "/api/v1/matters/{id}/dossier/{form}", tag = "matters", operation_id = "read_form",
    params(("id" = String, Path), ("form" = String, Path, description = "The code of a form, or `volume`"), PurposeQuery, FormatQuery),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn form(
    State(app): State<App>,
    session: Session,
    Path((id, form)): Path<(String, String)>,
    Query(purpose): Query<PurposeQuery>,
    Query(format): Query<FormatQuery>,
) -> Result<Response> {
    let row = with_dossier(&app, &session, &id).await?;
    let purpose = purpose.checked()?;
    let wanted = match form.as_str() {
        "volume" => None,
        code => Some(Form::of_code(code).ok_or_else(|| Problem::not_found("form"))?),
    };
    record(&app, &session, &row, WhatRead::Party, purpose).await?;
    let Filled { dossier, withholds_sessions, .. } =
        filled(&app, &row, Reader::Staff(&session.who.staff)).await?;
    if wanted == Some(Form::Session) && withholds_sessions {
        return Err(Problem::not_allowed());
    }
    let pages = wanted.map_or_else(|| volume(&dossier), |form| documents(&dossier, form));
    rendered(&app, &format, &dossier.number, &form, pages).await
}

/// Everything as one archive: each form, the volume, signed pages and receipts, and a list with the hash of each file.
#[utoipa::path(get, path = "/api/v1/matters/{id}/dossier.zip", tag = "matters", operation_id = "read_dossier_archive", params(("id" = String, Path), PurposeQuery),
    responses((status = 200, content_type = "application/zip", body = Vec<u8>), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn zip(
    State(app): State<App>,
    session: Session,
    Path(id): Path<String>,
    Query(purpose): Query<PurposeQuery>,
) -> Result<Response> {
    let row = with_dossier(&app, &session, &id).await?;
    record(&app, &session, &row, WhatRead::Party, purpose.checked()?).await?;
    let Filled { dossier, scans, .. } = filled(&app, &row, Reader::Staff(&session.who.staff)).await?;
    let mut attachments = Vec::with_capacity(scans.len());
    for (name, photo) in scans {
        attachments
            .push(Attachment { name, bytes: app.store.photo(row.matter.id, photo, PhotoSize::Full).await? });
    }
    // Without the program that makes PDF the archive holds the Word files alone.
    let pdf = app.paper.pdf(&dossier.number, volume(&dossier)).await.ok();
    let name = format!("{}.zip", dossier.number);
    let packed = task::spawn_blocking(move || archive(&dossier, pdf, &attachments)).await;
    let packed = packed.map_err(|error| unwritten(&error))?.map_err(|error| unwritten(&error))?;
    Ok(file("application/zip", &name, packed.bytes))
}

/// Documents as a file of the kind that was asked for.
pub(crate) async fn rendered(
    app: &App,
    format: &FormatQuery,
    number: &str,
    what: &str,
    pages: Vec<Document>,
) -> Result<Response> {
    match format.format.as_deref() {
        None | Some("docx") => {
            let bytes = task::spawn_blocking(move || docx::render(&pages)).await;
            let bytes = bytes.map_err(|error| unwritten(&error))?.map_err(|error| unwritten(&error))?;
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            Ok(file(kind, &format!("{number}-{what}.docx"), bytes))
        }
        Some("pdf") => {
            let bytes = app.paper.pdf(number, pages).await?;
            Ok(file("application/pdf", &format!("{number}-{what}.pdf"), bytes))
        }
        Some(_) => Err(Problem::invalid("format", "docx or pdf")),
    }
}

/// A file that nobody on the way may keep. Numbers of matters and codes of forms are plain letters.
fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

fn unwritten(error: &dyn std::error::Error) -> Problem {
    store::Error::Io(std::io::Error::other(error.to_string())).into()
}
