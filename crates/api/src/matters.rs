//! Matters for staff: lists, pages, commands.

pub(crate) mod command;
pub(crate) mod contact;
pub(crate) mod dossier;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod mediators;
pub(crate) mod parties;
pub(crate) mod query;
pub(crate) mod report;
pub(crate) mod similar;

use casework::{access, id::MatterId};
use store::MatterRow;

use crate::{
    App,
    problem::{Problem, Result},
    session::Session,
};

/// A matter that the reader may read; any other does not exist.
pub(crate) async fn readable(app: &App, session: &Session, id: &str) -> Result<MatterRow> {
    let id: MatterId = id.parse().map_err(|_| Problem::not_found("matter"))?;
    let row = app.store.matter(id).await?;
    if access::may_read(&row.matter, &session.who.staff, &app.store.site()) {
        Ok(row)
    } else {
        Err(Problem::not_found("matter"))
    }
}
